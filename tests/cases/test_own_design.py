"""An organisation's own look: design.yaml with name, logo, colours, fonts and footer, and its own .dotx with a map."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt, RGBColor

from docgen.cli.app import main
from docgen.word.reading.reader import read_document
from docgen.word.reading.transcript import to_text
from tests.gates import integrity_findings, open_xml_findings

ROOT = Path(__file__).parent.parent.parent
COMMISSION = """
titel: Kommissorium for Æblegården
formål: Gruppen følger økonomien.
opgaver: {punkter: [følge op]}
medlemmer:
  - {navn: Bo Prøvesen, rolle: formand}
møder: {antal_pr_år: 4}
"""
DESIGN = """
organisation: Nyborg Kommune
logo: logo.png
logo_højde: 1,5 cm
farver: {primær: "#1F5F4A", sekundær: "#8A5A00"}
skrifttyper: {tekst: Arial, overskrift: Georgia}
sidefod: |
  Nyborg Kommune & Co · Torvet 1 · 5800 Nyborg
  nyborg.dk
"""
TEMPLATE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def png(width: int, height: int) -> bytes:
    """A green picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + b"\x1f\x5f\x4a" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def own_word_file(path: Path, *, macros: bool = False, numbered: bool = False) -> None:
    """A Word template of an organisation's own: Verdana, red headings of its own name, a table style, a header."""
    made = docx.Document()
    made.styles["Normal"].font.name = "Verdana"
    heading = made.styles.add_style("Overskrift 1 Kommune", WD_STYLE_TYPE.PARAGRAPH)
    heading.base_style = made.styles["Heading 1"]
    heading.font.size = Pt(19)
    heading.font.color.rgb = RGBColor(0xA0, 0x10, 0x20)
    table = made.styles.add_style("Vores tabel", WD_STYLE_TYPE.TABLE)
    table.base_style = made.styles["Light Grid Accent 2"]
    made.sections[0].header.paragraphs[0].text = "Kommunens eget sidehoved"
    if numbered:  # python-docx's file has a list of numbers: the one that List Number follows
        number = made.styles["List Number"].element.pPr.numPr.numId.val
        made.styles["Heading 1"].element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
    made.save(path.with_suffix(".tmp"))
    kind = TEMPLATE.replace(b"wordprocessingml.template", b"ms-word.template.macroEnabled") if macros else TEMPLATE
    with zipfile.ZipFile(path.with_suffix(".tmp")) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(DOCUMENT, kind) if name == "[Content_Types].xml" else data)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "udvalg.yaml").write_text(COMMISSION, encoding="utf-8")
    (tmp_path / "templates" / "design").mkdir(parents=True)
    return tmp_path / "templates" / "design"


def made(*options: str) -> dict[str, str]:
    """The parts of a kommissorium, as text."""
    assert main(["kommissorium", "udvalg.yaml", "-o", "ud.docx", "--overskriv", *options]) == 0
    assert open_xml_findings(Path("ud.docx")) == [], "not valid"
    assert integrity_findings(Path("ud.docx")) == []
    with zipfile.ZipFile("ud.docx") as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


def style(parts: dict[str, str], name: str) -> str:
    found = re.search(rf'<w:style [^>]*><w:name w:val="{name}"/>.*?</w:style>', parts["word/styles.xml"])
    assert found, name
    return found[0]


def test_name_logo_colours_fonts_and_footer_are_swapped_in_one_file(own: Path) -> None:
    (own / "design.yaml").write_text(DESIGN, encoding="utf-8")
    (own / "logo.png").write_bytes(png(300, 100))
    parts = made()

    theme = parts["word/theme/theme1.xml"]
    assert '<a:dk2><a:srgbClr val="1F5F4A"/></a:dk2>' in theme
    assert '<a:accent1><a:srgbClr val="8A5A00"/></a:accent1>' in theme
    assert re.search(r'<a:majorFont><a:latin typeface="Georgia"/>', theme)
    assert re.search(r'<a:minorFont><a:latin typeface="Arial"/>', theme)
    assert '<w:color w:val="1F5F4A" w:themeColor="text2"/>' in style(parts, "heading 1")
    assert "1B3A57" not in parts["word/styles.xml"]
    headers = [text for name, text in parts.items() if name.startswith("word/header")]
    (first,) = [text for text in headers if "<w:drawing>" in text]
    assert 'descr="Nyborg Kommunes logo"' in first
    assert f'cx="{3 * 540_000}" cy="540000"' in first
    assert "Nyborg Kommune</w:t>" in first
    footers = [text for name, text in parts.items() if name.startswith("word/footer")]
    assert footers
    assert all("Nyborg Kommune &amp; Co · Torvet 1 · 5800 Nyborg</w:t><w:br/>" in text for text in footers)
    assert "<dc:creator>Nyborg Kommune</dc:creator>" in parts["docProps/core.xml"]
    assert sum(name.endswith(".png") for name in parts) == 1


