"""The Jinja environment that Word programs run in."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment

from docgen.templating.environment import create_environment
from docgen.word.codegen import captured
from docgen.word.faults import naming


def word_environment(environment: Environment | None = None) -> Environment:
    """The given environment or docgen's own, made to name what is unknown and to keep what a macro wrote as XML."""
    if environment is None:
        return default_environment()
    word = environment.overlay()
    word.filters = {"tidslinje": _timeline, **environment.filters}
    word.undefined = naming(word.undefined)  # type: ignore[assignment]
    word.is_async = False
    word.concat = captured  # type: ignore[method-assign]
    return word


@cache
def default_environment() -> Environment:
    """docgen's own environment; the same one every time, so that a program can be kept from one run to the next."""
    return word_environment(create_environment())


def _timeline(value: object, *names: str, **options: str) -> object:
    """The filter `tidslinje` (timeline.py), loaded when a template draws one."""
    from docgen.word.timeline import timeline

    return timeline(value, *names, **options)
