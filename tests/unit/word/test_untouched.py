"""A Word file without tags comes back with every part byte for byte, whatever else there is to say about it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx as python_docx
import pytest

from docgen import catalog
from docgen.diagnostics import DocgenError
from docgen.word import WordTemplate
from docgen.word.archive.opc import DOCUMENT_TYPE

from .build import R, p, pack, part, parts, r, relationship, relationships, unpack

HOME = "file:///C:\\Users\\Åse\\AppData\\Roaming\\Microsoft\\Templates\\Normal.dotm"
STRICT = "http://purl.oclc.org/ooxml/"


def made_from(target: str, body: str, where: str = "settings") -> dict[str, str]:
    """A file that was made from the template at `target`."""
    files = parts(body, {"settings": part("settings", '<w:zoom/><w:attachedTemplate r:id="rId1"/>')})
    files[f"word/_rels/{where}.xml.rels"] = relationships(
        relationship("rId1", "attachedTemplate", target, external=True)
    )
    return files


def toc(text: str) -> str:
    field = '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return p(begin, field, middle, r("Gammelt\t3"), end) + p(text, style="Heading1")


def strict(body: str) -> dict[str, str]:
    names = {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": f"{STRICT}wordprocessingml/main",
        R: f"{STRICT}officeDocument/relationships",
    }
    files = parts(body)
    for usual, other in names.items():
        files = {name: data.replace(usual, other) for name, data in files.items()}
    return files


def by_ending() -> dict[str, str]:
    """The main part's content type told by its ending only."""
    files = parts(p("Hej"))
    types = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types += f'<Default Extension="XML" ContentType="{DOCUMENT_TYPE}"/>'
    files["[Content_Types].xml"] = (
        f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{types}</Types>'
    )
    return files


PICTURE = (
    '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata r:id="rId1" r:href="rId2"/>'
    "</v:shape></w:pict></w:r>"
)
FILES = {
    "plain": parts(p("Hej { og } og {x} og % }")),
    "made from a template": made_from(HOME, p("Hej")),
    "an old template": made_from(r"C:\Program%20Files\Microsoft%20Office\Brev.dot", p("Hej")),
    "the reader's own": made_from("Normal.dotm", p("Hej")),
    "a contents list": parts(toc("Formål")),
    "a relationship to nothing": parts(p("Hej"), links=relationship("rId9", "image", "media/væk.png")),
    "a picture that is gone": parts(
        p("Hej", '<w:r><w:x r:id="rId9"/></w:r>'), links=relationship("rId9", "image", "a.png")
    ),
    "no fonts": parts(p("Hej"), links=relationship("rId9", "fontTable", "fontTable.xml")),
    "a VML picture": parts(
        p(PICTURE),
        links=relationship("rId1", "image", "media/a.png")
        + relationship("rId2", "hyperlink", "https://a.dk", external=True),
    )
    | {"word/media/a.png": "x"},
    "Strict Open XML": strict(p("Hej")),
    "types by ending": by_ending(),
}


@pytest.mark.parametrize("name", FILES)
def test_every_part_comes_back_as_it_was(name: str) -> None:
    data = pack(FILES[name])
    assert unpack(WordTemplate(data).render({"x": 1}).to_bytes()) == unpack(data)


def test_a_file_of_python_docx_comes_back_as_it_was(tmp_path: Path) -> None:
    document = python_docx.Document()
    document.add_heading("Overskrift", 1)
    document.add_table(2, 2, style="Table Grid").cell(0, 0).text = "æøå & <x>"
    document.save(str(tmp_path / "a.docx"))
    made = WordTemplate(tmp_path / "a.docx").render({}).to_bytes()
    with zipfile.ZipFile(tmp_path / "a.docx") as one, zipfile.ZipFile(io.BytesIO(made)) as other:
        assert {name: one.read(name) for name in one.namelist()} == {
            name: other.read(name) for name in other.namelist()
        }


def said(files: dict[str, str]) -> list[str]:
    with pytest.raises(DocgenError) as raised:
        WordTemplate(pack(files), name="a.docx")
    return [f"{one.code} {catalog.message(one)[0]}" for one in raised.value.diagnostics]


def test_with_tags_the_path_of_the_template_it_was_made_from_is_forgotten() -> None:
    made = unpack(WordTemplate(pack(made_from(HOME, p("{{ x }}")))).render({"x": 1}).to_bytes())
    assert b"Users" not in made["word/_rels/settings.xml.rels"]
    assert b"attachedTemplate" not in made["word/settings.xml"]
    assert b"<w:zoom/>" in made["word/settings.xml"]


@pytest.mark.parametrize(
    "target",
    [
        "https://ond.dk/a.dotm",
        r"\\server\deling\a.dotm",
        "file://server/a.dotm",
        "file:////server/a.dotm",
        r"file:///\\server\a.dotm",
        r"C:\\server\a.dotm",
        "ond.dotm",
        "ftp://a/Normal.dotm",
    ],
)
@pytest.mark.parametrize("body", [p("Hej"), p("{{ x }}")])
def test_a_template_from_elsewhere_is_refused(target: str, body: str) -> None:
    assert said(made_from(target, body)) == [f'DG418 filen henter noget udefra (attachedTemplate): "{target}"']


def test_only_the_settings_name_the_template_that_a_file_was_made_from() -> None:
    assert said(made_from(HOME, p("Hej"), "document")) == [
        f'DG418 filen henter noget udefra (attachedTemplate): "{HOME[:60]}"'
    ]


@pytest.mark.parametrize("body", [p("{{ x }}"), p(r("{"), r("{ x }"), r("}"))])
def test_strict_open_xml_with_tags_is_refused(body: str) -> None:
    assert said(strict(body)) == ["DG413 filen er gemt som Strict Open XML"]


def test_strict_open_xml_hides_no_fields() -> None:
    field = '<w:fldSimple w:instr="DDEAUTO c:\\x"/>'
    assert said(strict(p(field))) == ["DG423 feltet DDEAUTO er ikke tilladt"]


def test_missing_parts_and_faults_of_tags_are_told_together() -> None:
    files = parts(p("{{ a b }}"), links=relationship("rId9", "fontTable", "fontTable.xml"))
    assert [one[:5] for one in said(files)] == ["DG415", "DG422"]
