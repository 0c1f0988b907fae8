"""The inputs of a series as trees: the cells of a row, every one in its place, and the values that all rows share."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from docgen.diagnostics import CellPlace, Place
from docgen.kinds.merging import merged
from docgen.kinds.surroundings import FROM
from docgen.series.layout import Cells, Layout, Row, Step
from docgen.sources import Entry, Node, Scalar
from docgen.sources import Mapping as MappingNode
from docgen.sources import Sequence as SequenceNode

_LINES = re.compile(r"\s*\n\s*")
_MARKS = re.compile(r"\s*[\n;,]\s*")
_MOST_FRAMES = 200

Cell = tuple[Node, Place]


class Trees:
    """Makes the inputs of the rows of a layout; what a row leaves blank, `common` fills.

    With `names`, cells of other fields are left out.
    """

    def __init__(self, layout: Layout, common: MappingNode, names: Collection[str] | None = None) -> None:
        self._layout = layout
        self._common = common
        self._columns = [
            [
                (number, column)
                for number, column in enumerate(table.columns)
                if names is None or (*table.steps, *column.steps)[0] in names
            ]
            for table in layout.tables
        ]
        self._frames: dict[tuple[tuple[int, int], ...], _Frame] = {}
        steps = {step for table in layout.tables for column in table.columns for step in (*table.steps, *column.steps)}
        self._may_take = FROM in steps or takes_from_files(common)

    def tree(self, row: Row) -> Node:
        """The input that a row and the common values make together; what the row gives wins.

        A row's cells keep their places; one that is empty has a place too, so that a message can point to it.
        """
        node = self._from_cells(row, row.cells) if row.cells else row.node
        if node is None:
            raise ValueError("a row has cells or a node")
        return merged(node, self._common) if isinstance(node, MappingNode) else node

    def takes_from_files(self, row: Row, tree: Node) -> bool:
        """Whether the input of a row, which is `tree`, takes rows or excerpts from other files (`fra: …`)."""
        return (self._may_take or row.node is not None) and takes_from_files(tree)

    def _from_cells(self, row: Row, own: Cells) -> MappingNode:
        layout = self._layout
        shape = tuple([(number, len(rows)) for number, rows in row.inner])
        frame = self._frames.get(shape)
        if frame is None:
            if len(self._frames) >= _MOST_FRAMES:
                self._frames.clear()
            frame = self._frames[shape] = self._frame(shape)
        cells = self._nodes(own, 0)
        for number, rows in row.inner:
            for one in rows:
                cells += self._nodes(one, number)
        made = frame.node(cells, CellPlace(layout.file, layout.tables[0].sheet, f"A{row.number}"))
        return made if isinstance(made, MappingNode) else MappingNode((), made.place)

    def _frame(self, shape: tuple[tuple[int, int], ...]) -> _Frame:
        """The frame of the rows that have so many rows on the sheets of those numbers."""
        ways: list[tuple[Step, ...]] = [column.steps for _, column in self._columns[0]]
        for number, count in shape:
            steps, columns = self._layout.tables[number].steps, self._columns[number]
            ways += [(*steps, at, *column.steps) for at in range(1, count + 1) for _, column in columns]
        whole = _Frame(0)
        for number, way in enumerate(ways):
            whole.put(way, number)
        return whole

    def _nodes(self, cells: Cells, table: int) -> list[Cell]:
        file, sheet = self._layout.file, self._layout.tables[table].sheet
        found: list[Cell] = []
        for number, column in self._columns[table]:
            value, place = cells.values[number], CellPlace(file, sheet, f"{column.letter}{cells.number}")
            node: Node
            if value is None:
                node = Scalar("", place, empty=True)
            elif column.parted and isinstance(column.steps[-1], str):
                parts = (_LINES if column.parted == "linjer" else _MARKS).split(value[0].strip())
                node = SequenceNode(tuple(Scalar(part, place) for part in parts if part), place)
            else:
                node = Scalar(value[0], place, value[1])
            found.append((node, place))
        return found


class _Frame:
    """A group or a list of a tree, whatever its cells hold: their numbers by name, or by the number of an element.

    `first` is the number of the cell that it begins with.
    """

    __slots__ = ("first", "held")

    def __init__(self, first: int) -> None:
        self.first = first
        self.held: dict[Step, _Frame | int] = {}

    def put(self, steps: Sequence[Step], number: int) -> None:
        """Put a cell in, with what it takes on the way."""
        here = self
        for step in steps[:-1]:
            there = here.held.get(step)
            if not isinstance(there, _Frame):
                there = here.held[step] = _Frame(number)
            here = there
        here.held[steps[-1]] = number

    def node(self, cells: Sequence[Cell], place: Place) -> Node:
        """The mapping or the sequence at a place; a blank value where nothing was given in it."""
        entries: list[Entry] = []
        given: list[tuple[Step, Node]] = []
        for step, one in self.held.items():
            if isinstance(one, int):
                node, at = cells[one]
            else:
                at = cells[one.first][1]
                node = one.node(cells, at)
            entries.append(Entry(Scalar(str(step), at), node))
            if not (isinstance(node, Scalar) and node.empty):
                given.append((step, node))
        if not given:
            return Scalar("", place, empty=True)
        if isinstance(given[0][0], int):
            return SequenceNode(tuple([node for _, node in sorted(given, key=_number)]), place)
        return MappingNode(tuple(entries), place)


def _number(element: tuple[Step, Node]) -> int:
    return int(element[0])


def takes_from_files(node: Node) -> bool:
    """Whether an input takes rows or excerpts from other files (`fra: …`)."""
    if isinstance(node, MappingNode):
        return any(entry.key.text == FROM or takes_from_files(entry.value) for entry in node)
    return isinstance(node, SequenceNode) and any(map(takes_from_files, node))
