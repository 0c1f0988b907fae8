"""What the loops of a template cost, and which expressions pay for the size of their value: read off the tree."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

from docgen.templating.budget import CALL

_LITERALS = (nodes.Const, nodes.List, nodes.Tuple, nodes.Dict)


def rounds(tree: nodes.Template) -> Iterator[tuple[nodes.For, int]]:
    """The loops of a template, each with what one round of it costs without the loops inside it."""
    for loop in tree.find_all(nodes.For):
        yield loop, 2 + sum(map(_weight, (*loop.body, *([loop.test] if loop.test else ()))))


def _weight(node: nodes.Node) -> int:
    if isinstance(node, nodes.For):
        return _weight(node.iter) + 5
    own = CALL // 10 if isinstance(node, nodes.Filter | nodes.Call | nodes.Test) else 1
    return own + sum(map(_weight, node.iter_child_nodes()))


def to_hold(tree: nodes.Template) -> Iterator[nodes.Expr]:
    """The expressions of a template whose value may be large and is compared, searched or cut."""
    for node in tree.find_all((nodes.Compare, nodes.Getitem)):
        match node:
            case nodes.Getitem(arg=nodes.Slice()):
                yield node.node
            case nodes.Compare(expr=nodes.Expr() as left, ops=operands):
                for operand in operands:
                    if not isinstance(operand.expr, _LITERALS):
                        if operand.op in ("in", "notin"):
                            yield operand.expr
                        elif not isinstance(left, _LITERALS):
                            yield left
