"""A Word template: compiled once, rendered many times."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from docgen.cache import Folded
from docgen.diagnostics import Diagnostic, DocgenError, FilePlace, error
from docgen.package import TYPES_PART, Member, Package, pack, pack_chunks, read_package
from docgen.templating.budget import paid_from
from docgen.word.archive.ooxml import DECLARATION
from docgen.word.archive.opc import (
    as_document,
    as_transitional,
    main_part,
    related,
    relationships_part,
    with_override,
    with_relationship,
)
from docgen.word.running.output import (
    Properties,
    WordDocument,
    with_charts,
    with_core,
    with_images,
    with_links,
    with_styles,
)
from docgen.word.running.session import Session
from docgen.word.tagging.keeping import kept_pieces

_CHUNK = 100_000
_NO_NUMBERS = "ingen"  # the scheme that numbers nothing: a file without schemes has it too
_MISSING = "DG415"

if TYPE_CHECKING:
    from typing import Self

    from jinja2 import Environment, Undefined
    from jinja2.ext import Extension

    from docgen.word.look.numbering import NumberingPart
    from docgen.word.look.styles import StyleMap
    from docgen.word.running.asked import Asked
    from docgen.word.running.kept import Keeping, Kept

Folders: TypeAlias = Path | str | Sequence[Path | str]


class WordTemplate:
    """A .docx or .dotx with Jinja tags in it. Instances are safe to use from several threads.

    `source` is a path or the file's bytes, `name` what messages call it. `design` is a Word file whose styles, theme,
    numbering, headers, footers and page setup replace the template's. `filters`, `tests` and `globals` come beside
    docgen's own, `undefined` is Jinja's type for unknown names (jinja2.Undefined prints nothing for them), `extensions`
    are Jinja's. With `danish` values print as Danish text (`1234,5`, `5. marts 2024`, `ja`), and what leads in to a
    table keeps to its page; else they print as in Python. None is empty. An `environment` takes the place of
    docgen's: then values print as it says, but they are escaped. A template can be pickled, unless an `environment`
    was given.

    Raises DocgenError with every fault of the file (exit code 2 when it cannot be read) and of its tags.
    """

    def __init__(
        self,
        source: Path | str | bytes,
        *,
        name: str = "",
        design: Path | str | bytes | Package | None = None,
        environment: Environment | None = None,
        filters: Mapping[str, Callable[..., Any]] | None = None,
        tests: Mapping[str, Callable[..., Any]] | None = None,
        globals: Mapping[str, Any] | None = None,  # noqa: A002
        undefined: type[Undefined] | None = None,
        extensions: Sequence[str | type[Extension]] = (),
        danish: bool = False,
    ) -> None:
        # what compiling needs: a pickled template needs none
        from docgen.word.archive.soundness import mended
        from docgen.word.archive.threats import made_fields
        from docgen.word.look.looks import read_looks
        from docgen.word.running.environment import Recipe, word_environment
        from docgen.word.running.parts import compile_parts, holdings

        original = as_document(read_package(_path(source), name))
        package, faults = mended(as_transitional(original))
        if design is not None:
            package, faults = _designed(package, faults, design)
        if any(fault.code != _MISSING for fault in faults):
            raise DocgenError(faults)
        self._main = main_part(package)
        options = (filters, tests, globals, undefined, extensions)
        asked = not danish or environment is not None or any(options)
        recipe = Recipe(*options, environment, danish=danish) if asked else None
        environment = recipe.environment if recipe else word_environment()
        self._keeps = danish or design is not None
        self._made_fields = made_fields(package)
        try:
            self._package, self._parts, self._contents = compile_parts(package, self._main, environment)
        except DocgenError as fault:
            raise DocgenError([*faults, *fault.diagnostics]) from None
        if not self._parts and design is None:
            self._package = original  # a file without tags comes back as it is
        elif faults:
            raise DocgenError(faults)
        else:
            main_part(original)  # refuses Strict Open XML
        self._holdings = holdings(self._package, self._main, self._parts)
        self._numbering_part = related(self._package, self._main, "numbering")
        found = read_looks(self._package, self._main, labelled=self._contents is not None)
        self._looks = Folded(found)
        self._marks = found.styles.caption, found.styles.table_text
        self.schemes = tuple(filter(None, found.numbering))

    @property
    def styles(self) -> StyleMap:
        """The styles of the file that Markdown is written in."""
        return self._looks.value.styles

    def render(
        self,
        context: Mapping[str, object],
        *,
        properties: Properties | None = None,
        numbering: str | None = None,
        folder: Folders = (),
        kept: Kept | None = None,
        alike: Mapping[str, object] | None = None,
    ) -> WordDocument:
        """The document for the names in `context`.

        `properties` replace the file's own; `numbering` names the scheme that numbers the headings (a w:name in the
        numbering part; "ingen" in a file without schemes changes nothing). Files that the data names (`billede`,
        `underdokument`) are read from `folder`, one or several, and below, and not at all without one. `kept` is what
        the documents of a series have in common, and `alike` has, for names whose value is a function, another that is
        the same as long as the function gives the same.
        Raises DocgenError with every fault: unknown names, values that do not fit.
        """
        session = self._session(folder)
        keeping = kept.keeping(session, context, alike or {}) if kept else None
        scheme = None if numbering == _NO_NUMBERS and not self.schemes else numbering
        try:
            with paid_from(session.budget):
                package = self._package.replaced(self._packed(context, session, scheme, keeping))
        except _expected():
            # something went wrong: render again under guard, to tell all that is wrong instead of the first
            found = self._all_faults(context, folder)
            if not found:
                raise  # not the template's fault, nor the data's
            raise DocgenError(found) from None
        if keeping:
            keeping.keep()
        if properties is not None:
            package = package.changed(with_core(package, properties))
        package = self._numbered(package, session, scheme)
        for part, links in session.links.items():
            package = package.changed(with_links(package, part, links))
        if session.images:
            package = with_images(package, session.images)
        if session.style_xml:
            styles = related(package, self._main, "styles")
            package = package.changed(with_styles(package, styles, session.style_xml))
        return WordDocument(with_charts(package, session.charts) if session.charts else package)

    def marked(self) -> Self:
        """The template itself, compiled for a series too; else that is done with the first document (see `kept`)."""
        for part in self._parts:
            part.program.mark(rounds=part.name == self._main)
        return self

    def _session(self, folder: Folders, *, guarded: bool = False) -> Session:
        places = [Path(one) for one in ([folder] if isinstance(folder, str | Path) else folder)]
        looks = self._looks
        return Session(
            self._holdings, lambda: looks.value.styles, lambda: looks.value.sheet, folders=places, guarded=guarded
        )

    def names(self) -> list[Asked]:
        """Every name that the template asks for, as dotted paths with places, in the order of its parts."""
        from docgen.word.running.asked import asked

        return [use for part in self._parts for use in asked(part.program)]

    def _packed(
        self, context: Mapping[str, object], session: Session, scheme: str | None, keeping: Keeping | None
    ) -> list[Member]:
        """The rendered parts as members of the file."""
        packed: list[Member] = []
        unlisted: list[tuple[str, Sequence[str]]] = []
        for part, written in self._written(context, session, keeping):
            pieces = self._kept_together(written, keeping) if self._keeps and part == self._main else written
            if part in self._made_fields:
                pieces = self._checked(part, pieces)
            if self._contents is not None and part == self._main:
                unlisted.append((part, (DECLARATION, *pieces)))
            elif keeping and part != self._main:
                packed.append(keeping.part(part, "".join(pieces)))
            else:
                packed.append(pack_chunks(part, _encoded(pieces)))
        for part, whole in unlisted:  # once the lists of every part are known
            packed.append(pack(part, self._listed(whole, session, scheme)))
        return packed

    def _kept_together(self, written: Iterable[str], keeping: Keeping | None) -> Iterable[str]:
        """What the main part's program writes, with its tables kept together with what belongs to them."""
        return keeping.blocks(written, *self._marks) if keeping else kept_pieces(written, *self._marks)

    def _checked(self, part: str, pieces: Iterable[str]) -> Iterator[str]:
        """What a part writes, once the field codes in it that tags have made are seen to be allowed."""
        from docgen.word.archive.threats import check_made

        xml = "".join(pieces)
        found = check_made(xml, self._made_fields[part])
        if found:
            raise DocgenError(found)
        return iter((xml,))

    def _written(
        self, context: Mapping[str, object], session: Session, keeping: Keeping | None = None
    ) -> Iterator[tuple[str, Iterable[str]]]:
        """The name of each part with tags, and what its program writes."""
        variables = dict(context)
        for part in self._parts:
            session.part = part.name
            if keeping and part.name == self._main:
                yield part.name, keeping.stretches(part.program, variables)
            elif keeping:
                yield part.name, (keeping.text(part.program, variables),)
            else:
                yield part.name, part.program.pieces(variables, session)

    def _listed(self, pieces: Sequence[str], session: Session, scheme: str | None) -> bytes:
        """The main part with its contents lists filled in."""
        from docgen.word.tagging.listing import fill_contents, has_contents

        if self._contents is None or not has_contents(pieces):
            return "".join(pieces).encode()
        labels = self._looks.value.labels[scheme]
        return fill_contents(pieces, self._contents, labels, session)

    def _all_faults(self, context: Mapping[str, object], folder: Folders) -> list[Diagnostic]:
        session = self._session(folder, guarded=True)
        with paid_from(session.budget):
            for _, written in self._written(context, session):
                deque(written, maxlen=0)
        return list((session.faults or {}).values())

    def _numbering(self, scheme: str | None) -> NumberingPart:
        """The numbering part with the headings' list in a scheme. Raises DocgenError DG460 for an unknown scheme."""
        made = self._looks.value.numbering.get(scheme)
        if made is None:
            names = ", ".join(self.schemes) or "-"
            raise DocgenError([error("DG460", FilePlace(self._package.file), navn=scheme, kendte=names)])
        return made

    def _numbered(self, package: Package, session: Session, scheme: str | None) -> Package:
        """The package with the numbering part as this render needs it, and what it needs besides when it has none."""
        if scheme is None and not session.lists:
            return package
        from docgen.word.look.numbering import CONTENT_TYPE

        numbering, part = self._numbering(scheme), self._numbering_part
        if part:
            return package.replaced([numbering.packed(part, session.lists)])
        part, rels = "word/numbering.xml", relationships_part(self._main)
        known = package.data(rels) if rels in package else None
        return package.changed(
            {
                part: numbering.with_lists(session.lists),
                # links have taken numbers after "docgen" already
                rels: with_relationship(known, "numbering", "numbering.xml", stem="lists")[0],
                TYPES_PART: with_override(package.data(TYPES_PART), part, CONTENT_TYPE),
            }
        )


def _encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    """A part's text as bytes, in chunks that are worth compressing at once, whatever the pieces."""
    held, size = [DECLARATION], 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > _CHUNK:
            text = "".join(held)
            end = len(text) - len(text) % _CHUNK
            yield from (text[at : at + _CHUNK].encode() for at in range(0, end, _CHUNK))
            held, size = [text[end:]], len(text) - end
    yield "".join(held).encode()


def _designed(
    package: Package, faults: list[Diagnostic], design: Path | str | bytes | Package
) -> tuple[Package, list[Diagnostic]]:
    """The template with the look of `design`. Raises DocgenError with the faults of both."""
    from docgen.word.archive.soundness import mended
    from docgen.word.look.design import apply_design

    if not isinstance(design, Package):
        design = read_package(_path(design), "design.docx" if isinstance(design, bytes) else "")
    looks, more = mended(design)
    if faults or more:
        raise DocgenError([*faults, *more])
    return apply_design(package, looks), []


def _expected() -> tuple[type[Exception], ...]:
    """What may be raised where a template does not fit its data: only asked when something is raised."""
    from docgen.word.running.faults import EXPECTED

    return EXPECTED


def _path(source: Path | str | bytes) -> Path | bytes:
    return Path(source) if isinstance(source, str) else source
