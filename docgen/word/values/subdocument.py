"""Another Word file as a value: its text goes into the document with the styles, lists, pictures and links it needs."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from docgen.package import Package, read_package
from docgen.word.archive import opc
from docgen.word.archive.ooxml import VAL, R, W, declare, w
from docgen.word.archive.texts import UnwritableError
from docgen.word.running.writing import Block, check_link
from docgen.word.values.imports import ListImport, StyleImport

if TYPE_CHECKING:
    from lxml.etree import _Element

    from docgen.word.archive.opc import Relationship
    from docgen.word.running.session import Session

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_GONE = frozenset(
    w(name)
    for name in "sectPr commentRangeStart commentRangeEnd commentReference annotationRef permStart permEnd proofErr "
    "dataBinding pPrChange rPrChange tblPrChange trPrChange tcPrChange sectPrChange".split()
)
_REFUSED = {w("footnoteReference"): "fodnoter", w("endnoteReference"): "slutnoter", w("altChunk"): "indlejrede filer"}
_IGNORED_ATTRIBUTES = re.compile(r"\{[^}]*\}(?:rsid\w*|paraId|textId|anchorId|editId)$")
_STYLES = {w("pStyle"): "paragraph", w("rStyle"): "character", w("tblStyle"): "table"}
_CHANGES = (w("ins"), w("del"), w("moveFrom"), w("moveTo"))
_DECLARED = (f' xmlns:w="{W}"', f' xmlns:r="{R}"')


class SubDocument(Block):
    """The text of another .docx, which replaces the paragraph it stands alone in.

    Styles of the same name are the document's own; others come along, as do lists (numbered from the start each time),
    pictures and links. Page setup, headers, footers and comments stay behind. Raises DocgenError for a file that cannot
    be read.
    """

    __slots__ = ("_main", "_package")

    def __init__(self, source: Path | str | bytes, *, name: str = "") -> None:
        from docgen.word.archive.soundness import mended

        known = name or "underdokument.docx"
        package, faults = mended(read_package(Path(source) if isinstance(source, str) else source, known))
        if faults:
            from docgen.diagnostics import DocgenError

            raise DocgenError(faults)
        self._package = package
        self._main = opc.main_part(package)

    def to_xml(self, session: Session, variables: Mapping[str, object]) -> str:  # noqa: ARG002
        """The paragraphs and tables. Raises UnwritableError for what cannot come along: notes, charts, objects."""
        return "".join(_Transfer(self._package, self._main, session).pieces())


class FileSubDocument(Block):
    """A sub-document whose path comes from the data: below the folder that the caller gave, and nowhere else."""

    __slots__ = ("_path",)

    def __init__(self, path: str) -> None:
        self._path = path

    def to_xml(self, session: Session, variables: Mapping[str, object]) -> str:
        """As SubDocument.to_xml. Raises UnwritableError for a path that is not allowed or leads nowhere, too."""
        return SubDocument(session.read_file(self._path), name=posixpath.basename(self._path)).to_xml(
            session, variables
        )


class _Transfer:
    """One file on its way into one place of one render."""

    def __init__(self, package: Package, main: str, session: Session) -> None:
        self._package = package
        self._session = session
        self._root = opc.root_of(package, main)
        self._links = {one.id: one for one in opc.relationships(package, main)}
        parts = [opc.related(package, main, kind) for kind in ("styles", "numbering")]
        styles, numbering = [opc.root_of(package, part) if part else None for part in parts]
        self._lists = ListImport(numbering, styles, session)
        self._styles = StyleImport(styles, self._lists, session)
        names = (mark.get(w("name"), "") for mark in self._root.iter(w("bookmarkStart")))
        self._names = {name: session.foreign_name(name) for name in dict.fromkeys(names) if name}
        self._ids: dict[str, int] = {}

    def pieces(self) -> Iterator[str]:
        """The blocks of the body, each as text that declares what it uses."""
        from lxml import etree

        declare(self._root, {"w": W, "r": R})
        body = self._root.find(w("body"))
        for child in () if body is None else body:
            if not isinstance(child.tag, str) or child.tag in _GONE:
                continue
            block = deepcopy(child)
            self._clear(block)
            for element in list(block.iter(etree.Element)):
                self._adapt(element)
            used = {prefix for one in block.iter(f"{_MC}Choice") for prefix in one.get("Requires", "").split()}
            etree.cleanup_namespaces(block, keep_ns_prefixes=sorted(used))
            text = etree.tostring(block, encoding="unicode", with_tail=False)
            for known in _DECLARED:
                text = text.replace(known, "")
            yield text

    def _clear(self, block: _Element) -> None:
        """Takes away what stays behind, and refuses what cannot come along."""
        for element in list(block.iter(*_GONE)):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
        for element in block.iter(*_REFUSED):
            raise UnwritableError("DG497", navn=self._package.file, slags=_REFUSED[str(element.tag)])
        for control in block.iter(w("sdtPr")):
            for number in control.findall(w("id")):
                control.remove(number)

    def _adapt(self, element: _Element) -> None:
        for name, value in list(element.attrib.items()):
            if _IGNORED_ATTRIBUTES.search(str(name)):
                del element.attrib[name]
            elif str(name).startswith(f"{{{R}}}"):
                element.set(name, self._relation(str(value)))
        tag = str(element.tag)
        if tag in _STYLES:
            self._style(element, _STYLES[tag])
        elif tag == w("numId"):
            element.set(VAL, str(self._lists.number(element.get(VAL, ""))))
        elif tag in (w("bookmarkStart"), w("bookmarkEnd")):
            self._bookmark(element)
        elif tag == _DOCPR:
            element.set("id", str(self._session.new_id("drawing", "")))
        elif tag in _CHANGES:
            element.set(w("id"), str(self._session.new_id("change", "")))
        elif tag == w("hyperlink") and element.get(w("anchor")) in self._names:
            element.set(w("anchor"), self._names[element.get(w("anchor"), "")])
        elif tag == w("instrText") and self._names:
            element.text = self._code(element.text or "")
        elif tag == w("fldSimple") and self._names:
            element.set(w("instr"), self._code(element.get(w("instr"), "")))

    def _style(self, element: _Element, kind: str) -> None:
        style = self._styles.id(element.get(VAL, ""), kind)
        parent = element.getparent()
        if style:
            element.set(VAL, style)
        elif parent is not None:
            parent.remove(element)

    def _bookmark(self, element: _Element) -> None:
        old = element.get(w("id"), "")
        if old not in self._ids:
            self._ids[old] = self._session.new_id("foreign", old)
        element.set(w("id"), str(self._ids[old]))
        if element.get(w("name")) in self._names:
            element.set(w("name"), self._names[element.get(w("name"), "")])

    def _code(self, code: str) -> str:
        words = re.split(r"(\w+)", code)
        return "".join(self._names.get(word, word) for word in words)

    def _relation(self, number: str) -> str:
        """The id, in the part that is being written, of what `number` is in the file."""
        link = self._links.get(number)
        if link is None:
            return number
        if link.kind == "image" and link.part in self._package:
            kind = posixpath.splitext(link.part)[1].lstrip(".").lower()
            return self._session.add_image(self._package.data(link.part), kind)
        if link.kind == "hyperlink":
            return self._session.add_hyperlink(self._target(link))
        raise UnwritableError("DG497", navn=self._package.file, slags=link.kind)

    def _target(self, link: Relationship) -> str:
        return link.target if link.target.startswith("#") else check_link(link.target)
