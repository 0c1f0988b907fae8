"""A JSON file to its tree (RFC 8259), with the place and the lexeme of every value.

Python's json gives no places, hides duplicate keys and words its faults differently from version to version, so the
grammar's few productions are read here; the tests hold this reader to what json accepts.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from docgen.diagnostics import Diagnostic, error
from docgen.sources.json_faults import Fault, explain
from docgen.sources.text import MAX_DEPTH, Text, first_unwritable, is_moderate, normalised
from docgen.sources.tree import Entry, Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from typing import NoReturn

_TOKEN = re.compile(
    r"""[ \t\n]*(?:
    (?P<string>"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*")
    |(?P<number>-?(?:0|[1-9][0-9]*)(?P<fraction>(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)(?![\w.+-]))
    |(?P<word>(?:true|false|null)(?!\w))
    |(?P<mark>[][{}:,])
    )""",
    re.VERBOSE,
)
_SPACE = re.compile(r"[ \t\n]*")
_WORDS = {"true": True, "false": False, "null": None}
_CLOSING = {"{": "}", "[": "]"}


def parse(text: Text, findings: list[Diagnostic]) -> Node | None:
    """The root of the tree of a JSON file, or None where the file is not JSON.

    Adds faults to `findings`; a tree that comes with faults is not to be used.
    """
    scanner = _Scanner(text, findings)
    try:
        return scanner.run()
    except _FatalError:
        return None


class _FatalError(Exception):
    """Ends the parse: the last finding says why."""


class _Open:
    """An object or array whose end has not been reached."""

    __slots__ = ("comma", "entries", "items", "key", "mark", "seen", "start")

    def __init__(self, mark: str, start: int) -> None:
        self.mark = mark
        self.start = start
        self.items: list[Node] = []
        self.entries: list[Entry] = []
        self.key: Scalar | None = None
        self.seen: dict[str, int] = {}
        self.comma = -1


class _Scanner:
    """The tree so far, and what may come next: `value`, `key`, `colon`, `comma` or `nothing`."""

    def __init__(self, text: Text, findings: list[Diagnostic]) -> None:
        self.text = text
        self.findings = findings
        self.stack: list[_Open] = []
        self.expected = "value"
        self.root: Node | None = None
        self.position = 0

    def run(self) -> Node | None:
        content = self.text.content
        while True:
            space = _SPACE.match(content, self.position)
            start = space.end() if space else self.position
            if start == len(content) and self.expected == "nothing":
                return self.root
            match = _TOKEN.match(content, self.position)
            if not match or not self._take(match, start):
                self._fault(start)
            self.position = match.end()

    def _take(self, match: re.Match[str], start: int) -> bool:
        """Add a token to the tree; False if it may not come here."""
        kind, lexeme = match.lastgroup or "", self.text.content[start : match.end()]
        if kind == "mark":
            return self._mark(lexeme, start)
        if self.expected == "key" and kind == "string":
            self._key(lexeme, start)
            return True
        if self.expected != "value":
            return False
        self._value(self._scalar(match, lexeme, start))
        return True

    def _mark(self, mark: str, start: int) -> bool:
        inside = self.stack[-1] if self.stack else None
        if mark in "{[" and self.expected == "value":
            if len(self.stack) >= MAX_DEPTH:
                self.findings.append(error("DG121", self.text.place(start, start + 1), grænse=MAX_DEPTH))
                raise _FatalError
            self.stack.append(_Open(mark, start))
            self.expected = "key" if mark == "{" else "value"
        elif inside is None:
            return False
        elif mark == ":" and self.expected == "colon":
            self.expected = "value"
        elif mark == "," and self.expected == "comma":
            inside.comma = start
            self.expected = "key" if inside.mark == "{" else "value"
        elif mark == _CLOSING[inside.mark] and self._may_close(inside):
            self._close(inside, start + 1)
        else:
            return False
        return True

    def _may_close(self, inside: _Open) -> bool:
        is_untouched = inside.comma < 0 and inside.key is None and not inside.items
        return self.expected == "comma" or (is_untouched and self.expected in ("key", "value"))

    def _close(self, ended: _Open, end: int) -> None:
        self.stack.pop()
        place = self.text.place(ended.start, end)
        is_mapping = ended.mark == "{"
        self._value(Mapping(tuple(ended.entries), place) if is_mapping else Sequence(tuple(ended.items), place))

    def _key(self, lexeme: str, start: int) -> None:
        inside = self.stack[-1]
        place = self.text.place(start, start + len(lexeme))
        key = Scalar(self._text(lexeme, start), place)
        if key.text in inside.seen:
            self.findings.append(error("DG120", place, navn=key.text, linje=inside.seen[key.text]))
        else:
            inside.seen[key.text] = place.line
        inside.key = key
        self.expected = "colon"

    def _value(self, node: Node) -> None:
        self.expected = "comma"
        if not self.stack:
            self.root = node
            self.expected = "nothing"
        elif self.stack[-1].mark == "[":
            self.stack[-1].items.append(node)
        else:
            inside = self.stack[-1]
            assert inside.key is not None  # a value in an object comes after a key and a colon only
            inside.entries.append(Entry(inside.key, node))

    def _scalar(self, match: re.Match[str], lexeme: str, start: int) -> Scalar:
        place = self.text.place(start, start + len(lexeme))
        if match["string"]:
            return Scalar(self._text(lexeme, start), place)
        if match["word"]:
            return Scalar("" if lexeme == "null" else lexeme, place, _WORDS[lexeme], empty=lexeme == "null")
        if not is_moderate(lexeme):
            self.findings.append(error("DG122", place))
            return Scalar(lexeme, place)
        return Scalar(lexeme, place, Decimal(lexeme) if match["fraction"] else int(lexeme))

    def _text(self, lexeme: str, start: int) -> str:
        """What a string in quotes says."""
        if "\\" not in lexeme:
            return normalised(lexeme[1:-1])
        said: str = json.loads(lexeme)
        unwritable = first_unwritable(said)
        if unwritable:
            self.findings.append(error("DG118", self.text.place(start, start + len(lexeme)), tegn=unwritable))
        return normalised(said)

    def _fault(self, at: int) -> NoReturn:
        inside = self.stack[-1] if self.stack else None
        fault = Fault(
            self.text,
            at,
            self.expected,
            previous_end=self.position,
            opening=inside.start if inside else -1,
            comma=inside.comma if inside else -1,
        )
        self.findings.append(explain(fault))
        raise _FatalError
