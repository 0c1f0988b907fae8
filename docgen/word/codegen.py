"""Python code from Jinja's syntax tree: as Jinja writes it, but each value goes through the writer of its place.

The guarded variant wraps every expression, so that a second render after a failure can tell all faults, not the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from types import CodeType
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator

from docgen.word.faults import GUARDS, items_of, recording
from docgen.word.writing import WRITERS, Xml, join_shown

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.compiler import Frame

    from docgen.word.tag import Tag

MAX_DEPTH = 200
"""How many expressions may stand inside each other: each is a pair of brackets, and Python takes no more."""
TOO_DEEP = "nested too deep"
"""What TemplateSyntaxError says of a tag that is nested deeper than Python can follow."""


class _WordCode(CodeGenerator):
    """Jinja's generator with docgen's writers in the place of `str(finalize(…))`."""

    def __init__(
        self, environment: Environment, tags: Mapping[int, Tag], openings: Mapping[int, str], stream: StringIO
    ) -> None:
        super().__init__(environment, None, None, stream)
        self._tags = tags
        self._openings = openings

    def visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> Any:
        """Visits a node; some expressions are handed to a function, see `_openings` below."""
        opening = self._openings.get(id(node))
        if opening is None:
            return super().visit(node, *args, **kwargs)
        self.write(opening)
        found = super().visit(node, *args, **kwargs)
        self.write(")")
        return found

    def _make_finalize(self) -> CodeGenerator._FinalizeInfo:
        # no constant folding: a constant depends on its place too
        return self._FinalizeInfo(None, None)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:  # noqa: ARG002
        self.write(f"write_{self._tags[node.lineno].hole}(context, {node.lineno}, ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:  # noqa: ARG002
        if self._tags[node.lineno].hole == "block":
            self.write(f", {self.dump_local_context(frame)}")
        self.write(")")


def _expressions(tree: nodes.Template) -> Iterator[tuple[nodes.Node, str]]:
    """The whole expressions of a template's tags, each with what it is for."""
    for node in tree.find_all((nodes.Output, nodes.If, nodes.For, nodes.Assign, nodes.With)):
        match node:
            case nodes.Output():
                yield from ((one, "value") for one in node.nodes if not isinstance(one, nodes.TemplateData))
            case nodes.If():
                yield node.test, "test"
            case nodes.For():
                yield node.iter, "items"
                if node.test is not None:
                    yield node.test, "test"
            case nodes.Assign():
                yield node.node, "value"
            case nodes.With():
                yield from ((value, "value") for value in node.values)


def _openings(tree: nodes.Template, *, guarded: bool) -> dict[int, str]:
    """What to write before some expressions, by the identity of their node; a bracket closes it after them."""
    if guarded:
        return {id(one): f"guard_{use}(context, {one.lineno}, lambda: " for one, use in _expressions(tree)}
    return {id(one): "items_of(" for one, use in _expressions(tree) if use == "items"}


def generate(environment: Environment, tree: nodes.Template, tags: Mapping[int, Tag], *, guarded: bool) -> CodeType:
    """The compiled code of a part. Raises jinja2.TemplateSyntaxError for what the generator refuses."""
    source = StringIO()
    try:
        _WordCode(environment, tags, _openings(tree, guarded=guarded), source).visit(tree)
        return compile(source.getvalue(), "<word template>", "exec")
    except (RecursionError, MemoryError):
        pass
    except SyntaxError as fault:
        if "too many nested" not in str(fault):
            raise
    raise TemplateSyntaxError(TOO_DEEP, deepest(tree)[1])


def deepest(tree: nodes.Template) -> tuple[int, int]:
    """How many expressions stand inside each other where most do, and the number of the tag they stand in."""
    found = (0, 1)
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:  # a loop: a function that calls itself would not reach the bottom
        node, depth = waiting.pop()
        if depth > found[0]:
            found = (depth, node.lineno)
        for child in node.iter_child_nodes():
            waiting.append((child, depth + 1 if isinstance(child, nodes.Expr) else depth))
    return found


def load(code: CodeType, environment: Environment, *, guarded: bool) -> dict[str, Any]:
    """Runs the definitions: `root` writes the part, `blocks` its `{% block %}`s, `debug_info` maps lines to tags."""
    namespace: dict[str, Any] = {"environment": environment}
    exec(code, namespace)  # noqa: S102 - code that Jinja generated from the template
    namespace |= {"str_join": join_shown, "items_of": items_of}
    for name, writer in WRITERS.items():
        namespace[f"write_{name}"] = recording(writer) if guarded else writer
    if guarded:
        namespace |= GUARDS
    return namespace


def captured(chunks: Iterable[str]) -> Xml:
    """What a macro or a set block wrote (Jinja's `concat`): the template's own XML."""
    return Xml("".join(chunks))
