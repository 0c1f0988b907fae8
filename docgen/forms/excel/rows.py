"""The rows of the lists of a workbook as the tree of an input, and what else there is to say of their sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Sequence as Cells
from typing import NamedTuple

from docgen.diagnostics import CellPlace, Diagnostic, Severity, error, warning
from docgen.forms.excel.layout import ROW_ID, Layout, ListSheet
from docgen.forms.excel.nodes import cell_node, empty, grown
from docgen.forms.excel.odd import ReadCells, odd_cells
from docgen.forms.excel.picking import filled_rows, headings_again, sums_in, text_at, value_columns, with_text
from docgen.forms.excel.tables import Columns, Found, area_name, match, overlaps
from docgen.forms.excel.words import Own
from docgen.kinds.suggestions import suggestion
from docgen.sources import Entry, Mapping, Node, Scalar, Sequence, Table
from docgen.sources.workbook import Sheet, cell_name

_ABOVE = ("over tabellen", "above the table")
_BESIDE = ("ved siden af tabellen", "beside the table")
_BELOW = ("under tabellen", "below the table")
_INTO_A_FIELD = ("flyt det ind i et felt, eller slet det", "move it into a field, or delete it")
_INTO_A_ROW = (
    "flyt det op i en række, hvis det hører til listen, eller slet det",
    "move it up into a row if it belongs to the list, or delete it",
)
_MOST_NAMED = 8  # cells or rows that one message names


class Element(NamedTuple):
    """One element of a list while lists inside it are still to come: its values by path, and its place."""

    values: list[tuple[str, Node]]
    place: CellPlace


class Rows(NamedTuple):
    """A list of the form as the workbook has it: where it stands, its columns, and the rows that are filled in."""

    one: ListSheet
    found: Found
    columns: Columns
    rows: list[int]

    @property
    def place(self) -> CellPlace:
        """Where its first value stands, or would stand."""
        return self.found.sheet.place(self.found.first, min(self.columns.fields))

    def cells(self) -> Iterator[ReadCells]:
        """The cells that were read, column by column."""
        for number, column in self.columns.fields.items():
            yield ReadCells(self.found.sheet, number, column.heading, column.is_text, self.rows)


class ListReading:
    """The lists of one workbook; `findings` fill up as they are read."""

    def __init__(self, form: Layout, findings: list[Diagnostic], own: Own = Own()) -> None:  # noqa: B008 - a tuple
        self.form = form
        self.own = own
        self.findings = findings
        self._lists: list[Found] = []
        self._read: dict[str, Rows] = {}
        self._elements: dict[str, list[Element]] = {}
        self._owners: dict[str, list[Element]] = {}
        self._named: dict[str, dict[str, list[Element]]] = {}

    def read(self, lists: dict[str, Found]) -> None:
        """Read the lists that were found, by path."""
        self._lists = list(lists.values())
        for path, one in self.form.lists.items():
            found = lists.get(path)
            columns = match(found, one, self.form, self.findings) if found else None
            if found and columns and columns.fields:
                last = self._last_row(one, found, columns)
                rows = self._without_headings(one, found, columns, filled_rows(found, columns, last))
                rows = self._without_sums(found, columns, rows)
                self._read[path] = Rows(one, found, columns, rows)
                self._tell_odd(self._read[path], last)
        parents = {read.one.parent for read in self._read.values() if read.rows}
        for path, read in self._read.items():
            if read.one.parent or path in parents or not _is_plain(read):
                self._read_elements(path, read)
            else:
                for cells in (one for one in read.cells() if one.is_text):
                    self.findings += odd_cells(cells)

    def _read_elements(self, path: str, read: Rows) -> None:
        elements = [self._element(read, row) for row in read.rows]
        if read.one.parent:
            owners = [self._owner(read, row) for row in read.rows]
            kept = [(above, element) for above, element in zip(owners, elements, strict=True) if above is not None]
            self._owners[path] = [above for above, _ in kept]
            self._elements[path] = [element for _, element in kept]
        else:
            self._elements[path] = elements
        self._name(read, elements)

    def nodes(self) -> list[tuple[str, Node]]:
        """The lists of the root by path, with those inside their elements; a list without rows is empty."""
        made: list[tuple[str, Node]] = []
        for path in reversed(list(self._read)):
            read = self._read[path]
            if path not in self._elements:
                made.append((path, _table(read)))
                continue
            mappings = [_mapping(element) for element in self._elements[path]]
            if not read.one.parent:
                made.append((path, Sequence(tuple(mappings), read.place)))
                continue
            inside: dict[int, tuple[Element, list[Node]]] = {}
            for above, mapping in zip(self._owners[path], mappings, strict=True):
                inside.setdefault(id(above), (above, []))[1].append(mapping)
            for above, nodes in inside.values():
                above.values.append((read.one.inner, Sequence(tuple(nodes), nodes[0].place)))
        return made[::-1]

    def cells(self) -> Iterator[ReadCells]:
        """The cells that were read, column by column."""
        for one in self._read.values():
            yield from one.cells()

    def _element(self, read: Rows, row: int) -> Element:
        values: list[tuple[str, Node]] = []
        sheet = read.found.sheet
        for number, column in read.columns.fields.items():
            node = cell_node(sheet, row, number, column, self.findings)
            if node is not None:
                values.append((column.path, node))
            elif column.required or column.sometimes:
                values.append((column.path, empty(sheet.place(row, number))))
        return Element(values, sheet.place(row, min(read.columns.fields)))

    def _name(self, read: Rows, elements: list[Element]) -> None:
        """Remember the elements by what lists inside them call them."""
        fields = read.columns.fields.items()
        key = next((number for number, column in fields if column.path == read.one.key), 0)
        number = key if read.one.key else read.columns.number
        named = self._named.setdefault(read.one.path, {})
        for row, element in zip(read.rows, elements, strict=True):
            if number and not _is_unreadable(read.found, row, number):
                named.setdefault(text_at(read.found, row, number), []).append(element)

    def _owner(self, read: Rows, row: int) -> Element | None:
        """The element that a row lies in; None after the reason was told."""
        number = read.columns.owner
        if not number:
            return None  # the missing column has been told of
        if _is_unreadable(read.found, row, number):
            cell_node(read.found.sheet, row, number, read.one.columns[0], self.findings)  # tells why
            return None
        above = self.form.lists[read.one.parent]
        place, text = read.found.sheet.place(row, number), text_at(read.found, row, number)
        if not text:
            self.findings.append(error("DG713", place, ark=above.sheet, overskrift=read.one.owner))
            return None
        named = self._named.get(read.one.parent, {})
        meant = named.get(text, [])
        if len(meant) == 1:
            return meant[0]
        told = {"tekst": text, "ark": above.sheet}
        if meant:
            self.findings.append(error("DG717", place, **told))
        else:
            self.findings.append(error("DG712", place, **told, **suggestion(text, named)))
        return None

    def _without_headings(self, one: ListSheet, found: Found, columns: Columns, rows: list[int]) -> list[int]:
        """The rows of a list but those that say its headings again, with a word about each of these."""
        fields = columns.fields
        names = {at: (it.heading, it.field.label, it.field.name, *it.field.aliases) for at, it in fields.items()}
        again = headings_again(
            found.sheet, rows, names, lambda text, number: fields[number].path in one.headers.meanings(text)
        )
        for row in again:
            place = found.sheet.place(row, min(columns.fields))
            self.findings.append(Diagnostic("DG797", Severity.INFO, place, {"liste": one.field.label, "række": row}))
        return [row for row in rows if row not in again] if again else rows

    def _without_sums(self, found: Found, columns: Columns, rows: list[int]) -> list[int]:
        """The rows of a list but those of sums, with a word about each of these."""
        sums = sums_in(found.sheet, value_columns(found, columns), rows)
        for (row, number), word in sums.items():
            place = found.sheet.place(row, number)
            self.findings.append(Diagnostic("DG775", Severity.INFO, place, {"tekst": word}))
        left_out = {row for row, _ in sums}
        return [row for row in rows if row not in left_out] if sums else rows

    def _last_row(self, one: ListSheet, found: Found, columns: Columns) -> int:
        """The last row that belongs to a list: rows directly below a table, which did not grow with them, do."""
        last = found.last
        numbers = [*columns.fields, *filter(None, (columns.owner,))]
        while any(text_at(found, last + 1, number) for number in numbers):
            if any((last + 1, number) in found.sheet.formulas for number in found.headings):
                break  # a row of totals
            last += 1
        if last > found.last and found.table:
            place = found.sheet.place(found.last + 1, min(numbers))
            many = last - found.last > 1
            words = ("rækker", "rows") if many else ("række", "row")
            told = {"rækker": words[0], "rækker_en": words[1], "liste": one.field.label}
            self.findings.append(warning("DG706", place, antal=last - found.last, **told))
        return last

    def _tell_odd(self, read: Rows, last: int) -> None:
        """Tell of hidden rows and columns, merged cells, and of what stands around the list."""
        one, found, columns, rows = read
        sheet, label = found.sheet, one.field.label
        hidden = [row for row in rows if row in sheet.hidden_rows]
        if hidden:
            told = {"liste": label, "rækker": some(map(str, hidden))}
            self.findings.append(warning("DG707", sheet.place(hidden[0], min(columns.fields)), **told))
        for number in sorted(sheet.hidden_columns.intersection(columns.fields)):
            if any(text_at(found, row, number) for row in rows):
                place = sheet.place(max(found.header, 1), number)
                self.findings.append(warning("DG727", place, overskrift=columns.fields[number].heading, liste=label))
        for area in sheet.merged:
            filled = _is_filled(sheet, area.first_row, area.first_column)
            if filled and overlaps(area, found, columns.fields, last):
                place = sheet.place(area.first_row, area.first_column)
                self.findings.append(warning("DG708", place, område=area_name(area)))
        self._tell_around(found, columns, last, label)

    def _tell_around(self, found: Found, columns: Columns, last: int, label: str) -> None:
        sheet = found.sheet
        outside = [number for number in range(1, sheet.width + 1) if number not in found.headings]
        beside = [(row, number) for number in outside for row in with_text(sheet.column(number), found.first, last)]
        below = [
            (row, number)
            for number in range(1, sheet.width + 1)
            if number != columns.number and found.headings.get(number) != ROW_ID
            for row in with_text(sheet.column(number), last + 1, sheet.height)
        ]
        below += [cell for cell in sheet.valueless if cell[0] > last]
        beside += [cell for cell in sheet.valueless if found.first <= cell[0] <= last and cell[1] not in found.headings]
        below = self._without_stray_rows(found, columns, self._outside(below, sheet), label)
        above = _above(found, self.own, [one for one in self._lists if one.sheet is sheet])
        for found_cells, where in ((above, _ABOVE), (beside, _BESIDE), (below, _BELOW)):
            cells = sorted(self._outside(found_cells, sheet))
            if cells:
                hint = _INTO_A_ROW if where is _BELOW else _INTO_A_FIELD
                self.findings.append(unread_cells(found.sheet, cells, where, hint))

    def _outside(self, cells: Cells[tuple[int, int]], sheet: Sheet) -> list[tuple[int, int]]:
        """The cells but those of tables: several may stand on one sheet."""
        tables = [one for one in self._lists if one.sheet is sheet and one.table]
        areas = [(range(one.header or one.first, one.last + 1), one.headings) for one in tables]
        return [(row, at) for row, at in cells if not any(row in rows and at in columns for rows, columns in areas)]

    def _without_stray_rows(
        self, found: Found, columns: Columns, below: list[tuple[int, int]], label: str
    ) -> list[tuple[int, int]]:
        """The cells below a table but those of whole rows: without them the list would be short of something."""
        filled: dict[int, list[int]] = {}
        for row, number in below:
            if number in columns.fields and (row, number) not in found.sheet.formulas:
                filled.setdefault(row, []).append(number)
        rows = sorted(row for row, numbers in filled.items() if len(numbers) > 1)
        sums = {row for row, _ in sums_in(found.sheet, value_columns(found, columns), rows)}
        rows = [row for row in rows if row not in sums]
        if rows:
            words = ("rækker", "rows") if len(rows) > 1 else ("række", "row")
            told = {"rækker": words[0], "rækker_en": words[1], "liste": label, "numre": some(map(str, rows))}
            place = found.sheet.place(rows[0], min(filled[rows[0]]))
            self.findings.append(error("DG729", place, antal=len(rows), **told))
        return [cell for cell in below if cell[0] not in rows]


def _above(found: Found, own: Own, tables: Cells[Found]) -> list[tuple[int, int]]:
    """What stands above the headings of a table beside the form's own texts, examples and the totals of `tables`."""
    if not (found.table and found.header > 2):
        return []
    sheet, totals, examples = found.sheet, found.header - 2, found.header - 1
    columns = range(1, sheet.width + 1)
    cells = [(row, at) for at in columns for row in with_text(sheet.column(at), 1, examples)]
    cells += [cell for cell in sheet.valueless if cell[0] < found.header]
    if not own.is_sure:  # its own texts stand over the headings, and from the first column on in the rows above
        first = min((number for number, heading in found.headings.items() if heading != ROW_ID), default=1)
        cells = [(row, at) for row, at in cells if row < examples and not (at == first and row < totals)]
    rows = {one.header - 2 for one in tables}
    sums = {cell for cell in sheet.formulas if cell[0] in rows}
    return [cell for cell in cells if cell not in sums and not own.has(sheet.scalar(*cell).text)]


