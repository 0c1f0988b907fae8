"""`docgen udfyld`: any template with any data."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from docgen.cli.app import main
from tests.unit.word.build import docx, p, part

ROOT = Path(__file__).parents[3]
BODY = p("{{ navn }}, {{ kode }}, {{ pris | beløb }}") + p("{% if antal > 3 %}{{ antal * 2 }}{% endif %}{{ åben }}")
DATA = "navn: Åse & Bo <b>\nkode: 0101\npris: 1.234,50\nantal: 5\nåben: nej\n"
MADE = "Åse & Bo <b>, 0101, 1.234,50 kr.\n\n10nej\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("brev.docx").write_bytes(docx(BODY))
    Path("åse.yaml").write_text(DATA, "utf-8")
    return tmp_path


def test_a_word_template_is_filled(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["udfyld", "brev.docx", "åse.yaml", "--format", "docx,txt,html"]) == 0
    assert capsys.readouterr().err.splitlines() == [
        *("skrev outputs/åse.docx", "skrev outputs/åse.txt", "skrev outputs/åse.html"),
        "  skabelon: brev.docx, design: intet",
    ]
    assert Path("outputs/åse.txt").read_text("utf-8").replace("\u00a0", " ") == MADE


def test_nothing_is_overwritten_unasked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fill", "brev.docx", "åse.yaml", "-o", "ud.docx"]) == 0
    assert main(["fill", "brev.docx", "åse.yaml", "-o", "ud.docx"]) == 2
    assert "DG501" in capsys.readouterr().err
    assert main(["fill", "brev.docx", "åse.yaml", "-o", "ud.docx", "--overskriv"]) == 0


def test_json_answers_with_what_was_made(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["udfyld", "brev.docx", "åse.yaml", "-o", "ud.docx", "--json"]) == 0
    (made,) = json.loads(capsys.readouterr().out)["results"]
    assert made["files"] == ["ud.docx"]
    assert made["template"] == "brev.docx"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ('{"x": 1234.5}', "1.234,5 nej"),
        ('{"x": 2026}', "2026 nej"),
        ('{"x": true}', "ja nej"),
        ('{"x": null}', " nej"),
        ('{"x": ["a", "b"]}', "a og b nej"),
        ("x: '1234.50'", "1234.50 nej"),
        ("x: 2026-11-22", "2026-11-22 nej"),
        ("x: ja", "ja nej"),
        ("x:", " nej"),
    ],
)
def test_data_comes_from_stdin_and_prints_as_written(
    data: str, line: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    Path("t.docx").write_bytes(docx(p("{{ x }} {{ x == 'q' }}")))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data.encode())))
    assert main(["udfyld", "t.docx", "-", "--format", "txt", "-o", "-"]) == 0
    assert capsysbinary.readouterr().out.decode().strip("\n") == line


@pytest.mark.parametrize(
    ("expression", "data", "made"),
    [
        ("x + 1", "x: 5", "6"),
        ("x * 1.25", "x: '1.000'", "1250"),
        ("x / 4 + y", "x: '2,5'\ny: 1", "1,625"),
        ("x > 9", "x: 10", "ja"),
        ("x == 10 and x == '10'", "x: 10", "ja"),
        ("(x | sort)[0]", "x: [10, 9]", "9"),
        ("x | sum", "x: [10, '9,5']", "19,5"),
        ("x % 2", "x: 7", "1"),
        ("'-' * x", "x: 3", "---"),
        ("range(x) | list | length", "x: 3", "3"),
        ("x ~ 1", "x: 0101", "01011"),
        ("x[0]", "x: 12:30", "1"),
        ("'ja' if x else 'nej'", "x: 0", "nej"),
        ("'ja' if x else 'nej'", "x: 'false'", "nej"),
        ("'ja' if x else 'nej'", "x: tekst", "ja"),
        ("x | upper", "x: nej", "NEJ"),
        ("x | dato_lang", "x: 2026-11-22", "22. november 2026"),
    ],
)
def test_written_numbers_and_no_count_as_what_they_say(
    expression: str, data: str, made: str, folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    Path("t.docx").write_bytes(docx(p(f"{{{{ {expression} }}}}")))
    Path("d.yaml").write_text(data, "utf-8")
    assert main(["udfyld", "t.docx", "d.yaml", "--format", "txt", "-o", "-"]) == 0
    assert capsysbinary.readouterr().out.decode().strip("\n").replace("\u00a0", " ") == made


def test_a_text_template_is_filled(folder: Path) -> None:
    Path("mail.txt.j2").write_text("Kære {{ navn }}\n", "utf-8")
    assert main(["udfyld", "mail.txt.j2", "åse.yaml", "-o", "mail.txt"]) == 0
    assert Path("mail.txt").read_text("utf-8") == "Kære Åse & Bo <b>\n"
    assert main(["udfyld", "mail.txt.j2", "åse.yaml", "-o", "mail.docx"]) == 2
    assert main(["udfyld", "mail.txt.j2", "åse.yaml", "--design", "brev.docx"]) == 2


def test_every_fault_of_a_text_template_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("mail.txt.j2").write_text("{{ navnn }}\n{{ antal / 0 }}\n{{ x.y }}\n", "utf-8")
    assert main(["udfyld", "mail.txt.j2", "åse.yaml", "-o", "-"]) == 1
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("fejl DG")]
    assert told == [
        'fejl DG451: "navnn" findes ikke',
        'fejl DG450: "x" findes ikke',
        "fejl DG454: {{ antal / 0 }} dividerer med nul",
    ]


def test_data_without_names_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("d.yaml").write_text("- a\n- b\n", "utf-8")
    assert main(["udfyld", "brev.docx", "d.yaml"]) == 1
    assert "fejl DG475" in capsys.readouterr().err


def test_a_design_decides_the_look(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    styles = part("styles", '<w:style w:type="paragraph" w:styleId="Vores"><w:name w:val="Vores"/></w:style>')
    Path("design.docx").write_bytes(docx(p("x"), {"styles": styles}))
    assert main(["udfyld", "brev.docx", "åse.yaml", "--design", "design.docx", "-o", "ud.docx"]) == 0
    assert "design: design.docx" in capsys.readouterr().err


def test_several_inputs_give_several_documents(folder: Path) -> None:
    Path("bo.yaml").write_text(DATA, "utf-8")
    assert main(["udfyld", "brev.docx", "åse.yaml", "bo.yaml", "-o", "ud/"]) == 0
    assert sorted(path.name for path in Path("ud").iterdir()) == ["bo.docx", "åse.docx"]


def test_the_next_run_with_a_template_needs_no_jinja(folder: Path) -> None:
    heavy = ("jinja2", "lxml", "markdown_it", "hashlib", "docgen.danish.values", "docgen.word.look.styles")
    code = (
        "import sys; from docgen.cli.app import main\n"
        "main(['udfyld', 'brev.docx', 'åse.yaml', '-o', 'ud.docx', '--overskriv'])\n"
        f"print([one for one in {heavy!r} if one in sys.modules])"
    )
    env = os.environ | {"DOCGEN_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    Path("brev.docx").write_bytes(docx(BODY.replace(" | beløb", "")))
    told = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
        for _ in range(2)
    ]
    assert "jinja2" in told[0].stdout
    assert told[1].stdout == "[]\n"
