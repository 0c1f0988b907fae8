"""Finds the tags of one part across Word's runs, and leaves a numbered marker where each one stood.

A marker is a processing instruction `<?dg 7?>`: the parser has removed the part's own, so these are ours alone. A
value's marker stays inside `w:t`; a control tag's marker splits the run and stands between runs. In an attribute,
where no instruction can stand, the number stands between two characters that the part does not use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace

from lxml import etree

from docgen.diagnostics import Diagnostic, Place, Severity, WordPlace
from docgen.word.archive.ooxml import fragment, w
from docgen.word.tagging.field_codes import BEGIN, hole_in_attribute, hole_in_code
from docgen.word.tagging.places import Places, quote
from docgen.word.tagging.revisions import accept_changes
from docgen.word.tagging.scanner import CLOSERS, Span, escaped_braces, scan
from docgen.word.tagging.tag import Tag

MARKER = "dg"
_P, _R, _T, _INS, _RPR = w("p"), w("r"), w("t"), w("ins"), w("rPr")
_SIGNS = dict.fromkeys((w("tab"), w("br"), w("cr"), w("ptab")), " ") | {
    w("noBreakHyphen"): "\u2011",
    w("softHyphen"): "\u00ad",
}
_SKIPPED = frozenset({_P, w("del"), w("moveFrom"), w("pPr"), _RPR, w("sdtPr"), w("delText")})
_FIELD, _BEGINS = w("instrText"), w("fldChar")
_LINES = frozenset({_T, _FIELD, w("delText"), w("delInstrText")})
_PRESERVE = ("{http://www.w3.org/XML/1998/namespace}space", "preserve")
_KIND = w("fldCharType")
_BINDINGS = ("dataBinding", "showingPlcHdr")
_PLACEHOLDER = frozenset({"PlaceholderText", "Pladsholdertekst"})
_PRIVATE = range(0xE000, 0xF8FF)
_WHITE = " \t\r\n"


@dataclass(slots=True)
class Marked:
    """A part whose tags have become markers, with the tags by number (from 1) and the faults so far.

    `unescaped` is set when docxtpl's escapes for braces were found and undone; `raw` is the `{% raw %}` that the next
    paragraph begins in.
    """

    root: etree._Element
    places: Places
    fence: str
    stand_ins: Mapping[str, tuple[Span, str, Place]]
    tags: dict[int, Tag] = field(default_factory=dict)
    faulty: dict[int, list[Diagnostic]] = field(default_factory=dict)
    unescaped: bool = False
    raw: Tag | None = None

    @property
    def faults(self) -> list[Diagnostic]:
        """Every fault so far, in the order of the tags."""
        return [fault for number in sorted(self.faulty) for fault in self.faulty[number]]

    def fail(self, code: str, tag: Tag, **values: object) -> None:
        """Notes a fault of a tag; `kode` in the message is the tag as written."""
        fault = Diagnostic(code, Severity.ERROR, tag.place, {"kode": tag.written, **values})
        self.faulty.setdefault(tag.number, []).append(fault)

    def invent(self, source: str, place: Place, *, keyword: str = "", hole: str = "text", written: str = "") -> Tag:
        """Registers a tag that nobody wrote: `source` is its Jinja, `written` the tag in whose place it stands."""
        tag = Tag(len(self.tags) + 1, source[:2], source, written, place, keyword=keyword, hole=hole)
        self.tags[tag.number] = tag
        return tag

    def fenced(self, tag: Tag) -> str:
        """The marker of `tag` for an attribute."""
        return f"{self.fence}{tag.number}{self.fence}"

    def scan(self, text: str) -> list[Span]:
        """The tags of a line: those written in it, or those that stand-ins in it stand for."""
        if not self.stand_ins:
            return list(scan(text, raw=self.raw is not None)) if "{" in text else []
        found = ((at, self.stand_ins.get(char)) for at, char in enumerate(text))
        return [replace(known[0], start=at, end=at + 1) for at, known in found if known]

    def tag_of(self, node: etree._Element) -> Tag | None:
        """The tag that a node marks, or None when the node is no marker."""
        return self.tags[int(node.text or 0)] if is_marker(node) else None

    def add(self, span: Span, text: str, place: Place, hole: str) -> Tag:
        """Registers the tag at `span` of `text`."""
        written = text[span.start : span.end]
        if written in self.stand_ins:
            _, written, place = self.stand_ins[written]
        written = " ".join(written.split())
        if isinstance(place, WordPlace):
            place = _quoted(place, quote(text, span.start, span.end))
        tag = Tag(len(self.tags) + 1, span.opener, span.source, written, place, span.prefix, span.keyword, hole)
        tag.trims = "" if span.prefix in ("p", "tr", "tc") else span.trims
        self.tags[tag.number] = tag
        if hole == "name" and not tag.control:
            self.fail("DG498", tag)
        if not span.source:
            self.fail("DG421" if span.keyword == "raw" else "DG420", tag, slut=CLOSERS[span.opener])
        return tag


def _quoted(place: WordPlace, text: str) -> WordPlace:
    at = (place.paragraph, place.table, place.row, place.cell)
    return WordPlace(place.file, place.part, *at, place.heading, text)


def is_marker(node: etree._Element) -> bool:
    """Whether a node is the marker of a tag."""
    return isinstance(node, etree._ProcessingInstruction) and node.target == MARKER


def marker(tag: Tag) -> etree._Element:
    """A new marker for `tag`."""
    return etree.ProcessingInstruction(MARKER, str(tag.number))


def unused(text: str) -> Iterator[str]:
    """Characters for private use that do not occur in `text`."""
    return (chr(code) for code in _PRIVATE if chr(code) not in text)


def mark_tags(
    root: etree._Element,
    places: Places,
    text: str,
    stand_ins: Mapping[str, tuple[Span, str, Place]] | None = None,
) -> Marked:
    """Finds every tag of the part `root`, whose XML as text is `text`.

    `stand_ins` are characters that stand for tags in a part made from Markdown: each with its tag, how that was
    written, and where.
    """
    marked = Marked(root, places, next(unused(text)), stand_ins or {})
    accept_changes(root)
    before = ""
    for paragraph in list(root.iter(_P)):
        _mark_line(marked, _pieces(paragraph, (_T, *_SIGNS)), "text")
        codes = _pieces(paragraph, (_FIELD, _BEGINS))
        begun = _begun(paragraph, before, codes)
        _mark_line(marked, codes, "code", before)
        before = begun
    if marked.raw is not None:
        marked.fail("DG421", marked.raw)
        marked.raw = None
    for element in root.iter(etree.Element):
        for name, value in _attributes(element).items():
            if "{" in value or stand_ins:
                element.set(name, _mark_attribute(marked, name, value, places.of(element)))
        if element.text and "{" in element.text and element.tag not in _LINES:
            _mark_plain(marked, element)
    _accept_insertions(root)
    _unbind(root)
    for node in root.iter(etree.ProcessingInstruction):
        _note_run(marked, node)
    return marked


# --- lines of text ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Piece:
    element: etree._Element
    start: int
    text: str


def text_of(paragraph: etree._Element) -> str:
    """The text that the tags of a paragraph are looked for in."""
    return "".join(piece.text for piece in _pieces(paragraph, (_T, *_SIGNS)))


def _pieces(paragraph: etree._Element, wanted: tuple[str, ...]) -> list[_Piece]:
    found: list[_Piece] = []
    _collect(paragraph, frozenset(wanted), found)
    return found


def _collect(parent: etree._Element, wanted: frozenset[str], found: list[_Piece]) -> None:
    """The text of a paragraph, with what Word shows for it: tabs and breaks as a space, soft hyphens as nothing."""
    for child in parent:
        tag = child.tag
        if tag in (_T, _FIELD):
            if tag in wanted:
                text = child.text or ""
                # without xml:space Word drops the spaces at the ends, and so must we before we add xml:space
                text = text if child.get(_PRESERVE[0]) == _PRESERVE[1] else text.strip(" \t\r\n")
                _append(found, child, text)
        elif tag == _BEGINS:
            if tag in wanted and child.get(_KIND) == "begin":
                _append(found, child, BEGIN)
        elif tag in _SIGNS:
            if tag in wanted:
                _append(found, child, _SIGNS[tag])
        elif isinstance(tag, str) and tag not in _SKIPPED:
            _collect(child, wanted, found)


def _append(found: list[_Piece], element: etree._Element, text: str) -> None:
    start = found[-1].start + len(found[-1].text) if found else 0
    found.append(_Piece(element, start, text))


def _begun(paragraph: etree._Element, before: str, codes: list[_Piece]) -> str:
    """The code of a field that goes on after this paragraph, as far as it has come; `before` came before it."""
    kind = next((one.get(_KIND) for one in reversed(list(paragraph.iter(_BEGINS)))), "begin" if before else "")
    return (before + "".join(one.text for one in codes)).rpartition(BEGIN)[2] if kind == "begin" else ""


def _mark_line(marked: Marked, pieces: list[_Piece], hole: str, before: str = "") -> None:
    """Marks the tags of a line; `before` is the code of the field that it begins in."""
    text = "".join(piece.text for piece in pieces)
    spans = marked.scan(text)
    escapes = escaped_braces(text, spans)
    if not spans and not escapes:
        return
    place = marked.places.of(pieces[0].element)
    if spans and spans[-1].keyword == "raw":  # it goes on in the next paragraph
        spans[-1] = replace(spans[-1], source="{% raw %}")
    tags: list[tuple[Span, Tag | None]] = [
        (_widened(span, text, pieces), marked.add(span, text, place, _hole(hole, before + text[: span.start])))
        for span in spans
    ]
    if spans:
        marked.raw = tags[-1][1] if spans[-1].keyword == "raw" else None
    if escapes:
        marked.unescaped = True
        tags = sorted([*tags, *((Span(at, at + 1, "", ""), None) for at in escapes)], key=lambda pair: pair[0].start)
    touched: list[etree._Element] = []
    for piece in pieces:
        end = piece.start + len(piece.text)
        inside = [(span, tag) for span, tag in tags if span.start < end and span.end > piece.start]
        if inside:
            run = piece.element.getparent()
            if run is not None and run not in touched:
                touched.append(run)
            _replace(piece, _items(piece, text, inside))
    for run in touched:
        _split(run)


def _hole(hole: str, before: str) -> str:
    return hole_in_code(before) if hole == "code" else hole


def _widened(span: Span, text: str, pieces: list[_Piece]) -> Span:
    """The span with the white space that its hyphens take away: that beside it in the same stretch of text."""
    start, end = span.start, span.end
    if "<" in span.trims:
        first = max(piece.start for piece in pieces if piece.start <= start)
        start = first + len(text[first:start].rstrip(_WHITE))
    if ">" in span.trims:
        last = min(whole for piece in pieces if (whole := piece.start + len(piece.text)) >= end)
        end = last - len(text[end:last].lstrip(_WHITE))
    return replace(span, start=start, end=end) if span.trims else span


def _items(piece: _Piece, text: str, inside: list[tuple[Span, Tag | None]]) -> list[str | Tag | None]:
    """What a piece becomes: the text around its tags, and the tags that begin in it."""
    items: list[str | Tag | None] = []
    position, end = piece.start, piece.start + len(piece.text)
    for span, tag in inside:
        if span.start >= piece.start:
            items += (text[position : span.start], tag)
        position = min(span.end, end)
    items.append(text[position:end])
    return items


def _replace(piece: _Piece, items: list[str | Tag | None]) -> None:
    run = piece.element.getparent()
    assert run is not None
    new: list[etree._Element] = []
    for item in items:
        if isinstance(item, Tag) and item.control:
            new.append(marker(item))
        elif item:
            if not new or is_marker(new[-1]):
                new.append(run.makeelement(piece.element.tag, {_PRESERVE[0]: _PRESERVE[1]}))
            _append_to(new[-1], item)
    at = run.index(piece.element)
    run[at : at + 1] = new


def _append_to(element: etree._Element, item: str | Tag) -> None:
    if isinstance(item, Tag):
        element.append(marker(item))
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + item
    else:
        element.text = (element.text or "") + item


def _split(run: etree._Element) -> None:
    """Lets the control markers of a run out of it, and drops a run that has nothing left."""
    parent = run.getparent()
    if parent is None:
        return
    properties = run.find(_RPR)
    new: list[etree._Element] = []
    for child in list(run):
        if child is properties:
            continue
        if is_marker(child):
            new.append(child)
            continue
        if not new or is_marker(new[-1]):
            new.append(run.makeelement(run.tag, _attributes(run)))
            if properties is not None:
                new[-1].append(deepcopy(properties))
        new[-1].append(child)
    at = parent.index(run)
    parent[at : at + 1] = new


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


# --- what is no line of text --------------------------------------------------------------------------------------


def _mark_attribute(marked: Marked, name: str, value: str, place: Place) -> str:
    pieces: list[str] = []
    position = 0
    for span in marked.scan(value):
        tag = marked.add(span, value, place, hole_in_attribute(name, value[: span.start]))
        pieces += (value[position : span.start], marked.fenced(tag))
        position = span.end
    return "".join((*pieces, value[position:]))


def _mark_plain(marked: Marked, element: etree._Element) -> None:
    """The text of an element outside paragraphs, such as a document property."""
    text = element.text or ""
    spans = marked.scan(text)
    position = 0
    for span in spans:
        if not position:
            element.text = text[: span.start]
        else:
            element[-1].tail = text[position : span.start]
        element.append(marker(marked.add(span, text, marked.places.of(element), "plain")))
        position = span.end
    if spans:
        element[-1].tail = text[position:]


def _accept_insertions(root: etree._Element) -> None:
    """Tracked insertions around tags count as accepted: what a tag prints is nobody's insertion."""
    for insertion in list(root.iter(_INS)):
        parent = insertion.getparent()
        if parent is not None and any(is_marker(node) for node in insertion.iter(etree.ProcessingInstruction)):
            at = parent.index(insertion)
            parent[at : at + 1] = list(insertion)