def _is_plain(read: Rows) -> bool:
    """Whether every value in the rows is a single field's own, and none is missing from the file."""
    sheet, rows = read.found.sheet, set(read.rows)
    for row, number in (*sheet.errors, *sheet.valueless):
        if row in rows and number in read.columns.fields:
            return False
    return not any(
        with_text(sheet.column(number), read.found.first, sheet.height)
        for number, column in read.columns.fields.items()
        if column.lines or "." in column.path
    )


def _table(read: Rows) -> Table:
    fields = read.columns.fields.items()
    columns = tuple((column.path, number) for number, column in fields if not column.lines and "." not in column.path)
    return Table(read.found.sheet, columns, read.rows, read.place)


def unread_cells(
    sheet: Sheet, cells: list[tuple[int, int]], where: tuple[str, str], hint: tuple[str, str] = _INTO_A_FIELD
) -> Diagnostic:
    """The warning that cells were not read; `where` and `hint` say in Danish and English where, and what to do."""
    text = " ".join(sheet.scalar(*cells[0]).text.split())[:60] or "="  # a formula that was never calculated
    told = {"tekst": text, "hvor": where[0], "hvor_en": where[1], "forslag": hint[0], "forslag_en": hint[1]}
    return warning("DG705", sheet.place(*cells[0]), celler=some(cell_name(*cell) for cell in cells), **told)


def _mapping(element: Element) -> Mapping:
    if any("." in path for path, _ in element.values):
        return grown(element.values, element.place)
    return Mapping(tuple(Entry(Scalar(path, node.place), node) for path, node in element.values), element.place)


def _is_unreadable(found: Found, row: int, number: int) -> bool:
    return (row, number) in found.sheet.errors or (row, number) in found.sheet.valueless


def _is_filled(sheet: Sheet, row: int, number: int) -> bool:
    return bool(sheet.scalar(row, number).text.strip()) or (row, number) in sheet.valueless


def some(names: Iterable[str]) -> str:
    """The names with commas between, cut where they are very many."""
    listed = list(names)
    return ", ".join(listed[:_MOST_NAMED]) + (" …" if len(listed) > _MOST_NAMED else "")
