"""A part of a template as a program: its tags are one Jinja syntax tree, its XML the text in between."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import CodeType, TracebackType
from typing import Any, NamedTuple

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.lexer import Token

from docgen.diagnostics import DocgenError
from docgen.templating.budget import paid_for
from docgen.word.archive.texts import Escaped
from docgen.word.running.codegen import generate, load
from docgen.word.running.environment import default_environment, recipe_of
from docgen.word.running.faults import EXPECTED, EnoughError, describe, record_located
from docgen.word.running.session import ListRequest, Session
from docgen.word.running.writing import WordContext
from docgen.word.tagging.grids import SENTINEL
from docgen.word.tagging.settled import Seam, ends_in_paragraph, settle, settled_pieces
from docgen.word.tagging.tag import Tag


@dataclass(slots=True)
class Hole:
    """The paragraph that a value is alone in: what stands before and after the value.

    When a block value replaces the paragraph, `starts` and `ends` are the bookmarks that stay around it, `section`
    the section break that the paragraph carried, `style` the id of its style; `closes` as in tags.Tag. With
    `vanishes` the paragraph goes when its value is empty, since a clause has no numbers without text.
    """

    prefix: str = ""
    suffix: str = ""
    starts: str = ""
    ends: str = ""
    section: str = ""
    style: str = ""
    closes: bool = False
    vanishes: bool = False

    def around(self, xml: str) -> str:
        """A block value with what has to survive the paragraph it replaces."""
        if self.closes and not ends_in_paragraph(xml):
            xml += "<w:p/>"
        return f"{self.starts}{xml}{self.ends}{self.section}"


class Part(NamedTuple):
    """A part with tags, and its program."""

    name: str
    program: Program


class Program:
    """The compiled part. `pieces` are its XML and the numbers of its tags (from 1) in order.

    `settles` says whether its output has sentinels to resolve; `lists` are those that a clause's Markdown asked for.
    Raises jinja2.TemplateSyntaxError for tags that cannot be read together. Programs in docgen's own environment can
    be pickled; what only a faulty render or a list of names needs is then made again when it is needed.
    """

    def __init__(
        self,
        environment: Environment,
        pieces: list[str | int],
        tags: Mapping[int, Tag],
        holes: Mapping[int, Hole],
        settles: bool,
        lists: Mapping[int, ListRequest],
    ) -> None:
        self.environment = environment
        self.tags = tags
        self.holes = holes
        self.lists = lists
        self._pieces = pieces
        self._settles = settles
        self._fits = any(isinstance(piece, str) and f"<?{SENTINEL}" in piece for piece in pieces)
        self._tree: nodes.Template | None = None
        around = {number: (hole.prefix, hole.suffix) for number, hole in holes.items() if not hole.vanishes}
        self._code = generate(environment, self.tree, tags, around, guarded=False)
        self._plain = load(self._code, environment, guarded=False)
        self._guarded: dict[str, Any] | None = None

    def __getstate__(self) -> dict[str, Any]:
        recipe = recipe_of(self.environment)
        if recipe is None and self.environment is not default_environment():
            raise pickle.PicklingError("only docgen's own environment is the same in the next run")
        kept = ("tags", "holes", "lists", "_pieces", "_settles", "_fits")
        return {name: getattr(self, name) for name in kept} | {"_code": marshal.dumps(self._code), "_recipe": recipe}

    def __setstate__(self, state: dict[str, Any]) -> None:
        recipe = state.pop("_recipe")
        self.__dict__ |= state
        self.environment = recipe.environment if recipe else default_environment()
        # the cache that pickles belong to is the user's own and tied to this version of Python
        self._code = code = _unmarshalled(state["_code"])
        self._plain = load(code, self.environment, guarded=False)
        self._tree = self._guarded = None

    @property
    def tree(self) -> nodes.Template:
        """The syntax tree; a node's line number is the number of its tag."""
        if self._tree is None:
            from docgen.word.running.syntax import TokenParser

            self._tree = TokenParser(self.environment, self._tokens()).parse()
        return self._tree

    def _tokens(self) -> Iterator[Token]:
        from docgen.word.running.syntax import lex

        for piece in self._pieces:
            if isinstance(piece, str):
                yield Token(0, "data", piece)
            else:
                yield from lex(self.environment, self.tags[piece])

    def render(self, variables: dict[str, Any], session: Session) -> str:
        """The part's XML. Raises what the expressions raise; in a guarded session that is noted and goes on."""
        return "".join(self.pieces(variables, session))

    def pieces(self, variables: dict[str, Any], session: Session) -> Iterator[str]:
        """The same as it is made, piece by piece: those with the edges of tables in them are `Seam`s."""
        code = self._plain if session.faults is None else self.guarded
        context = WordContext(self.environment, variables, None, code["blocks"])
        context.session, context.program, context.lists = session, self, {}
        context.escaped, context.block_written = Escaped(), False
        context.neither = False
        written: Iterator[str] = code["root"](context)
        if session.faults is not None:
            return self._guarded_pieces(context, written)
        written = paid_for(written)
        if self._fits:
            written = iter((Seam(settle("".join(written))),))
        elif self._settles:
            written = settled_pieces(written)
        return written

    def _guarded_pieces(self, context: WordContext, written: Iterator[str]) -> Iterator[str]:
        session = context.session
        if session.budget.spent:
            return
        try:
            yield from paid_for(written)
        except EnoughError as enough:
            session.budget.spent = True
            if enough.cause is not None:
                session.record(describe(context, self.tags[enough.number], enough.cause), enough.number)
        except EXPECTED as raised:
            if session.bug is raised or not record_located(context, raised, written):
                raise

    @property
    def guarded(self) -> dict[str, Any]:
        """The variant of the code that notes every fault and goes on."""
        if self._guarded is None:
            try:
                code = generate(self.environment, self.tree, self.tags, {}, guarded=True)
            except TemplateSyntaxError as fault:  # at the very edge: the guards are brackets too
                from docgen.word.running.syntax import unreadable

                raise DocgenError([unreadable(self.tags[fault.lineno or 1], fault)]) from None
            self._guarded = load(code, self.environment, guarded=True)
        return self._guarded

    @property
    def local_names(self) -> set[str]:
        """The names that the template's own tags give values to: loop variables, set, macros."""
        found = {node.name for node in self.tree.find_all(nodes.Name) if node.ctx in ("store", "param")}
        return found | {node.name for node in self.tree.find_all(nodes.Macro)}

    def dotted(self, number: int, attribute: str) -> str:
        """How tag `number` writes the attribute of this name: `aktiv.værdi`; the name alone when it cannot be told."""
        for node in self.tree.find_all((nodes.Getattr, nodes.Getitem)):
            if node.lineno == number:
                steps = dotted_name(node)
                if steps and steps[-1] == attribute:
                    return ".".join(steps)
        return attribute

    def tag_at(self, trace: TracebackType | None, written: Iterator[str] | None = None) -> int:
        """The tag whose guarded code is innermost in a traceback, or else where `written` waits; 0 for none."""
        code = self.guarded
        line = 0
        while trace is not None:
            if trace.tb_frame.f_globals is code:
                line = trace.tb_lineno
            trace = trace.tb_next
        frame = getattr(written, "gi_frame", None)
        line = line or (frame.f_lineno if frame is not None else 0)
        pairs = [pair.split("=") for pair in code["debug_info"].split("&") if pair]
        return next((int(tag) for tag, first in reversed(pairs) if int(first) <= line), 0)


def dotted_name(node: nodes.Node) -> list[str]:
    """`a.b["c"]` as its steps; empty for anything that is more than that."""
    match node:
        case nodes.Name():
            return [node.name]
        case nodes.Getattr():
            inner = dotted_name(node.node)
            return [*inner, node.attr] if inner else []
        case nodes.Getitem(arg=nodes.Const(value=str() as name)):
            inner = dotted_name(node.node)
            return [*inner, name] if inner else []
    return []


def _unmarshalled(data: bytes) -> CodeType:
    code = marshal.loads(data)  # noqa: S302 - see __setstate__
    assert isinstance(code, CodeType)
    return code
