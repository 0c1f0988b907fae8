"""Contents lists: finds Word's TOC fields in a template and leaves marks where a render fills them (listing.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from docgen.word.archive.ooxml import VAL, attribute, w
from docgen.word.look.styles import StyleSheet, text_of, to_int
from docgen.word.tagging.listing import ENTRY_INDENT, Contents, ContentsList
from docgen.word.tagging.plain_headings import MARK
from docgen.word.tagging.vanishing import RANGES, after, before

LEVELS = 9
_LEFT = frozenset(("left", "start", "num"))
_P, _R, _PPR, _BEGIN_OR_END, _CODE, _SIMPLE = w("p"), w("r"), w("pPr"), w("fldChar"), w("instrText"), w("fldSimple")
_START, _END, _SDT = w("bookmarkStart"), w("bookmarkEnd"), w("sdt")
_SWITCH = re.compile(r'\\([a-zA-Z])(?:\s*("[^"]*"|[^\\"\s]+))?')
_RANGE = re.compile(r'"?\s*([1-9])\s*-\s*([1-9])\s*"?')
_OTHER_LISTS = frozenset("abcf")  # of figures, of a part of the document, of TC fields
_OWN_MARK = re.compile(r"_Toc\d+")
_VISIBLE = frozenset((_BEGIN_OR_END, w("drawing"), w("pict"), w("br"), _SIMPLE))


def take_contents(root: etree._Element, sheet: StyleSheet, styles: etree._Element | None = None) -> Contents | None:
    """Replaces the contents lists below `root` by marks; None when there are none. `styles` is the styles part.

    What a list showed in the template goes, with all tags in it: it may have been updated there, and then holds the
    tags of headings that stand in loops.
    """
    found: list[ContentsList] = []
    properties = _properties(sheet, styles)
    for code, first, last in list(_fields(root)):
        one = _read_code(code, sheet, properties)
        if _paragraph(first).getparent() is _paragraph(last).getparent():
            inside = _replace(first, last, len(found), sheet)
            found.append(one._replace(inside=inside))
    if not found:
        return None
    _drop_old_marks(root)
    kept = {id_: style for id_, style in sheet.styles.items() if style.kind == "paragraph"}
    return Contents(tuple(found), StyleSheet(kept, sheet.default, sheet.language))


def _fields(root: etree._Element) -> Iterator[tuple[str, etree._Element, etree._Element]]:
    """The code of every outermost field that lists contents, and the first and last node of the field."""
    opened: list[tuple[etree._Element, list[str]]] = []
    for element in root.iter(_BEGIN_OR_END, _CODE, _SIMPLE):
        kind = element.get(w("fldCharType"))
        run = element.getparent()
        if element.tag == _SIMPLE:
            if not opened and _lists_contents(element.get(w("instr"), "")):
                yield element.get(w("instr"), ""), element, element
        elif element.tag == _CODE:
            if opened:
                opened[-1][1].append(element.text or "")
        elif kind == "begin" and run is not None:
            opened.append((run, []))
        elif kind == "end" and opened and run is not None:
            first, code = opened.pop()
            if not opened and _lists_contents("".join(code)):
                yield "".join(code), first, run


def _lists_contents(code: str) -> bool:
    words = code.split()
    switches = {match[1].lower() for match in _SWITCH.finditer(code)}
    return bool(words) and words[0].upper() == "TOC" and "{" not in code and not switches & _OTHER_LISTS


def _read_code(code: str, sheet: StyleSheet, properties: tuple[str, ...]) -> ContentsList:
    switches = [(match[1].lower(), match[2] or "") for match in _SWITCH.finditer(code)]
    given = dict(switches)
    span = _RANGE.fullmatch(given.get("o", ""))
    first, last = (int(span[1]), int(span[2])) if span else (1, LEVELS)
    styles: dict[str, int] = {}
    if "u" in given:
        for style in sheet.styles.values():
            said = (found.outline for found in sheet.chain(style.id) if found.outline is not None)
            level = next(said, LEVELS) + 1
            if style.kind == "paragraph" and first <= level <= last:
                styles[style.id] = level
    if "o" in given or not {"t", "u"} & set(given):
        styles |= {sheet.find(f"heading {level}"): level for level in range(first, last + 1)}
    parts = [part.strip() for part in re.split("[,;]", given.get("t", "").strip('"'))]
    for name, number in zip(parts[::2], parts[1::2], strict=False):
        if number in set("123456789"):
            styles[sheet.find(name)] = int(number)
    styles.pop("", None)
    outline = (first, last) if "u" in given else (1, 0)
    return ContentsList(_without_pages(switches), styles, outline, properties, inside=False)


def _without_pages(switches: list[tuple[str, str]]) -> str:
    """The field code for a list of links without page numbers: no page is known before Word lays the document out."""
    kept = [f"\\{letter} {value}".rstrip() for letter, value in switches if letter not in "hn"]
    return " ".join(["TOC", *kept, "\\h", "\\n"])


def _properties(sheet: StyleSheet, styles: etree._Element | None) -> tuple[str, ...]:
    """The w:pPr of entries by level: the style `toc n`, without its tab stop for page numbers.

    A number that is too wide for the first tab stop would send its heading there, at the right edge of the page.
    """
    found = []
    for level in range(1, LEVELS + 1):
        style = sheet.find(f"toc {level}")
        if not style:
            indent = ENTRY_INDENT * (level - 1)
            found.append(f'<w:pPr><w:ind w:left="{indent}"/></w:pPr>' if indent else "")
            continue
        stops, hangs, left = _stops(sheet, styles, style)
        tabs = [(place, "clear") for place, kind in stops.items() if kind not in _LEFT]
        if not hangs and not any(kind in _LEFT for kind in stops.values()):
            tabs.append((left + ENTRY_INDENT, "left"))
        inside = "".join(f'<w:tab w:val="{kind}" w:pos="{place}"/>' for place, kind in sorted(tabs))
        inside = f"<w:tabs>{inside}</w:tabs>" if inside else ""
        found.append(f'<w:pPr><w:pStyle w:val="{attribute(style)}"/>{inside}</w:pPr>')
    return tuple(found)


def _stops(sheet: StyleSheet, styles: etree._Element | None, style: str) -> tuple[dict[int, str], bool, int]:
    """The tab stops of a style by place, whether its first line hangs out, and where its lines begin."""
    elements = {} if styles is None else {one.get(w("styleId"), ""): one for one in styles.iterchildren(w("style"))}
    stops: dict[int, str] = {}
    hangs, left = False, 0
    for found in reversed(list(sheet.chain(style))):
        properties = elements[found.id].find(_PPR) if found.id in elements else None
        for tab in () if properties is None else properties.iterfind(f"{w('tabs')}/{w('tab')}"):
            stops[to_int(tab.get(w("pos"))) or 0] = tab.get(VAL, "left")
        hanging = to_int(text_of(properties, "ind", "hanging"))
        hangs = hangs if hanging is None else hanging > 0
        left = left if found.indent is None else found.indent
    return {place: kind for place, kind in stops.items() if kind != "clear"}, hangs, left


def _paragraph(node: etree._Element) -> etree._Element:
    return next(node.iterancestors(_P), node)


def _replace(first: etree._Element, last: etree._Element, number: int, sheet: StyleSheet) -> bool:
    """Puts the mark in the place of a field; True where something must be left of it when it has no entries.

    Text beside the field, section breaks, and bookmarks that begin or end outside stay.
    """
    start, end = _paragraph(first), _paragraph(last)
    parent = start.getparent()
    assert parent is not None
    paragraphs = list(parent)[parent.index(start) : parent.index(end) + 1]
    lead, tail = _beside(first, preceding=True), _beside(last, preceding=False)
    mark = etree.ProcessingInstruction(MARK, str(number))
    before(start, mark)
    if lead is not None:
        before(mark, lead)
    follows: list[etree._Element] = [] if tail is None else [tail]
    for section in [section for one in paragraphs for section in one.iter(w("sectPr"))]:
        holder = parent.makeelement(_P)
        etree.SubElement(holder, _PPR).append(section)
        follows.append(holder)
    for node in _torn([node for one in paragraphs for node in one.iter() if node.tag in RANGES]):
        node.tail = None
        if node.tag.endswith("Start"):
            before(mark, node)
        else:
            follows.insert(0, node)
    for one in paragraphs:
        parent.remove(one)
    for node in reversed(follows):
        after(mark, node)
    return _surround(mark, number, sheet) != w("body")


def _beside(node: etree._Element, *, preceding: bool) -> etree._Element | None:
    """A paragraph with what stands before (or after) a field in its own paragraph; None when that is nothing."""
    paragraph = _paragraph(node)
    children = list(paragraph)
    at = next((index for index, child in enumerate(children) if child is node or node in child.iter()), 0)
    kept = [
        one.tag == _PPR or (one.tag not in RANGES and (index < at if preceding else index > at))
        for index, one in enumerate(children)
    ]
    if not any(keep and one.tag != _PPR and _is_seen(one) for one, keep in zip(children, kept, strict=True)):
        return None
    made = deepcopy(paragraph)
    for copy, keep in zip(list(made), kept, strict=True):
        if not keep:
            made.remove(copy)
    for section in made.findall(f"{_PPR}/{w('sectPr')}"):
        made[0].remove(section)
    return made


def _is_seen(element: etree._Element) -> bool:
    return any(one.tag in _VISIBLE or (one.tag == w("t") and (one.text or "").strip()) for one in element.iter())


def _torn(nodes: list[etree._Element]) -> list[etree._Element]:
    """Those of `nodes` whose other end stands elsewhere: ranges that are whole here marked what the field showed."""
    kinds = [(re.sub("(Start|End)$", "", node.tag), node.get(w("id"))) for node in nodes]
    return [node for node, kind in zip(nodes, kinds, strict=True) if kinds.count(kind) == 1]


def _surround(mark: etree._Element, number: int, sheet: StyleSheet) -> str:
    """Marks what goes with an empty list, the content control that Word puts around it or its heading.

    Gives the tag of the element that all of it stands in.
    """
    control = next(mark.iterancestors(_SDT), None)
    heading = mark.getprevious()
    first: etree._Element | None = None
    last = mark
    if control is not None and any(
        one.get(VAL) == "Table of Contents" for one in control.iterfind(f"{w('sdtPr')}/*/{w('docPartGallery')}")
    ):
        first = last = control
    elif heading is not None and heading.tag == _P:
        style = heading.find(f"{_PPR}/{w('pStyle')}")
        if style is not None and sheet.name(style.get(VAL, "")).lower() == "toc heading":
            first = heading
    if first is not None:
        before(first, etree.ProcessingInstruction(MARK, f"o{number}"))
        after(last, etree.ProcessingInstruction(MARK, f"x{number}"))
    parent = last.getparent()
    assert parent is not None
    return parent.tag


def _drop_old_marks(root: etree._Element) -> None:
    """Takes away the bookmarks that the list's old entries led to, unless something else refers to them."""
    used = " ".join(
        [one.text or "" for one in root.iter(_CODE)]
        + [one.get(w("instr"), "") for one in root.iter(_SIMPLE)]
        + [one.get(w("anchor"), "") for one in root.iter(w("hyperlink"))]
    )
    names = set(used.replace('"', " ").split())
    gone = {
        one.get(w("id"))
        for one in root.iter(_START)
        if _OWN_MARK.fullmatch(one.get(w("name"), "")) and one.get(w("name")) not in names
    }
    for one in list(root.iter(_START, _END)):
        parent = one.getparent()
        if one.get(w("id")) in gone and parent is not None:
            parent.remove(one)
