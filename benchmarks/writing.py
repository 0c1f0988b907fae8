"""How a template is written in the syntax of each engine: a value, a loop and a condition, and tags split over runs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, Protocol

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_VALUE = re.compile(r"«([\w.]+)»")
_TAG = re.compile(r"(\{[^{}]*\{?[^{}]*\}?\})")


class Loop(NamedTuple):
    """A list that is gone through, and what one of its elements is called."""

    path: str
    name: str


class Syntax(Protocol):
    """How an engine spells its tags. `prefix` is `p` or `tr`: what goes together with a control tag."""

    twins: bool
    """Whether a loop is shown by a second example after the first."""

    def value(self, path: str, loops: list[Loop], twin: int) -> str: ...
    def begin(self, loop: Loop, prefix: str) -> str: ...
    def end(self, loop: Loop, prefix: str) -> str: ...
    def condition(self, path: str, loops: list[Loop]) -> tuple[str, str]: ...


class Docxtpl:
    """docxtpl's syntax, which docgen takes too."""

    twins = False

    def value(self, path: str, loops: list[Loop], twin: int) -> str:  # noqa: ARG002
        return f"{{{{ {path} }}}}"

    def begin(self, loop: Loop, prefix: str) -> str:
        return f"{{%{prefix} for {loop.name} in {loop.path} %}}"

    def end(self, loop: Loop, prefix: str) -> str:  # noqa: ARG002
        return f"{{%{prefix} endfor %}}"

    def condition(self, path: str, loops: list[Loop]) -> tuple[str, str]:  # noqa: ARG002
        return f"{{%p if {path} %}}", "{%p endif %}"


class Mustache:
    """The syntax of docxtemplater and easy-template-x: names are looked up in the loop, then around it."""

    twins = False

    def value(self, path: str, loops: list[Loop], twin: int) -> str:  # noqa: ARG002
        return f"{{{_last(path)}}}"

    def begin(self, loop: Loop, prefix: str) -> str:  # noqa: ARG002
        return f"{{#{_last(loop.path)}}}"

    def end(self, loop: Loop, prefix: str) -> str:  # noqa: ARG002
        return f"{{/{_last(loop.path)}}}"

    def condition(self, path: str, loops: list[Loop]) -> tuple[str, str]:  # noqa: ARG002
        return f"{{#{_last(path)}}}", f"{{/{_last(path)}}}"


class Carbone:
    """carbone's syntax: a loop is shown by its first element and the beginning of the second."""

    twins = True

    def value(self, path: str, loops: list[Loop], twin: int) -> str:
        return f"{{{self._path(path, loops, twin)}:convCRLF}}"

    def begin(self, loop: Loop, prefix: str) -> str:
        raise NotImplementedError

    def end(self, loop: Loop, prefix: str) -> str:
        raise NotImplementedError

    def condition(self, path: str, loops: list[Loop]) -> tuple[str, str]:
        full = self._path(path, loops, 0)
        return f"{{{full}:ifEQ(true):showBegin}}", f"{{{full}:showEnd}}"

    def _path(self, path: str, loops: list[Loop], twin: int) -> str:
        name, _, rest = path.partition(".")
        loop = next((one for one in loops if one.name == name), None)
        if loop is None:
            return f"d.{path}"
        index = "i+1" if twin and loop is loops[-1] else "i"
        return f"{self._path(loop.path, loops[: loops.index(loop)], 0)}[{index}].{rest}"


def _last(path: str) -> str:
    return path.rpartition(".")[2]


class Writer:
    """Writes a template with python-docx in one engine's syntax."""

    def __init__(self, syntax: Syntax) -> None:
        self._syntax = syntax
        self._document: Document = docx.Document()
        self._loops: list[Loop] = []
        self._tags = 0

    def to_bytes(self) -> bytes:
        stream = io.BytesIO()
        self._document.save(stream)
        return stream.getvalue()

    def text(self, text: str, style: str | None = None) -> None:
        """A paragraph with `«name»` for values."""
        self._fill(self._document.add_paragraph(style=style), text)

    @contextmanager
    def each(self, path: str, name: str, twin: str) -> Iterator[None]:
        """What is written inside comes once for each element; `twin` is how the second example begins."""
        loop = Loop(path, name)
        if not self._syntax.twins:
            self.text(self._syntax.begin(loop, "p"))
        self._loops.append(loop)
        yield
        if self._syntax.twins:
            self._fill(self._document.add_paragraph(), twin, twin=1)
        self._loops.pop()
        if not self._syntax.twins:
            self.text(self._syntax.end(loop, "p"))

    @contextmanager
    def given(self, path: str) -> Iterator[None]:
        """What is written inside comes when the value is true."""
        begin, end = self._syntax.condition(path, self._loops)
        self.text(begin)
        yield
        self.text(end)

    def table(self, headings: list[str], path: str, name: str, cells: list[str]) -> None:
        """A table with a row for each element."""
        loop, syntax = Loop(path, name), self._syntax
        marked = isinstance(syntax, Docxtpl)
        table = self._document.add_table(rows=4 if marked else 2 + syntax.twins, cols=len(headings), style="Table Grid")
        for cell, text in zip(table.rows[0].cells, headings, strict=True):
            cell.text = text
        if marked:
            table.cell(1, 0).text, table.cell(3, 0).text = syntax.begin(loop, "tr"), syntax.end(loop, "tr")
        self._loops.append(loop)
        around = ("", "") if marked or syntax.twins else (syntax.begin(loop, "tr"), syntax.end(loop, "tr"))
        row = list(table.rows[2 if marked else 1].cells)
        for column, (cell, text) in enumerate(zip(row, cells, strict=True)):
            before, after = around[0] * (column == 0), around[1] * (column == len(cells) - 1)
            self._fill(cell.paragraphs[0], before + text + after)
        if syntax.twins:
            self._fill(table.cell(2, 0).paragraphs[0], cells[0], twin=1)
        self._loops.pop()

    def _fill(self, paragraph: Paragraph, text: str, twin: int = 0) -> None:
        written = _VALUE.sub(lambda match: self._syntax.value(match[1], self._loops, twin), text)
        for piece in filter(None, _TAG.split(written)):
            if not piece.startswith("{"):
                paragraph.add_run(piece)
                continue
            self._tags += 1
            for number, part in enumerate(_split(piece, self._tags % 3)):
                if number:
                    proof = OxmlElement("w:proofErr")
                    proof.set(qn("w:type"), "spellStart" if number == 1 else "spellEnd")
                    paragraph._p.append(proof)
                paragraph.add_run(part)


def _split(tag: str, way: int) -> tuple[str, ...]:
    """A tag as Word splits it: whole, inside the name, or between the braces."""
    middle = len(tag) // 2
    return (tag,) if way == 0 else (tag[:middle], tag[middle:]) if way == 1 else (tag[:1], tag[1:middle], tag[middle:])
