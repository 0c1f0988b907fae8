"""An input held against its kind: every value read by its field, every fault told in one go."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from docgen.diagnostics import Diagnostic, DocgenError, error
from docgen.kinds.arrangement import ARRANGEMENT
from docgen.kinds.computing import run_names
from docgen.kinds.group_reading import InputReading
from docgen.kinds.model import Kind
from docgen.kinds.personal_numbers import find_personal_numbers
from docgen.kinds.record import Record
from docgen.kinds.suggestions import every
from docgen.sources import Entry, Mapping, Node, Scalar


class Validation(NamedTuple):
    """The record of an input, complete only when no diagnostic is an error, and what there is to say about it."""

    record: Record
    diagnostics: tuple[Diagnostic, ...]


def validate(root: Node, kind: Kind, *, profile: str | None, today: date, edition: str | None = None) -> Validation:
    """Hold the tree of an input against a kind.

    `profile` gives defaults; `edition` is what the name `udgave` means in expressions (by default the first one).
    Raises DocgenError with exit code 2 when the kind has no such profile (DG307) or edition (DG306).
    """
    chosen = kind.edition(edition)
    defaults = _defaults(kind, profile, root)
    reading = InputReading(kind, run_names(kind, chosen, profile or "", today), today)
    values = reading.read(root, defaults)
    diagnostics = [*reading.diagnostics, *find_personal_numbers(root, kind.cpr)]
    record = Record(values, reading.places, frozenset(reading.invalid), kind, today, profile or "")
    return Validation(record, tuple(_in_order(diagnostics, root)))


def _defaults(kind: Kind, name: str | None, root: Node) -> Mapping | None:
    """What the profile gives by default, as an input would write it."""
    if not name:
        return None
    profile = kind.profiles.get(name)
    if profile is None:
        none = ("dokumenttypen har ingen profiler", "the kind of document has no profiles")
        told = every(name, kind.profiles, none)
        raise DocgenError([error("DG307", None, navn=name, **told)], exit_code=2)
    entries = list(profile.defaults) if isinstance(profile.defaults, Mapping) else []
    if profile.arrangement is not None:
        entries.append(Entry(Scalar(ARRANGEMENT, profile.arrangement.place), profile.arrangement))
    return Mapping(tuple(entries), root.place)


def _in_order(diagnostics: list[Diagnostic], root: Node) -> list[Diagnostic]:
    """The findings in the order of the lines of the input; what stands in other files comes last."""
    source = getattr(root.place, "source", None)

    def order(diagnostic: Diagnostic) -> tuple[bool, int, int]:
        place = diagnostic.place
        here = source is not None and getattr(place, "source", None) is source
        return not here, getattr(place, "line", 0), getattr(place, "column", 0)

    return sorted(diagnostics, key=order)
