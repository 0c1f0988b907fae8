"""Values become XML here, and only here: each is escaped once, by the kind of place it is written in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

from jinja2.runtime import Context, Undefined
from jinja2.utils import missing

from docgen.danish.formats import display
from docgen.danish.values import Markdown
from docgen.diagnostics import Diagnostic, error
from docgen.word.ooxml import attribute

if TYPE_CHECKING:
    from docgen.word.program import Program
    from docgen.word.session import Session
    from docgen.word.tag import Tag

_SPECIAL = re.compile("[&<>\n\t\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that XML cannot hold."""
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
_BLOCK_XML = re.compile(r"\s*<(?:\w+:)?(?:p|tbl|sdt)[ />]")
_DOUBLED = re.compile(r"https?://(?=https?://|mailto:)")  # Word puts http:// before {{ url }}
_PRINTABLE = (int, type(None))
_UNPRINTABLE = (type, bytes, timedelta)
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)


class Inline:
    """A value with runs of its own, such as a link: subclass it, and it may stand in the middle of a sentence."""

    __slots__ = ()

    def to_xml(self, session: Session) -> str:
        """The `w:r` (or `w:hyperlink`) elements of the value; their text must be escaped."""
        raise NotImplementedError


class Block:
    """A value with paragraphs or tables of its own: subclass it, and it replaces the paragraph it stands alone in."""

    __slots__ = ()

    def to_xml(self, session: Session, variables: Mapping[str, object]) -> str:
        """The `w:p` and `w:tbl` elements of the value; `variables` are the names known where it stands."""
        raise NotImplementedError


class Xml(str):
    """Output of the template itself, such as what a macro wrote: it is escaped already."""

    __slots__ = ()


class WordContext(Context):
    """Jinja's context with the render it belongs to, and the program whose tags are running."""

    session: Session
    program: Program
    lists: dict[int, int]


class WritingError(Exception):
    """A value that cannot be written where its tag stands."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(diagnostic.code)


class UnwritableError(ValueError):
    """A value that is no text at all; `code` is that of the fault."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def write_text(context: WordContext, number: int, value: object) -> str:
    """A value in the running text: inside `w:t`, line ends and tabs as Word's own elements."""
    if value.__class__ is not str:
        if value is None:
            return ""
        if isinstance(value, Inline | Xml):
            return _runs(context, number, value)
        value = _plain(context, number, value)
    if not _SPECIAL.search(value):
        return value
    return _escape(context, number, value).replace("\n", _BREAK).replace("\t", _TAB)


def write_plain(context: WordContext, number: int, value: object) -> str:
    """A value where no elements can stand: an attribute, a document property, a field code."""
    return attribute(_legal(context, number, _plain(context, number, value)))


def write_block(context: WordContext, number: int, value: object, names: Mapping[str, object]) -> str:
    """A value alone in its paragraph: a block value replaces the paragraph, any other is written in it."""
    hole = context.program.holes[number]
    if isinstance(value, Markdown):
        return hole.around(_markdown(context, number, value))
    if isinstance(value, Block):
        known = {**context.get_all(), **{name: one for name, one in names.items() if one is not missing}}
        return hole.around(value.to_xml(context.session, known))
    if isinstance(value, Xml) and _BLOCK_XML.match(value):
        return hole.around(value)
    text = write_text(context, number, value)
    if hole.vanishes and not text.strip():
        return hole.around("")
    return f"{hole.prefix}{text}{hole.suffix}"


def write_link(context: WordContext, number: int, value: object) -> str:
    """The relationship id of a link whose address is `value`; an empty one leads nowhere."""
    url = _DOUBLED.sub("", _plain(context, number, value).strip())
    if url and not _SAFE_LINK.match(url):
        raise WritingError(error("DG457", _tag(context, number).place, adresse=url[:60]))
    return context.session.add_hyperlink(_legal(context, number, url).replace(" ", "%20") or "#")


def write_new_id(context: WordContext, number: int, value: object) -> str:  # noqa: ARG001
    """A number of its own for an element that a loop writes many times."""
    return str(context.session.new_id(*_kind_of(value)))


def write_same_id(context: WordContext, number: int, value: object) -> str:  # noqa: ARG001
    """The number that the element's other half got."""
    return str(context.session.same_id(*_kind_of(value)))


