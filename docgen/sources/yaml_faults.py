"""What is wrong with a YAML file that PyYAML cannot parse, told to people who do not know YAML.

PyYAML's own texts are English and speak of tokens. They are used to know the kind of trouble only; what a message says
comes from the line itself. The two loaders of PyYAML word their problems differently, but their marks agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from docgen.diagnostics import Diagnostic, TextPlace, error
from docgen.sources.text import Text
from docgen.sources.yaml_traps import GLUED_COLON, GLUED_DASH, quoted

_TAB_INDENT = re.compile(r" *\t[ \t]*(?=\S)")
_BLOCK_HEADER = re.compile(r"(?:^|[:-]\s+)[|>][-+0-9]*\s*(?:#.*)?$")
_HARD_SPACE = re.compile("^[ ]*([\u00a0\u2007\u202f])|^[ ]*(?:- +)?[^\\s:#]+:([\u00a0\u2007\u202f])")
_CODE = re.compile(r"\\[xuU]([0-9a-fA-F]*)")
_RESERVED = re.compile(r" *(?:- +)*[^\s:#'\"]+: +([@%`])(?=\S)")
_SPECIAL_PROBLEMS = (
    "cannot start any token",
    "alphabetic or numeric",
    "alphabetical character",
    "directive",
    " a tag",
    "block node",
    "mapping keys are not allowed",
)


def syntax_faults(text: Text, fault: yaml.MarkedYAMLError, last: yaml.ScalarEvent | None) -> list[Diagnostic]:
    """The findings that say what `fault` means; `last` is the last scalar that was read before it."""
    case = _Case.of(text, fault, last)
    for rule in _RULES:
        found = rule(case)
        if found:
            return found
    at = min(case.at, len(text.content.rstrip()) - 1)  # nothing can be seen behind the end
    return [error("DG130", case.to_line_end(at))]


@dataclass(frozen=True, slots=True)
class _Case:
    """A problem of PyYAML's, and the last scalar before it; all places are offsets into the content."""

    text: Text
    content: str
    problem: str
    at: int
    context: int
    start: int = 0
    end: int = 0
    style: str = "none"

    @classmethod
    def of(cls, text: Text, fault: yaml.MarkedYAMLError, last: yaml.ScalarEvent | None) -> _Case:
        context, problem = fault.context_mark, fault.problem_mark
        at = problem.index if problem else 0
        told = f"{fault.context or ''}: {fault.problem or ''}"
        case = cls(text, text.content, told, at, context.index if context else at)
        if last is None or last.start_mark is None or last.end_mark is None:
            return case
        return cls(
            text, text.content, told, at, case.context, last.start_mark.index, last.end_mark.index, last.style or ""
        )

    def has(self, *words: str) -> bool:
        """Whether PyYAML's problem has one of `words`."""
        return any(word in self.problem for word in words)

    def rest(self, start: int) -> str:
        """The line from `start` on."""
        return self.text.rest_of_line(start)

    def before(self, start: int) -> str:
        """The line up to `start`, without the spaces around it."""
        return self.content[:start].rsplit("\n", 1)[-1].strip()

    def to_line_end(self, start: int) -> TextPlace:
        """The place from `start` to the end of the line."""
        return self.text.place(start, start + max(1, len(self.rest(start))))

    def first_in_line(self, offset: int) -> int:
        """The offset of the first visible character of the line that `offset` is on."""
        start = self.text.starts[self.text.line(offset) - 1]
        return start + len(self.rest(start)) - len(self.rest(start).lstrip())

    @property
    def is_right_after_last(self) -> bool:
        """Whether only spaces stand between the last scalar and the problem."""
        between = self.content[self.end : self.at]
        return self.style != "none" and not between.strip() and "\n" not in between and self.rest(self.at) != ""


def _tabs(case: _Case) -> list[Diagnostic]:
    """Every line from the problem on whose indentation holds a tab; texts after `|` and `>` are passed over."""
    first = case.text.line(case.at) - 1
    lines = case.text.source.lines
    found: list[Diagnostic] = []
    if "\t" not in lines[first][: case.at - case.text.starts[first] + 1]:
        return []
    for number in _lines_outside_blocks(case, first):
        match = _TAB_INDENT.match(lines[number])
        if match:
            start = case.text.starts[number]
            found.append(error("DG131", case.text.place(start + match.group().index("\t"), start + match.end())))
    if not found and case.content[case.at : case.at + 1] == "\t":
        found.append(error("DG131", case.text.place(case.at, case.at + 1)))
    return found


