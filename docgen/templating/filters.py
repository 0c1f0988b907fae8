"""Jinja's filters, made to pay for what they take and make, and to refuse what would be too large."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from jinja2 import filters
from jinja2.utils import _PassArg

from docgen.danish.filters import FILTERS
from docgen.templating.budget import LimitError, spend_steps, spend_text
from docgen.templating.metering import MAX_WIDTH, SHORT, SIZED, format_text, metered_danish, pay, pay_for_made, replaced

_STRUCTURAL = frozenset(
    "antal attr batch count d default dictsort first groupby items last length list map max min reject rejectattr "
    "reverse select selectattr slice sort sum unique".split()
)
"""Filters that take the elements of a list one by one; any other may make a text of all that is in it."""
_EACH = frozenset({"map", "reject", "rejectattr", "select", "selectattr"})
"""Filters that do something with each element that the count of a loop knows nothing of."""
_MOST_SLOW = 100_000  # characters that a filter with regular expressions or many steps takes


def metered(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that pays for long texts and lists, those it takes and those it makes."""
    if FILTERS.get(name) is function:
        return metered_danish(function)
    deep = name not in _STRUCTURAL
    each = 30 if name in _EACH else 4
    if _PassArg.from_obj(function) is not None:

        @wraps(function)
        def with_context(context: object, value: object, *arguments: object, **options: object) -> Any:
            if isinstance(value, SIZED) and (len(value) > SHORT or (deep and not isinstance(value, str))):
                pay(value, each, deep)
            made = function(context, value, *arguments, **options)
            if isinstance(made, SIZED) and len(made) > SHORT:
                pay_for_made(made)
            return made

        return with_context

    @wraps(function)
    def alone(value: object, *arguments: object, **options: object) -> Any:
        if isinstance(value, SIZED) and (len(value) > SHORT or (deep and not isinstance(value, str))):
            pay(value, each, deep)
        made = function(value, *arguments, **options)
        if isinstance(made, SIZED) and len(made) > SHORT:
            pay_for_made(made)
        return made

    return alone


def _center(value: object, width: int = 80) -> str:
    text = str(value)
    if width > MAX_WIDTH:
        raise LimitError("text")
    return text.center(width)


def _indent(value: object, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    text = str(value)
    margin = len(width) if isinstance(width, str) else width
    if margin > MAX_WIDTH:
        raise LimitError("text")
    spend_text(len(text) + (1 + len(text.splitlines())) * max(margin, 0))
    return filters.do_indent(text, width, first, blank)


def _replace(value: object, old: str, new: str, count: int | None = None) -> str:
    return replaced(str(value), str(old), str(new), -1 if count is None else count)


def _wordwrap(environment: Any, value: str, width: int = 79, *rest: Any, **options: Any) -> str:
    text = str(value)
    wrap = options.get("wrapstring") or (rest[1] if len(rest) > 1 else "\n") or "\n"
    if len(text) > _MOST_SLOW:
        raise LimitError("text")
    spend_steps(30 * len(text))
    spend_text(len(text) + (len(text) // max(1, min(width, len(text) or 1)) + text.count(" ") + 1) * len(wrap))
    return filters.do_wordwrap(environment, text, width, *rest, **options)


_wordwrap.jinja_pass_arg = _PassArg.environment  # type: ignore[attr-defined]


def _batch(value: Any, linecount: int, fill_with: object = None) -> Any:
    spend_text(linecount if fill_with is not None else 0)
    return filters.do_batch(value, linecount, fill_with)


def _slice(value: Any, slices: int, fill_with: object = None) -> list[Any]:
    spend_text(slices)
    return list(filters.sync_do_slice(value, slices, fill_with))


def _round(value: Any, precision: int = 0, method: Any = "common") -> Any:
    if abs(precision) > 100:
        raise LimitError("text")
    if method == "common":
        return round(value, precision)
    return filters.do_round(value, precision, method)


def _striptags(value: object) -> str:
    text = str(value)
    if len(text) > _MOST_SLOW:
        raise LimitError("text")
    spend_steps(10 * len(text))
    return filters.do_striptags(text)


def _sum(environment: Any, iterable: Any, attribute: str | int | None = None, start: Any = 0) -> Any:
    if not isinstance(start, list):
        return filters.sync_do_sum(environment, iterable, attribute, start)
    # lists put together: Python's sum would copy all that it has for each of them
    lists = iterable if attribute is None else map(filters.make_attrgetter(environment, attribute), iterable)
    found = list(start)
    for one in lists:
        if not isinstance(one, list):
            raise TypeError(f'can only concatenate list (not "{type(one).__name__}") to list')
        spend_steps(4 * len(one))
        found += one
    return found


_sum.jinja_pass_arg = _PassArg.environment  # type: ignore[attr-defined]


GROWING: Mapping[str, Callable[..., Any]] = {
    "batch": _batch,
    "center": _center,
    "format": format_text,
    "indent": _indent,
    "replace": _replace,
    "round": _round,
    "slice": _slice,
    "striptags": _striptags,
    "sum": _sum,
    "wordwrap": _wordwrap,
}
"""Jinja's filters whose result may be much larger than what they are given, with an eye to that."""
