"""Text files that are Jinja templates: mails to send along, and the page around a document's HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import DecimalException
from functools import cache
from html import escape
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any

from jinja2 import Template, TemplateError, TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.visitor import NodeTransformer

from docgen.danish.formats import display
from docgen.danish.values import Markdown
from docgen.diagnostics import Diagnostic, DocgenError, FilePlace, TextPlace, error
from docgen.sources.decoding import decode
from docgen.templating.budget import (
    Budget,
    LimitError,
    held,
    items_of,
    measure,
    paid_for,
    paid_from,
    spend_output,
    spend_text,
)
from docgen.templating.costs import rounds
from docgen.templating.environment import Environment, create_environment, unsafe_nodes
from docgen.templating.reasons import syntax_reason, value_reason

_TAG = re.compile(r"\{[{%#](?:(?!\{[{%#]).)*?[}%#]\}|\{[{%#](?:(?!\{[{%#]|\}).)*\}?")
_UNENDED = re.compile(r"\{([{%])(?:(?!\{[{%]|[}%]\}).)*(?=\{[{%]|\Z)", re.DOTALL)
_DESCRIPTION = re.compile(r"\s*\{#-?\s*(.*?)\s*-?#\}", re.DOTALL)
_MISSING = re.compile(r"'([^']*)'(?: is undefined)?$")
_UNKNOWN_FILTER = re.compile(r"No (filter|test) named '([^']*)'")
_UNCLOSED = re.compile(r"Unexpected end of template.*innermost block that needs to be closed is '(\w+)'", re.DOTALL)
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_LINE_SPACES = re.compile(r"[ \t]+$", re.MULTILINE)
_LONGEST_QUOTE = 60
_MOST_FAULTS = 50
_LIMITS = ("DG476", "DG477", "DG478")
_EMPTY = nodes.Const(None)
_ITEMS, _JOINED, _HELD = " items", " joined", " held"  # no template can write these names
_VALUE_FAULTS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)


class Html(str):
    """Markup that docgen made itself: the page prints it as it is, every other value is escaped."""

    __slots__ = ()


class TextFile:
    """A Jinja template in a text file, parsed when it is made.

    `markup` says that the file is HTML: values are escaped, and the text is left as the template has it. In other files
    three or more line ends become two, so that a tag that writes nothing leaves no hole; `markdown` turns a value of
    type `afsnit` into plain text. Raises DocgenError with the faults of the file: DG401 and DG402 (exit code 2), those
    of docgen.sources.decoding, DG422 a tag that cannot be read, DG459 one that is not allowed.
    """

    def __init__(self, path: Path, *, markup: bool = False, markdown: Callable[[str], str] = str) -> None:
        name = path.as_posix()
        findings: list[Diagnostic] = []
        self._text = decode(_bytes(path, name), name, findings)
        if findings:
            raise DocgenError(findings)
        self._name = name
        self._markup = markup
        self._environment = _environment(markup, markdown)
        self.tree, self._code = self._parse()

    @property
    def description(self) -> str:
        """What the comment that opens the file says of it, on one line; "" when there is none."""
        found = _DESCRIPTION.match(self._text.content)
        return " ".join(found[1].split()) if found else ""

    @property
    def known(self) -> tuple[str, ...]:
        """The names that every template may use."""
        return tuple(self._environment.globals)

    def place(self, line: int, word: str = "") -> TextPlace:
        """The tag on a line (from 1) in which `word` stands, else the first tag there."""
        content = self._text.source.lines[line - 1] if line <= len(self._text.source.lines) else ""
        tags = list(_TAG.finditer(content))
        tag = next((one for one in tags if word and word in one[0]), tags[0] if tags else None)
        start, length = (tag.start(), len(tag[0])) if tag else (0, len(content.strip()))
        return TextPlace(self._text.source, line, start + 1, max(1, length))

    def render(self, names: Mapping[str, object]) -> str:
        """The text with every tag filled in. Raises DocgenError with every fault that the values meet, one a line."""
        text, line, fault = self._attempt(self._code, names)
        if fault is not None:
            raise DocgenError(self._faults(names, {line: fault}))
        if self._markup:
            return text
        return _EMPTY_LINES.sub("\n\n", _LINE_SPACES.sub("", text)).strip("\n") + "\n"

    def _attempt(self, code: CodeType, names: Mapping[str, object]) -> tuple[str, int, Diagnostic | None]:
        """The text, or the first fault and the line of its tag."""
        from jinja2.exceptions import TemplateRuntimeError

        template = Template.from_code(self._environment, code, dict(self._environment.globals))
        written = template.root_render_func(template.new_context(dict(names)))
        try:
            with paid_from(Budget()):
                return "".join(paid_for(written)), 0, None
        except (TemplateRuntimeError, TemplateError, LimitError, *_VALUE_FAULTS) as fault:
            at = self._line(fault.__traceback__, written if isinstance(fault, LimitError) else None)
            if not at:
                raise  # not of the template's making
            line = template.get_corresponding_lineno(at)
            return "", line, self._fault(fault, line)

    def _faults(self, names: Mapping[str, object], found: dict[int, Diagnostic]) -> list[Diagnostic]:
        """Every fault, one a line: the text is made again without the tags that were at fault, until none is left."""
        fault: Diagnostic | None = next(iter(found.values()))
        while fault is not None and fault.code not in _LIMITS and len(found) < _MOST_FAULTS:
            _, line, fault = self._attempt(self._compiled(frozenset(found)), names)
            if fault is None or line in found:
                break
            found[line] = fault
        return [found[line] for line in sorted(found)]

    def _compiled(self, without: frozenset[int] = frozenset()) -> CodeType:
        tree = self._environment.parse(self._text.content, self._name, self._name)
        code = self._environment.compile(_Danish(without).visit(tree), self._name, self._name)
        assert isinstance(code, CodeType)
        return code

    def _parse(self) -> tuple[nodes.Template, CodeType]:
        try:
            tree = self._environment.parse(self._text.content, self._name, self._name)
            faults = [error("DG459", self.place(line), kode=self.written(line)) for line, _ in unsafe_nodes(tree)]
            if faults:
                raise DocgenError(faults)
            code = self._compiled()  # names are looked for in the tree as the file has it
        except TemplateSyntaxError as fault:
            raise DocgenError([self._syntax_fault(fault)]) from None
        except RecursionError:
            raise DocgenError([error("DG446", FilePlace(self._name), kode="{{ … }}", mest=100)]) from None
        return tree, code

    def _syntax_fault(self, fault: TemplateSyntaxError) -> Diagnostic:
        line = min(fault.lineno, max(1, len(self._text.source.lines)))
        message = fault.message or ""
        unknown = _UNKNOWN_FILTER.search(message)
        if unknown:
            code = "DG440" if unknown[1] == "filter" else "DG442"
            return error(code, self.place(line, unknown[2]), navn=unknown[2])
        unclosed = _UNCLOSED.search(message)
        if unclosed:
            return error("DG430", self.place(line), kode=f"{{% {unclosed[1]} … %}}", slut=f"end{unclosed[1]}")
        unended = _UNENDED.search(self._text.content)
        if unended and (begun := self._text.content.count("\n", 0, unended.start()) + 1) <= line:
            at = unended.start() - self._text.content.rfind("\n", 0, unended.start())
            written = _TAG.match(unended[0].split("\n")[0])
            place = TextPlace(self._text.source, begun, at, len(written[0].rstrip()) if written else 2)
            return error("DG420", place, slut={"{": "}}", "%": "%}"}[unended[1]])
        grund = {"grund": syntax_reason(message), "grund_en": message}
        return error("DG422", self.place(line), kode=self.written(line), **grund)

    def written(self, line: int, word: str = "") -> str:
        """The tag that `place` tells of, cut where it is long."""
        place = self.place(line, word)
        written = place.source.lines[line - 1][place.column - 1 :][: place.length] if place.source.lines else ""
        return written if len(written) <= _LONGEST_QUOTE else f"{written[: _LONGEST_QUOTE - 2]} …"

    def _line(self, trace: TracebackType | None, written: Iterator[str] | None) -> int:
        """The line of generated code that stands innermost in a traceback, else where `written` waits; 0 for none."""
        line = 0
        while trace is not None:
            if trace.tb_frame.f_code.co_filename == self._name:
                line = trace.tb_lineno
            trace = trace.tb_next
        frame = getattr(written, "gi_frame", None)
        return line or (frame.f_lineno if frame is not None else 0)

    def _fault(self, fault: Exception, line: int) -> Diagnostic:
        match fault:
            case UndefinedError():
                found = _MISSING.search(fault.message or "")
                name = found[1] if found else str(fault)
                return error("DG450", self.place(line, name), navn=name)
            case LimitError():
                return error("DG476" if fault.what == "steps" else "DG477", self.place(line), kode=self.written(line))
            case RecursionError():
                return error("DG478", self.place(line), kode=self.written(line))
            case SecurityError():
                return error("DG459", self.place(line), kode=self.written(line))
            case ArithmeticError() if isinstance(fault, ZeroDivisionError | DecimalException):
                return error("DG454", self.place(line), kode=self.written(line))
            case _UnprintableError():
                return error("DG458", self.place(line), kode=self.written(line))
        code = "DG453" if isinstance(fault, ValueError) else "DG452"
        told = {"grund": value_reason(fault), "grund_en": str(fault)}
        return error(code, self.place(line), kode=self.written(line), **told)


class _Danish(NodeTransformer):
    """Puts the way Danish text writes a value into `a ~ b`, where Jinja would write it as Python does.

    Loops, comparisons and texts put together pay for what they cost, see docgen.templating.budget. The expressions on
    the lines `without` are left out.
    """

    def __init__(self, without: frozenset[int]) -> None:
        self._without = without

    def visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> Any:
        """Visits a node; a tag that is left out prints nothing, holds for nothing and goes through nothing."""
        if self._without:
            self._leave_out(node)
        return super().visit(node, *args, **kwargs)

    def _leave_out(self, node: nodes.Node) -> None:
        match node:
            case nodes.Output():
                left_out = [self._is_out(one) and not isinstance(one, nodes.TemplateData) for one in node.nodes]
                node.nodes = [_EMPTY if out else one for one, out in zip(node.nodes, left_out, strict=True)]
            case nodes.If() if self._is_out(node.test):
                node.test = nodes.Const(False)
            case nodes.For() if self._is_out(node.iter):
                node.iter = nodes.List([])
            case nodes.Assign() if self._is_out(node.node):
                node.node = _EMPTY

    def _is_out(self, node: nodes.Node) -> bool:
        return node.lineno in self._without

    def visit_Template(self, node: nodes.Template) -> nodes.Template:  # noqa: N802
        for loop, cost in rounds(node):
            loop.iter = nodes.Filter(loop.iter, _ITEMS, [nodes.Const(cost)], [], None, None, lineno=loop.lineno)
        self.generic_visit(node)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802
        self.generic_visit(node)
        parts = nodes.List(node.nodes, lineno=node.lineno)
        return nodes.Filter(parts, _JOINED, [], [], None, None, lineno=node.lineno)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Compare:  # noqa: N802
        self.generic_visit(node)
        for operand in node.ops:
            if operand.op in ("in", "notin"):
                operand.expr = _held(operand.expr)
        node.expr = _held(node.expr)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Getitem:  # noqa: N802
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):
            node.node = _held(node.node)
        return node


def _held(node: nodes.Expr) -> nodes.Expr:
    return nodes.Filter(node, _HELD, [], [], None, None, lineno=node.lineno)


class _UnprintableError(ValueError):
    """A group of fields, or a list of them, which is no text."""


def _bytes(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise DocgenError([error("DG401", FilePlace(name))], exit_code=2) from None
    except OSError:
        raise DocgenError([error("DG402", FilePlace(name))], exit_code=2) from None


@cache
def _environment(markup: bool, markdown: Callable[[str], str]) -> Environment:
    def printed(value: object) -> str:
        if isinstance(value, Html) and markup:
            return value
        text = _shown(value, markdown)
        return escape(text) if markup else text

    environment = create_environment(finalize=printed)
    environment.filters |= {
        _ITEMS: lambda found, cost: items_of(cost, found),
        _JOINED: lambda parts: _together(parts, markdown),
        _HELD: held,
    }
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.concat = _joined if markup else _captured  # type: ignore[method-assign]
    return environment


def _joined(parts: Iterable[str]) -> Html:
    """What a macro or a block of the template wrote: it is escaped already."""
    return Html(_captured(parts))


def _captured(parts: Iterable[str]) -> str:
    written = list(parts)
    spend_output(sum(map(len, written)))
    return "".join(written)


def _together(parts: list[object], markdown: Callable[[str], str]) -> str:
    """`a ~ b`."""
    shown = [_shown(one, markdown) for one in parts]
    spend_text(sum(map(len, shown)), "~")
    return "".join(shown)


def _shown(value: object, markdown: Callable[[str], str]) -> str:
    if isinstance(value, Markdown):
        return markdown(str(value))
    if isinstance(value, list | tuple):
        measure(value)
    for one in _values(value):
        if isinstance(one, Undefined):
            str(one)  # raises for the name that nobody knows; what `a if b` gives without else is empty
        elif isinstance(one, Mapping) or callable(one):
            raise _UnprintableError
    return display(value)


def _values(value: object) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for one in value:
            yield from _values(one)
    else:
        yield value
