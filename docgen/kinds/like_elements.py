"""Elements of a long list that a rule reads the same of: what holds for one of them holds for the others."""

from __future__ import annotations

from collections.abc import Iterable

from docgen.kinds.model import Formula
from docgen.kinds.record import Group

_NOTHING = object()
_MOST = 1_000

Likeness = tuple[int, ...]
"""What tells an element apart for a rule: the identities of the values that the rule reads of it."""


class LikeElements:
    """The elements that a rule had nothing to say of, so far.

    Values are told apart by identity: a list that was read from a sheet has one object for all cells of a column that
    say the same. A rule that reads the group around an element, or the element as a whole, finds none alike.
    """

    def __init__(self, formulas: Iterable[Formula]) -> None:
        paths = {path for one in formulas for path in one.expression.paths()}
        is_told = not any(path[0] == "over" or path == ("den",) for path in paths)
        self._names = sorted({path[1] for path in paths if path[0] == "den"}) if is_told else None
        self._quiet: set[Likeness] = set()

    def likeness(self, element: object) -> Likeness | None:
        """What other elements may have in common with this one; None where that cannot be told."""
        if self._names is None or not isinstance(element, Group) or len(self._quiet) > _MOST:
            return None
        return tuple([id(dict.get(element, name, _NOTHING)) for name in self._names])

    def __contains__(self, likeness: Likeness | None) -> bool:
        return likeness in self._quiet

    def add(self, likeness: Likeness | None) -> None:
        """Remember that the rule had nothing to say of an element."""
        if likeness is not None:
            self._quiet.add(likeness)
