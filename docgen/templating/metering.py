"""Filters, methods and operators that pay for what they make, and refuse what would be too large."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from jinja2 import filters
from jinja2.exceptions import FilterArgumentError
from jinja2.utils import _PassArg

from docgen.danish.filters import FILTERS
from docgen.danish.written import WrittenNumber
from docgen.templating.budget import LONG, LimitError, measure, spend_call, spend_steps, spend_text

MAX_WIDTH = 1_000
"""The greatest width, in characters, that a padding filter or a format may ask for."""

_SHORT = 100
_SIZED = (str, list, tuple, dict, range)
_STRUCTURAL = frozenset(
    "antal attr batch count d default dictsort first groupby items last length list map max min reject rejectattr "
    "reverse select selectattr slice sort sum unique".split()
)
"""Filters that take the elements of a list one by one; any other may make a text of all that is in it."""
_EACH = frozenset({"map", "reject", "rejectattr", "select", "selectattr"})
"""Filters that do something with each element that the count of a loop knows nothing of."""
_MOST_BITS = 50_000
_MOST_SLOW = 100_000  # characters that a filter with regular expressions or many steps takes
_FORMAT = re.compile(r"%(?:\([^)]*\))?[-+ #0]*(\*|\d+)?(?:\.(\*|\d+))?[hlL]?(.)")


def metered(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that pays for long texts and lists, those it takes and those it makes."""
    if FILTERS.get(name) is function:
        return _metered_danish(function.__wrapped__)  # type: ignore[attr-defined]
    deep = name not in _STRUCTURAL
    each = 30 if name in _EACH else 4
    if _PassArg.from_obj(function) is not None:

        @wraps(function)
        def with_context(context: object, value: object, *arguments: object, **options: object) -> Any:
            if isinstance(value, _SIZED) and (len(value) > _SHORT or (deep and not isinstance(value, str))):
                _pay(value, each, deep)
            made = function(context, value, *arguments, **options)
            if isinstance(made, _SIZED) and len(made) > _SHORT:
                _pay_for_made(made)
            return made

        return with_context

    @wraps(function)
    def alone(value: object, *arguments: object, **options: object) -> Any:
        if isinstance(value, _SIZED) and (len(value) > _SHORT or (deep and not isinstance(value, str))):
            _pay(value, each, deep)
        made = function(value, *arguments, **options)
        if isinstance(made, _SIZED) and len(made) > _SHORT:
            _pay_for_made(made)
        return made

    return alone


def _metered_danish(function: Callable[..., str]) -> Callable[..., str]:
    """The same for a filter of docgen's own, which makes an empty text of an empty value: one call less."""

    @wraps(function)
    def filled(value: object, *arguments: object, **options: object) -> str:
        if value is None:
            return ""
        if isinstance(value, _SIZED) and (not isinstance(value, str) or len(value) > _SHORT):
            _pay(value, 4, True)
        made = function(value, *arguments, **options)
        if len(made) > _SHORT:
            spend_text(len(made))
        return made

    return filled


def _pay(value: Any, each: int, deep: bool) -> None:
    if isinstance(value, str):
        spend_steps(len(value) >> 4)
        return
    spend_steps(each * len(value))
    if deep and not isinstance(value, range):
        measure(value)


def _pay_for_made(made: Any) -> None:
    if isinstance(made, str):
        spend_text(len(made))
    else:
        spend_steps(4 * len(made))


# --- operators ----------------------------------------------------------------------------------------------------

_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "*": operator.mul,
    "**": operator.pow,
    "%": operator.mod,
    "+": operator.add,
}


