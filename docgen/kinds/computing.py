"""The values that a kind reckons out itself: expressions evaluated for one group of an input."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from docgen.danish.formats import display
from docgen.diagnostics import Diagnostic, error
from docgen.kinds.composite_fields import GroupFieldType, ListType
from docgen.kinds.fields import Field, FieldType, UnfitError
from docgen.kinds.functions import FUNCTIONS
from docgen.kinds.model import Edition, Formula, GroupType, Kind
from docgen.kinds.record import INVALID, Group, InvalidValueError, Scope, is_empty, path_of
from docgen.templating.expression import ExpressionError

# The functions come last, so that a field may have the name of one.
_LAST: Mapping[str, object] = {**FUNCTIONS, "ja": True, "nej": False}


def run_names(kind: Kind, edition: Edition | None, profile: str, today: date) -> dict[str, object]:
    """The names that belong to the run and not to the input: `idag`, `udgave`, `profil`, and `værdier` of editions.

    A value that only other editions have is empty in this one.
    """
    names: dict[str, object] = {name: None for other in kind.editions.values() for name in other.values}
    names |= edition.values if edition else {}
    return names | {"idag": today, "udgave": edition.name if edition else "", "profil": profile}


def group_scope(group: Group, parent: Group | None, root: Group, names: Mapping[str, object]) -> Scope:
    """What an expression in the declaration of one of the group's fields sees."""
    if group is root:
        return Scope(root, names, _LAST)
    return Scope(group, {"den": group, "over": parent}, names, root, _LAST)


def outer_scope(root: Group, names: Mapping[str, object], **extra: object) -> Scope:
    """What an expression outside the fields sees: the fields of the root, and `extra` names that win over them."""
    return Scope(extra, names, root, _LAST)


def condition(formula: Formula, scope: Scope, path: str, faults: list[Diagnostic]) -> bool | None:
    """Whether the expression is true; None when it reads a refused value, or after its fault was reported."""
    try:
        return bool(formula.value(scope))
    except InvalidValueError:
        return None
    except ExpressionError as fault:
        faults.append(formula.fault(fault, path))
        return None


def computed(
    field: Field,
    formula: Formula,
    scope: Scope,
    path: str,
    groups: Mapping[str, GroupType],
    faults: list[Diagnostic],
) -> object:
    """The value of a computed field, or INVALID: after a fault was reported, or when it reads a refused value."""
    if field.name in FUNCTIONS:
        # A field cannot be computed from itself: in its own expression its name is the function.
        scope = scope.under({field.name: FUNCTIONS[field.name]})
    try:
        value = formula.value(scope)
        if isinstance(field.type, ListType) and isinstance(field.type.element, GroupFieldType):
            return _Making(field, formula, scope, groups, faults).elements(field.type.element, value, path)
        return None if is_empty(value) and not isinstance(field.type, ListType) else field.type.accept(value)
    except InvalidValueError:
        return INVALID
    except ExpressionError as fault:
        faults.append(formula.fault(fault, path))
    except UnfitError as fault:
        faults.append(
            error(
                "DG303",
                formula.place,
                path=path,
                felt=field.name,
                tekst=str(fault),
                form=field.type.describe("da"),
                form_en=field.type.describe("en"),
            )
        )
    return INVALID


class _Making:
    """The elements of a computed list of groups while they are made."""

    def __init__(
        self, field: Field, formula: Formula, scope: Scope, groups: Mapping[str, GroupType], faults: list[Diagnostic]
    ) -> None:
        self.field = field
        self.formula = formula
        self.scope = scope
        self.groups = groups
        self.faults = faults

    def elements(self, made: GroupFieldType, values: object, path: str) -> list[Group]:
        """A group for each of the values, which are mappings, or groups that are there already.

        Raises UnfitError for other values, InvalidValueError after a fault was reported.
        """
        if not isinstance(values, list | tuple):
            raise UnfitError(display(values))
        group_type = self.groups[made.group]
        return [self._group(group_type, value, f"{path}[{number}]") for number, value in enumerate(values, 1)]

    def _group(self, group_type: GroupType, value: object, path: str) -> Group:
        fields = group_type.fields
        if isinstance(value, Group) and value.declared is fields:
            return value
        if not isinstance(value, Mapping):
            raise UnfitError(display(value))
        unknown = [] if isinstance(value, Group) else [name for name in value if name not in fields]
        for name in unknown:
            self.faults.append(error("DG317", self.formula.place, path=path, felt=self.field.name, navn=str(name)))
        if unknown:
            raise InvalidValueError(path)
        group = Group(path, fields, key=group_type.key)
        for name, field in fields.items():
            inner = path_of(path, name)
            found = value[name] if name in value and field.computed is None else None
            group[name] = blank(field.type, inner, self.groups) if is_empty(found) else field.type.accept(found)
        scope = self.scope.under({"den": group, "over": None}).under(group)
        for name, field in fields.items():
            if field.computed is not None:
                group[name] = computed(field, field.computed, scope, path_of(path, name), self.groups, self.faults)
                if group[name] is INVALID:
                    raise InvalidValueError(path_of(path, name))
        return group


def blank(made: FieldType, path: str, groups: Mapping[str, GroupType]) -> object:
    """The value of a field for which nothing was given: an empty list or group, or None."""
    if isinstance(made, ListType):
        return []
    if not isinstance(made, GroupFieldType):
        return None
    group_type = groups[made.group]
    group = Group(path, group_type.fields, key=group_type.key)
    for name, field in group_type.fields.items():
        group[name] = blank(field.type, path_of(path, name), groups)
    return group
