"""From a part whose tags are marked to its program: lines vanish, blocks are proven, XML and tags are told apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy

from jinja2 import Environment, TemplateSyntaxError
from lxml import etree

from docgen.diagnostics import Diagnostic
from docgen.word.archive.ooxml import VAL, R, W, declare, fragment, serialise, w
from docgen.word.running.program import Hole, Program, Written
from docgen.word.running.session import ListRequest
from docgen.word.running.syntax import faults_of, is_known, unreadable
from docgen.word.tagging.balance import check_balance
from docgen.word.tagging.grids import mark_grids
from docgen.word.tagging.merging import join_paragraphs
from docgen.word.tagging.renewal import renew
from docgen.word.tagging.restarting import restart_lists
from docgen.word.tagging.settling import place_sentinels
from docgen.word.tagging.spans import obey_cell_tags
from docgen.word.tagging.tags import Marked, is_marker
from docgen.word.tagging.vanishing import (
    BLOCK_START,
    RANGES,
    clear_lines,
    dissolve,
    section_of,
    set_values_apart,
)


def compile_part(
    marked: Marked, environment: Environment, lists: Mapping[int, ListRequest] | None = None, *, inner: bool = False
) -> tuple[Program | None, list[Diagnostic]]:
    """The program of a part whose tags have been marked; None, and every fault, when there are any.

    With `inner` the program writes what is inside the part's root, to be put into another part.
    """
    join_paragraphs(marked)
    obey_cell_tags(marked)
    lines = clear_lines(marked)
    check_balance(marked, lines)
    for line in lines:
        dissolve(marked, line)
    set_values_apart(marked)
    _drop_comments(marked)
    restart_lists(marked)
    renew(marked)
    _note_paragraphs(marked)
    _forget_proofing(marked)
    settles = place_sentinels(marked) | mark_grids(marked)
    holes = _holes(marked, inner=inner)
    declare(marked.root, {"w": W, "r": R})
    xml = serialise(marked.root)
    if inner:
        xml = xml[xml.index(">") + 1 : max(xml.rindex("<"), xml.index(">") + 1)]
    pieces = _cut(xml, marked.fence, holes)
    fault: TemplateSyntaxError | None = None
    if not marked.faulty:
        try:
            program = Program(environment, Written(pieces, marked.tags), holes, settles, lists or {})
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


def _drop_comments(marked: Marked) -> None:
    """Comments have had their say: paragraphs and rows of nothing else are gone. Those in rows still say "columns"."""
    for node in list(marked.root.iter(etree.ProcessingInstruction)):
        tag, parent = marked.tag_of(node), node.getparent()
        if tag is not None and tag.opener == "{#" and parent is not None and parent.tag != w("tr") and not node.tail:
            parent.remove(node)


def _forget_proofing(marked: Marked) -> None:
    """Word's marks of misspelt words are about the tags where a paragraph has some: its values are read anew."""
    for mark in list(marked.root.iter(w("proofErr"))):
        paragraph, parent = next(mark.iterancestors(w("p")), None), mark.getparent()
        if (
            parent is not None
            and paragraph is not None
            and any(map(is_marker, paragraph.iter(etree.ProcessingInstruction)))
        ):
            parent.remove(mark)


def _note_paragraphs(marked: Marked) -> None:
    """Writes down how a paragraph like a value's own begins, for values that go on in a new one."""
    found: dict[etree._Element, str] = {}
    for node in marked.root.iter(etree.ProcessingInstruction):
        tag = marked.tag_of(node)
        if tag is None or not tag.reopen:
            continue
        paragraph = next(node.iterancestors(w("p")))
        if paragraph not in found:
            properties = deepcopy(paragraph.find(w("pPr")))
            xml = ""
            if properties is not None:
                for section in properties.findall(w("sectPr")):
                    properties.remove(section)
                xml = fragment(properties)
            found[paragraph] = f"<w:p>{xml}" if marked.fence not in xml else ""
        text = node.getparent()
        run = None if text is None else text.getparent()
        tag.paragraph = found[paragraph] if run is not None and run.getparent() is paragraph else ""


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
