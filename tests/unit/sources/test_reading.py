"""Files are found, opened and told apart; a file that cannot be read says why."""

from __future__ import annotations

import io
import os
import unicodedata
from pathlib import Path

import pytest

from docgen import catalog
from docgen.diagnostics import DocgenError, TextPlace
from docgen.sources import Mapping, reading
from docgen.sources import read as read_input

from .trees import plain


def refusal(path: Path | str) -> str:
    with pytest.raises(DocgenError) as caught:
        read_input(path)
    assert caught.value.exit_code == 2
    return "\n".join(catalog.as_text(one) for one in caught.value.diagnostics)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a folder of inputs in it."""
    monkeypatch.chdir(tmp_path)
    inputs = tmp_path / "input filer"
    inputs.mkdir()
    return inputs


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("møde i Ærø.yaml", "titel: Ærø\n"),
        ("møde.YML", "titel: Ærø\n"),
        ("møde.json", '{"titel": "Ærø"}'),
        ("møde.toml", 'titel = "Ærø"\n'),
    ],
)
def test_the_suffix_names_the_format(folder: Path, name: str, content: str) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    for path in (f"input filer/{name}", Path("input filer") / name):
        root = read_input(path).root
        assert plain(root) == {"titel": "Ærø"}
        assert isinstance(root, Mapping)
        value = root.get("titel")
        assert value is not None
        assert isinstance(value.place, TextPlace)
        assert value.place.source.name == f"input filer/{name}"


def test_warnings_come_with_the_tree(folder: Path) -> None:
    (folder / "x.yaml").write_text("titel: Sag #1\n", encoding="utf-8")
    found = read_input("input filer/x.yaml")
    assert [one.code for one in found.warnings] == ["DG160"]
    assert plain(found.root) == {"titel": "Sag"}


def test_a_missing_file_suggests_the_nearest_one(folder: Path) -> None:
    for name in ("dagsorden-ærø.yaml", "budget.toml", "dagsorden-ærø.docx"):
        (folder / name).touch()
    assert refusal("./input filer/dagsorden-aerø.yml") == (
        "fejl DG102: filen findes ikke\n"
        "  ./input filer/dagsorden-aerø.yml\n"
        '  hjælp: mente du "./input filer/dagsorden-ærø.yaml"?'
    )
    assert 'mente du "input filer/budget.toml"?' in refusal("input filer/budget")
    assert refusal("input filer/noget helt andet.yaml") == (
        "fejl DG101: filen findes ikke\n"
        "  input filer/noget helt andet.yaml\n"
        "  hjælp: se efter, om navnet og mappen er skrevet rigtigt"
    )


def test_a_name_of_a_mac_is_the_name_that_a_person_types(folder: Path) -> None:
    (folder / unicodedata.normalize("NFD", "på Ærø.yaml")).write_text("titel: å\n", encoding="utf-8")
    assert plain(read_input("input filer/på Ærø.yaml").root) == {"titel": "å"}


def test_a_missing_folder_is_named(folder: Path) -> None:
    assert refusal("inputs/møde.yaml") == (
        "fejl DG103: filens mappe findes ikke\n  inputs/møde.yaml\n  hjælp: se efter, om stien er skrevet rigtigt"
    )


def test_a_folder_is_no_file(folder: Path) -> None:
    for path in ("input filer", "input filer/"):
        assert refusal(path) == (
            "fejl DG104: det er en mappe, ikke en fil\n  input filer\n  hjælp: skriv navnet på en fil i mappen"
        )


@pytest.mark.parametrize("path", ["input filer/" + "x" * 3000 + ".yaml", "a\0b.yaml"])
def test_a_name_that_no_file_can_have_is_a_missing_file(folder: Path, path: str) -> None:
    assert refusal(path).startswith("fejl DG101: filen findes ikke\n")


def test_a_file_without_permission_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "x.yaml").touch()

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")  # the user of the tests may be root

    monkeypatch.setattr(Path, "open", refuse)
    assert refusal("input filer/x.yaml") == (
        "fejl DG105: du har ikke adgang til at læse filen\n"
        "  input filer/x.yaml\n"
        "  hjælp: luk filen i andre programmer, eller bed filens ejer om adgang"
    )


def test_a_folder_without_permission_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert refusal("input filer/x.yaml").startswith("fejl DG105: du har ikke adgang til at læse filen\n")


def test_a_drive_that_fails_gives_a_reason(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "x.yaml").touch()

    def fail(*_args: object, **_kwargs: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    assert refusal("input filer/x.yaml").startswith(
        "fejl DG110: filen kan ikke læses: drevet svarer ikke, som det skal\n"
    )


def test_a_file_that_is_too_large_is_refused_without_reading_it_all(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 2_000_000)
    (folder / "x.yaml").write_bytes(b"#" * 2_000_001)
    assert refusal("input filer/x.yaml") == (
        "fejl DG106: filen fylder mere end 2 MB\n"
        "  input filer/x.yaml\n"
        "  hjælp: se efter, om det er den rigtige fil, eller del den i flere"
    )
    if os.name == "posix":
        (folder / "endless.yaml").symlink_to("/dev/zero")
        assert "DG106" in refusal("input filer/endless.yaml")


def test_twenty_megabytes_are_the_limit() -> None:
    assert reading.MAX_BYTES == 20_000_000


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x.xlsx", "fejl DG108: et regneark i formatet .xlsx kan ikke læses\n"),
        ("x.DOCX", "fejl DG109: et dokument (.docx) kan ikke bruges som input\n"),
        ("x.xml", 'fejl DG107: filer af typen ".xml" kan ikke læses\n'),
        ("møde", "fejl DG119: filnavnet har ingen endelse, så filens format er ukendt\n"),
    ],
)
def test_other_formats_are_named(folder: Path, name: str, expected: str) -> None:
    (folder / name).touch()
    shown = refusal(f"input filer/{name}")
    assert shown.startswith(expected)
    hint = "brug en fil, der ender på .yaml, .json, .toml, .xlsx eller .docx"
    if name == "x.xlsx":
        hint = "åbn filen i Excel, vælg Gem som, og gem den som Excel-projektmappe (.xlsx)"
    if name == "x.DOCX":
        hint = "gem det som Word-dokument (.docx); ellers brug en fil, der ender på .yaml, .json, .toml eller .xlsx"
    assert shown.endswith(hint)
    assert "\n  hjælp: " in shown


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"titel: nej\n", {"titel": "nej"}),
        (b"- a\n", ["a"]),
        (b'\xef\xbb\xbf\n {"titel": false}', {"titel": False}),
        (b"[1, 2]", [1, 2]),
    ],
)
def test_standard_input_is_json_when_it_looks_like_it(data: bytes, expected: object) -> None:
    assert plain(read_input("-", stdin=io.BytesIO(data)).root) == expected


def test_standard_input_is_named_as_it_was_given() -> None:
    with pytest.raises(DocgenError) as caught:
        read_input("-", stdin=io.BytesIO(b"a: 1\na: 2\n"))
    assert caught.value.exit_code == 1
    assert "\n  -:2:1\n" in catalog.as_text(caught.value.diagnostics[0])


def test_standard_input_that_never_ends_is_refused() -> None:
    with pytest.raises(DocgenError) as caught:
        read_input("-", stdin=io.BytesIO(b" " * (reading.MAX_BYTES + 10)))
    assert [one.code for one in caught.value.diagnostics] == ["DG106"]


def test_a_call_without_a_stream_or_with_an_unknown_format_is_a_bug() -> None:
    with pytest.raises(ValueError, match="stream"):
        read_input("-")
    with pytest.raises(ValueError, match="xml"):
        reading.read_text(b"x", "x", "xml")


def test_findings_come_in_the_order_of_the_lines() -> None:
    with pytest.raises(DocgenError) as caught:
        reading.read_text(b"a: &x 1\na: 2\nb: *y\nb: c #d\nc: d: e\n", "x", "yaml")
    assert [(one.code, one.place.line) for one in caught.value.diagnostics if isinstance(one.place, TextPlace)] == [
        ("DG120", 2),
        ("DG137", 3),
        ("DG120", 4),
        ("DG160", 4),
        ("DG134", 5),
    ]
