"""An input written as a form and read back holds the same values."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.diagnostics import FilePlace, has_errors
from docgen.forms.excel.reader import read_excel
from docgen.forms.excel.writer import excel_form
from docgen.kinds.kind import Kind, load_kind
from docgen.kinds.validate import Validation, validate
from docgen.pipeline import Request, surroundings
from docgen.sources import Entry, Mapping, Node, Scalar, Sequence, read
from tests.unit.forms.excel_samples import TODAY, kind_of, plain

ROOT = Path(__file__).parents[3]
TEMPLATES = ROOT / "templates"
INPUTS = sorted(one for one in (ROOT / "inputs").glob("*/*") if one.suffix in (".yaml", ".toml", ".json"))
HERE = FilePlace("input")
# A list that lies in files of its own: a form says aloud that it does not carry it.
LEFT_OUT = {"aktiver"}


@cache
def kind_named(name: str) -> Kind:
    return load_kind(name, [TEMPLATES])


@cache
def lending() -> Kind:
    return kind_of(Path(mkdtemp()))


@pytest.mark.parametrize("source", INPUTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_input_comes_back_from_its_form(source: Path, tmp_path: Path) -> None:
    kind = kind_named(source.parent.name)
    root = read(source).root
    form = excel_form(kind, root)
    left = {one.path for one in form.warnings}
    assert left <= LEFT_OUT
    path = tmp_path / "skema.xlsx"
    path.write_bytes(form.data)
    found, reading = read_excel(path, "", [TEMPLATES], kind_named)
    assert (found.name, reading.warnings) == (kind.name, ())
    assert isinstance(root, Mapping)
    kept = Mapping(tuple(entry for entry in root if entry.key.text not in left), root.place)
    first, second = (_validated(node, kind, source) for node in (kept, reading.root))
    assert plain(second.record.values) == plain(first.record.values)
    assert second.record.profile == first.record.profile
    assert sorted(one.code for one in second.diagnostics) == sorted(one.code for one in first.diagnostics)


def _validated(root: Node, kind: Kind, source: Path) -> Validation:
    around = surroundings(Request(kind=kind.name, source=str(source), folders=[TEMPLATES], today=TODAY))
    return validate(root, kind, profile=None, today=TODAY, around=around)


def node(value: Any) -> Node:
    if isinstance(value, dict):
        return Mapping(tuple(Entry(Scalar(name, HERE), node(one)) for name, one in value.items()), HERE)
    if isinstance(value, list):
        return Sequence(tuple(node(one) for one in value), HERE)
    return Scalar(value, HERE)


def written(value: Decimal) -> str:
    return format(value, "f").replace(".", ",")


# No input file holds control characters, and all are read in NFC.
letters = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]) | st.sampled_from("\n\t=+-@_x041")
texts = st.text(letters, min_size=1, max_size=30).map(partial(unicodedata.normalize, "NFC")).filter(str.strip)
lines = texts.map(lambda text: " ".join(text.split())).filter(bool)
amounts = st.decimals(-(10**12), 10**12, places=2).map(written)
days = st.dates(date(1800, 1, 1), date(2200, 1, 1)).map(date.isoformat)
keys = st.text("abc019-.", min_size=1, max_size=3).filter(lambda text: text.strip("-."))
rooms = st.fixed_dictionaries(
    {"navn": texts},
    optional={
        "pladser": st.integers(1, 10**9).map(str),
        "pris": amounts,
        "andel": st.decimals(0, 100, places=3).map(written),
        "fra": days,
        "stort": st.sampled_from(["ja", "nej"]),
        "ejer": st.fixed_dictionaries({}, optional={"navn": texts, "cvr": st.just("29190909")}),
        "udstyr": st.lists(lines, max_size=3),
        "nøgler": st.lists(st.fixed_dictionaries({"nr": texts}, optional={"antal": amounts}), max_size=3),
    },
)
inputs = st.fixed_dictionaries(
    {
        "udlåner": st.sampled_from(["Nyborg", "Odense Kommune", "0101"]),
        "låner": st.fixed_dictionaries({"navn": texts}, optional={"cvr": st.just("29 19 09 09")}),
        "lokaler": st.dictionaries(keys, rooms, min_size=1, max_size=4).map(
            lambda found: [{"id": key, **room} for key, room in found.items()]
        ),
    },
    optional={
        "status": st.sampled_from(["u", "Aftalt"]),
        "dato": days,
        "sagsnr": texts,
        "start": st.sampled_from(["9.00", "16:30"]),
        "rabat": st.decimals(-500, 500, places=2).map(written),
        "formål": texts,
        "modtagere": st.lists(lines, max_size=3),
    },
)


@settings(deadline=None, max_examples=20)
@given(given_=inputs)
def test_any_input_comes_back_from_its_form(given_: dict[str, Any]) -> None:
    kind = lending()
    first = validate(node(given_), kind, profile=None, today=TODAY)
    path = Path(mkdtemp()) / "skema.xlsx"
    form = excel_form(kind, node(given_))
    path.write_bytes(form.data)
    _, reading = read_excel(path, "", [], lambda _: kind)
    second = validate(reading.root, kind, profile=None, today=TODAY)
    assert (form.warnings, reading.warnings) == ((), ())
    if not has_errors(first.diagnostics):
        assert plain(second.record.values) == plain(first.record.values)
    path.unlink()
    path.parent.rmdir()