def test_the_documents_own_organisation_goes_before_the_designs(own: Path) -> None:
    (own / "design.yaml").write_text("organisation: Nyborg Kommune\n", encoding="utf-8")
    Path("udvalg.yaml").write_text(COMMISSION + "afsendere: [Kerteminde Kommune]\n", encoding="utf-8")
    made()
    text = to_text(read_document(Path("ud.docx")), with_frame=True)
    assert "Kerteminde Kommune" in text
    assert "Nyborg Kommune" not in text


def test_a_change_of_the_logo_or_the_design_is_seen_in_the_next_document(own: Path) -> None:
    (own / "design.yaml").write_text("logo: logo.png\n", encoding="utf-8")
    (own / "logo.png").write_bytes(png(200, 100))
    assert 'cx="864000" cy="432000"' in "".join(made().values())
    (own / "logo.png").write_bytes(png(400, 100))
    assert 'cx="1728000" cy="432000"' in "".join(made().values())
    (own / "design.yaml").write_text("logo: logo.png\nlogo_højde: 10 mm\n", encoding="utf-8")
    assert 'cx="1440000" cy="360000"' in "".join(made().values())


def test_the_box_has_a_design_file_that_says_what_is_so_already(own: Path) -> None:
    plain = made("--design", str(ROOT / "templates" / "design" / "design.docx"))
    assert plain == made("--design", str(ROOT / "templates" / "design" / "design.yaml"))
    assert plain == made()


def test_an_own_word_template_with_a_map_of_styles(own: Path) -> None:
    own_word_file(own / "vores.dotx")
    (own / "design.yaml").write_text(
        "fil: vores.dotx\ntypografier: {Heading1: Overskrift 1 Kommune, Tabel: vores tabel, Brødtekst: Body Text}\n",
        encoding="utf-8",
    )
    parts = made()
    assert '<w:basedOn w:val="Overskrift1Kommune"/>' in style(parts, "heading 1")
    assert '<w:basedOn w:val="Vorestabel"/>' in style(parts, "Tabel")
    assert "A01020" in style(parts, "Overskrift 1 Kommune")
    assert "Verdana" in style(parts, "Normal")
    assert style(parts, "Metadata")  # what the file lacks comes from docgen's own
    heading = re.search(r'w:styleId="(\w+)"', style(parts, "heading 1"))
    assert heading
    assert f'<w:pStyle w:val="{heading[1]}"/>' in parts["word/document.xml"]
    text = to_text(read_document(Path("ud.docx")), with_frame=True)
    assert "Kommunens eget sidehoved" in text


def test_an_own_design_document_beside_the_design_file_is_what_it_builds_on(own: Path) -> None:
    (own / "design.yaml").write_text("organisation: Nyborg Kommune\n", encoding="utf-8")
    assert "Verdana" not in style(made(), "Normal")
    own_word_file(own / "design.docx")
    assert "Verdana" in style(made(), "Normal")


@pytest.mark.parametrize("numbered", [False, True], ids=["plain", "numbered"])
@pytest.mark.parametrize(("scheme", "first"), [("tal", "1 Formål"), ("paragraf", "§ 1. Formål"), ("ingen", "Formål")])
def test_headings_of_an_own_file_are_numbered_as_references_say(
    own: Path, numbered: bool, scheme: str, first: str
) -> None:
    own_word_file(own / "vores.dotx", numbered=numbered)
    (own / "design.yaml").write_text("fil: vores.dotx\n", encoding="utf-8")
    Path("udvalg.yaml").write_text(COMMISSION + f"opsætning: {{nummerering: {scheme}}}\n", encoding="utf-8")
    parts = made()
    assert {"tal", "paragraf", "ingen"} <= set(re.findall(r'<w:name w:val="(\w+)"/>', parts["word/numbering.xml"]))
    lines = to_text(read_document(Path("ud.docx"))).replace("\u00a0", " ").splitlines()
    assert first in [" ".join(line.split()) for line in lines]


