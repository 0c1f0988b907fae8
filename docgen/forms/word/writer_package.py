"""The package of a Word form: docgen's own design with the styles, the lists and the properties of a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from docgen.design_file import standard
from docgen.forms.word.writer_plan import Form, Shape
from docgen.forms.word.writer_styles import STYLES
from docgen.package import ROOT_RELATIONSHIPS, TYPES_PART, Package, read_package
from docgen.word.archive.ooxml import DECLARATION, R, W, attribute
from docgen.word.archive.opc import parts_of_type, related, root_of, with_override, with_relationship
from docgen.word.look.labels import read_numbering
from docgen.word.look.numbering import NumberingPart, read_numbering_part
from docgen.word.look.styles import read_styles, style_map
from docgen.word.running.output import Properties, with_core, with_links
from docgen.word.running.session import Holdings, Session
from docgen.word.values.runs import run_xml

VERSION = 1
"""The version of the form's own make: raised when older docgens could misread a form."""
CUSTOM_PART = "docProps/custom.xml"
NAMES = ("docgen.skema", "docgen.type", "docgen.version", "docgen.del")
"""The properties of a form: its make, the kind, the kind's version, and the list that it gives elements of."""
_MAIN, _STYLES, _NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_KIND = f"{R}/custom-properties"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w15"'
)
_HEADING_NUMBER = re.compile(
    rb'(<w:style [^>]*w:styleId="Heading\d"(?:(?!</w:style>).)*?)<w:numPr>.*?</w:numPr>', re.DOTALL
)
_SECTION = (
    '<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1417" w:bottom="1247" '
    'w:left="1417" w:header="680" w:footer="624" w:gutter="0"/><w:cols w:space="708"/></w:sectPr>'
)
_PAGE = '<w:fldSimple w:instr=" {0} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
_MOST_LEVELS = 9


class Base(NamedTuple):
    """The design without its text: `session` collects the lists and links of what is written into it."""

    package: Package
    numbering: NumberingPart
    session: Session


def open_base() -> Base:
    """docgen's own design with the form's styles, its headings without numbers."""
    package = read_package(standard())
    styles = _HEADING_NUMBER.sub(rb"\1", package.data(_STYLES))
    end = styles.rindex(b"</")
    package = package.changed({_STYLES: styles[:end] + STYLES.encode() + styles[end:]})
    sheet = read_styles(root_of(package, _STYLES))
    found = style_map(sheet, read_numbering(root_of(package, _NUMBERING)))
    numbering = read_numbering_part(root_of(package, _NUMBERING))
    holdings = Holdings({}, numbering.lists, numbering.next_num, numbering.next_abstract)
    session = Session(holdings, lambda: found, lambda: sheet)
    session.part = _MAIN
    return Base(package, numbering, session)


def bullet_list(session: Session) -> int:
    """The w:numId of the bulleted list, nine levels deep, that lists of lines are written in."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="{"•–"[level % 2]}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{284 * (level + 1)}" w:hanging="284"/></w:pPr></w:lvl>'
        for level in range(_MOST_LEVELS)
    )
    number = session.reserve_list()
    session.define_list(number, f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}', "")
    return number


def element_numbers(session: Session, form: Form) -> Mapping[str, tuple[int, int]]:
    """The w:numId and level that number the elements of each list, by its path: `1. punkt`, `2. punkt`.

    The lists inside the elements of a list are levels below it, so that they begin with 1 in each element.
    """
    paths = [found.path for found in form.walk() if found.shape is Shape.ITEMS]
    found: dict[str, tuple[int, int]] = {}
    for top in (path for path in paths if "[]" not in path):
        inside = [path for path in paths if path.startswith(f"{top}[]")]
        names = [top, *inside]
        number = session.reserve_list()
        levels = "".join(_level(level, _parent(names, level)) for level in range(min(len(names), _MOST_LEVELS)))
        # lists of the same look would share one definition, and so their numbers
        told = f'<w:multiLevelType w:val="multilevel"/><w:name w:val="{attribute(top)}"/>'
        session.define_list(number, told + levels, "")
        found |= {name: (number, min(level, _MOST_LEVELS - 1)) for level, name in enumerate(names)}
    return found


def _parent(names: list[str], level: int) -> int:
    """The level, from 0, of the innermost list around a list; -1 for none."""
    around = [number for number, name in enumerate(names) if names[level].startswith(f"{name}[]")]
    return max(around, default=-1)


def _level(level: int, parent: int) -> str:
    restart = f'<w:lvlRestart w:val="{parent + 1}"/>' if level else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>{restart}<w:suff w:val="space"/>'
        f'<w:lvlText w:val="%{level + 1}."/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
    )


def finish(base: Base, form: Form, body: str) -> Package:
    """The form as a package: `body` are its paragraphs and tables."""
    package, session = base.package, base.session
    references = "".join(
        f'<w:{kind}Reference w:type="default" r:id="{_reference(package, kind)}"/>' for kind in ("header", "footer")
    )
    section = _SECTION.format(references=references)
    document = f"{DECLARATION}<w:document {_NAMESPACES}><w:body>{body}{section}</w:body></w:document>"
    parts = {
        _MAIN: document.encode(),
        _NUMBERING: base.numbering.with_lists(session.lists),
        CUSTOM_PART: _custom(form),
        TYPES_PART: with_override(package.data(TYPES_PART), CUSTOM_PART, _CUSTOM_TYPE),
        ROOT_RELATIONSHIPS: with_relationship(package.data(ROOT_RELATIONSHIPS), _CUSTOM_KIND, CUSTOM_PART)[0],
        **_frames(package, form),
    }
    package = package.changed(parts)
    package = package.changed(with_core(package, Properties(title=f"Skema: {form.title}", author="docgen")))
    links = session.links.get(_MAIN, {})
    return package.changed(with_links(package, _MAIN, links)) if links else package


def _reference(package: Package, kind: str) -> str:
    """The id of the design's relationship to its first header or footer."""
    from docgen.word.archive.opc import relationships

    wanted = related(package, _MAIN, kind)
    return next(one.id for one in relationships(package, _MAIN) if one.part == wanted)


def _frames(package: Package, form: Form) -> dict[str, bytes]:
    """The headers and footers with the form's own text: those of the design ask for a document's."""
    found: dict[str, bytes] = {}
    header = run_xml(f"Skema: {form.title}")
    pages = run_xml("Side ") + _PAGE.format("PAGE") + run_xml(" af ") + _PAGE.format("NUMPAGES")
    frames = (("header+xml", "hdr", "Header", header), ("footer+xml", "ftr", "Footer", f"<w:r><w:tab/></w:r>{pages}"))
    for kind, root, style, runs in frames:
        text = (
            f'{DECLARATION}<w:{root} xmlns:w="{W}" xmlns:r="{R}"><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
            f"{runs}</w:p></w:{root}>"
        )
        found |= dict.fromkeys(parts_of_type(package, (kind,)), text.encode())
    return found


def _custom(form: Form) -> bytes:
    values = (str(VERSION), form.kind.name, form.kind.version, form.part)
    inside = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name="{name}"><vt:lpwstr>{attribute(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(zip(NAMES, values, strict=True), start=2)
    )
    return f'{DECLARATION}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}">{inside}</Properties>'.encode()
