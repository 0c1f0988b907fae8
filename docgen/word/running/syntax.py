"""Reads each tag by itself as Jinja, so that every fault of a template is told in one go, each at its own place."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.lexer import Token, TokenStream
from jinja2.parser import Parser

from docgen.diagnostics import Diagnostic, error
from docgen.templating.environment import unsafe_nodes
from docgen.word.running.codegen import MAX_DEPTH, TOO_DEEP, deepest
from docgen.word.running.faults import suggestion
from docgen.word.tagging.scanner import BLOCKS, CELL_TAGS, KEYWORDS
from docgen.word.tagging.tag import Tag

_REFUSED = frozenset({"include", "import", "from", "extends", "print", "filter", "endfilter", "autoescape"})
# What completes a control tag, so that it can be read without the rest of its block.
_BEFORE = {
    "elif": "{% if x %}",
    "else": "{% if x %}",
    "endif": "{% if x %}",
    "endfor": "{% for x in x %}",
    "endmacro": "{% macro x() %}",
    "endcall": "{% call x() %}",
    "endwith": "{% with %}",
    "endset": "{% set x %}",
}
_AFTER = {"elif": "{% endif %}", "else": "{% endif %}"} | {key: f"{{% {end} %}}" for key, end in BLOCKS.items()}
_NAMED_END = "endblock"  # may repeat the name of its block, so it is read with the whole


class TokenParser(Parser):
    """Jinja's parser on tokens that come from somewhere else than one text."""

    def __init__(self, environment: Environment, tokens: Iterator[Token] | list[Token]) -> None:
        super().__init__(environment, "")
        self.stream = TokenStream(iter(tokens), None, None)

    def parse(self) -> nodes.Template:
        """The tree. Raises TemplateSyntaxError, also where a tag is nested deeper than Python can follow."""
        try:
            tree = super().parse()
        except RecursionError:
            raise TemplateSyntaxError(TOO_DEEP, self.stream.current.lineno) from None
        depth, number = deepest(tree)
        if depth > MAX_DEPTH:
            raise TemplateSyntaxError(TOO_DEEP, number)
        return tree


def lex(environment: Environment, tag: Tag) -> Iterator[Token]:
    """The tokens of a tag, each with the tag's number for a line number. Raises TemplateSyntaxError."""
    if tag.opener == "{#" or tag.keyword in ("raw", "endraw"):
        return
    if _not_ours(environment, tag):
        raise TemplateSyntaxError("no tag of a Word template", tag.number)
    for token in environment.lexer.tokenize(tag.source):
        yield token._replace(lineno=tag.number)


def is_known(environment: Environment, tree: nodes.Template) -> bool:
    """Whether every filter and test of a part exists, and nothing in it is forbidden."""
    used = list(tree.find_all((nodes.Filter, nodes.Test)))
    return (
        not next(unsafe_nodes(tree), None)
        and not next(_hidden(tree), None)
        and all(
            one.name in (environment.filters if isinstance(one, nodes.Filter) else environment.tests) for one in used
        )
    )


def faults_of(environment: Environment, tag: Tag) -> list[Diagnostic]:
    """What is wrong with a tag by itself, read without the rest of its block."""
    if not tag.source or tag.opener == "{#" or tag.keyword in ("raw", "endraw", *CELL_TAGS):
        return []
    fault = _not_ours(environment, tag)
    if fault:
        return [fault]
    before, after = _BEFORE.get(tag.keyword, ""), _AFTER.get(tag.keyword, "")
    if tag.keyword in BLOCKS and not tag.step:
        after = ""
    try:
        around = [list(environment.lexer.tokenize(text)) if text else [] for text in (before, after)]
        tokens = [*around[0], *lex(environment, tag), *around[1]]
        tree = nodes.Template([]) if tag.keyword == _NAMED_END else TokenParser(environment, tokens).parse()
    except TemplateSyntaxError as raised:
        return [unreadable(tag, raised)]
    return _unknown(environment, tree, tag)


def unreadable(tag: Tag, fault: TemplateSyntaxError) -> Diagnostic:
    """What Jinja's parser says of a tag."""
    from docgen.templating.reasons import syntax_reason

    reason = fault.message or ""
    return error("DG422", tag.place, kode=tag.written, grund=syntax_reason(reason), grund_en=reason)


def _not_ours(environment: Environment, tag: Tag) -> Diagnostic | None:
    """The fault of a tag that is no Jinja at all, or Jinja that has no place in a Word template."""
    inside = tag.source[2:-2]
    if not inside.strip("-+ "):
        return error("DG425", tag.place, kode=tag.written)
    if tag.opener != "{%" or tag.keyword in KEYWORDS:
        return None
    if tag.keyword in _REFUSED:
        return error("DG444", tag.place, kode=tag.written)
    if any(tag.keyword in extension.tags for extension in environment.iter_extensions()):
        return None
    meant = suggestion(tag.keyword, KEYWORDS)
    return error("DG427" if meant else "DG426", tag.place, ord=tag.keyword, forslag=meant)


def _hidden(tree: nodes.Template) -> Iterator[nodes.Node]:
    """What reaches for Python's own attributes: `x.__class__`, `x | attr("__class__")`."""
    for node in tree.find_all((nodes.Getattr, nodes.Filter)):
        match node:
            case nodes.Getattr(attr=name):
                hidden = name.startswith("_")
            case nodes.Filter(name="attr", args=[name, *_]):
                hidden = str(_constant(name)).startswith("_")
            case _:
                hidden = False
        if hidden:
            yield node


def _constant(node: nodes.Expr) -> object:
    """The value of an expression that needs no data; "" for any other."""
    try:
        return node.as_const()
    except nodes.Impossible:
        return ""


def _unknown(environment: Environment, tree: nodes.Template, tag: Tag) -> list[Diagnostic]:
    """Every filter and test that does not exist, and what a template may not use."""
    found = [error("DG444", tag.place, kode=tag.written) for _ in unsafe_nodes(tree)]
    if next(_hidden(tree), None):
        found.append(error("DG459", tag.place, kode=tag.written))
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        filters = isinstance(node, nodes.Filter)
        known = list(environment.filters if filters else environment.tests)
        if node.name not in known:
            meant = suggestion(node.name, known)
            codes = ("DG441", "DG440") if filters else ("DG443", "DG442")
            found.append(error(codes[not meant], tag.place, navn=node.name, forslag=meant))
    return found