def _lines_outside_blocks(case: _Case, first: int) -> Iterator[int]:
    """The indices of the lines from `first` on that are no part of a text after `|` or `>`."""
    block = -1  # the indentation of the line that began a block of text; -1 outside of one
    for number, line in enumerate(case.text.source.lines[first:], first):
        indent = len(line) - len(line.lstrip(" "))
        if block >= 0 and (indent > block or not line.strip()):
            continue
        block = indent if _BLOCK_HEADER.search(line) else -1
        yield number


def _hard_space(case: _Case) -> list[Diagnostic]:
    for number in range(case.text.line(min(case.start, case.at)), case.text.line(case.at) + 1):
        match = _HARD_SPACE.search(case.text.source.lines[number - 1])
        if match:
            start = case.text.starts[number - 1] + match.start(match.lastindex or 0)
            return [error("DG132", case.text.place(start, start + 1), tegn=f"U+{ord(case.content[start]):04X}")]
    return []


def _unclosed_quote(case: _Case) -> list[Diagnostic]:
    if case.has("end of stream", "document indicator") and case.has("quoted scalar"):
        start = case.context
    elif case.style in ("'", '"') and case.is_right_after_last and "\n" in case.content[case.start : case.end]:
        # The quote was closed by one that was meant to open the next text.
        start = case.start
    else:
        return []
    return [error("DG135", case.to_line_end(start), tegn=case.content[start])]


def _text_after_quote(case: _Case) -> list[Diagnostic]:
    if case.style not in ("'", '"') or not case.is_right_after_last or case.has("flow"):
        return []
    if case.content[case.at] == ":" and case.before(case.start) in ("", "-"):
        name = case.content[case.start : case.end]
        return [error("DG133", case.text.place(case.start, case.at + 1), navn=name)]
    whole = case.rest(case.start)
    # 'Sag's gang': an odd one stands inside; "Sag" og "dag": two texts, whose quotes are part of what was meant.
    is_odd = whole.count(case.style) % 2 == 1 and whole.endswith(case.style)
    return [error("DG136", case.to_line_end(case.start), forslag=quoted(whole[1:-1] if is_odd else whole))]


def _escape(case: _Case) -> list[Diagnostic]:
    if not case.has("escape", "hexdecimal"):
        return []
    start = case.content.rfind("\\", 0, case.at + 1)
    match = _CODE.match(case.content, start)
    told = match.group() if match else case.content[start : start + 2]
    place = case.text.place(start, start + len(told))
    # Half of a pair that other formats write for one character above U+FFFF, such as an emoji.
    is_half = match is not None and 0xD800 <= int(match.group(1) or "0", 16) <= 0xDFFF
    return [error("DG158" if is_half else "DG146", place, tegn=told)]


def _special_character(case: _Case) -> list[Diagnostic]:
    """Text that begins with a character that means something to YAML."""
    at = case.context if case.has("an alias", "an anchor", " a tag", "directive") else case.at
    if case.has("document start") and case.content.lstrip().startswith("%"):
        at = case.content.index("%")
    elif not case.has(*_SPECIAL_PROBLEMS) or case.rest(at) == "":
        return []
    if at and case.content[at - 1] == "{" and case.content[at] in "{%#":
        return [_template(case, at - 1)]
    found = [_special(case, at)]
    if case.content[at] in "@%`":  # what begins a text can be told on later lines without knowing what stands there
        for number in _lines_outside_blocks(case, case.text.line(at)):
            match = _RESERVED.match(case.text.source.lines[number])
            if match:
                found.append(_special(case, case.text.starts[number] + match.start(1)))
    return found


def _special(case: _Case, start: int) -> Diagnostic:
    is_in_list = case.before(start)[-1:] in ("[", "{", ",")
    pattern = r"[^,\]}\n]*" if is_in_list else r"(?:[^:\n]|:(?=\S))*"
    match = re.compile(pattern).match(case.content, start + 1)
    end = match.end() if match else start + 1
    told = case.content[start:end].rstrip()
    return error("DG137", case.text.place(start, start + len(told)), tegn=case.content[start], forslag=quoted(told))


def _template(case: _Case, start: int) -> Diagnostic:
    return error("DG155", case.to_line_end(start), forslag=quoted(case.rest(start)))


def _block_header(case: _Case) -> list[Diagnostic]:
    if not case.has("block scalar"):
        return []
    told = case.rest(case.context)
    values = {"tegn": told[:1], "forslag": quoted(told)}
    return [error("DG145", case.to_line_end(case.context), **values)]


def _list_on_key_line(case: _Case) -> list[Diagnostic]:
    if not case.has("sequence entries are not allowed"):
        return []
    return [error("DG165", case.to_line_end(case.at), forslag=quoted(case.rest(case.at)))]


