"""What a template asks for: the names in its tags as dotted paths, with what a loop's variable stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

# What a name of the template's own stands for: a path, or None where that cannot be told.
_Scope = Mapping[str, str | None]

LIST_FILTERS = frozenset(
    "batch groupby join list map max min og eller reject rejectattr reverse select selectattr slice sort sum unique "
    "first last random antal".split()
)
"""Filters whose input is a list; `list`, `reverse`, `first`, `last`, `join`, `og` and `antal` also take a text."""
_SAME_ITEMS = frozenset("default d list reject rejectattr reverse select selectattr sort unique".split())
_ONE_ITEM = frozenset({"first", "last", "max", "min", "random"})
_BY_ATTRIBUTE = frozenset("groupby join map max min rejectattr selectattr sort sum unique".split())
_ATTRIBUTE_FIRST = frozenset({"groupby", "map", "rejectattr", "selectattr", "sum"})
_OPTIONAL = frozenset({"default", "d"})
_OPTIONAL_TESTS = frozenset({"defined", "undefined"})


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a name from outside; `aktiver[].navn` is the name of each element of a list.

    `line` is that of the tag. `filters` are those that the value goes through, in order. `role` is `value` where the
    value is written or handed on, `loop` where a loop goes through it, `test` where only a condition reads it.
    `optional` says that the tag has an answer when the name is not there (`default`, `is defined`); `leaks` that the
    name belongs to a loop elsewhere in the template, and stands outside of it here.
    """

    path: str
    line: int
    role: str = "value"
    filters: tuple[str, ...] = ()
    optional: bool = False
    leaks: bool = False


def uses(tree: nodes.Template, given: Iterable[str]) -> list[Use]:
    """Every use of a name in a syntax tree, in order; not of those `given` to every template."""
    known: dict[str, str | None] = dict.fromkeys(given)
    known |= {macro.name: None for macro in tree.find_all(nodes.Macro)}
    walk = _Walk(frozenset(_of_loops(tree)))
    walk.body(tree.body, known)
    return walk.found


def _of_loops(tree: nodes.Template) -> Iterator[str]:
    """The names that only exist inside a loop of the template."""
    yield "loop"
    for loop in tree.find_all(nodes.For):
        yield from (name.name for name in loop.target.find_all(nodes.Name))
        if isinstance(loop.target, nodes.Name):
            yield loop.target.name
        for inner in loop.body:
            assigned = [inner] if isinstance(inner, nodes.Assign) else []
            yield from (one.target.name for one in assigned if isinstance(one.target, nodes.Name))


