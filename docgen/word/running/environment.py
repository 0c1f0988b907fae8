"""The Jinja environment that Word programs run in."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from docgen.templating.environment import Environment as OwnEnvironment
from docgen.templating.environment import create_environment
from docgen.word.running.codegen import captured
from docgen.word.running.faults import naming
from docgen.word.values.filters import FILTERS

if TYPE_CHECKING:
    from jinja2 import Undefined
    from jinja2.ext import Extension


class Recipe:
    """What the environment of one template is made from, so that a pickled template can make it again.

    `given` is an environment that the caller made; that one cannot be pickled, since Jinja's own cannot.
    """

    def __init__(
        self,
        filters: Mapping[str, Callable[..., Any]] | None,
        tests: Mapping[str, Callable[..., Any]] | None,
        names: Mapping[str, Any] | None,
        undefined: type[Undefined] | None,
        extensions: Sequence[str | type[Extension]],
        given: Environment | None = None,
    ) -> None:
        self._filters = dict(filters or {})
        self._tests = dict(tests or {})
        self._names = dict(names or {})
        self._undefined = undefined
        self._extensions = tuple(extensions)
        self._given = given

    @cached_property
    def environment(self) -> Environment:
        """The environment, made when it is first asked for."""
        made = (self._given or create_environment()).overlay()
        for name in ("filters", "tests", "globals"):
            setattr(made, name, dict(getattr(made, name)))
        made.filters |= self._filters
        made.tests |= self._tests
        made.globals |= self._names
        if self._undefined is not None:
            made.undefined = self._undefined
        for extension in self._extensions:
            made.add_extension(extension)
        made.extend(recipe=self)
        return word_environment(made)

    def __getstate__(self) -> dict[str, Any]:
        if self._given is not None:
            raise pickle.PicklingError("a template with an environment of its own cannot be pickled: pass filters=, …")
        return {name: value for name, value in self.__dict__.items() if name != "environment"}


def recipe_of(environment: Environment) -> Recipe | None:
    """What an environment was made from; None for docgen's own and for those made elsewhere."""
    return getattr(environment, "recipe", None)


def word_environment(environment: Environment | None = None) -> Environment:
    """The given environment or docgen's own, made to name what is unknown and to keep what a macro wrote as XML.

    Values print as Danish text in docgen's own, and as Jinja prints them in any other.
    """
    if environment is None:
        return default_environment()
    word = environment.overlay()
    word.filters = {**FILTERS, **environment.filters}
    word.undefined = naming(word.undefined)  # type: ignore[assignment]
    word.is_async = False
    word.concat = captured  # type: ignore[method-assign]
    if isinstance(word, OwnEnvironment):
        word.has_methods = True
    elif word.finalize is None:
        word.finalize = str
    return word


@cache
def default_environment() -> Environment:
    """docgen's own environment; the same one every time, so that a program can be kept from one run to the next."""
    return word_environment(create_environment())
