"""What a template asks for: the names in its tags as dotted paths, with what a loop's variable stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jinja2 import nodes

from docgen.diagnostics import Place
from docgen.word.program import Program, dotted_name

# What a name of the template's own stands for: a path, or None where that cannot be told.
_Scope = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """One use of a name from outside: `aktiver[].navn` is the name of each element of a list."""

    path: str
    place: Place


def asked(program: Program) -> list[Asked]:
    """Every use, in the order of the template. Names that the template gives itself are not among them."""
    found = uses(program.tree, program.environment.globals)
    return [Asked(path, program.tags[number].place) for path, number in found]


def uses(tree: nodes.Template, given: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Every use of a name in a syntax tree as a dotted path, with its line; not of those `given` to every template."""
    known: dict[str, str | None] = dict.fromkeys(given)
    known |= {macro.name: None for macro in tree.find_all(nodes.Macro)}
    yield from _uses(tree.body, known)


def _uses(body: list[nodes.Node], outer: _Scope) -> Iterator[tuple[str, int]]:
    scope = dict(outer)
    for node in body:
        match node:
            case nodes.For():
                yield from _uses([node.iter], scope)
                inner = scope | {"loop": None} | _bound(node.target, _item(node.iter, scope))
                yield from _uses([*([node.test] if node.test else []), *node.body], inner)
                yield from _uses(node.else_, scope)
            case nodes.Assign():
                yield from _uses([node.node], scope)
                scope |= _bound(node.target, _path(node.node, scope))
            case nodes.AssignBlock():
                yield from _uses(node.body, scope)
                scope |= _bound(node.target, None)
            case nodes.With():
                yield from _uses(list(node.values), scope)
                inner = dict(scope)
                for target, value in zip(node.targets, node.values, strict=True):
                    inner |= _bound(target, _path(value, scope))
                yield from _uses(node.body, inner)
            case nodes.Macro() | nodes.CallBlock():
                own = {argument.name: None for argument in node.args} | {
                    "caller": None,
                    "varargs": None,
                    "kwargs": None,
                }
                calls = [node.call] if isinstance(node, nodes.CallBlock) else []
                yield from _uses([*node.defaults, *calls], scope)
                yield from _uses(node.body, scope | own)
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                yield from _names(node, scope)
            case _:
                yield from _uses(list(node.iter_child_nodes()), scope)


def _names(node: nodes.Node, scope: _Scope) -> Iterator[tuple[str, int]]:
    path = _path(node, scope)
    if path:
        yield path, node.lineno
    elif not dotted_name(node):
        yield from _uses(list(node.iter_child_nodes()), scope)


def _path(node: nodes.Node, scope: _Scope) -> str | None:
    """The dotted path from outside that an expression stands for, or None."""
    steps = dotted_name(node)
    if not steps:
        return None
    first = scope.get(steps[0], steps[0])
    return None if first is None else ".".join((first, *steps[1:]))


def _item(node: nodes.Node, scope: _Scope) -> str | None:
    path = _path(node, scope)
    return None if path is None else f"{path}[]"


def _bound(target: nodes.Node, path: str | None) -> dict[str, str | None]:
    """The names that a target gives values to; only a single name takes over the path."""
    if isinstance(target, nodes.Name):
        return {target.name: path}
    return {name.name: None for name in target.find_all(nodes.Name)}
