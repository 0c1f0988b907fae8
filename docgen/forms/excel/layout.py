"""How the fields of a kind stand in a workbook: single fields in sections, and a sheet for each list of groups."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from docgen.forms.headers import Headers
from docgen.kinds.arrangement import PROFILE
from docgen.kinds.composite_fields import GroupFieldType, ListType, ReferenceType, TextTableType
from docgen.kinds.fields import Field, FieldType, ScalarType
from docgen.kinds.model import GroupType, Kind
from docgen.kinds.record import path_of
from docgen.kinds.text_fields import TextType

FORM_VERSION = "1"
"""The version of the way in which forms are made."""
MARK = "docgen"
"""The name of the hidden sheet that tells what a form is, and the text of its first cell."""
CHOICES = "lister"
"""The name of the hidden sheet with the words of dropdowns."""
FRONT = "Oplysninger"
"""The name of the sheet with the single fields."""
FIELD_NAME, LIST_NAME, FILES_NAME = "felt.", "liste.", "hent."
"""What the names of an input cell, of a table, and of a cell for files with rows begin with; the path follows."""
ROW_ID = "_id"
PROFILE_LABEL = "Profil"
_ROW_NUMBER = "Rækkenr."
_DEEPEST = 3  # how many lists of one group may lie inside one another
_LONGEST_SHEET_NAME = 31
_JOINED = " - "  # between the names of two lists in the name of a sheet
_SMALL_WORDS = frozenset("af at den der det en et for fra i med og om på som til ved".split())
_FORBIDDEN_IN_SHEETS = re.compile(r"[\[\]:*?/\\]|^'|'$")


class Column(NamedTuple):
    """One field to fill in: a column of a list, or a cell of the front sheet.

    `path` leads to it from the list's elements, or else from the root; `lines` tells that its cell holds a list with
    an element on each line (or names with a text each), and `made` is the type of the cell's value or of each line.
    """

    path: str
    heading: str
    field: Field
    made: FieldType
    lines: bool
    steps: tuple[Field, ...]

    @property
    def required(self) -> bool:
        """Whether it must be filled in always."""
        return all(one.required is True and one.applies is None for one in self.steps) and self.field.default is None

    @property
    def sometimes(self) -> bool:
        """Whether there are times when it must be filled in."""
        return not self.required and bool(self.field.required) and self.field.default is None

    @property
    def is_text(self) -> bool:
        """Whether it takes any text."""
        return isinstance(self.made, TextType)


class Section(NamedTuple):
    """Single fields under one heading: those of a single group at `path`, or of the root where that is ""."""

    path: str
    title: str
    help: str
    columns: tuple[Column, ...]


class ListSheet(NamedTuple):
    """A list of groups on a sheet of its own.

    `parent` is the list whose elements hold it, by path, or ""; `inner` leads to it from such an element, or else from
    the root. `key` is the path of the column by which the lists inside it name its elements; where there is none,
    `number` is the heading of the column that numbers them. `owner` is the heading of the column that names the
    element of the parent.
    """

    path: str
    inner: str
    parent: str
    field: Field
    group: GroupType
    headers: Headers
    columns: tuple[Column, ...]
    sheet: str
    key: str = ""
    number: str = ""
    owner: str = ""


class Layout(NamedTuple):
    """The whole form of a kind. `lists` has a list before those inside it."""

    kind: Kind
    headers: Headers
    sections: tuple[Section, ...]
    lists: dict[str, ListSheet]

    @property
    def singles(self) -> dict[str, Column]:
        """The fields of the front sheet by path."""
        return {column.path: column for section in self.sections for column in section.columns}


def layout(kind: Kind) -> Layout:
    """The form of a kind: every field that an input may hold."""
    headers = Headers(kind.root, kind)
    lists = _with_links(list(_lists(kind, kind.root, "", "", "", ())))
    return Layout(kind, headers, tuple(_sections(kind, headers)), {one.path: one for one in lists})


def line_type(made: FieldType, kind: Kind) -> FieldType | None:
    """The type of the elements of a list that one cell can hold, one to a line; None for any other type."""
    if not isinstance(made, ListType):
        return None
    if not isinstance(made.element, GroupFieldType):
        return made.element
    fields = [field for field in kind.groups[made.element.group].fields.values() if not field.computed]
    plain = len(fields) == 1 and fields[0].shorthand and isinstance(fields[0].type, ScalarType)
    return fields[0].type if plain else None


def _fillable(group: GroupType) -> list[Field]:
    return [field for field in group.fields.values() if not field.computed]


def _columns(
    group: GroupType, kind: Kind, headers: Headers, steps: tuple[Field, ...] = (), *, deep: bool = True
) -> Iterator[Column]:
    """The fields of a group that fit into a cell, with `deep` those of its single groups too."""
    for field in _fillable(group):
        way = (*steps, field)
        path = ".".join(step.name for step in way)
        made = line_type(field.type, kind) or field.type
        if path not in headers.reaches:
            continue  # a group inside itself
        if isinstance(made, ScalarType | ReferenceType | TextTableType):
            lines = isinstance(field.type, ListType | TextTableType)
            yield Column(path, headers.heading(path), field, made, lines, way)
        elif isinstance(made, GroupFieldType) and deep:
            yield from _columns(kind.groups[made.group], kind, headers, way)


def _sections(kind: Kind, headers: Headers) -> Iterator[Section]:
    """The single fields in the order of felter.yaml: a section for each run of them, and for each single group."""
    known = {column.path: column for column in _columns(kind.root, kind, headers)}
    first = next(iter(known), "").partition(".")[:1]
    run: list[Column] = []
    for field in _fillable(kind.root):
        if not isinstance(field.type, GroupFieldType):
            run += [known[field.name]] if field.name in known else []
            continue
        if run:
            yield Section("", _title(run, first=run[0].path in first), "", tuple(run))
            run = []
        yield from _group_sections(kind, field.type, known, (field,))
    if run:
        yield Section("", _title(run, first=run[0].path in first), "", tuple(run))


def _title(run: list[Column], *, first: bool) -> str:
    """What stands over single fields that belong to no group."""
    if first:
        return "Generelt"
    return run[0].field.label if len(run) == 1 else f"{run[0].field.label} m.m."


def _group_sections(
    kind: Kind, made: GroupFieldType, known: dict[str, Column], steps: tuple[Field, ...]
) -> Iterator[Section]:
    path = ".".join(step.name for step in steps)
    fields = _fillable(kind.groups[made.group])
    own = [known[inner] for field in fields if (inner := f"{path}.{field.name}") in known]
    if own:
        yield Section(path, " - ".join(step.label for step in steps), steps[-1].help, tuple(own))
    for field in fields:
        if isinstance(field.type, GroupFieldType) and any(one.startswith(f"{path}.{field.name}.") for one in known):
            yield from _group_sections(kind, field.type, known, (*steps, field))


def _lists(
    kind: Kind, group: GroupType, path: str, inner: str, parent: str, around: tuple[str, ...], label: str = ""
) -> Iterator[ListSheet]:
    """The lists of groups in `group`, which stands at `path` under `label`; `inner` leads there from the `parent`."""
    for field in _fillable(group):
        here, within = path_of(path, field.name), path_of(inner, field.name)
        made = field.type
        element = made.element if isinstance(made, ListType) and line_type(made, kind) is None else made
        if not isinstance(element, GroupFieldType) or around.count(element.group) >= _DEEPEST:
            continue
        below = kind.groups[element.group]
        deeper = (*around, element.group)
        if element is made:
            if element.group not in around:
                yield from _lists(kind, below, here, within, parent, deeper, field.label)
            continue
        headers = Headers(below, kind)
        columns = tuple(_columns(below, kind, headers))
        named = f"{label}{_JOINED}{field.label}" if label else field.label
        yield ListSheet(here, within, parent, field, below, headers, columns, named)
        yield from _lists(kind, below, here, "", here, deeper, field.label)


def _with_links(lists: list[ListSheet]) -> Iterator[ListSheet]:
    """The lists with names for their sheets, and with the columns that tie those inside others to their elements."""
    by_path = {one.path: one for one in lists}
    labels = Counter(one.field.label.casefold() for one in lists)
    taken = {FRONT.casefold(), MARK, CHOICES}
    parents = {one.parent for one in lists}
    for one in lists:
        above = by_path.get(one.parent)
        named = one.sheet if labels[one.field.label.casefold()] > 1 else one.field.label
        if above and named.casefold() in taken:
            named = f"{above.field.label}{_JOINED}{one.field.label}"
        made = one._replace(sheet=_sheet_name(named, one.field.label, taken))
        if above:
            made = made._replace(owner=_reserved(f"{above.field.label}: {_link(above)}", one.headers))
        if one.path in parents:
            key = one.group.key if _has_key(one) else ""
            made = made._replace(key=key, number="" if key else _reserved(_ROW_NUMBER, one.headers))
        yield made


def _has_key(one: ListSheet) -> bool:
    """Whether the elements of a list have keys that name them in the whole form: a list inside another may not."""
    return not one.parent and any(column.path == one.group.key for column in one.columns)


def _link(above: ListSheet) -> str:
    return above.headers.heading(above.group.key) if _has_key(above) else _ROW_NUMBER


def _reserved(heading: str, headers: Headers) -> str:
    """A heading of docgen's own, which no field may have."""
    return heading if not headers.meanings(heading) else f"{heading} (docgen)"


