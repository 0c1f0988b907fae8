"""Lists whose rows stand in files of their own: `aktiver: {fra: [center-nord.xlsx, center-syd.xlsx]}`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from pathlib import Path
from typing import NamedTuple

from docgen.danish.formats import display
from docgen.danish.quantities import Amount
from docgen.diagnostics import Diagnostic, Place, Severity
from docgen.kinds.fields import At, Field, quoted
from docgen.kinds.file_fields import relative_path
from docgen.kinds.file_patterns import fitting_files, is_pattern, relative_pattern
from docgen.kinds.model import GroupType, Kind
from docgen.kinds.number_fields import AmountType
from docgen.kinds.personal_numbers import find_personal_numbers
from docgen.kinds.record import Group, InvalidValueError, file_of
from docgen.kinds.same_rows import without_doubles
from docgen.kinds.suggestions import suggestion
from docgen.kinds.surroundings import FROM, ROWS
from docgen.sources import Joined, Mapping, Node, Scalar, Sequence

_FILE, _SHEET = "fil", "ark"
_SAMPLE = "center-nord.xlsx"


class Wanted(NamedTuple):
    """A list of groups of a kind, the rows of which are asked for."""

    field: Field
    group: GroupType
    kind: Kind


class Source(NamedTuple):
    """A file that rows came from, as the input names it at `place`; the name of the input's own rows is ""."""

    name: str
    place: Place
    rows: Sequence


class Gathered(NamedTuple):
    """The rows of a list, its sources, and the number of its source for every row where there are several.

    `is_whole` is false when a file is missing: what the list holds cannot be known, but what is wrong in it can.
    """

    rows: Sequence
    sources: tuple[Source, ...]
    numbers: tuple[int, ...] = ()
    is_whole: bool = True

    @property
    def files(self) -> set[str]:
        """The other files that rows came from, as messages show them."""
        return {file_of(one.rows.place) for one in self.sources if one.name}


class _Asked(NamedTuple):
    """A file that an input names: its path, and the sheet of a workbook ("" for the one that fits)."""

    file: str
    sheet: str
    place: Place


def gather(wanted: Wanted, node: Mapping, at: At, sources: Set[str]) -> Gathered | None:
    """The rows of every file that `node` names, those of the input itself last; None when there are none to read.

    What is wrong is told to `at`. A row that two files have is there once. `sources` are the files that rows were taken
    from already: they may not take from others in turn.
    """
    if file_of(node.place) in sources:
        at.fault("DG771", node.place)
        return None
    if not _known(node, (FROM, ROWS), at):
        return None
    found = [*_files(wanted, node, at), *_own_rows(node, at)]
    taken = tuple(one for one in found if one is not None)
    if not found:
        at.fault("DG773", node.place)
    if not taken:
        return None
    for one in taken:
        at.diagnostics += find_personal_numbers(one.rows, wanted.kind.cpr, at.path) if one.name else ()
    if len(taken) == 1:
        return Gathered(taken[0].rows, taken, is_whole=None not in found)
    parts = without_doubles([one.rows for one in taken], wanted.group, wanted.kind, at)
    numbers = tuple(number for number, part in enumerate(parts) for _ in range(len(part.items)))
    return Gathered(Joined(parts, node.place), taken, numbers, is_whole=None not in found)


def totals(gathered: Gathered, elements: list[object], group: GroupType, at: At) -> Iterator[Diagnostic]:
    """How many rows there are of each file, and what their amounts come to: one finding at each place that names files.

    A pattern of names is one place.
    """
    amounts = [one for one in group.fields.values() if isinstance(one.type, AmountType) and not one.computed]
    places = dict.fromkeys(source.place for source in gathered.sources)
    for place in places:
        here = {number: one for number, one in enumerate(gathered.sources) if one.place == place}
        numbered = list(zip(elements, gathered.numbers or (0,) * len(elements), strict=True))
        counts = Counter(its for _, its in numbered)
        rows = [one for one, its in numbered if its in here]
        files = [(one.name, counts[number]) for number, one in here.items() if one.name]
        named = ", ".join(name if len(files) == 1 else f"{name} ({count})" for name, count in files)
        summed = [(field.label, _sum(rows, field.name)) for field in amounts]
        sums = "; ".join(f"{label} {display(total)}" for label, total in summed if total is not None)
        told = {
            "felt": at.path,
            "felt_form": at.label,
            "antal": len(rows),
            "rækker": "række" if len(rows) == 1 else "rækker",
            "rækker_en": "row" if len(rows) == 1 else "rows",
            "fil": named or "inputtet selv",
            "fil_en": named or "the input itself",
            "summer": f": {sums}" if sums else "",
        }
        yield Diagnostic("DG760", Severity.INFO, place, told, at.path)


