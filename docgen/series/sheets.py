"""The rows of a workbook: which sheet holds the inputs, which hold lists in them, and what its columns mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from docgen.diagnostics import CellPlace, Diagnostic, DocgenError, FilePlace, Severity, error, has_errors, warning
from docgen.forms.excel.odd import ReadCells
from docgen.forms.excel.picking import headings_again, sums_in
from docgen.kinds.composite_fields import GroupFieldType, ListType
from docgen.kinds.fields import Field, FieldType
from docgen.kinds.model import GroupType, Kind
from docgen.kinds.suggestions import folded, listed, suggestion
from docgen.kinds.text_fields import TextType
from docgen.series.layout import Column, Layout, Meaning, Meanings, Row, Step, Table
from docgen.series.names import read_pattern
from docgen.series.pages import (
    Page,
    cell_text,
    few,
    filled_rows,
    header_row,
    headings,
    is_key_name,
    key_column,
    letters,
)
from docgen.series.remarks import Remarks, remarks
from docgen.series.run import Rows

if TYPE_CHECKING:
    from docgen.sources.workbook import Sheet, Workbook

_MOST_LOST = 8  # rows without a key that are told of one by one
_IDENTIFYING = 4  # columns of the index that tell rows apart
_AND = {"kolonner": "og", "kolonner_en": "and"}
_AND_ROWS = {"rækker": "og", "rækker_en": "and"}
Inner = dict[int, dict[str, list[int]]]
"""The rows of the other sheets: by the number of the sheet, and then by key."""


def read_sheets(book: Workbook, path: Path, kind: Kind, pattern: str = "") -> Rows:
    """The rows of a workbook for a kind, with the columns that a pattern for their file names asks for.

    Raises DocgenError with every fault of its sheets and headings; DG821 and DG822 for the pattern.
    """
    return _Reader(book, path.as_posix(), kind).read(pattern)


class _Reader:
    """A workbook while its sheets are looked through."""

    def __init__(self, book: Workbook, file: str, kind: Kind) -> None:
        self.book, self.file, self.kind = book, file, kind
        self.meanings = Meanings(kind.root, kind)
        self.findings: list[Diagnostic] = []

    def read(self, given: str) -> Rows:
        """The rows, and what there is to say of the sheets."""
        first = self._first()
        header = header_row(first, self.meanings)
        if not header:
            self._stop(
                "DG801", first, 1, ark=first.name, type=self.kind.title, felt=self._sample(), navn=self.kind.name
            )
        key = key_column(first, header)
        texts = {text: column for column, text in reversed(list(headings(first, header))) if text}
        pattern = read_pattern(given, self.kind, list(texts))
        own = {text: texts[text] for text in pattern.headings}
        pages = [self._page(first, header, key, self.meanings, (), own=own)]
        for sheet in self.book.sheets.values():
            if sheet is not first and any(any(row) for row in sheet.rows):
                pages += self._list(sheet, first, header, key)
        for page in pages:
            self._tell_hidden(page)
        self._check_twice(pages)
        if has_errors(self.findings):
            raise DocgenError(self.findings)
        layout = Layout(self.file, tuple(page.table for page in pages))
        if not pages[0].numbers:
            self._stop("DG800", first, header, fil=self.file)
        inner = self._by_key(pages)
        said = remarks(self.book, pages)
        self.findings += said.sheets
        if len(pages) > 1:
            self._tell_same_keys(pages[0], said)
        rows = partial(_rows, pages, inner, said)
        told = tuple(self.findings)
        # rows of other sheets may belong to several rows of the first one
        return Rows(layout, pages[0].numbers, rows, told, *_identity(pages[0]), first.let_go, pattern.text)

    def _first(self) -> Sheet:
        """The sheet that is called as the kind, else the first one that people see."""
        names = {folded(one) for one in (self.kind.name, self.kind.title, *self.kind.aliases)}
        shown = [sheet for sheet in self.book.sheets.values() if not sheet.hidden]
        called = (sheet for sheet in shown if folded(sheet.name) in names)
        filled = (sheet for sheet in shown if any(any(row) for row in sheet.rows))
        found = next(called, None) or next(filled, None)
        if found is None:
            raise DocgenError([error("DG800", FilePlace(self.file), fil=self.file)])
        return found

    def _sample(self) -> str:
        return next((field.label for field in self.kind.root.fields.values() if field.required is True), "")

    def _stop(self, code: str, sheet: Sheet, row: int, **values: str) -> NoReturn:
        raise DocgenError([*self.findings, error(code, CellPlace(self.file, sheet.name, f"A{row}"), **values)])

    def _page(
        self,
        sheet: Sheet,
        header: int,
        key: int,
        meanings: Meanings,
        steps: tuple[Step, ...],
        *,
        bare: bool = False,
        own: Mapping[str, int] | None = None,
    ) -> Page:
        columns: dict[int, Column] = {}
        read = {column: (text, True) for text, column in (own or {}).items()}
        for column, text in headings(sheet, header):
            place = CellPlace(self.file, sheet.name, f"{letters(column)}{header}")
            meant = meanings.find(text) if text else None
            if meant is not None and is_key_name(text) and len(meant.steps) > 1:
                meant = None  # a number of rows, and not the "nr" that some group has
            if meant is not None and meant.field.computed is None:
                columns[column] = Column(letters(column), ()) if bare else meant.column(letters(column))
                read[column] = (text, _is_text(meant.field.type))
            elif column != key and not text:
                self.findings.append(warning("DG804", place, kolonne=letters(column)))
            elif column != key and text not in (own or {}):
                self.findings.append(_unknown(text, place, meanings))
        self._check_columns(sheet, header, columns.values())
        table = Table(sheet.name, tuple(columns.values()), steps)
        rows = self._rows(sheet, header, columns, meanings)
        cells = tuple(ReadCells(sheet, column, *meant, rows) for column, meant in sorted(read.items()))
        return Page(sheet, table, header, tuple(columns), key, rows, cells, own or {})

    def _rows(self, sheet: Sheet, header: int, columns: Mapping[int, Column], meanings: Meanings) -> tuple[int, ...]:
        """The rows below the headings but those of sums, and those that say the headings again, which are told."""
        rows = filled_rows(sheet, header, columns)
        sums = sums_in(sheet, [column for column, _ in headings(sheet, header)], rows)
        for cell, word in sums.items():
            self.findings.append(Diagnostic("DG775", Severity.INFO, sheet.place(*cell), {"tekst": word}))
        texts = {column: cell_text(sheet, header, column) for column in sorted(columns)}
        names = {column: [text, *meanings.spellings(text)] for column, text in texts.items()}
        same = {column: frozenset(map(folded, words)) for column, words in names.items()}
        again = headings_again(sheet, rows, names, lambda text, column: folded(text) in same[column])
        for row in again:
            told = {"liste": sheet.name, "række": row}
            self.findings.append(Diagnostic("DG797", Severity.INFO, sheet.place(row, min(columns)), told))
        left_out = {*again, *(row for row, _ in sums)}
        return tuple(row for row in rows if row not in left_out) if left_out else rows

    def _check_columns(self, sheet: Sheet, header: int, columns: Iterable[Column]) -> None:
        """Two columns for one field, or one for a field and one for a group around it, cannot both count."""
        seen: list[Column] = []
        for column in columns:
            for other in seen:
                shorter = min(len(column.steps), len(other.steps))
                if column.steps[:shorter] == other.steps[:shorter]:
                    place = CellPlace(self.file, sheet.name, f"{column.letter}{header}")
                    told = {name: listed([other.letter, column.letter], word) for name, word in _AND.items()}
                    self.findings.append(error("DG802", place, felt=_path(column.steps[:shorter]), **told))
                    break
            seen.append(column)

    def _list(self, sheet: Sheet, first: Sheet, header: int, key: int) -> Iterator[Page]:
        """The sheet as the list that it is called after; nothing, and a warning, for any other sheet."""
        meant = self.meanings.find(sheet.name)
        made = meant.field.type if meant else None
        if meant is None or not isinstance(made, ListType):
            if sheet.hidden:
                return  # what columns look values up in, as in any workbook
            lists = [path for path, reach in self.meanings.headers.reaches.items() if _is_list(reach.field)]
            told = suggestion(sheet.name, lists)
            place = CellPlace(self.file, sheet.name, "A1")
            told = {"lister": told["forslag"], "lister_en": told["forslag_en"]}
            self.findings.append(warning("DG808", place, ark=sheet.name, type=self.kind.title, **told))
            return
        group = self._group(made, meant)
        meanings = Meanings(group, self.kind)
        own = header_row(sheet, meanings) or 1
        wanted = folded(cell_text(first, header, key))
        same = (column for column, text in headings(sheet, own) if folded(text) == wanted)
        found = next(same, None) or key_column(sheet, own)
        yield self._page(sheet, own, found, meanings, meant.steps, bare=not isinstance(made.element, GroupFieldType))

    def _group(self, made: ListType, meant: Meaning) -> GroupType:
        """The group of the list's elements; a list of values has one field, called as the list."""
        if isinstance(made.element, GroupFieldType):
            return self.kind.groups[made.element.group]
        field = replace(meant.field, type=made.element, required=False, computed=None, default=None)
        return GroupType("", {field.name: field})

    def _check_twice(self, pages: Sequence[Page]) -> None:
        """A list may come from one sheet, or from columns, and not from both."""
        for at, page in enumerate(pages[1:], 1):
            steps = page.table.steps
            others = [column.steps for column in pages[0].table.columns]
            others += [(*other.table.steps,) for other in pages[1:at]]
            if any(one[: len(steps)] == steps for one in others):
                place = CellPlace(self.file, page.sheet.name, "A1")
                self.findings.append(error("DG809", place, felt=_path(steps)))

    def _tell_hidden(self, page: Page) -> None:
        """Tell of what nobody sees, and is read."""
        sheet, name = page.sheet, page.sheet.name
        hidden = [str(number) for number in page.numbers if number in sheet.hidden_rows]
        if hidden:
            code, told = ("DG707", {"liste": name}) if page.table.steps else ("DG813", {"ark": name})
            place = sheet.place(int(hidden[0]), 1)
            self.findings.append(warning(code, place, **told, **few(hidden, "rækker")))
        for one in page.read:
            if one.number in sheet.hidden_columns and any(cell_text(sheet, row, one.number) for row in one.rows):
                place = sheet.place(page.header, one.number)
                self.findings.append(warning("DG727", place, overskrift=one.heading, liste=name))
        if sheet.hidden:
            self.findings.append(warning("DG728", sheet.place(1, 1), ark=name, liste=_path(page.table.steps)))

    def _by_key(self, pages: Sequence[Page]) -> Inner:
        """The rows of the other sheets by their keys; those without a row that they belong to are told of."""
        first = pages[0]
        known = dict.fromkeys(filter(None, map(first.key_of, first.numbers)))
        inner: Inner = {}
        for at, page in enumerate(pages[1:], 1):
            rows = inner[at] = {}
            lost: list[Diagnostic] = []
            for number in page.numbers:
                key = page.key_of(number)
                place = CellPlace(self.file, page.sheet.name, f"{letters(page.key)}{number}")
                if not key:
                    lost.append(warning("DG807", place, ark=first.sheet.name))
                elif key not in known:
                    near = suggestion(key, known) if len(lost) < _MOST_LOST else {}
                    lost.append(warning("DG806", place, nøgle=key, ark=first.sheet.name, **near))
                rows.setdefault(key, []).append(number)
            self.findings += lost[:_MOST_LOST]
            if len(lost) > _MOST_LOST:
                told = {"fra": page.sheet.name, "ark": first.sheet.name}
                more = lost[_MOST_LOST:]
                self.findings.append(warning("DG816", more[0].place, antal=len(more), **told))
        return inner

    def _tell_same_keys(self, first: Page, said: Remarks) -> None:
        """Tell of the rows that share a key: nothing tells which of them a row of another sheet belongs to."""
        numbers: dict[str, list[int]] = {}
        for number in first.numbers:
            numbers.setdefault(first.key_of(number), []).append(number)
        for key, rows in numbers.items():
            if len(rows) > 1 and key:
                told = {name: listed([str(one) for one in rows], word) for name, word in _AND_ROWS.items()}
                for row in rows:
                    place = CellPlace(self.file, first.sheet.name, f"{letters(first.key)}{row}")
                    said.add(error("DG805", place, nøgle=key, **told))


