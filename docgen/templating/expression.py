"""Expressions and short texts of felter.yaml, regler.yaml and profiles, evaluated on Jinja's own syntax tree.

They become functions in functions (docgen.templating.evaluating), not Python code: a kind holds a hundred of them, most
are used once in a run, and parsing alone costs a tenth of compiling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from jinja2 import TemplateSyntaxError, nodes

from docgen.danish.formats import display
from docgen.templating.environment import plain_environment
from docgen.templating.evaluating import ExpressionError, made, made_text, value_of

__all__ = ["Expression", "ExpressionError", "Text"]

_MOST_CHARACTERS = 2000
_MOST_BRACKETS = 30
_MOST_LEVELS = 80
_LONGEST_WAY = 40  # characters of a text that stands beside the other ways of a choice


class _Source:
    """Source text with its syntax tree; `_made` is what it was made into when it was first used."""

    __slots__ = ("__weakref__", "_asked", "_made", "_tree", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self._tree = self._parse()
        self._made: Any = None
        self._asked: frozenset[tuple[str, ...]] | None = None

    def __getstate__(self) -> tuple[str, nodes.Template]:
        return self.source, self._tree

    def __setstate__(self, state: tuple[str, nodes.Template]) -> None:
        self.source, self._tree = state
        self._made = self._asked = None

    def _parse(self) -> nodes.Template:
        raise NotImplementedError

    def paths(self) -> frozenset[tuple[str, ...]]:
        """The dotted names in the source, as tuples: `den.andele` is ("den", "andele")."""
        if self._asked is None:
            self._asked = frozenset(_paths(self._tree))
        return self._asked


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

    @property
    def node(self) -> nodes.Node:
        """The expression itself in its syntax tree."""
        return cast(nodes.Output, self._tree.body[0]).nodes[0]

    def names(self) -> frozenset[str]:
        """The names that the expression takes from outside."""
        return frozenset(node.name for node in self._tree.find_all(nodes.Name))

    def is_call_of(self, name: str) -> bool:
        """Whether the expression is nothing but a call of the function of that name."""
        call = self.node
        return isinstance(call, nodes.Call) and isinstance(call.node, nodes.Name) and call.node.name == name

    def evaluate(self, names: Mapping[str, object]) -> object:
        """The value of the expression where `names` are known. Raises ExpressionError."""
        if self._made is None:
            self._made = made(self.node)
        try:
            return value_of(self._made, names)
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
        if "{" not in self.source:
            return self.source
        if self._made is None:
            self._made = made_text(self._tree.body)
        return "".join(self._made(names))

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
