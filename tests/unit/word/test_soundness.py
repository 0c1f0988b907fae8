"""A damaged template or design is told when it is read, each fault against its own file; never a broken document."""

from __future__ import annotations

import pytest

from docgen import catalog
from docgen.diagnostics import DocgenError, FilePlace, WordPlace
from docgen.word import WordTemplate

from .build import body_of, faults, lines, p, pack, part, parts, relationship, relationships, text, unpack

TEXT = p("Kære {{ navn }}") + '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader1"/></w:sectPr>'
MORE = {
    "styles": part("styles", ""),
    "numbering": part("numbering", ""),
    "settings": part("settings", ""),
    "header1": part("hdr", p("Sag om {{ emne }} & æøå".replace("&", "og"))),
}
WHOLE = parts(TEXT, MORE)
PLAIN = parts(p("Hej {{ navn }}"))


def told(template: dict[str, str], design: dict[str, str] | None = None) -> list[str]:
    """Every fault of a template in a design: code, file and message."""
    with pytest.raises(DocgenError) as raised:
        WordTemplate(pack(template), name="a.docx", design=None if design is None else pack(design)).render({})
    found = raised.value.diagnostics
    files = [one.place.file if isinstance(one.place, FilePlace | WordPlace) else "" for one in found]
    return [f"{one.code} {file}: {catalog.message(one)[0]}" for one, file in zip(found, files, strict=True)]


def cut(name: str) -> dict[str, str]:
    return WHOLE | {name: WHOLE[name][: len(WHOLE[name]) - 5]}


def without(*names: str) -> dict[str, str]:
    return {name: data for name, data in WHOLE.items() if name not in names}


@pytest.mark.parametrize(
    "name",
    [
        *(f"word/{name}.xml" for name in MORE),
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
    ],
)
def test_a_part_that_is_cut_off_is_a_fault_of_its_file(name: str) -> None:
    message = f'"{name}" i filen er ikke gyldig XML (linje 2)'
    assert f"DG414 a.docx: {message}" in told(cut(name))
    assert told(PLAIN, cut(name)) == [f"DG414 design.docx: {message}"]


@pytest.mark.parametrize("name", [f"word/{name}.xml" for name in MORE])
def test_a_part_that_is_used_but_missing_is_a_fault_of_its_file(name: str) -> None:
    message = f'"word/document.xml" i filen bruger delen "{name}", som ikke findes'
    assert told(without(name)) == [f"DG415 a.docx: {message}"]
    assert told(PLAIN, without(name)) == [f"DG415 design.docx: {message}"]


def test_the_faults_of_template_and_design_are_told_in_one_run() -> None:
    assert [line[:18] for line in told(without("word/styles.xml", "word/header1.xml"), cut("word/settings.xml"))] == [
        'DG415 a.docx: "wor',
        'DG415 a.docx: "wor',
        "DG414 design.docx:",
    ]


def test_a_missing_part_that_nothing_uses_is_left_out() -> None:
    files = parts(p("Hej {{ x }}"), links=relationship("rId9", "image", "media/væk.png"))
    made = unpack(WordTemplate(pack(files)).render({"x": 1}).to_bytes())
    assert b"rId9" not in made["word/_rels/document.xml.rels"]


@pytest.mark.parametrize("target", ["NULL", "#bogmærke", "../word/Header1.xml", "header%31.xml"])
def test_what_word_itself_writes_is_no_fault(target: str) -> None:
    use = '<w:sectPr><w:headerReference w:type="first" r:id="rId9"/></w:sectPr>'
    files = parts(p("Hej") + use, {"header1": MORE["header1"]}, relationship("rId9", "header", target))
    assert WordTemplate(pack(files)).render({"emne": "x"})


def test_a_header_without_a_content_type_is_filled_in() -> None:
    files = dict(WHOLE)
    kept = files["[Content_Types].xml"].split('<Override PartName="/word/header1.xml"')
    files["[Content_Types].xml"] = kept[0] + kept[1].split("/>", 1)[1]
    assert "header" not in files["[Content_Types].xml"]
    for document in (
        WordTemplate(pack(files)).render({"navn": "Åse", "emne": "Ø"}),
        WordTemplate(
            pack(
                PLAIN
                | {"word/document.xml": WHOLE["word/document.xml"].split("<w:sectPr>")[0] + "</w:body></w:document>"}
            ),
            design=pack(files),
        ).render({"navn": "Åse", "emne": "Ø"}),
    ):
        made = unpack(document.to_bytes())
        assert "Sag om Ø og æøå" in made["word/header1.xml"].decode()
        assert b'"/word/header1.xml"' in made["[Content_Types].xml"]
        assert lines(body_of(document))[0] == "Kære Åse"


def test_a_fault_in_a_header_of_the_design_is_told_against_the_design() -> None:
    design = WHOLE | {"word/header1.xml": part("hdr", p("{{ ukendt }}"))}
    assert told(WHOLE, design) == [
        'DG450 a.docx: "navn" findes ikke',
        'DG450 design.docx: "ukendt" findes ikke',
    ]
    design |= {"word/header1.xml": part("hdr", p("{% if %}"))}
    assert {line.split(":")[0].split(" ")[1] for line in told(WHOLE, design)} == {"design.docx"}


def test_links_of_a_header_that_is_cut_off_are_a_fault() -> None:
    name = "word/_rels/header1.xml.rels"
    files = WHOLE | {name: relationships()[:-4]}
    assert told(files) == [f'DG414 a.docx: "{name}" i filen er ikke gyldig XML (linje 2)']


@pytest.mark.parametrize("terms", [210, 250, 3000])
def test_a_condition_of_too_many_terms_is_a_fault_at_its_place(terms: int) -> None:
    condition = " or ".join(f'a == "v{number}"' for number in range(terms))
    (found,) = faults(p("Hej") + p(f"{{% if {condition} %}}") + p("x") + p("{% endif %}"), {"a": "v1"})
    assert found.startswith("fejl DG422") and "koden er for indviklet" in found and "afsnit 2" in found


@pytest.mark.parametrize("terms", range(190, 206))
def test_at_the_edge_a_long_condition_works_or_is_a_fault(terms: int) -> None:
    condition = " or ".join(f'a == "v{number}"' for number in range(terms))
    body = p(f"{{% if {condition} %}}") + p("ja") + p("{% endif %}") + p("{{ væk }}")
    found = faults(body, {"a": "v1"})
    assert found
    assert all(one.startswith(("fejl DG422", "fejl DG450")) for one in found)


def test_a_long_condition_is_none() -> None:
    condition = " or ".join(f'a == "v{number}"' for number in range(100))
    body = p(f"{{% if {condition} %}}") + p("ja") + p("{% endif %}")
    assert text(body_of(WordTemplate(pack(parts(body))).render({"a": "v99"}))) == "ja"
