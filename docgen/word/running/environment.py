"""The Jinja environment that Word programs run in."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, Undefined, pass_environment
from jinja2.runtime import Context
from jinja2.utils import missing

from docgen.danish.formats import display
from docgen.templating.environment import Environment as OwnEnvironment
from docgen.templating.environment import create_environment
from docgen.templating.filters import metered
from docgen.word.running.bare import WordContext
from docgen.word.running.faults import naming
from docgen.word.running.python_text import joined, python_text
from docgen.word.running.writing import Block, Inline, as_python, captured, join_plain, join_shown, shown
from docgen.word.values.filters import FILTERS

if TYPE_CHECKING:
    from jinja2.ext import Extension

    from docgen.word.running.program import Program
    from docgen.word.running.session import Session


class JinjaContext(Context, WordContext):
    """The context of a program that needs Jinja: Jinja's own, with the render it belongs to."""

    missing = missing

    def __init__(self, program: Program, session: Session, names: dict[str, Any], blocks: dict[str, Any]) -> None:
        environment = program.environment
        WordContext.__init__(self, program, session, names, _printer(environment))
        Context.__init__(self, environment, {**environment.globals, **names}, None, blocks)

    def derived(self, locals: Mapping[str, Any] | None = None) -> JinjaContext:  # noqa: A002
        """The context of a `{% block … scoped %}`, which sees the names around it."""
        made = copy(self)
        made.parent = self.get_all() | {name: one for name, one in (locals or {}).items() if one is not missing}
        made.vars, made.exported_vars = {}, set()
        return made


def _printer(environment: Environment) -> Callable[[object], str]:
    """How values print in an environment."""
    finalize = environment.finalize
    if finalize is python_text:
        return as_python
    if finalize is display or finalize is None:
        return shown

    def printed(value: object) -> str:
        if isinstance(value, Inline | Block | Undefined):
            return shown(value)
        return str(finalize(value)) if value is not None else ""

    return printed


def names_for(environment: Environment) -> dict[str, Any]:
    """What code that Jinja generated takes from outside, of what depends on the environment."""
    return {"environment": environment, "str_join": join_shown if environment.finalize is display else join_plain}


class Recipe:
    """What the environment of one template is made from, so that a pickled template can make it again.

    `given` is an environment that the caller made; that one cannot be pickled, since Jinja's own cannot. In another,
    values print as Danish text with `danish`, else as in Python.
    """

    def __init__(
        self,
        filters: Mapping[str, Callable[..., Any]] | None,
        tests: Mapping[str, Callable[..., Any]] | None,
        names: Mapping[str, Any] | None,
        undefined: type[Undefined] | None,
        extensions: Sequence[str | type[Extension]],
        given: Environment | None = None,
        *,
        danish: bool = True,
    ) -> None:
        self._filters = dict(filters or {})
        self._tests = dict(tests or {})
        self._names = dict(names or {})
        self._undefined = undefined
        self._extensions = tuple(extensions)
        self._given = given
        self._danish = danish

    @property
    def is_plain(self) -> bool:
        """Whether nothing was given but how values print."""
        return not (self._filters or self._tests or self._names or self._extensions or self._undefined or self._given)

    @property
    def is_danish(self) -> bool:
        """Whether values print as Danish text, where no environment was given."""
        return self._danish

    @cached_property
    def environment(self) -> Environment:
        """The environment, made when it is first asked for."""
        made = (self._given or (create_environment() if self._danish else _as_in_python())).overlay()
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


def _as_in_python() -> OwnEnvironment:
    return create_environment(finalize=python_text, filters={"join": pass_environment(joined)})


def word_environment(environment: Environment | None = None) -> Environment:
    """The given environment or docgen's own, made to name what is unknown and to keep what a macro wrote as XML.

    Values print as Danish text in docgen's own, and as Jinja prints them in one from elsewhere.
    """
    if environment is None:
        return default_environment()
    word = environment.overlay()
    word.filters = {name: metered(name, one) for name, one in FILTERS.items()} | environment.filters
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
