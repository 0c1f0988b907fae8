"""Groups of people: what `grupper` shows, and that nothing it hides can be reckoned out."""

from __future__ import annotations

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.danish.values import Choice, Number
from docgen.kinds.functions import FUNCTIONS, NonsenseError

grouped = FUNCTIONS["grupper"]
NAMES = "ABCDE"


def people(sizes, hours=None) -> list[dict[str, object]]:
    return [
        {"område": name, "timer": None if hours and not hours[at] else number + 1}
        for at, (name, size) in enumerate(zip(NAMES, sizes, strict=False))
        for number in range(size)
    ]


def shown(sizes, floor) -> list[tuple[object, object, object]]:
    return [(one["navn"], one["antal"], one["samlet"]) for one in grouped(people(sizes), "område", floor)]


def test_large_groups_are_shown_by_size():
    assert shown([5, 9, 5], 5) == [("B", 9, False), ("A", 5, False), ("C", 5, False)]
    assert grouped(people([2, 3]), "område", 1, "timer") == [
        {"navn": "B", "antal": 3, "timer": 6, "samlet": False},
        {"navn": "A", "antal": 2, "timer": 3, "samlet": False},
    ]


def test_small_groups_are_merged():
    assert shown([9, 3, 4, 6], 5) == [("A", 9, False), ("D", 6, False), ("Øvrige", 7, True)]


def test_one_small_group_takes_the_next_smallest_with_it():
    assert shown([9, 3, 7], 5) == [("A", 9, False), ("Øvrige", 10, True)]
    assert shown([9, 4, 5], 5) == [("A", 9, False), ("Øvrige", 9, True)]


def test_groups_that_their_sum_gives_away_take_one_more():
    assert shown([9, 1, 1, 1], 3) == [("Øvrige", 12, True)]
    assert shown([9, 9, 2, 2], 3) == [("A", 9, False), ("Øvrige", 13, True)]


def test_too_few_are_not_shown_at_all():
    assert shown([4], 5) == shown([2, 2], 5) == shown([1, 1], 2) == shown([], 5) == []
    assert grouped(None, "område", 5) == grouped(people([9]), "område", None) == []


def test_those_without_a_value_are_a_group():
    found = grouped([*people([5]), *({"område": None, "timer": 1} for _ in range(5))], "område", 5)
    assert [one["navn"] for one in found] == ["A", "Ikke oplyst"]
    labels = [{"x": Choice("it", "IT & drift")}] * 3
    assert [one["navn"] for one in grouped(labels, "x", 3)] == ["IT & drift"]


def test_a_group_that_is_called_others_is_merged():
    found = grouped([*people([9, 3]), *[{"område": "Øvrige", "timer": 1}] * 7], "område", 5)
    assert [(one["navn"], one["antal"]) for one in found] == [("A", 9), ("Øvrige", 10)]


def test_a_sum_from_few_values_is_not_shown():
    few = [*people([6]), {"område": "B", "timer": 7}, *[{"område": "B", "timer": None}] * 8]
    found = grouped(few, "område", 5, "timer")
    assert [(one["navn"], one["antal"], one["timer"]) for one in found] == [("Øvrige", 15, 28)]
    none = [{"område": "A", "timer": 2}, *[{"område": "A", "timer": None}] * 8]
    assert [(one["antal"], one["timer"]) for one in grouped(none, "område", 5, "timer")] == [(9, None)]


def test_nonsense_is_refused():
    for values in ((people([9]), "område", 0), (people([9]), "område", "x"), (people([9]), "område", 5, "antal")):
        with pytest.raises(NonsenseError):
            grouped(*values)
    with pytest.raises(NonsenseError, match='feltet "omrade" findes ikke'):
        grouped(people([9]), "omrade", 5)