def write_list(context: WordContext, number: int, value: object) -> str:  # noqa: ARG001
    """The w:numId of a clause's list number `value`: one for each time the clause is written."""
    key = int(str(value))
    if key not in context.lists:
        request = context.program.lists[key]
        context.lists[key] = context.session.new_list(
            request.num_id, ordered=request.ordered, start=request.start, level=request.level
        )
    return str(context.lists[key])


WRITERS: dict[str, Callable[..., str]] = {
    "text": write_text,
    "plain": write_plain,
    "block": write_block,
    "link": write_link,
    "new_id": write_new_id,
    "same_id": write_same_id,
    "list": write_list,
}
"""The writer of each kind of hole (see tags.Tag)."""


def join_shown(values: Any) -> str:
    """Jinja's `~`: values next to each other, each the way Danish text writes it. Raises UnwritableError."""
    return "".join(map(_shown, values))


def _shown(value: object) -> str:
    """The value as Danish text, never Python's own `<… object at …>`.

    Raises UnwritableError for what is no text, UndefinedError or SecurityError for what is not there to be seen.
    """
    if value.__class__ is str:
        return value
    if value.__class__ is not int:
        _check_written(value)
    try:
        return display(value)
    except ValueError:
        raise UnwritableError("DG463") from None  # Python writes no number of more than 4300 digits


def _check_written(value: object) -> None:
    """Raises UnwritableError for a value, or one in a list, that Danish text has no way to write."""
    if isinstance(value, str):
        if isinstance(value, Xml) and value.strip():
            raise UnwritableError("DG456")
    elif isinstance(value, list | tuple):
        for one in value:
            _check_written(one)
    elif isinstance(value, Block | Inline):
        raise UnwritableError("DG456")
    elif isinstance(value, Mapping):
        raise UnwritableError("DG458")
    elif isinstance(value, float | Decimal):
        if not isfinite(value):
            raise UnwritableError("DG463")
    elif isinstance(value, Undefined):
        str(value)
    # numbers and None print as Python does; other types do when they say how
    elif not isinstance(value, _PRINTABLE) and (
        type(value).__str__ is object.__str__ or isinstance(value, _UNPRINTABLE)
    ):
        raise UnwritableError("DG461")


def _kind_of(value: object) -> tuple[str, str]:
    kind, _, old = str(value).partition(" ")
    return kind, old


def _tag(context: WordContext, number: int) -> Tag:
    return context.program.tags[number]


def _plain(context: WordContext, number: int, value: object) -> str:
    """The value as text. Raises WritingError for values that are more than that, and what `_shown` raises."""
    if isinstance(value, Markdown | Xml):
        if not value.strip():
            return ""
        raise _misplaced(context, number)
    return _shown(value)


def _misplaced(context: WordContext, number: int) -> WritingError:
    tag = _tag(context, number)
    return WritingError(error("DG456", tag.place, kode=tag.written))


def _runs(context: WordContext, number: int, value: Inline | Xml) -> str:
    """Runs in the middle of a run: the one around them is closed, and one like it opened again."""
    reopen = _tag(context, number).reopen
    xml = value.to_xml(context.session) if isinstance(value, Inline) else value
    if not xml.strip():
        return ""
    if not reopen or _BLOCK_XML.match(xml):
        raise _misplaced(context, number)
    return f"</w:t></w:r>{xml}{reopen}"


def _legal(context: WordContext, number: int, text: str) -> str:
    found = ILLEGAL.search(text)
    if found:
        tag = _tag(context, number)
        raise WritingError(error("DG455", tag.place, kode=tag.written, tegn=f"U+{ord(found.group()):04X}"))
    return text


def _escape(context: WordContext, number: int, text: str) -> str:
    text = _legal(context, number, text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _markdown(context: WordContext, number: int, value: Markdown) -> str:
    from docgen.word.blocks import markdown_xml

    styles = context.session.styles
    own = context.program.holes[number].style
    _legal(context, number, value)
    # the paragraph's own style is the text's, so that Markdown in a table cell looks like the table
    numbered = own == styles.clause != styles.body
    if own and not numbered:
        styles = replace(styles, body=own)
    return markdown_xml(str(value), styles, context.session, numbered=numbered)
