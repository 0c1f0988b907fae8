"""Python code from Jinja's syntax tree: as Jinja writes it, but each value goes through the writer of its place.

The plain variant is made for speed: what stands between two control tags is joined at once, a field of a plain dict is
taken without asking the sandbox, and a text that was escaped before is not escaped again (writing.Escaped). The guarded
variant wraps every expression, so that a second render after a failure can tell all faults, not the first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from io import StringIO
from types import CodeType
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator

from docgen.templating.costs import rounds, to_hold
from docgen.word.running.bare import BARE, LOOP_FIELDS

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.compiler import Frame

    from docgen.word.tagging.tag import Tag

MAX_DEPTH = 200
"""How many expressions may stand inside each other: each is a pair of brackets, and Python takes no more."""
TOO_DEEP = "nested too deep"
"""What TemplateSyntaxError says of a tag that is nested deeper than Python can follow."""

BARE_NODES = frozenset(
    {nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.Assign, nodes.Const, nodes.Getattr}
    | {nodes.Getitem, nodes.Slice, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Neg, nodes.Pos}
    | {nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Concat, nodes.Keyword}
    | {nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair}
)
"""The nodes that need nothing of Jinja, whatever they hold."""
JINJAS = frozenset({"loop", "self", "super", "caller", "varargs", "kwargs"})
"""The names that Jinja itself gives a value."""
_SEAM = re.compile(r"</?w:tbl[ >]|<\?dgs")


class _WordCode(CodeGenerator):
    """Jinja's generator with docgen's writers in the place of `str(finalize(…))`. `openings`: see `openings` below."""

    def __init__(
        self,
        environment: Environment,
        tags: Mapping[int, Tag],
        around: Mapping[int, tuple[str, str]],
        openings: Mapping[int, str],
    ) -> None:
        self._source = StringIO()
        super().__init__(environment, None, None, self._source)
        self._tags = tags
        self._around = around
        self._openings = openings

    def python(self, tree: nodes.Template) -> str:
        """The code of a template."""
        self.visit(tree)
        return self._source.getvalue()

    def visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> Any:
        """Visits a node; some expressions are handed to a function, see `openings` below."""
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


class PlainCode(_WordCode):
    """The same with less to do at render time, and without the lines by which a fault finds its tag."""

    def write_commons(self) -> None:
        """What every function of the code begins with."""
        super().write_commons()
        self.writeline("escaped = context.escaped")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """XML and values without a control tag in between: one text."""
        if frame.buffer is not None:
            super().visit_Output(node, frame)
            return
        finalize = self._make_finalize()
        self.writeline("piece = ''.join((")
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                self.write(repr(child.data))
            else:
                self._output_child_pre(child, frame, finalize)
                self.visit(child, frame)
                self._output_child_post(child, frame, finalize)
            self.write(", ")
        self.write("))")
        if any(isinstance(child, nodes.TemplateData) and _SEAM.search(child.data) for child in node.nodes):
            self.writeline("yield seam(piece)")
        else:
            self.writeline("yield piece")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """`holder.name`: what Environment.getattr does first, without the call."""
        self.write(f"(holder[{node.attr!r}] if (holder := ")
        self.visit(node.node, frame)
        self.write(f").__class__ is dict and {node.attr!r} in holder else environment.getattr(holder, {node.attr!r}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if self._is_text(node):
            self.write(f"({self._alone(node, 'escaped[value]')} if (value := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if self._is_text(node):
            number = self._alone(node, "str(value)")
            self.write(f").__class__ is str else {number} if value.__class__ is int else ")
            super()._output_child_pre(node, frame, finalize)
            self.write("value")
            super()._output_child_post(node, frame, finalize)
            self.write(")")
        else:
            super()._output_child_post(node, frame, finalize)

    def _alone(self, node: nodes.Expr, text: str) -> str:
        """Code for a text with the XML that stands around it, where its value is alone in a paragraph."""
        before, after = self._around.get(node.lineno, ("", ""))
        if not before + after:
            return f"{text}"
        braced = f"{before}\0{after}".replace("{", "{{").replace("}", "}}")
        return "f" + repr(braced).replace(r"\x00", f"{{{text}}}")

    def _is_text(self, node: nodes.Expr) -> bool:
        """Whether a plain text is written here as `escaped` has it."""
        return self._tags[node.lineno].hole == "text" or node.lineno in self._around


class _BareCode(PlainCode):
    """The same without a word of Jinja in it."""

    def python(self, tree: nodes.Template) -> str:
        """The code of a template, less its first line, which imports Jinja."""
        return super().python(tree).partition("\n")[2]

    def write_commons(self) -> None:
        """What every function of the code begins with."""
        self.writeline("resolve = context.resolve_or_missing")
        self.writeline("undefined = environment.undefined")
        self.writeline("if 0: yield None")
        self.writeline("escaped = context.escaped")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802
        """`x is defined` for a name from outside: whether it is there."""
        if isinstance(node.node, nodes.Name) and node.name != "none":
            self.write(f"({frame.symbols.ref(node.node.name)} is {'' if node.name == 'undefined' else 'not '}missing)")
        else:
            super().visit_Test(node, frame)


def is_bare(tree: nodes.Template, environment: Environment) -> bool:
    """Whether a program can do without Jinja, see docgen.word.running.bare."""
    given = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    known = {*environment.globals, *given}
    asked = {id(node.node) for node in tree.find_all(nodes.Getattr) if node.attr in LOOP_FIELDS}
    return all(
        node.name not in environment.globals and (node.name not in JINJAS or id(node) in asked)
        if isinstance(node, nodes.Name)
        else _does_without(node, known)
        for node in tree.find_all(nodes.Node)
    )


def _does_without(node: nodes.Node, known: Collection[str]) -> bool:
    """`known` are the names that the template or its environment gives a value."""
    match node:
        case nodes.Filter():
            return node.name in BARE.filters and node.node is not None
        case nodes.Test(name="defined" | "undefined", node=nodes.Name(name=name)):
            return name not in known
        case nodes.Test():
            return node.name == "none"
        case nodes.For():
            return not node.recursive
        case nodes.CondExpr():
            return node.expr2 is not None
    return type(node) in BARE_NODES


def _expressions(tree: nodes.Template) -> Iterator[tuple[nodes.Node, str]]:
    """The whole expressions of a template's tags, each with what it is for."""
    later: set[int] = set()
    for node in tree.find_all((nodes.Output, nodes.If, nodes.For, nodes.Assign, nodes.With)):
        match node:
            case nodes.Output():
                yield from ((one, "value") for one in node.nodes if not isinstance(one, nodes.TemplateData))
            case nodes.If():
                later.update(map(id, node.elif_))
                yield node.test, "next_test" if id(node) in later else "test"
            case nodes.For():
                yield node.iter, "items"
                if node.test is not None:
                    yield node.test, "test"
            case nodes.Assign():
                yield node.node, "value"
            case nodes.With():
                yield from ((value, "value") for value in node.values)


