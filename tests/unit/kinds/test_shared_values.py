"""Values that inputs have in common are read once; every input says what it says when it is read alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.kinds.arrangement import ARRANGEMENT, EXTRA
from docgen.kinds.dependencies import Dependencies
from docgen.kinds.kind import load_kind
from docgen.kinds.merging import merged
from docgen.kinds.model import Kind
from docgen.kinds.record import Group, InvalidValueError
from docgen.kinds.shared_values import SharedValues
from docgen.kinds.surroundings import Surroundings
from docgen.kinds.validate import Validation, glimpse, validate
from docgen.sources import Mapping as MappingNode
from docgen.sources import Node, read_text

TODAY = date(2026, 11, 22)
AROUND = Surroundings(Path(__file__).parent)
FIELDS = """\
type: {titel: Delt}
typer:
  post: {n: {type: tal}, ny: {type: tal, beregn: n}}
felter:
  a: {type: tal}
  b: {type: tal, standard: "2", mindst: "1"}
  c: {type: tal, når: a > 0}
  d: {type: tekst, påkrævet: not g.x}
  e: {type: tekst, påkrævet: not d}
  g:
    type: gruppe
    felter:
      x: {type: tal}
      y: {type: tal, standard: "1"}
      z: {type: tal, beregn: x + y}
      t: {type: tal, beregn: over.a}
      u: {type: tekst, når: b > 1}
      rum: {type: liste, felter: {m: {type: tal}, n: {type: tal, beregn: m + b}, o: {type: tal, beregn: m + over.x}}}
      h:
        type: gruppe
        felter:
          p: {type: tal}
          q: {type: tal, beregn: p}
          r: {type: tal, beregn: over.x}
          s: {type: tal, beregn: a}
  k:
    type: gruppe
    når: a != 1
    standard: {m: "3"}
    felter:
      m: {type: tal}
      n: {type: tal, beregn: m + b}
      p: {type: tal}
  kort:
    type: gruppe
    felter:
      navn: {type: tekst, kort: ja}
      nr: {type: tal}
  helhed: {type: gruppe, felter: {t: {type: tekst}, alt: {type: ja_nej, beregn: findes(over)}}}
  liste:
    type: liste
    felter:
      id: {type: tekst, nøgle: ja}
      v: {type: tal}
      w: {type: tal, beregn: v + b}
      o: {type: tal, beregn: over.a}
      æra: {type: tekst, entydig: ja}
      under:
        type: liste
        felter:
          m: {type: tal}
          n: {type: tal, beregn: m + over.v}
          til: {type: henvisning, til: liste}
  valgt: {type: henvisning, til: liste}
  ord: {type: liste, af: tekst, mindst: 1}
  fil: {type: fil}
  filer: {type: liste, felter: {fil: {type: fil, kort: ja}, navn: {type: tekst}}}
  alle_fra_g: {type: ja_nej, beregn: findes(g)}
  fra_g: {type: tal, beregn: g.z}
  fra_h: {type: tal, beregn: g.h.p}
  fra_k: {type: tal, beregn: k.m}
  fra_valgt: {type: tal, beregn: valgt.w}
  i_alt: {type: tal, beregn: "sum(liste, 'w')"}
  poster: {type: liste, af: post, beregn: "[{'n': b}]"}
  dag: {type: dato, beregn: idag}
  hvem: {type: tekst, beregn: profil}
afsnit:
  et: {overskrift: Et, når: "true"}
