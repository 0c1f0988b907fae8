"""Clauses of many documents: what one wrote is kept for the next one in which all that it asks for is the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from docgen.word.running.session import Session
from docgen.word.running.writing import Block

if TYPE_CHECKING:
    from docgen.word.values.clauses import ClauseTemplate  # what compiles them: not needed for those that are kept

_DEEPEST = 20
_NUMBERED = frozenset({"nummer", "henvis"})
_READ_ONLY = frozenset({"budget", "faults", "sheet", "styles"})
_MISSING = object()


class KeptClause:
    """A clause that remembers what it wrote last; several threads may write it.

    A clause whose text asks something of the session (a list, a link, a number of its own) is written anew each time.
    """

    def __init__(self, clause: ClauseTemplate) -> None:
        self._clause = clause
        self._is_known = False
        self._asks: tuple[tuple[str, ...], ...] | None = None
        self._last: tuple[list[object], str] | None = None

    def write(self, session: Session, variables: Mapping[str, object], numbering: object) -> str:
        """The clause's paragraphs and tables; `numbering` is all that `nummer` and `henvis` know of the document."""
        if session.faults is not None or not self._is_known:
            self._is_known = True  # a document alone needs to know nothing of the next
            return self._clause.to_xml(session, variables)
        if self._asks is None:
            paths = {tuple(one.path.split("[]")[0].split(".")) for one in self._clause.names()}
            self._asks = tuple(sorted(paths))
        asked = [numbering if path[0] in _NUMBERED else _asked(path, variables) for path in self._asks]
        last = self._last
        if last is not None and _same(last[0], asked, 0):
            return last[1]
        watched = _Watched(session)
        xml = self._clause.to_xml(cast(Session, watched), variables)
        self._last = None if watched.touched else (asked, xml)
        return xml


class DocumentClause(Block):
    """A kept clause as the sections of one document have it."""

    __slots__ = ("_kept", "_numbering")

    def __init__(self, kept: KeptClause, numbering: object) -> None:
        self._kept = kept
        self._numbering = numbering

    def to_xml(self, session: Session, variables: Mapping[str, object]) -> str:
        """The clause's paragraphs and tables, filled in."""
        return self._kept.write(session, variables, self._numbering)


def _asked(path: tuple[str, ...], variables: Mapping[str, object]) -> object:
    """The value at a path, or the one on the way to it that is no mapping; what is not there is a value too."""
    found = variables.get(path[0], _MISSING)
    for step in path[1:]:
        if not isinstance(found, dict) or step not in found:
            return found
        found = found[step]
    return found


def _same(one: Any, other: Any, depth: int) -> bool:
    """Whether two values print the same, whatever a template does with them."""
    if one is other:
        return True
    if type(one) is not type(other) or depth > _DEEPEST:
        return False
    if isinstance(one, str):
        return bool(one == other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and _all_same(one.values(), (other[name] for name in one), depth)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and _all_same(one, other, depth)
    return one == other and repr(one) == repr(other)


def _all_same(some: Iterable[Any], others: Iterable[Any], depth: int) -> bool:
    for one, other in zip(some, others, strict=True):
        if one is not other and not _same(one, other, depth + 1):
            return False
    return True


class _Watched:
    """A session that notes whether anything was asked of it that differs from one render to the next."""

    __slots__ = ("_session", "touched")

    def __init__(self, session: Session) -> None:
        object.__setattr__(self, "_session", session)
        object.__setattr__(self, "touched", False)

    def __getattr__(self, name: str) -> Any:
        if name not in _READ_ONLY:
            object.__setattr__(self, "touched", True)
        return getattr(self._session, name)

    def __setattr__(self, name: str, value: object) -> None:
        object.__setattr__(self, "touched", True)
        setattr(self._session, name, value)