def _unknown(text: str, place: CellPlace, meanings: Meanings) -> Diagnostic:
    """What to say of a heading that is no field, or may be several."""
    several = meanings.several(text)
    if several:
        return warning("DG817", place, tekst=text, felter=", ".join(several), felt=several[0])
    return warning("DG803", place, tekst=text, **meanings.suggest(text))


def _rows(pages: Sequence[Page], inner: Inner, said: Remarks) -> Iterator[Row]:
    """The inputs, one after another."""
    first = pages[0]
    for number in first.numbers:
        key = first.key_of(number)
        there = [(at, rows[key]) for at, rows in inner.items() if key in rows] if key else []
        told = list(said.of(first, number))
        told += (one for at, rows in there for row in rows for one in said.of(pages[at], row))
        cells = tuple([(at, tuple(map(pages[at].cells, rows))) for at, rows in there])
        own = tuple([(text, cell_text(first.sheet, number, column)) for text, column in first.own.items()])
        yield Row(number, key, first.cells(number), cells, faults=tuple(told), own=own)


def _identity(page: Page) -> tuple[tuple[str, ...], Callable[[int], tuple[str, ...]]]:
    """The headings of the columns that tell rows apart, and what a row has there: the key, and where most differ."""
    columns = {column: page.sheet.column(column)[page.header :] for column in page.places}
    differing = [column for column, values in columns.items() if 2 * len(set(values)) > len(values)]
    chosen = list(dict.fromkeys((page.key, *differing, *page.places)))[:_IDENTIFYING]
    names = tuple(cell_text(page.sheet, page.header, column) for column in chosen)
    return names, lambda row: tuple(cell_text(page.sheet, row, column) for column in chosen)


def _is_text(made: FieldType) -> bool:
    """Whether a cell for a field takes any text, or lines of it."""
    return isinstance(made.element if isinstance(made, ListType) else made, TextType)


def _is_list(field: Field) -> bool:
    return isinstance(field.type, ListType) and not field.builtin


def _path(steps: Sequence[Step]) -> str:
    """`driftsvaretagere[1].kommune`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")
