"""What rules have answered before: most values and texts of a series stand in every one of its rows."""

from __future__ import annotations

from docgen.kinds.model import Formula, Rule
from docgen.kinds.record import Group, InvalidValueError, Scope
from docgen.kinds.texts import texts_of_field

_MOST_TEXTS, _MOST_INPUTS, _DEEPEST = 2_000, 500, 20
_NOTHING = object()
Text = tuple[Group, str, str]
"""A text of an input: the group around it, itself, and its path."""


class Passed:
    """What the rules of a kind have passed by without a word, in one input after the other.

    A rule has nothing to say of an input from which it reads the same as from one that it has passed by. Rules that
    read the group around an element are held against every input.
    """

    def __init__(self) -> None:
        self._asked: dict[str, list[tuple[str, ...]] | None] = {}
        self._passed: dict[str, int] = {}
        self._values: dict[tuple[str, ...], tuple[object, int]] = {}
        self._settled: dict[tuple[str, str, tuple[object, ...]], set[str]] = {}
        self._texts: dict[str, tuple[object, list[Text]]] = {}
        self._input = 0
        self._since: dict[tuple[str, ...], int] = {}

    def begin(self) -> None:
        """Go on to the next input."""
        self._input += 1
        self._since = {}

    def knows(self, rule: Rule, scope: Scope) -> bool:
        """Whether the rule has passed by an input from which it read what it would read of this one, in `scope`."""
        then = self._passed.get(rule.code)
        return then is not None and all(self._same_since(path, scope) <= then for path in self._asked[rule.code] or ())

    def learn(self, rule: Rule, scope: Scope) -> None:
        """Remember that the rule had nothing to say of this input."""
        if rule.code not in self._asked:
            self._asked[rule.code] = _asked(rule, scope)
        paths = self._asked[rule.code]
        if paths is not None:
            for path in paths:
                self._same_since(path, scope)
            self._passed[rule.code] = self._input

    def _same_since(self, path: tuple[str, ...], scope: Scope) -> int:
        """The number of the input since which the value at a path is as it is now."""
        since = self._since.get(path)
        if since is None:
            try:
                value = _at(path, scope)
            except InvalidValueError:
                return self._input
            then, since = self._values.get(path, (_NOTHING, 0))
            if not _is_same(then, value, 0):
                since = self._input
            self._values[path] = value, since
            self._since[path] = since
        return since

    def settled(self, rule: Rule, formula: Formula, scope: Scope) -> set[str] | None:
        """The texts of which a rule's formula has said, in inputs alike in all else it asks for, that all is well.

        The caller adds those it finds. None where the answer may depend on the group around the text, or on values
        that were refused.
        """
        try:
            around = tuple(self._around(path, scope) for path in sorted(formula.expression.paths()) if path != ("den",))
            key = (rule.code, formula.expression.source, around)
            found = self._settled.get(key)
        except (InvalidValueError, _UnsureError, TypeError):  # a TypeError: a value that has no hash
            return None
        if found is None or len(found) > _MOST_TEXTS:
            if len(self._settled) > _MOST_INPUTS:
                self._settled.clear()
            found = self._settled[key] = set()
        return found

    def _around(self, path: tuple[str, ...], scope: Scope) -> object:
        """What tells the value at a path from any other: itself with its type, or since when it is as it is."""
        if path[0] in ("den", "over") or path[0] not in scope:
            raise _UnsureError
        value = _at(path, scope)
        if isinstance(value, Group | list | dict):
            return Group, self._same_since(path, scope)
        return type(value), value  # 1 and yes are equal, and print otherwise

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


class _UnsureError(Exception):
    """Raised when a formula asks for something that cannot be compared from one input to the next."""


def _asked(rule: Rule, scope: Scope) -> list[tuple[str, ...]] | None:
    """The paths of all that a rule can read of an input; None where that cannot be told."""
    formulas = [one for one in (rule.applies, rule.requirement) if one is not None]
    paths = {path for one in formulas for path in one.expression.paths()}
    # texts stand in every field, and the group around an element may hold anything
    if any(path[0] == "over" for path in paths) or any(one not in scope for one in rule.path[:1]):
        return None
    return sorted(path for path in paths.union([rule.path[:1]] if rule.path else ()) if path[0] in scope)


def _at(path: tuple[str, ...], scope: Scope) -> object:
    """The value at a path, or the one on the way to it that is no group: what that says of itself belongs to it."""
    value = scope[path[0]]
    for step in path[1:]:
        if not isinstance(value, Group):
            break
        value = value[step]
    return value


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
