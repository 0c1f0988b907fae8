"""CPR-like numbers in an input: each is told of once, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from docgen.diagnostics import Diagnostic, Place, Severity, TextPlace
from docgen.masking import find_cpr
from docgen.sources import Mapping, Node, Scalar, Sequence, Table

_FEWEST_DIGITS = 10
_TEN_DIGITS = Decimal(10**9)
_HAVING_DIGITS = (int, Decimal)
_NUMBERS = frozenset(_HAVING_DIGITS)
_NO_DIGITS = bytes(set(range(1, 128)) - set(b"0123456789"))


def find_personal_numbers(node: Node, severity: Severity, path: str = "") -> Iterator[Diagnostic]:
    """A finding of that severity for every CPR-like number in the keys and values of the tree."""
    match node:
        case Scalar():
            for start, end in find_cpr(node.text):
                yield Diagnostic("DG254", severity, _stretch(node, start, end), {}, path)
        case Mapping():
            for key, value in node:
                if _is_long(key):
                    yield from find_personal_numbers(key, severity, path)
                if _is_long(value):
                    yield from find_personal_numbers(value, severity, f"{path}.{key.text}" if path else key.text)
        case Table() if not _may_have(node):
            return
        case Sequence():
            for number, item in enumerate(node, 1):
                yield from find_personal_numbers(item, severity, f"{path}[{number}]")


def _is_long(node: Node) -> bool:
    """Whether there is room for a CPR-like number; in most texts there is none."""
    return not isinstance(node, Scalar) or len(node.text) >= _FEWEST_DIGITS


def _may_have(table: Table) -> bool:
    """Whether a CPR-like number stands in the table: everything with enough digits is searched as one text."""
    from docgen.sources.workbooks.formats import written

    found = {name for name, _ in table.columns}
    for _, column in table.columns:
        cells = table.values(column)
        types = set(map(type, cells))
        if not _NUMBERS.isdisjoint(types):
            numbers = [one for one in cells if isinstance(one, _HAVING_DIGITS)]
            found.update([written(one) for one in numbers if one >= _TEN_DIGITS] if max(numbers) >= _TEN_DIGITS else ())
        if str in types:
            found.update([one for one in set(cells) if isinstance(one, str) and len(one) >= _FEWEST_DIGITS])
    plain = [text for text in found if text.isascii()]
    digits = "\0".join(plain).encode().translate(None, _NO_DIGITS).split(b"\0")
    enough = [text for text, its in zip(plain, digits, strict=True) if len(its) >= _FEWEST_DIGITS]
    return bool(find_cpr("|".join((*enough, *found.difference(plain)))))


def _stretch(scalar: Scalar, start: int, end: int) -> Place:
    """The place of the number itself, where the text stands in the file as it was read."""
    place = scalar.place
    if not isinstance(place, TextPlace):
        return place
    found = scalar.text[start:end]
    # A text may go on over several lines: the number is on the first one from here that has it.
    last = place.line + scalar.text.count("\n") + 2
    for line in range(place.line, min(last, len(place.source.lines)) + 1):
        column = place.source.lines[line - 1].find(found, place.column - 1 if line == place.line else 0)
        if column >= 0:
            return TextPlace(place.source, line, column + 1, len(found))
    return place
