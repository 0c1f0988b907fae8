"""Python code for the documents of a series: it tells what it reads, and skips what is known, see kept.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import CodeType
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.idtracking import VAR_LOAD_ALIAS, VAR_LOAD_RESOLVE

from docgen.word.running.bare import LOOP_FIELDS
from docgen.word.running.codegen import BARE_NODES, JINJAS, PlainCode, compiled, openings

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.compiler import Frame

    from docgen.word.tagging.tag import Tag

_PURE_NODES = BARE_NODES | {nodes.For, nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Call}


class _MarkedCode(PlainCode):
    """The plain variant with marks. `loops` are the outer loops, each with the name of its item.

    One of their rounds begins with what is known of it, and ends there when that has a text. In such a round, or
    everywhere where `loops` is None, each value from outside is told when it is read.
    """

    def __init__(
        self,
        environment: Environment,
        tags: Mapping[int, Tag],
        around: Mapping[int, tuple[str, str]],
        opened: Mapping[int, str],
        loops: Sequence[tuple[nodes.For, str]] | None,
    ) -> None:
        super().__init__(environment, tags, around, opened)
        self._loops = {id(loop.body): (number, item) for number, (loop, item) in enumerate(loops or (), 1)}
        self._entered: tuple[int, str] | None = None
        self._tells = loops is None

    def write_commons(self) -> None:
        """What every function of the code begins with."""
        super().write_commons()
        self.writeline("keeping = context.session.keeping")
        self.writeline("read = keeping.read")

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802
        """A loop; an outer one has marks in it."""
        self._entered = self._loops.get(id(node.body))
        super().visit_For(node, frame)

    def enter_frame(self, frame: Frame) -> None:
        """How the code of some nodes begins; that of a round with a mark."""
        if self._entered and frame.loop_frame:
            number, item = self._entered
            self.writeline(f"stretch = keeping.round(context.program, {number}, {frame.symbols.ref(item)})")
            self.writeline("yield stretch")
            self.writeline("if stretch.texts is not None: continue")
            self._entered = None
        super().enter_frame(frame)

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Some nodes in a row; after those of a round stands a mark."""
        if id(nodes) not in self._loops:
            super().blockvisit(nodes, frame)
            return
        self._tells = True
        super().blockvisit(nodes, frame)
        self._tells = False
        self.writeline("yield None")

    def visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> Any:
        """Visits a node, and tells what is read where that is a value from outside."""
        path = _outside(node, args[0]) if self._tells and args else ()
        if not path:
            return super().visit(node, *args, **kwargs)
        self._tells = False  # what it is taken from is told with it
        self.write(f"read({path!r}, ")
        found = super().visit(node, *args, **kwargs)
        self.write(")")
        self._tells = True
        return found


def _outside(node: nodes.Node, frame: Frame) -> tuple[str, ...]:
    """The path of a value that comes from outside the template; () for any other."""
    match node:
        case nodes.Name(name=name, ctx="load"):
            load = frame.symbols.find_load(frame.symbols.ref(name))
            while load is not None and load[0] == VAR_LOAD_ALIAS:
                load = frame.symbols.find_load(load[1])
            return (name,) if load is not None and load[0] == VAR_LOAD_RESOLVE else ()
        case nodes.Getattr():
            holder = _outside(node.node, frame)
            return (*holder, node.attr) if holder else ()
    return ()


def _is_pure(tree: nodes.Template) -> bool:
    """Whether all that a template in docgen's own environment writes follows from values whose paths can be told."""
    asked: set[int] = set()
    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Name):
            if node.name in JINJAS and id(node) not in asked:
                return False
        elif type(node) not in _PURE_NODES:
            return False
        elif isinstance(node, nodes.Getattr) and node.attr in LOOP_FIELDS:
            asked.add(id(node.node))
    return True


def _outer_loops(tree: nodes.Template) -> list[tuple[nodes.For, str]]:
    """The loops that stand in no other and whose rounds know nothing but their item and what comes from outside.

    Each with the name of its item.
    """
    loops: list[nodes.For] = []
    given: set[str] = set()
    for node in _outside_rounds(tree):
        if isinstance(node, nodes.For):
            loops.append(node)
        elif isinstance(node, nodes.Name) and node.ctx == "store":
            given.add(node.name)
    return [
        (loop, loop.target.name)
        for loop in loops
        if isinstance(loop.target, nodes.Name)
        and not loop.else_
        and not any(one.name in given for part in loop.body for one in part.find_all(nodes.Name))
        and not any(isinstance(one, nodes.Name) and one.name == "loop" for one in _outside_rounds(*loop.body))
    ]


def _outside_rounds(*some: nodes.Node) -> Iterator[nodes.Node]:
    """The nodes below some, without those that are in the rounds of a loop."""
    waiting = list(some)
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [node.iter] if isinstance(node, nodes.For) else node.iter_child_nodes()


def generate_marked(
    environment: Environment,
    tree: nodes.Template,
    tags: Mapping[int, Tag],
    around: Mapping[int, tuple[str, str]],
    *,
    rounds: bool,
) -> CodeType | None:
    """The compiled code of a template in docgen's own environment: it marks the `rounds` of outer loops, or tells all.

    None for a template that nothing can be kept of, or that is nested so deep that there is no room for marks.
    """
    if not _is_pure(tree):
        return None
    loops = _outer_loops(tree) if rounds else None
    try:
        return compiled(_MarkedCode(environment, tags, around, openings(tree, guarded=False), loops), tree)
    except TemplateSyntaxError:
        return None
