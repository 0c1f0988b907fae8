"""Clauses: texts in Markdown with Jinja tags, which become Word's paragraphs first and are filled in after.

So a value is never read as Markdown: `1. juli 2027` is no list. Tags are hidden from the Markdown parser behind one
character each; a line of control tags alone becomes a paragraph of its own, which vanishes as in any Word template.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, nodes

from docgen.diagnostics import Diagnostic, DocgenError, Place, SourceText, TextPlace
from docgen.word.archive.ooxml import VAL, R, W, parse, r, w
from docgen.word.look.styles import StyleMap
from docgen.word.running.compiling import compile_part
from docgen.word.running.environment import word_environment
from docgen.word.running.program import Program
from docgen.word.running.session import ListRequest, Session
from docgen.word.running.writing import Block
from docgen.word.tagging.places import Places
from docgen.word.tagging.scanner import Span, scan
from docgen.word.tagging.tag import Tag
from docgen.word.tagging.tags import Marked, mark_tags, unused
from docgen.word.values.blocks import markdown_xml

if TYPE_CHECKING:
    from typing import Self

    from docgen.word.running.asked import Asked

_LINK = "docgen-link-"


class Reference(NamedTuple):
    """A section that a tag refers to (`{{ henvis('pris') }}`), how the tag is written, and where it stands."""

    section: str
    written: str
    place: Place


class ClauseTemplate(Block):
    """A clause, compiled once. As a value alone in a paragraph of a Word template it replaces that paragraph.

    `markdown` is text with tags that begins on line `first_line` of `source`. `styles` are those of the template it
    is for (WordTemplate.styles). With `numbered` its paragraphs get the number of the second level (7.1, Stk. 1).
    The names in its tags are those known where the clause stands.

    Raises DocgenError with every fault of its tags, each with its line of `source`.
    """

    __slots__ = ("_program",)

    def __init__(
        self,
        markdown: str,
        source: SourceText,
        first_line: int = 1,
        *,
        environment: Environment | None = None,
        styles: StyleMap | None = None,
        numbered: bool = False,
    ) -> None:
        stand_ins, text = _hide(markdown, source, first_line)
        control = "".join(char for char, (span, _, _) in stand_ins.items() if span.opener != "{{")
        asked = _Asked()
        xml = markdown_xml(text, styles or StyleMap(), asked, numbered=numbered, control=control)
        root = parse(f'<w:sdtContent xmlns:w="{W}" xmlns:r="{R}">{xml}</w:sdtContent>'.encode())
        marked = mark_tags(root, Places(root, source.name, ""), xml, stand_ins or {"": _NOTHING})
        _defer(marked, asked, TextPlace(source, first_line, 1))
        program, faults = compile_part(marked, word_environment(environment), asked.lists, inner=True)
        if program is None:
            raise DocgenError(_in_order(faults))
        self._program: Program = program

    @property
    def program(self) -> Program:
        """The compiled text."""
        return self._program

    def marked(self) -> Self:
        """The clause itself, compiled for a series too (docgen.word.running.kept)."""
        self._program.mark(rounds=False)
        return self

    def names(self) -> list[Asked]:
        """Every name that the clause asks for, as dotted paths with places."""
        from docgen.word.running.asked import asked

        return asked(self._program)

    def references(self) -> Iterator[Reference]:
        """Every section that the clause refers to by its id."""
        for call in self._program.tree.find_all(nodes.Call):
            match call:
                case nodes.Call(node=nodes.Name(name="henvis" | "nummer"), args=[nodes.Const(value=str() as section)]):
                    tag = self._program.tags[call.lineno]
                    yield Reference(section, tag.written, tag.place)

    def to_xml(self, session: Session, variables: Mapping[str, object]) -> str:
        """The clause's paragraphs and tables, filled in."""
        return self._program.render(dict(variables), session)


_NOTHING = (Span(0, 0, "{#", "{##}"), "", TextPlace(SourceText("", ()), 0, 0))


def _hide(markdown: str, source: SourceText, first_line: int) -> tuple[dict[str, tuple[Span, str, Place]], str]:
    """The text with a private character for each tag, and what each character stands for."""
    spans = list(scan(markdown))
    stand_ins: dict[str, tuple[Span, str, Place]] = {}
    pieces: list[str] = []
    position = 0
    for span, char in zip(spans, islice(unused(markdown), len(spans)), strict=True):
        start = markdown.rfind("\n", 0, span.start) + 1
        line = first_line + markdown.count("\n", 0, span.start)
        written = markdown[span.start : span.end]
        place = TextPlace(source, line, span.start - start + 1, len(written.split("\n", 1)[0]))
        stand_ins[char] = (span, written, place)
        pieces += (markdown[position : span.start], char)
        position = span.end
    return stand_ins, "".join((*pieces, markdown[position:]))


class _Asked:
    """Stands in for a render while the Markdown is read: what it asks for is asked of each render later."""

    def __init__(self) -> None:
        self.urls: list[str] = []
        self.lists: dict[int, ListRequest] = {}

    def add_hyperlink(self, url: str) -> str:
        self.urls.append(url)
        return f"{_LINK}{len(self.urls) - 1}"

    def new_list(self, num_id: int | None, *, ordered: bool, start: int = 1, level: int = 0) -> int:
        key = -1 - len(self.lists)  # no list of a file has a negative number
        self.lists[key] = ListRequest(num_id, ordered, start, level)
        return key


def _defer(marked: Marked, asked: _Asked, place: Place) -> None:
    """Turns the numbers of links and lists into tags that get theirs from the render."""
    for element in marked.root.iter(w("hyperlink")):
        number = element.get(r("id"), "")
        if number.startswith(_LINK):
            url = asked.urls[int(number.removeprefix(_LINK))]
            element.set(r("id"), _fenced(marked, f"{{{{ {_literal(url)} }}}}", "link", place))
    for element in marked.root.iter(w("numId")):
        if int(element.get(VAL, "0")) in asked.lists:
            element.set(VAL, _fenced(marked, f"{{{{ {element.get(VAL)} }}}}", "list", place))


def _fenced(marked: Marked, source: str, hole: str, place: Place) -> str:
    number = len(marked.tags) + 1
    marked.tags[number] = Tag(number, "{{", source, "", place, hole=hole)
    return f"{marked.fence}{number}{marked.fence}"


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _in_order(faults: list[Diagnostic]) -> list[Diagnostic]:
    return sorted(
        faults, key=lambda one: (one.place.line, one.place.column) if isinstance(one.place, TextPlace) else ()
    )
