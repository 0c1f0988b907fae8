"""Results are written whole or not at all, under names that every system accepts."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import catalog
from docgen.diagnostics import DocgenError
from docgen.files import reason, safe_name, write


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kommissorium for Ærø & Ålborg", "Kommissorium for Ærø & Ålborg"),
        ("a/b\\c:d?", "a-b-c-d"),
        ("../../etc/passwd", "etc-passwd"),
        ("  .. ", "dokument"),
        ("CON", "_CON"),
        ("~$aftale", "aftale"),
        ("nul.txt", "_nul.txt"),
        ("Konference", "Konference"),
        ("den\u00a015. maj", "den 15. maj"),
        ("skjult\u202egnp.docx", "skjult-gnp.docx"),
        ("ord " * 60, ("ord " * 30).strip()),
    ],
)
def test_safe_names(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text())
def test_any_text_gives_a_name_without_a_way_out(text: str) -> None:
    name = safe_name(text)
    assert name
    assert Path(name).name == name
    assert not set(name) & set('<>:"/\\|?*\0\n')
    assert not name.startswith(".")
    assert not name.endswith((".", " "))
    assert len(name) <= 121


def test_a_new_file_is_written_and_its_folder_made(tmp_path: Path) -> None:
    target = tmp_path / "ny mappe" / "æøå.docx"
    write(target, b"hej")
    assert target.read_bytes() == b"hej"
    assert [one.name for one in target.parent.iterdir()] == ["æøå.docx"]


def test_an_existing_file_stays(tmp_path: Path) -> None:
    target = tmp_path / "aftale.docx"
    target.write_bytes(b"rettet i Word")
    with pytest.raises(DocgenError) as fault:
        write(target, b"ny")
    assert target.read_bytes() == b"rettet i Word"
    assert fault.value.exit_code == 2
    assert catalog.as_text(fault.value.diagnostics[0]) == (
        f"fejl DG501: {target.as_posix()} findes allerede og bliver ikke overskrevet\n"
        f"  {target.as_posix()}\n"
        "  hjælp: brug --overskriv, eller vælg et andet navn med -o"
    )
    write(target, b"ny", overwrite=True)
    assert target.read_bytes() == b"ny"


@pytest.mark.parametrize("owner", ["~$aftale.docx", "~$tale.docx", ".~lock.aftale.docx#"])
def test_a_file_that_is_open_in_word_stays(tmp_path: Path, owner: str) -> None:
    target = tmp_path / "aftale.docx"
    target.write_bytes(b"gammel")
    (tmp_path / owner).write_bytes(b"")
    with pytest.raises(DocgenError) as fault:
        write(target, b"ny", overwrite=True)
    assert target.read_bytes() == b"gammel"
    assert "aftale.docx er åben i Word, Excel eller et andet program" in catalog.as_text(fault.value.diagnostics[0])


def test_a_locked_file_is_named_and_no_draft_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "aftale.docx"
    target.write_bytes(b"gammel")

    def refuse(*_args: object) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(DocgenError) as fault:
        write(target, b"ny", overwrite=True)
    assert fault.value.diagnostics[0].code == "DG502"
    assert [one.name for one in tmp_path.iterdir()] == ["aftale.docx"]


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DocgenError) as fault:
        write(tmp_path / "ny.docx", b"ny")
    assert [catalog.as_text(fault.value.diagnostics[0], language) for language in catalog.LANGUAGES] == [
        "fejl DG504: ny.docx kan ikke skrives: der er ikke mere plads på drevet\n"
        f"  {(tmp_path / 'ny.docx').as_posix()}\n"
        "  hjælp: vælg med -o en mappe, som du må skrive i, og hvor der er plads",
        "error DG504: ny.docx cannot be written: No space left on device\n"
        f"  {(tmp_path / 'ny.docx').as_posix()}\n"
        "  help: use -o to choose a folder that you may write in and that has room",
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "danish"),
    [
        (errno.EACCES, "du har ikke adgang til at skrive der"),
        (errno.EROFS, "drevet kan kun læses"),
        (errno.EIO, "drevet svarer ikke, som det skal"),
        (errno.ENAMETOOLONG, "navnet er for langt"),
        (errno.ENOENT, "mappen findes ikke"),
        (errno.ELOOP, os.strerror(errno.ELOOP)),  # too rare to have words of its own
    ],
)
def test_the_system_is_quoted_in_the_language_of_the_message(number: int, danish: str) -> None:
    assert reason(OSError(number, os.strerror(number))) == {"grund": danish, "grund_en": os.strerror(number)}


def test_a_name_that_the_system_cannot_hold_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(DocgenError) as fault:
        write(tmp_path / ("å" * 200), b"x")
    assert catalog.message(fault.value.diagnostics[0])[0].endswith(" kan ikke skrives: navnet er for langt")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DocgenError) as fault:
        write(tmp_path, b"x", overwrite=True)
    assert fault.value.diagnostics[0].code == "DG503"
