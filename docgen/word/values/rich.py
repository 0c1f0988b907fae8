"""Values with a look of their own for templates: text in runs, paragraphs, listings, pictures, page breaks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from docgen.word.archive.ooxml import attribute
from docgen.word.archive.texts import UnwritableError, colour
from docgen.word.running.writing import NEW_PARAGRAPH, SAME_RUN, Block, Inline, legal_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Self, Unpack

    from docgen.word.running.session import Session
    from docgen.word.values.pictures import Length

_UNDERLINES = frozenset(("single", "double", "thick", "dotted", "dash", "dotDash", "dotDotDash", "wave", "words"))
_PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'


class Look(TypedDict, total=False):
    """How a text looks: `style` names a character style of the template (its name or its id).

    `colour` and `background` are six hexadecimal digits with or without `#`, `size` is in points, `underline` true or
    one of Word's kinds (`double`, `dotted` …), `link` an address (http, https or mailto), `language` a BCP 47 tag.
    """

    style: str
    bold: bool
    italic: bool
    underline: bool | str
    strike: bool
    colour: str
    background: str
    size: float
    font: str
    subscript: bool
    superscript: bool
    link: str
    language: str


class _Piece(NamedTuple):
    text: str
    look: Look


class RichText(Inline):
    """Text in several looks, for the middle of a sentence: `{{r x }}` or `{{ x }}`.

    `\\n` in it is a line break, `\\t` a tab, `\\f` a page break, and `\\a` begins a new paragraph like the one around.
    """

    __slots__ = ("_pieces",)

    def __init__(self, text: object = "", **look: Unpack[Look]) -> None:
        self._pieces: list[_Piece] = []
        self.add(text, **look)

    def add(self, text: object, **look: Unpack[Look]) -> Self:
        """Puts more text at the end; a RichText keeps its own looks. Gives the value itself."""
        if isinstance(text, RichText):
            self._pieces += text._pieces
        elif text not in (None, ""):
            self._pieces.append(_Piece(str(text), look))
        return self

    def __add__(self, other: object) -> RichText:
        """Both, one after the other."""
        return RichText(self).add(other)

    def __radd__(self, other: object) -> RichText:
        """Plain text before this."""
        return RichText(other).add(self)

    def __str__(self) -> str:
        """The text alone."""
        return "".join(piece.text for piece in self._pieces)

    def __bool__(self) -> bool:
        """Whether there is any text."""
        return bool(self._pieces)

    def to_xml(self, session: Session) -> str:
        """The runs. Raises UnwritableError for an unknown style, a colour or a link that is none."""
        return "".join(_piece_xml(piece, session) for piece in self._pieces)


class RichParagraphs(Block):
    """Paragraphs of rich text, which replace the paragraph they stand alone in: `{{p x }}` or `{{ x }}`."""

    __slots__ = ("_paragraphs",)

    def __init__(self, text: object = "", *, style: str = "") -> None:
        self._paragraphs: list[tuple[RichText, str]] = []
        if text:
            self.add(text, style=style)

    def add(self, text: object, *, style: str = "") -> Self:
        """Puts one more paragraph at the end, in a paragraph style of the template. Gives the value itself."""
        self._paragraphs.append((RichText(text), style))
        return self

    def to_xml(self, session: Session, variables: Mapping[str, object]) -> str:  # noqa: ARG002
        """The paragraphs. Raises UnwritableError for an unknown style, a colour or a link that is none."""
        return "".join(_paragraphs_xml(text, style, session) for text, style in self._paragraphs)


class Listing(Inline):
    """Text that keeps its lines in the look around it: `\\n` is a line break, `\\t` a tab.

    `\\a` begins a new paragraph and `\\f` a new page.
    """

    __slots__ = ("text",)

    def __init__(self, text: object) -> None:
        self.text = str(text)

    def __str__(self) -> str:
        """The text as it was given."""
        return self.text

    def __bool__(self) -> bool:
        """Whether there is any text."""
        return bool(self.text)

    def to_xml(self, session: Session) -> str:  # noqa: ARG002
        """The runs, in the look of the one around."""
        return _lines_xml(self.text, SAME_RUN)


class PageBreak(Inline):
    """A page break; what stands after it begins the next page."""

    __slots__ = ()

    def to_xml(self, session: Session) -> str:  # noqa: ARG002
        """The run with the break."""
        return _PAGE_BREAK


class Image(Inline):
    """A PNG or JPEG picture in the text, from a path or bytes.

    `alt` says in words what it shows; an empty text declares it decoration. `width` and `height` are lengths such as
    `"4 cm"`, `"40 mm"`, `"120 pt"`, or anything with `emu` (python-docx's `Cm(4)`); of one alone the other follows, and
    without both the picture has the size that its resolution gives it. `link` is an address to lead to.

    Raises ValueError for a length that is none, OSError when the file cannot be read.
    """

    __slots__ = ("_size", "_source", "alt", "link")

    def __init__(
        self,
        source: Path | str | bytes,
        *,
        alt: str,
        width: Length | None = None,
        height: Length | None = None,
        link: str = "",
    ) -> None:
        from docgen.word.values.pictures import emu

        self.alt = alt
        self.link = link
        self._source = source if isinstance(source, bytes) else Path(source).read_bytes()
        self._size = (emu(width), emu(height))

    def to_xml(self, session: Session) -> str:
        """The run with the picture. Raises UnwritableError for what is no picture that Word shows."""
        from docgen.word.values.pictures import picture_xml

        return picture_xml(self._source, self._size, self.alt, self.link, session)


class FileImage(Inline):
    """A picture whose path comes from the data: below the folder that the caller gave, and nowhere else."""

    __slots__ = ("_options", "_path")

    def __init__(self, path: str, *, alt: str, width: Length | None = None, height: Length | None = None) -> None:
        from docgen.word.values.pictures import emu

        self._path = path
        self._options = (alt, (emu(width), emu(height)))

    def to_xml(self, session: Session) -> str:
        """The run with the picture. Raises UnwritableError for a path that is not allowed or leads nowhere."""
        from docgen.word.values.pictures import picture_xml

        alt, size = self._options
        return picture_xml(session.read_file(self._path), size, alt, "", session)


# --- runs


def _piece_xml(piece: _Piece, session: Session) -> str:
    look = piece.look
    properties = "".join(_properties(look, session))
    start = f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">'
    xml = _lines_xml(piece.text, start)
    link = look.get("link", "")
    return session.linked(xml, link) if link else xml


def _lines_xml(text: str, start: str) -> str:
    """The runs of a text; `start` opens one of them, up to and with w:t."""
    between = {"\a": f"</w:t></w:r>{NEW_PARAGRAPH}{start}", "\f": f"</w:t></w:r>{_PAGE_BREAK}{start}"}
    return start + "".join(_signs(text, between)) + "</w:t></w:r>"


def _signs(text: str, between: Mapping[str, str]) -> Iterator[str]:
    position = 0
    for at, sign in enumerate(text):
        if sign in between:
            yield legal_text(text[position:at])
            yield between[sign]
            position = at + 1
    yield legal_text(text[position:])


def _properties(look: Look, session: Session) -> Iterator[str]:
    """The inside of w:rPr, in the order of the standard."""
    if style := look.get("style"):
        yield f'<w:rStyle w:val="{attribute(_style_id(session, style, "character"))}"/>'
    if font := look.get("font"):
        name = attribute(font)
        yield f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'
    for key, names in (("bold", ("b", "bCs")), ("italic", ("i", "iCs")), ("strike", ("strike",))):
        if key in look:
            value = "" if look[key] else ' w:val="0"'  # type: ignore[literal-required]
            yield "".join(f"<w:{name}{value}/>" for name in names)
    if shade := look.get("colour"):
        yield f'<w:color w:val="{_colour(shade)}"/>'
    if size := look.get("size"):
        yield "".join(f'<w:{name} w:val="{round(float(size) * 2)}"/>' for name in ("sz", "szCs"))
    if line := look.get("underline"):
        yield f'<w:u w:val="{line if line in _UNDERLINES else "single"}"/>'
    if shade := look.get("background"):
        yield f'<w:shd w:val="clear" w:color="auto" w:fill="{_colour(shade)}"/>'
    for key in ("subscript", "superscript"):
        if look.get(key):
            yield f'<w:vertAlign w:val="{key}"/>'
    if language := look.get("language"):
        yield f'<w:lang w:val="{attribute(language)}"/>'


def _colour(text: str) -> str:
    found = colour(text)
    if not found:
        raise UnwritableError("DG465", tekst=text[:60])
    return found


def _style_id(session: Session, style: str, kind: str) -> str:
    sheet = session.sheet
    found = sheet.find(style, kind) or (style if style in sheet.styles else "")
    if not found:
        raise UnwritableError("DG466", navn=style[:60])
    return found


def _paragraphs_xml(text: RichText, style: str, session: Session) -> str:
    start = "<w:p>"
    if style:
        start += f'<w:pPr><w:pStyle w:val="{attribute(_style_id(session, style, "paragraph"))}"/></w:pPr>'
    return f"{start}{text.to_xml(session).replace(NEW_PARAGRAPH, f'</w:p>{start}')}</w:p>"