def openings(tree: nodes.Template, *, guarded: bool) -> dict[int, str]:
    """What to write before some expressions, by the identity of their node; a bracket closes it after them."""
    costs = {id(loop.iter): cost for loop, cost in rounds(tree)}
    large = {id(one): "held(" for one in to_hold(tree)}
    if guarded:
        names = {id(loop.iter): len(getattr(loop.target, "items", ())) for loop in tree.find_all(nodes.For)}
        told = {one: f"{cost}, {names[one]}, " for one, cost in costs.items()}
        return large | {
            id(one): f"guard_{use}(context, {one.lineno}, {told.get(id(one), '')}lambda: "
            for one, use in _expressions(tree)
        }
    return large | {one: f"items_of({cost}, " for one, cost in costs.items()}


def _without_else(tree: nodes.Template) -> None:
    """Makes every `else` of a condition an `elif` that always holds: after a fault neither way is gone."""
    for node in list(tree.find_all(nodes.If)):
        if node.else_:
            holds = nodes.Const(True, lineno=node.test.lineno)
            node.elif_ = [*node.elif_, nodes.If(holds, node.else_, [], [], lineno=node.test.lineno)]
            node.else_ = []


def generate(
    environment: Environment,
    tree: nodes.Template,
    tags: Mapping[int, Tag],
    around: Mapping[int, tuple[str, str]],
    *,
    bare: bool,
) -> CodeType:
    """The compiled code of a part; `around` has the XML around those values that stand alone in a paragraph.

    Raises jinja2.TemplateSyntaxError for what the generator refuses.
    """
    writer = _BareCode if bare else PlainCode
    return compiled(writer(environment, tags, around, openings(tree, guarded=False)), tree)


def generate_guarded(environment: Environment, tree: nodes.Template, tags: Mapping[int, Tag]) -> CodeType:
    """The code that notes every fault and goes on. `tree` is changed; raises what `generate` does."""
    _without_else(tree)
    return compiled(_WordCode(environment, tags, {}, openings(tree, guarded=True)), tree)


def compiled(writer: _WordCode, tree: nodes.Template) -> CodeType:
    """The compiled code that `writer` makes of a template. Raises jinja2.TemplateSyntaxError where it is too deep."""
    try:
        return compile(writer.python(tree), "<word template>", "exec")
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
