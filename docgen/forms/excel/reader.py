"""A workbook read back to the tree of an input: a form that docgen has made, or one made by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from docgen.diagnostics import Diagnostic, DocgenError, FilePlace, Severity, error, warning
from docgen.forms.excel.around import look_around
from docgen.forms.excel.layout import CHOICES, FIELD_NAME, FRONT, MARK, Layout, form_fields, layout
from docgen.forms.excel.nodes import grown
from docgen.forms.excel.rows import ListReading, some
from docgen.forms.excel.singles import Singles, labels_on, row_of_headings
from docgen.forms.excel.tables import Found, find_lists, leaves_unclear, renamed_list
from docgen.forms.excel.words import Own, own_words, print_of
from docgen.kinds.model import Kind
from docgen.kinds.recognition import recognise
from docgen.kinds.suggestions import folded
from docgen.sources import Mapping, Reading
from docgen.sources.workbook import Workbook, read_workbook

_MOST_CHANGES = 8
_UNREAD = ("DG701", "DG702")  # cells with a value that cannot be known


class Mark(NamedTuple):
    """What the hidden sheet of a form says: the kind and its version, its words, and the form's fields by path."""

    kind: str = ""
    title: str = ""
    version: str = ""
    words: str = ""
    fields: MappingProxyType[str, str] = MappingProxyType({})


def read_excel(path: Path, kind: str, folders: Sequence[Path], load: Callable[[str], Kind]) -> tuple[Kind, Reading]:
    """The kind that a workbook is for, and its tree.

    `kind` is the name or alias that was asked for, "" when the workbook or its folder tells it. Faults of cells are
    among the warnings of the reading, so that they are told together with what the kind says of the values. Raises
    DocgenError when the workbook cannot be read (exit code 2), when it is for another kind (DG716), holds nothing that
    the kind knows (DG725), or has headings that leave a list unclear (DG709-DG711).
    """
    workbook = read_workbook(path, path.as_posix())
    mark = _mark(workbook)
    place = FilePlace(workbook.name)
    loaded = load(kind or mark.kind or recognise(path, Mapping((), place), folders, load))
    if mark.kind and mark.kind != loaded.name:
        told = {"skemaets": mark.title or mark.kind, "type": loaded.title, "navn": mark.kind, "fil": path.name}
        raise DocgenError([error("DG716", place, **told)])
    findings: list[Diagnostic] = []
    form = layout(loaded)
    if mark.kind:
        findings += _changes(form, mark, place)
    root = _tree(form, workbook, mark, findings)
    if leaves_unclear(findings):
        raise DocgenError(findings)
    return loaded, Reading(root, tuple(findings))


def _tree(form: Layout, workbook: Workbook, mark: Mark, findings: list[Diagnostic]) -> Mapping:
    place = FilePlace(workbook.name)
    lists = find_lists(form, workbook)
    words = own_words(form)
    own = Own(words, is_sure=mark.words == print_of(words))
    singles = Singles(form, workbook, own, findings)
    if any(name.startswith(FIELD_NAME) for name in workbook.names):
        singles.by_names()
    else:
        taken = {found.sheet.name for found in lists.values()}
        free = [sheet for sheet in workbook.sheets.values() if not sheet.hidden and sheet.name not in taken]
        headings = row_of_headings(free[0], form.headers) if free else None
        if headings is not None:
            raise DocgenError([error("DG833", headings, fil=Path(place.file).name, navn=form.kind.name)])
        if free:  # a cover may lie before the sheet with the labels
            singles.by_labels(max(free, key=lambda sheet: labels_on(sheet, form.headers)))
    reading = ListReading(form, findings, own)
    reading.read(lists)
    nodes = [*singles.nodes(), *singles.with_files(reading.nodes())]
    if not nodes:  # what was said of the rest of it says nothing of a workbook for something else
        unread = (one for one in findings if one.code in _UNREAD)
        raise DocgenError([*unread, error("DG725", place, navn=form.kind.name, type=form.kind.title)])
    _tell_sheets(form, workbook, lists, singles.sheets, findings)
    around = look_around(workbook, (*singles.cells(), *reading.cells()))
    findings += (*around.sheets, *around.cells)
    return grown(nodes, place)


