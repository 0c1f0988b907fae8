"""The command line as a person meets it: help, lists, exit codes, and what a run may load."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from docgen.cli.app import ALIASES, VERBS, app, main
from docgen.kinds.folders import find_kinds, summarize

ROOT = Path(__file__).parent.parent.parent.parent
KINDS = find_kinds([ROOT / "templates"])
INPUT = ROOT / "inputs/kommissorium/implementeringspartnerskab.yaml"


def python(*code: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *code], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


def test_the_docs_list_every_command_and_option() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for verb, module in VERBS.items():
        assert f"`docgen {verb} " in readme, f"README does not tell of {verb} ({module})"
    for alias in ALIASES:
        assert f"(`{alias}`)" in readme
    context = click.Context(app, obj=None)
    commands = [app.get_command(context, name) for name in (*VERBS, next(iter(KINDS)))]
    for command in commands:
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert any(option in readme for option in parameter.opts), parameter.opts


def test_docgen_alone_lists_the_kinds_and_where(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    shown = capsys.readouterr().out
    for word in (*VERBS, *ALIASES):
        assert f"{word} " in shown
    assert "Dokumenttyper i " in shown
    for files in KINDS.values():
        kind = summarize(files)
        assert kind.name in shown
        assert kind.aliases == () or kind.aliases[0] in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["tjek", "--help"],
        ["ny", "--help"],
        ["skema", "--help"],
        ["flet", "--help"],
        ["kommissorium", "--help"],
    ],
)
def test_help_speaks_one_language(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    danish = capsys.readouterr().out
    assert "Brug: docgen" in danish
    assert "Tilvalg:" in danish
    assert "Show this message" not in danish
    assert main([*arguments, "--sprog", "en"]) == 0
    english = capsys.readouterr().out
    assert "Usage: docgen" in english
    for line in ("vis denne hjælp", "beskeder på dansk", "Tilvalg"):
        assert line not in english


def test_a_kind_of_ones_own_is_found_in_its_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "svar").mkdir()
    (tmp_path / "svar" / "felter.yaml").write_text("type: {titel: Svar}\nfelter:\n  emne: {type: tekst}\n", "utf-8")
    assert main(["--skabeloner", str(tmp_path)]) == 0
    assert f"Dokumenttyper i {tmp_path.as_posix()}" in capsys.readouterr().out


def test_the_box_named_as_ones_own_folder_is_read_once(tmp_path: Path) -> None:
    box = str(ROOT / "templates")
    assert main(["kommissorium", str(INPUT), "--skabeloner", box, "-o", str(tmp_path / "x.docx")]) == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["kommissorium", "findes-ikke.yaml"], 2),
        (["kommissorium", "findes-ikke.yaml", "--json"], 2),
        (["findes-ikke", "x.yaml"], 2),
        (["tjek"], 2),
        (["kommissorium", str(INPUT), "--skabelon", ""], 2),
        (["kommissorium", str(INPUT), "--design", ""], 2),
        (["tjek", "--type"], 2),
        (["ny"], 2),
        (["ny", "kommissorium", "for", "meget"], 2),
        (["kommissorium", "x.yaml", "--dato", "i morgen"], 2),
        (["kommissorium", "x.yaml", "--sprog", "no"], 2),
        (["kommissorium", "x.yaml", "-o", "x.docx", "--format", "md"], 2),
        (["kommissorium", "x.yaml", "y.yaml", "-o", "x.docx"], 2),
        (["kommissorium", str(INPUT), "--udgave", "hemmelig", "-o", "-"], 2),
        (["kommissorium", str(INPUT), "--profil", "hemmelig", "-o", "-"], 2),
        (["kommissorium", str(INPUT), "--skabelon", "findes-ikke.docx", "-o", "-"], 2),
    ],
)
def test_wrong_use_has_a_message_and_an_exit_code(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == code
    told = capsys.readouterr()
    if "--json" in arguments:
        assert json.loads(told.out)["ok"] is False
    else:
        assert told.err.startswith("fejl DG")
        assert "Traceback" not in told.err


def test_a_document_goes_to_stdout(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "docgen", "kommissorium", "-", "-o", "-", "--dato", "2026-11-22"],
        input=INPUT.read_bytes(),
        capture_output=True,
        cwd=tmp_path,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr.decode()
    assert answer.stdout.startswith(b"PK")
    assert list(tmp_path.iterdir()) == []


def test_json_is_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kommissorium", str(INPUT), "-o", f"{tmp_path}/", "--json"]) == 0
    told = capsys.readouterr()
    answer = json.loads(told.out)
    assert told.err == ""
    assert answer["ok"] is True
    assert Path(answer["results"][0]["files"][0]).exists()
    assert {one["severity"] for one in answer["diagnostics"]} == {"info", "warning"}
    assert Path(answer["results"][0]["design"]).samefile(ROOT / "templates" / "design" / "design.yaml")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--json"],
        ["--json", "tjek", str(INPUT)],
        ["tjek", "--json", str(INPUT)],
        ["--json", "ny", "kommissorium"],
        ["--json", "findes-ikke"],
        ["kommissorium", str(INPUT), "--json", "-o", "-"],
    ],
)
def test_json_stands_anywhere(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    main(arguments)
    told = capsys.readouterr()
    assert isinstance(json.loads(told.out), dict)
    assert told.err == ""


def test_a_document_and_json_cannot_share_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kommissorium", str(INPUT), "--json", "-o", "-"]) == 2
    assert json.loads(capsys.readouterr().out)["diagnostics"][0]["code"] == "DG912"


def test_a_date_may_be_danish(tmp_path: Path) -> None:
    for number, written in enumerate(("2026-11-22", "22. november 2026", "22.11.2026")):
        assert main(["kommissorium", str(INPUT), "--dato", written, "-o", str(tmp_path / f"{number}.docx")]) == 0
    assert len({(tmp_path / f"{number}.docx").read_bytes() for number in range(3)}) == 1


def test_a_skeleton_is_yaml(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ny", "kommissorium", "-o", str(tmp_path / "x.json")]) == 2
    assert "fejl DG507" in capsys.readouterr().err
    assert main(["ny", "kommissorium", "--skema", "-o", str(tmp_path / "x.json")]) == 0
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["$schema"].endswith("draft-07/schema#")


def test_a_name_that_no_system_can_hold_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kommissorium", str(INPUT), "-o", "x" * 300 + ".docx"]) == 2
    assert "fejl DG504" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only some systems have a device that is always full")
def test_a_full_stdout_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "docgen", "ny", "kommissorium"]
        answer = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, cwd=ROOT)
    assert answer.returncode == 2
    assert b"DG504" in answer.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="file names are text on Windows")
def test_a_file_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    for arguments in (["kommissorium"], ["tjek", "--json"]):
        command = [b"-m", b"docgen", *(one.encode() for one in arguments), b"nope\xe6.yaml"]
        answer = subprocess.run([sys.executable, *command], capture_output=True, cwd=tmp_path, check=False)
        assert answer.returncode == 2, answer.stderr
        assert b"DG101" in answer.stdout + answer.stderr
        assert b"Traceback" not in answer.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="shells on Windows close no streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_stream_does_no_harm(closed: str, tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m docgen kommissorium "{INPUT}" -o x.docx --json {closed}'
    assert subprocess.run(command, shell=True, cwd=tmp_path, check=False).returncode == 0
    assert (tmp_path / "x.docx").exists()


def test_help_of_a_kind_lists_its_editions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dagsorden", "--help"]) == 0
    assert "referat-offentlig" in capsys.readouterr().out


def test_strict_checking_counts_warnings() -> None:
    assert main(["tjek", str(INPUT)]) == 0
    assert main(["tjek", str(INPUT), "--streng"]) == 1


def test_two_inputs_with_one_name_do_not_overwrite_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["kommissorium", str(INPUT), str(INPUT), "-o", f"{tmp_path}/", "--overskriv"]) == 1
    assert "fejl DG505" in capsys.readouterr().err
    assert len(list(tmp_path.iterdir())) == 1


def test_a_closed_pipe_is_no_fault() -> None:
    code = "import sys; from docgen.cli.app import main; sys.exit(main(['ny', 'kommissorium']))"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        told = process.stderr.read().decode()
    assert "Traceback" not in told
    assert "Exception ignored" not in told


def test_help_is_light() -> None:
    heavy = ("openpyxl", "lxml", "docx", "jinja2", "babel", "markdown_it")
    code = (
        "import sys; from docgen.cli.app import main\n"
        f"main(['--help']); print([one for one in {heavy!r} if one in sys.modules], file=sys.stderr)"
    )
    answer = python("-c", code, cwd=ROOT)
    assert answer.stderr.strip() == "[]"


def test_a_run_loads_no_babel_and_no_python_docx(tmp_path: Path) -> None:
    heavy = ("openpyxl", "docx", "babel", "stdnum", "holidays")
    code = (
        "import sys; from docgen.cli.app import main\n"
        f"main(['kommissorium', {str(INPUT)!r}, '-o', {str(tmp_path) + '/'!r}, '--json'])\n"
        f"print([one for one in {heavy!r} if one in sys.modules], file=sys.stderr)"
    )
    answer = python("-c", code, cwd=ROOT)
    assert answer.stderr.strip() == "[]"


def test_output_that_cannot_be_ascii_is_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = python(
        "-m", "docgen", "--help", cwd=ROOT, env={"PYTHONIOENCODING": "cp1252", "PATH": ""}, encoding="utf-8"
    )
    assert "hjælp" in answer.stdout
    assert isinstance(sys.stdout, io.TextIOBase)
