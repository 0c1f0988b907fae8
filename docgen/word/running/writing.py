"""Values become XML here, and only here: each is escaped once, by the kind of place it is written in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

from docgen.danish.texts import Markdown
from docgen.danish.written import WrittenNo, WrittenNumber
from docgen.diagnostics import Diagnostic, error
from docgen.templating.budget import LONG, MARKDOWN_STEPS, measure, spend_output, spend_steps, spend_text
from docgen.word.archive.ooxml import attribute
from docgen.word.archive.texts import ILLEGAL, UnwritableError, colour, digits, in_text
from docgen.word.running.python_text import python_text

if TYPE_CHECKING:
    from docgen.word.running.bare import WordContext
    from docgen.word.running.session import Session
    from docgen.word.tagging.tag import Tag

NEW_PARAGRAPH, SAME_RUN = "<?dgpara?>", "<?dgrun?>"
"""What stands, among the runs of an Inline value, for a new paragraph and for the start of a run like those around."""
_BLOCK_XML = re.compile(r"\s*<(?:\w+:)?(?:p|tbl|sdt)[ />]")
_DOUBLED = re.compile(r"https?://(?=https?://|mailto:)")  # Word puts http:// before {{ url }}
_OBJECT = re.compile(r"<[\w. ]+ at 0x[0-9a-fA-F]+>")
_PRINTABLE = (int, type(None))
_CONTAINERS = (list, tuple, dict, set, frozenset)
_UNPRINTABLE = (type, bytes, timedelta)
_AS_WRITTEN = frozenset({str, WrittenNumber, WrittenNo})
_IN_ADDRESS = str.maketrans({" ": "%20", '"': "%22", "\\": "%5C"})
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


class WritingError(Exception):
    """A value that cannot be written where its tag stands."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(diagnostic.code)


def write_text(context: WordContext, number: int, value: object) -> str:
    """A value in the running text: inside `w:t`, line ends and tabs as Word's own elements."""
    if value.__class__ is not str:
        if value is None:
            return ""
        if isinstance(value, Inline | Xml):
            return _runs(context, number, value)
        value = _plain(context, number, value)
    return in_text(value if value.isprintable() else _legal(context, number, value))


def write_plain(context: WordContext, number: int, value: object) -> str:
    """A value where no elements can stand: an attribute, a document property, a field code."""
    return attribute(_legal(context, number, _plain(context, number, value)))


def write_code(context: WordContext, number: int, value: object) -> str:
    """A value in a field's code, where quotation marks end an argument and backslashes begin a switch."""
    return write_plain(context, number, _plain(context, number, value).replace("\\", "\\\\").replace('"', '\\"'))


def write_address(context: WordContext, number: int, value: object) -> str:
    """A value that an address begins with, in a field's code or on a shape: of a safe scheme, or empty."""
    url = _plain(context, number, value).strip()
    if url and not _SAFE_LINK.match(url):
        raise WritingError(error("DG457", _tag(context, number).place, adresse=url[:60]))
    return write_plain(context, number, url.translate(_IN_ADDRESS))


def write_block(context: WordContext, number: int, value: object, names: Mapping[str, object]) -> str:
    """A value alone in its paragraph: a block value replaces the paragraph, any other is written in it."""
    hole = context.program.holes[number]
    if isinstance(value, Markdown):
        return hole.around(_markdown(context, number, value))
    if isinstance(value, Block):
        known = {**context.get_all(), **{name: one for name, one in names.items() if one is not context.missing}}
        return hole.around(value.to_xml(context.session, known))
    if isinstance(value, Xml) and _BLOCK_XML.match(value):
        spend_output(len(value))
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


def write_new_name(context: WordContext, number: int, value: object) -> str:  # noqa: ARG001
    """The name of a bookmark that a loop writes many times."""
    return attribute(context.session.new_name(str(value)))


def write_same_name(context: WordContext, number: int, value: object) -> str:  # noqa: ARG001
    """The name that a bookmark got in this round."""
    return attribute(context.session.same_name(str(value)))


def write_next_name(context: WordContext, number: int, value: object) -> str:  # noqa: ARG001
    """The name that a bookmark further down in this round will get."""
    return attribute(context.session.next_name(str(value)))


def write_once(context: WordContext, number: int, value: object) -> str:  # noqa: ARG001
    """XML of the template that may stand in a document once."""
    return str(value) if context.session.first_time(str(value)) else ""


def write_new_round(context: WordContext, number: int, value: object) -> str:  # noqa: ARG001
    """Nothing to be seen: the lists of the round begin anew."""
    for name in str(value).split():
        num_id, _, level = name.partition(":")
        context.session.new_round(int(num_id), int(level))
    return ""


def write_same_list(context: WordContext, number: int, value: object) -> str:  # noqa: ARG001
    """The w:numId of a list in the round that is being written."""
    return str(context.session.same_list(int(str(value))))


def write_list(context: WordContext, number: int, value: object) -> str:  # noqa: ARG001
    """The w:numId of a clause's list number `value`: one for each time the clause is written."""
    key = int(str(value))
    if key not in context.lists:
        request = context.program.lists[key]
        context.lists[key] = context.session.new_list(
            request.num_id, ordered=request.ordered, start=request.start, level=request.level
        )
    return str(context.lists[key])


def write_span(context: WordContext, number: int, value: object) -> str:
    """A number of columns: a whole number, one at least; nothing counts as one."""
    text = _plain(context, number, value).strip() if value.__class__ is not int else str(value)
    try:
        return str(max(1, int(float(text or 1))))
    except (ValueError, OverflowError):
        raise WritingError(error("DG464", _tag(context, number).place, tekst=text[:60])) from None


