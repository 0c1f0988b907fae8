"""The cache saves time and nothing else: what is wrong with an entry is made again."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import pytest

from docgen.cache import Folded, fetch, user_folder


class Maker:
    """Makes a value and counts how often it had to."""

    def __init__(self, value: object = ("Æ", 1)) -> None:
        self.value = value
        self.count = 0

    def __call__(self) -> object:
        self.count += 1
        return self.value


def test_the_second_run_takes_what_the_first_made(tmp_path: Path) -> None:
    maker = Maker()
    assert [fetch(tmp_path / "c", "kind", [b"a"], maker) for _ in range(3)] == [("Æ", 1)] * 3
    assert maker.count == 1


def test_other_content_or_another_subject_is_made_anew(tmp_path: Path) -> None:
    maker = Maker()
    fetch(tmp_path, "kind", [b"a"], maker)
    fetch(tmp_path, "kind", [b"b"], maker)
    fetch(tmp_path, "kind2", [b"a"], maker)
    fetch(tmp_path, "kind", [b"a", b""], maker)
    assert maker.count == 4


def test_without_a_folder_everything_is_made_anew() -> None:
    maker = Maker()
    fetch(None, "kind", [], maker)
    fetch(None, "kind", [], maker)
    assert maker.count == 2


@pytest.mark.parametrize("data", [b"", b"rubbish", pickle.dumps(1)[:-2], b"\x80\x05K\x01"])
def test_a_broken_entry_is_made_anew(tmp_path: Path, data: bytes) -> None:
    maker = Maker()
    fetch(tmp_path, "kind", [b"a"], maker)
    (entry,) = tmp_path.glob("*.pickle")
    entry.write_bytes(data)
    assert fetch(tmp_path, "kind", [b"a"], maker) == ("Æ", 1)
    assert maker.count == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the user's folder to the user")
def test_a_folder_that_others_can_write_in_is_not_used(tmp_path: Path) -> None:
    maker = Maker()
    fetch(tmp_path, "kind", [b"a"], maker)
    tmp_path.chmod(0o777)
    fetch(tmp_path, "kind", [b"a"], maker)
    assert maker.count == 2


def test_what_cannot_be_kept_is_made_each_time(tmp_path: Path) -> None:
    maker = Maker(lambda: None)
    fetch(tmp_path, "kind", [b"a"], maker)
    fetch(tmp_path, "kind", [b"a"], maker)
    assert maker.count == 2
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert fetch(tmp_path / "file" / "c", "kind", [b"a"], Maker()) == ("Æ", 1)


def test_old_entries_make_room(tmp_path: Path) -> None:
    for number in range(130):
        fetch(tmp_path, str(number), [], Maker())
    assert len(list(tmp_path.iterdir())) == 100


def test_where_the_cache_lies(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOCGEN_CACHE", str(tmp_path))
    assert user_folder() == tmp_path
    monkeypatch.setenv("DOCGEN_CACHE", "")
    assert user_folder() is None
    monkeypatch.delenv("DOCGEN_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if sys.platform != "win32":
        assert user_folder() == tmp_path / "docgen"


def test_what_is_nested_too_deep_to_be_kept_is_made_each_time(tmp_path: Path) -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    maker = Maker(deep)
    assert fetch(tmp_path, "kind", [b"a"], maker) is deep
    assert fetch(tmp_path, "kind", [b"a"], maker) is deep
    assert list(tmp_path.iterdir()) == []


def test_an_entry_is_taken_only_for_what_it_was_made_from(tmp_path: Path) -> None:
    maker = Maker()
    fetch(tmp_path, "kind", [b"a"], maker)
    (entry,) = tmp_path.glob("*.pickle")
    data = entry.read_bytes()
    entry.unlink()
    fetch(tmp_path, "kind", [b"b"], maker)
    (entry,) = tmp_path.glob("*.pickle")
    entry.write_bytes(data)  # as if the names of both were the same
    fetch(tmp_path, "kind", [b"b"], maker)
    assert maker.count == 3


def test_an_entry_belongs_to_the_code_of_every_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "docgen" / "word" / "running" / "program.py"
    module.parent.mkdir(parents=True)
    module.write_text("x = 1\n")
    monkeypatch.setattr("docgen.cache._PACKAGE", tmp_path / "docgen")
    maker = Maker()
    fetch(tmp_path / "c", "kind", [b"a"], maker)
    fetch(tmp_path / "c", "kind", [b"a"], maker)
    assert maker.count == 1
    module.write_text("x = 10\n")
    fetch(tmp_path / "c", "kind", [b"a"], maker)
    assert maker.count == 2


class Unfolded(Exception):
    """Raised by a pickle when it is read."""

    def __reduce__(self) -> tuple[object, ...]:
        return (_unfold, ())


def _unfold() -> None:
    raise Unfolded


def test_what_is_folded_is_read_when_it_is_asked_for() -> None:
    again = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(Folded({"å": 1})))))
    assert again.value == {"å": 1}
    unread = pickle.loads(pickle.dumps(Folded(Unfolded())))
    with pytest.raises(Unfolded):
        _ = unread.value
