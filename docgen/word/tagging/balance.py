"""Proves that every block of control tags begins and ends at the same level of the part, so that output stays XML."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile

from lxml import etree

from docgen.word.archive.ooxml import w
from docgen.word.tagging.scanner import BLOCKS, MIDDLES
from docgen.word.tagging.tag import Tag
from docgen.word.tagging.tags import Marked, is_marker
from docgen.word.tagging.vanishing import after, at_edge, before, holds_control_only

MOST_LEVELS = 15
"""How many blocks may stand inside each other; Python itself gives up a little later."""

_ENDS = {end: start for start, end in BLOCKS.items()}
_REPEATED = frozenset({"for", "macro", "call", "set", "block"})
_REPEATED |= {BLOCKS[keyword] for keyword in _REPEATED}
_STORIES = frozenset(w(name) for name in ("body", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent"))
_TABLES = frozenset({w("tbl"), w("tr"), w("tc")})
_HOLDERS = _STORIES | _TABLES
_P, _TBL, _TR, _TC = w("p"), w("tbl"), w("tr"), w("tc")


@dataclass(slots=True)
class Stop:
    """One control tag and where it stands: its marker, or None and an attribute's owner and name."""

    tag: Tag
    node: etree._Element | None
    attribute: tuple[etree._Element, str] | None = None


@dataclass(slots=True)
class Block:
    """The tags of one block in order: the first opens it, the last closes it."""

    stops: list[Stop] = field(default_factory=list)

    @property
    def first(self) -> Tag:
        """The tag that opens the block."""
        return self.stops[0].tag


def check_balance(marked: Marked, lines: list[etree._Element]) -> None:
    """Matches the control tags of a part, and lifts those at the edge of a paragraph or link to a common level.

    `lines` are paragraphs that hold control tags only; those that have to stay, because a block begins or ends
    inside the text of another paragraph, are taken out of it. Faults: DG430-DG438.
    """
    blocks = matched(marked)
    kept = -1
    while kept != len(lines):  # a line that has to stay changes the levels of every block that it belongs to
        kept = len(lines)
        for block in blocks:
            if not any(stop.tag.number in marked.faulty for stop in block.stops):
                _align(marked, block, lines)


def _stops(marked: Marked) -> list[Stop]:
    """The control tags in the order they are written out."""
    found: list[Stop] = []
    for node in marked.root.iter():
        tag = marked.tag_of(node)
        if tag is not None:
            found.append(Stop(tag, node))
        elif isinstance(node.tag, str):
            for name, value in node.attrib.items():
                numbers = str(value).split(marked.fence)[1::2]
                found += (Stop(marked.tags[int(number)], None, (node, str(name))) for number in numbers)
    return [stop for stop in found if stop.tag.opener == "{%"]


def matched(marked: Marked) -> list[Block]:
    """The blocks of a part, outermost first; what does not match goes to the faults."""
    open_blocks: list[Block] = []
    blocks: list[Block] = []
    previous = ""
    for stop in _stops(marked):
        keyword = stop.tag.keyword
        if keyword == "endraw" and previous != "raw":  # what stands between the two is no tag
            marked.fail("DG431", stop.tag, begyndelse="raw")
        previous = keyword
        if len(open_blocks) == MOST_LEVELS and stop.tag.step > 0:
            marked.fail("DG446", stop.tag, mest=MOST_LEVELS)
        if stop.tag.step > 0:
            open_blocks.append(Block([stop]))
            blocks.append(open_blocks[-1])
        elif keyword in MIDDLES:
            _divide(stop, open_blocks, marked)
        elif keyword in _ENDS:
            _close(stop, open_blocks, marked)
    for block in open_blocks:
        marked.fail("DG430", block.first, slut=BLOCKS[block.first.keyword])
    return [block for block in blocks if block.stops[-1].tag.keyword in _ENDS]


def _divide(stop: Stop, open_blocks: list[Block], marked: Marked) -> None:
    tag = stop.tag
    block = open_blocks[-1] if open_blocks else None
    if block is None or block.first.keyword not in MIDDLES[tag.keyword]:
        marked.fail("DG433", tag)
    elif any(earlier.tag.keyword == "else" for earlier in block.stops):
        marked.fail("DG438", tag)
    else:
        block.stops.append(stop)


def _close(stop: Stop, open_blocks: list[Block], marked: Marked) -> None:
    tag, wanted = stop.tag, _ENDS[stop.tag.keyword]
    if all(block.first.keyword != wanted for block in open_blocks):
        marked.fail("DG431", tag, begyndelse=wanted)
        return
    while open_blocks[-1].first.keyword != wanted:
        inner = open_blocks.pop()
        marked.fail("DG432", inner.first, slut=BLOCKS[inner.first.keyword], foran=tag.written)
    open_blocks.pop().stops.append(stop)


# --- levels -------------------------------------------------------------------------------------------------------