@dataclass(slots=True)
class _Walk:
    """Goes through the tree; `found` collects."""

    of_loops: frozenset[str]
    found: list[Use] = field(default_factory=list)

    def body(self, body: Iterable[nodes.Node], outer: _Scope) -> None:
        scope = dict(outer)
        for node in body:
            scope |= self.statement(node, scope)

    def statement(self, node: nodes.Node, scope: _Scope) -> _Scope:
        """Takes in a node that may give values to names; those it leaves behind come back."""
        match node:
            case nodes.For():
                self.expression(node.iter, scope, "loop")
                inner = {**scope, "loop": None, **_bound(node.target, _item(node.iter, scope))}
                if node.test is not None:
                    self.expression(node.test, inner, "test")
                self.body(node.body, inner)
                self.body(node.else_, scope)
            case nodes.If():
                self.expression(node.test, scope, "test")
                after = [self.branch(one, scope) for one in (node.body, node.else_)]
                return {**after[0], **after[1], **self.branch(node.elif_, scope)}
            case nodes.Assign():
                self.expression(node.node, scope)
                return _bound(node.target, _path(node.node, scope))
            case nodes.AssignBlock():
                self.body(node.body, scope)
                return _bound(node.target, None)
            case nodes.With():
                inner = dict(scope)
                for target, value in zip(node.targets, node.values, strict=True):
                    self.expression(value, scope)
                    inner |= _bound(target, _path(value, scope))
                self.body(node.body, inner)
            case nodes.Macro() | nodes.CallBlock():
                own: dict[str, str | None] = {argument.name: None for argument in node.args}
                own |= dict.fromkeys(("caller", "varargs", "kwargs"))
                for one in (*node.defaults, *([node.call] if isinstance(node, nodes.CallBlock) else ())):
                    self.expression(one, scope)
                self.body(node.body, {**scope, **own})
            case nodes.Expr():
                self.expression(node, scope)
            case _:
                self.body(node.iter_child_nodes(), scope)
        return {}

    def branch(self, body: Iterable[nodes.Node], scope: _Scope) -> _Scope:
        """The names that a branch of a condition gives values to."""
        left: dict[str, str | None] = {}
        for node in body:
            left |= self.statement(node, {**scope, **left})
        return left

    def expression(
        self,
        node: nodes.Node,
        scope: _Scope,
        role: str = "value",
        filters: tuple[str, ...] = (),
        *,
        optional: bool = False,
    ) -> None:
        """Takes in an expression, whose value goes through `filters`."""
        match node:
            case nodes.Filter(name=name, node=nodes.Node() as inner):
                by_default = optional or name in _OPTIONAL
                read = self.attributes(node, scope)
                self.expression(inner, scope, "loop" if read else role, (name, *filters), optional=by_default)
                self.found += read
                self.each((*node.args, *node.kwargs), scope)
            case nodes.Test(name=name):
                self.expression(node.node, scope, "test", optional=optional or name in _OPTIONAL_TESTS)
                self.each(node.args, scope)
            case nodes.Call(node=nodes.Getattr() as method):
                self.expression(method.node, scope, role)  # `titel.upper()`, `gruppe.items()`
                self.each((*node.args, *node.kwargs), scope)
            case nodes.CondExpr():
                self.expression(node.test, scope, "test")
                for one in (node.expr1, *([node.expr2] if node.expr2 else ())):
                    self.expression(one, scope, role, filters)
            case nodes.Not() | nodes.Compare() | nodes.And() | nodes.Or():
                inner_role = "value" if role == "value" and isinstance(node, nodes.And | nodes.Or) else "test"
                self.each(node.iter_child_nodes(), scope, inner_role, optional=optional)
            case nodes.Operand():
                self.expression(node.expr, scope, role)
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                self.name(node, scope, Use("", node.lineno, role, filters, optional))
            case _:
                self.each(node.iter_child_nodes(), scope)

    def each(self, parts: Iterable[nodes.Node], scope: _Scope, role: str = "value", *, optional: bool = False) -> None:
        for one in parts:
            self.expression(one, scope, role, optional=optional)

    def name(self, node: nodes.Node, scope: _Scope, use: Use) -> None:
        path = _path(node, scope)
        root = path.partition(".")[0].removesuffix("[]") if path else ""
        if path:
            leaks = root not in scope and root in self.of_loops
            self.found.append(Use(path, use.line, use.role, use.filters, use.optional, leaks))
        if isinstance(node, nodes.Getitem):
            self.expression(node.arg, scope)
        if not path and not isinstance(node, nodes.Name):
            assert isinstance(node, nodes.Getattr | nodes.Getitem)
            self.expression(node.node, scope)

    def attributes(self, node: nodes.Filter, scope: _Scope) -> list[Use]:
        """What a filter reads of each element of a list: `aktiver | sum(attribute="værdi")`."""
        path = _path(node.node, scope) if node.node is not None and node.name in _BY_ATTRIBUTE else None
        if path is None:
            return []
        given = [pair.value for pair in node.kwargs if pair.key == "attribute"]
        if node.name in _ATTRIBUTE_FIRST and not (node.name == "map" and node.args):
            given += node.args[:1]
        names = [one.value for one in given if isinstance(one, nodes.Const) and isinstance(one.value, str)]
        return [Use(f"{path}[].{name}", node.lineno) for name in names]


def _path(node: nodes.Node | None, scope: _Scope) -> str | None:
    """The dotted path from outside that an expression stands for, or None."""
    match node:
        case nodes.Name(name=name):
            return scope.get(name, name)
        case nodes.Getattr(attr=name) | nodes.Getitem(arg=nodes.Const(value=str() as name)):
            inner = _path(node.node, scope)
            return None if inner is None else f"{inner}.{name}"
        case nodes.Getitem(arg=nodes.Slice()):
            return _path(node.node, scope)
        case nodes.Getitem(arg=nodes.Const(value=int())):
            return _item(node.node, scope)
        case nodes.Filter(name=name) if name in _SAME_ITEMS:
            return _path(node.node, scope)
        case nodes.Filter(name=name, node=nodes.Node() as inner_node) if name in _ONE_ITEM:
            return _item(inner_node, scope)
    return None


def _item(node: nodes.Node, scope: _Scope) -> str | None:
    path = _path(node, scope)
    return None if path is None else f"{path}[]"


def _bound(target: nodes.Node, path: str | None) -> _Scope:
    """The names that a target gives values to; only a single name takes over the path."""
    if isinstance(target, nodes.Name):
        return {target.name: path}
    return {name.name: None for name in target.find_all(nodes.Name)}
