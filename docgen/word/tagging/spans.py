"""docxtpl's tags for one cell: `{% colspan %}`, `{% cellbg %}`, `{% hm %}` and `{% vm %}`, as its own XML."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from docgen.word.archive.ooxml import VAL, w
from docgen.word.tagging.scanner import CELL_TAGS
from docgen.word.tagging.tags import Marked, marker
from docgen.word.tagging.vanishing import after, before

if TYPE_CHECKING:
    from docgen.word.tagging.tag import Tag

_P, _PPR, _TC, _TCPR = w("p"), w("pPr"), w("tc"), w("tcPr")
_SPAN, _MERGE, _SHADE = w("gridSpan"), w("vMerge"), w("shd")
# the order of the standard
_ORDER = ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection")
_PLACES = {w(name): place for place, name in enumerate(_ORDER)}


def obey_cell_tags(marked: Marked) -> None:
    """Takes the tags for cells out of the text and into their cells. Faults: DG447-DG449."""
    if not any(tag.keyword in CELL_TAGS for tag in marked.tags.values()):
        return
    done: set[tuple[etree._Element, str]] = set()
    loops = 0
    for node in list(marked.root.iter(etree.ProcessingInstruction)):
        tag = marked.tag_of(node)
        if tag is None:
            continue
        loops += (tag.keyword == "for") - (tag.keyword == "endfor")
        if tag.keyword in CELL_TAGS:
            cell = next(node.iterancestors(_TC), None)
            if cell is None:
                marked.fail("DG447", tag)
            elif tag.keyword in ("hm", "vm") and not loops:
                marked.fail("DG448", tag)
            elif (cell, tag.keyword) in done:
                marked.fail("DG449", tag)
            else:
                done.add((cell, tag.keyword))
                _obey(marked, cell, node, tag)


def _obey(marked: Marked, cell: etree._Element, node: etree._Element, tag: Tag) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)
    keyword, asked = tag.keyword, tag.source[2:-2].strip().removeprefix(tag.keyword).strip()
    tag.opener, tag.keyword, tag.prefix = "{{", "", ""
    match keyword:
        case "colspan":
            _value(tag, asked, "span")
            _property(cell, _SPAN).set(VAL, marked.fenced(tag))
        case "cellbg":
            _value(tag, asked, "colour")
            shade = _property(cell, _SHADE)
            shade.set(VAL, "clear")
            shade.set(w("color"), "auto")
            shade.set(w("fill"), marked.fenced(tag))
        case "hm":
            span = _property(cell, _SPAN, keep=True)
            _value(tag, f"{span.get(VAL, '1')} * loop.length", "span")
            span.set(VAL, marked.fenced(tag))
            before(cell, _invented(marked, tag, "if loop.first", "if"))
            after(cell, _invented(marked, tag, "endif", "endif"))
        case _:
            _value(tag, '"restart" if loop.first else "continue"', "plain")
            _property(cell, _MERGE).set(VAL, marked.fenced(tag))
            _first_round_only(marked, cell, tag)


def _value(tag: Tag, expression: str, hole: str) -> None:
    tag.source, tag.hole = f"{{{{ {expression} }}}}", hole


def _invented(marked: Marked, tag: Tag, inside: str, keyword: str) -> etree._Element:
    return marker(marked.invent(f"{{% {inside} %}}", tag.place, keyword=keyword, written=tag.written))


def _property(cell: etree._Element, name: str, *, keep: bool = False) -> etree._Element:
    """The child `name` of the cell's properties, in its place: a new one, or with `keep` that of the cell."""
    properties = cell.find(_TCPR)
    if properties is None:
        properties = cell.makeelement(_TCPR)
        cell.insert(0, properties)
    found = properties.find(name)
    if found is not None:
        if keep:
            return found
        properties.remove(found)
    place = _PLACES[name]
    earlier = [child for child in properties if _PLACES.get(str(child.tag), len(_PLACES)) < place]
    new = properties.makeelement(name)
    properties.insert(len(earlier), new)
    return new


def _first_round_only(marked: Marked, cell: etree._Element, tag: Tag) -> None:
    """Lets the cell keep its text in the first round of the loop, and an empty paragraph in the others."""
    paragraph = cell.makeelement(_P)
    first = cell.find(f"{_P}/{_PPR}")
    if first is not None:
        paragraph.append(deepcopy(first))
    cell.insert(1, _invented(marked, tag, "if loop.first", "if"))
    cell.append(_invented(marked, tag, "else", "else"))
    cell.append(paragraph)
    cell.append(_invented(marked, tag, "endif", "endif"))