def _tell_sheets(
    form: Layout, workbook: Workbook, lists: dict[str, Found], read: set[str], findings: list[Diagnostic]
) -> None:
    """Tell of hidden sheets that were read, and of sheets that were not."""
    taken = {found.sheet.name: path for path, found in lists.items()}
    for name, sheet in workbook.sheets.items():
        place = sheet.place(1, 1)
        if name in taken:
            if sheet.hidden:
                findings.append(warning("DG728", place, ark=name, liste=form.lists[taken[name]].field.label))
        elif name not in read and name.partition(" - ")[0] not in (MARK, CHOICES) and sheet.height:
            findings.append(warning("DG704", place, ark=name, **_home(name, form, lists)))


def _home(name: str, form: Layout, lists: dict[str, Found]) -> dict[str, str]:
    """The values `forslag` and `forslag_en`: what to do for a sheet of that name to be read."""
    sheets = [*(one.sheet for one in form.lists.values()), FRONT]
    copied = next((sheet for sheet in sheets if folded(name).startswith(folded(sheet))), "")
    if copied:
        return {"forslag": f'flyt det til arket "{copied}"', "forslag_en": f'move it to the sheet "{copied}"'}
    known = some(one.sheet for one in form.lists.values() if one.path not in lists)
    if known:
        told = f"giv arket navn efter en liste: {known}"
        return {"forslag": told, "forslag_en": f"name the sheet after a list: {known}"}
    return {"forslag": "flyt det til et af skemaets ark", "forslag_en": "move it to a sheet of the form"}


def _mark(workbook: Workbook) -> Mark:
    """What the hidden sheet tells; nothing when there is none."""
    sheet = next((one for one in workbook.sheets.values() if one.scalar(1, 1).text == MARK), None)
    if sheet is None:
        return Mark()
    texts = [[sheet.scalar(row, number).text for number in (1, 2, 3)] for row in range(2, sheet.height + 1)]
    told = {name: value for name, value, _ in texts if name != "felt"}
    fields = {path: heading for name, path, heading in texts if name == "felt"}
    return Mark(
        told.get("type", ""),
        told.get("titel", ""),
        told.get("version", ""),
        told.get("ord", ""),
        MappingProxyType(fields),
    )


def _changes(form: Layout, mark: Mark, place: FilePlace) -> list[Diagnostic]:
    """What has changed in the kind since the form was made."""
    now = dict(form_fields(form))
    gone = {path: heading for path, heading in mark.fields.items() if path not in now}
    new = {path: heading for path, heading in now.items() if path not in mark.fields}
    renamed = [(old, path) for old in gone if (path := _renamed(old, form)) in new]
    for old, path in renamed:
        del gone[old]
        new.pop(path, None)
    kind = form.kind
    if not (gone or new or renamed) and mark.version == kind.version:
        return []
    told = {"type": kind.title, "navn": kind.name, "versioner": "", "versioner_en": ""}
    if mark.version != kind.version:
        old, new_one = mark.version or "-", kind.version or "-"
        told["versioner"] = f' fra version "{old}" til "{new_one}"'
        told["versioner_en"] = f' from version "{old}" to "{new_one}"'
    lists = (
        ("nye felter", "new fields", list(new.values())),
        ("felter, der er væk", "fields that are gone", list(gone.values())),
        ("nye navne", "new names", [f"{old} → {path}" for old, path in renamed]),
    )
    changes = ["; ".join(f"{one[at]}: {_some(one[2])}" for one in lists if one[2]) for at in (0, 1)]
    none = ("ingen felter er kommet til eller væk", "no fields have come or gone")
    shown = {"ændringer": changes[0] or none[0], "ændringer_en": changes[1] or none[1]}
    return [Diagnostic("DG715", Severity.WARNING if gone else Severity.INFO, place, {**told, **shown})]


def _renamed(path: str, form: Layout) -> str:
    """The path that a field has today, when it has the old one as an alias; "" when there is none."""
    above, mark, name = path.rpartition("[].")
    if path.endswith("[]"):
        found = renamed_list(path.removesuffix("[]"), form)
        return f"{found}[]" if found else ""
    home = renamed_list(above, form) if mark else ""
    headers = form.lists[home].headers if home else form.headers
    known = headers.find(name) if home or not mark else None
    return f"{home}[].{known}" if home and known else known or ""


def _some(names: list[str]) -> str:
    return ", ".join(names[:_MOST_CHANGES]) + (" …" if len(names) > _MOST_CHANGES else "")