def write_colour(context: WordContext, number: int, value: object) -> str:
    """The colour of a cell: six hexadecimal digits, with or without `#` before them; `auto` for nothing."""
    text = _plain(context, number, value).strip()
    found = colour(text)
    if not found:
        raise WritingError(error("DG465", _tag(context, number).place, tekst=text[:60]))
    return found


WRITERS: dict[str, Callable[..., str]] = {
    "text": write_text,
    "plain": write_plain,
    "code": write_code,
    "address": write_address,
    "block": write_block,
    "link": write_link,
    "new_id": write_new_id,
    "same_id": write_same_id,
    "new_name": write_new_name,
    "same_name": write_same_name,
    "next_name": write_next_name,
    "once": write_once,
    "new_round": write_new_round,
    "same_list": write_same_list,
    "list": write_list,
    "span": write_span,
    "colour": write_colour,
}
"""The writer of each kind of hole (see tags.Tag)."""


def join_shown(values: Any) -> str:
    """Jinja's `~`: values next to each other, each the way Danish text writes it. Raises UnwritableError."""
    return _joined(map(shown, values))


def captured(chunks: Iterable[str]) -> Xml:
    """What a macro or a set block wrote (Jinja's `concat`): the template's own XML."""
    written = list(chunks)
    spend_output(sum(map(len, written)))
    return Xml("".join(written))


def join_plain(values: Any) -> str:
    """The same where values print as Python writes them. Raises UnwritableError."""
    return _joined(map(as_python, values))


def _joined(texts: Iterable[str]) -> str:
    found = list(texts)
    size = sum(map(len, found))
    if size > LONG:
        spend_text(size, "~")
    return "".join(found)


def shown(value: object) -> str:
    """The value as Danish text, never Python's own `<… object at …>`.

    Raises UnwritableError for what is no text, UndefinedError or SecurityError for what is not there to be seen.
    """
    if isinstance(value, str) and value.__class__ in _AS_WRITTEN:
        return str(value)
    if value.__class__ is int:
        return digits(value)
    if isinstance(value, list | tuple):
        measure(value)
    _check_written(value)
    from docgen.danish.formats import display  # most values are texts

    try:
        return display(value)
    except ValueError:
        raise UnwritableError("DG463") from None  # Python writes no number of more than 4300 digits


def as_python(value: object) -> str:
    """The value as Python writes it, never its own `<… object at …>`. Raises as `shown`."""
    if isinstance(value, _CONTAINERS):
        measure(value)
        if _OBJECT.search(text := python_text(value)):
            raise UnwritableError("DG461")
        return text
    if not isinstance(value, Mapping | range | Decimal | float | timedelta | bytes):
        _check_written(value)
    try:
        return python_text(value)
    except ValueError:
        raise UnwritableError("DG463") from None


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
    """The value as text. Raises WritingError for values that are more than that, and what `shown` raises."""
    if isinstance(value, Markdown | Xml):
        if not value.strip():
            return ""
        raise _misplaced(context, number)
    return context.printed(value)


def _misplaced(context: WordContext, number: int) -> WritingError:
    tag = _tag(context, number)
    return WritingError(error("DG456", tag.place, kode=tag.written))


def _runs(context: WordContext, number: int, value: Inline | Xml) -> str:
    """Runs in the middle of a run: the one around them is closed, and one like it opened again."""
    reopen = _tag(context, number).reopen
    xml = value.to_xml(context.session) if isinstance(value, Inline) else value
    if not xml.strip():
        return ""
    spend_output(len(xml))
    if not reopen or _BLOCK_XML.match(xml):
        raise _misplaced(context, number)
    if NEW_PARAGRAPH in xml:
        paragraph = _tag(context, number).paragraph
        if not paragraph:
            raise _misplaced(context, number)
        xml = xml.replace(NEW_PARAGRAPH, f"</w:p>{paragraph}")
    return f"</w:t></w:r>{xml.replace(SAME_RUN, reopen)}{reopen}"


def _legal(context: WordContext, number: int, text: str) -> str:
    found = ILLEGAL.search(text)
    if found:
        tag = _tag(context, number)
        raise WritingError(error("DG455", tag.place, kode=tag.written, tegn=f"U+{ord(found.group()):04X}"))
    return text


def legal_text(text: str) -> str:
    """A text as it stands in `w:t`. Raises UnwritableError for a character that XML cannot hold."""
    found = ILLEGAL.search(text)
    if found:
        raise UnwritableError("DG455", tegn=f"U+{ord(found.group()):04X}")
    return in_text(text)


def check_link(url: str) -> str:
    """An address that a link may lead to, as Word wants it. Raises UnwritableError for any other."""
    url = url.strip()
    if not _SAFE_LINK.match(url) or ILLEGAL.search(url):
        raise UnwritableError("DG457", adresse=url[:60])
    return url.replace(" ", "%20")


def _markdown(context: WordContext, number: int, value: Markdown) -> str:
    from docgen.word.values.blocks import markdown_xml

    styles = context.session.styles
    own = context.program.holes[number].style
    _legal(context, number, value)
    # the paragraph's own style is the text's, so that Markdown in a table cell looks like the table
    numbered = own == styles.clause != styles.body
    if own and not numbered:
        styles = styles._replace(body=own)
    spend_steps(MARKDOWN_STEPS * len(value))
    return markdown_xml(str(value), styles, context.session, numbered=numbered)
