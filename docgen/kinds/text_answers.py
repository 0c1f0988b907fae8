"""What rules have answered before: most values and texts of a series stand in every one of its rows."""

from __future__ import annotations

from docgen.kinds.model import Formula, Rule
from docgen.kinds.record import Group, InvalidValueError, Scope
from docgen.kinds.texts import texts_of_field

_MOST_TEXTS, _MOST_INPUTS, _DEEPEST = 2_000, 50, 20
Text = tuple[Group, str, str]
"""A text of an input: the group around it, itself, and its path."""


class Passed:
    """What the rules of a kind have passed by without a word, in one input after the other.

    A rule has nothing to say of an input from which it reads the same as from one that it has passed by. Rules that
    read the group around an element are held against every input.
    """

    def __init__(self) -> None:
        self._asked: dict[str, list[tuple[str, ...]] | None] = {}
        self._read: dict[str, tuple[object, ...]] = {}
        self._settled: dict[tuple[str, str, tuple[object, ...]], set[str]] = {}
        self._texts: dict[str, tuple[object, list[Text]]] = {}

    def knows(self, rule: Rule, scope: Scope) -> bool:
        """Whether the rule has passed by an input from which it read what it would read in `scope`."""
        then = self._read.get(rule.code)
        now = None if then is None else self._values(rule, scope)
        return then is not None and now is not None and _is_same(then, now, 0)

    def learn(self, rule: Rule, scope: Scope) -> None:
        """Remember what the rule read: it had nothing to say."""
        found = self._values(rule, scope)
        if found is not None:
            self._read[rule.code] = found

    def settled(self, rule: Rule, formula: Formula, scope: Scope) -> set[str] | None:
        """The texts of which a rule's formula has said, in inputs alike in all else it asks for, that all is well.

        The caller adds those it finds. None where the answer may depend on more: on the group around the text, on
        lists, or on values that were refused.
        """
        try:
            around = tuple(_alone(path, scope) for path in sorted(formula.expression.paths()) if path != ("den",))
            key = (rule.code, formula.expression.source, around)
            found = self._settled.get(key)
        except (InvalidValueError, _UnsureError, TypeError):  # a TypeError: a value that has no hash, such as a list
            return None
        if found is None or len(found) > _MOST_TEXTS:
            if len(self._settled) > _MOST_INPUTS * max(1, len(self._asked)):
                self._settled.clear()
            found = self._settled[key] = set()
        return found

    def texts(self, root: Group) -> list[Text]:
        """Every text of an input, as `texts_of`; those of values that the input before it has too are known."""
        found: list[Text] = []
        for name in root.declared:
            value = root.get(name)
            known = self._texts.get(name)
            if known is None or known[0] is not value or not isinstance(value, Group | list):
                known = self._texts[name] = value, list(texts_of_field(root, name))
            found += known[1]
        return found

    def _values(self, rule: Rule, scope: Scope) -> tuple[object, ...] | None:
        """All that the rule can read of an input; None where that cannot be told, or a value was refused."""
        if rule.code not in self._asked:
            formulas = [one for one in (rule.applies, rule.requirement) if one is not None]
            paths = {path for one in formulas for path in one.expression.paths()} | {rule.path[:1]} - {()}
            # texts stand in every field, and the group around an element may hold anything
            unsure = ("over",) in {path[:1] for path in paths} or any(one not in scope for one in rule.path[:1])
            self._asked[rule.code] = None if unsure else sorted(path for path in paths if path[0] != "den")
        asked = self._asked[rule.code]
        try:
            return None if asked is None else tuple([_at(path, scope) for path in asked if path[0] in scope])
        except InvalidValueError:
            return None


class _UnsureError(Exception):
    """Raised when a formula asks for something that cannot be compared from one input to the next."""


def _at(path: tuple[str, ...], scope: Scope) -> object:
    """The value at a path, or the one on the way to it that is no group: what that says of itself belongs to it."""
    value = scope[path[0]]
    for step in path[1:]:
        if not isinstance(value, Group):
            break
        value = value[step]
    return value


def _alone(path: tuple[str, ...], scope: Scope) -> object:
    """The value at a path with its type (1 and yes are equal, and print otherwise), where it is no group."""
    if path[0] in ("den", "over") or path[0] not in scope:
        raise _UnsureError
    value = _at(path, scope)
    if isinstance(value, Group):
        raise _UnsureError
    return type(value), value


def _is_same(one: object, other: object, depth: int) -> bool:
    """Whether two values say the same; groups that refer to each other are followed to some depth."""
    if one is other:
        return True
    if type(one) is not type(other) or depth > _DEEPEST:
        return False
    if isinstance(one, Group) and isinstance(other, Group):
        if one.sti != other.sti or dict.keys(one) != dict.keys(other):
            return False
        return all(_is_same(value, dict.get(other, name), depth + 1) for name, value in dict.items(one))
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(
            _is_same(mine, theirs, depth + 1) for mine, theirs in zip(one, other, strict=True)
        )
    return one == other
