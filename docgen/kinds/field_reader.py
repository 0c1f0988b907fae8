"""The fields of felter.yaml: `typer` and `felter` read into groups of typed fields."""

from __future__ import annotations

from collections.abc import Callable, Collection

from docgen.kinds.attributes import Attributes, Faults
from docgen.kinds.composite_fields import GroupFieldType, Hiding, ListType, ReferenceType
from docgen.kinds.fields import Field, FieldType, ScalarType, field_types
from docgen.kinds.model import Formula, GroupType
from docgen.kinds.suggestions import suggestion
from docgen.sources import Entry, Mapping, Node, Scalar, Sequence

_COMMON = tuple("type etiket hjælp eksempel påkrævet når standard beregn adgang nøgle entydig kort alias".split())
_RESERVED = frozenset({"den", "over"})
RESERVED_IN_ROOT = frozenset({"idag", "udgave", "profil", "afsnit", "dokument", "nummer", "henvis"})
"""Names that templates and expressions see beside the fields of the root."""


class FieldReader:
    """Reads the groups of one felter.yaml; `groups` fills up as it goes, and faults go to `faults`."""

    def __init__(self, names: Collection[str], faults: Faults) -> None:
        self.faults = faults
        self.group_names = tuple(dict.fromkeys(names))
        self.groups: dict[str, GroupType] = {}
        self._later: list[Callable[[], None]] = []

    def group(self, name: str, entries: Collection[Entry], reserved: Collection[str] = ()) -> GroupType:
        """The group of that name with a field for each of the entries, known from now on."""
        fields: dict[str, Field] = {}
        unread: set[str] = set()
        seen: dict[str, str] = {}
        for entry in entries:
            field = self._field(entry, f"{name or 'felter'}.{entry.key.text}", reserved)
            if field is None:
                unread.add(entry.key.text)
                continue
            fields[field.name] = field
            for spelling in (field.name, *field.aliases):
                if spelling in seen:
                    self.faults.add("DG336", field.place, navn=spelling, felt=seen[spelling])
                seen[spelling] = field.name
        made = GroupType(name, fields, frozenset(unread))
        self._check_singles(made)
        self.groups[name] = made
        return made

    def _check_singles(self, group: GroupType) -> None:
        for attribute, chosen, allowed in (
            ("nøgle", [field for field in group.fields.values() if field.key], (ScalarType,)),
            ("kort", [field for field in group.shorthands if not isinstance(field.type, ListType)], (ScalarType,)),
            ("kort", [field for field in group.shorthands if isinstance(field.type, ListType)], (ListType,)),
        ):
            fit = [field for field in chosen if isinstance(field.type, allowed)]
            for extra in fit[1:]:
                self.faults.add("DG337", extra.place, navn=attribute, felt=fit[0].name)
            for field in chosen:
                if field not in fit or field.computed:
                    self.faults.add("DG338", field.place, navn=attribute, felt=field.name)
        for field in group.fields.values():
            if field.unique and not isinstance(field.type, ScalarType):
                self.faults.add("DG338", field.place, navn="entydig", felt=field.name)

    def _field(self, entry: Entry, path: str, reserved: Collection[str]) -> Field | None:
        name = entry.key.text
        if not name.isidentifier():
            self.faults.add("DG332", entry.key.place, navn=name)
            return None
        if name in _RESERVED or name in reserved:
            self.faults.add("DG333", entry.key.place, navn=name)
            return None
        if isinstance(entry.value, Scalar):
            self.faults.add("DG334", entry.value.place, navn=name, tekst=entry.value.text or "tekst")
            return None
        word, known = self._known_attributes(entry.value)
        attributes = Attributes(entry.value, known, self.faults, name)
        made = self._type(attributes, word, path)
        if made is None:
            return None
        return Field(
            name=name,
            type=made,
            place=entry.key.place,
            label=attributes.text("etiket") or name[:1].upper() + name[1:].replace("_", " "),
            help=attributes.text("hjælp"),
            example=attributes.node("eksempel"),
            required=self._required(attributes, made),
            applies=attributes.formula("når"),
            default=self._default(attributes, made),
            computed=attributes.formula("beregn"),
            access=attributes.text("adgang"),
            key=attributes.flag("nøgle"),
            unique=attributes.flag("entydig"),
            shorthand=attributes.flag("kort"),
            aliases=tuple(word.text for word in attributes.words("alias")),
        )

    def _known_attributes(self, node: Node) -> tuple[str, Collection[str]]:
        """The type that a field is declared with, and the attributes that it may have."""
        found = node.get("type") if isinstance(node, Mapping) else None
        word = found.text.strip() if isinstance(found, Scalar) else ""
        made = field_types().get(word)
        if made is None:
            return word, _with_options(*field_types().values())
        element = node.get("af") if isinstance(node, Mapping) else None
        inner = field_types().get(element.text.strip()) if isinstance(element, Scalar) else None
        return word, _with_options(made, *([inner] if inner and made is ListType else ()))

    def _required(self, attributes: Attributes, made: FieldType) -> bool | Formula:
        if "påkrævet" not in attributes and isinstance(made, ListType):
            return bool(made.minimum)  # a list that is left out has no elements
        found = attributes.formula("påkrævet")
        if found is not None and found.expression.source in ("true", "false"):
            return found.expression.source == "true"
        return found or False

    def _default(self, attributes: Attributes, made: FieldType) -> Node | None:
        default = attributes.node("standard")
        if default is not None:
            self.value(default, made, attributes.owner)
        if default is not None and "beregn" in attributes:
            self.faults.add("DG339", attributes.place_of("standard"), navn=attributes.owner)
        return default

    def value(self, node: Node, made: FieldType, name: str) -> object:
        """A value that a definition file gives for a field; one that the field would refuse is a fault."""
        if isinstance(made, ListType) and isinstance(node, Sequence):
            return [self.value(item, made.element, name) for item in node]
        return self.faults.value(node, made, name) if isinstance(made, ScalarType) else node

    def _type(self, attributes: Attributes, word: str, path: str) -> FieldType | None:
        if not word:
            if "type" not in attributes:
                self.faults.add("DG335", attributes.place, navn=attributes.owner)
            return None
        place = attributes.place_of("type")
        if word in self.group_names:
            self.faults.add("DG340", place, navn=word)
            return None
        if word not in field_types():
            self.faults.add("DG341", place, navn=word, **suggestion(word, field_types()))
            return None
        if word == ListType.name:
            return self._list(attributes, path)
        return self._simple(field_types()[word], attributes, path)

    def _simple(self, made: type[FieldType], attributes: Attributes, path: str) -> FieldType | None:
        """A type that is no list."""
        if issubclass(made, ScalarType):
            return made.declared(attributes)
        if made is GroupFieldType:
            group = self._group_name(attributes, path)
            return GroupFieldType(group=group) if group else None
        return _reference(attributes)

    def _group_name(self, attributes: Attributes, path: str) -> str:
        """The group that `af` names or `felter` writes on the spot; "" after a fault."""
        if "felter" in attributes:
            if "af" in attributes:
                self.faults.add("DG343", attributes.place_of("af"), navn=attributes.owner)
            self.group(path, list(attributes.entries("felter")))
            return path
        name = attributes.required("af")
        if name and name not in self.group_names:
            self.faults.add("DG344", attributes.place_of("af"), navn=name, **suggestion(name, self.group_names))
            return ""
        return name

    def _list(self, attributes: Attributes, path: str) -> FieldType | None:
        word = attributes.text("af")
        made = field_types().get(word)
        element: FieldType | None
        if made is not None and issubclass(made, ScalarType):
            element = made.declared(attributes, bounded=False)
        elif made is ReferenceType:
            element = _reference(attributes)
        elif word and word not in self.group_names and "felter" not in attributes:
            plain = (name for name in field_types() if name not in (ListType.name, GroupFieldType.name))
            known = [*self.group_names, *plain]
            self.faults.add("DG344", attributes.place_of("af"), navn=word, **suggestion(word, known))
            return None
        else:
            group = self._group_name(attributes, path)
            element = GroupFieldType(group=group) if group else None
        if element is None:
            return None
        minimum, maximum = attributes.whole("mindst"), attributes.whole("højst")
        return ListType(element=element, minimum=minimum, maximum=maximum, hiding=self._hiding(attributes, element))

    def _hiding(self, attributes: Attributes, element: FieldType) -> Hiding | None:
        node = attributes.node("skjul")
        if node is None:
            return None
        hiding = Attributes(node, ("adgang", "når", "behold", "erstat"), self.faults, "skjul")
        replace: dict[str, object] = {}
        # The group of the elements may come later in the file.
        self._later.append(lambda: self._check_hiding(hiding, element, replace))
        return Hiding(
            access=hiding.required("adgang"),
            applies=hiding.formula("når"),
            keep=frozenset(word.text for word in hiding.words("behold")),
            replace=replace,
        )

    def _check_hiding(self, hiding: Attributes, element: FieldType, replace: dict[str, object]) -> None:
        group = self.groups.get(element.group) if isinstance(element, GroupFieldType) else None
        fields = group.fields if group else {}
        unread = group.unread if group else ()
        for word in hiding.words("behold"):
            if word.text not in fields and word.text not in unread:
                self.faults.unknown("DG345", word, fields, ejer="behold")
        for entry in hiding.entries("erstat"):
            if entry.key.text in unread:
                continue
            if entry.key.text not in fields:
                self.faults.unknown("DG345", entry.key, fields, ejer="erstat")
            else:
                replace[entry.key.text] = self.value(entry.value, fields[entry.key.text].type, entry.key.text)

    def finish(self) -> None:
        """Check what could only be checked when every group was known."""
        for check in self._later:
            check()


def _reference(attributes: Attributes) -> ReferenceType:
    return ReferenceType(target=attributes.required("til"), place=attributes.place_of("til"))


def _with_options(*types: type[FieldType]) -> Collection[str]:
    """The attributes that a field of those types may have, in the order in which a message lists them."""
    options = (option for made in types for option in sorted(made.options))
    return tuple(dict.fromkeys((*_COMMON, *options)))
