"""The design document holds what every template and the Word engine lean on."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from jinja2 import Environment, StrictUndefined
from lxml import etree

DESIGN = Path(__file__).parents[3] / "templates" / "design" / "design.docx"
NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pr": "http://schemas.openxmlformats.org/package/2006/relationships",
}
W = f"{{{NS['w']}}}"

STYLES = {
    "paragraph": {
        "Normal": "Normal",
        "BodyText": "Body Text",
        "Title": "Title",
        "Subtitle": "Subtitle",
        **{f"Heading{n}": f"heading {n}" for n in (1, 2, 3, 4)},
        "ListBullet": "List Bullet",
        "ListBullet2": "List Bullet 2",
        "ListBullet3": "List Bullet 3",
        "ListNumber": "List Number",
        "ListNumber2": "List Number 2",
        "ListNumber3": "List Number 3",
        "Quote": "Quote",
        "Caption": "caption",
        "Header": "header",
        "Footer": "footer",
        "TOCHeading": "TOC Heading",
        **{f"TOC{n}": f"toc {n}" for n in (1, 2, 3)},
        **{
            name: name
            for name in ("Tabelhoved", "Tabeltekst", "Tabeltal", "Metadata", "Eksempel", "Stykke", "Underskrift")
        },
    },
    "character": {"Hyperlink": "Hyperlink", "Strong": "Strong", "Emphasis": "Emphasis"},
    "table": {"Tabel": "Tabel"},
}

PAGES = ["first", "default", "landscape"]
FULL = {"organisation": "Fåborg & Midtfyn", "udkast": True, "version": "0.9", "dato": "12. november 2026"}


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(DESIGN) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture(scope="module")
def styles(parts):
    return etree.fromstring(parts["word/styles.xml"])


@pytest.fixture(scope="module")
def numbering(parts):
    return etree.fromstring(parts["word/numbering.xml"])


@pytest.fixture(scope="module")
def settings(parts):
    return etree.fromstring(parts["word/settings.xml"])


def find(node, path):
    found = node.xpath(path, namespaces=NS)
    assert found, f"{path} is missing"
    return found[0]


def page_parts(parts, kind: str) -> dict[str, etree._Element]:
    """The header or footer of each sort of page, by way of the section that uses it."""
    document = etree.fromstring(parts["word/document.xml"])
    relations = etree.fromstring(parts["word/_rels/document.xml.rels"])
    target = {r.get("Id"): r.get("Target") for r in relations}
    found = {}
    for section in document.iter(f"{W}sectPr"):
        lying = section.xpath("w:pgSz/@w:orient", namespaces=NS) == ["landscape"]
        for reference in section.findall(f"w:{kind}Reference", NS):
            page = "landscape" if lying else reference.get(f"{W}type")
            found[page] = etree.fromstring(parts["word/" + target[reference.get(f"{{{NS['r']}}}id")]])
    return found


def printed(part, **values: object) -> str:
    """What the paragraph reads once its tags are filled; a field stands as its own name in brackets."""
    source = ""
    for node in part.iter(f"{W}t", f"{W}tab", f"{W}fldSimple", f"{W}instrText"):
        if node.tag == f"{W}t" and node.xpath("ancestor::w:fldSimple", namespaces=NS):
            continue
        if node.tag == f"{W}tab" and node.getparent().tag == f"{W}tabs":
            continue
        field = node.get(f"{W}instr") or (node.text if node.tag == f"{W}instrText" else None)
        source += f"[{field.strip().split()[0]}]" if field else "\t" if node.tag == f"{W}tab" else node.text or ""
    document = dict.fromkeys(("titel", "version", "dato", "sagsnummer", "organisation"), "") | {"udkast": False}
    text = Environment(undefined=StrictUndefined).from_string(source).render(dokument=document | values)
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("kind", "ident", "name"), [(kind, ident, name) for kind, group in STYLES.items() for ident, name in group.items()]
)
def test_style_exists_by_id_and_name(styles, kind, ident, name):
    style = find(styles, f"w:style[@w:styleId='{ident}']")
    assert style.get(f"{W}type") == kind
    assert find(style, "w:name/@w:val") == name


def test_styles_only_lean_on_styles_that_exist(styles):
    known = set(styles.xpath("w:style/@w:styleId", namespaces=NS))
    used = styles.xpath("w:style/w:basedOn/@w:val | w:style/w:next/@w:val | w:style/w:link/@w:val", namespaces=NS)
    assert set(used) <= known


def test_language_is_danish_everywhere(parts, styles, settings):
    assert find(styles, "w:docDefaults/w:rPrDefault/w:rPr/w:lang/@w:val") == "da-DK"
    assert find(settings, "w:themeFontLang/@w:val") == "da-DK"
    assert find(etree.fromstring(parts["docProps/core.xml"]), "dc:language").text == "da-DK"
    languages = set(styles.xpath("//w:lang/@w:val", namespaces=NS))
    assert languages == {"da-DK"}


def test_settings_ask_nothing_and_track_nothing(settings):
    for absent in ("updateFields", "trackRevisions", "documentProtection", "attachedTemplate"):
        assert settings.find(f"w:{absent}", NS) is None, absent
    assert find(settings, "w:compat/w:compatSetting[@w:name='compatibilityMode']/@w:val") == "15"
    assert find(settings, "w:decimalSymbol/@w:val") == ","
    assert find(settings, "w:listSeparator/@w:val") == ";"


def numbers(numbering, name: str) -> list[str]:
    abstract = find(numbering, f"w:abstractNum[w:name/@w:val='{name}']")
    return abstract.xpath("w:lvl[@w:ilvl < 3]/w:lvlText/@w:val", namespaces=NS)


def test_numbering_of_headings_has_three_named_forms(numbering):
    assert numbers(numbering, "tal") == ["%1", "%1.%2", "%1.%2.%3"]
    assert numbers(numbering, "paragraf")[:2] == ["§\u00a0%1.", "Stk.\u00a0%2."]
    assert numbers(numbering, "ingen") == ["", "", ""]
    for name in ("tal", "paragraf", "ingen"):
        abstract = find(numbering, f"w:abstractNum[w:name/@w:val='{name}']")
        assert abstract.xpath("w:lvl/w:pStyle/@w:val", namespaces=NS) == ["Heading1", "Heading2", "Heading3"]


@pytest.mark.parametrize(("num", "name"), [("1", "tal"), ("2", "punkter"), ("3", "numre")])
def test_numbers_one_to_three_are_headings_bullets_and_ordered_list(numbering, num, name):
    abstract = find(numbering, f"w:num[@w:numId='{num}']/w:abstractNumId/@w:val")
    assert find(numbering, f"w:abstractNum[@w:abstractNumId='{abstract}']/w:name/@w:val") == name


@pytest.mark.parametrize(
    ("base", "num"), [("Heading", "1"), ("ListBullet", "2"), ("ListNumber", "3")], ids=["heading", "bullet", "number"]
)
def test_numbered_styles_use_their_level(styles, numbering, base, num):
    abstract = find(numbering, f"w:num[@w:numId='{num}']/w:abstractNumId/@w:val")
    for level in (0, 1, 2):
        ident = base if level == 0 and base != "Heading" else f"{base}{level + 1}"
        number = find(styles, f"w:style[@w:styleId='{ident}']/w:pPr/w:numPr")
        assert find(number, "w:numId/@w:val") == num
        assert (number.xpath("w:ilvl/@w:val", namespaces=NS) or ["0"]) == [str(level)]
        linked = f"w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='{level}']/w:pStyle/@w:val"
        assert find(numbering, linked) == ident


def test_bullets_are_characters_of_the_text_font(numbering):
    abstract = find(numbering, "w:abstractNum[w:name/@w:val='punkter']")
    assert numbers(numbering, "punkter") == ["•", "–", "◦"]
    assert not abstract.xpath(".//w:rFonts", namespaces=NS)


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_headings_stand_in_the_outline_and_stay_with_their_text(styles, level):
    style = find(styles, f"w:style[@w:styleId='Heading{level}']")
    assert find(style, "w:pPr/w:outlineLvl/@w:val") == str(level - 1)
    assert style.find("w:pPr/w:keepNext", NS) is not None


def luminance(colour: str) -> float:
    """Relative luminance of RRGGBB (WCAG 2.1)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def inherited(styles, style, path: str, default: str) -> str:
    """A property of a style or of the nearest style it is based on."""
    while True:
        found = style.xpath(path, namespaces=NS)
        if found:
            return found[0]
        base = style.xpath("w:basedOn/@w:val", namespaces=NS)
        if not base:
            return default
        style = find(styles, f"w:style[@w:styleId='{base[0]}']")


