"""What a group of an input leaves empty, filled in from the other inputs that it names (fields of type `uddrag`)."""

from __future__ import annotations

from collections.abc import Callable

from docgen.diagnostics import warning
from docgen.kinds.fields import At, Field, quoted
from docgen.kinds.file_fields import ExcerptType, relative_path
from docgen.kinds.model import GroupType, Kind
from docgen.kinds.personal_numbers import find_personal_numbers
from docgen.sources import Entry, Mapping, Scalar


def fill_in(group: GroupType, given: dict[str, Entry], at: Callable[[Field, str], At], kind: Kind) -> bool:
    """Add to the entries of a group what the inputs that it names give; entries that are there stay.

    False when one of them gives nothing because of a fault: what it would have filled in cannot be known. `at` tells
    where in the input a field is, from the field and the name that it was written with.
    """
    all_taken = True
    for field in group.taking:
        entry = given.get(field.name)
        if not isinstance(field.type, ExcerptType) or entry is None or not isinstance(entry.value, Scalar):
            continue
        here = at(field, entry.key.text)
        taken = _taken(field.type, entry.value, here)
        if taken is None:
            all_taken = False
            continue
        here.diagnostics += find_personal_numbers(taken, kind.cpr, here.path)
        for one in taken:
            name = one.key.text
            if name in group.fields and not group.fields[name].computed:
                given.setdefault(name, one)
            else:
                owner = here.path.rpartition(".")[0] or kind.title
                told = {"felt": name, "hvor": owner, "tekst": quoted(entry.value)}
                here.diagnostics.append(warning("DG271", taken.place, path=here.path, **told))
    return all_taken


def _taken(made: ExcerptType, scalar: Scalar, at: At) -> Mapping | None:
    path = relative_path(scalar.text)
    if path is None:
        return None  # told when the field itself is read
    if at.surroundings.excerpt is None:
        at.fault("DG270", scalar.place)
        return None
    return at.surroundings.excerpt(path, made.excerpt, at, scalar.place)