def _sheet_name(named: str, label: str, taken: set[str]) -> str:
    """A name that Excel takes for a sheet, and that no other sheet has."""
    plain = _FORBIDDEN_IN_SHEETS.sub(" ", named).strip() or "Liste"
    if len(plain) > _LONGEST_SHEET_NAME:
        plain = _shortened(plain, _FORBIDDEN_IN_SHEETS.sub(" ", label).strip())
    name, number = plain, 1
    while name.casefold() in taken:
        number += 1
        name = f"{plain[: _LONGEST_SHEET_NAME - 2 - len(str(number))]} {number}"
    taken.add(name.casefold())
    return name


def _shortened(named: str, label: str) -> str:
    """A name for a sheet with whole words only, where that can be: the last of `label`, and the first before it."""
    above = named.removesuffix(f"{_JOINED}{label}")
    if above == named:
        return next((one for one in _beginnings(named) if len(one) <= _LONGEST_SHEET_NAME), named[:_LONGEST_SHEET_NAME])
    words = label.split()
    ends = [" ".join(words[at:]) for at, word in enumerate(words) if not at or word not in _SMALL_WORDS]
    made = (f"{start}{_JOINED}{end}" for start in _beginnings(above) for end in ends)
    fitting = next((one for one in made if len(one) <= _LONGEST_SHEET_NAME), None)
    if fitting is not None:
        return fitting
    end = min(ends, key=len)[: _LONGEST_SHEET_NAME // 2]
    room = _LONGEST_SHEET_NAME - len(_JOINED) - len(end)
    return f"{above if len(above) <= room else f'{above[: room - 1]}.'}{_JOINED}{end}"


def _beginnings(text: str) -> list[str]:
    """The text, and ever fewer of its first words; none ends in a small one, after which more has to come."""
    words = text.split()
    return [" ".join(words[:at]) for at in range(len(words), 0, -1) if words[at - 1] not in _SMALL_WORDS]


def form_fields(form: Layout) -> list[tuple[str, str]]:
    """The path and the heading of everything that the form asks for: what the hidden sheet remembers."""
    found = [(PROFILE, PROFILE_LABEL)] if form.kind.profiles else []
    found += [(column.path, form.headers.heading(column.path)) for column in form.singles.values()]
    for one in form.lists.values():
        found.append((f"{one.path}[]", one.field.label))
        found += [(f"{one.path}[].{column.path}", column.heading) for column in one.columns]
    return found
