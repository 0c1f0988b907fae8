"""A design gives a template its look: styles by name, lists, theme, headers, footers and pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from docgen.danish.values import Markdown
from docgen.word import WordTemplate

from .build import R, W, body_of, lines, p, pack, part, parts, relationship, relationships, text, unpack

ROOT = Path(__file__).parents[3]
THEME = '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="{name}"/>'
KIND = "application/vnd.openxmlformats-officedocument.theme+xml"


def style(id_: str, name: str, inside: str = "", kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{id_}"><w:name w:val="{name}"/>{inside}</w:style>'


def bullets(number: int, linked: str = "", name: str = "") -> str:
    look = f'<w:numFmt w:val="bullet"/>{f"""<w:pStyle w:val="{linked}"/>""" if linked else ""}'
    named = f'<w:name w:val="{name}"/>' if name else ""
    return f'<w:abstractNum w:abstractNumId="{number}">{named}<w:lvl w:ilvl="0">{look}</w:lvl></w:abstractNum>'


def decimals(number: int, linked: str = "") -> str:
    return bullets(number, linked).replace('"bullet"', '"decimal"')


def num(number: int, abstract: int) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'


def use(number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'


def page(width: int, height: int, *inside: str, margins: str = "1 2 3 4") -> str:
    lying = ' w:orient="landscape"' if width > height else ""
    top, right, bottom, left = margins.split()
    sides = f'w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
    references = "".join(one for one in inside if "Reference" in one)
    rest = "".join(one for one in inside if "Reference" not in one)
    size = f'<w:pgSz w:w="{width}" w:h="{height}"{lying}/><w:pgMar {sides}/>'
    return f"<w:sectPr>{references}{size}{rest}</w:sectPr>"


def reference(kind: str, id_: str, when: str = "default") -> str:
    return f'<w:{kind}Reference w:type="{when}" r:id="{id_}"/>'


DESIGN = pack(
    parts(
        p("eksempel")
        + page(100, 200, reference("header", "rIdheader1"), reference("footer", "rIdfooter1", "first"), "<w:titlePg/>"),
        {
            "styles": part(
                "styles", style("Overskrift1", "heading 1") + style("Broed", "Body Text") + style("Lys", "Optaget")
            ),
            "numbering": part("numbering", decimals(0, "Overskrift1") + bullets(1) + num(1, 0) + num(2, 1)),
            "settings": part(
                "settings", '<w:zoom w:percent="90"/><w:evenAndOddHeaders/><w:themeFontLang w:val="da-DK"/>'
            ),
            "header1": part("hdr", p("Region Ø {{ sag }}")),
            "footer1": part("ftr", p("Side")),
        },
        relationship("rIdT", "theme", "theme/theme1.xml"),
    )
    | {
        "word/theme/theme1.xml": THEME.format(name="design"),
        "word/_rels/header1.xml.rels": relationships(relationship("rId1", "image", "media/logo.png")),
        "word/media/logo.png": "design",
    }
)
DESIGN = pack(
    {
        n: d.replace(b"<Default ", b'<Default Extension="png" ContentType="image/png"/><Default ', 1)
        for n, d in unpack(DESIGN).items()
    }
)
TEMPLATE = pack(
    parts(
        p("{{ titel }}", style="Heading1")
        + p("tekst", style="Egen")
        + p("a", inside=use(1))
        + p("b", inside=use(2))
        + p("c", inside=use(7))
        + p("midt", inside=page(300, 150, reference("header", "rIdheader1")))
        + p("slut", style="Andet")
        + page(150, 300, '<w:cols w:num="2"/>', "<w:titlePg/>"),
        {
            "styles": part(
                "styles",
                style("Heading1", "Heading 1")
                + style("BodyText", "Body Text")
                + style("Lys", "En anden")
                + style(
                    "Egen", "Vores", f'<w:basedOn w:val="BodyText"/><w:next w:val="Heading1"/><w:pPr>{use(8)}</w:pPr>'
                )
                + style("Andet", "Andet", '<w:basedOn w:val="Lys"/>'),
            ),
            "numbering": part(
                "numbering",
                decimals(3, "Heading1")
                + decimals(4)
                + bullets(5, name="vores")
                + decimals(6, "Egen")
                + num(1, 3)
                + num(2, 4)
                + num(7, 5)
                + num(8, 6),
            ),
            "settings": part("settings", '<w:trackRevisions/><w:compat/><w:themeFontLang w:val="en-US"/>'),
            "header1": part("hdr", p("gammelt hoved")),
        },
        relationship("rIdT", "theme", "theme/theme1.xml"),
    )
    | {"word/theme/theme1.xml": THEME.format(name="skabelon"), "word/media/logo.png": "skabelon"}
)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return unpack(WordTemplate(TEMPLATE, design=DESIGN).render({"titel": "T", "sag": 4}).to_bytes())


def root(files: dict[str, bytes], name: str) -> etree._Element:
    return etree.fromstring(files[f"word/{name}.xml"])


def values(element: etree._Element, name: str) -> list[str | None]:
    return [one.get(f"{{{W}}}val") for one in element.iter(f"{{{W}}}{name}")]


def test_styles_are_the_designs_by_name_and_the_templates_own_are_brought_along(files: dict[str, bytes]) -> None:
    styles = root(files, "styles")
    names = {one.get(f"{{{W}}}styleId"): one[0].get(f"{{{W}}}val") for one in styles}
    assert names == {
        **{"Overskrift1": "heading 1", "Broed": "Body Text", "Lys": "Optaget"},
        **{"Lys1": "En anden", "Egen": "Vores", "Andet": "Andet"},
    }
    assert values(root(files, "document"), "pStyle") == ["Overskrift1", "Egen", "Andet"]
    assert values(styles, "basedOn") == ["Broed", "Lys1"]
    assert values(styles, "next") == ["Overskrift1"]
    assert b"docgen-brought" not in files["word/styles.xml"]


def test_lists_are_the_designs_where_they_serve_the_same(files: dict[str, bytes]) -> None:
    numbering = root(files, "numbering")
    formats = {
        one.get(f"{{{W}}}abstractNumId"): (values(one, "numFmt")[0], *values(one, "pStyle"))
        for one in numbering.iter(f"{{{W}}}abstractNum")
    }
    lists = {one.get(f"{{{W}}}numId"): formats[one[0].get(f"{{{W}}}val")] for one in numbering.iter(f"{{{W}}}num")}
    shown = [lists[number] for number in values(root(files, "document"), "numId") if number]
    assert shown == [("decimal", "Overskrift1"), ("decimal",), ("bullet",)]
    (own,) = values(root(files, "styles"), "numId")
    assert lists[own] == ("decimal", "Egen")
    assert [one.tag for one in numbering] == sorted(one.tag for one in numbering)


def test_theme_pictures_and_settings(files: dict[str, bytes]) -> None:
    themes = [data for name, data in files.items() if "theme/" in name]
    assert len(themes) == 1
    assert b'name="design"' in themes[0]
    settings = [one.tag.split("}")[1] for one in root(files, "settings")]
    assert settings == ["trackRevisions", "evenAndOddHeaders", "compat", "themeFontLang"]
    assert values(root(files, "settings"), "themeFontLang") == ["da-DK"]
    assert files["word/media/logo.png"] == b"skabelon"
    (picture,) = (name for name in files if name.startswith("word/media/") and name != "word/media/logo.png")
    assert files[picture] == b"design"
    assert b'Extension="png"' in files["[Content_Types].xml"]


def test_headers_and_footers_are_the_designs_with_their_tags(files: dict[str, bytes]) -> None:
    relations = {one.get("Id"): one.get("Target") for one in etree.fromstring(files["word/_rels/document.xml.rels"])}
    document = root(files, "document")
    headers = {relations[one.get(f"{{{R}}}id")] for one in document.iter(f"{{{W}}}headerReference")}
    assert [text(etree.fromstring(files[f"word/{name}"])) for name in headers] == ["Region Ø 4"]
    assert not any(b"gammelt hoved" in data for data in files.values())
    assert sum("header" in name and name.endswith(".xml") for name in files) == 1
    overrides = etree.fromstring(files["[Content_Types].xml"])
    named = [one.get("PartName", "").lstrip("/") for one in overrides if one.get("PartName")]
    assert len(named) == len(set(named))
    assert set(named) <= set(files)


def test_pages_are_the_designs_and_keep_their_orientation(files: dict[str, bytes]) -> None:
    first, last = root(files, "document").iter(f"{{{W}}}sectPr")
    size = [
        (one[0].get(f"{{{W}}}w"), one[0].get(f"{{{W}}}h"))
        for one in ([s.find(f"{{{W}}}pgSz")] for s in (first, last))
        if one[0] is not None
    ]
    assert size == [("200", "100"), ("100", "200")]
    margins = first.find(f"{{{W}}}pgMar")
    assert margins is not None
    assert [margins.get(f"{{{W}}}{side}") for side in ("top", "right", "bottom", "left")] == ["2", "3", "4", "1"]
    tags = [one.tag.split("}")[1] for one in last]
    assert tags == ["headerReference", "footerReference", "pgSz", "pgMar", "cols", "titlePg"]
    assert [one.tag.split("}")[1] for one in first][-1] == "titlePg"


def test_settings_stand_in_the_order_of_the_standard() -> None:
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    own = f'<w:compat/><m:mathPr xmlns:m="{math}"/><w:decimalSymbol w:val="."/><w14:docId w14:val="1"/>'
    template = pack(parts(p("x"), {"settings": part("settings", own)}))
    look = (
        '<w:evenAndOddHeaders/><w:themeFontLang w:val="da-DK"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
    )
    design = pack(parts(p("x"), {"settings": part("settings", look)}))
    settings = root(unpack(WordTemplate(template, design=design).render({}).to_bytes()), "settings")
    assert [one.tag.split("}")[1] for one in settings] == (
        "evenAndOddHeaders compat mathPr themeFontLang decimalSymbol listSeparator docId".split()
    )


def test_markdown_is_written_in_the_designs_styles() -> None:
    template = WordTemplate(pack(parts(p("{{ x }}"))), design=DESIGN)
    body = body_of(template.render({"x": Markdown("a"), "sag": 1}))
    assert values(body, "pStyle") == ["Broed"]
    assert lines(body) == ["a"]


def test_a_template_is_its_own_design() -> None:
    design = ROOT / "templates" / "design" / "design.docx"
    names = dict.fromkeys(("organisation", "udkast", "version", "dato", "titel", "sagsnummer"), "")
    plain = WordTemplate(design).render({"dokument": names})
    dressed = WordTemplate(design, design=design).render({"dokument": names})
    assert lines(body_of(plain)) == lines(body_of(dressed))
    assert set(unpack(plain.to_bytes())) == set(unpack(dressed.to_bytes()))
