"""A part of a template as a program: its tags are one Jinja syntax tree, its XML the text in between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.lexer import Token
from lxml import etree

from docgen.diagnostics import Diagnostic, error
from docgen.word.balance import check_balance, in_loops
from docgen.word.codegen import generate, load
from docgen.word.faults import EXPECTED, located
from docgen.word.ooxml import VAL, W, declare, fragment, serialise, w
from docgen.word.session import ListRequest, Session
from docgen.word.settling import place_sentinels, settle
from docgen.word.syntax import TokenParser, read_tag
from docgen.word.tags import Marked, Tag
from docgen.word.vanishing import (
    BLOCK_START,
    RANGES,
    after,
    before,
    clear_lines,
    dissolve,
    section_of,
    set_values_apart,
)
from docgen.word.writing import WordContext

_DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BOOKMARK = (w("bookmarkStart"), w("bookmarkEnd"))
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_PARAGRAPH_IDS = (f"{{{_W14}}}paraId", f"{{{_W14}}}textId")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(slots=True)
class Hole:
    """The paragraph that a value is alone in: what stands before and after the value.

    When a block value replaces the paragraph, `starts` and `ends` are the bookmarks that stay around it, `section`
    the section break that the paragraph carried, `style` the id of its style.
    """

    prefix: str = ""
    suffix: str = ""
    starts: str = ""
    ends: str = ""
    section: str = ""
    style: str = ""

    def around(self, xml: str) -> str:
        """A block value with what has to survive the paragraph it replaces."""
        return f"{self.starts}{xml}{self.ends}{self.section}"


@dataclass(slots=True)
class Program:
    """The compiled part. `tags` are numbered from 1; `lists` are those that a clause's Markdown asked for."""

    environment: Environment
    tree: nodes.Template
    tags: Mapping[int, Tag]
    holes: Mapping[int, Hole]
    settles: bool
    lists: Mapping[int, ListRequest] = field(default_factory=dict)
    _plain: dict[str, Any] | None = None
    _guarded: dict[str, Any] | None = None

    def render(self, variables: dict[str, Any], session: Session) -> str:
        """The part's XML. Raises what the expressions raise; in a guarded session that is noted and goes on."""
        code = self._code(guarded=session.faults is not None)
        context = WordContext(self.environment, variables, None, code["blocks"])
        context.session, context.program, context.lists = session, self, {}
        try:
            xml = "".join(code["root"](context))
        except EXPECTED as raised:
            guarded = session.faults is not None and session.bug is not raised
            found = located(context, raised) if guarded else None
            if found is None:
                raise
            session.record(found)
            return ""
        return settle(xml) if self.settles else xml

    def prepare(self) -> None:
        """Generates the code now, so that renders in several threads need not."""
        self._code(guarded=False)

    def _code(self, *, guarded: bool) -> dict[str, Any]:
        code = self._guarded if guarded else self._plain
        if code is None:
            generated = generate(self.environment, self.tree, self.tags, guarded=guarded)
            code = load(generated, self.environment, guarded=guarded)
            if guarded:
                self._guarded = code
            else:
                self._plain = code
        return code

    @property
    def local_names(self) -> set[str]:
        """The names that the template's own tags give values to: loop variables, set, macros."""
        found = {node.name for node in self.tree.find_all(nodes.Name) if node.ctx in ("store", "param")}
        return found | {node.name for node in self.tree.find_all(nodes.Macro)}

    def dotted(self, number: int, attribute: str) -> str:
        """How tag `number` writes the attribute of this name: `aktiv.værdi`; the name alone when it cannot be told."""
        for node in self.tree.find_all((nodes.Getattr, nodes.Getitem)):
            if node.lineno == number:
                steps = dotted_name(node)
                if steps and steps[-1] == attribute:
                    return ".".join(steps)
        return attribute

    def tag_at(self, trace: TracebackType | None) -> int:
        """The number of the tag whose guarded code stands innermost in a traceback; 0 for none."""
        code = self._code(guarded=True)
        number = 0
        while trace is not None:
            if trace.tb_frame.f_globals is code:
                pairs = [pair.split("=") for pair in code["debug_info"].split("&") if pair]
                number = next((int(tag) for tag, first in reversed(pairs) if int(first) <= trace.tb_lineno), number)
            trace = trace.tb_next
        return number


def dotted_name(node: nodes.Node) -> list[str]:
    """`a.b["c"]` as its steps; empty for anything that is more than that."""
    match node:
        case nodes.Name():
            return [node.name]
        case nodes.Getattr():
            inner = dotted_name(node.node)
            return [*inner, node.attr] if inner else []
        case nodes.Getitem(arg=nodes.Const(value=str() as name)):
            inner = dotted_name(node.node)
            return [*inner, name] if inner else []
    return []