def _second_colon(case: _Case) -> list[Diagnostic]:
    """A colon where there already is a field and its value, or in text that spans lines."""
    if not case.has("mapping values are not allowed"):
        return []
    if not case.is_right_after_last:
        return [_special(case, case.at)] if case.before(case.at) else []
    if "\n" not in case.content[case.start : case.end]:
        return [error("DG134", case.to_line_end(case.start), forslag=quoted(case.rest(case.start)))]
    glued = _glued_line(case, case.start, case.at)
    if glued:
        return glued
    if case.before(case.start) in ("", "-"):
        return [error("DG140", case.to_line_end(case.start))]
    first = case.first_in_line(case.start)
    if GLUED_DASH.match(case.content, first):
        return [error("DG141", case.to_line_end(first))]
    return [error("DG138", case.to_line_end(case.first_in_line(case.at)))]


def _glued_line(case: _Case, start: int, end: int) -> list[Diagnostic]:
    """The first line between `start` and `end` where the space after a colon or a dash is missing."""
    position = start
    for line in case.content[start:end].split("\n"):
        column = position + len(line) - len(line.lstrip())
        if position > start or case.before(column) in ("", "-"):
            colon = GLUED_COLON.match(case.content, column)
            if colon:
                return [error("DG133", case.text.place(column, colon.end()), navn=colon.group(1))]
            if GLUED_DASH.match(case.content, column):
                return [error("DG141", case.to_line_end(column))]
        position += len(line) + 1
    return []


def _no_colon(case: _Case) -> list[Diagnostic]:
    if not case.has("could not find expected ':'"):
        return []
    glued = _glued_line(case, case.context, case.context + len(case.rest(case.context)))
    if glued:
        return glued
    if case.style in ("|", ">") and not case.content[case.end : case.context].strip():
        return [error("DG144", case.to_line_end(case.context))]
    return [error("DG140", case.to_line_end(case.context))]


def _text_after_bracket(case: _Case) -> list[Diagnostic]:
    """`titel: [udkast] Budget` and `titel: {{ navn }} sag`."""
    if not case.has("block mapping", "block collection", "document start") or not case.rest(case.at):
        return []
    if case.before(case.at)[-1:] not in ("]", "}"):
        return []
    line = case.text.starts[case.text.line(case.at) - 1]
    match = re.compile(r"(?:.*?[:-][ ]+|\s*)([\[{])").match(case.content, line)
    if not match:
        return []
    start = match.start(1)
    is_template = case.content.startswith(("{{", "{%", "{#"), start)
    return [_template(case, start) if is_template else _special(case, start)]


def _indentation(case: _Case) -> list[Diagnostic]:
    """A line that begins at a column, or with a dash, that does not go with the lines above it."""
    if not case.has("block mapping", "block collection", "document start") or case.before(case.at):
        return []
    place = case.to_line_end(case.at)
    glued = _glued_line(case, case.at, case.at + len(case.rest(case.at)))
    is_same_column = case.text.place(case.context, case.context).column == place.column
    if case.rest(case.at).startswith((": ", ":\t")) or case.rest(case.at) == ":":
        return [error("DG151", place)]
    if glued:
        return glued
    if case.has("document start"):
        ended = re.compile(r"^\.\.\.", re.MULTILINE).search(case.content, 0, case.at)
        return [error("DG149", case.to_line_end(ended.start()))] if ended else [error("DG139", place)]
    if case.style in ("|", ">"):
        return [error("DG144", place)]
    if not is_same_column and re.compile(r"[ \t]+#").match(case.content, case.end):
        return [error("DG156", place)]
    if case.has("block collection") and is_same_column:
        return [error("DG142", place)]
    if case.has("block mapping") and is_same_column and case.rest(case.at).startswith("-"):
        return [error("DG143", place)]
    return [error("DG139", place)]


def _brackets(case: _Case) -> list[Diagnostic]:
    if not case.has("flow"):
        return []
    opening = case.context
    if case.rest(opening)[:1] not in ("[", "{"):  # PyYAML names the place of the problem twice
        opening = max(case.content.rfind("[", 0, case.at), case.content.rfind("{", 0, case.at))
    if opening < 0 or (case.text.line(opening) == case.text.line(case.at) and case.rest(case.at)):
        return [error("DG152", case.to_line_end(case.at))]
    tegn = case.content[opening]
    return [error("DG147", case.to_line_end(opening), tegn=tegn, slut="]" if tegn == "[" else "}")]


_RULES = (
    _tabs,
    _hard_space,
    _unclosed_quote,
    _text_after_quote,
    _escape,
    _special_character,
    _block_header,
    _list_on_key_line,
    _second_colon,
    _no_colon,
    _text_after_bracket,
    _indentation,
    _brackets,
)
