"""The nodes of Jinja's syntax tree as functions of the names that are known; others cannot stand in an expression."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import BuiltinMethodType, FunctionType
from typing import Any

from jinja2 import Undefined, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.utils import _PassArg

from docgen.danish.formats import display
from docgen.danish.values import TEMPLATE_ATTRIBUTES, Amount, Number, Percent
from docgen.templating.budget import LimitError
from docgen.templating.environment import plain_environment
from docgen.templating.metering import SHORT, binary, pay
from docgen.templating.picking import PICKED, Picking, picking

Names = Mapping[str, object]
Made = Callable[[Names], Any]
"""A node as a function: its value where names are known."""
Arguments = Callable[[Names], tuple[list[Any], dict[str, Any]]]
"""The arguments of a call, by place and by name, where names are known."""


class ExpressionError(Exception):
    """An expression that cannot be written or evaluated.

    `reason` is `syntax`, `complex` (too long or too deeply nested), `name` (nobody declared `name`; `known` lists what
    there is), `filter`, `test`, `unsafe` or `type` (the values do not fit the operation); `detail` is what the field,
    filter or operator is called.
    """

    def __init__(self, reason: str, detail: str, known: tuple[str, ...] = ()) -> None:
        self.reason = reason
        self.detail = detail
        self.known = known
        super().__init__(f"{reason}: {detail}")


def value_of(node: Made, names: Names) -> Any:
    """The value of a node. Raises ExpressionError where it has none."""
    try:
        value = node(names)
        return _known(value) if isinstance(value, Undefined) else value
    except (SecurityError, LimitError) as fault:
        raise ExpressionError("unsafe", str(fault)) from None
    except UndefinedError as fault:  # a filter such as map(attribute='x') met an element without x
        named = _MISSING.search(fault.message or "")
        raise ExpressionError("name", named[1] if named else str(fault)) from None
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as fault:
        raise ExpressionError("type", str(fault)) from None


def made_text(body: list[nodes.Node]) -> Callable[[Names], Iterator[str]]:
    """A text with tags as a function that gives its pieces."""
    parts = [_made_piece(node) for node in body]

    def pieces(names: Names) -> Iterator[str]:
        for part in parts:
            yield from part(names)

    return pieces


def _made_piece(node: nodes.Node) -> Callable[[Names], Iterator[str]]:
    match node:
        case nodes.Output():
            inner = [part.data if isinstance(part, nodes.TemplateData) else made(part) for part in node.nodes]
            return lambda names: (one if isinstance(one, str) else display(value_of(one, names)) for one in inner)
        case nodes.If():
            branches = [(made(one.test), made_text(one.body)) for one in (node, *node.elif_)]
            other = made_text(node.else_)
            return lambda names: next((body for test, body in branches if value_of(test, names)), other)(names)
    return lambda names: _refuse(type(node).__name__.lower())


def made(node: nodes.Node) -> Made:
    """A node as a function; one that cannot stand in an expression is refused when it is asked."""
    rule = _RULES.get(type(node))
    return rule(node) if rule else lambda names: _refuse(type(node).__name__.lower())


def _refuse(what: str) -> Any:
    raise ExpressionError("unsafe", what)


def _known(value: Any) -> Any:
    if isinstance(value, Undefined):
        holder = value._undefined_obj
        known = tuple(str(key) for key in holder) if isinstance(holder, Mapping) else ()
        raise ExpressionError("name", str(value._undefined_name), known)
    return value


def _const(node: nodes.Const) -> Made:
    value = _constant(node)
    return lambda names: value


def _constant(node: nodes.Const) -> Any:
    return Decimal(repr(node.value)) if isinstance(node.value, float) else node.value


def _data(node: nodes.TemplateData) -> Made:
    return lambda names: node.data


def _name(node: nodes.Name) -> Made:
    name, ours = node.name, plain_environment().globals

    def value(names: Names) -> Any:
        try:
            return names[name]
        except KeyError:
            if name in names:
                raise
        if name in ours:
            return ours[name]
        raise ExpressionError("name", name, tuple(names))

    return value


def _getattr(node: nodes.Getattr) -> Made:
    inner, name, environment = made(node.node), node.attr, plain_environment()
    is_method = _is_method_of_text(name)

    def value(names: Names) -> Any:
        holder = inner(names)
        if holder is None:
            return None
        if is_method and type(holder) is str:
            return getattr(holder, name)
        if isinstance(holder, dict):
            try:
                return holder[name]
            except KeyError:
                if name in holder:
                    raise
        if name in TEMPLATE_ATTRIBUTES.get(type(holder), ()):
            return getattr(holder, name)
        return _known(environment.getattr(holder, name))

    return value


def _is_method_of_text(name: str) -> bool:
    """Whether every text has a method of that name that expressions may call."""
    environment, method = plain_environment(), getattr("", name, None)
    return (
        method is not None and environment.is_safe_attribute("", name, method) and environment.is_safe_callable(method)
    )


def _getitem(node: nodes.Getitem) -> Made:
    inner, environment = made(node.node), plain_environment()
    if isinstance(node.arg, nodes.Slice):
        bounds = [None if bound is None else made(bound) for bound in (node.arg.start, node.arg.stop, node.arg.step)]
        return lambda names: inner(names)[slice(*(None if bound is None else bound(names) for bound in bounds))]
    argument = made(node.arg)
    return lambda names: _known(environment.getitem(inner(names), argument(names)))


def _arguments(node: Any) -> Arguments:
    if node.dyn_args or node.dyn_kwargs:
        return lambda names: _refuse("*")
    named = [(pair.key, made(pair.value)) for pair in node.kwargs]
    if node.args and not named and all(isinstance(one, nodes.Const) for one in node.args[1:]):  # as in `nævner`
        first, told = made(node.args[0]), [_constant(one) for one in node.args[1:]]
        return lambda names: ([first(names), *told], {})
    positional = [made(argument) for argument in node.args]
    return lambda names: ([one(names) for one in positional], {key: one(names) for key, one in named})


def _call(node: nodes.Call) -> Made:
    called, arguments = made(node.node), _arguments(node)
    method = node.node.attr if isinstance(node.node, nodes.Getattr) and _is_method_of_text(node.node.attr) else ""

    def value(names: Names) -> Any:
        function = called(names)
        if type(function) is not FunctionType or function not in _SAFE:
            _check_safe(function, method)
        positional, named = arguments(names)
        return function(*positional, **named)

    return value


def _check_safe(function: Any, method: str) -> None:
    """Refuse what may not be called; `method` is one of texts that may."""
    if isinstance(function, BuiltinMethodType) and type(function.__self__) is str and function.__name__ == method:
        return
    if not callable(function) or not plain_environment().is_safe_callable(function):
        _refuse("()")
    if isinstance(function, FunctionType) and function.__closure__ is None:
        _SAFE.add(function)


def _filter(node: nodes.Filter) -> Made:
    return _applied(plain_environment().filters, "filter", node)


def _test(node: nodes.Test) -> Made:
    if node.name not in ("defined", "undefined"):
        return _applied(plain_environment().tests, "test", node)
    inner, wanted = made(node.node), node.name == "defined"

    def value(names: Names) -> bool:
        try:
            value_of(inner, names)
        except ExpressionError as fault:
            if fault.reason != "name":
                raise
            return not wanted
        return wanted

    return value


def _applied(registry: Mapping[str, Any], reason: str, node: Any) -> Made:
    if node.name not in registry:

        def refuse(_names: Names) -> Any:
            raise ExpressionError(reason, node.name, tuple(registry))

        return refuse
    function, arguments, inner = registry[node.name], _arguments(node), made(node.node)
    passed = _PassArg.from_obj(function)
    if passed is not None:
        return _with_context(function, passed, arguments, inner, picking(node))
    if not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs):
        return lambda names: function(inner(names))  # as most are written

    def value(names: Names) -> Any:
        positional, named = arguments(names)
        return function(inner(names), *positional, **named)

    return value


def _with_context(
    function: Callable[..., Any], passed: _PassArg, arguments: Arguments, inner: Made, picked: Picking | None
) -> Made:
    environment = plain_environment()
    context = Context(environment, {}, None, {})
    extras = {_PassArg.context: context, _PassArg.environment: environment, _PassArg.eval_context: context.eval_ctx}
    extra = extras[passed]

    def value(names: Names) -> Any:
        positional, named = arguments(names)
        taken = inner(names)
        if picked is not None and type(taken) in PICKED:
            if type(taken) is list and len(taken) > SHORT:
                pay(taken, _PICKING, deep=False)
            return picked(taken, positional)
        return function(extra, taken, *positional, **named)

    return value


def _compare(node: nodes.Compare) -> Made:
    first = made(node.expr)
    steps = [(operand.op in _ORDER, _COMPARISONS[operand.op], made(operand.expr)) for operand in node.ops]

    def value(names: Names) -> bool:
        left = first(names)
        for ordered, holds, operand in steps:
            right = operand(names)
            if ordered and (left is None or right is None):
                return False  # an empty value is neither smaller nor larger than anything
            if not holds(left, right):
                return False
            left = right
        return True

    return value


def _arithmetic(sign: str, function: Callable[[Any, Any], Any] | None = None) -> Callable[[Any], Made]:
    plain = _OF_NUMBERS.get(sign)

    def rule(node: nodes.BinExpr) -> Made:
        first, second = made(node.left), made(node.right)

        def value(names: Names) -> Any:
            left, right = first(names), second(names)
            if left is None or right is None:
                return None  # what is reckoned from an empty value is empty
            if function:
                return function(left, right)
            if plain and type(left) in _NUMBERS and type(right) in _NUMBERS:
                return plain(left, right)
            return binary(sign, left, right)

        return value

    return rule


def _and(node: nodes.And) -> Made:
    left, right = made(node.left), made(node.right)
    return lambda names: left(names) and right(names)


def _or(node: nodes.Or) -> Made:
    left, right = made(node.left), made(node.right)
    return lambda names: left(names) or right(names)


def _not(node: nodes.Not) -> Made:
    inner = made(node.node)
    return lambda names: not inner(names)


def _neg(node: nodes.Neg) -> Made:
    inner = made(node.node)
    return lambda names: None if (value := inner(names)) is None else -value


def _concat(node: nodes.Concat) -> Made:
    parts = [made(part) for part in node.nodes]
    return lambda names: "".join([display(part(names)) for part in parts])


def _choice(node: nodes.CondExpr) -> Made:
    test, first = made(node.test), made(node.expr1)
    second: Made = made(node.expr2) if node.expr2 is not None else lambda names: None
    return lambda names: first(names) if test(names) else second(names)


def _list(node: nodes.List) -> Made:
    items = [made(item) for item in node.items]
    return lambda names: [item(names) for item in items]


def _tuple(node: nodes.Tuple) -> Made:
    items = [made(item) for item in node.items]
    return lambda names: tuple(item(names) for item in items)


def _dict(node: nodes.Dict) -> Made:
    items = [(made(pair.key), made(pair.value)) for pair in node.items]
    return lambda names: {key(names): value(names) for key, value in items}


_SAFE: set[FunctionType] = set()
"""Plain functions of modules, which are as safe the next time."""
_PICKING = 30
"""What an element costs that a filter such as `selectattr` looks at, in steps."""
_NUMBERS = frozenset({Amount, Number, Percent, Decimal})
_OF_NUMBERS: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "*": operator.mul}
"""Operators that make nothing large of two numbers."""
_MISSING = re.compile(r"'([^']*)'(?: is undefined)?$")
_ORDER = frozenset({"lt", "lteq", "gt", "gteq"})
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda left, right: right is not None and left in right,
    "notin": lambda left, right: right is None or left not in right,
}
_RULES: dict[type[nodes.Node], Callable[[Any], Made]] = {
    nodes.Const: _const,
    nodes.TemplateData: _data,
    nodes.Name: _name,
    nodes.Getattr: _getattr,
    nodes.Getitem: _getitem,
    nodes.Call: _call,
    nodes.Filter: _filter,
    nodes.Test: _test,
    nodes.Compare: _compare,
    nodes.And: _and,
    nodes.Or: _or,
    nodes.Not: _not,
    nodes.Neg: _neg,
    nodes.Pos: lambda node: made(node.node),
    nodes.Add: _arithmetic("+"),
    nodes.Mul: _arithmetic("*"),
    nodes.Pow: _arithmetic("**"),
    nodes.Mod: _arithmetic("%"),
    nodes.Sub: _arithmetic("-", operator.sub),
    nodes.Div: _arithmetic("/", operator.truediv),
    nodes.FloorDiv: _arithmetic("//", operator.floordiv),
    nodes.Concat: _concat,
    nodes.CondExpr: _choice,
    nodes.List: _list,
    nodes.Tuple: _tuple,
    nodes.Dict: _dict,
}
