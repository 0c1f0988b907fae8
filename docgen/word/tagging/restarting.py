"""Lets a list that stands within one round of a loop begin anew in the next."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from docgen.word.archive.ooxml import VAL, w
from docgen.word.tagging.tags import Marked, is_marker, marker
from docgen.word.tagging.vanishing import after, is_invisible

if TYPE_CHECKING:
    from lxml import etree

_NUMBERING = f"{w('pPr')}/{w('numPr')}"


class _Line(NamedTuple):
    """A paragraph that is seen: the loops it stands in, outermost first, and the list it names itself ("" for none)."""

    loops: tuple[int, ...]
    list: str
    number: etree._Element | None
    level: int


def restart_lists(marked: Marked) -> None:
    """Marks the lists of a part that begin anew in each round of a loop.

    Such a list names its numbering in its paragraphs, all of them in the loop. It is not the loop's own list, one item
    a round: other text comes first in the round, and then more than one paragraph of the list, or a loop of them.
    """
    openings: dict[int, etree._Element] = {}
    lines = _lines(marked, openings)
    restarts: dict[int, list[str]] = {}
    for name in dict.fromkeys(line.list for line in lines if line.list):
        members = [line for line in lines if line.list == name]
        loop = _loop_of(members, lines)
        if loop:
            level = min(line.level for line in members)
            restarts.setdefault(loop, []).append(f"{name}:{level}")
            for line in members:
                assert line.number is not None
                tag = marked.invent(f'{{{{ "{name}" }}}}', marked.places.of(line.number), hole="same_list")
                line.number.set(VAL, marked.fenced(tag))
    for loop, names in restarts.items():
        place = marked.tags[loop].place
        after(openings[loop], marker(marked.invent(f'{{{{ "{" ".join(names)}" }}}}', place, hole="new_round")))


def _lines(marked: Marked, openings: dict[int, etree._Element]) -> list[_Line]:
    found: list[_Line] = []
    loops: list[int] = []
    for node in marked.root.iter():
        tag = marked.tag_of(node) if is_marker(node) else None
        if tag is not None and tag.keyword == "for":
            loops.append(tag.number)
            openings[tag.number] = node
        elif tag is not None and tag.keyword == "endfor" and loops:
            loops.pop()
        elif node.tag == w("p") and not is_invisible(marked, node):
            number = node.find(f"{_NUMBERING}/{w('numId')}")
            level = node.find(f"{_NUMBERING}/{w('ilvl')}")
            name = "" if number is None else number.get(VAL, "")
            depth = "" if level is None else level.get(VAL, "")
            known = name.isdecimal() and name != "0"
            found.append(_Line(tuple(loops), name if known else "", number, int(depth) if depth.isdecimal() else 0))
    return found


def _loop_of(members: list[_Line], lines: list[_Line]) -> int:
    """The innermost loop in whose every round the list begins anew; 0 for none."""
    steps = zip(*(line.loops for line in members), strict=False)
    shared: tuple[int, ...] = tuple(step[0] for step in takewhile(lambda step: len(set(step)) == 1, steps))
    for depth in range(len(shared), 0, -1):
        body = [line for line in lines if line.loops[:depth] == shared[:depth]]
        several = len(members) > 1 or len(members[0].loops) > depth
        if several and body[0].list != members[0].list:
            return shared[depth - 1]
    return 0
