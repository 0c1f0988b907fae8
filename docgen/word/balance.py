"""Proves that every block of control tags begins and ends at the same level of the part, so that output stays XML."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from docgen.diagnostics import Diagnostic, error
from docgen.word.ooxml import w
from docgen.word.scanner import BLOCKS, MIDDLES
from docgen.word.tags import Marked, Tag, is_marker
from docgen.word.vanishing import after, at_edge, before

_ENDS = {end: start for start, end in BLOCKS.items()}
_STORIES = frozenset(w(name) for name in ("body", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent"))
_TABLES = frozenset({w("tbl"), w("tr"), w("tc")})
_WITHIN_CELL = frozenset({w("p"), w("r"), w("t"), w("tc"), w("tr")})


@dataclass(slots=True)
class _Stop:
    """One control tag and where it stands: its marker, or None and an attribute's owner and name."""

    tag: Tag
    node: etree._Element | None
    attribute: tuple[etree._Element, str] | None = None


@dataclass(slots=True)
class _Block:
    stops: list[_Stop] = field(default_factory=list)

    @property
    def first(self) -> Tag:
        return self.stops[0].tag


def check_balance(marked: Marked) -> None:
    """Matches the control tags of a part, and lifts those at the edge of a paragraph or link to a common level.

    Faults: DG430-DG435, each with the place of the tag it is about.
    """
    blocks = _match(_stops(marked), marked)
    for block in blocks:
        fault = _align(marked, block)
        if fault:
            marked.faults.append(fault)


def _stops(marked: Marked) -> list[_Stop]:
    """The control tags in the order they are written out."""
    found: list[_Stop] = []
    for node in marked.root.iter():
        tag = marked.tag_of(node)
        if tag is not None:
            found.append(_Stop(tag, node))
        elif isinstance(node.tag, str):
            for name, value in node.attrib.items():
                numbers = str(value).split(marked.fence)[1::2]
                found += (_Stop(marked.tags[int(number)], None, (node, str(name))) for number in numbers)
    return [stop for stop in found if stop.tag.opener == "{%"]


def _match(stops: list[_Stop], marked: Marked) -> list[_Block]:
    """The blocks, outermost first; what does not match goes to the faults."""
    open_blocks: list[_Block] = []
    blocks: list[_Block] = []
    for stop in stops:
        keyword = stop.tag.keyword
        if keyword in BLOCKS and not (keyword == "set" and assigns(stop.tag.source)):
            open_blocks.append(_Block([stop]))
            blocks.append(open_blocks[-1])
        elif keyword in MIDDLES:
            _divide(stop, open_blocks, marked)
        elif keyword in _ENDS:
            _close(stop, open_blocks, marked)
    for block in open_blocks:
        _unclosed(block, marked)
    return [block for block in blocks if block.stops[-1].tag.keyword in _ENDS]


def assigns(source: str) -> bool:
    """Whether a `{% set %}` gives a value itself (`{% set x = 1 %}`), and so opens no block."""
    return "=" in source.split("|", 1)[0]


def _divide(stop: _Stop, open_blocks: list[_Block], marked: Marked) -> None:
    tag = stop.tag
    block = open_blocks[-1] if open_blocks else None
    if block is None or block.first.keyword not in MIDDLES[tag.keyword]:
        marked.faults.append(error("DG433", tag.place, kode=tag.written))
    elif any(earlier.tag.keyword == "else" for earlier in block.stops):
        marked.faults.append(error("DG438", tag.place, kode=tag.written))
    else:
        block.stops.append(stop)


def _close(stop: _Stop, open_blocks: list[_Block], marked: Marked) -> None:
    tag, wanted = stop.tag, _ENDS[stop.tag.keyword]
    if all(block.first.keyword != wanted for block in open_blocks):
        marked.faults.append(error("DG431", tag.place, kode=tag.written, begyndelse=wanted))
        return
    while open_blocks[-1].first.keyword != wanted:
        inner = open_blocks.pop()
        needed = BLOCKS[inner.first.keyword]
        marked.faults.append(error("DG432", inner.first.place, kode=inner.first.written, slut=needed, før=tag.written))
    open_blocks.pop().stops.append(stop)


