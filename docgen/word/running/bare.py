"""What a program of plain tags runs in: names, fields, loops, conditions and docgen's own filters, without Jinja.

Loading Jinja takes as long as the rest of a run whose template is in the cache. So these programs have an environment
and a context of their own, which ask Jinja's only for what goes beyond that, such as what an unknown name means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docgen.word.archive.texts import Escaped

if TYPE_CHECKING:
    from jinja2 import Environment

    from docgen.word.running.program import Program
    from docgen.word.running.session import Session

MISSING = object()
"""The value of a name that is not there."""


class WordContext:
    """The names that a program sees, and the render it belongs to.

    `printed` is how values print. `lists` are those of a clause's Markdown, `neither` is for faults.guard_test.
    """

    missing: object = MISSING

    def __init__(
        self, program: Program, session: Session, names: dict[str, Any], printed: Callable[[object], str]
    ) -> None:
        self.program = program
        self.session = session
        self.parent = names
        self.vars: dict[str, Any] = {}
        self.exported_vars: set[str] = set()
        self.printed = printed
        self.lists: dict[int, int] = {}
        self.escaped = Escaped()
        self.neither = False

    def resolve_or_missing(self, key: str) -> Any:
        """The value of a name, or `missing`."""
        return self.vars[key] if key in self.vars else self.parent.get(key, self.missing)

    def get_all(self) -> dict[str, Any]:
        """All names with their values."""
        return {**self.parent, **self.vars} if self.vars else self.parent


def _is_none(value: object) -> bool:
    return value is None


class Rounds:
    """`loop`, as far as plain tags ask for it: LOOP_FIELDS."""

    __slots__ = ("_items", "index0", "length")

    def __init__(self, items: Iterable[Any], undefined: object) -> None:  # noqa: ARG002 - as Jinja's LoopContext
        self._items = items if isinstance(items, Sized) else list(items)
        self.length = len(self._items)
        self.index0 = 0

    def __iter__(self) -> Iterator[tuple[Any, Rounds]]:
        for self.index0, item in enumerate(self._items):  # noqa: B020
            yield item, self

    index = property(lambda self: self.index0 + 1)
    revindex0 = property(lambda self: self.length - self.index0 - 1)
    revindex = property(lambda self: self.length - self.index0)
    first = property(lambda self: self.index0 == 0)
    last = property(lambda self: self.index0 == self.length - 1)


LOOP_FIELDS = frozenset({"index", "index0", "first", "last", "length", "revindex", "revindex0"})
"""What a program may ask of `loop` without Jinja."""


class BareEnvironment:
    """Stands in for docgen's own Jinja environment."""

    tests: Mapping[str, Callable[[object], bool]] = dict.fromkeys(("none", "defined", "undefined"), _is_none)
    """The tests that need no Jinja; what is defined is told by the code itself, see codegen."""

    @cached_property
    def filters(self) -> Mapping[str, Callable[..., Any]]:
        """The filters that need no Jinja."""
        from docgen.danish.filters import FILTERS as DANISH
        from docgen.templating.metering import metered_danish
        from docgen.word.values.filters import FILTERS

        return {**FILTERS, **{name: metered_danish(one) for name, one in DANISH.items() if name != "join"}}

    def undefined(self, *arguments: Any, **named: Any) -> Any:
        """What stands for an unknown name."""
        return _whole().undefined(*arguments, **named)

    def getattr(self, holder: Any, name: str) -> Any:
        """`holder.name` as templates write it."""
        if holder.__class__ is Rounds:
            return getattr(holder, name)
        if isinstance(holder, Mapping) and name in holder:
            return holder[name]
        return _whole().getattr(holder, name)

    def getitem(self, holder: Any, argument: Any) -> Any:
        """`holder[argument]` as templates write it."""
        if isinstance(holder, Mapping) and argument in holder:
            return holder[argument]
        if isinstance(holder, list | tuple) and argument.__class__ is int and -len(holder) <= argument < len(holder):
            return holder[argument]
        return _whole().getitem(holder, argument)

    def call_binop(self, context: object, sign: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """An arithmetic operator, paid for."""
        from docgen.templating.metering import binary

        return binary(sign, left, right)


BARE = BareEnvironment()
"""The one environment of programs without Jinja."""


def _whole() -> Environment:
    from docgen.word.running.environment import default_environment

    return default_environment()
