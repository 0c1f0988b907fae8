"""A TOML file to its tree: tomllib judges it, this scanner finds the place and the lexeme of every value.

The scanner accepts a little more than TOML does (names with æ, ø and å, text without quotes), so as to name such faults
and go on with the next line; what it does not understand at all, tomllib's judgement tells.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, FilePlace, TextPlace, error, has_errors
from docgen.sources.text import MAX_DEPTH, Text, first_unwritable, is_moderate, normalised, shortened
from docgen.sources.toml_tables import Table
from docgen.sources.tree import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from typing import NoReturn

_FILLING = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_LINE_REST = re.compile(r"[^\n]*")
_KEY = re.compile(r"""("[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\n]*')|([^\s.=:\[\]{}"',#]+)""")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""[^"\\]*(?:(?:\\[\s\S]|"{1,2}(?!"))[^"\\]*)*"{3,5}'
    r"|'''[^']*(?:'{1,2}(?!')[^']*)*'{3,5}"
    r'|"(?!"")[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    r"|'(?!'')[^'\n]*'"
)
_ESCAPE = re.compile(r"\\(?:[\"\\bfnrt]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\s*\n)|(\\.)")
_STATEMENT = re.compile(r"[^\s=,\[\]{}]+[ \t]*=")
_BARE_LINE = re.compile(r"[^#\n]*")
_BARE_ITEM = re.compile(r"[^#\n,\]}]*")
_JUDGED_AT = re.compile(r"\(at line (\d+), column (\d+)\)")


def parse(text: Text, findings: list[Diagnostic]) -> Node | None:
    """The root of the tree of a TOML file, or None where nothing could be made of it.

    Adds faults to `findings`; a tree that comes with faults is not to be used.
    """
    scanner = _Scanner(text, findings)
    scanner.run()
    if has_errors(findings):
        return None
    try:
        tomllib.loads(text.content)
    except tomllib.TOMLDecodeError as fault:
        judged = _JUDGED_AT.search(str(fault))
        at = len(text.content.rstrip()) - 1
        if judged:
            at = text.starts[int(judged.group(1)) - 1] + int(judged.group(2)) - 1
        findings.append(error("DG190", text.place(at, len(text.content))))
        return None
    root = scanner.root.mapping()
    if not root.entries:
        findings.append(error("DG117", FilePlace(text.source.name)))
    return root


class _FaultError(Exception):
    """Ends a statement: the last finding says why."""


class _Scanner:
    """The tables so far, and the one that key/value pairs go into."""

    def __init__(self, text: Text, findings: list[Diagnostic]) -> None:
        self.text = text
        self.content = text.content
        self.findings = findings
        self.position = 0
        self.nesting = 0
        self.root = Table(text.place(0, 1), 0)
        self.table = self.root

    def run(self) -> None:
        """Read statement by statement; after a fault, go on with the next line where that can be found."""
        while True:
            self._skip(_FILLING)
            if self.position == len(self.content):
                return
            try:
                self._statement()
            except _FaultError:
                if self.nesting:
                    return
                self._skip(_LINE_REST)

    def _statement(self) -> None:
        if self.content.startswith("[", self.position):
            self._header()
        else:
            start = self.position
            names = self._names()
            self._equals_sign(names, start)
            self._insert(self.table, names, self._value(_BARE_LINE, self.table.depth + len(names)))
        self._skip(_SPACE)
        if not self.content.startswith(("\n", "#"), self.position) and self.position < len(self.content):
            self._fault("DG194", self._rest_of_line(self.position))

    def _header(self) -> None:
        start = self.position
        mark = "[[" if self.content.startswith("[[", start) else "["
        self.position += len(mark)
        self.table = Table(self._rest_of_line(start), 0)  # what follows a wrong header is still read
        names = self._names()
        if not self.content.startswith("]" * len(mark), self.position):
            self._fault("DG195", self._rest_of_line(start))
        self.position += len(mark)
        place = self.text.place(start, self.position)
        table, taken = self.root.opened(names, place, is_item=mark == "[[")
        if table is None:
            self._report_taken(names, taken)
        elif table.depth > MAX_DEPTH:
            self._too_deep(place)
        else:
            self.table = table

    def _names(self) -> list[Scalar]:
        """The parts of a name such as `møde."sted og tid".lokale`."""
        names: list[Scalar] = []
        while True:
            self._skip(_SPACE)
            match = _KEY.match(self.content, self.position)
            if not match:
                self._fault("DG196", self._rest_of_line(self.position))
            place = self.text.place(*match.span())
            self.position = match.end()
            names.append(Scalar(self._name(match, place), place))
            self._skip(_SPACE)
            if not self.content.startswith(".", self.position):
                return names
            if len(names) >= MAX_DEPTH:
                self._too_deep(place)
            self.position += 1

    def _name(self, match: re.Match[str], place: TextPlace) -> str:
        if match[1]:
            return self._said(match[1], match.start())
        if not _BARE_KEY.fullmatch(match[2]):
            self.findings.append(error("DG191", place, forslag=f'"{shortened(match[2])}"'))
        return normalised(match[2])

    def _equals_sign(self, names: list[Scalar], start: int) -> None:
        sign = self.content[self.position : self.position + 1]
        if sign == ":":
            self._fault("DG192", self._rest_of_line(start), navn=names[-1].text)
        if sign != "=":
            self._fault("DG193", self._rest_of_line(start))
        self.position += 1
        self._skip(_SPACE)

    def _insert(self, table: Table, names: list[Scalar], node: Node) -> None:
        taken = table.insert(names, node)
        if taken is not None:
            self._report_taken(names, taken)

    def _report_taken(self, names: list[Scalar], taken: Scalar | None) -> None:
        """Say that a name stands twice; `taken` is the one that stood first."""
        line = taken.place.line if taken and isinstance(taken.place, TextPlace) else 0
        again = next((name for name in names if taken and name.text == taken.text), names[-1])
        self.findings.append(error("DG120", again.place, navn=again.text, linje=line))

    def _value(self, bare: re.Pattern[str], depth: int) -> Node:
        start = self.position
        char = self.content[start : start + 1]
        if depth >= MAX_DEPTH:
            self._too_deep(self.text.place(start, start + 1))
        if char in ("[", "{"):
            self.nesting += 1
            self.position += 1
            node = self._array(start, depth + 1) if char == "[" else self._inline_table(start, depth + 1)
            self.nesting -= 1
            return node
        if char in ('"', "'"):
            return self._string(start)
        match = bare.match(self.content, start)
        told = match.group().rstrip() if match else ""
        if not told:
            self._fault("DG182" if self.nesting else "DG197", self._rest_of_line(start))
        self.position += len(told)
        return self._bare_value(told, start)

    def _string(self, start: int) -> Scalar:
        match = _STRING.match(self.content, start)
        if not match:
            tegn = self.content[start] * (3 if self.content[start] * 3 == self.content[start : start + 3] else 1)
            self.nesting += len(tegn) // 3  # nobody knows where a text over several lines was meant to end
            self._fault("DG135", self._rest_of_line(start), tegn=tegn)
        self.position = match.end()
        return Scalar(self._said(match.group(), start), self.text.place(*match.span()))

    def _said(self, lexeme: str, start: int) -> str:
        """What a text in quotes says."""
        if "\\" not in lexeme and "\n" not in lexeme and not lexeme.startswith(('"""', "'''")):
            return normalised(lexeme[1:-1])
        place = self.text.place(start, start + len(lexeme))
        try:
            said: str = tomllib.loads(f"x={lexeme}")["x"]
        except tomllib.TOMLDecodeError:
            wrong = next((match for match in _ESCAPE.finditer(lexeme) if match[1]), None)
            if wrong:
                place = self.text.place(start + wrong.start(), start + wrong.end())
            self.findings.append(error("DG177", place, tegn=wrong[1] if wrong else "\\"))
            return ""
        unwritable = first_unwritable(said)
        if unwritable:
            self.findings.append(error("DG118", place, tegn=unwritable))
        return normalised(said)

    def _bare_value(self, lexeme: str, start: int) -> Scalar:
        """A number, a date, a time, true or false; anything else should have been in quotes."""
        place = self.text.place(start, start + len(lexeme))
        if not is_moderate(lexeme):
            self.findings.append(error("DG122", place))
            return Scalar(lexeme, place)
        try:
            native: object = tomllib.loads(f"x={lexeme}", parse_float=Decimal)["x"]
        except tomllib.TOMLDecodeError:
            told = shortened(lexeme)
            code = "DG186" if re.fullmatch(r"[-+]?0[0-9]+(?:\.[0-9]+)?", lexeme) else "DG175"
            self.findings.append(error(code, place, tekst=told, forslag=f'"{told}"'))
            return Scalar(lexeme, place)
        if isinstance(native, Decimal) and not native.is_finite():
            self.findings.append(error("DG122", place))
        return Scalar(lexeme, place, native)

    def _array(self, start: int, depth: int) -> Sequence:
        items: list[Node] = []
        while not self._ends(start, "]"):
            items.append(self._value(_BARE_ITEM, depth))
            self._comma(start, "]")
        return Sequence(tuple(items), self.text.place(start, self.position))

    def _inline_table(self, start: int, depth: int) -> Mapping:
        table = Table(self.text.place(start, start + 1), depth)
        while not self._ends(start, "}"):
            begin = self.position
            names = self._names()
            self._equals_sign(names, begin)
            self._insert(table, names, self._value(_BARE_ITEM, depth + len(names)))
            self._comma(start, "}")
        return table.mapping(self.text.place(start, self.position))

    def _ends(self, start: int, closing: str) -> bool:
        """Pass over what may stand between values, and over the closing bracket if it comes next."""
        self._skip(_FILLING)
        if self.position == len(self.content):
            self._unclosed(start, closing)
        is_end = self.content.startswith(closing, self.position)
        self.position += is_end
        return is_end

    def _comma(self, start: int, closing: str) -> None:
        self._skip(_FILLING)
        if self.content.startswith(",", self.position):
            self.position += 1
        elif self.position < len(self.content) and not self.content.startswith(closing, self.position):
            line_start = self.text.starts[self.text.line(self.position) - 1]
            is_first = not self.content[line_start : self.position].strip()
            if is_first and _STATEMENT.match(self.content, self.position):
                self._unclosed(start, closing)
            self._fault("DG152", self._rest_of_line(self.position))

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.content, self.position)
        self.position = match.end() if match else self.position

    def _rest_of_line(self, start: int) -> TextPlace:
        return self.text.place(start, len(self.content))

    def _unclosed(self, start: int, closing: str) -> NoReturn:
        self._fault("DG179", self._rest_of_line(start), tegn=self.content[start], slut=closing)

    def _too_deep(self, place: TextPlace) -> NoReturn:
        self._fault("DG121", place, grænse=MAX_DEPTH)

    def _fault(self, code: str, place: TextPlace, **values: object) -> NoReturn:
        self.findings.append(error(code, place, path="", **values))
        raise _FaultError