def test_an_own_word_template_by_itself(own: Path) -> None:
    own_word_file(own / "vores.dotx")
    parts = made("--design", str(own / "vores.dotx"))
    assert "Verdana" in style(parts, "Normal")
    made("--design", str(own / "vores.dotx"))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("typografier: {Heading1: Overskrift 9 By}", 'har ingen afsnitstypografi med navnet "Overskrift 9 By"'),
        ("typografier: {Tabel: Overskrift 1 Kommune}", "har ingen tabeltypografi med navnet"),
        ("typografier: {Overskriften: Normal}", 'docgen har ingen typografi, der hedder "Overskriften"'),
    ],
)
def test_a_style_that_does_not_exist_is_told_with_its_place_and_those_that_do(
    own: Path, capsys: pytest.CaptureFixture[str], line: str, told: str
) -> None:
    own_word_file(own / "vores.dotx")
    (own / "design.yaml").write_text(f"fil: vores.dotx\n{line}\n", encoding="utf-8")
    for command in (["kommissorium", "udvalg.yaml"], ["tjek", "templates/design/design.yaml"]):
        assert main(command) == 1
        shown = capsys.readouterr().err
        assert told in shown
        assert "templates/design/design.yaml:2:" in shown
        assert "vælg mellem " in shown


@pytest.mark.parametrize("way", ["option", "file"])
def test_a_word_template_with_macros_is_refused(own: Path, capsys: pytest.CaptureFixture[str], way: str) -> None:
    own_word_file(own / "vores.dotm", macros=True)
    (own / "design.yaml").write_text("fil: vores.dotm\n", encoding="utf-8")
    options = ["--design", str(own / "vores.dotm")] if way == "option" else []
    assert main(["kommissorium", "udvalg.yaml", *options]) == 2
    assert "DG407" in capsys.readouterr().err


def test_every_fault_of_a_design_file_is_told_at_once(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "design.yaml").write_text(
        "organisation: [x]\nlgo: a\nlogo: nix.png\nlogo_højde: 9 cm\nlogo_placering: midt\n"
        "farver:\n  primær: #1F5F4A\n  sekundær: rød\n"
        'skrifttyper: Arial\nsidefod: "{{ x }}"\ntypografier: {a: b}\n',
        encoding="utf-8",
    )
    assert main(["kommissorium", "udvalg.yaml"]) == 1
    codes = re.findall(r"^fejl (DG\d+)", capsys.readouterr().err, re.MULTILINE)
    assert codes == ["DG482", "DG480", "DG484", "DG491", "DG492", "DG483", "DG483", "DG481", "DG495", "DG488"]


def test_poor_contrast_is_a_warning(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own / "design.yaml").write_text(
        'farver: {primær: "#777777", tabelhoved: "#333333", linje: "#EEEEEE"}', encoding="utf-8"
    )
    assert main(["kommissorium", "udvalg.yaml"]) == 0
    shown = capsys.readouterr().err
    assert re.findall(r"DG493: farven \"(\w+)\" \S+ har kun kontrasten (\S+) : 1 mod (\S+)", shown) == [
        ("primær", "4,4", "#FFFFFF"),
        ("primær", "2,8", "#333333"),
        ("tekst", "1,6", "#333333"),
    ]
    assert main(["kommissorium", "udvalg.yaml", "--overskriv", "--sprog", "en"]) == 0
    assert "4.4 : 1" in capsys.readouterr().err


def test_the_report_says_when_no_design_was_used(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["kommissorium", "udvalg.yaml", "--skabelon", str(ROOT / "templates/kommissorium/skabelon.docx")]
    assert main([*arguments, "--sprog", "da"]) == 0
    assert "design: intet\n" in capsys.readouterr().err
    assert main([*arguments, "--overskriv", "--sprog", "en"]) == 0
    assert "design: none\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"GIF89a" + b"\0" * 50, "DG485"),
        (png(20, 10)[:-6], "DG485"),
        (png(20, 10).replace(struct.pack(">II", 20, 10), struct.pack(">II", 20, 0)), "DG485"),
        (png(20, 10)[:-12] + b"\0" * 2_100_000 + png(20, 10)[-12:], "DG486"),
    ],
)
def test_a_logo_is_known_by_its_bytes(own: Path, capsys: pytest.CaptureFixture[str], data: bytes, code: str) -> None:
    (own / "logo.png").write_bytes(data)
    (own / "design.yaml").write_text("logo: logo.png\n", encoding="utf-8")
    assert main(["kommissorium", "udvalg.yaml"]) == 1
    shown = capsys.readouterr().err
    assert code in shown
    assert "design.yaml:1:7" in shown