def _align(marked: Marked, block: Block, lines: list[etree._Element]) -> None:
    """Sees to it that the tags of a block stand at one level, or notes the fault."""
    owners = {stop.attribute for stop in block.stops}
    nodes = [stop.node for stop in block.stops if stop.node is not None]
    if owners != {None}:
        if len(owners) > 1:
            marked.fail("DG435", block.first, slut=block.stops[-1].tag.written)
        return
    spots = [next((step for step in node.iterancestors(_P) if step in lines), node) for node in nodes]
    if _same_level(spots) or _lift(marked, nodes, spots):
        return
    if _same_level(nodes):
        # a block between the texts of two paragraphs: a line of its own that ends it cannot go
        lines[:] = [line for line in lines if line not in spots]
        return
    marked.fail("DG434" if _cells(nodes) else "DG435", block.first, slut=block.stops[-1].tag.written)


def _same_level(nodes: list[etree._Element]) -> bool:
    """Whether the same elements are open at each node, and the innermost story, table, row, cell or control is one.

    Then any of the stretches between them may be left out or repeated, and the part is still XML.
    """
    stacks = {tuple(step.tag for step in node.iterancestors()) for node in nodes}
    return len(stacks) == 1 and len({_container(node) for node in nodes}) == 1


def _container(node: etree._Element) -> etree._Element | None:
    return next((step for step in node.iterancestors() if step.tag in _HOLDERS or _holds_blocks(step)), None)


def _holds_blocks(element: etree._Element) -> bool:
    """Whether an element is the inside of a content control around paragraphs, rows or cells, not around runs."""
    around = next(element.iterancestors(_P, *_HOLDERS), None) if element.tag == w("sdtContent") else None
    return around is not None and around.tag != _P


def _cells(nodes: list[etree._Element]) -> bool:
    """Whether it is tables or cells that keep the nodes apart."""
    return len({next((s for s in node.iterancestors() if s.tag in _TABLES), None) for node in nodes}) > 1


def _lift(marked: Marked, nodes: list[etree._Element], spots: list[etree._Element]) -> bool:
    """Moves the nodes out to the innermost element they all stand in, if each is at the edge of what it leaves.

    A spot is the node itself, or the paragraph that will vanish around it.
    """
    paths = [list(spot.iterancestors())[::-1] for spot in spots]
    level = [steps[0] for steps in zip(*paths, strict=False) if len(set(steps)) == 1][-1]
    columns = "tc" in [tag.prefix for node in nodes if (tag := marked.tag_of(node))]
    if _leaves(spots, level, {_TBL, _TR} if columns else {_TBL}):
        return False
    if not columns and _leaves_cells(spots, level):
        # from one cell to another of the same row: the whole row, or nothing
        if _only_cells(marked, spots, level):
            return False
        row = next((step for step in (level, *level.iterancestors()) if step.tag == _TR), None)
        if row is None:  # cells without a row, which Word never writes
            return False
        level = row.getparent()
    moves: list[tuple[etree._Element, etree._Element, bool]] = []
    for index, spot in enumerate(spots):
        outer = next((step for step in (spot, *spot.iterancestors()) if step.getparent() is level), None)
        if outer is None:
            return False
        if outer is spot:
            continue
        edges = (True, False) if index < len(nodes) - 1 else (False, True)
        edge = next((start for start in edges if at_edge(marked, spot, outer, start=start)), None)
        if edge is None:
            return False
        moves.append((nodes[index], outer, edge))
    for node, outer, start in moves:
        if start:
            before(outer, node)
    for node, outer, start in reversed(moves):  # several may go after the same element, and keep their order
        if not start:
            after(outer, node)
    return True


def _leaves(spots: list[etree._Element], level: etree._Element, tags: set[str]) -> bool:
    """Whether a spot stands in an element with one of `tags` that `level` is around."""
    paths = (takewhile(lambda step: step is not level, spot.iterancestors()) for spot in spots)
    return any(step.tag in tags for path in paths for step in path)


def _leaves_cells(spots: list[etree._Element], level: etree._Element) -> bool:
    """Whether `level` is a row, or stands in one, and the spots stand in its cells."""
    return any(cell is not None for cell in (_cell(spot, level) for spot in spots))


def _only_cells(marked: Marked, spots: list[etree._Element], level: etree._Element) -> bool:
    """Whether the first and the last tag stand alone in their cells: then columns may be meant as well as rows."""
    cells = [_cell(spot, level) for spot in (spots[0], spots[-1])]
    return all(cell is not None and holds_control_only(marked, cell) for cell in cells)


def _cell(node: etree._Element, level: etree._Element) -> etree._Element | None:
    """The cell that `node` stands in when `level` is its row or stands in that row; None when a table is nearer."""
    steps = takewhile(lambda step: step is not level, (node, *node.iterancestors()))
    outermost = next((step for step in reversed(list(steps)) if step.tag in (_TC, _TR)), None)
    return outermost if outermost is not None and outermost.tag == _TC else None


def in_loops(marked: Marked) -> list[etree._Element]:
    """The elements that a loop, a macro or a value set from text may write more than once."""
    found: list[etree._Element] = []
    depth = 0
    for node in marked.root.iter():
        tag = marked.tag_of(node) if is_marker(node) else None
        if tag is not None:
            depth += tag.step if tag.keyword in _REPEATED else 0
        elif depth and isinstance(node.tag, str):
            found.append(node)
    return found
