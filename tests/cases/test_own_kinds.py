"""A council's own: a kind made from the README alone, a Word file of one's own, an override of one file."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordFile

from docgen.cli.app import main
from docgen.word.reading.reader import read_document
from docgen.word.reading.transcript import to_text
from tests.gates import integrity_findings, open_xml_findings

ROOT = Path(__file__).parent.parent.parent
COMMISSION = """
titel: Kommissorium for Æblegården & Co
formål: |
  Gruppen følger:

  - **økonomi**
  - byggeri
opgaver: {punkter: [følge op]}
medlemmer:
  - {navn: Åse Prøve, organisation: Randers Kommune, rolle: formand}
  - {navn: Bo Prøve}
møder: {antal_pr_år: 4}
"""


def readme_block(after: str, language: str = "") -> str:
    text = (ROOT / "README.md").read_text(encoding="utf-8").split(after, 1)[1]
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


def word_file(lines: str) -> WordFile:
    made = docx.Document()
    first, *rest = lines.strip().splitlines()
    made.add_heading(first, 0)
    for line in rest:
        made.add_paragraph(line)
    return made


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def text_of(path: Path) -> str:
    return to_text(read_document(path))


def valid(path: Path) -> None:
    assert open_xml_findings(path) == []
    assert integrity_findings(path) == []


def test_a_kind_made_from_the_readme_alone(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = own / "templates" / "hoeringssvar"
    folder.mkdir(parents=True)
    (folder / "felter.yaml").write_text(readme_block("## A kind of your own", "yaml"), encoding="utf-8")
    (folder / "regler.yaml").write_text(readme_block("Rules stand in", "yaml"), encoding="utf-8")
    word_file(readme_block("A tag on a line of its own", "")).save(str(folder / "skabelon.docx"))

    assert main([]) == 0
    assert "hoeringssvar" in capsys.readouterr().out
    assert main(["tjek", "templates/hoeringssvar/felter.yaml", "templates/hoeringssvar/skabelon.docx"]) == 0
    assert main(["ny", "hoeringssvar", "-o", "svar.yaml"]) == 0
    assert "yaml-language-server: $schema=hoeringssvar.schema.json" in (own / "svar.yaml").read_text(encoding="utf-8")
    assert "draft-07" in (own / "hoeringssvar.schema.json").read_text(encoding="utf-8")

    (own / "svar.yaml").write_text(
        "emne: lov & orden\ndato: 2. april 2026\nfrist: 1. april 2026\n"
        "bemærkninger:\n  - {afsnit: '4.2', tekst: Fristen er for *kort*.}\n  - {afsnit: '5', tekst: God idé.}\n",
        encoding="utf-8",
    )
    capsys.readouterr()
    assert main(["hoeringssvar", "svar.yaml"]) == 0
    told = capsys.readouterr().err
    assert "advarsel DG300: Svaret er dateret efter fristen 1.\u00a0april 2026" in told
    assert "skrev outputs/Høringssvar om lov & orden.docx" in told
    made = own / "outputs" / "Høringssvar om lov & orden.docx"
    assert text_of(made).split("\n\n")[1:] == [
        "Til afsnit 4.2",
        "Fristen er for kort.",
        "Til afsnit 5",
        "God idé.\n",
    ]
    valid(made)


def test_a_folder_with_nothing_but_a_word_file_replaces_that_of_the_box(own: Path) -> None:
    (own / "udvalg.yaml").write_text(COMMISSION, encoding="utf-8")
    assert main(["kommissorium", "udvalg.yaml", "-o", "fra boksen.docx"]) == 0
    assert "1 Formål" in text_of(own / "fra boksen.docx")
    folder = own / "templates" / "kommissorium"
    folder.mkdir(parents=True)
    word_file("{{ titel }}\nVores formål:\n{{ formål }}").save(str(folder / "skabelon.docx"))
    assert main(["kommissorium", "udvalg.yaml", "-o", "vores.docx"]) == 0
    assert text_of(own / "vores.docx") == (
        "Kommissorium for Æblegården & Co\n================================\n\nVores formål:\n\nGruppen følger:\n\n"
        "• økonomi\n• byggeri\n"
    )
    valid(own / "vores.docx")


def test_an_organisations_own_word_file_is_filled_with_the_fields_of_a_kind(own: Path) -> None:
    (own / "udvalg.yaml").write_text(COMMISSION, encoding="utf-8")
    made = word_file("{{ titel }}\n{% for a in afsnit %}\n{{ a.overskrift }}\n{{ a.tekst }}\n{% endfor %}")
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Navn", "Rolle"
    table.cell(1, 0).text = "{%tr for m in medlemmer %}"
    row = table.add_row()
    row.cells[0].text, row.cells[1].text = "{{ m.navn }}", "{{ m.rolle.etiket }}"
    table.add_row().cells[0].text = "{%tr endfor %}"
    made.save("egen.docx")
    assert main(["kommissorium", "udvalg.yaml", "--skabelon", "egen.docx", "-o", "ud.docx"]) == 0
    text = text_of(own / "ud.docx")
    assert "Gruppen følger:\n\n• økonomi" in text
    assert re.search(r"Åse Prøve +\| formand", text)
    valid(own / "ud.docx")


def test_a_design_of_ones_own_decides_the_look(own: Path) -> None:
    (own / "udvalg.yaml").write_text(COMMISSION, encoding="utf-8")
    design = docx.Document()
    design.sections[0].header.paragraphs[0].text = "Æblegårdens sidehoved"
    design.save("design.docx")
    assert main(["kommissorium", "udvalg.yaml", "--design", "design.docx", "-o", "ud.docx"]) == 0
    assert "Æblegårdens sidehoved" in to_text(read_document(own / "ud.docx"), with_frame=True)
    valid(own / "ud.docx")


def test_a_word_file_with_names_that_the_kind_lacks_is_told_before_it_is_used(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    word_file("{{ titel }}\n{{ formaal }}\n{% for m in medlemmer %}\n{{ m.nvn }}\n{% endfor %}").save("egen.docx")
    assert main(["tjek", "egen.docx", "--type", "kommissorium"]) == 1
    told = capsys.readouterr().err
    assert '"formaal" findes ikke\n  egen.docx, afsnit 2: "{{ formaal }}"\n  hjælp: mente du "formål"?' in told
    assert '"medlemmer.nvn" findes ikke' in told
    assert 'mente du "medlemmer.navn"?' in told
