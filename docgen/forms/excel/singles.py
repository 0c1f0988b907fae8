"""The single fields of a workbook: by the names of their cells, or else by the labels beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_uppercase

from docgen.diagnostics import CellPlace, Diagnostic, error, warning
from docgen.forms.excel.layout import FIELD_NAME, FILES_NAME, FRONT, PROFILE_LABEL, Column, Layout
from docgen.forms.excel.nodes import cell_node, empty, files_and_rows
from docgen.forms.excel.odd import ReadCells, unreadable
from docgen.forms.excel.rows import some, unread_cells
from docgen.forms.excel.tables import area_name
from docgen.forms.excel.words import Own, labels
from docgen.forms.headers import Headers
from docgen.kinds.arrangement import PROFILE
from docgen.kinds.short_forms import is_blank
from docgen.kinds.suggestions import folded
from docgen.sources import Node, Scalar
from docgen.sources.workbook import Sheet, Workbook

_OWN_COLUMNS = (-1, 0, 1, 2)  # label, cell, help and example, from the cell of a field
_PATH = re.compile(r"[:.\[]")
_LONGEST_FRONT = 2_000  # rows among which labels are looked for
_OUTSIDE = ("uden for felterne", "outside the fields")


class Singles:
    """The single fields of one workbook by path; `findings` fill up as they are read."""

    def __init__(self, form: Layout, workbook: Workbook, own: Own, findings: list[Diagnostic]) -> None:
        self.form = form
        self.workbook = workbook
        self.own = own
        self.findings = findings
        self.columns = form.singles
        self.sheets: set[str] = set()
        self._nodes: dict[str, Node] = {}
        self._files: dict[str, Scalar] = {}
        self._cells: dict[str, tuple[Sheet, int, int]] = {}

    def by_names(self) -> None:
        """Read the cells that have names of fields.

        A name goes along with a cell that is cut and put in elsewhere: the label beside a cell says what it is for.
        """
        names = self.workbook.names.items()
        named = {name: area for name, area in names if name.startswith((FIELD_NAME, FILES_NAME))}
        for sheet in {area.sheet: self.workbook.sheets[area.sheet] for area in named.values()}.values():
            its = {name: (one.first_row, one.first_column) for name, one in named.items() if one.sheet == sheet.name}
            cells = {name.removeprefix(FIELD_NAME): cell for name, cell in its.items()} | self._beside_labels(sheet)
            for path, (row, number) in cells.items():
                self._named_cell(path, sheet, row, number)
            self.sheets.add(sheet.name)
            self._tell_hidden(sheet)
            self._tell_outside(sheet, set(cells.values()))

    def _beside_labels(self, sheet: Sheet) -> dict[str, tuple[int, int]]:
        """The cells beside the labels of a sheet by path, where they stand in the order in which docgen writes them."""
        at = _label_column(sheet, self.form.headers)
        if not (self.own.is_sure and at):
            return {}
        expected = [(folded(label), path) for label, path in labels(self.form)]
        found: dict[str, tuple[int, int]] = {}
        following = 0
        for row, text in enumerate(sheet.column(at)[:_LONGEST_FRONT], 1):
            label = folded(text) if isinstance(text, str) else ""
            position = next((n for n in range(following, len(expected)) if label and expected[n][0] == label), None)
            if position is not None:
                following = position + 1
                if path := expected[position][1]:
                    found[path] = (row, at + 1)
        return found

    def by_labels(self, sheet: Sheet) -> None:
        """Read a sheet made by hand: a column of labels, and the values in the column after it."""
        at = _label_column(sheet, self.form.headers)
        if not at:
            return
        self.sheets.add(sheet.name)
        within = ""
        for row in range(1, sheet.height + 1):
            label, value = (sheet.scalar(row, number).text.strip() for number in (at, at + 1))
            if not label:
                continue
            meanings = self.form.headers.meanings(label, within)
            if folded(label) == folded(PROFILE_LABEL) and not meanings:
                self._take(PROFILE, None, sheet, row, at + 1)
            elif len(meanings) == 1 and meanings[0] in self.columns:
                self._take(meanings[0], self.columns[meanings[0]], sheet, row, at + 1)
            elif value and len(meanings) == 1 and meanings[0] in self.form.lists:
                self._take_files(meanings[0], sheet, row, at + 1)
            elif not value or (self.own.has(label) and self.own.has(value)):
                within = meanings[0] if len(meanings) == 1 else within
            else:
                self._tell_label(sheet, row, at, label, meanings)
        texts = ((row, number) for row, number in _texts(sheet) if number not in (at, at + 1))
        beside = [cell for cell in texts if not self.own.has(sheet.scalar(*cell).text)]
        if beside:
            self.findings.append(unread_cells(sheet, beside, _OUTSIDE))

    def nodes(self) -> list[tuple[str, Node]]:
        """The fields in the order of felter.yaml, and the profile first."""
        order = [PROFILE, *self.columns]
        return [(path, self._nodes[path]) for path in order if path in self._nodes]

    def cells(self) -> Iterator[ReadCells]:
        """The cells that were read, one by one."""
        for path, (sheet, row, number) in self._cells.items():
            column = self.columns.get(path)
            if column is not None:
                yield ReadCells(sheet, number, column.heading, column.is_text, [row])

    def with_files(self, lists: list[tuple[str, Node]]) -> list[tuple[str, Node]]:
        """The lists by path, those that take rows from other files with what they take."""
        own = dict(lists)
        taking = {path: files_and_rows(files, own.get(path)) for path, files in self._files.items()}
        found: dict[str, Node] = {**own, **taking}
        return [(path, found[path]) for path in self.form.lists if path in found]

    def _take_files(self, path: str, sheet: Sheet, row: int, number: int) -> None:
        """Remember the files that a cell names for a list."""
        if (row, number) in sheet.errors or (row, number) in sheet.valueless:
            self.findings.append(unreadable(sheet, row, number))
        elif path in self.form.lists and sheet.scalar(row, number).text.strip():
            self._files[path] = sheet.scalar(row, number)

    def _named_cell(self, path: str, sheet: Sheet, row: int, number: int) -> None:
        if path.startswith(FILES_NAME):
            self._take_files(path.removeprefix(FILES_NAME), sheet, row, number)
            return
        known = path if path == PROFILE or path in self.columns else self.form.headers.find(path)
        if known == PROFILE or known in self.columns:
            self._take(known or "", self.columns.get(known or ""), sheet, row, number)
            return
        scalar = sheet.scalar(row, number)
        if scalar.text.strip():
            told = {"felt": path, "type": self.form.kind.title, "tekst": " ".join(scalar.text.split())[:60]}
            self.findings.append(warning("DG714", scalar.place, **told, **self.form.headers.suggest(path)))

    def _take(self, path: str, column: Column | None, sheet: Sheet, row: int, number: int) -> None:
        place = sheet.place(row, number)
        if path in self._nodes:
            told = column.heading if column else PROFILE_LABEL
            self.findings.append(error("DG710", place, overskrift=told, anden=told, celle=self._cell_of(path)))
            return
        self._cells[path] = (sheet, row, number)
        if column is None:
            self._nodes[path] = sheet.scalar(row, number)
        else:
            self._nodes[path] = cell_node(sheet, row, number, column, self.findings) or empty(place)
        for area in sheet.merged:
            inside = area.first_row <= row <= area.last_row and area.first_column <= number <= area.last_column
            if inside and (area.first_row, area.first_column) != (row, number):
                self.findings.append(warning("DG708", place, område=area_name(area)))

    def _cell_of(self, path: str) -> str:
        place = self._nodes[path].place
        return place.cell if isinstance(place, CellPlace) else ""

    def _tell_label(self, sheet: Sheet, row: int, at: int, label: str, meanings: tuple[str, ...]) -> None:
        place = sheet.place(row, at)
        headers = self.form.headers
        if len(meanings) > 1:
            shown = ", ".join(f'"{headers.heading(path)}"' for path in meanings)
            found = error("DG709", place, overskrift=label, felter=shown, eksempel=headers.heading(meanings[0]))
        else:
            told = {"tekst": " ".join(label.split())[:60], "type": self.form.kind.title}
            found = warning("DG724", place, **told, **headers.suggest(label))
        self.findings.append(found)

    def _tell_hidden(self, sheet: Sheet) -> None:
        """Tell of cells that were read although nobody sees them."""
        if sheet.hidden:
            self.findings.append(warning("DG728", sheet.place(1, 1), ark=sheet.name, liste=FRONT))
        places = [node.place for node in self._nodes.values() if not is_blank(node)]
        cells = [place for place in places if isinstance(place, CellPlace) and place.sheet == sheet.name]
        hidden = sorted((row, place) for place in cells if (row := _row(place)) in sheet.hidden_rows)
        if hidden:
            rows = some(dict.fromkeys(str(row) for row, _ in hidden))
            self.findings.append(warning("DG707", hidden[0][1], liste=sheet.name, rækker=rows))

    def _tell_outside(self, sheet: Sheet, cells: set[tuple[int, int]]) -> None:
        """Tell of what somebody has written on the front sheet beside its cells."""
        inputs = {number for _, number in cells}
        free = {number + offset for number in inputs for offset in _OWN_COLUMNS} - inputs
        texts = [cell for cell in _texts(sheet) if cell not in cells and not self.own.has(sheet.scalar(*cell).text)]
        odd = texts if self.own.is_sure else [cell for cell in texts if cell[1] not in free]
        if odd:
            self.findings.append(unread_cells(sheet, odd, _OUTSIDE))


def row_of_headings(sheet: Sheet, headers: Headers) -> CellPlace | None:
    """Where the first of the headings stands on a sheet that has a row for each document; None for any other sheet."""
    row = next((row for row in range(1, sheet.height + 1) if len(_in_row(sheet, row)) > 1), 0)
    texts = _in_row(sheet, row) if row else {}
    known = sum(bool(headers.meanings(text) or headers.meanings(_PATH.split(text)[0])) for text in texts.values())
    if known < 2 or 2 * known < len(texts) or row == sheet.height:
        return None
    at = _label_column(sheet, headers)
    labels = [text for text in sheet.column(at)[row:_LONGEST_FRONT] if isinstance(text, str)] if at else []
    return None if any(map(headers.meanings, labels)) else sheet.place(row, min(texts))


def _in_row(sheet: Sheet, row: int) -> dict[int, str]:
    """The texts of a row by column."""
    texts = {number: sheet.scalar(row, number).text.strip() for number in range(1, sheet.width + 1)}
    return {number: text for number, text in texts.items() if text}


def _row(place: CellPlace) -> int:
    return int(place.cell.lstrip(ascii_uppercase))


def labels_on(sheet: Sheet, headers: Headers) -> int:
    """How many labels of fields stand in the column of a sheet that has most of them."""
    return _labels_in(sheet, _label_column(sheet, headers), headers)


def _label_column(sheet: Sheet, headers: Headers) -> int:
    """The column in which most texts are labels of fields; 0 when there is none."""
    best = max(range(1, sheet.width + 1), key=lambda number: _labels_in(sheet, number, headers), default=0)
    return best if _labels_in(sheet, best, headers) else 0


def _labels_in(sheet: Sheet, number: int, headers: Headers) -> int:
    cells = sheet.column(number)[:_LONGEST_FRONT]
    return sum(bool(headers.meanings(text)) for text in cells if isinstance(text, str))


def _texts(sheet: Sheet) -> list[tuple[int, int]]:
    """The cells in which something stands."""
    found = list(sheet.valueless)
    for number in range(1, sheet.width + 1):
        cells = enumerate(sheet.column(number), 1)
        found += [(row, number) for row, value in cells if value is not None and str(value).strip()]
    return sorted(found)
