"""Expressions and short texts of felter.yaml, regler.yaml and profiles, evaluated on Jinja's own syntax tree.

They are walked, not compiled to Python: a kind holds a hundred of them, most are used once in a run, and parsing
alone costs a tenth of compiling. What is not on this page cannot be written in an expression.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, cast

from jinja2 import TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.utils import _PassArg

from docgen.danish.formats import display
from docgen.templating.budget import LimitError
from docgen.templating.environment import plain_environment
from docgen.templating.metering import binary

_MOST_CHARACTERS = 2000
_MOST_BRACKETS = 30
_MOST_LEVELS = 80
_LONGEST_WAY = 40  # characters of a text that stands beside the other ways of a choice


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


class _Source:
    """Source text with its syntax tree."""

    __slots__ = ("_tree", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self._tree = self._parse()

    def _parse(self) -> nodes.Template:
        raise NotImplementedError

    def paths(self) -> frozenset[tuple[str, ...]]:
        """The dotted names in the source, as tuples: `den.andele` is ("den", "andele")."""
        return frozenset(_paths(self._tree))


class Expression(_Source):
    """One Jinja expression, such as `sum(den.andele, 'pct') == 100`; parsed when it is made.

    Raises ExpressionError with reason `syntax` when `source` is not an expression, `complex` when it is too large.
    """

    __slots__ = ()

    def _parse(self) -> nodes.Template:
        tree = _parse("{{ " + self.source + "\n}}")
        output = tree.body[0]
        if len(tree.body) != 1 or not isinstance(output, nodes.Output) or len(output.nodes) != 1:
            raise ExpressionError("syntax", self.source)
        return tree

    def names(self) -> frozenset[str]:
        """The names that the expression takes from outside."""
        return frozenset(node.name for node in self._tree.find_all(nodes.Name))

    def is_call_of(self, name: str) -> bool:
        """Whether the expression is nothing but a call of the function of that name."""
        call = cast(nodes.Output, self._tree.body[0]).nodes[0]
        return isinstance(call, nodes.Call) and isinstance(call.node, nodes.Name) and call.node.name == name

    def evaluate(self, names: Mapping[str, object]) -> object:
        """The value of the expression where `names` are known. Raises ExpressionError."""
        output = cast(nodes.Output, self._tree.body[0])
        try:
            return _known(_evaluate(output.nodes[0], names))
        except RecursionError:  # of fields that are computed from each other in a very long row
            raise ExpressionError("complex", self.source) from None


class Text(_Source):
    """A one-line text with `{{ … }}` and `{% if … %}` in it, such as a file name or a rule's message.

    Raises ExpressionError with reason `syntax` when the tags do not read as Jinja, `complex` when it is too large.
    """

    __slots__ = ()

    def _parse(self) -> nodes.Template:
        return _parse(self.source) if "{" in self.source else nodes.Template([], lineno=1)

    def render(self, names: Mapping[str, object]) -> str:
        """The text with every tag filled in; values print as Danish text writes them. Raises ExpressionError."""
        return "".join(_render(self._tree.body, names)) if "{" in self.source else self.source

    def gist(self) -> str:
        """The text for a reader without values: `‹titel›` in place of `{{ den.titel }}`.

        The ways of a choice stand side by side when they are short (`nul/ingen`); otherwise the first one stands.
        """
        return "".join(map(_gist, self._tree.body)) if "{" in self.source else self.source


def _gist(node: nodes.Node) -> str:
    match node:
        case nodes.TemplateData(data=data):
            return data
        case nodes.Output(nodes=inner) | nodes.Concat(nodes=inner):
            return "".join(map(_gist, inner))
        case nodes.If():
            bodies = (node.body, *(other.body for other in node.elif_), node.else_)
            return _ways("".join(map(_gist, body)) for body in bodies)
        case nodes.CondExpr():
            return _ways(map(_gist, _chosen(node)))
        case nodes.Filter(name="antal", node=nodes.Node() as counted, args=[*_, nodes.Const(value=str() as unit)]):
            return f"{_gist(counted)} {unit}"
        case nodes.Const(value=value):
            return display(value)
        case nodes.Filter(node=nodes.Node() as chosen):
            return _gist(chosen)
        case _:
            paths = [[step for step in path if step not in ("den", "over")] for path in _paths(nodes.Template([node]))]
            return f"‹{'.'.join(next(filter(None, paths), ['…']))}›"


def _chosen(node: nodes.Node | None) -> Iterator[nodes.Node]:
    """What `a if x else b if y else c` may give: a, b and c."""
    if isinstance(node, nodes.CondExpr):
        yield node.expr1
        yield from _chosen(node.expr2)
    elif node is not None:
        yield node


def _ways(texts: Iterable[str]) -> str:
    """The texts that a choice may give, as one; the spaces around the first are kept."""
    told = [text for text in texts if text.strip()]
    if len(told) > 2:  # `start og slut` says `start` and `slut` too
        words = [set(text.split()) for text in told]
        told = [text for text, own in zip(told, words, strict=True) if not any(own < other for other in words)]
    if any(len(text.strip()) > _LONGEST_WAY for text in told):
        return told[0]
    both = "/".join(dict.fromkeys(text.strip() for text in told))
    first = told[0] if told else ""
    return first.replace(first.strip(), both) if both else first


def _parse(source: str) -> nodes.Template:
    if len(source) > _MOST_CHARACTERS or _brackets(source) > _MOST_BRACKETS:
        raise ExpressionError("complex", source)
    try:
        tree = plain_environment().parse(source)
    except TemplateSyntaxError as fault:
        raise ExpressionError("syntax", fault.message or source) from None
    except RecursionError:  # signs such as `not not not …`, which open no bracket
        raise ExpressionError("complex", source) from None
    if _too_deep(tree):
        raise ExpressionError("complex", source)
    return tree


def _brackets(source: str) -> int:
    """How deep the brackets of the source nest; those in texts count too."""
    deepest = depth = 0
    for sign in source:
        if sign in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in ")]}":
            depth = max(0, depth - 1)
    return deepest


def _too_deep(tree: nodes.Node) -> bool:
    """Whether the tree has more levels than walking and keeping it can take; each term of a sum is a level."""
    level: list[nodes.Node] = [tree]
    for _ in range(_MOST_LEVELS):
        level = [inner for node in level for inner in node.iter_child_nodes()]
        if not level:
            return False
    return True


def _paths(tree: nodes.Node) -> Iterator[tuple[str, ...]]:
    inner: set[int] = set()
    for node in tree.find_all((nodes.Getattr, nodes.Name)):
        if id(node) in inner:
            continue
        steps: list[str] = []
        step: nodes.Node = node
        while isinstance(step, nodes.Getattr):
            steps.append(step.attr)
            step = step.node
            inner.add(id(step))
        if isinstance(step, nodes.Name):
            yield (step.name, *reversed(steps))


def _render(body: list[nodes.Node], names: Mapping[str, object]) -> Iterator[str]:
    for node in body:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    yield part.data if isinstance(part, nodes.TemplateData) else display(_known(_evaluate(part, names)))
            case nodes.If():
                branches = [node, *node.elif_]
                chosen = next((one.body for one in branches if _evaluate(one.test, names)), node.else_)
                yield from _render(chosen, names)
            case _:
                raise ExpressionError("unsafe", type(node).__name__.lower())


def _known(value: object) -> object:
    if isinstance(value, Undefined):
        holder = value._undefined_obj
        known = tuple(str(key) for key in holder) if isinstance(holder, Mapping) else ()
        raise ExpressionError("name", str(value._undefined_name), known)
    return value


def _evaluate(node: nodes.Node, names: Mapping[str, object]) -> Any:
    try:
        rule = _RULES[type(node)]
    except KeyError:
        raise ExpressionError("unsafe", type(node).__name__.lower()) from None
    try:
        return rule(node, names)
    except (SecurityError, LimitError) as fault:
        raise ExpressionError("unsafe", str(fault)) from None
    except UndefinedError as fault:  # a filter such as map(attribute='x') met an element without x
        named = _MISSING.search(fault.message or "")
        raise ExpressionError("name", named[1] if named else str(fault)) from None
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as fault:
        raise ExpressionError("type", str(fault)) from None


def _name(node: nodes.Name, names: Mapping[str, object]) -> Any:
    if node.name in names:
        return names[node.name]
    if node.name in plain_environment().globals:
        return plain_environment().globals[node.name]
    raise ExpressionError("name", node.name, tuple(names))


def _getattr(node: nodes.Getattr, names: Mapping[str, object]) -> Any:
    holder = _evaluate(node.node, names)
    return None if holder is None else _known(plain_environment().getattr(holder, node.attr))


def _getitem(node: nodes.Getitem, names: Mapping[str, object]) -> Any:
    holder = _evaluate(node.node, names)
    if isinstance(node.arg, nodes.Slice):
        bounds = (node.arg.start, node.arg.stop, node.arg.step)
        return holder[slice(*(None if bound is None else _evaluate(bound, names) for bound in bounds))]
    return _known(plain_environment().getitem(holder, _evaluate(node.arg, names)))


def _arguments(node: Any, names: Mapping[str, object]) -> tuple[list[Any], dict[str, Any]]:
    if node.dyn_args or node.dyn_kwargs:
        raise ExpressionError("unsafe", "*")
    return (
        [_evaluate(argument, names) for argument in node.args],
        {pair.key: _evaluate(pair.value, names) for pair in node.kwargs},
    )


def _call(node: nodes.Call, names: Mapping[str, object]) -> Any:
    function = _evaluate(node.node, names)
    if not callable(function) or not plain_environment().is_safe_callable(function):
        raise ExpressionError("unsafe", "()")
    positional, named = _arguments(node, names)
    return function(*positional, **named)


def _filter(node: nodes.Filter, names: Mapping[str, object]) -> Any:
    return _apply(plain_environment().filters, "filter", node, names)


def _test(node: nodes.Test, names: Mapping[str, object]) -> Any:
    if node.name in ("defined", "undefined"):
        try:
            _evaluate(node.node, names)
        except ExpressionError as fault:
            if fault.reason != "name":
                raise
            return node.name == "undefined"
        return node.name == "defined"
    return _apply(plain_environment().tests, "test", node, names)


def _apply(registry: Mapping[str, Any], reason: str, node: Any, names: Mapping[str, object]) -> Any:
    if node.name not in registry:
        raise ExpressionError(reason, node.name, tuple(registry))
    function = registry[node.name]
    positional, named = _arguments(node, names)
    passed = _PassArg.from_obj(function)
    if passed is not None:
        environment = plain_environment()
        context = Context(environment, {}, None, {})
        extra = {_PassArg.context: context, _PassArg.environment: environment, _PassArg.eval_context: context.eval_ctx}
        positional.insert(0, extra[passed])
        return function(positional[0], _evaluate(node.node, names), *positional[1:], **named)
    return function(_evaluate(node.node, names), *positional, **named)


def _compare(node: nodes.Compare, names: Mapping[str, object]) -> bool:
    left = _evaluate(node.expr, names)
    for operand in node.ops:
        right = _evaluate(operand.expr, names)
        if operand.op in _ORDER and (left is None or right is None):
            return False  # an empty value is neither smaller nor larger than anything
        if not _COMPARISONS[operand.op](left, right):
            return False
        left = right
    return True


def _arithmetic(sign: str, function: Callable[[Any, Any], Any] | None = None) -> Callable[..., Any]:
    def rule(node: nodes.BinExpr, names: Mapping[str, object]) -> Any:
        left, right = _evaluate(node.left, names), _evaluate(node.right, names)
        if left is None or right is None:
            return None  # what is reckoned from an empty value is empty
        return function(left, right) if function else binary(sign, left, right)

    return rule


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
_RULES: dict[type[nodes.Node], Callable[[Any, Mapping[str, object]], Any]] = {
    nodes.Const: lambda node, names: Decimal(repr(node.value)) if isinstance(node.value, float) else node.value,
    nodes.TemplateData: lambda node, names: node.data,
    nodes.Name: _name,
    nodes.Getattr: _getattr,
    nodes.Getitem: _getitem,
    nodes.Call: _call,
    nodes.Filter: _filter,
    nodes.Test: _test,
    nodes.Compare: _compare,
    nodes.And: lambda node, names: _evaluate(node.left, names) and _evaluate(node.right, names),
    nodes.Or: lambda node, names: _evaluate(node.left, names) or _evaluate(node.right, names),
    nodes.Not: lambda node, names: not _evaluate(node.node, names),
    nodes.Neg: lambda node, names: None if (value := _evaluate(node.node, names)) is None else -value,
    nodes.Pos: lambda node, names: _evaluate(node.node, names),
    nodes.Add: _arithmetic("+"),
    nodes.Mul: _arithmetic("*"),
    nodes.Pow: _arithmetic("**"),
    nodes.Mod: _arithmetic("%"),
    nodes.Sub: _arithmetic("-", operator.sub),
    nodes.Div: _arithmetic("/", operator.truediv),
    nodes.FloorDiv: _arithmetic("//", operator.floordiv),
    nodes.Concat: lambda node, names: "".join(display(_evaluate(part, names)) for part in node.nodes),
    nodes.CondExpr: lambda node, names: (
        _evaluate(node.expr1, names)
        if _evaluate(node.test, names)
        else _evaluate(node.expr2, names)
        if node.expr2 is not None
        else None
    ),
    nodes.List: lambda node, names: [_evaluate(item, names) for item in node.items],
    nodes.Tuple: lambda node, names: tuple(_evaluate(item, names) for item in node.items),
    nodes.Dict: lambda node, names: {_evaluate(pair.key, names): _evaluate(pair.value, names) for pair in node.items},
}