def compile_part(
    marked: Marked, environment: Environment, lists: Mapping[int, ListRequest] | None = None, *, inner: bool = False
) -> tuple[Program | None, list[Diagnostic]]:
    """The program of a part whose tags have been marked; None, and every fault, when there are any.

    With `inner` the program writes what is inside the part's root, to be put into another part.
    """
    lines = clear_lines(marked)
    check_balance(marked, lines)
    for line in lines:
        dissolve(marked, line)
    set_values_apart(marked)
    _number_anew(marked)
    holes = _holes(marked)
    tokens = {}
    for number, tag in marked.tags.items():
        tokens[number], found = read_tag(environment, tag)
        if found:
            marked.faulty.setdefault(number, []).extend(found)
    if marked.faulty:
        return None, marked.faults
    settles = place_sentinels(marked)
    declare(marked.root, {"w": W, "r": _OFFICE})
    xml = serialise(marked.root)
    if inner:
        xml = xml[xml.index(">") + 1 : max(xml.rindex("<"), xml.index(">") + 1)]
    stream = _stream(xml, marked, holes, tokens)
    try:
        tree = TokenParser(environment, stream).parse()
        program = Program(environment, tree, marked.tags, holes, settles, lists or {})
        program.prepare()
    except TemplateSyntaxError as raised:
        tag = marked.tags[raised.lineno or 1]
        return None, [error("DG422", tag.place, kode=tag.written, grund=raised.message or "")]
    return program, []


def _holes(marked: Marked) -> dict[int, Hole]:
    holes: dict[int, Hole] = {}
    for node in marked.root.iter(etree.ProcessingInstruction):
        if isinstance(node, etree._ProcessingInstruction) and node.target == BLOCK_START:
            paragraph = node.getnext()
            assert paragraph is not None
            style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
            marks = [one for one in paragraph.iter() if one.tag in RANGES]
            holes[int(node.text or 0)] = Hole(
                starts="".join(fragment(mark) for mark in marks if mark.tag.endswith("Start")),
                ends="".join(fragment(mark) for mark in marks if mark.tag.endswith("End")),
                section=section_of(paragraph),
                style="" if style is None else style.get(VAL, ""),
            )
    return holes


def _stream(xml: str, marked: Marked, holes: Mapping[int, Hole], tokens: Mapping[int, list[Token]]) -> Iterator[Token]:
    """The part as tokens: its XML is data, and the tags bring their own tokens."""
    around: Hole | None = None
    pieces = re.split(rf"<\?dg([be]?) (\d+)\?>|{marked.fence}(\d+){marked.fence}", xml)
    for index in range(0, len(pieces), 4):
        if pieces[index] and around is None:
            yield Token(0, "data", pieces[index])
        elif around is not None and pieces[index]:
            if around.prefix:
                around.suffix = pieces[index]
            else:
                around.prefix = pieces[index]
        if index + 1 == len(pieces):
            return
        mark, number, fenced = pieces[index + 1 : index + 4]
        if mark == "b":
            around = holes[int(number)]
        elif mark == "e":
            around = None
        else:
            yield from tokens[int(number or fenced)]


def _number_anew(marked: Marked) -> None:
    """Elements that a loop repeats get fresh numbers: Word wants bookmarks and drawings to have one each."""
    for element in in_loops(marked):
        for name in _PARAGRAPH_IDS:
            if name in element.attrib:
                del element.attrib[name]
        if element.tag in _BOOKMARK:
            _step_out(element)
        match element.tag:
            case _ if element.tag == w("bookmarkStart"):
                _fresh(marked, element, w("id"), "new_id", "bookmark")
            case _ if element.tag == w("bookmarkEnd"):
                _fresh(marked, element, w("id"), "same_id", "bookmark")
            case _ if element.tag == _DOCPR:
                _fresh(marked, element, "id", "new_id", "drawing")
            case _ if element.tag == w("sdtPr"):
                for number in element.findall(w("id")):
                    element.remove(number)


def _step_out(mark: etree._Element) -> None:
    """A bookmark with a number of its own leaves a paragraph that a block value may replace."""
    paragraph = next(mark.iterancestors(w("p")), None)
    start = None if paragraph is None else paragraph.getprevious()
    if paragraph is not None and isinstance(start, etree._ProcessingInstruction) and start.target == BLOCK_START:
        end = paragraph.getnext()
        assert end is not None
        mark.tail = None
        if mark.tag == _BOOKMARK[0]:
            before(start, mark)
        else:
            after(end, mark)


def _fresh(marked: Marked, element: etree._Element, attribute: str, hole: str, kind: str) -> None:
    number = len(marked.tags) + 1
    source = f'{{{{ "{kind} {element.get(attribute, "")}" }}}}'
    marked.tags[number] = Tag(number, "{{", source, "", marked.places.of(element), hole=hole)
    element.set(attribute, f"{marked.fence}{number}{marked.fence}")
