"""The rows of a series, from a workbook or a list of inputs, and the values that all of them share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from docgen.diagnostics import Diagnostic, DocgenError, Place, SourceText, TextPlace, error
from docgen.inputs import WORKBOOKS, read_input
from docgen.kinds.model import Kind
from docgen.series.layout import Layout, Row, canonical
from docgen.series.names import read_pattern
from docgen.series.run import Rows
from docgen.sources import Entry, Node, Scalar, read
from docgen.sources import Mapping as MappingNode
from docgen.sources import Sequence as SequenceNode

_KEYS = ("nøgle", "nr", "id")
Texts = dict[str, SourceText]
"""The text files that were read, by the names that messages call them."""


def read_rows(source: Path, kind: Kind, texts: Texts, pattern: str = "") -> Rows:
    """The rows of a workbook, or of a YAML or JSON file with a list of inputs; `pattern` makes their file names.

    Raises DocgenError with every fault of the file, or of the pattern (exit code 2 when it cannot be read).
    """
    if source.suffix.lower() in WORKBOOKS:
        from docgen.series.sheets import read_sheets
        from docgen.sources.workbook import read_workbook

        return read_sheets(read_workbook(source, source.as_posix()), source, kind, pattern)
    made = read_pattern(pattern, kind)
    reading = read(source)
    if not isinstance(reading.root, SequenceNode):
        raise DocgenError([error("DG814", reading.root.place, fil=source.as_posix(), navn=kind.name)])
    rows = [_listed(number, node, kind, texts) for number, node in enumerate(reading.root, 1)]
    if not rows:
        raise DocgenError([error("DG800", reading.root.place, fil=source.as_posix())])
    names = _telling(rows, kind)
    numbers = [row.number for row in rows]
    keys = partial(_values, names, rows)
    layout = Layout(source.as_posix())
    return Rows(layout, numbers, partial(iter, rows), reading.warnings, names, keys, lambda _: None, made.text)


def read_common(
    source: Path, kind: Kind, folders: Sequence[Path], load: Callable[[str], Kind], texts: Texts
) -> tuple[MappingNode, tuple[Diagnostic, ...]]:
    """The values that every row has, from an input of any kind of file, and what there is to say of it.

    Raises DocgenError as docgen.inputs.read_input; DG815 where the file holds no fields.
    """
    given = read_input(source, kind.name, folders, load)
    root = canonical(light(given.root, texts), kind.root, kind)
    if not isinstance(root, MappingNode):
        raise DocgenError([error("DG815", given.root.place, fil=source.as_posix())])
    return root, given.warnings


def _listed(number: int, node: Node, kind: Kind, texts: Texts) -> Row:
    own = canonical(light(node, texts), kind.root, kind)
    found = (own.get(name) for name in _KEYS) if isinstance(own, MappingNode) else iter(())
    return Row(number, next((one.text.strip() for one in found if isinstance(one, Scalar)), ""), node=own)


def _telling(rows: Sequence[Row], kind: Kind) -> tuple[str, ...]:
    """The first fields of single values that the rows have."""
    names = dict.fromkeys(
        entry.key.text
        for row in rows
        if isinstance(row.node, MappingNode)
        for entry in row.node
        if isinstance(entry.value, Scalar) and entry.key.text in kind.root.fields
    )
    return tuple(names)[:4]


def _values(names: Sequence[str], rows: Sequence[Row], number: int) -> tuple[str, ...]:
    row = rows[number - 1]
    found = (row.node.get(name) if isinstance(row.node, MappingNode) else None for name in names)
    return tuple(one.text if isinstance(one, Scalar) else "" for one in found)


def light(node: Node, texts: Texts) -> Node:
    """The tree without the lines of its file: those stay here, to be quoted; the tree goes to other processes."""
    match node:
        case Scalar():
            return Scalar(node.text, _light_place(node.place, texts), node.native, node.empty)
        case MappingNode():
            entries = tuple(Entry(_light_key(one.key, texts), light(one.value, texts)) for one in node)
            return MappingNode(entries, _light_place(node.place, texts))
        case SequenceNode():
            return SequenceNode(tuple(light(item, texts) for item in node), _light_place(node.place, texts))
    return node


def _light_key(key: Scalar, texts: Texts) -> Scalar:
    return Scalar(key.text, _light_place(key.place, texts), key.native, key.empty)


def _light_place(place: Place, texts: Texts) -> Place:
    if not isinstance(place, TextPlace):
        return place
    name = place.source.name
    if place.source.lines:
        texts[name] = place.source
    return place._replace(source=texts.setdefault(f"\0{name}", SourceText(name, ())))


def with_text(found: Diagnostic, texts: Mapping[str, SourceText]) -> Diagnostic:
    """The finding with the text that its place is in, so that a message can quote it."""
    place = found.place
    if not isinstance(place, TextPlace) or place.source.lines or place.source.name not in texts:
        return found
    return Diagnostic(
        found.code, found.severity, place._replace(source=texts[place.source.name]), found.values, found.path
    )