def test_contrast_of_text_is_at_least_four_and_a_half(styles):
    shade = find(styles, "w:style[@w:styleId='Tabel']/w:tblStylePr[@w:type='firstRow']/w:tcPr/w:shd/@w:fill")
    seen = set()
    for style in styles.xpath("w:style[@w:type='paragraph' or @w:type='character']", namespaces=NS):
        ident = style.get(f"{W}styleId")
        text = inherited(styles, style, "w:rPr/w:color/@w:val", "000000")
        fill = inherited(styles, style, "w:pPr/w:shd/@w:fill", "FFFFFF")
        for background in {fill, shade} if ident in ("Tabelhoved", "Hyperlink") else {fill}:
            seen.add(text)
            assert contrast(text, background) >= 4.5, f"{ident}: {text} on {background}"
    assert len(seen) > 3


def test_colours_written_out_agree_with_the_theme(parts, styles):
    theme = etree.fromstring(parts["word/theme/theme1.xml"])
    slots = {
        "text1": "dk1",
        "text2": "dk2",
        "background2": "lt2",
        "hyperlink": "hlink",
        "followedHyperlink": "folHlink",
    }
    pairs = [("color", "themeColor", "val"), ("shd", "themeFill", "fill")]
    checked = 0
    for tag, slot, value in pairs:
        for node in styles.iter(f"{W}{tag}"):
            name = node.get(f"{W}{slot}")
            if name is None or node.get(f"{W}themeTint") or node.get(f"{W}themeShade"):
                continue
            name = slots.get(name, name)
            assert node.get(f"{W}{value}") == find(theme, f"//a:clrScheme/a:{name}/*/@*[not(. = 'windowText')]")
            checked += 1
    assert checked > 5