def _unclosed(block: _Block, marked: Marked) -> None:
    needed = BLOCKS[block.first.keyword]
    marked.faults.append(error("DG430", block.first.place, kode=block.first.written, slut=needed))


# --- levels -------------------------------------------------------------------------------------------------------


def _align(marked: Marked, block: _Block) -> Diagnostic | None:
    """Nothing when the tags of a block stand at one level, or could be lifted to one; otherwise the fault."""
    owners = {stop.attribute for stop in block.stops}
    if owners != {None}:
        return None if len(owners) == 1 else _crossing("DG435", block)
    nodes = [stop.node for stop in block.stops if stop.node is not None]
    level = _same_level(nodes)
    wish = any(stop.tag.raised for stop in block.stops)
    if (level and not wish) or _lift(marked, nodes, _common(nodes, above_lines=wish)) or level:
        return None
    return _crossing("DG434" if _cells(nodes) else "DG435", block)


def _crossing(code: str, block: _Block) -> Diagnostic:
    last = block.stops[-1].tag
    return error(code, block.first.place, kode=block.first.written, slut=last.written)


def _same_level(nodes: list[etree._Element]) -> bool:
    """Whether the same elements are open at each node, and the innermost story, table, row or cell is one and the same.

    Then any of the stretches between them may be left out or repeated, and the part is still XML.
    """
    stacks = {tuple(step.tag for step in node.iterancestors()) for node in nodes}
    return len(stacks) == 1 and len({_container(node) for node in nodes}) == 1


def _container(node: etree._Element) -> etree._Element | None:
    return next((step for step in node.iterancestors() if step.tag in _STORIES or step.tag in _TABLES), None)


def _cells(nodes: list[etree._Element]) -> bool:
    """Whether it is tables or cells that keep the nodes apart."""
    return len({next((s for s in node.iterancestors() if s.tag in _TABLES), None) for node in nodes}) > 1


def _common(nodes: list[etree._Element], *, above_lines: bool) -> etree._Element:
    """The innermost element that all nodes stand in; outside paragraphs, cells and rows when `above_lines`."""
    paths = [list(node.iterancestors())[::-1] for node in nodes]
    element: etree._Element = [steps[0] for steps in zip(*paths, strict=False) if len(set(steps)) == 1][-1]
    while above_lines and (element.tag in _WITHIN_CELL or element.tag == w("hyperlink")):
        parent = element.getparent()
        assert parent is not None
        element = parent
    return element


def _lift(marked: Marked, nodes: list[etree._Element], level: etree._Element) -> bool:
    """Moves every node out to stand in `level`, when each is at the edge of what it stands in there."""
    moves: list[tuple[etree._Element, etree._Element, bool]] = []
    for index, node in enumerate(nodes):
        outer = next((step for step in (node, *node.iterancestors()) if step.getparent() is level), None)
        if outer is None:
            return False
        if outer is node:
            continue
        edges = (True, False) if index < len(nodes) - 1 else (False, True)
        edge = next((start for start in edges if at_edge(marked, node, outer, start=start)), None)
        if edge is None:
            return False
        moves.append((node, outer, edge))
    for node, outer, start in moves:
        (before if start else after)(outer, node)
    return True


def in_loops(marked: Marked) -> list[etree._Element]:
    """The elements that a loop or a macro may write more than once."""
    found: list[etree._Element] = []
    depth = 0
    for node in marked.root.iter():
        tag = marked.tag_of(node) if is_marker(node) else None
        if tag is not None:
            depth += (tag.keyword in ("for", "macro", "call")) - (tag.keyword in ("endfor", "endmacro", "endcall"))
        elif depth and isinstance(node.tag, str):
            found.append(node)
    return found
