"""Excerpts taken from other inputs: the file is found, read and held against its own kind before anything flows."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from docgen.diagnostics import DocgenError, Place, has_errors
from docgen.inputs import read_input
from docgen.kinds.excerpts import excerpt_of
from docgen.kinds.fields import At
from docgen.kinds.file_fields import find_file, moved
from docgen.kinds.model import Kind
from docgen.kinds.record import Record
from docgen.kinds.rules import check_rules
from docgen.kinds.suggestions import every
from docgen.kinds.surroundings import Surroundings
from docgen.kinds.validate import validate
from docgen.lists import Lists
from docgen.sources import Mapping

_MOST_STEPS = 5
_UNKNOWN_KIND = "DG907"
_ENDLESS = ("DG268", "DG269")


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Takes excerpts for the input that is last in `trail`; those before it take from it, directly or not.

    `load` gives a kind by its name, `folders` are where kinds are looked for.
    """

    trail: tuple[Path, ...]
    folders: Sequence[Path]
    today: date
    load: Callable[[str], Kind]

    def around(self) -> Surroundings:
        """The surroundings of the last input."""
        folder = self.trail[-1].parent
        return Surroundings(folder, self, Lists(folder, self.folders, self.load))

    def __call__(self, file: str, name: str, at: At, place: Place) -> Mapping | None:
        """The excerpt, or None after what is wrong was told to `at` with the path of the field that names the file."""
        path = find_file(self.trail[-1].parent, file)
        if path is None:
            at.fault("DG264", place, tekst=file)
            return None
        if self._goes_on(path, at, place):
            return None
        record = self._record(path, file, at, place)
        if record is None:
            return None
        offered = record.kind.excerpts
        if name not in offered:
            none = ("den giver ingen uddrag", "it gives no excerpts")
            at.fault("DG267", place, type=record.kind.title, navn=name, **every(name, offered, none))
            return None
        before = len(at.diagnostics)
        source, target = path.parent, self.trail[-1].parent
        found = excerpt_of(record, name, place, at.diagnostics, lambda one: moved(one, source, target))
        return None if has_errors(at.diagnostics[before:]) else found

    def _goes_on(self, path: Path, at: At, place: Place) -> bool:
        """Whether files that take from each other would go round, or on for too long; it has been told then."""
        chain = [one.resolve() for one in (*self.trail, path)]
        told = " → ".join(one.name for one in chain)
        if chain[-1] in chain[:-1]:
            at.fault("DG268", place, kæde=told)
            return True
        if len(chain) > _MOST_STEPS:
            at.fault("DG269", place, kæde=told, grænse=_MOST_STEPS)
            return True
        return False

    def _record(self, path: Path, file: str, at: At, place: Place) -> Record | None:
        """The other input, when nothing is wrong with it."""
        shown = Path(os.path.normpath(path)).as_posix()
        try:
            root, kind, _ = read_input(path, "", self.folders, self.load)
        except DocgenError as fault:
            code = "DG266" if any(one.code == _UNKNOWN_KIND for one in fault.diagnostics) else "DG265"
            at.fault(code, place, tekst=file, fil=shown, antal=len(fault.diagnostics))
            return None
        around = replace(self, trail=(*self.trail, path)).around()
        validation = validate(root, kind, profile=None, today=self.today, around=around)
        rules = check_rules(validation.record, edition=None, today=self.today)
        faults = [one for one in (*validation.diagnostics, *rules.diagnostics) if has_errors([one])]
        endless = next((one for one in faults if one.code in _ENDLESS), None)
        if endless is not None:  # checking the other file would only lead back here
            at.fault(endless.code, place, **{name: endless.values[name] for name in endless.values if name != "felt"})
            return None
        if faults:
            at.fault("DG265", place, tekst=file, fil=shown, antal=len(faults))
            return None
        return validation.record
