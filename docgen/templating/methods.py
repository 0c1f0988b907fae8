"""Methods of texts and dates that templates may call, in a form that cannot make an enormous text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from jinja2.exceptions import SecurityError

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

WIDEST = 1_000
"""The greatest width, in characters, that a method may fill up to."""
_FIELDS = 1_000  # braces in a format
_WIDE = re.compile(r"\d{4,}")
_WIDE_DATE = re.compile(r"%[-_0^#+]*\d")


def stand_in(environment: SandboxedEnvironment, value: object, name: str) -> Callable[..., Any] | None:
    """The method `name` of a value as templates may call it; None for all others."""
    found = _METHODS.get(type(value), {}).get(name)
    if found is None:
        return None

    def method(*arguments: Any, **named: Any) -> Any:
        return found(environment, value, *arguments, **named)

    return method


def _format(environment: SandboxedEnvironment, value: str, *arguments: Any, **named: Any) -> str:
    from jinja2.sandbox import SandboxedFormatter

    class Formatter(SandboxedFormatter):
        def format_field(self, value: Any, format_spec: str) -> str:
            if _WIDE.search(format_spec):
                raise SecurityError("format")
            return str(super().format_field(value, format_spec))

    if value.count("{") > _FIELDS:
        raise SecurityError("format")
    return Formatter(environment).vformat(value, arguments, named)


def _filled(name: str) -> Callable[..., str]:
    def method(_: SandboxedEnvironment, value: str, width: int, *filling: str) -> str:
        if width > WIDEST:
            raise SecurityError(name)
        return str(getattr(value, name)(width, *filling))

    return method


def _strftime(_: SandboxedEnvironment, value: date | time, pattern: str) -> str:
    if _WIDE_DATE.search(pattern) or len(pattern) > WIDEST:
        raise SecurityError("strftime")
    return value.strftime(pattern)


def _isoformat(_: SandboxedEnvironment, value: date | time) -> str:
    return value.isoformat()


_TEXT: Mapping[str, Callable[..., Any]] = {
    "format": _format,
    **{name: _filled(name) for name in ("zfill", "ljust", "rjust", "center")},
}
_DATES: Mapping[str, Callable[..., Any]] = {"strftime": _strftime, "isoformat": _isoformat}
_DAYS: Mapping[str, Callable[..., Any]] = {
    **_DATES,
    "weekday": lambda _, value: value.weekday(),
    "isoweekday": lambda _, value: value.isoweekday(),
}
_METHODS: Mapping[type, Mapping[str, Callable[..., Any]]] = {
    str: _TEXT,
    date: _DAYS,
    time: _DATES,
    datetime: {
        **_DAYS,
        "date": lambda _, value: value.date(),
        "time": lambda _, value: value.time(),
        "timestamp": lambda _, value: value.timestamp(),
    },
}
