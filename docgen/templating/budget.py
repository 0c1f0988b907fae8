"""What one render may cost: steps and text are counted where they are made, so that no template can run on for ever.

Nothing is counted for each round of a loop or for each short value: a loop pays for all its rounds when it begins, text
when it is long and when it leaves the render. So an ordinary document pays next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import Any

MOST_STEPS = 8_000_000
"""How many steps a render may take; one is about a tenth of a microsecond: a name that is looked up."""
MOST_TEXT = 64_000_000
"""How many characters a render may write, and make on its way."""
LONGEST = 1_000_000
"""The longest text, in characters, and the longest list, in elements, that one operator or filter may make."""
MARKDOWN_STEPS = 30
"""What a character of Markdown costs."""
LONG = 1_000
"""From how many characters a text counts on its own, and not only when it leaves the render."""

CALL = 100
"""The steps of calling a macro or a method."""
_PLAIN = {str}
_CHUNKS = 32  # how many pieces of the output are joined at a time


class LimitError(Exception):
    """A template that asks for too much; `what` is `steps` or `text`, `sign` the operator or filter, where one did."""

    def __init__(self, what: str, sign: str = "") -> None:
        self.what = what
        super().__init__(sign or what)


class Budget:
    """What is left of the steps and characters of one render; `spent` says that it is not to go on."""

    __slots__ = ("spent", "steps", "text")

    def __init__(self) -> None:
        self.spent = False
        self.steps = MOST_STEPS
        self.text = MOST_TEXT


_running: ContextVar[Budget | None] = ContextVar("budget", default=None)


@contextmanager
def paid_from(budget: Budget) -> Iterator[None]:
    """Whatever is made inside is paid for by `budget`."""
    before = _running.set(budget)
    try:
        yield
    finally:
        _running.reset(before)


def spend_steps(count: int) -> None:
    """Pay for `count` steps. Raises LimitError when they are not to be had, or too many for any render."""
    budget = _running.get()
    if budget is not None:
        budget.steps -= count
        if budget.steps < 0:
            raise LimitError("steps")
    elif count > MOST_STEPS:
        raise LimitError("steps")


def spend_call() -> None:
    """Pay for calling something."""
    spend_steps(CALL)


def spend_text(length: int, sign: str = "") -> None:
    """Pay for one text of `length` characters, before it is made if possible. Raises LimitError."""
    if length > LONGEST:
        raise LimitError("text", sign)
    spend_output(length)


def spend_output(length: int) -> None:
    """Pay for `length` characters that leave the render, in one piece or many. Raises LimitError."""
    budget = _running.get()
    if budget is not None:
        budget.text -= length
        if budget.text < 0:
            raise LimitError("text")


def paid_for(chunks: Iterator[str]) -> Iterator[str]:
    """The output of a render as it comes, paid for. Pieces of plain `str` may come as one."""
    while chunk := list(islice(chunks, _CHUNKS)):
        if {*map(type, chunk)} == _PLAIN:
            chunk = ["".join(chunk)]
        spend_output(sum(map(len, chunk)))
        yield from chunk


def items_of(weight: int, found: Any) -> Any:
    """What a loop goes through, paid for: nothing for an empty field. `weight` is the steps of one round."""
    if found is None:
        return ()
    try:
        count = len(found)
    except TypeError:
        return _counted(iter(found), weight)
    spend_steps(count * weight)
    return found


def _counted(items: Iterator[Any], weight: int) -> Iterator[Any]:
    for item in items:
        spend_steps(weight)
        yield item


def held(value: Any) -> Any:
    """What is compared, searched or cut, paid for: that takes as long as it is large."""
    if isinstance(value, str):
        if len(value) > LONG:
            spend_steps(len(value) >> 4)
    elif isinstance(value, list | tuple | Mapping):
        spend_steps(2 * measure(value))
    elif isinstance(value, range):
        spend_steps(2 * len(value))
    return value


def measure(value: object) -> int:
    """About how many characters `value` has as text, lists and all that is in them included. Raises LimitError.

    A list may hold one and the same list a thousand times, and that one another: it is small, and its text is not.
    """
    total, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            total += len(one)
        elif isinstance(one, Mapping):
            total += 4 * len(one)
            waiting += (*one.keys(), *one.values())
        elif isinstance(one, list | tuple):
            total += 2 * len(one)
            waiting += one
        else:
            total += 8
        if total > LONGEST or len(waiting) > LONGEST:
            raise LimitError("text")
    return total


def weigh(values: Iterable[object]) -> int:
    """The length of texts in a row. Raises LimitError."""
    total = sum(len(one) if isinstance(one, str) else measure(one) for one in values)
    spend_text(total)
    return total
