"""A part of a template as a program: its tags are one Jinja syntax tree, its XML the text in between."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import CodeType, TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docgen.cache import Folded
from docgen.diagnostics import DocgenError
from docgen.templating.budget import held, items_of, paid_for
from docgen.word.running.bare import BARE, MISSING, Rounds, WordContext
from docgen.word.running.session import ListRequest, Session
from docgen.word.running.writing import WRITERS, as_python, join_plain, join_shown, shown
from docgen.word.tagging.grids import SENTINEL
from docgen.word.tagging.settled import Seam, ends_in_paragraph, settle, settled_pieces

if TYPE_CHECKING:
    from jinja2 import Environment, nodes
    from jinja2.lexer import Token

    from docgen.word.running.kept import Keeping, Stretch
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


class Written(NamedTuple):
    """A part as it was compiled: its XML with the numbers of its tags (from 1) in order, and the tags."""

    pieces: list[str | int]
    tags: Mapping[int, Tag]


class Program:
    """The compiled part. `settles` says whether its output has sentinels to resolve.

    `lists` are those that a clause's Markdown asked for. Raises jinja2.TemplateSyntaxError for tags that cannot be read
    together. Programs in docgen's own environment can be pickled; what only a faulty render or a list of names needs is
    then made again when it is needed, and Jinja is only loaded for a program that is not `bare`.
    """

    def __init__(
        self,
        environment: Environment,
        written: Written,
        holes: Mapping[int, Hole],
        settles: bool,
        lists: Mapping[int, ListRequest],
    ) -> None:
        from docgen.word.running.codegen import generate, is_bare
        from docgen.word.running.environment import default_environment, recipe_of

        self.holes = holes
        self.lists = lists
        self._environment: Environment | None = environment
        recipe = recipe_of(environment)
        self._recipe = Folded(recipe) if recipe else None
        self._danish = recipe is None or recipe.is_danish
        self._written = Folded(written)
        self._settles = settles
        self._fits = any(isinstance(piece, str) and f"<?{SENTINEL}" in piece for piece in written.pieces)
        self._tree: nodes.Template | None = None
        own = recipe.is_plain if recipe else environment is default_environment()
        self._bare = own and is_bare(self.tree, environment)
        self._code = generate(environment, self.tree, self.tags, self._around, bare=self._bare)
        self._plain: dict[str, Any] | None = None
        self._guarded: dict[str, Any] | None = None
        self._can_keep: bool | None = None
        self._marked_code: CodeType | None = None
        self._marked: dict[str, Any] | None = None

    def __getstate__(self) -> dict[str, Any]:
        from docgen.word.running.environment import default_environment

        if self._recipe is None and self.environment is not default_environment():
            raise pickle.PicklingError("only docgen's own environment is the same in the next run")
        kept = ("holes", "lists", "_recipe", "_danish", "_written", "_settles", "_fits", "_bare", "_can_keep")
        codes = {name: marshal.dumps(getattr(self, name)) for name in ("_code", "_marked_code")}
        return {name: getattr(self, name) for name in kept} | codes

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__ |= state
        # the cache that pickles belong to is the user's own and tied to this version of Python
        self._code, self._marked_code = (marshal.loads(state[name]) for name in ("_code", "_marked_code"))  # noqa: S302
        self._environment = self._tree = self._plain = self._guarded = self._marked = None

    @property
    def environment(self) -> Environment:
        """The Jinja environment that the program was compiled in."""
        if self._environment is None:
            from docgen.word.running.environment import default_environment

            self._environment = self._recipe.value.environment if self._recipe else default_environment()
        return self._environment

    def mark(self, *, rounds: bool) -> bool:
        """Compiles what `marked` runs, if that has not been done; False for a program of which nothing can be kept.

        With `rounds` that are the rounds of its outer loops, else all that it writes.
        """
        if self._can_keep is None:
            from docgen.word.running.environment import default_environment
            from docgen.word.running.marked import generate_marked

            own = self._recipe.value.is_plain if self._recipe else self.environment is default_environment()
            if own and not (rounds and self._fits):
                self._marked_code = generate_marked(self.environment, self.tree, self.tags, self._around, rounds=rounds)
            self._can_keep = self._marked_code is not None
        return self._can_keep

    @property
    def _around(self) -> dict[int, tuple[str, str]]:
        """The XML around the values that stand alone in a paragraph."""
        return {number: (hole.prefix, hole.suffix) for number, hole in self.holes.items() if not hole.vanishes}

    @property
    def tags(self) -> Mapping[int, Tag]:
        """The tags by number."""
        return self._written.value.tags

    @property
    def tree(self) -> nodes.Template:
        """The syntax tree; a node's line number is the number of its tag."""
        if self._tree is None:
            from docgen.word.running.syntax import TokenParser

            self._tree = TokenParser(self.environment, self._tokens()).parse()
        return self._tree

    def _tokens(self) -> Iterator[Token]:
        from jinja2.lexer import Token

        from docgen.word.running.syntax import lex

        for piece in self._written.value.pieces:
            if isinstance(piece, str):
                yield Token(0, "data", piece)
            else:
                yield from lex(self.environment, self.tags[piece])

    def render(self, variables: dict[str, Any], session: Session) -> str:
        """The part's XML. Raises what the expressions raise; in a guarded session that is noted and goes on."""
        if session.keeping is not None:
            return session.keeping.text(self, variables)
        return "".join(self.pieces(variables, session))

    def pieces(self, variables: dict[str, Any], session: Session) -> Iterator[str]:
        """The same as it is made, piece by piece: those with the edges of tables in them are `Seam`s."""
        code = self._loaded if session.faults is None else self.guarded
        context = self._context(variables, session, code["blocks"])
        written: Iterator[str] = code["root"](context)
        if session.faults is not None:
            return self._guarded_pieces(context, written)
        return self.settled(paid_for(written))

    def marked(self, variables: dict[str, Any], keeping: Keeping) -> Iterator[str | Stretch | None]:
        """The output as `mark` has compiled it, before its sentinels are resolved: `keeping` is told what it reads.

        A round begins with a Stretch; one that has no texts is followed by its pieces and None.
        """
        from docgen.word.running.environment import JinjaContext, names_for

        if self._marked is None:
            assert self._marked_code is not None
            self._marked = _load(self._marked_code, names_for(self.environment), WRITERS)
        context = JinjaContext(self, cast(Session, keeping), variables, {})
        written: Iterator[str | Stretch | None] = self._marked["root"](context)
        return written

    def settled(self, written: Iterator[str]) -> Iterator[str]:
        """Output of the program with its sentinels resolved: all of it, or a whole round of a loop."""
        if self._fits:
            return iter((Seam(settle("".join(written))),))
        return settled_pieces(written) if self._settles else written

    def _context(self, variables: dict[str, Any], session: Session, blocks: dict[str, Any]) -> WordContext:
        if self._bare and session.faults is None:
            return WordContext(self, session, variables, shown if self._danish else as_python)
        from docgen.word.running.environment import JinjaContext

        return JinjaContext(self, session, variables, blocks)

    def _guarded_pieces(self, context: WordContext, written: Iterator[str]) -> Iterator[str]:
        from docgen.word.running.faults import EXPECTED, EnoughError, describe, record_located

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
    def _loaded(self) -> dict[str, Any]:
        """The plain variant of the code, ready to run."""
        if self._plain is None:
            if self._bare:
                join = join_shown if self._danish else join_plain
                names = {"environment": BARE, "missing": MISSING, "str_join": join, "LoopContext": Rounds}
            else:
                from docgen.word.running.environment import names_for

                names = names_for(self.environment)
            self._plain = _load(self._code, names, WRITERS)
        return self._plain

    @property
    def guarded(self) -> dict[str, Any]:
        """The variant of the code that notes every fault and goes on."""
        if self._guarded is None:
            from jinja2 import TemplateSyntaxError

            from docgen.word.running.codegen import generate_guarded
            from docgen.word.running.environment import names_for
            from docgen.word.running.faults import GUARDS, recording

            try:
                code = generate_guarded(self.environment, self.tree, self.tags)
            except TemplateSyntaxError as fault:  # at the very edge: the guards are brackets too
                from docgen.word.running.syntax import unreadable

                raise DocgenError([unreadable(self.tags[fault.lineno or 1], fault)]) from None
            writers = {name: recording(writer) for name, writer in WRITERS.items()}
            self._guarded = _load(code, names_for(self.environment) | GUARDS, writers)
        return self._guarded

    @property
    def local_names(self) -> set[str]:
        """The names that the template's own tags give values to: loop variables, set, macros."""
        from jinja2 import nodes

        found = {node.name for node in self.tree.find_all(nodes.Name) if node.ctx in ("store", "param")}
        return found | {node.name for node in self.tree.find_all(nodes.Macro)}

    def dotted(self, number: int, attribute: str) -> str:
        """How tag `number` writes the attribute of this name: `aktiv.værdi`; the name alone when it cannot be told."""
        from jinja2 import nodes

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
    from jinja2 import nodes

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


def _load(code: CodeType, names: Mapping[str, Any], writers: Mapping[str, Callable[..., str]]) -> dict[str, Any]:
    """Runs the definitions of generated code: `root` writes the part, `blocks` its `{% block %}`s.

    `debug_info` maps lines to tags.
    """
    given = {**names, "items_of": items_of, "held": held, "seam": Seam}
    given |= {f"write_{name}": writer for name, writer in writers.items()}
    namespace = dict(given)
    exec(code, namespace)  # noqa: S102 - code that Jinja generated from the template
    namespace |= given  # the code may have imported Jinja's own
    return namespace