def _unbind(root: etree._Element) -> None:
    """Content controls with tags lose their data binding: Word would show the bound data instead of what we write."""
    for control in root.iter(w("sdt")):
        properties = control.find(w("sdtPr"))
        if properties is None or not any(True for _ in control.iter(etree.ProcessingInstruction)):
            continue
        if properties.find(w("showingPlcHdr")) is not None:
            _show(control)
        for child in list(properties):
            if isinstance(child.tag, str) and etree.QName(child).localname in _BINDINGS:
                properties.remove(child)


def _show(control: etree._Element) -> None:
    """What was the prompt of a content control becomes its text, and no longer looks like a prompt."""
    for style in list(control.iter(w("rStyle"))):
        look = style.getparent()
        if look is not None and style.get(w("val")) in _PLACEHOLDER:
            look.remove(style)


def _note_run(marked: Marked, node: etree._Element) -> None:
    """Writes down how a run like the marker's own begins, for values that have runs of their own."""
    tag, text = marked.tag_of(node), node.getparent()
    if tag is None or tag.control or text is None or text.tag != _T:
        return
    run = text.getparent()
    if run is None or run.tag != _R:
        return
    properties = run.find(_RPR)
    written = "" if properties is None else fragment(properties)
    tag.reopen = f'<w:r>{written}<w:t xml:space="preserve">'
