"""Word forms on the command line: written, filled in, checked and made into documents."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import etree

from docgen.cli.app import main
from docgen.package import read_package
from docgen.word.archive.ooxml import w
from docgen.word.reading.reader import read_document
from docgen.word.reading.transcript import to_text
from tests.unit.forms.word_form_samples import INPUT, KIND, edited, type_in, xml


@pytest.fixture(autouse=True)
def kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import docx

    monkeypatch.chdir(tmp_path)
    folder = Path("templates/proeve")
    folder.mkdir(parents=True)
    (folder / "felter.yaml").write_text(KIND, encoding="utf-8")
    document = docx.Document()
    for line in ("{{ titel }}", "{{ baggrund }}", "{% for s in sager %}", "{{ s.overskrift }}", "{% endfor %}"):
        document.add_paragraph(line)
    document.save("templates/proeve/skabelon.docx")
    Path("input.yaml").write_text(INPUT, encoding="utf-8")


def change(name: str, **answers: str) -> None:
    """Fills in fields of a form: short ones by their text, `baggrund` by its paragraph."""

    def fill(root: etree._Element) -> None:
        for tag, text in answers.items():
            run = f"<w:r><w:t>{text}</w:t></w:r>"
            type_in(root, tag, f"<w:p>{run}</w:p>" if tag in ("baggrund", "sager[].tekst") else run)

    Path(name).write_bytes(edited(Path(name).read_bytes(), fill))


def tags(name: str) -> set[str | None]:
    root = etree.fromstring(read_package(Path(name)).data("word/document.xml"))
    return {one.get(w("val")) for one in root.iter(w("tag"))}


def test_a_form_is_written_filled_in_and_becomes_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["skema", "proeve", "-o", "skema.docx"]) == 0
    change("skema.docx", titel="Nyt navn", baggrund="Fordi *alle* bad om det.")
    assert main(["tjek", "skema.docx"]) == 0
    assert main(["proeve", "skema.docx", "-o", "ud.docx"]) == 0
    assert to_text(read_document(Path("ud.docx"))) == "Nyt navn\n\nFordi *alle* bad om det.\n"
    assert capsys.readouterr().err.startswith("skrev skema.docx\nskema.docx: ingen fejl\nskrev ud.docx\n")


def test_a_form_from_an_input_gives_the_same_document() -> None:
    assert main(["skema", "proeve", "-o", "skema.docx", "--fra", "input.yaml"]) == 0
    for source, target in (("input.yaml", "en.docx"), ("skema.docx", "to.docx")):
        assert main(["proeve", source, "-o", target]) == 0
    assert read_document(Path("en.docx")).blocks == read_document(Path("to.docx")).blocks
    assert main(["skema", "proeve", "-o", "igen.docx", "--fra", "skema.docx"]) == 0
    assert Path("igen.docx").read_bytes() == Path("skema.docx").read_bytes()


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_rows_that_an_input_takes_from_files_stand_in_its_form(suffix: str) -> None:
    assert main(["skema", "proeve", "--del", "sager", "--fra", "input.yaml", "-o", "sager.docx"]) == 0
    members = Path("input.yaml").read_text(encoding="utf-8").partition("medlemmer:")[2].partition("sager:")[0]
    Path("medlemmer.yaml").write_text(f"medlemmer:{members}", encoding="utf-8")
    short = Path("input.yaml").read_text(encoding="utf-8").partition("medlemmer:")[0]
    Path("fra.yaml").write_text(
        f"{short}medlemmer: {{fra: medlemmer.yaml}}\nsager: {{fra: sager*.docx}}\n", encoding="utf-8"
    )
    for source in ("input", "fra"):
        assert main(["skema", "proeve", "--fra", f"{source}.yaml", "-o", f"{source}{suffix}"]) == 0
    assert Path(f"fra{suffix}").read_bytes() == Path(f"input{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("fra: væk.yaml", 'fejl DG761: filen med rækkerne til "sager" findes ikke: væk.yaml\n  fra.yaml:2:14\n'),
        ("fra: [", "fejl DG1"),
        ("far: [væk.yaml], rækker: []", 'fejl DG774: "far" kendes ikke her (felt: sager)\n  fra.yaml:2:9\n'),
    ],
)
def test_rows_that_cannot_be_had_are_a_fault_and_no_form(
    rows: str, said: str, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("fra.yaml").write_text(f"titel: X\nsager: {{{rows}}}\n", encoding="utf-8")
    assert main(["skema", "proeve", "--fra", "fra.yaml", "-o", f"ud{suffix}"]) == 1
    assert capsys.readouterr().err.startswith(said)
    assert not Path(f"ud{suffix}").exists()


def test_what_stands_in_files_cannot_be_had_without_a_folder(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"sager: {fra: a.yaml}\n")))
    assert main(["skema", "proeve", "--fra", "-", "-o", "ud.xlsx"]) == 1
    assert "fejl DG770: rækkerne til" in capsys.readouterr().err


def test_faults_of_the_form_and_of_its_values_are_told_in_one_run(capsys: pytest.CaptureFixture[str]) -> None:
    main(["skema", "proeve", "-o", "skema.docx"])
    change("skema.docx", dato="32. maj 2026")
    stray = xml("<w:p><w:r><w:t>Husk fristen</w:t></w:r></w:p>")
    Path("skema.docx").write_bytes(edited(Path("skema.docx").read_bytes(), lambda root: root[0].insert(0, stray)))
    capsys.readouterr()
    assert main(["tjek", "skema.docx"]) == 1
    told = capsys.readouterr().err.splitlines()
    assert [line for line in told if not line.startswith("  hjælp")] == [
        "fejl DG732: teksten hører ikke til noget felt",
        '  skema.docx, afsnit 1: "Husk fristen"',
        'fejl DG201: "Titel" mangler',
        "  skema.docx, under “Titel”, tabel 1, række 1, celle 2, afsnit 1",
        'fejl DG204: "Dato" er ikke en dato: "32. maj 2026"',
        '  skema.docx, under “Dato”, tabel 1, række 2, celle 2, afsnit 1: "32. maj 2026"',
        "3 fejl i alt",
    ]
    assert "  hjælp: flyt den til det felt, den hører til, eller slet den" in told


def test_a_form_for_elements_of_a_list_is_checked_for_those_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["skema", "proeve", "--del", "sager", "--felter", "overskrift,tekst", "-o", "sag.docx"]) == 0
    assert tags("sag.docx") == {"sager[]", "sager[].overskrift", "sager[].tekst"}
    change("sag.docx", **{"sager[].overskrift": "Min sag"})
    capsys.readouterr()
    assert main(["tjek", "sag.docx"]) == 0
    assert capsys.readouterr().err == "sag.docx: ingen fejl\n"


def test_a_form_for_elements_of_a_list_is_no_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["skema", "proeve", "--del", "sager", "--felter", "overskrift,tekst", "-o", "sag.docx"]) == 0
    capsys.readouterr()
    assert main(["proeve", "sag.docx", "-o", "ud.docx"]) == 1
    assert capsys.readouterr().err == (
        "fejl DG779: sag.docx er et skema til Sager alene, ikke til hele dokumentet\n"
        "  sag.docx\n"
        '  hjælp: skriv de andre felter i en datafil, og hent skemaet i den med sager: {fra: "sag.docx"}\n'
    )
    change("sag.docx", **{"sager[].tekst": "En tekst"})
    assert main(["proeve", "sag.docx", "-o", "ud.docx"]) == 1
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("fejl")]
    assert [line.partition(": ")[2] for line in told] == [
        "sag.docx er et skema til Sager alene, ikke til hele dokumentet",
        '"Overskrift" mangler',
    ]
    assert not Path("ud.docx").exists()


def test_a_whole_form_is_told_of_what_is_missing_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["skema", "proeve", "-o", "skema.docx"]) == 0
    assert main(["proeve", "skema.docx", "-o", "ud.docx"]) == 1
    assert "DG779" not in capsys.readouterr().err


def test_a_field_inside_a_list_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    wanted = "medlemmer.navn,medlemmer.suppleant,sager.tekst"
    assert main(["skema", "proeve", "--felter", wanted, "-o", "skema.docx"]) == 0
    assert tags("skema.docx") == {
        *("titel", "medlemmer[]", "medlemmer[].navn", "medlemmer[].suppleant"),
        *("sager[]", "sager[].overskrift", "sager[].tekst"),
    }
    wanted = "medlemmer.navn,Medlemmer: suppleant,SAGER: sagsfremstilling"
    assert main(["skema", "proeve", "--felter", wanted, "-o", "labels.docx"]) == 0
    assert Path("labels.docx").read_bytes() == Path("skema.docx").read_bytes()
    assert main(["skema", "proeve", "--felter", "medlemmer.tlf", "-o", "x.docx"]) == 2
    assert 'fejl DG742: skemaet kan ikke have feltet "medlemmer.tlf": det findes ikke' in capsys.readouterr().err


def test_a_list_and_its_fields_are_called_as_people_see_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["skema", "proeve", "--del", "Sager", "--felter", "Sagsfremstilling", "-o", "sag.docx"]) == 0
    assert tags("sag.docx") == {"sager[]", "sager[].overskrift", "sager[].tekst"}
    capsys.readouterr()
    for wanted, hint in (
        ("sagsfremstiling", 'mente du "Sagsfremstilling"?'),
        ("farve", "vælg mellem Overskrift, Sagsfremstilling, Bilag"),
    ):
        assert main(["skema", "proeve", "--del", "sager", "--felter", wanted, "-o", "x.docx"]) == 2
        assert capsys.readouterr().err == (
            f'fejl DG742: skemaet kan ikke have feltet "{wanted}": det findes ikke\n  hjælp: {hint}\n'
        )


def test_the_wrong_use_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["skema", "proeve", "--del", "sager", "-o", "skema.xlsx"]) == 2
    assert capsys.readouterr().err.startswith(
        "fejl DG743: --del og --felter er til skemaer i Word, og skema.xlsx er til Excel\n"
    )
    assert main(["skema", "proeve", "--del", "sag", "-o", "skema.docx"]) == 2
    assert capsys.readouterr().err == (
        'fejl DG740: Prøve har ingen liste, der hedder "sag" og kan få sit eget skema\n  hjælp: mente du "sager"?\n'
    )
    assert main(["proeve", "templates/proeve/skabelon.docx", "-o", "ud.docx"]) == 2
    assert capsys.readouterr().err.startswith("fejl DG730: filen er ikke et skema fra docgen\n")
    assert main(["tjek", "templates/proeve/skabelon.docx"]) == 0


def says(form: str) -> None:
    text = KIND.replace('version: "1.0"', f'version: "1.0", skema: {form}')
    Path("templates/proeve/felter.yaml").write_text(text, encoding="utf-8")


def test_without_a_name_a_form_is_what_its_kind_is_best_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["skema", "proeve"]) == 0
    says("word")
    assert main(["skema", "proeve"]) == 0
    assert main(["skema", "proeve", "--overskriv"]) == 0
    says("excel")
    assert main(["skema", "proeve", "--del", "sager"]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "skrev outputs/proeve - skema.xlsx",
        "skrev outputs/proeve - skema.docx",
        "skrev outputs/proeve - skema.docx",
        "skrev outputs/proeve - skema sager.docx",
    ]
    assert sorted(one.name for one in Path("outputs").iterdir()) == [
        "proeve - skema sager.docx",
        "proeve - skema.docx",
        "proeve - skema.xlsx",
    ]


def test_a_form_that_nobody_named_is_not_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    main(["skema", "proeve"])
    before = Path("outputs/proeve - skema.xlsx").read_bytes()
    assert main(["skema", "proeve", "--fra", "input.yaml"]) != 0
    assert "outputs/proeve - skema.xlsx findes allerede og bliver ikke overskrevet" in capsys.readouterr().err
    assert Path("outputs/proeve - skema.xlsx").read_bytes() == before


def test_what_a_kind_says_of_its_form_is_checked(capsys: pytest.CaptureFixture[str]) -> None:
    says("wrod")
    assert main(["skema", "proeve"]) == 1
    assert capsys.readouterr().err.startswith('fejl DG326: "skema" kan ikke være "wrod"\n')


@pytest.mark.parametrize(
    ("name", "form"),
    [("kommissorium", ".docx"), ("dagsorden", ".docx"), ("indmeldingsskema", ".docx"), ("delingsaftale", ".xlsx")],
)
def test_kinds_that_are_mostly_prose_offer_word(name: str, form: str) -> None:
    assert main(["skema", name]) == 0
    assert [one.name for one in Path("outputs").iterdir()] == [f"{name} - skema{form}"]
