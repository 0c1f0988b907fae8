"""The file names of a series: two rows may not write the same file, on any system that the folder may come to."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence

from docgen.diagnostics import Diagnostic, DocgenError, error
from docgen.formats import file_name
from docgen.kinds.model import Kind
from docgen.kinds.suggestions import listed, suggestion
from docgen.series.layout import Layout, Row, place_of
from docgen.templating.expression import ExpressionError, Text
from docgen.templating.reasons import syntax_reason

INDEX = "indeks.xlsx"
"""The workbook in the folder that lists every document."""
ROW_NAMES = ("nøgle", "række")
"""What a pattern may ask for besides fields: the key of a row, and its number."""
_RUN_NAMES = ("idag", "udgave", "profil", "dokument")


def same_on_disk(name: str) -> str:
    """What two file names have in common that Windows or macOS keep as one file."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def check_pattern(pattern: str, kind: Kind) -> None:
    """Raise DocgenError (exit code 2): DG822 for a pattern that cannot be read, DG821 for names that are no fields."""
    try:
        text = Text(pattern)
    except ExpressionError as fault:
        raise DocgenError(
            [error("DG822", None, grund=syntax_reason(fault.detail), grund_en=fault.detail)], exit_code=2
        ) from None
    fields = [name for name, field in kind.root.fields.items() if not field.builtin]
    known = {
        *kind.root.fields,
        *ROW_NAMES,
        *_RUN_NAMES,
        *(name for one in kind.editions.values() for name in one.values),
    }
    wrong = sorted({path[0] for path in text.paths()} - known)
    if wrong:
        found = (error("DG821", None, navn=name, **suggestion(name, [*fields, *ROW_NAMES])) for name in wrong)
        raise DocgenError(found, exit_code=2)


def check_names(
    names: Sequence[str | None], rows: Callable[[], Iterable[Row]], formats: Sequence[str], layout: Layout
) -> None:
    """Raise DocgenError DG820 for every file that several rows would write, DG832 for one called as the index.

    A row without a name writes none.
    """
    writers: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        for file in () if name is None else (file_name(name, form) for form in formats):
            writers.setdefault(same_on_disk(file), []).append(at)
    wrong = {file: found for file, found in writers.items() if len(found) > 1 or file == INDEX}
    if wrong:
        known = {at: row for at, row in enumerate(rows()) if any(at in found for found in wrong.values())}
        raise DocgenError(
            [
                _clash([known[at] for at in found], names[found[0]], file, formats, layout)
                for file, found in wrong.items()
            ]
        )


def _clash(rows: Sequence[Row], name: str | None, folded: str, formats: Sequence[str], layout: Layout) -> Diagnostic:
    file = next(one for form in formats if same_on_disk(one := file_name(name or "", form)) == folded)
    place = place_of(rows[-1], layout)
    if folded == INDEX:
        return error("DG832", place, række=rows[0].number, fil=file)
    told = [str(row.number) for row in rows]
    return error("DG820", place, rækker=listed(told, "og"), rækker_en=listed(told, "and"), fil=file)