@given(st.lists(st.integers(1, 12), max_size=5), st.integers(1, 6), st.lists(st.booleans(), min_size=5, max_size=5))
def test_no_small_group_is_shown_and_the_sums_are_the_totals(sizes, floor, hours):
    everyone = people(sizes, hours)
    found = grouped(everyone, "område", floor, "timer")
    assert all(one["antal"] >= floor for one in found)
    assert all(one["samlet"] == (one["navn"] == "Øvrige") for one in found)
    if not found:
        return
    assert sum(one["antal"] for one in found) == sum(sizes)
    told = [one["timer"] for one in found]
    if any(one is not None for one in told):
        assert sum(told) == sum(one["timer"] or 0 for one in everyone)
    for one in found:
        if not one["samlet"] and one["timer"] is not None:
            given_hours = [each for each in everyone if each["område"] == one["navn"] and each["timer"]]
            assert len(given_hours) == 0 or len(given_hours) >= floor


@given(st.lists(st.integers(1, 7), min_size=1, max_size=4), st.integers(1, 5))
def test_the_size_of_a_hidden_group_cannot_be_reckoned_out(sizes, floor):
    """Not even by one who knows the names of all groups, the total, and the smallest size that is shown."""
    found = grouped(people(sizes), "område", floor)
    names = {one["navn"] for one in found}
    hidden = [name for name, _ in zip(NAMES, sizes, strict=False) if name not in names]
    if not found or not hidden:
        return
    merged = next(one["antal"] for one in found if one["samlet"])
    least_shown = min((one["antal"] for one in found if not one["samlet"]), default=merged)
    possible = [one for one in product(range(1, merged + 1), repeat=len(hidden)) if sum(one) == merged]
    all_small = [one for one in possible if max(one) < floor]
    some_small = [one for one in possible if min(one) < floor and max(one) <= least_shown]
    for guess in (possible, some_small, *([all_small] if all_small else [])):
        assert all(len({one[at] for one in guess}) > 1 for at in range(len(hidden)))


KIND = """
    udgaver: {intern: {}, offentlig: {uden: [lukket]}}
    typer:
      ansat: {navn: {type: tekst}, område: {type: tekst}, årsværk: {type: tal}}
      gruppe: {navn: {type: tekst}, antal: {type: tal}, årsværk: {type: tal}, samlet: {type: ja_nej},
               linje: {type: tekst, beregn: "navn ~ ': ' ~ antal"}}
    felter:
      mindst: {type: tal, standard: 3}
      ansatte: {type: liste, af: ansat, adgang: lukket}
      grupper: {type: liste, af: gruppe, beregn: "grupper(ansatte, 'område', mindst, 'årsværk')"}
      store: {type: liste, af: gruppe, beregn: "grupper | selectattr('antal', 'gt', 4) | list"}
      i_alt: {type: tal, beregn: "sum(grupper, 'antal')"}
      løst: {type: tal, beregn: "antal(ansatte)"}
"""


def test_groups_stay_in_an_edition_where_the_people_are_closed(workshop):
    kind = workshop.kind(KIND)
    rows = [("Nord", 5), ("Syd", 4), ("Øst", 1)]
    staff = [{"navn": f"Karen {n}", "område": where, "årsværk": 1} for where, size in rows for n in range(size)]
    text = json.dumps({"ansatte": staff}, ensure_ascii=False)
    for edition, loose in (("intern", 10), ("offentlig", 0)):
        names = workshop.context(kind, text, edition=edition).names
        assert [dict(one) for one in names["grupper"]] == [
            {"navn": "Nord", "antal": 5, "årsværk": Number(5), "samlet": False, "linje": "Nord: 5"},
            {"navn": "Øvrige", "antal": 5, "årsværk": Number(5), "samlet": True, "linje": "Øvrige: 5"},
        ]
        assert [one["linje"] for one in names["store"]] == ["Nord: 5", "Øvrige: 5"]
        assert (names["i_alt"], names["løst"]) == (10, loose)
        assert ("Karen" in str(names)) == (edition == "intern")