def _sum(rows: list[object], name: str) -> Amount | None:
    """The sum of the amounts that are filled in; None when none is, or one was refused."""
    try:
        found = [value for row in rows if isinstance(row, Group) and isinstance(value := row[name], Amount)]
    except InvalidValueError:
        return None
    return Amount(sum((one.value for one in found), start=Amount(0).value)) if found else None


def _files(wanted: Wanted, node: Mapping, at: At) -> Iterator[Source | None]:
    given = node.get(FROM)
    if given is None:
        return
    seen: dict[tuple[str, str], _Asked] = {}
    named = [_asked(one, at) for one in (given if isinstance(given, Sequence) else (given,))]
    for asked in _without_patterns(named, Path(file_of(node.place)), at):
        if asked is None:
            yield None
        elif seen.setdefault((asked.file, asked.sheet.casefold()), asked) is not asked:
            at.fault("DG772", asked.place, tekst=asked.file)
            yield None
        elif at.surroundings.rows is None:
            at.fault("DG770", asked.place)
            yield None
        else:
            rows = at.surroundings.rows(asked.file, asked.sheet, wanted, at, asked.place)
            name = f"{asked.file} ({asked.sheet})" if asked.sheet else asked.file
            yield None if rows is None else Source(name, asked.place, rows)


def _without_patterns(named: list[_Asked | None], own: Path, at: At) -> Iterator[_Asked | None]:
    """The files, a pattern as all that fit it, but for the input itself and those named else."""
    taken = {one.file for one in named if one is not None}
    for one in named:
        folder = at.surroundings.folder
        if one is None or folder is None or not is_pattern(one.file):
            yield one
            continue
        fitting = [file for file in fitting_files(folder, one.file) if folder / file != own]
        if not fitting:
            at.fault("DG777", one.place, tekst=one.file)
            yield None
        for file in fitting:
            if file not in taken:
                taken.add(file)
                yield one._replace(file=file)


def _asked(node: Node, at: At) -> _Asked | None:
    """The file that a text or a mapping names; None after its fault was told."""
    file: Node | None = node
    sheet: Node | None = None
    if isinstance(node, Mapping):
        if not _known(node, (_FILE, _SHEET), at):
            return None
        file, sheet = node.get(_FILE), node.get(_SHEET)
    if not isinstance(file, Scalar) or not (sheet is None or isinstance(sheet, Scalar)) or not file.text.strip():
        at.fault("DG773", node.place)
        return None
    path = (relative_pattern if is_pattern(file.text) else relative_path)(file.text)
    if path is None:
        at.fault("DG263", file.place, tekst=quoted(file), eksempel=_SAMPLE)
        return None
    return _Asked(path, sheet.text.strip() if sheet else "", file.place)


def _own_rows(node: Mapping, at: At) -> Iterator[Source | None]:
    given = node.get(ROWS)
    if isinstance(given, Sequence):
        yield Source("", given.place, given)
    elif given is not None and not (isinstance(given, Scalar) and given.empty):
        shown = quoted(given) if isinstance(given, Scalar) else ""
        at.fault("DG241" if shown else "DG242", given.place, tekst=shown)
        yield None


def _known(node: Mapping, names: tuple[str, str], at: At) -> bool:
    unknown = [entry.key for entry in node if entry.key.text not in names]
    for key in unknown:
        at.fault("DG774", key.place, navn=key.text, **suggestion(key.text, names))
    return not unknown
