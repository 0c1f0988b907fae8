"""What decides the look of documents: a Word file, and an organisation's changes to it, made into one design."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docgen.cache import fetch
from docgen.diagnostics import Diagnostic, DocgenError, Place, error
from docgen.kinds.folders import BOX
from docgen.sources.reading import FORMATS

if TYPE_CHECKING:
    from docgen.package import Package
    from docgen.word.look.branding import Logo

WORD_FILE = "design.docx"


class LogoFile(NamedTuple):
    """Where the logo lies and how it stands: height in cm, alternative text, and whether to the right."""

    path: Path
    place: Place
    height: float
    text: str
    right: bool


class Design(NamedTuple):
    """What decides the look of a document: a Word file, and what an organisation changes in it.

    `own` tells that the Word file is not docgen's own. `colours` are RRGGBB by slot of the theme, `fonts` those of text
    and headings ("" as they are), `styles` the file's styles by the names that templates use, each with its place.
    """

    word: Path
    own: bool = True
    sources: tuple[Path, ...] = ()
    organisation: str = ""
    logo: LogoFile | None = None
    colours: tuple[tuple[str, str], ...] = ()
    fonts: tuple[str, str] = ("", "")
    footer: tuple[str, ...] = ()
    styles: tuple[tuple[str, str, Place], ...] = ()
    warnings: tuple[Diagnostic, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that the design is made from."""
        standards = (standard(),) if self.own else ()
        return (*self.sources, self.word, *standards, *((self.logo.path,) if self.logo else ()))

    def package(self) -> Package:
        """The design as one Word file. Raises DocgenError with every fault of its files."""
        from docgen.package import read_package
        from docgen.word.archive.soundness import mended
        from docgen.word.look.adopt import Served, adopt
        from docgen.word.look.branding import Branding, brand

        logo = _read_logo(self.logo) if self.logo else None
        package, faults = mended(read_package(self.word, self.word.as_posix()))
        if faults:
            raise DocgenError(faults)
        if self.own:
            served = [Served(*one) for one in self.styles]
            package = adopt(package, read_package(standard()), served)
        return brand(package, Branding(dict(self.colours), *self.fonts, self.footer, logo))


def read_design(path: Path, cache: Path | None = None) -> Design:
    """The design in a Word file, or in a file such as design.yaml.

    Raises DocgenError with every fault of the latter; a Word file is not opened yet.
    """
    if path.suffix.lower() not in FORMATS or not path.is_file():
        return Design(path) if path.suffix.lower() not in FORMATS else _read(path)
    beside = path.with_name(WORD_FILE).is_file()
    return fetch(cache, f"design\0{path}\0{beside}", [path.read_bytes()], lambda: _read(path))


def _read(path: Path) -> Design:
    from docgen.design_reader import read_file  # not needed when the cache has the design

    return read_file(path)


def standard() -> Path:
    """The design in the box."""
    return next(found for one in BOX if (found := one / "design" / WORD_FILE).is_file())


def _read_logo(wish: LogoFile) -> Logo:
    from docgen.word.look.branding import Logo
    from docgen.word.look.picture import MAX_BYTES, MAX_PIXELS, read_picture

    name = wish.path.name
    try:
        data = wish.path.read_bytes()
    except OSError:
        raise DocgenError([error("DG484", wish.place, fil=wish.path.as_posix())]) from None
    picture = read_picture(data)
    if len(data) > MAX_BYTES:
        raise DocgenError([error("DG486", wish.place, fil=name, mest=MAX_BYTES // 1_000_000)])
    if picture is None:
        raise DocgenError([error("DG485", wish.place, fil=name, mest=MAX_PIXELS)])
    return Logo(picture, wish.height, wish.text, wish.right)
