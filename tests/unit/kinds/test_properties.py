"""What holds for any input: nothing crashes, every fault has a place and two languages, nothing closed is shown."""

from __future__ import annotations

import json
import pickle
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.catalog import as_json, as_text
from docgen.diagnostics import DocgenError, has_errors
from docgen.kinds.editions import select_edition
from docgen.kinds.record import Group
from docgen.kinds.rules import check_rules
from docgen.kinds.sections import build
from docgen.kinds.validate import validate
from docgen.sources import read_text

TODAY = date(2026, 11, 22)
SECRET = "hemmeligt"
FELTER = """
    type: {titel: Prøve, dokument: {titel: "{{ titel }}"}}
    udgaver: {intern: {}, offentlig: {uden: [lukket]}}
    typer:
      led:
        navn: {type: tekst, kort: ja, nøgle: ja}
        åben: {type: ja_nej, standard: ja}
        beløb: {type: beløb}
        note: {type: afsnit, adgang: lukket}
        led: {type: liste, af: led, skjul: {adgang: lukket, når: "not den.åben", behold: [navn]}}
        linje: {type: tekst, beregn: "navn ~ ' ' ~ note ~ ' ' ~ sum(led, 'beløb')"}
    felter:
      titel: {type: tekst, påkrævet: ja}
      dato: {type: dato, når: "titel != 'x'"}
      led: {type: liste, af: led, højst: 9, skjul: {adgang: lukket, når: "not den.åben", erstat: {navn: Lukket}}}
      valgt: {type: henvisning, til: led}
      alt: {type: tekst, beregn: "led | map(attribute='linje') | join(', ')"}
      tekst: {type: afsnit}
    afsnit:
      tekst: {overskrift: Tekst}
      led: {overskrift: Led}
"""
REGLER = """
    - {kode: sum, for: led, krav: "sum(den.led, 'beløb') <= den.beløb", ved: beløb, alvor: advarsel,
       besked: "{{ den.navn }} er for dyr", grundlag: skøn}
"""
NAMES = ["titel", "dato", "led", "valgt", "alt", "tekst", "navn", "åben", "beløb", "note", "opsætning", "ekstra_afsnit"]
words = st.sampled_from(["x", "ja", "nej", "1.2.2026", "1.000,50", "a", "010170-1234", "{{ titel }}", "", "tekst"])
scalars = words | st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=8)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=4), inner),
    max_leaves=25,
)


@pytest.fixture(scope="module")
def kind(tmp_path_factory):
    from textwrap import dedent

    from docgen.kinds.kind import load_kind

    folder = tmp_path_factory.mktemp("typer") / "prøve"
    folder.mkdir()
    (folder / "felter.yaml").write_text(dedent(FELTER), encoding="utf-8")
    (folder / "regler.yaml").write_text(dedent(REGLER), encoding="utf-8")
    return load_kind("prøve", [folder.parent])


def node(value: object):
    return read_text(json.dumps(value).encode(), "input.json", "json").root


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(NAMES), trees) | trees)
def test_any_input_is_read_or_refused_with_places_in_two_languages(kind, value: object):
    try:
        root = node(value)
    except DocgenError:
        return  # the reader has refused it
    validation = validate(root, kind, profile=None, today=TODAY)
    rules = check_rules(validation.record, edition=None, today=TODAY)
    for one in (*validation.diagnostics, *rules.diagnostics):
        assert one.place is not None or one.code in ("DG301", "DG308")
        for language in ("da", "en"):
            assert "010170-1234" not in as_text(one, language)
            json.dumps(as_json(one, language))
    if not has_errors(validation.diagnostics):
        record = select_edition(validation.record, "offentlig")
        assert set(record.values) == set(kind.root.fields)


elements = st.recursive(
    st.fixed_dictionaries({"åben": st.booleans(), "note": st.just(SECRET)}),
    lambda inner: st.fixed_dictionaries({"åben": st.booleans(), "led": st.lists(inner, max_size=3)}),
    max_leaves=8,
)


def texts(value: object) -> str:
    if isinstance(value, Group):
        return " ".join(texts(one) for one in value.values())
    return " ".join(texts(one) for one in value) if isinstance(value, list) else str(value)


@settings(max_examples=60, deadline=None)
@given(st.lists(elements, max_size=4))
def test_nothing_closed_is_in_the_public_edition(kind, found: list):
    def named(element: dict, number: str, *, inside_closed: bool, top: bool) -> dict:
        # A closed element at the top gets another name, further in it keeps its own; what is inside it goes.
        closed = not element["åben"]
        name = SECRET if inside_closed or (top and closed) else "navn"
        inner = [
            named(one, f"{number}.{at}", inside_closed=inside_closed or closed, top=False)
            for at, one in enumerate(element.get("led", []))
        ]
        return {**element, "navn": f"{name} {number}", "led": inner}

    given_list = [named(one, str(at), inside_closed=False, top=True) for at, one in enumerate(found)]
    validation = validate(node({"titel": "y", "led": given_list}), kind, profile=None, today=TODAY)
    assert not has_errors(validation.diagnostics)
    public = select_edition(validation.record, "offentlig")
    context = build(public, edition="offentlig", profile=None, today=TODAY)
    assert SECRET not in texts(list(context.names.values()))


def test_a_kind_survives_the_cache(kind):
    again = pickle.loads(pickle.dumps(kind))
    root = node({"titel": "y", "led": [{"navn": "a", "beløb": "1,50", "led": [{"navn": "b", "beløb": 2}]}]})
    first, second = (validate(root, one, profile=None, today=TODAY).record for one in (kind, again))
    assert first.values == second.values
    assert [one.values for one in check_rules(second, edition=None, today=TODAY).diagnostics] == [
        one.values for one in check_rules(first, edition=None, today=TODAY).diagnostics
    ]
