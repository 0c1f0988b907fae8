"""Values, methods and operators that pay for what they make, and refuse what would be too large."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from docgen.danish.written import WrittenNumber
from docgen.templating.budget import LONG, LimitError, measure, spend_call, spend_steps, spend_text

MAX_WIDTH = 1_000
"""The greatest width, in characters, that a padding filter or a format may ask for."""

SHORT = 100
"""Up to which length texts and lists cost nothing."""
SIZED = (str, list, tuple, dict, range)
"""The types of values that have a length to pay for."""
_MOST_BITS = 50_000
_FORMAT = re.compile(r"%(?:\([^)]*\))?[-+ #0]*(\*|\d+)?(?:\.(\*|\d+))?[hlL]?(.)")


def metered_danish(function: Callable[..., str]) -> Callable[..., str]:
    """A filter of docgen's own that pays for what it takes and makes; of an empty value it makes an empty text."""
    function = function.__wrapped__  # type: ignore[attr-defined]  # which sees no empty value: one call less

    @wraps(function)
    def filled(value: object, *arguments: object, **options: object) -> str:
        if value is None:
            return ""
        if isinstance(value, SIZED) and (not isinstance(value, str) or len(value) > SHORT):
            pay(value, 4, True)
        made = function(value, *arguments, **options)
        if len(made) > SHORT:
            spend_text(len(made))
        return made

    return filled


def pay(value: Any, each: int, deep: bool) -> None:
    """Pay for a value that a filter takes: `each` steps an element, and for all that is in it when it goes `deep`."""
    if isinstance(value, str):
        spend_steps(len(value) >> 4)
        return
    spend_steps(each * len(value))
    if deep and not isinstance(value, range):
        measure(value)


def pay_for_made(made: Any) -> None:
    """Pay for a value that a filter has made."""
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


# --- texts that grow ---------------------------------------------------------------------------------------------


def format_text(text: str, *values: object, **named: object) -> str:
    """`"%s af %s" | format(1, 2)` and `"%(a)s" | format(a=1)`."""
    if values and named:
        from jinja2.exceptions import FilterArgumentError

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


def replaced(text: str, old: str, new: str, count: int = -1) -> str:
    """`text.replace(old, new, count)`, paid for before it is made."""
    if len(text) + len(new) > LONG:
        times = text.count(old) if count is None or count < 0 else min(text.count(old), count)
        spend_text(max(0, len(text) + times * (len(new) - len(old))))
    return text.replace(old, new, -1 if count is None else count)


def joining(join: Callable[..., str]) -> Callable[..., str]:
    """The filter `join`, which pays for what it puts in between."""

    @wraps(join)
    def paid(value: Any, between: str = "", attribute: str | None = None) -> str:
        if value is not None and len(between) > 1 and not isinstance(value, str | Mapping):
            value = list(value)
            spend_text(len(between) * len(value))
        return join(value, between, attribute)

    return paid


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
    if loop and arguments and isinstance(arguments[0], SIZED):
        spend_steps(20 * len(arguments[0]))
