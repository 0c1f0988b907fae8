"""Notes on cells: the comments part of a sheet and the VML drawing that shows them, kept but for docgen's own notes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from docgen.forms.excel.cells import as_text
from docgen.forms.marking.book import Book, SheetPart, insert_in_order
from docgen.forms.marking.cells import Spot, reference, spot
from docgen.forms.marking.package import append, qualified, relation_space, remove, space, whole
from docgen.word.archive.ooxml import parse, to_bytes
from docgen.word.archive.opc import related, relationships

if TYPE_CHECKING:
    from lxml import etree

AUTHOR = "docgen"
SHEET_ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios "
    "autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting "
    "dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties "
    "cellWatches ignoredErrors smartTags drawing legacyDrawing"
).split()
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_THREADED = "tc="  # how the author of a note begins that stands for a threaded comment
_BETWEEN = "\n\n"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{0}"/>'
    "</o:shapelayout></xml>"
)
_SHAPE_TYPE = (
    '<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{id}" type="#_x0000_t202" '
    'style="position:absolute;margin-left:0;margin-top:0;width:{width}px;height:{height}px;visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
    '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SHAPES = re.compile(r"<(\w+):shape\b[^>]*[^/]>.*?</\1:shape>", re.DOTALL)
_SHAPE_ID = re.compile(r'id="_x0000_s([0-9]{1,7})"')
_WIDTH, _LINE, _LETTERS = 330, 17, 46  # pixels of a note, pixels of a line, characters on a line
_MOST_LINES = 30
_BLOCK, _BLOCKS = 1024, 64  # ids of shapes come in blocks, which a drawing lists; blocks that a sheet has to itself
_MOST_UNITS = 500  # the widest column has 255 characters, the tallest row 409 points
_DEFAULT_COLUMN, _DEFAULT_ROW = 64, 20  # pixels


def add_notes(book: Book, sheet: SheetPart, root: etree._Element, notes: Mapping[Spot, str]) -> None:
    """Lays a note on each cell, under the text of a note that is there; `root` is the sheet's XML, still to be written.

    A cell with a threaded comment keeps it as it is: Excel would not show what is added to it.
    """
    part = related(book.package, sheet.part, "comments")
    comments = book.root(part) if part else _no_comments(root)
    authors = _child(comments, "authors", 0)
    listed = _child(comments, "commentList", 1)
    there = {spot(one.get("ref", "")): one for one in listed}
    author = _author(authors)
    fresh: dict[Spot, str] = {}
    for at, text in notes.items():
        known = there.get(at)
        if known is None:
            _write(listed, at, author, text)
            fresh[at] = text
        elif not _author_of(authors, known).startswith(_THREADED):
            _extend(known, text)
    if part:
        book.put(part, comments)
    else:
        folder = posixpath.dirname(book.part)
        part = book.free_part(posixpath.join(folder, "comments", "docgen"), ".xml")
        book.add_part(sheet.part, part, to_bytes(comments), "comments", _COMMENTS_TYPE)
    if fresh:
        _draw(book, sheet, root, fresh)


def remove_notes(book: Book, sheet: SheetPart, root: etree._Element, texts: Sequence[str]) -> bool:
    """Takes the texts that docgen wrote out of a sheet's notes, and the notes that then hold nothing.

    Tells whether `root`, the sheet's XML, was changed.
    """
    part = related(book.package, sheet.part, "comments")
    if not part:
        return False
    comments = book.root(part)
    listed = _child(comments, "commentList", 1)
    known = {_words(text) for text in texts}
    gone: set[Spot | None] = set()
    changed = False
    for one in list(listed):
        whole = _words("".join(text.text or "" for text in _texts(one)))
        # The longest first: one text may begin as another one does.
        mine = [whole] if whole in known else sorted((words for words in known if words in whole), key=len)[::-1]
        for words in mine:
            changed = _cut(one, words) or changed
        if mine and not "".join(text.text or "" for text in _texts(one)).strip():
            listed.remove(one)
            gone.add(spot(one.get("ref", "")))
    if not changed:
        return False
    if len(listed):
        _drop_author(comments, listed)
        book.put(part, comments)
    else:
        book.drop_parts(sheet.part, [part])
    return _erase(book, sheet, root, gone)


def _no_comments(sheet: etree._Element) -> etree._Element:
    return parse(f'<comments xmlns="{space(sheet)}"><authors/><commentList/></comments>'.encode())


def _child(comments: etree._Element, name: str, position: int) -> etree._Element:
    found = comments.find(qualified(comments, name))
    if found is None:
        found = comments.makeelement(qualified(comments, name))
        comments.insert(position, found)
    return found


def _author(authors: etree._Element) -> str:
    names = [one.text for one in authors]
    if AUTHOR not in names:
        made = authors.makeelement(qualified(authors, "author"))
        made.text = AUTHOR
        authors.append(made)
        return str(len(names))
    return str(names.index(AUTHOR))


def _author_of(authors: etree._Element, comment: etree._Element) -> str:
    number = whole(comment, "authorId")
    return (authors[number].text or "") if number < len(authors) else ""


def _drop_author(comments: etree._Element, listed: etree._Element) -> None:
    """Takes docgen out of the authors, where nobody stands behind it in the list and none of the notes is its own."""
    authors = _child(comments, "authors", 0)
    last = len(authors) - 1
    if last >= 0 and authors[last].text == AUTHOR and all(one.get("authorId") != str(last) for one in listed):
        authors.remove(authors[last])


def _write(listed: etree._Element, at: Spot, author: str, text: str) -> None:
    comment = listed.makeelement(qualified(listed, "comment"), ref=reference(at), authorId=author)
    _run(append(comment, "text"), text)
    listed.append(comment)


def _extend(comment: etree._Element, text: str) -> None:
    held = comment.find(qualified(comment, "text"))
    held = append(comment, "text") if held is None else held
    plain = held.find(qualified(held, "t"))
    if plain is not None and held.find(qualified(held, "r")) is None:
        plain.text = f"{plain.text or ''}{_BETWEEN}{as_text(text)}"
        plain.set(_SPACE, "preserve")
        return
    _run(held, f"{_BETWEEN}{text}")


def _run(held: etree._Element, text: str) -> None:
    run = held.makeelement(qualified(held, "r"))
    look = append(run, "rPr")
    for name, value in (("sz", "9"), ("color", ""), ("rFont", "Tahoma"), ("family", "2")):
        append(look, name).set("indexed" if name == "color" else "val", value or "81")
    told = append(run, "t")
    told.set(_SPACE, "preserve")
    told.text = as_text(text)
    insert_in_order(held, run, ("t", "r", "rPh", "phoneticPr"))


def _texts(comment: etree._Element) -> list[etree._Element]:
    """What holds the text of a note, without the readings of Japanese words."""
    t, reading = qualified(comment, "t"), qualified(comment, "rPh")
    return [one for one in comment.iter(t) if (parent := one.getparent()) is not None and parent.tag != reading]


def _words(text: str) -> str:
    """A text by which it is known again: programs write line ends, spaces and escaped characters each their own way."""
    return " ".join(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).split())


def _cut(comment: etree._Element, words: str) -> bool:
    """Takes a text of these words out of a note, with the empty lines before it. Tells whether it stood there."""
    pieces = _texts(comment)
    whole = "".join(one.text or "" for one in pieces)
    pattern = r"\s+".join(_escapes(word) for word in words.split(" "))
    found = re.search(rf"\n{{0,2}}{pattern}", whole)
    if found is None:
        return False
    position = 0
    for one in pieces:
        here = one.text or ""
        first, last = (min(max(end - position, 0), len(here)) for end in found.span())
        position += len(here)
        one.text = here[:first] + here[last:]
        parent = one.getparent()
        if not one.text and parent is not None and parent is not comment.find(qualified(comment, "text")):
            remove(parent)
    return True


def _escapes(word: str) -> str:
    """A pattern for a word, whether or not what Excel would take for an escaped character is escaped in it."""
    return re.escape(word).replace("_", "_(?:x005[Ff]_)?")


def _draw(book: Book, sheet: SheetPart, root: etree._Element, notes: Mapping[Spot, str]) -> None:
    """The shapes of new notes, in the sheet's VML drawing or one that is made for it."""
    part = _drawing(book, sheet, root)
    block = 1 + sheet.position * _BLOCKS
    blocks = range(block, block + 1 + len(notes) // _BLOCK)
    vml = _decoded(book, part) if part else _VML.replace("{0}", ",".join(map(str, blocks)))
    end = vml.rfind("</xml>")
    if end < 0:
        return  # no drawing that can be added to: the cells have their fill, and Fejl tells the rest
    taken = [int(number) for number in _SHAPE_ID.findall(vml)]
    number = max(taken, default=_BLOCK * block) + 1
    made = [] if 'id="_x0000_t202"' in vml else [_SHAPE_TYPE]
    width, height = _sizes(root)
    for count, (at, text) in enumerate(notes.items()):
        made.append(_shape(number + count, at, text, width, height))
    data = f"{vml[:end]}{''.join(made)}{vml[end:]}".encode()
    if part:
        book.package = book.package.changed({part: data})
        return
    part = book.free_part(posixpath.join(posixpath.dirname(book.part), "drawings", "docgen"), ".vml")
    relation = book.add_part(sheet.part, part, data, "vmlDrawing", _VML_TYPE)
    drawing = root.makeelement(qualified(root, "legacyDrawing"))
    drawing.set(f"{{{relation_space(root)}}}id", relation)
    insert_in_order(root, drawing, SHEET_ORDER)


def _drawing(book: Book, sheet: SheetPart, root: etree._Element) -> str:
    """The part with the VML drawing that shows a sheet's notes and controls; empty when there is none."""
    element = root.find(qualified(root, "legacyDrawing"))
    if element is None:
        return ""
    relation = element.get(f"{{{relation_space(root)}}}id")
    links = relationships(book.package, sheet.part)
    return next((one.part for one in links if one.id == relation and one.part in book.package), "")


def _decoded(book: Book, part: str) -> str:
    return book.package.data(part).decode(errors="surrogateescape")


def _erase(book: Book, sheet: SheetPart, root: etree._Element, gone: set[Spot | None]) -> bool:
    """Takes out the shapes of notes that are gone, and the drawing when it holds nothing more."""
    part = _drawing(book, sheet, root)
    if not part or not gone:
        return False

    def kept(shape: re.Match[str]) -> str:
        told = shape[0]
        row, column = (re.search(rf"<(?:\w+:)?{name}>\s*([0-9]{{1,7}})\s*</", told) for name in ("Row", "Column"))
        if 'ObjectType="Note"' not in told or row is None or column is None:
            return told
        return "" if Spot(int(row[1]) + 1, int(column[1]) + 1) in gone else told

    vml = _SHAPES.sub(kept, _decoded(book, part))
    if _SHAPES.search(vml):
        book.package = book.package.changed({part: vml.encode(errors="surrogateescape")})
        return False
    book.drop_parts(sheet.part, [part])
    remove(next(root.iter(qualified(root, "legacyDrawing"))))
    return True


def _shape(number: int, at: Spot, text: str, width: Callable[[int], int], height: Callable[[int], int]) -> str:
    lines = sum(1 + len(line) // _LETTERS for line in text.splitlines())
    tall = _LINE * min(max(lines, 2), _MOST_LINES) + 12
    left = (at.column + 1, 15)
    top = (max(at.row - 1, 1), 4)
    right, bottom = _walk(*left, _WIDTH, width), _walk(*top, tall, height)
    corners = (left[0] - 1, left[1], top[0] - 1, top[1], right[0] - 1, right[1], bottom[0] - 1, bottom[1])
    anchor = ", ".join(map(str, corners))
    return _SHAPE.format(id=number, width=_WIDTH, height=tall, anchor=anchor, row=at.row - 1, column=at.column - 1)


def _walk(first: int, offset: int, distance: int, size: Callable[[int], int]) -> tuple[int, int]:
    """The column or row, and the pixels into it, that lie `distance` pixels on."""
    rest = offset + distance
    number = first
    while rest > (step := size(number)) and number < first + 200:
        rest -= step
        number += 1
    return number, rest


def _sizes(root: etree._Element) -> tuple[Callable[[int], int], Callable[[int], int]]:
    """How many pixels wide a column and how tall a row of a sheet is."""
    columns = [
        (whole(one, "min"), whole(one, "max"), _pixels(one, "width", 7)) for one in root.iter(qualified(root, "col"))
    ]
    rows = {one.get("r"): _pixels(one, "ht", 4 / 3) for one in root.iter(qualified(root, "row")) if one.get("ht")}

    def width(number: int) -> int:
        return next((pixels for first, last, pixels in columns if first <= number <= last), _DEFAULT_COLUMN)

    return width, lambda number: rows.get(str(number), _DEFAULT_ROW)


def _pixels(element: etree._Element, name: str, each: float) -> int:
    if element.get("hidden") in ("1", "true"):
        return 0
    try:
        return round(min(max(float(element.get(name, "")), 0), _MOST_UNITS) * each)
    except ValueError:
        return _DEFAULT_COLUMN
