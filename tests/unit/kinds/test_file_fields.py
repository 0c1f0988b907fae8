"""Fields that name a file beside the input."""

from __future__ import annotations

import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.danish.formats import display
from docgen.danish.values import FileName
from docgen.diagnostics import has_errors
from docgen.kinds.file_fields import find_file, relative_path
from docgen.kinds.surroundings import Surroundings
from docgen.kinds.validate import validate
from docgen.pipeline import Request, check


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("tidsplan.pdf", "tidsplan.pdf"),
        (" bilag\\Åben dør & co.pdf ", "bilag/Åben dør & co.pdf"),
        ("./bilag//a.pdf", "bilag/a.pdf"),
        ("../../fælles/a.pdf", "../../fælles/a.pdf"),
        ("a/../b.pdf", "b.pdf"),
        ("../../../a.pdf", None),
        ("a/../../../../b.pdf", None),
        ("/etc/passwd", None),
        ("C:\\a.pdf", None),
        ("c:a.pdf", None),
        ("\\\\server\\deling\\a.pdf", None),
        ("//server/a.pdf", None),
        ("~/a.pdf", None),
        ("https://www.eksempel.dk/a.pdf", None),
        ("bilag/", None),
        ("..", None),
        ("bilag/..", None),
        ("a\x00.pdf", None),
        (" ", None),
    ],
)
def test_only_paths_from_the_folder_of_the_input_are_taken(text, path):
    assert relative_path(text) == path


@given(st.text(alphabet="ab./\\~:å ", max_size=14))
def test_no_path_leads_far_away(text):
    path = relative_path(text)
    if path is not None:
        assert not path.startswith("/") and ":" not in path
        assert path.split("/").count("..") <= 2
        assert relative_path(path) == path


KIND = """
    felter:
      bilag: {type: liste, felter: {fil: {type: fil, kort: ja}}}
      mangler: {type: ja_nej, beregn: "not alle(bilag, 'fil') or not bilag[0].fil.findes"}
"""


def test_a_file_says_whether_it_is_there(workshop, tmp_path):
    kind = workshop.kind(KIND)
    (tmp_path / "bilag").mkdir()
    (tmp_path / "bilag" / unicodedata.normalize("NFD", "Årsplan.pdf")).write_bytes(b"")
    root = workshop.tree("bilag: [bilag/Årsplan.pdf, bilag/andet.pdf, bilag]")
    for around, found in ((Surroundings(tmp_path), [True, False, False]), (Surroundings(), [None, None, None])):
        record = validate(root, kind, profile=None, today=workshop.today, around=around).record
        files = [one["fil"] for one in record.values["bilag"]]
        assert [one.findes for one in files] == found
        assert record.values["mangler"] is not found[0] or found[0] is None
        assert (display(files[0]), files[0].navn) == ("bilag/Årsplan.pdf", "Årsplan.pdf")


def test_the_folder_is_that_of_the_input(workshop, tmp_path):
    workshop.write({"felter.yaml": KIND, "a.yaml": "bilag: [b.yaml]\n", "b.yaml": "x"})
    checked = check(
        Request(kind="prøve", source=tmp_path / "prøve" / "a.yaml", today=workshop.today, folders=[tmp_path])
    )
    assert not has_errors(checked.diagnostics)
    assert checked.record.values["bilag"][0]["fil"].findes is True


def test_a_file_name_cannot_be_changed_and_survives_the_cache():
    name = FileName("a/b.pdf", True)
    assert pickle.loads(pickle.dumps(name)).findes is True
    with pytest.raises(AttributeError):
        name.findes = False


def test_odd_names_are_no_files(tmp_path):
    assert find_file(tmp_path, "x" * 5000) is None
    assert find_file(tmp_path / "findes ikke", "a.pdf") is None