def test_table_has_light_rules_and_a_shaded_header_row(styles):
    table = find(styles, "w:style[@w:styleId='Tabel']")
    borders = {node.tag.removeprefix(W) for node in find(table, "w:tblPr/w:tblBorders")}
    assert borders == {"top", "bottom", "insideH"}
    assert find(table, "w:tblStylePr[@w:type='firstRow']/w:tcPr/w:shd/@w:fill") != "auto"
    assert find(styles, "w:style[@w:styleId='Tabeltal']/w:pPr/w:jc/@w:val") == "right"


def test_paper_is_a4_and_the_last_section_is_upright(parts):
    document = etree.fromstring(parts["word/document.xml"])
    sizes = [
        (find(s, "w:pgSz/@w:w"), find(s, "w:pgSz/@w:h"), *s.xpath("w:pgSz/@w:orient", namespaces=NS))
        for s in document.iter(f"{W}sectPr")
    ]
    assert set(sizes) == {("11906", "16838"), ("16838", "11906", "landscape")}
    assert sizes[-1] == ("11906", "16838")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("values", "right"),
    [
        (FULL, "UDKAST · Version 0.9 · 12. november 2026"),
        (FULL | {"udkast": False}, "Version 0.9 · 12. november 2026"),
        (FULL | {"version": ""}, "UDKAST · 12. november 2026"),
        (FULL | {"dato": ""}, "UDKAST · Version 0.9"),
        (FULL | {"version": "", "dato": ""}, "UDKAST"),
        (FULL | {"udkast": False, "dato": ""}, "Version 0.9"),
        (FULL | {"udkast": False, "version": "", "dato": ""}, ""),
    ],
)
def test_header_of_every_page_shows_status_version_and_date_without_stray_separators(parts, page, values, right):
    assert printed(page_parts(parts, "header")[page], **values) == f"Fåborg & Midtfyn\t{right}"


def test_status_version_and_date_never_break_over_two_lines(parts):
    header = page_parts(parts, "header")["first"]
    source = "".join(node.text for node in header.iter(f"{W}t"))
    text = Environment(undefined=StrictUndefined).from_string(source).render(dokument=FULL)
    assert text == "Fåborg & MidtfynUDKAST\u00a0·\u00a0Version\u00a00.9\u00a0·\u00a012.\u00a0november\u00a02026"


@pytest.mark.parametrize("page", PAGES)
def test_footer_counts_pages(parts, page):
    footer = page_parts(parts, "footer")[page]
    assert printed(footer, titel="Aftale").endswith("\tSide [PAGE] af [NUMPAGES]")


def test_footer_names_the_document_and_its_case(parts):
    footers = page_parts(parts, "footer")
    assert printed(footers["first"], titel="Aftale", sagsnummer="26/1").startswith("Sagsnr. 26/1\t")
    assert printed(footers["default"], titel="Aftale", sagsnummer="26/1").startswith("Aftale · sagsnr. 26/1\t")
    assert printed(footers["landscape"], titel="Aftale").startswith("Aftale\t")


def test_right_edge_of_header_and_footer_is_the_margin(parts, styles):
    document = etree.fromstring(parts["word/document.xml"])
    for section in document.iter(f"{W}sectPr"):
        lying = section.xpath("w:pgSz/@w:orient", namespaces=NS) == ["landscape"]
        width = int(find(section, "w:pgSz/@w:w"))
        width -= sum(int(find(section, f"w:pgMar/@w:{side}")) for side in ("left", "right"))
        for kind, ident in (("header", "Header"), ("footer", "Footer")):
            owner = page_parts(parts, kind)["landscape"] if lying else find(styles, f"w:style[@w:styleId='{ident}']")
            assert find(owner, ".//w:tabs/w:tab[@w:val='right']/@w:pos") == str(width)


def test_nothing_is_left_over_from_another_library(parts):
    assert not [name for name in parts if "customXml" in name or "stylesWithEffects" in name or "vba" in name]
    for name, content in parts.items():
        assert b"python-docx" not in content, name
    assert find(etree.fromstring(parts["docProps/core.xml"]), "dc:creator").text == "docgen"


def test_specimen_uses_named_styles_only(parts, styles):
    known = set(styles.xpath("w:style/@w:styleId", namespaces=NS))
    document = etree.fromstring(parts["word/document.xml"])
    used = document.xpath("//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val", namespaces=NS)
    assert set(used) <= known
    shown = set(STYLES["paragraph"]) - {"Normal", "Header", "Footer"}
    assert shown <= set(used), "the specimen shows every style"
    assert not document.xpath("//w:rPr[w:b or w:i or w:color or w:rFonts]", namespaces=NS)