def binary(sign: str, left: Any, right: Any) -> Any:
    """`left sign right` for `*`, `**`, `%` and `+`. Raises LimitError where the result would be too large."""
    if left.__class__ is int is right.__class__ and sign in "+%":
        return left + right if sign == "+" else left % right
    match sign:
        case "*":
            spend_text(max(_size(left) * _number(right), _size(right) * _number(left), 0), "*")
            if isinstance(left, int) and isinstance(right, int) and left.bit_length() + right.bit_length() > _MOST_BITS:
                raise LimitError("text", "*")
        case "**" if abs(_number(right)) > 100 or abs(_number(left)) > 10**12:
            raise LimitError("text", "**")
        case "%" if isinstance(left, str) and not isinstance(left, WrittenNumber):
            return format_text(left, *(right if isinstance(right, tuple) else (right,)))
        case "+" if isinstance(left, str | list | tuple):
            size = _size(left) + _size(right)
            if size > LONG:
                spend_text(size, "+")
    return _OPERATORS[sign](left, right)


def _size(value: object) -> int:
    return len(value) if isinstance(value, str | list | tuple) else 0


def _number(value: object) -> int:
    """How many times `value` repeats a text or a list; it need not be an int itself."""
    if isinstance(value, int):
        return value
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except (TypeError, AttributeError):
        return 0


# --- filters that make more than they are given -------------------------------------------------------------------


def format_text(text: str, *values: object, **named: object) -> str:
    """`"%s af %s" | format(1, 2)` and `"%(a)s" | format(a=1)`."""
    if values and named:
        raise FilterArgumentError("can't handle positional and keyword arguments at the same time")
    longest = max((measure(one) for one in (*values, *named.values())), default=0)
    for found in _FORMAT.finditer(text):
        if "*" in found.groups()[:2] or any(int(one) > MAX_WIDTH for one in found.groups()[:2] if one):
            raise LimitError("text", "format")
    wide = sum(int(one) for found in _FORMAT.finditer(text) for one in found.groups()[:2] if one)
    count = text.count("%")
    # each value is written once, unless it is called by its name
    total = count * longest if "%(" in text else min(count, len(values)) * longest
    spend_text(len(text) + wide + total, "format")
    return str(text) % (named or values)


def _center(value: object, width: int = 80) -> str:
    text = str(value)
    if width > MAX_WIDTH:
        raise LimitError("text")
    return text.center(width)


def _indent(value: object, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    text = str(value)
    margin = _size(width) if isinstance(width, str) else width
    if margin > MAX_WIDTH:
        raise LimitError("text")
    spend_text(len(text) + (1 + len(text.splitlines())) * max(margin, 0))
    return filters.do_indent(text, width, first, blank)


def replaced(text: str, old: str, new: str, count: int = -1) -> str:
    """`text.replace(old, new, count)`, paid for before it is made."""
    if len(text) + len(new) > LONG:
        times = text.count(old) if count is None or count < 0 else min(text.count(old), count)
        spend_text(max(0, len(text) + times * (len(new) - len(old))))
    return text.replace(old, new, -1 if count is None else count)


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


def joining(join: Callable[..., str]) -> Callable[..., str]:
    """The filter `join`, which pays for what it puts in between."""

    @wraps(join)
    def paid(value: Any, between: str = "", attribute: str | None = None) -> str:
        if value is not None and len(between) > 1 and not isinstance(value, str | Mapping):
            value = list(value)
            spend_text(len(between) * len(value))
        return join(value, between, attribute)

    return paid


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


# --- methods ------------------------------------------------------------------------------------------------------


def call_method(text: str, name: str, call: Callable[..., Any], *arguments: Any) -> Any:
    """A method of a text, paid for."""
    spend_steps(len(text) >> 4)
    if name == "replace" and len(arguments) >= 2:
        return replaced(text, *arguments)
    if name == "join" and arguments:
        items = list(arguments[0])
        spend_text(measure(items) + len(text) * len(items))
        return text.join(items)
    made = call(*arguments)
    if len(text) > LONG and isinstance(made, str):
        spend_text(len(made))
    return made


def pay_for_call(loop: bool, arguments: tuple[Any, ...]) -> None:
    """Pay for calling a macro, or a loop that calls itself with other elements."""
    spend_call()
    if loop and arguments and isinstance(arguments[0], _SIZED):
        spend_steps(20 * len(arguments[0]))
