"""From a part whose tags are marked to its program: lines vanish, blocks are proven, XML and tags are told apart."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinja2 import Environment, TemplateSyntaxError
from lxml import etree

from docgen.diagnostics import Diagnostic
from docgen.word.balance import check_balance, in_loops
from docgen.word.ooxml import VAL, R, W, declare, fragment, serialise, w
from docgen.word.program import Hole, Program
from docgen.word.session import ListRequest
from docgen.word.settling import place_sentinels
from docgen.word.syntax import faults_of, is_known, unreadable
from docgen.word.tag import Tag
from docgen.word.tags import Marked
from docgen.word.vanishing import (
    BLOCK_START,
    RANGES,
    after,
    before,
    clear_lines,
    dissolve,
    section_of,
    set_values_apart,
)

_DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BOOKMARK = (w("bookmarkStart"), w("bookmarkEnd"))
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_PARAGRAPH_IDS = (f"{{{_W14}}}paraId", f"{{{_W14}}}textId")


def compile_part(
    marked: Marked, environment: Environment, lists: Mapping[int, ListRequest] | None = None, *, inner: bool = False
) -> tuple[Program | None, list[Diagnostic]]:
    """The program of a part whose tags have been marked; None, and every fault, when there are any.

    With `inner` the program writes what is inside the part's root, to be put into another part.
    """
    lines = clear_lines(marked)
    check_balance(marked, lines)
    for line in lines:
        dissolve(marked, line)
    set_values_apart(marked)
    _number_anew(marked)
    settles = place_sentinels(marked)
    holes = _holes(marked, inner=inner)
    declare(marked.root, {"w": W, "r": R})
    xml = serialise(marked.root)
    if inner:
        xml = xml[xml.index(">") + 1 : max(xml.rindex("<"), xml.index(">") + 1)]
    pieces = _cut(xml, marked.fence, holes)
    fault: TemplateSyntaxError | None = None
    if not marked.faulty:
        try:
            program = Program(environment, pieces, marked.tags, holes, settles, lists or {})
            if is_known(environment, program.tree):
                return program, []
        except TemplateSyntaxError as raised:
            fault = raised
    return None, _all_faults(environment, marked, fault)


def _all_faults(environment: Environment, marked: Marked, fault: TemplateSyntaxError | None) -> list[Diagnostic]:
    """Every fault of a part that cannot be compiled: each tag is read by itself."""
    for number, tag in marked.tags.items():
        found = faults_of(environment, tag)
        if found:
            marked.faulty.setdefault(number, []).extend(found)
    if not marked.faulty and fault is not None:
        # only wrong as a whole, such as two blocks of one name
        tag = marked.tags[fault.lineno or 1]
        marked.faulty[tag.number] = [unreadable(tag, fault)]
    return marked.faults


def _holes(marked: Marked, *, inner: bool) -> dict[int, Hole]:
    holes: dict[int, Hole] = {}
    for node in marked.root.iter(etree.ProcessingInstruction):
        if isinstance(node, etree._ProcessingInstruction) and node.target == BLOCK_START:
            number, paragraph = int(node.text or 0), node.getnext()
            assert paragraph is not None
            style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
            marks = [one for one in paragraph.iter() if one.tag in RANGES]
            holes[number] = Hole(
                starts="".join(fragment(mark) for mark in marks if mark.tag.endswith("Start")),
                ends="".join(fragment(mark) for mark in marks if mark.tag.endswith("End")),
                section=section_of(paragraph),
                style="" if style is None else style.get(VAL, ""),
                closes=marked.tags[number].closes,
                vanishes=inner and next(paragraph.iterancestors(w("tc")), None) is None,
            )
    return holes


def _cut(xml: str, fence: str, holes: Mapping[int, Hole]) -> list[str | int]:
    """The part as XML and numbers of tags; the paragraphs around block values go to their holes."""
    found: list[str | int] = []
    around: list[str] | None = None
    pieces = re.split(rf"<\?dg([be]?) (\d+)\?>|{fence}(\d+){fence}", xml)
    for index in range(0, len(pieces), 4):
        if around is not None:
            around.append(pieces[index])
        elif pieces[index]:
            found.append(pieces[index])
        mark, number, fenced = pieces[index + 1 : index + 4] or ("", "", "")
        if mark == "b":
            around = []
        elif mark == "e":
            hole = holes[int(number)]
            hole.prefix, hole.suffix = around or ("", "")
            around = None
        elif number or fenced:
            found.append(int(number or fenced))
    return found


def _number_anew(marked: Marked) -> None:
    """Elements that a loop repeats get fresh numbers: Word wants bookmarks and drawings to have one each."""
    for element in in_loops(marked):
        for name in _PARAGRAPH_IDS:
            if name in element.attrib:
                del element.attrib[name]
        if element.tag in _BOOKMARK:
            _step_out(element)
        match element.tag:
            case _ if element.tag == w("bookmarkStart"):
                _fresh(marked, element, w("id"), "new_id", "bookmark")
            case _ if element.tag == w("bookmarkEnd"):
                _fresh(marked, element, w("id"), "same_id", "bookmark")
            case _ if element.tag == _DOCPR:
                _fresh(marked, element, "id", "new_id", "drawing")
            case _ if element.tag == w("sdtPr"):
                for number in element.findall(w("id")):
                    element.remove(number)


def _step_out(mark: etree._Element) -> None:
    """A bookmark with a number of its own leaves a paragraph that a block value may replace."""
    paragraph = next(mark.iterancestors(w("p")), None)
    start = None if paragraph is None else paragraph.getprevious()
    if paragraph is not None and isinstance(start, etree._ProcessingInstruction) and start.target == BLOCK_START:
        end = paragraph.getnext()
        assert end is not None
        mark.tail = None
        if mark.tag == _BOOKMARK[0]:
            before(start, mark)
        else:
            after(end, mark)


def _fresh(marked: Marked, element: etree._Element, attribute: str, hole: str, kind: str) -> None:
    number = len(marked.tags) + 1
    source = f'{{{{ "{kind} {element.get(attribute, "")}" }}}}'
    marked.tags[number] = Tag(number, "{{", source, "", marked.places.of(element), hole=hole)
    element.set(attribute, f"{marked.fence}{number}{marked.fence}")
