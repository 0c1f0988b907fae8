"""`selectattr`, `rejectattr` and `map(attribute=…)` as nearly all expressions write them, without Jinja's way around.

They give what Jinja's own give, a generator. Of a list with thousands of elements a kind asks for a dozen such things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import compress, islice, repeat, tee
from operator import getitem, not_
from types import GeneratorType
from typing import Any, cast

from jinja2 import nodes
from jinja2.utils import _PassArg

from docgen.templating.environment import plain_environment

Picking = Callable[[Iterable[Any], list[Any]], Iterator[Any]]
"""What a filter gives for elements and the arguments of the filter."""
PICKED = frozenset({list, GeneratorType})
"""What elements may come in: a list, or what such a filter before this one gives."""


def picking(node: nodes.Filter) -> Picking | None:
    """The filter for elements; None when it is another one, or is written in another way."""
    match node.name, node.args, node.kwargs:
        case "map", [], [nodes.Keyword(key="attribute", value=nodes.Const(value=str() as name))] if _is_one_name(name):
            return lambda elements, _: _taken(elements, name)
        case "selectattr" | "rejectattr", [nodes.Const(value=str() as name), *rest], [] if _is_one_name(name):
            test = _test(rest)
            return None if test is None else _choosing(name, test, wanted=node.name == "selectattr")
    return None


def _is_one_name(name: str) -> bool:
    """Whether it is the name of a field, and neither a way into it (`a.b`) nor a number in a list."""
    return "." not in name and not name.isdigit()


def _taken(elements: Iterable[Any], name: str) -> Iterator[Any]:
    """The values of a name, each when it is asked for."""
    there, other, left = dict.__contains__, plain_environment().getitem, iter(elements)
    for one in islice(left, 1):  # a value that is asked for in one row of a table may be made for all of them
        yield one[name] if isinstance(one, dict) and there(one, name) else other(one, name)
    if type(elements) is list and _all_have(elements, name):
        yield from map(getitem, left, repeat(name))
    for one in left:
        yield one[name] if isinstance(one, dict) and there(one, name) else other(one, name)


def _all_have(elements: list[Any], name: str) -> bool:
    try:
        return all(map(dict.__contains__, elements, repeat(name)))
    except TypeError:  # one is no dict
        return False


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
    def chosen(elements: Iterable[Any], arguments: list[Any]) -> Iterator[Any]:
        mine, its = tee(elements) if type(elements) is GeneratorType else (elements, elements)
        answers = map(test, _taken(its, name), *map(repeat, arguments[2:]))
        yield from compress(mine, answers if wanted else map(not_, answers))

    return chosen
