"""`selectattr`, `rejectattr` and `map(attribute=…)` as nearly all expressions write them, without Jinja's way around.

They give what Jinja's own give, a generator. Of a list with thousands of elements a kind asks for a dozen such things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from jinja2 import nodes
from jinja2.utils import _PassArg

from docgen.templating.environment import plain_environment

Picking = Callable[[list[Any], list[Any]], Iterator[Any]]
"""What a filter gives for a list and the arguments of the filter."""


def picking(node: nodes.Filter) -> Picking | None:
    """The filter for a list; None when it is another one, or is written in another way."""
    match node.name, node.args, node.kwargs:
        case "map", [], [nodes.Keyword(key="attribute", value=nodes.Const(value=str() as name))] if _is_one_name(name):
            taken = _getter(name)
            return lambda elements, _: (taken(one) for one in elements)
        case "selectattr" | "rejectattr", [nodes.Const(value=str() as name), *rest], [] if _is_one_name(name):
            test = _test(rest)
            return None if test is None else _choosing(name, test, wanted=node.name == "selectattr")
    return None


def _is_one_name(name: str) -> bool:
    """Whether it is the name of a field, and neither a way into it (`a.b`) nor a number in a list."""
    return "." not in name and not name.isdigit()


def _getter(name: str) -> Callable[[Any], Any]:
    there, other = dict.__contains__, plain_environment().getitem
    return lambda one: one[name] if isinstance(one, dict) and there(one, name) else other(one, name)


def _test(written: list[nodes.Expr]) -> Callable[..., Any] | None:
    """The test that the arguments after the first name; None for one that only Jinja can make."""
    match written:
        case []:
            return bool
        case [nodes.Const(value=str() as name), *_]:
            found: Any = plain_environment().tests.get(name)
            passed = None if found is None else _PassArg.from_obj(found)
            return cast(Callable[..., Any], found) if passed is None else None
    return None


def _choosing(name: str, test: Callable[..., Any], *, wanted: bool) -> Picking:
    taken = _getter(name)

    def chosen(elements: list[Any], arguments: list[Any]) -> Iterator[Any]:
        compared = arguments[2:]
        return (one for one in elements if bool(test(taken(one), *compared)) is wanted)

    return chosen
