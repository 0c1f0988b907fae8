"""The names in a kind's expressions and texts held against what it declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docgen.kinds.attributes import Faults
from docgen.kinds.composite_fields import GroupFieldType, ListType, ReferenceType
from docgen.kinds.fields import Field, FieldType
from docgen.kinds.functions import FUNCTIONS
from docgen.kinds.model import (
    Clause,
    Edition,
    ExcerptGroup,
    ExcerptList,
    ExcerptPart,
    Formula,
    GroupType,
    Rule,
    Section,
    Wording,
)
from docgen.kinds.suggestions import choices, suggestion
from docgen.kinds.texts import is_about_texts

_RUN_NAMES = ("idag", "udgave", "profil")
_WORDS = ("ja", "nej")
# Jinja's own functions that an expression may call.
_JINJA_NAMES = ("range", "dict", "namespace", "cycler", "joiner")

_NO_LIST = {
    "forslag": "ret navnet efter for:, eller tilføj listen i felter.yaml",
    "forslag_en": "correct the name after for:, or add the list in felter.yaml",
}
_NO_FIELD = {
    "forslag": "ret navnet efter ved:, eller tilføj feltet i felter.yaml",
    "forslag_en": "correct the name after ved:, or add the field in felter.yaml",
}


@dataclass(frozen=True, slots=True)
class ListMeaning:
    """What a name means that holds a list; `element` is the group of its elements, None for plain values."""

    element: GroupType | None


_Meaning = GroupType | ListMeaning | None
"""What can be looked up in what a name stands for; None when that is nothing, or not known."""


def _known(*layers: Mapping[str, _Meaning]) -> dict[str, _Meaning]:
    """The names of all layers: in the first ones before the others, also in the hints of messages."""
    found: dict[str, _Meaning] = {}
    for layer in layers:
        for name, meaning in layer.items():
            found.setdefault(name, meaning)
    return found


class NameCheck:
    """Checks expressions against the groups of one kind; faults go to `faults`."""

    def __init__(self, groups: Mapping[str, GroupType], editions: Iterable[Edition], faults: Faults) -> None:
        self.groups = groups
        self.faults = faults
        self.root = groups[""]
        extra = {name for edition in editions for name in edition.values}
        self.run_names: dict[str, _Meaning] = dict.fromkeys((*_RUN_NAMES, *extra, *FUNCTIONS, *_WORDS, *_JINJA_NAMES))

    def meaning(self, made: FieldType) -> _Meaning:
        """What a field of that type holds, as far as names can be looked up in it."""
        match made:
            case GroupFieldType():
                return self.groups.get(made.group)
            case ListType():
                inner = self.meaning(made.element)
                return ListMeaning(inner if isinstance(inner, GroupType) else None)
            case ReferenceType():
                found = self.list_of(self.root, tuple(made.target.split(".")))
                return found.element if isinstance(found, ListMeaning) else None
        return None

    def list_of(self, group: GroupType, path: tuple[str, ...]) -> _Meaning:
        """What the dotted `path` from a group leads to, through lists as well as groups."""
        found: _Meaning = group
        for name in path:
            inner = found.element if isinstance(found, ListMeaning) else found
            if inner is None or name not in inner.fields:
                return None
            found = self.meaning(inner.fields[name].type)
        return found

    def names_of(self, group: GroupType) -> dict[str, _Meaning]:
        """What the names of a group's fields mean."""
        return {name: self.meaning(field.type) for name, field in group.fields.items()} | dict.fromkeys(group.unread)

    def is_unread(self, group: GroupType, path: Sequence[str]) -> bool:
        """Whether the dotted `path` from a group comes by a field whose declaration could not be read."""
        found: _Meaning = group
        for name in path:
            inner = found.element if isinstance(found, ListMeaning) else found
            if inner is None or name in inner.unread:
                return inner is not None
            found = self.meaning(inner.fields[name].type) if name in inner.fields else None
        return False

    def check(self, formula: Formula | Wording | None, names: Mapping[str, _Meaning]) -> None:
        """Report every name in an expression or text that is not among `names`, or not in what it is looked up in."""
        if formula is None or formula.place is None:
            return
        held = formula.expression if isinstance(formula, Formula) else formula.text
        for path in sorted(held.paths()):
            fault = self._fault(path, names)
            if fault:
                self.faults.add(fault[0], formula.place, navn=fault[1], udtryk=_short(held.source), **fault[2])

    def _fault(self, path: tuple[str, ...], names: Mapping[str, _Meaning]) -> tuple[str, str, dict[str, str]] | None:
        first, *rest = path
        if first not in names:
            return "DG328", first, suggestion(first, names)
        found = names[first]
        for at, name in enumerate(rest, 1):
            whole = ".".join(path[: at + 1])
            if isinstance(found, ListMeaning):
                return "DG329", whole, {"liste": ".".join(path[:at]), "felt": name}
            if found is None:
                return None
            if name in found.unread:
                return None
            if name not in found.fields:
                return "DG328", whole, suggestion(name, found.fields)
            found = self.meaning(found.fields[name].type)
        return None

    def check_groups(self) -> None:
        """Check the expressions in the declarations of every field."""
        root = _known(self.names_of(self.root), self.run_names)
        for group in self.groups.values():
            own = root if group is self.root else _known(self.names_of(group), {"den": group, "over": None}, root)
            for field in group.fields.values():
                required = field.required if isinstance(field.required, Formula) else None
                for formula in (field.applies, required, field.computed):
                    self.check(formula, own)
                self._check_hiding(field, root)
                self._check_references(field)

    def _check_hiding(self, field: Field, root: Mapping[str, _Meaning]) -> None:
        if isinstance(field.type, ListType) and field.type.hiding:
            found = self.meaning(field.type)
            element = found.element if isinstance(found, ListMeaning) else None
            self.check(field.type.hiding.applies, {**root, "den": element, "over": None})

    def _check_references(self, field: Field) -> None:
        made = field.type.element if isinstance(field.type, ListType) else field.type
        if not isinstance(made, ReferenceType) or not made.target:
            return
        first, *rest = made.target.split(".")
        holders = [group for group in self.groups.values() if first in group.names]
        if any(self.is_unread(holder, (first, *rest)) for holder in holders):
            return
        founds = [self.list_of(holder, (first, *rest)) for holder in holders]
        lists = [found for found in founds if isinstance(found, ListMeaning)]
        if not lists:
            known = [name for name, one in self.root.fields.items() if isinstance(one.type, ListType)]
            self.faults.add("DG346", made.place, navn=made.target, **choices(known))
        elif not any(found.element and found.element.key for found in lists):
            self.faults.add("DG347", made.place, navn=made.target)

    def document_names(self) -> dict[str, _Meaning]:
        """What the texts of a document see beside what is told of where they stand."""
        return _known(self.names_of(self.root), self.run_names, {"dokument": None})

    def check_document(self, wordings: Iterable[Wording], sections: Iterable[Section | Clause]) -> None:
        """Check the texts of `type` and the conditions and headings of sections and clauses."""
        names = self.document_names()
        for wording in wordings:
            self.check(wording, names)
        for section in sections:
            self.check(section.applies, names)
            self.check(section.heading, names)

    def check_rule(self, rule: Rule) -> None:
        """Check the list, the expressions, the messages and the place of a rule."""
        root = _known(self.names_of(self.root), self.run_names)
        if is_about_texts(rule, self.root):
            self._check_parts(rule, _known(root, {"den": None, "over": None}))
            self._check_at(rule, None)
            return
        found: _Meaning = self.root
        around: GroupType | None = None
        for name in rule.path:
            inner = found.element if isinstance(found, ListMeaning) else found
            if inner is not None and name in inner.unread:
                return  # the fault in that field has been told
            if inner is None or name not in inner.fields:
                told = suggestion(name, inner.fields) if inner and inner.fields else _NO_LIST
                self.faults.add("DG354", rule.path_place, kode=rule.code, navn=".".join(rule.path), **told)
                return
            around, found = inner, self.meaning(inner.fields[name].type)
        den = found.element if isinstance(found, ListMeaning) else found
        self._check_parts(rule, _known(root, {"den": den, "over": around}) if rule.path else root)
        self._check_at(rule, den)

    def _check_parts(self, rule: Rule, names: Mapping[str, _Meaning]) -> None:
        for part in (rule.applies, rule.requirement, rule.message, rule.message_en, rule.help, rule.help_en):
            self.check(part, names)

    def _check_at(self, rule: Rule, den: GroupType | None) -> None:
        start = rule.at.split(".")[0]
        groups = [group for group in (den, self.root) if group is not None]
        if start and not any(start in group.names for group in groups):
            fields = dict.fromkeys(name for group in groups for name in group.fields)
            told = suggestion(start, fields) if fields else _NO_FIELD
            self.faults.add("DG355", rule.at_place, kode=rule.code, navn=rule.at, **told)

    def check_excerpt(self, part: ExcerptPart, names: Mapping[str, _Meaning] | None = None) -> None:
        """Check the texts of an excerpt, and the lists that its parts are repeated for."""
        known = self.document_names() if names is None else names
        match part:
            case Wording():
                self.check(part, known)
            case ExcerptList():
                for item in part.items:
                    self.check_excerpt(item, known)
            case ExcerptGroup():
                inner = known
                if part.each is not None:
                    self.check(part.each, known)
                    element = self._element(part.each.expression.source, known)
                    inner = _known({"den": element, "over": known.get("den")}, known)
                for one in part.entries.values():
                    self.check_excerpt(one, inner)

    def _element(self, source: str, names: Mapping[str, _Meaning]) -> _Meaning:
        """What the elements of the list are that a dotted name stands for; None for any other expression."""
        first, *rest = source.strip().split(".")
        found = names.get(first)
        if rest and isinstance(found, GroupType):
            found = self.list_of(found, tuple(rest))
        elif rest:
            found = None
        return found.element if isinstance(found, ListMeaning) else None


def endless_groups(groups: Mapping[str, GroupType]) -> Iterator[tuple[Field, str]]:
    """Fields of type `gruppe` that hold themselves without a list in between: such a group would have no end."""

    def inner(name: str, seen: tuple[str, ...]) -> bool:
        if name in seen:
            return name == seen[0]
        fields = groups[name].fields.values() if name in groups else ()
        return any(inner(field.type.group, (*seen, name)) for field in fields if isinstance(field.type, GroupFieldType))

    for name, group in groups.items():
        for field in group.fields.values():
            if isinstance(field.type, GroupFieldType) and inner(field.type.group, (name,)):
                yield field, field.type.group


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 100 else plain[:99] + "…"
