"""An input held against its kind: every value read by its field, every fault told in one go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from docgen.diagnostics import CellPlace, Diagnostic, DocgenError, WordPlace, error
from docgen.kinds.arrangement import ARRANGEMENT, PROFILE
from docgen.kinds.computing import run_names
from docgen.kinds.group_reading import GroupReading
from docgen.kinds.input_reading import InputReading
from docgen.kinds.model import Kind
from docgen.kinds.personal_numbers import find_personal_numbers
from docgen.kinds.record import Record
from docgen.kinds.suggestions import every
from docgen.kinds.surroundings import NOWHERE, Surroundings
from docgen.sources import Entry, Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from docgen.kinds.shared_values import SharedValues


class Validation(NamedTuple):
    """The record of an input, complete only when no diagnostic is an error, and what there is to say about it."""

    record: Record
    diagnostics: tuple[Diagnostic, ...]


def validate(
    root: Node,
    kind: Kind,
    *,
    profile: str | None,
    today: date,
    edition: str | None = None,
    around: Surroundings = NOWHERE,
    shared: SharedValues | None = None,
) -> Validation:
    """Hold the tree of an input against a kind.

    `profile` gives defaults, else the one that the input names under `profil`; `edition` is what the name `udgave`
    means in expressions (by default the first one); `around` tells of the files beside the input;
    `shared` are values that it has in common with others.
    Raises DocgenError with exit code 2 when the kind has no such profile (DG307) or edition (DG306).
    """
    chosen = kind.edition(edition)
    fields, name, faults = _without_profile(root, kind, profile)
    defaults = _defaults(kind, name, root)
    names = run_names(kind, chosen, name, today)
    begin = partial(InputReading, kind, names, today, around)
    if shared is None:
        reading = begin()
        reading.read(fields, defaults)
    else:
        reading = shared.read(begin, fields, defaults, (name, names["udgave"], today))
    diagnostics = [
        *faults,
        *reading.diagnostics,
        *find_personal_numbers(shared.others(root) if shared else root, kind.cpr),
    ]
    sources = frozenset(reading.sources)
    meant = chosen.name if chosen else ""
    record = Record(reading.root, reading.places, frozenset(reading.invalid), kind, today, name, sources, meant)
    reading.groups.clear()  # they know the reading: what knows each other is let go of late
    return Validation(record, tuple(_in_order(diagnostics, root) if len(diagnostics) > 1 else diagnostics))


def glimpse(
    root: Node,
    kind: Kind,
    *,
    profile: str | None,
    today: date,
    edition: str | None = None,
    around: Surroundings = NOWHERE,
) -> Record:
    """The record of an input of which nothing is read before it is asked for; faults are left to `validate`.

    Reading a value that is refused raises InvalidValueError. Raises DocgenError as `validate`.
    """
    fields, name, _ = _without_profile(root, kind, profile)
    reading = InputReading(kind, run_names(kind, kind.edition(edition), name, today), today, around)
    reading.root = GroupReading(reading, kind.root, "", fields, None, _defaults(kind, name, root)).group
    return Record(reading.root, reading.places, frozenset(), kind, today, name)


def _without_profile(root: Node, kind: Kind, asked: str | None) -> tuple[Node, str, list[Diagnostic]]:
    """The fields of the input, the name of the profile that counts ("" for none), and what is wrong with it.

    A profile that the run asks for wins over the one that the input names.
    """
    written = root.get(PROFILE) if isinstance(root, Mapping) else None
    if not isinstance(root, Mapping) or written is None:
        return root, asked or "", []
    fields = root.without(PROFILE)
    if not isinstance(written, Scalar):
        return fields, asked or "", [error("DG245", written.place, path=PROFILE, felt=PROFILE, eksempel="")]
    name = written.text.strip()
    known = not name or name in kind.profiles
    faults = [] if known else [error("DG307", written.place, path=PROFILE, **_unknown(name, kind))]
    return fields, asked or ("" if faults else name), faults


def _unknown(name: str, kind: Kind) -> dict[str, str]:
    none = ("dokumenttypen har ingen profiler", "the kind of document has no profiles")
    return {"navn": name, **every(name, kind.profiles, none)}


def _defaults(kind: Kind, name: str, root: Node) -> Mapping | None:
    """What the profile gives by default, as an input would write it."""
    if not name:
        return None
    profile = kind.profiles.get(name)
    if profile is None:
        raise DocgenError([error("DG307", None, **_unknown(name, kind))], exit_code=2)
    entries = list(profile.defaults) if isinstance(profile.defaults, Mapping) else []
    if profile.arrangement is not None:
        entries.append(Entry(Scalar(ARRANGEMENT, profile.arrangement.place), profile.arrangement))
    return Mapping(tuple(entries), root.place)


def _answers(node: Node) -> Iterator[WordPlace]:
    """The places of the values in a Word form in order."""
    match node:
        case Mapping():
            for entry in node:
                yield from _answers(entry.value)
        case Sequence():
            for item in node:
                yield from _answers(item)
        case Scalar() if isinstance(node.place, WordPlace):
            yield node.place


def _in_order(diagnostics: list[Diagnostic], root: Node) -> list[Diagnostic]:
    """The findings in the order of the lines, cells or answers of the input; what stands in other files comes last."""
    source, file = getattr(root.place, "source", None), getattr(root.place, "file", None)
    places = [entry.value.place for entry in root] if isinstance(root, Mapping) else []
    sheets = list(dict.fromkeys(place.sheet for place in places if isinstance(place, CellPlace)))

    answers: dict[tuple[object, ...], int] = {}
    for spot in _answers(root) if isinstance(root.place, WordPlace) else ():
        answers.setdefault(spot[2:6], len(answers))  # paragraph, table, row and cell

    def order(diagnostic: Diagnostic) -> tuple[bool, str, int, int, int]:
        place = diagnostic.place
        if isinstance(place, WordPlace):
            return place.file != file, place.file, answers.get(place[2:6], len(answers)), 0, 0
        if isinstance(place, CellPlace):
            from docgen.sources.workbooks.content import cell_numbers

            at = sheets.index(place.sheet) if place.sheet in sheets else len(sheets)
            return place.file != file, place.file, at, *cell_numbers(place.cell)
        here = source is not None and getattr(place, "source", None) is source
        return not here, "", 0, getattr(place, "line", 0), getattr(place, "column", 0)

    return sorted(diagnostics, key=order)
