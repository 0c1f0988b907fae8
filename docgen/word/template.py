"""A Word template: compiled once, rendered many times."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from docgen.diagnostics import Diagnostic, DocgenError, FilePlace, error
from docgen.word.environment import word_environment
from docgen.word.faults import EXPECTED
from docgen.word.keeping import keep_together
from docgen.word.numbering import (
    CONTENT_TYPE,
    EMPTY,
    NO_NUMBERS,
    NumberingPart,
    choose_scheme,
    read_numbering_part,
    schemes,
)
from docgen.word.ooxml import DECLARATION, parse
from docgen.word.opc import (
    as_document,
    main_part,
    related,
    relationships_part,
    root_of,
    with_override,
    with_relationship,
)
from docgen.word.output import Properties, WordDocument, with_charts, with_core, with_links
from docgen.word.package import TYPES_PART, Package, read_package
from docgen.word.program import Part
from docgen.word.session import Session

if TYPE_CHECKING:
    from docgen.word.asked import Asked
    from docgen.word.labels import Numbering
    from docgen.word.styles import StyleMap


class WordTemplate:
    """A .docx or .dotx with Jinja tags in it. Instances are safe to use from several threads.

    `source` is a path or the file's bytes, `name` what messages call it. `design` is a Word file whose styles, theme,
    numbering, headers, footers and page setup replace the template's. `environment` brings filters, tests and
    globals; values are escaped whatever it says.

    Raises DocgenError with every fault of the file (exit code 2 when it cannot be read) and of its tags.
    """

    def __init__(
        self,
        source: Path | str | bytes,
        *,
        name: str = "",
        design: Path | str | bytes | Package | None = None,
        environment: Environment | None = None,
    ) -> None:
        # what compiling needs: a pickled template needs none
        from docgen.word.parts import compile_parts, holdings
        from docgen.word.soundness import mended

        package, faults = mended(as_document(read_package(_path(source), name)))
        if design is not None:
            from docgen.word.design import apply_design

            if not isinstance(design, Package):
                design = read_package(_path(design), "design.docx" if isinstance(design, bytes) else "")
            looks, more = mended(design)
            faults += more
        if faults:
            raise DocgenError(faults)
        self._main = main_part(package)
        if design is not None:
            package = apply_design(package, looks)
        self._environment = word_environment(environment)
        self._package, self._parts, self._contents = compile_parts(package, self._main, self._environment)
        self._holdings = holdings(self._package, self._main, self._parts)
        self._schemes: dict[str | None, NumberingPart] = {}
        self._labels: dict[str | None, Numbering] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Everything but the environment; only templates in docgen's own environment can be pickled."""
        for scheme in (None, *self.schemes):
            self._numbering(scheme)
            if self._contents:
                self._label_lists(scheme)
        return {name: value for name, value in self.__dict__.items() if name != "_environment"} | {
            "styles": self.styles
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__ |= state
        self._environment = word_environment()

    @cached_property
    def styles(self) -> StyleMap:
        """The styles of the file that Markdown is written in."""
        from docgen.word.labels import read_numbering
        from docgen.word.styles import read_styles, style_map

        roots = [related(self._package, self._main, kind) for kind in ("styles", "numbering")]
        styles, lists = [root_of(self._package, part) if part else None for part in roots]
        return style_map(read_styles(styles), read_numbering(lists))

    def render(
        self,
        context: Mapping[str, object],
        *,
        properties: Properties | None = None,
        numbering: str | None = None,
    ) -> WordDocument:
        """The document for the names in `context`.

        `properties` replace the file's own; `numbering` names the scheme that numbers the headings (a w:name in the
        numbering part; "ingen" in a file without schemes changes nothing). Raises DocgenError with every fault:
        unknown names, values that do not fit.
        """
        session = Session(self._holdings, lambda: self.styles)
        try:
            rendered = self._render(context, session)
        except EXPECTED:
            # something went wrong: render again under guard, to tell all that is wrong instead of the first
            found = self._all_faults(context)
            if not found:
                raise  # not the template's fault, nor the data's
            raise DocgenError(found) from None
        marks = self.styles.caption, self.styles.table_text
        rendered = [(part, keep_together(xml, *marks) if part.name == self._main else xml) for part, xml in rendered]
        scheme = None if numbering == NO_NUMBERS and not self.schemes else numbering
        changed = {part.name: f"{DECLARATION}{xml}".encode() for part, xml in self._listed(rendered, session, scheme)}
        package = self._package.changed(changed)
        if properties is not None:
            package = package.changed(with_core(package, properties))
        package = package.changed(self._numbered(package, session, scheme))
        for part, links in session.links.items():
            package = package.changed(with_links(package, part, links))
        return WordDocument(with_charts(package, session.charts) if session.charts else package)

    def names(self) -> list[Asked]:
        """Every name that the template asks for, as dotted paths with places, in the order of its parts."""
        from docgen.word.asked import asked

        return [use for part in self._parts for use in asked(part.program)]

    def _render(self, context: Mapping[str, object], session: Session) -> list[tuple[Part, str]]:
        rendered = []
        variables: dict[str, Any] = {**self._environment.globals, **context}
        for part in self._parts:
            session.part = part.name
            rendered.append((part, part.program.render(variables, session)))
        return rendered

    def _listed(self, rendered: list[tuple[Part, str]], session: Session, scheme: str | None) -> list[tuple[Part, str]]:
        """The rendered parts with the contents lists filled in."""
        if self._contents is None:
            return rendered
        from docgen.word.listing import fill_contents, has_contents

        return [
            (part, fill_contents(xml, self._contents, self._label_lists(scheme).with_lists(session.lists), session))
            if part.name == self._main and has_contents(xml)
            else (part, xml)
            for part, xml in rendered
        ]

    def _label_lists(self, scheme: str | None) -> Numbering:
        """The lists of the file in a scheme, as the numbers before paragraphs are counted by."""
        found = self._labels.get(scheme)
        if found is None:
            from docgen.word.labels import read_numbering

            part = self._numbering_part
            root = root_of(self._package, part) if part else None
            if root is not None and scheme is not None:
                choose_scheme(root, scheme)
            found = self._labels[scheme] = read_numbering(root)
        return found

    def _all_faults(self, context: Mapping[str, object]) -> list[Diagnostic]:
        session = Session(self._holdings, lambda: self.styles, guarded=True)
        self._render(context, session)
        return list((session.faults or {}).values())

    @cached_property
    def _numbering_part(self) -> str:
        return related(self._package, self._main, "numbering")

    @cached_property
    def schemes(self) -> tuple[str, ...]:
        """The names of the schemes that can number the headings; none in a file that was not made for docgen."""
        part = self._numbering_part
        found = schemes(root_of(self._package, part)) if part else {}
        return tuple(name for name in found if name)

    def _numbering(self, scheme: str | None) -> NumberingPart:
        """The numbering part with the headings' list in a scheme. Raises DocgenError DG460 for an unknown scheme."""
        made = self._schemes.get(scheme)
        if made is None:
            part = self._numbering_part
            root = root_of(self._package, part) if part else parse(EMPTY)
            if scheme is not None and not choose_scheme(root, scheme):
                names = ", ".join(self.schemes) or "-"
                raise DocgenError([error("DG460", FilePlace(self._package.file), navn=scheme, kendte=names)])
            made = self._schemes[scheme] = read_numbering_part(root)
        return made

    def _numbered(self, package: Package, session: Session, scheme: str | None) -> dict[str, bytes]:
        """The numbering part as this render needs it, with what it needs besides when the file has none."""
        if scheme is None and not session.lists:
            return {}
        data = self._numbering(scheme).with_lists(session.lists)
        part = self._numbering_part
        if part:
            return {part: data}
        part, rels = "word/numbering.xml", relationships_part(self._main)
        known = package.data(rels) if rels in package else None
        return {
            part: data,
            # links have taken numbers after "docgen" already
            rels: with_relationship(known, "numbering", "numbering.xml", stem="lists")[0],
            TYPES_PART: with_override(package.data(TYPES_PART), part, CONTENT_TYPE),
        }


def _path(source: Path | str | bytes) -> Path | bytes:
    return Path(source) if isinstance(source, str) else source
