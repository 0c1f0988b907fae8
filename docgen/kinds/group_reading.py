"""The values of an input read group by group, each value when something first asks for it.

So a condition, a default or a computed field may depend on any other field, whatever their order.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from functools import partial
from typing import TYPE_CHECKING

from docgen.diagnostics import Place, error
from docgen.kinds.composite_fields import GroupFieldType, ListType, ReferenceType
from docgen.kinds.computing import blank, computed, condition, group_scope
from docgen.kinds.fields import At, Field, FieldType, ScalarType, quoted
from docgen.kinds.missing import alternatives, deciding, missing
from docgen.kinds.model import Formula, GroupType
from docgen.kinds.record import INVALID, Group, InvalidValueError, Scope, path_of
from docgen.kinds.short_forms import is_blank, other_meaning, shorthand
from docgen.kinds.suggestions import closest, suggestion
from docgen.kinds.surroundings import takes_rows
from docgen.kinds.taking import fill_in
from docgen.sources import Entry, Joined, Mapping, Node, Scalar, Sequence, Table

if TYPE_CHECKING:
    from docgen.kinds.input_reading import InputReading


class GroupReading:
    """One group of an input while it is read.

    `given` are its entries by the names of their fields, `to_read` the names of those whose value is not known yet.
    """

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
        self._before = f"{path}." if path else ""  # the names of its fields, in their paths
        self.place = node.place
        self.parent = parent
        self.defaults = defaults
        self.is_row = group is not None  # of a table, which looks after it and knows the places of its cells
        if group is None:
            group = Group(path, group_type.fields, key=group_type.key, resolve=lambda _, name: self.resolve(name))
        self.group = group
        known = reading.known.get(path)
        if known:
            group.update(known.values)
            reading.places.share(known.places)
        self.to_read: Iterable[str] = known.others if known else group_type.fields
        self.meant: set[str] = set()
        self.given = self._match(node, known.values if known else {})
        if group_type.taking and not fill_in(group_type, self.given, self._at, reading.kind):
            self.meant.update(name for name in group_type.fields if name not in self.given)
        self.unsure: dict[str, Formula] = {}
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

    def _match(self, node: Node, known: Container[str]) -> dict[str, Entry]:
        """The entries by the names of their fields, without those of which the value is known."""
        if not isinstance(node, Mapping):
            short = None if is_blank(node) else shorthand(self.type, node)
            return {short.name: Entry(Scalar(short.name, node.place), node)} if short else {}
        fields, spellings = self.type.fields, self.type.spellings
        found: dict[str, Entry] = {}
        for entry in node.entries:
            key, value = entry
            if key.text in known:
                continue
            name = spellings.get(key.text, key.text)
            field = fields.get(name)
            if field is None:
                self._tell_unknown(key)
            elif field.computed:
                self._fault("DG250", key.place, name)
            elif name in found:
                self._fault("DG253", key.place, name, andet=found[name].key.text, tekst=key.text)
            elif not is_blank(value):
                found[name] = entry
            elif not (self.is_row and isinstance(value, Scalar)):
                self.reading.places.setdefault(path_of(self.path, name), key.place)
        return found

    def _at(self, field: Field, written: str) -> At:
        """Where a field is that is called `written`."""
        reading, path = self.reading, self._before + field.name
        return At(path, written, reading.today, reading.diagnostics, reading.surroundings, field.label)

    def _tell_unknown(self, key: Scalar) -> None:
        spellings = self.type.spellings
        known = [*(field.name for field in self.type.fields.values() if not field.computed), *spellings]
        told = suggestion(key.text, known)
        meant = closest(key.text, known)
        if meant is not None:
            self.meant.add(spellings.get(meant, meant))
        where = self.path or self.reading.kind.title
        self._fault("DG200", key.place, key.text, hvor=where, **told)

    def _fault(self, code: str, place: Place | None, name: str, **values: str) -> None:
        path = path_of(self.path, name)
        self.reading.diagnostics.append(error(code, place, path=path, **{"felt": name, **values}))

    def force(self) -> None:
        """Make every value, unless it is there already or was refused."""
        for name in self.to_read:
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
        if not self.group.has(name):
            try:
                self.resolve(name)
            except InvalidValueError:
                return

    def resolve(self, name: str) -> object:
        """The value of a field, made now. Raises InvalidValueError when it is refused."""
        path = self._before + name
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
        at = self._at(field, entry.key.text if entry else field.name)
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
        self.unsure[field.name] = required

    def lacking(self) -> list[tuple[GroupReading, list[Field]]]:
        """The fields that are empty although their condition says that they are required, in the order of felter.yaml.

        Each comes with those that would do in its place; what several of them say is there once.
        """
        found: list[list[Field]] = []
        for name in sorted(self.unsure, key=list(self.type.fields).index):
            field, formula, path = self.type.fields[name], self.unsure[name], self._before + name
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
        if short is None and not isinstance(node, Mapping):
            written = [field.name for field in group_type.fields.values() if not field.computed]
            if isinstance(node, Scalar):
                return at.fault("DG243", node.place, første=next(iter(written), ""))
            shown = ", ".join(written[:3]) + (" …" if len(written) > 3 else "")
            return at.fault("DG246", node.place, felter=shown)
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
        values: list[object] = []
        for part in node.parts if isinstance(node, Joined) else (node,):
            values += self._rows(made.element, part, at, len(values) + 1)
        if made.minimum is not None and len(values) < made.minimum:
            return at.fault("DG247", node.place, antal=len(values), grænse=made.minimum)
        if made.maximum is not None and len(values) > made.maximum:
            return at.fault("DG248", node.place, antal=len(values), grænse=made.maximum)
        if isinstance(made.element, GroupFieldType):
            self.reading.lists.append((values, self.reading.kind.groups[made.element.group]))
        return values if isinstance(node, Table) or INVALID not in values else INVALID

    def _rows(self, made: FieldType, node: Sequence, at: At, first: int) -> list[object]:
        """The elements of a list, or of a part of one, numbered from `first`; a table is read column by column."""
        if isinstance(node, Table) and isinstance(made, GroupFieldType):
            from docgen.kinds.table_reading import TableReading, fits  # few inputs have tables

            group_type = self.reading.kind.groups[made.group]
            if fits(node, group_type):
                table = TableReading(self.reading, group_type, at.path, node, self, first)
                self.reading.groups.append(table)
                self.reading.places.add_table(at.path, table)
                return list(table.groups)
        return [self._element(made, item, at, number) for number, item in enumerate(node, first)]

    def known_targets(self, target: str, inner: GroupType) -> dict[str, Group]:
        """What a reference in a row of one of this group's lists may mean; nothing where each row has its own list.

        Raises InvalidValueError when the list was refused.
        """
        return {} if _is_list(inner.fields.get(target.partition(".")[0])) else self._targets(target)

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
            reading.gathered.append(partial(totals, gathered, values, group, at))
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
        first = target.partition(".")[0]
        holder: GroupReading | None = self
        while holder and not _is_list(holder.type.fields.get(first)):
            holder = holder.parent
        if holder is None:
            return {}
        known = self.reading.targets.get((holder.path, target))
        if known is not None:
            return known
        from docgen.kinds.references import elements_by_key  # few inputs have references

        known = elements_by_key(holder.group, target)
        self.reading.targets[holder.path, target] = known
        return known


def _is_list(field: Field | None) -> bool:
    """Whether it may hold what a reference points to; a reference may have the name of its list."""
    return field is not None and not isinstance(field.type, ReferenceType)
