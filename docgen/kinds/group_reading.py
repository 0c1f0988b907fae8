"""The values of an input read group by group, each value when something first asks for it.

So a condition, a default or a computed field may depend on any other field, whatever their order.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from docgen.diagnostics import Place, error
from docgen.kinds.composite_fields import GroupFieldType, ListType, ReferenceType
from docgen.kinds.computing import blank, computed, condition, group_scope
from docgen.kinds.fields import At, Field, FieldType, ScalarType, quoted
from docgen.kinds.missing import alternatives, deciding, missing
from docgen.kinds.model import Formula, GroupType
from docgen.kinds.record import INVALID, Group, InvalidValueError, Scope, is_empty, path_of
from docgen.kinds.short_forms import is_blank, other_meaning, shorthand
from docgen.kinds.suggestions import closest, suggestion
from docgen.kinds.surroundings import takes_rows
from docgen.kinds.taking import fill_in
from docgen.sources import Entry, Mapping, Node, Scalar, Sequence, Table

if TYPE_CHECKING:
    from docgen.kinds.input_reading import InputReading


class GroupReading:
    """One group of an input while it is read: `given` are its entries by the names of their fields."""

    def __init__(
        self,
        reading: InputReading,
        group_type: GroupType,
        path: str,
        node: Node,
        parent: GroupReading | None,
        defaults: Mapping | None,
        group: Group | None = None,
    ) -> None:
        self.reading = reading
        self.type = group_type
        self.path = path
        self.place = node.place
        self.parent = parent
        self.defaults = defaults
        own = Group(path, group_type.fields, key=group_type.key, resolve=lambda _, name: self.resolve(name))
        self.group = own if group is None else group
        self.meant: set[str] = set()
        self.is_row = group is not None  # of a table, which looks after it and knows the places of its cells
        self.given = self._match(node)
        if not fill_in(group_type, self.given, lambda name, told: self._at(path_of(path, name), told), reading.kind):
            self.meant.update(name for name in group_type.fields if name not in self.given)
        self.unsure: list[tuple[Field, Formula]] = []
        self.pending: set[str] = set()
        self._scope: Scope | None = None
        reading.places[path] = node.place
        if not self.is_row:
            reading.groups.append(self)

    @property
    def scope(self) -> Scope:
        """What the expressions of the group's fields see."""
        if self._scope is None:
            parent = self.parent.group if self.parent else None
            self._scope = group_scope(self.group, parent, self.reading.root, self.reading.names)
        return self._scope

    def _match(self, node: Node) -> dict[str, Entry]:
        if not isinstance(node, Mapping):
            short = None if is_blank(node) else shorthand(self.type, node)
            return {short.name: Entry(Scalar(short.name, node.place), node)} if short else {}
        spellings = {alias: field.name for field in self.type.fields.values() for alias in field.aliases}
        found: dict[str, Entry] = {}
        for entry in node:
            name = spellings.get(entry.key.text, entry.key.text)
            field = self.type.fields.get(name)
            if field is None:
                self._tell_unknown(entry.key, spellings)
            elif field.computed:
                self._fault("DG250", entry.key.place, name)
            elif name in found:
                self._fault("DG253", entry.key.place, name, andet=found[name].key.text, tekst=entry.key.text)
            elif self.is_row and isinstance(entry.value, Scalar) and is_blank(entry.value):
                continue
            elif is_blank(entry.value):
                self.reading.places.setdefault(path_of(self.path, name), entry.key.place)
            else:
                found[name] = entry
        return found

    def _at(self, path: str, name: str) -> At:
        reading = self.reading
        field = self.type.fields.get(path.rpartition(".")[2])
        label = field.label if field else ""
        return At(path, name, reading.today, reading.diagnostics, reading.surroundings, label)

    def _tell_unknown(self, key: Scalar, spellings: dict[str, str]) -> None:
        known = [field.name for field in self.type.fields.values() if not field.computed]
        told = suggestion(key.text, [*known, *spellings])
        meant = closest(key.text, [*known, *spellings])
        if meant is not None:
            self.meant.add(spellings.get(meant, meant))
        where = self.path or self.reading.kind.title
        self._fault("DG200", key.place, key.text, hvor=where, **told)

    def _fault(self, code: str, place: Place | None, name: str, **values: str) -> None:
        path = path_of(self.path, name)
        self.reading.diagnostics.append(error(code, place, path=path, **{"felt": name, **values}))

    def force(self) -> None:
        """Make every value, unless it is there already or was refused."""
        for name in self.type.fields:
            self.try_to_read(name)

    def forget_computed(self) -> None:
        """Forget what was computed: values that it was computed from have turned out to be missing."""
        for field in self.type.fields.values():
            if field.computed:
                self.group.pop(field.name, None)

    def settle(self) -> None:
        """Put the values in the order of the fields, and stop making new ones."""
        self.group.settle()

    def row(self, group_type: GroupType, node: Node, group: Group) -> GroupReading:
        """A row of a list of this group that stands in a table, read into `group`."""
        return GroupReading(self.reading, group_type, group.sti, node, self, None, group)

    def try_to_read(self, name: str) -> None:
        """Make the value of a field, unless it is there already or was refused."""
        try:
            self.group[name]
        except InvalidValueError:
            return

    def resolve(self, name: str) -> object:
        """The value of a field, made now. Raises InvalidValueError when it is refused."""
        path = path_of(self.path, name)
        if path in self.reading.invalid:
            raise InvalidValueError(path)
        field = self.type.fields[name]
        if name in self.pending:
            place = field.computed.place if field.computed else field.place
            self.reading.diagnostics.append(error("DG302", place, path=path, felt=name))
            raise InvalidValueError(path)
        self.pending.add(name)
        try:
            value = self._value(field, path)
        finally:
            self.pending.discard(name)
        if value is INVALID:
            self.reading.invalid.add(path)
            raise InvalidValueError(path)
        self.group[name] = value
        return value

    def _value(self, field: Field, path: str) -> object:
        if field.computed:
            groups = self.reading.kind.groups
            return computed(field, field.computed, self.scope, path, groups, self.reading.diagnostics)
        entry = self.given.get(field.name)
        if entry is None and field.name in self.meant:
            return INVALID  # it is there, under a name that has been told of
        applies = True
        if field.applies:
            answer = condition(field.applies, self.scope, path, self.reading.diagnostics)
            if answer is None and entry is None:
                return INVALID
            applies = answer is not False
        if not applies:
            if entry is not None:
                self._tell_unwanted(field, entry.key.place)
                return INVALID
            return blank(field.type, path, self.reading.kind.groups)
        default = self.defaults.get(field.name) if self.defaults else None
        node = entry.value if entry else default or field.default
        if node is None:
            return self._absent(field, path)
        at = self._at(path, entry.key.text if entry else field.name)
        return self._read(field.type, node, at, default if entry else None)

    def _absent(self, field: Field, path: str) -> object:
        if field.required is True:
            self.tell_missing([field])
            return INVALID
        if isinstance(field.required, Formula):
            self.doubt(field, field.required)
        return blank(field.type, path, self.reading.kind.groups)

    def doubt(self, field: Field, required: Formula) -> None:
        """Remember a field that is empty: its condition, which may say that it is required, is asked for at the end."""
        if (field, required) not in self.unsure:
            self.unsure.append((field, required))

    def lacking(self) -> list[tuple[GroupReading, list[Field]]]:
        """The fields that are empty although their condition says that they are required, in the order of felter.yaml.

        Each comes with those that would do in its place; what several of them say is there once.
        """
        found: list[list[Field]] = []
        order = list(self.type.fields)
        for field, formula in sorted(self.unsure, key=lambda one: order.index(one[0].name)):
            path = path_of(self.path, field.name)
            if condition(formula, self.scope, path, self.reading.diagnostics):
                fields = alternatives(field, formula, self.group, self.type, self.scope)
                if fields not in found:
                    found.append(fields)
        return [(self, fields) for fields in found]

    def tell_missing(self, fields: list[Field]) -> None:
        """Report that one of `fields` must be filled in; the place is an empty key, or else the group that lacks it."""
        paths = [path_of(self.path, field.name) for field in fields]
        self.reading.invalid.update(paths)
        for field in fields:
            self.group.pop(field.name, None)
        place = next((self.reading.places[path] for path in paths if path in self.reading.places), self.place)
        self.reading.diagnostics.append(missing(fields, paths[0], place))

    def _tell_unwanted(self, field: Field, place: Place) -> None:
        """Report a value for a field that does not apply, with what decides whether it does."""
        told = deciding(field, self.type, self.reading.root.declared, self.reading.names)
        self._fault("DG249", place, field.name, felt_form=field.label, **told)

    def _read(self, made: FieldType, node: Node, at: At, defaults: Node | None = None) -> object:
        self.reading.places[at.path] = node.place
        match made:
            case ScalarType():
                return made.parse(node, at)
            case ListType():
                return self._list(made, node, at)
            case GroupFieldType():
                return self._group(made, node, at, defaults)
            case ReferenceType():
                return self._reference(made, node, at)
        return self._text_table(node, at, defaults)

    def _group(self, made: GroupFieldType, node: Node, at: At, defaults: Node | None) -> object:
        group_type = self.reading.kind.groups[made.group]
        short = shorthand(group_type, node)
        written = [field.name for field in group_type.fields.values() if not field.computed]
        if isinstance(node, Sequence) and short is None:
            shown = ", ".join(written[:3]) + (" …" if len(written) > 3 else "")
            return at.fault("DG246", node.place, felter=shown)
        if isinstance(node, Scalar) and short is None:
            return at.fault("DG243", node.place, første=next(iter(written), ""))
        if isinstance(node, Scalar) and short and (other := other_meaning(group_type, short, node)):
            # In a list the name of the field is that of the list, and the group stands after a hyphen.
            before = "- " if at.path.endswith("]") else f"{at.name}: "
            told = {
                "som_felt": f"{before}{{{other[0].name}: {other[1]}}}",
                "som_tekst": f"{before}{{{short.name}: {quoted(node)}}}",
            }
            return at.fault("DG262", node.place, tekst=quoted(node), **told)
        inner = defaults if isinstance(defaults, Mapping) else None
        return GroupReading(self.reading, group_type, at.path, node, self, inner).group

    def _list(self, made: ListType, node: Node, at: At) -> object:
        if isinstance(made.element, GroupFieldType) and isinstance(node, Mapping) and takes_rows(node):
            return self._own_list(made, self.reading.kind.groups[made.element.group], node, at)
        if not isinstance(node, Sequence):
            if isinstance(node, Mapping):
                return at.fault("DG242", node.place)
            return at.fault("DG241", node.place, tekst=" ".join(node.text.split())[:40])
        values = self._rows(made.element, node, at) or [
            self._element(made.element, item, at, number) for number, item in enumerate(node, 1)
        ]
        if made.minimum is not None and len(values) < made.minimum:
            return at.fault("DG247", node.place, antal=len(values), grænse=made.minimum)
        if made.maximum is not None and len(values) > made.maximum:
            return at.fault("DG248", node.place, antal=len(values), grænse=made.maximum)
        if isinstance(made.element, GroupFieldType):
            self.reading.lists.append((values, self.reading.kind.groups[made.element.group]))
        return values if isinstance(node, Table) or INVALID not in values else INVALID

    def _rows(self, made: FieldType, node: Sequence, at: At) -> list[object]:
        """The groups of a list that stands in a table; none when it has to be read row by row."""
        from docgen.kinds.table_reading import TableReading, fits  # few inputs have tables

        if not isinstance(node, Table) or not isinstance(made, GroupFieldType):
            return []
        group_type = self.reading.kind.groups[made.group]
        if not fits(node, group_type):
            return []
        table = TableReading(self.reading, group_type, at.path, node, self)
        self.reading.groups.append(table)
        self.reading.places.add_table(at.path, table)
        return list(table.groups)

    def known_targets(self, target: str, inner: GroupType) -> dict[str, Group] | None:
        """What a reference in a row of one of this group's lists may mean; None when that cannot be told."""
        if _is_list(inner.fields.get(target.partition(".")[0])):
            return None
        try:
            return self._targets(target)
        except InvalidValueError:
            return None

    def _own_list(self, made: ListType, group: GroupType, node: Mapping, at: At) -> object:
        """A list whose rows stand in files of their own."""
        from docgen.kinds.own_lists import Wanted, gather, totals  # few inputs have such lists

        reading = self.reading
        wanted = Wanted(self.type.fields[at.path.rpartition(".")[2]], group, reading.kind)
        gathered = gather(wanted, node, at, reading.sources)
        if gathered is None:
            return INVALID
        reading.sources |= gathered.files
        values = self._list(made, gathered.rows, at)
        if isinstance(values, list):
            reading.gathered.append(partial(totals, gathered, values, group, at.path))
        return values if gathered.is_whole else INVALID

    def _element(self, made: FieldType, node: Node, at: At, number: int) -> object:
        inner = at.element(number)
        if isinstance(node, Scalar) and is_blank(node):
            return inner.fault("DG261", node.place, nummer=number)
        return self._read(made, node, inner)

    def _reference(self, made: ReferenceType, node: Node, at: At) -> object:
        if not isinstance(node, Scalar):
            return at.fault("DG245" if isinstance(node, Mapping) else "DG244", node.place, eksempel="")
        try:
            targets = self._targets(made.target)
        except InvalidValueError:
            return INVALID
        found = targets.get(node.text.strip())
        if found is None:
            first = {
                "forslag": f"der er ingen at henvise til endnu; tilføj elementet i {made.target} først",
                "forslag_en": f"there is none to refer to yet; add the element in {made.target} first",
            }
            told = suggestion(node.text, targets) if targets else first
            return at.fault(
                "DG252",
                node.place,
                tekst=node.text.strip(),
                liste=made.target,
                liste_form=self.reading.label(made.target),
                **told,
            )
        return found

    def _text_table(self, node: Node, at: At, defaults: Node | None) -> object:
        """Names with a text each; those that only the profile has are added."""
        if not isinstance(node, Mapping):
            return at.fault("DG243", node.place, første="navn")
        found: dict[str, str] = {}
        for entry in (*(defaults if isinstance(defaults, Mapping) else ()), *node):
            if isinstance(entry.value, Scalar):
                found[entry.key.text] = entry.value.text.strip()
                self.reading.places[path_of(at.path, entry.key.text)] = entry.key.place
            else:
                at.fault("DG245", entry.value.place, felt=entry.key.text, eksempel="")
        return found

    def _targets(self, target: str) -> dict[str, Group]:
        """The elements that a reference may mean, by key: those of the nearest list of that name around this group."""
        first, *rest = target.split(".")
        holder: GroupReading | None = self
        while holder and not _is_list(holder.type.fields.get(first)):
            holder = holder.parent
        if holder is None:
            return {}
        known = self.reading.targets.get((holder.path, target))
        if known is not None:
            return known
        found: list[object] = [holder.group[first]]
        for name in rest:
            found = [element[name] for element in _flat(found) if isinstance(element, Group)]
        known = {}
        for element in _flat(found):
            if isinstance(element, Group) and _has_key(element):
                known.setdefault(str(element), element)
        self.reading.targets[holder.path, target] = known
        return known


def _is_list(field: Field | None) -> bool:
    """Whether it may hold what a reference points to; a reference may have the name of its list."""
    return field is not None and not isinstance(field.type, ReferenceType)


def _flat(values: list[object]) -> Iterator[object]:
    for value in values:
        if isinstance(value, list):
            yield from value
        else:
            yield value


def _has_key(element: Group) -> bool:
    """Whether the element has a key that could be read; a fault in it has been told."""
    try:
        return not is_empty(element[element.key])
    except InvalidValueError:
        return False
