"""The file names of a series: two rows may not write the same file, on any system that the folder may come to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from json import dumps
from typing import NamedTuple

from docgen.diagnostics import Diagnostic, DocgenError, error
from docgen.formats import file_name
from docgen.kinds.composite_fields import GroupFieldType
from docgen.kinds.model import GroupType, Kind
from docgen.kinds.suggestions import listed, suggestion
from docgen.series.layout import Layout, Row, place_of
from docgen.templating.expression import ExpressionError, Text
from docgen.templating.reasons import syntax_reason

INDEX = "indeks.xlsx"
"""The workbook in the folder that lists every document."""
ROW_NAMES = ("nøgle", "række")
"""What a pattern may ask for besides fields: the key of a row, and its number."""
OWN = "_kolonne"
"""What a pattern calls the cells of a row that it asks for by their headings."""
_RUN_NAMES = ("idag", "udgave", "profil", "dokument")
_SLOT = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_WORDS = re.compile(r"\w+(?:[ .:/-]+\w+)+")


def same_on_disk(name: str) -> str:
    """What two file names have in common that Windows or macOS keep as one file."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


class Pattern(NamedTuple):
    """What makes the file names: a text with fields in it, and the headings of the columns that it asks for as well.

    The text has those as `_kolonne["Center"]`. It is empty where the kind gives the names.
    """

    text: str = ""
    headings: tuple[str, ...] = ()


def read_pattern(given: str, kind: Kind, headings: Sequence[str] = ()) -> Pattern:
    """The pattern of `--navn`: a field, or the heading of a column as the sheet has it, stands between `{{` and `}}`.

    Raises DocgenError (exit code 2): DG822 for a pattern that cannot be read, DG821 for what is neither of the two.
    """
    edition_names = (name for one in kind.editions.values() for name in one.values)
    known = {*kind.root.fields, *ROW_NAMES, *_RUN_NAMES, *edition_names}
    pattern = _with_columns(given, kind, known, headings)
    try:
        asked = {path[0] for path in Text(pattern.text).paths()} - {OWN}
    except ExpressionError as fault:
        asked = {one for one in map(str.strip, _SLOT.findall(pattern.text)) if _WORDS.fullmatch(one)}
        if not asked:
            reason = {"grund": syntax_reason(fault.detail), "grund_en": fault.detail}
            raise DocgenError([error("DG822", None, **reason)], exit_code=2) from None
    fields = [name for name, field in kind.root.fields.items() if not field.builtin]
    wrong = sorted(asked - known)
    if wrong:
        found = (error("DG821", None, navn=one, **suggestion(one, [*fields, *ROW_NAMES, *headings])) for one in wrong)
        raise DocgenError(found, exit_code=2)
    return pattern


def _with_columns(given: str, kind: Kind, known: Collection[str], headings: Sequence[str]) -> Pattern:
    """The pattern with the columns in the place of their headings; what names a field of the row is that field."""
    asked: dict[str, None] = {}

    def column(found: re.Match[str]) -> str:
        inner = " ".join(found[1].split())
        same = sorted((one for one in headings if one.casefold() == inner.casefold()), key=inner.__ne__)
        if not same or inner in known or _is_field(inner, kind):
            return found[0]
        asked[same[0]] = None
        return f"{{{{ {OWN}[{dumps(same[0], ensure_ascii=False)}] }}}}"

    return Pattern(_SLOT.sub(column, given), tuple(asked))


def _is_field(path: str, kind: Kind) -> bool:
    """Whether a path such as `forening.navn` leads to a field, through single groups."""
    group: GroupType | None = kind.root
    for name in path.split("."):
        field = group.fields.get(name) if group else None
        if field is None:
            return False
        group = kind.groups[field.type.group] if isinstance(field.type, GroupFieldType) else None
    return True


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