"""
PROFILE = "standard: {b: 4, g: {y: 7}, ord: [fast]}\n"


@pytest.fixture(scope="module")
def kind(tmp_path_factory: pytest.TempPathFactory) -> Kind:
    folder = tmp_path_factory.mktemp("typer") / "delt"
    (folder / "profiler").mkdir(parents=True)
    (folder / "felter.yaml").write_text(FIELDS, encoding="utf-8")
    (folder / "profiler" / "vores.yaml").write_text(PROFILE, encoding="utf-8")
    return load_kind("delt", [folder.parent])


@pytest.fixture(scope="module")
def check(kind: Kind) -> Callable[..., None]:
    """Finds that every input of some says the same with what was kept of those before it as alone."""
    return partial(check_inputs, kind)


def node(values: Mapping[str, object], name: str) -> MappingNode:
    made = read_text(json.dumps(values, ensure_ascii=False).encode(), name, "json").root
    assert isinstance(made, MappingNode)
    return made


def plain(value: object, path: str = "", seen: tuple[int, ...] = ()) -> object:
    """A value with its types; a group that is referred to is told by its path."""
    if isinstance(value, Group):
        if id(value) in seen or (path and value.sti != path):
            return "→", value.sti
        inner = (*seen, id(value))
        return value.sti, [(name, plain(one, f"{path}.{name}".strip("."), inner)) for name, one in value.items()]
    if isinstance(value, list):
        return [plain(one, f"{path}[{number}]", seen) for number, one in enumerate(value, 1)]
    return type(value), value


def told(found: Validation) -> tuple[object, ...]:
    record = found.record
    chosen, elements = (dict.get(record.values, name) for name in ("valgt", "liste"))
    is_one_of_them = isinstance(elements, list) and any(chosen is one for one in elements)
    values = plain(record.values), is_one_of_them
    return found.diagnostics, values, dict(record.places), record.invalid, record.profile, record.files


def held(root: Node, kind: Kind, shared: SharedValues | None = None, today: date = TODAY) -> tuple[object, ...]:
    return told(validate(root, kind, profile=None, today=today, around=AROUND, shared=shared))


def check_inputs(kind: Kind, common: Mapping[str, object], rows: Iterable[Mapping[str, object]]) -> None:
    base = node(common, "fælles.json")
    shared = SharedValues(kind, base)
    for row in rows:
        root = merged(node(row, "række.json"), base)
        assert held(root, kind, shared) == held(root, kind), row


FULL: dict[str, object] = {
    "a": 2,
    "c": 1,
    "d": "ord",
    "g": {"x": 1, "u": "ord", "rum": [{"m": 1}], "h": {"p": 1}},
    "kort": "navn",
    "liste": [{"id": "p", "v": 1, "under": [{"m": 1, "til": "q"}]}, {"id": "q"}],
    "valgt": "p",
    "ord": ["et"],
    "fil": "conftest.py",
    "filer": [{"navn": "x"}],
    "opsætning": {"overskrifter": {"et": "Første"}},
}
CHANGES: tuple[dict[str, object], ...] = (
    {},
    {"a": 0},
    {"a": 1},
    {"a": 1, "g": {"h": {}}},
    {"b": 1},
    {"b": 3},
    {"b": None},
    {"c": 5},
    {"d": "andet"},
    {"e": "ord"},
    {"g": {"x": 5}},
    {"g": {"x": None}},
    {"g": {"y": 6}},
    {"g": {"u": "andet"}},
    {"g": {"h": {"p": 7}}},
    {"k": {"m": 9}},
    {"k": {"m": None}},
    {"kort": "et andet"},
    {"kort": {"navn": "navn", "nr": 1}},
    {"liste": [{"id": "q", "v": 2}, {"id": "p", "v": 3, "æra": "ny"}]},
    {"liste": [{"id": "p", "æra": "ny"}, {"id": "q", "æra": "NY", "under": [{"m": 1, "til": "p"}]}]},
    {"valgt": "q"},
    {"ord": ["et", "to"]},
    {"fil": "findes-ikke.pdf"},
    {"filer": ["conftest.py"]},
    {"opsætning": {"overskrifter": {"et": "Anden", "to": "Ny"}}},
    {"opsætning": {"nummerering": "ingen"}},
    {"profil": "vores"},
    {"d": "0101011234"},
    {"kort": {"nr": 1.5}},
)
FAULTS: tuple[dict[str, object], ...] = (
    {"a": "x"},
    {"a": 0, "c": "x"},
    {"b": 0},
    {"g": "ord"},
    {"g": {"y": "x"}},
    {"g": {"ukendt": 1}},
    {"liste": []},
    {"liste": [{"id": "p"}, {"id": "p"}, {"id": "q"}]},
    {"valgt": "ukendt"},
    {"ord": []},
    {"a": 1, "k": {"m": 2}},
    {"fri": "ord"},
    {"profil": "ukendt"},
)
LACKING: tuple[dict[str, object], ...] = ({}, {"d": "ord"}, {"e": "ord", "g": {"x": 1}}, {"e": "ord"}, {"k": {}})


def joined(*changes: Mapping[str, object]) -> dict[str, object]:
    """Several changes as one input."""
    made: dict[str, object] = {}
    for one in changes:
        for name, value in one.items():
            before = made.get(name)
            made[name] = joined(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return made


@pytest.mark.parametrize("change", [*CHANGES, *FAULTS], ids=json.dumps)
def test_what_depends_on_a_change_follows_it(check: Callable[..., None], change: dict[str, object]) -> None:
    check(FULL, [{}, change, {}, change])
    check(FULL, [change, {}, change])
    check(joined(FULL, change), [{}, FULL, {}])


def test_a_fault_of_the_common_values_is_told_of_every_input(check: Callable[..., None]) -> None:
    for fault in FAULTS:
        check(joined(FULL, fault), [{}, FULL, {}, {"a": 3}])
    for common in LACKING:
        check(common, [*LACKING, *LACKING])


@pytest.mark.parametrize("blank", [{}, None])
def test_a_group_that_is_blank_in_the_common_values_is_not_given_there(
    check: Callable[..., None], blank: object
) -> None:
    rows = ({}, {"k": {"p": 1}}, {"k": {"m": 2}}, {"k": {"m": None}}, {"k": {}})
    check({**FULL, "k": blank}, [*rows, *rows])
    check({**FULL, "k": blank}, [*reversed(rows), *rows])
    check({}, [{**FULL, **row} for row in (*rows, *rows)])


COMMON = st.sets(st.sampled_from(sorted(FULL))).map(lambda less: {k: v for k, v in FULL.items() if k not in less})
ROW = st.lists(st.sampled_from(CHANGES), max_size=3).map(lambda some: joined(*some))


@given(st.one_of(st.just(FULL), COMMON), st.lists(ROW, min_size=2, max_size=6), st.sampled_from(FAULTS))
def test_an_input_says_the_same_after_others_as_alone(
    check: Callable[..., None], common: dict[str, object], rows: list[dict[str, object]], fault: dict[str, object]
) -> None:
    check(common, [*rows, fault, *reversed(rows)])


def test_what_no_input_changes_is_read_once(kind: Kind) -> None:
    common = node(FULL, "fælles.json")
    shared = SharedValues(kind, common)
    read = [
        validate(merged(node(row, "række.json"), common), kind, profile=None, today=TODAY, shared=shared).record.values
        for row in ({"a": 2, "g": {"y": 5}}, {"a": "x"}, {"a": 3, "g": {"y": 6}})
    ]
    first, last = read[0], read[-1]
    holding = [name for name, value in first.items() if isinstance(value, Group | list)]
    assert [name for name in holding if first[name] is last[name]] == ["kort", "ord", "poster", ARRANGEMENT, EXTRA]
    assert isinstance(first["g"], Group)
    assert isinstance(last["g"], Group)
    assert [name for name in first["g"] if first["g"][name] is not last["g"][name]] == ["y", "z", "t", "h"]


def test_a_day_and_a_profile_have_values_of_their_own(kind: Kind) -> None:
    common = node(FULL, "fælles.json")
    shared = SharedValues(kind, common)
    root = merged(node({"a": 3}, "række.json"), common)
    for today in (TODAY, date(2026, 11, 23), TODAY):
        assert held(root, kind, shared, today) == held(root, kind, today=today)


def test_a_file_is_looked_for_in_every_input(kind: Kind, tmp_path: Path) -> None:
    common = node({**FULL, "fil": "plan.pdf", "filer": ["plan.pdf"]}, "fælles.json")
    shared = SharedValues(kind, common)
    root = merged(node({"a": 3}, "række.json"), common)
    seen = []
    for _ in range(2):
        found = validate(
            root, kind, profile=None, today=TODAY, around=Surroundings(tmp_path), shared=shared
        ).record.values
        seen.append((found["fil"].findes, found["filer"][0]["fil"].findes))  # type: ignore[attr-defined,index]
        (tmp_path / "plan.pdf").write_bytes(b"")
    assert seen == [(False, False), (True, True)]


@pytest.mark.parametrize("less", [(), ("g",), ("liste", "valgt"), ("a", "d")])
def test_a_field_is_made_from_the_fields_that_are_needed_for_it(kind: Kind, less: tuple[str, ...]) -> None:
    given = {name: value for name, value in joined(FULL, {"k": {"m": 5}}).items() if name not in less}
    whole = glimpse(node(given, "x.json"), kind, profile=None, today=TODAY, around=AROUND).values
    for name in kind.root.fields:
        needed = Dependencies(kind).needed_for([name])
        part = given if needed is None else {one: value for one, value in given.items() if one in needed}
        alone = glimpse(node(part, "x.json"), kind, profile=None, today=TODAY, around=AROUND).values
        assert seen(alone, name) == seen(whole, name), (name, needed)


def seen(values: Group, name: str) -> object:
    """The value of a field with all that is in it, read now; None where it is refused."""
    try:
        return read(values[name])
    except InvalidValueError:
        return None


def read(value: object) -> object:
    if isinstance(value, Group):
        return value.sti, [(name, seen(value, name)) for name in value.declared]
    return [read(one) for one in value] if isinstance(value, list) else (type(value), value)
