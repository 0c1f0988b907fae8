"""A small Word file made from strings, so that a test shows all that it is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from lxml import etree

from docgen.word.look.labels import read_numbering
from docgen.word.look.styles import StyleMap, read_styles, style_map

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
ROOT = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def _style(id_: str, name: str, kind: str = "paragraph", inside: str = "", *, default: bool = False) -> str:
    first = ' w:default="1"' if default else ""
    return f'<w:style w:type="{kind}" w:styleId="{id_}"{first}><w:name w:val="{name}"/>{inside}</w:style>'


def _numbered(num_id: int, ilvl: int) -> str:
    return f'<w:pPr><w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num_id}"/></w:numPr></w:pPr>'


def _level(ilvl: int, format_: str, text: str, style: str = "", indent: int = 0) -> str:
    linked = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/>{linked}'
        f'<w:lvlText w:val="{text}"/><w:pPr><w:ind w:left="{indent}" w:hanging="360"/></w:pPr></w:lvl>'
    )


_NAMES = ("", " 2", " 3")
STYLES = "".join(
    (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="da-DK"/></w:rPr></w:rPrDefault></w:docDefaults>',
        _style("Normal", "Normal", default=True),
        _style("Title", "Title"),
        *(_style(f"Heading{n}", f"heading {n}", inside=_numbered(1, n - 1)) for n in (1, 2, 3)),
        _style("Heading4", "heading 4"),
        _style("BodyText", "Body Text"),
        *(_style(f"ListBullet{n.strip()}", f"List Bullet{n}", inside=_numbered(2, i)) for i, n in enumerate(_NAMES)),
        *(_style(f"ListNumber{n.strip()}", f"List Number{n}", inside=_numbered(3, i)) for i, n in enumerate(_NAMES)),
        _style("Quote", "Quote"),
        _style("Stykke", "Stykke"),
        _style("TOC1", "toc 1"),
        _style("Tabelhoved", "Tabelhoved"),
        _style("Tabeltekst", "Tabeltekst"),
        _style("Tabeltal", "Tabeltal", inside='<w:pPr><w:jc w:val="right"/></w:pPr>'),
        _style("Tabel", "Tabel", "table"),
        _style("Hyperlink", "Hyperlink", "character"),
        _style("Strong", "Strong", "character", "<w:rPr><w:b/></w:rPr>"),
        _style("Emphasis", "Emphasis", "character", "<w:rPr><w:i/></w:rPr>"),
    )
)
NUMBERING = "".join(
    (
        '<w:abstractNum w:abstractNumId="0">',
        *(_level(i, "decimal", t, f"Heading{i + 1}") for i, t in enumerate(("%1.", "%1.%2", "%1.%2.%3"))),
        '</w:abstractNum><w:abstractNum w:abstractNumId="1">',
        *(_level(i, "bullet", "\uf0b7", f"ListBullet{_NAMES[i].strip()}", 360 * (i + 1)) for i in range(3)),
        '</w:abstractNum><w:abstractNum w:abstractNumId="2">',
        _level(0, "decimal", "%1.", "ListNumber", 400),
        _level(1, "lowerLetter", "%2)", "ListNumber2", 800),
        _level(2, "lowerRoman", "%3.", "ListNumber3", 1200),
        "</w:abstractNum>",
        *(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(3)),
    )
)
_OWN = "".join(_level(i, "decimal", f"%{i + 1})", "", 360 * (i + 1)) for i in range(3))
_OWN_BULLETS = "".join(_level(i, "bullet", "–", "", 360 * (i + 1)) for i in range(3))


def part(name: str, inside: str) -> str:
    """The XML of a part with its root."""
    return f"<w:{name} {ROOT}>{inside}</w:{name}>"


@dataclass
class Recorder:
    """Stands in for a render: notes the links and lists that blocks ask for."""

    links: dict[str, str] = field(default_factory=dict)
    lists: list[tuple[int | None, bool, int, int]] = field(default_factory=list)

    def add_hyperlink(self, url: str) -> str:
        return self.links.setdefault(url, f"rId{100 + len(self.links)}")

    def new_list(self, num_id: int | None, *, ordered: bool, start: int = 1, level: int = 0) -> int:
        self.lists.append((num_id, ordered, start, level))
        return 9 + len(self.lists)

    def numbering(self) -> str:
        """The w:num elements that were asked for, and the definitions behind those with docgen's own look."""
        found = [
            f'<w:abstractNum w:abstractNumId="{100 + n}">{_OWN if ordered else _OWN_BULLETS}</w:abstractNum>'
            for n, (base, ordered, _, _) in enumerate(self.lists)
            if base is None
        ]
        for n, (base, _, start, level) in enumerate(self.lists):
            abstract = 100 + n if base is None else base - 1
            over = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            found.append(f'<w:num w:numId="{10 + n}"><w:abstractNumId w:val="{abstract}"/>{over}</w:num>')
        return "".join(found)


@dataclass(frozen=True)
class Maker:
    """Builds files; `styles` and `numbering` are the insides of the parts of that name."""

    styles: str = STYLES
    numbering: str = NUMBERING

    def style_map(self) -> StyleMap:
        numbering = read_numbering(etree.fromstring(part("numbering", self.numbering)))
        return style_map(read_styles(etree.fromstring(part("styles", self.styles))), numbering)

    def docx(self, body: str, session: Recorder | None = None, more: Mapping[str, str] | None = None) -> bytes:
        """A file with `body`; `more` holds further parts of word/ by name (`header1`, `footnotes`), with their root."""
        session = session or Recorder()
        numbering = self.numbering + session.numbering()
        parts = {
            "document": part("document", f"<w:body>{body}</w:body>"),
            "styles": part("styles", self.styles),
            "numbering": part("numbering", numbering),
            **(more or {}),
        }
        rels = [
            f'<Relationship Id="{name}" Type="{R}/{name.rstrip("0123456789")}" Target="{name}.xml"/>'
            for name in parts
            if name != "document"
        ]
        rels += [
            f'<Relationship Id="{id_}" Type="{R}/hyperlink" TargetMode="External" Target="{_attribute(url)}"/>'
            for url, id_ in session.links.items()
        ]
        types = "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}{_kind(name)}+xml"/>' for name in parts
        )
        return _zip(
            {
                "[Content_Types].xml": (
                    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                    f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
                ),
                "_rels/.rels": _relationships(
                    f'<Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/>'
                ),
                "word/_rels/document.xml.rels": _relationships("".join(rels)),
                **{f"word/{name}.xml": text for name, text in parts.items()},
            }
        )


def _kind(name: str) -> str:
    return "document.main" if name == "document" else name.rstrip("0123456789")


def _relationships(inside: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def _zip(parts: Mapping[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text.encode())
    return file.getvalue()


@pytest.fixture(scope="session")
def maker() -> Maker:
    """Builds files in docgen's own styles."""
    return Maker()


@pytest.fixture(scope="session")
def new_recorder() -> type[Recorder]:
    return Recorder


@pytest.fixture(scope="session")
def new_maker() -> type[Maker]:
    return Maker
