"""Reading the mappings of a kind's own files: each attribute by its form, and every fault with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.kinds.fields import At
from docgen.kinds.model import Formula, Wording
from docgen.kinds.record import INVALID
from docgen.kinds.suggestions import choices, suggestion
from docgen.sources import Entry, Mapping, Node, Reading, Scalar, Sequence
from docgen.templating.expression import Expression, ExpressionError, Text

if TYPE_CHECKING:
    from docgen.kinds.fields import ScalarType

# A definition is of no day: a region in it may be gone or not be there yet.
_NO_DAY = date(2000, 1, 1)
_YES = frozenset({"ja", "true"})
_NO = frozenset({"nej", "false"})
# Words and signs that people write in an expression in place of Jinja's own.
_MISTAKEN = {"og": "and", "eller": "or", "ikke": "not", "&&": "and", "||": "or", "=": "==", "<>": "!="}


class Faults:
    """The faults of a kind's files, as they are found."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def add(self, code: str, place: Place | None, **values: object) -> None:
        """Report one fault."""
        self.found.append(Diagnostic(code, Severity.ERROR, place, values))

    def root_of(self, reading: Reading) -> Node:
        """The tree that was read; what the reader warned of is kept."""
        self.found += reading.warnings
        return reading.root

    def unknown(self, code: str, name: Scalar, known: Collection[str], **values: object) -> None:
        """Report a name that nobody declared, with the one that was perhaps meant."""
        self.add(code, name.place, navn=name.text, **suggestion(name.text, known), **values)

    def value(self, node: Node, made: ScalarType, name: str) -> object:
        """A value that a definition file gives; one that an input could not give is a fault, and INVALID."""
        before = len(self.found)
        value = made.parse(node, At(name, name, _NO_DAY, self.found))
        if value is not INVALID:
            del self.found[before:]  # warnings wait until the value is used
        return value


class Attributes:
    """The attributes of one mapping; those that are not `known` are faults at once.

    `owner` says in messages what the mapping describes. A node that is no mapping is a fault, and has no attributes.
    """

    def __init__(self, node: Node, known: Collection[str], faults: Faults, owner: str) -> None:
        self.place = node.place
        self.owner = owner
        self.faults = faults
        self._nodes: dict[str, Node] = {}
        if not isinstance(node, Mapping):
            if not (isinstance(node, Scalar) and node.empty):
                faults.add("DG322", node.place, navn=owner)
            return
        for entry in node:
            if entry.key.text not in known:
                faults.unknown("DG321", entry.key, known, ejer=owner)
            elif not (isinstance(entry.value, Scalar) and entry.value.empty):
                self._nodes[entry.key.text] = entry.value

    def __contains__(self, name: str) -> bool:
        return name in self._nodes

    def node(self, name: str) -> Node | None:
        """The value as it stands, or None when it is left out."""
        return self._nodes.get(name)

    def place_of(self, name: str) -> Place:
        """Where the attribute stands, or else the mapping."""
        found = self._nodes.get(name)
        return self.place if found is None else found.place

    def scalar(self, name: str) -> Scalar | None:
        """A single text, number or word."""
        found = self._nodes.get(name)
        if found is None or isinstance(found, Scalar):
            return found
        self.faults.add("DG323", found.place, navn=name)
        return None

    def text(self, name: str, default: str = "") -> str:
        """A text, without space around it."""
        found = self.scalar(name)
        return default if found is None else found.text.strip()

    def required(self, name: str) -> str:
        """A text that must be there."""
        if name not in self._nodes:
            self.faults.add("DG324", self.place, navn=name, ejer=self.owner)
        return self.text(name)

    def flag(self, name: str, default: bool = False) -> bool:
        """`ja` or `nej`."""
        found = self.scalar(name)
        if found is None:
            return default
        word = found.text.strip().casefold()
        if word not in _YES | _NO:
            self.faults.add("DG325", found.place, navn=name, tekst=found.text)
        return word in _YES

    def one_of(self, name: str, allowed: Collection[str], default: str) -> str:
        """One of the `allowed` words."""
        found = self.scalar(name)
        if found is None:
            return default
        word = found.text.strip()
        if word not in allowed:
            self.faults.add("DG326", found.place, navn=name, tekst=word, **_meant(word, allowed))
            return default
        return word

    def whole(self, name: str) -> int | None:
        """A whole number, not negative."""
        found = self.scalar(name)
        if found is None:
            return None
        if not (found.text.strip().isdecimal() and found.text.strip().isascii()):
            self.faults.add("DG327", found.place, navn=name, tekst=found.text)
            return None
        return int(found.text)

    def words(self, name: str) -> tuple[Scalar, ...]:
        """A list of words; a single word counts as a list of one."""
        found = self._nodes.get(name)
        if isinstance(found, Sequence):
            for item in found:
                if not isinstance(item, Scalar):
                    self.faults.add("DG323", item.place, navn=name)
            return tuple(item for item in found if isinstance(item, Scalar))
        single = self.scalar(name)
        return () if single is None else (single,)

    def entries(self, name: str) -> Iterator[Entry]:
        """The entries of a mapping."""
        found = self._nodes.get(name)
        if isinstance(found, Mapping):
            yield from found
        elif found is not None:
            self.faults.add("DG322", found.place, navn=name)

    def value(self, name: str, made: ScalarType) -> Any:
        """A value of that type, written as in an input; None when it is left out or was refused."""
        found = self.scalar(name)
        value = None if found is None else self.faults.value(found, made, name)
        return None if value is INVALID else value

    def formula(self, name: str) -> Formula | None:
        """An expression."""
        found = self.scalar(name)
        if found is None:
            return None
        text = found.text.strip()
        source = "true" if text.casefold() in _YES else "false" if text.casefold() in _NO else found.text
        try:
            return Formula(Expression(source), found.place)
        except ExpressionError as fault:
            if fault.reason == "complex":
                self.faults.add("DG368", found.place, udtryk=_short(text))
                return None
            self.faults.add("DG330", found.place, udtryk=_short(text), **_expression_hint(text))
            return None

    def wording(self, name: str, default: str | None = None) -> Wording | None:
        """A text that may hold tags (`{{ … }}`)."""
        found = self.scalar(name)
        source = default if found is None else found.text.strip()
        return None if source is None else wording(source, self.place_of(name), self.faults)


def wording(source: str, place: Place, faults: Faults) -> Wording | None:
    """A text that may hold tags, or None after its fault was reported."""
    try:
        return Wording(Text(source), place)
    except ExpressionError as fault:
        if fault.reason == "complex":
            faults.add("DG368", place, udtryk=_short(source))
        else:
            faults.add("DG331", place, tekst=_short(source))
        return None


def _meant(word: str, allowed: Collection[str]) -> dict[str, str]:
    return suggestion(word, allowed) if allowed else choices(allowed)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 100 else plain[:99] + "…"


def _expression_hint(text: str) -> dict[str, str]:
    """The hint of a syntax fault: what was probably written in place of Jinja's own words."""
    for written, meant in _MISTAKEN.items():
        if f" {written} " in f" {text} ":
            return {
                "forslag": f'skriv "{meant}" i stedet for "{written}"',
                "forslag_en": f'write "{meant}" for "{written}"',
            }
    if text.count("(") != text.count(")"):
        return {"forslag": "tæl parenteserne", "forslag_en": "count the brackets"}
    return {
        "forslag": "tjek parenteser, anførselstegn og ord som and, or og not",
        "forslag_en": "check brackets, quotation marks and words such as and, or and not",
    }
