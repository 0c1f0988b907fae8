"""The cells of a sheet's XML: found, made in their place, given another style and their own one back."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from docgen.forms.marking.package import qualified, space, whole

if TYPE_CHECKING:
    from lxml import etree

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_YES = ("1", "true")


class Spot(NamedTuple):
    """A cell by row and column, both from 1."""

    row: int
    column: int


def spot(reference: str) -> Spot | None:
    """The cell that a reference such as `F17` or `$F$17` means, the first of `F17:G20`; None for no reference."""
    found = _REFERENCE.fullmatch(reference.partition(":")[0].strip())
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    return Spot(row, column) if row <= _LAST_ROW and column <= _LAST_COLUMN else None


def reference(at: Spot) -> str:
    """The cell as workbooks write it: `F17`."""
    letters, rest = "", at.column
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = chr(65 + last) + letters
    return f"{letters}{at.row}"


def areas(text: str) -> tuple[Spot, Spot] | None:
    """The first and the last cell of `A1:C3`, or of a single cell; None for no reference."""
    first, mark, last = text.partition(":")
    start = spot(first)
    end = spot(last) if mark else start
    return (start, end) if start and end else None


def anchors_of(root: etree._Element, spots: Collection[Spot]) -> dict[Spot, Spot]:
    """The cell that shows each of `spots` in a sheet: the first of its area where cells are merged, else itself."""
    found = {one: one for one in spots}
    wanted = sorted(found)
    for merge in root.iter(qualified(root, "mergeCell")):
        area = areas(merge.get("ref", ""))
        if area:
            start, end = area
            inside = wanted[bisect_left(wanted, start) : bisect_right(wanted, Spot(end.row, _LAST_COLUMN))]
            found.update({one: start for one in inside if start.column <= one.column <= end.column})
    return found


class Grid:
    """The cells of one sheet."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._row, self._cell = qualified(root, "row"), qualified(root, "c")
        data = root.find(qualified(root, "sheetData"))
        if data is None:  # the schema demands it
            data = root.makeelement(qualified(root, "sheetData"))
            root.append(data)
        self._data = data
        self._rows = dict(_numbered(data.iterchildren(self._row), lambda row: whole(row, "r")))
        self._order = sorted(self._rows)

    def restyle(self, spots: Iterable[Spot], styled: Callable[[Spot, int], int]) -> None:
        """Gives each cell the style that `styled` makes of the one it has; cells that are not there are made."""
        for known, row in self._rows.items():
            if row.get("r") is None:
                row.set("r", str(known))
        for at in sorted(spots):
            cell = self._cell_at(self._row_at(at.row), at)
            cell.set("s", str(styled(at, whole(cell, "s"))))

    def give_back(self, originals: Mapping[int, int]) -> bool:
        """Gives cells, rows and columns with a style that is a key the style that is its value.

        Cells that hold nothing and look as their row or column does go, and rows that hold nothing at all. Tells
        whether there was any.
        """
        keys = {str(key): str(value) for key, value in originals.items()}
        if not keys:
            return False
        columns = [one for one in self._root.iter(qualified(self._root, "col")) if one.get("style") in keys]
        rows = [one for one in self._rows.values() if one.get("s") in keys]
        for one, key in [*((column, "style") for column in columns), *((row, "s") for row in rows)]:
            one.set(key, keys[one.get(key, "")])
        marked = self._styled(keys)
        for cell in marked:
            row = cell.getparent()
            assert row is not None
            number = next(at for at, one in _cells(row, self._cell) if one is cell)
            self._give_back(row, number, cell, keys[cell.get("s", "")])
        return bool(columns or rows or marked)

    def _styled(self, styles: Iterable[str]) -> list[etree._Element]:
        """The cells with one of these styles; a sheet may have millions of others."""
        from lxml import etree

        find = etree.XPath("s:row/s:c[contains($styles, concat(' ', @s, ' '))]", namespaces={"s": space(self._data)})
        found = find(self._data, styles=f" {' '.join(styles)} ")
        return [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []

    def _give_back(self, row: etree._Element, column: int, cell: etree._Element, style: str) -> None:
        if not len(cell) and self._default(row, column) == int(style):
            self._explicit(row)
            row.remove(cell)
            if not len(row) and not set(row.attrib) - {"r", "spans"}:
                self._data.remove(row)
        elif style == "0":
            del cell.attrib["s"]
        else:
            cell.set("s", style)

    def _default(self, row: etree._Element, column: int) -> int:
        """The style of a cell that is not there: that of its row, or of its column."""
        if row.get("customFormat") in _YES:
            return whole(row, "s")
        for one in self._root.iter(qualified(self._root, "col")):
            if whole(one, "min") <= column <= whole(one, "max"):
                return whole(one, "style")
        return 0

    def _row_at(self, number: int) -> etree._Element:
        if number in self._rows:
            return self._rows[number]
        made = self._data.makeelement(self._row, r=str(number))
        position = bisect_left(self._order, number)
        if position < len(self._order):
            self._rows[self._order[position]].addprevious(made)
        else:
            self._data.append(made)
        self._order.insert(position, number)
        self._rows[number] = made
        return made

    def _cell_at(self, row: etree._Element, at: Spot) -> etree._Element:
        following = None
        for column, cell in _cells(row, self._cell):
            if column == at.column:
                return cell
            if column > at.column:
                following = cell
                break
        self._explicit(row)
        made = row.makeelement(self._cell, r=reference(at), s=str(self._default(row, at.column)))
        if following is not None:
            following.addprevious(made)
        else:
            last = row.find(f"{self._cell}[last()]")
            if last is not None:
                last.addnext(made)
            else:
                row.insert(0, made)
        row.attrib.pop("spans", "")  # a hint that would be wrong now
        return made

    def _explicit(self, row: etree._Element) -> None:
        """Writes on each cell of a row where it stands: the format lets a cell follow the one before without saying."""
        number = whole(row, "r") or next(known for known, one in self._rows.items() if one is row)
        for column, cell in list(_cells(row, self._cell)):
            if cell.get("r") is None:
                cell.set("r", reference(Spot(number, column)))


def _cells(row: etree._Element, tag: str) -> Iterator[tuple[int, etree._Element]]:
    return _numbered(row.iterchildren(tag), _column_number)


def _numbered(
    elements: Iterable[etree._Element], told: Callable[[etree._Element], int]
) -> Iterator[tuple[int, etree._Element]]:
    """Rows or cells with their numbers; one that does not tell stands after the one before."""
    number = 0
    for element in elements:
        number = told(element) or number + 1
        yield number, element


def _column_number(cell: etree._Element) -> int:
    found = spot(cell.get("r", ""))
    return found.column if found else 0
