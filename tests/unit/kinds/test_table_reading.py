"""A list that stands in a sheet gives the same values and findings as the same list written out row by row."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.catalog import as_text
from docgen.danish.values import Amount, Month, Number, Percent
from docgen.diagnostics import CellPlace, has_errors
from docgen.kinds.group_reading import GroupReading
from docgen.kinds.kind import load_kind
from docgen.kinds.model import Kind
from docgen.kinds.record import Group
from docgen.kinds.validate import Validation, validate
from docgen.sources import Entry, Joined, Mapping, Node, Scalar, Sequence, Table
from docgen.sources.workbook import Sheet
from docgen.sources.workbooks.content import Content
from docgen.sources.workbooks.formats import Shown
from docgen.sources.workbooks.values import Form

TODAY = date(2026, 11, 22)
FELTER = """
    type: {titel: Prøve}
    typer:
      sted:
        by: {type: tekst, påkrævet: ja}
        nummer: {type: tal}
      del:
        navn: {type: tekst, kort: ja}
      række:
        id: {type: tekst, nøgle: ja, påkrævet: ja}
        art: {type: valg, værdier: [hus, bil, andet], standard: andet, alias: [slags]}
        antal: {type: tal, mindst: 0, højst: 100, decimaler: 0, standard: 1}
        pris: {type: beløb, når: "art != 'andet'", påkrævet: "art == 'hus'"}
        andel: {type: procent}
        dato: {type: dato, præcision: [dag, måned], påkrævet: "den.antal > 5 and fase == 'slut'"}
        klokken: {type: klokkeslæt}
        aktiv: {type: ja_nej, standard: ja}
        gruppe: {type: henvisning, til: grupper}
        sted: {type: gruppe, af: sted, når: "aktiv"}
        dele: {type: liste, af: del}
        note: {type: afsnit, påkrævet: "not dele and art == 'bil'"}
        rabat: {type: beløb, når: "fase == 'slut'", påkrævet: "grund and fase == 'slut' and art == 'bil'", standard: 1}
        i_alt: {type: beløb, beregn: "(pris or 0) * antal.value"}
        netto: {type: beløb, beregn: "((pris or 0) - (rabat or 0)) * (andel or 100).value / 3 if andel else i_alt"}
        pr_stk: {type: tal, beregn: "netto / pris if pris else netto.value / antal"}
        fælles: {type: beløb, beregn: "netto if grund else rabat"}
        kvotient: {type: tal, beregn: "pris.value / antal.value if pris else none"}
        tekst: {type: tekst, beregn: "art ~ ' ' ~ (over.fase or '') ~ ' ' ~ (gruppe.navn if gruppe else '')"}
        rang: {type: tal, beregn: "antal.value + sum(grupper, 'tal').value if grupper else 0"}
    felter:
      sum_pris: {type: beløb, beregn: "sum(rækker, 'i_alt')"}
      fase: {type: valg, værdier: [start, slut], standard: start}
      grund: {type: tekst, påkrævet: "fase == 'slut'"}
      grupper:
        type: liste
        højst: 2
        felter:
          navn: {type: tekst, nøgle: ja}
          tal: {type: tal}
      rækker: {type: liste, af: række, højst: 40}
      navne: {type: tekst, beregn: "rækker | map(attribute='tekst') | join(', ')"}
"""
COLUMNS = ("id", "slags", "antal", "pris", "rabat", "andel", "dato", "klokken", "aktiv", "gruppe", "sted.by",
           "sted.nummer", "note", "dele")  # fmt: skip
texts = st.sampled_from(
    ["", " ", "hus", "bil", "andet", "1.250,50", "x", "7", "31.12.2026", "32.1.2026", "8.30", "ja", "nej", "måske",
     "50 %", "A", "B", "Odense", "0,5", "1,234", "010170-1234"]
)  # fmt: skip
numbers = st.integers(-3, 130) | st.sampled_from([Decimal("0.5"), Decimal("1.25"), Decimal("2.345"), 10**19])
moments = st.sampled_from([date(2026, 12, 31), datetime(2026, 12, 31, 8, 30), time(8, 30), timedelta(hours=26)])
sensible = {
    "id": st.integers(1, 30).map(lambda number: f"R-{number}"),
    "slags": st.sampled_from(["hus", "bil", "andet", None]),
    "antal": st.integers(0, 9) | st.none(),
    "pris": st.decimals(0, 10**6, places=2) | st.none(),
    "rabat": st.decimals(0, 100, places=1) | st.none(),
    "andel": st.sampled_from(["50 %", "7,5", None]),
    "dato": st.dates(date(2020, 1, 1), date(2030, 1, 1)) | st.sampled_from([None, date(2026, 5, 1)]),
    "klokken": st.sampled_from([time(8, 30), "9.15", None]),
    "aktiv": st.booleans() | st.none(),
    "gruppe": st.sampled_from(["A", "B", None]),
}
anything = st.none() | texts | numbers | st.booleans() | moments


def sheet(columns: list[list[object]], percents: frozenset[tuple[int, int]] = frozenset()) -> Sheet:
    """A sheet whose columns have these values from row 1 on."""
    content = Content()
    for number, column in enumerate(columns, 1):
        if column:
            content.put(Form("n", Shown.NUMBER), number, range(1, len(column) + 1), column)
    content.percents |= percents
    content.months |= {(row, 6) for row in range(1, 4)}
    return Sheet("a.xlsx", "Ark", content, hidden=False)


def root(rows: Node, fase: str, groups: list[tuple[str, str]], grund: str) -> Mapping:
    place = CellPlace("a.xlsx", "Forside", "A1")

    def entry(name: str, node: Node) -> Entry:
        return Entry(Scalar(name, node.place), node)

    made = []
    for at, (name, number) in enumerate(groups, 1):
        cells = [CellPlace("a.xlsx", "Grupper", f"{letter}{at}") for letter in "AB"]
        made.append(Mapping((entry("navn", Scalar(name, cells[0])), entry("tal", Scalar(number, cells[1]))), cells[0]))
    return Mapping((entry("fase", Scalar(fase, place)), entry("grund", Scalar(grund, place)),
                    entry("grupper", Sequence(tuple(made), place)), entry("rækker", rows)), place)  # fmt: skip


def both(
    kind: Kind,
    table: Sequence,
    fase: str = "slut",
    groups: list[tuple[str, str]] | None = None,
    grund: str = "jord",
) -> Validation:
    """The table read column by column, when it is the same as row by row."""
    told = [("A", "3"), ("B", "4")] if groups is None else groups
    written = Sequence(tuple(table.items), table.place)
    fast, slow = (validate(root(rows, fase, told, grund), kind, profile=None, today=TODAY) for rows in (table, written))
    assert [as_text(one) for one in fast.diagnostics] == [as_text(one) for one in slow.diagnostics]
    assert fast.diagnostics == slow.diagnostics
    assert fast.record.invalid == slow.record.invalid
    assert plain(fast.record.values) == plain(slow.record.values)
    paths = [*slow.record.places, "rækker[99].id", "rækker[1].findes_ikke"]
    assert [fast.record.place(path) for path in paths] == [slow.record.place(path) for path in paths]
    assert set(fast.record.places) == set(slow.record.places)
    return fast


def plain(value: object) -> object:
    """A value with the types and paths that must agree too."""
    if isinstance(value, Group):
        return [(value.sti, name, plain(one)) for name, one in value.items()]
    if isinstance(value, list):
        return [plain(one) for one in value]
    return type(value), value


@pytest.fixture(scope="module")
def kind(tmp_path_factory: pytest.TempPathFactory) -> Kind:
    folder = tmp_path_factory.mktemp("typer") / "prøve"
    folder.mkdir()
    (folder / "felter.yaml").write_text(dedent(FELTER), encoding="utf-8")
    return load_kind("prøve", [folder.parent])


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_table_reads_as_its_rows_do(kind: Kind, data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(COLUMNS), unique=True, min_size=1))
    count = data.draw(st.integers(0, 12))
    wild = data.draw(st.sampled_from([0, 0, 1, 4]))

    def cells(name: str) -> list[object]:
        usual = sensible.get(name, texts)
        return data.draw(st.lists(st.one_of(*[usual] * 6, *[anything] * wild), min_size=count, max_size=count))

    columns = [cells(name) for name in names]
    percents = data.draw(st.frozensets(st.tuples(st.integers(1, 12), st.integers(1, len(names))), max_size=3))
    made = sheet(columns, percents)
    rows = [row for row in range(1, count + 1) if data.draw(st.booleans()) or row < 5]
    table = Table(made, tuple((name, number) for number, name in enumerate(names, 1)), rows, made.place(1, 1))
    fase = data.draw(st.sampled_from(["start", "slut", "?"]))
    groups = data.draw(st.sampled_from([None, [], [("A", "x")], [("A", "1"), ("A", "2")], [("A", "1")] * 3]))
    grund = data.draw(st.sampled_from(["jord", "", "010170-1234"]))
    both(kind, parted(table, data.draw(st.lists(st.integers(0, 12), max_size=2))), fase, groups, grund)


def parted(table: Table, cuts: list[int]) -> Sequence:
    """The rows of a table as a list that stands in several places, the second of which is no table."""
    if not cuts:
        return table
    bounds = [0, *sorted(cuts), len(table.rows)]
    pieces = [table.rows[start:stop] for start, stop in pairwise(bounds)]
    parts: list[Sequence] = [Table(table.sheet, table.columns, rows, table.place) for rows in pieces]
    parts[1] = Sequence(tuple(parts[1]), table.place)
    return Joined(tuple(parts), table.place)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_long_table_reads_as_its_rows_do(kind: Kind, data: st.DataObject) -> None:
    """Numbers of many rows are reckoned together; a few odd ones keep none of the others from it."""
    names = ("id", "slags", "antal", "pris", "rabat", "andel")
    count = data.draw(st.integers(33, 40))
    columns: list[list[object]] = [[f"R-{number}" for number in range(count)]]
    for name in names[1:]:
        some = data.draw(st.lists(sensible[name], min_size=1, max_size=4))
        varied = name in ("pris", "rabat") and data.draw(st.booleans())
        column = [some[at % len(some)] for at in range(count)]
        if varied:
            column = [one + Decimal(at) / 4 if isinstance(one, Decimal) else one for at, one in enumerate(column)]
        columns.append(column)
    for _ in range(data.draw(st.integers(0, 3))):
        columns[data.draw(st.integers(0, len(names) - 1))][data.draw(st.integers(0, count - 1))] = data.draw(anything)
    made = sheet(columns)
    table = Table(made, tuple((name, number) for number, name in enumerate(names, 1)), range(1, count + 1),
                  made.place(1, 1))  # fmt: skip
    fase, grund = data.draw(st.sampled_from(["start", "slut", "?"])), data.draw(st.sampled_from(["jord", ""]))
    both(kind, table, fase, None, grund)


def test_a_list_that_was_refused_is_told_of_once(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    made = sheet([["R-1", "R-2", "R-3"], ["A", None, "?"]])
    table = Table(made, (("id", 1), ("gruppe", 2)), [1, 2, 3], made.place(1, 1))
    groups = [("A", "1"), ("B", "2"), ("C", "3")]
    found = both(kind, table, "start", groups)
    assert {one.path for one in found.diagnostics} == {"grupper"}
    assert {"rækker[1].gruppe", "rækker[3].gruppe"} <= found.record.invalid
    monkeypatch.setattr(GroupReading, "row", None)
    assert validate(root(table, "start", groups, "x"), kind, profile=None, today=TODAY).diagnostics == found.diagnostics


def test_texts_among_numbers_are_read_as_such(kind: Kind) -> None:
    column = [Decimal(at) / 4 for at in range(40)]
    made = sheet([[f"R-{at}" for at in range(40)], ["hus"] * 40, [*column[:7], "1.250,50", " ", True, *column[10:]]])
    table = Table(made, (("id", 1), ("art", 2), ("pris", 3)), range(1, 41), made.place(1, 1))
    found = both(kind, table, "start")
    assert [(one.code, one.path) for one in found.diagnostics] == [
        ("DG202", "rækker[9].pris"), ("DG216", "rækker[10].pris"),
    ]  # fmt: skip
    rows = found.record.values["rækker"]
    assert [str(rows[at]["pris"].value) for at in (6, 7, 10)] == ["1.5", "1250.50", "2.5"]


@pytest.mark.parametrize(("fase", "grund"), [("?", "jord"), ("slut", "")])
def test_a_value_that_all_rows_read_and_that_was_refused_is_told_of_once(
    kind: Kind, monkeypatch: pytest.MonkeyPatch, fase: str, grund: str
) -> None:
    """No row has to be looked at on its own for it."""
    made = sheet([["R-1", "R-2", "R-3"], ["hus", "hus", "andet"], [1, 2, 3], [5, Decimal("6.5"), None]])
    table = Table(made, (("id", 1), ("art", 2), ("antal", 3), ("pris", 4)), [1, 2, 3], made.place(1, 1))
    found = both(kind, table, fase, None, grund)
    told = {one.path for one in found.diagnostics}
    assert told == {"fase" if fase == "?" else "grund"}
    refused = "rabat" if fase == "?" else "fælles"
    assert {f"rækker[{number}].{refused}" for number in (1, 2, 3)} <= found.record.invalid
    monkeypatch.setattr(GroupReading, "row", None)
    assert validate(root(table, fase, [], grund), kind, profile=None, today=TODAY).diagnostics == found.diagnostics


def test_values_of_cells_are_read_by_the_fields(kind: Kind) -> None:
    made = sheet(
        [["R-1", "R-2"], ["hus", "bil"], [3, "4"], [Decimal("1250.5"), "1.250,50"], [Decimal("0.5"), "12,5 %"],
         [date(2026, 12, 31), date(2026, 5, 1)], [time(8, 30), "9.15"], [True, "nej"], ["A", "B"], ["n", "m"]],
        frozenset({(1, 5)}),
    )  # fmt: skip
    names = ("id", "art", "antal", "pris", "andel", "dato", "klokken", "aktiv", "gruppe", "note")
    table = Table(made, tuple((name, number) for number, name in enumerate(names, 1)), [1, 2], made.place(1, 1))
    found = both(kind, table)
    assert not has_errors(found.diagnostics)
    first, second = found.record.values["rækker"]  # type: ignore[misc]
    assert [first[name] for name in names[2:8]] == [
        Number(3), Amount(Decimal("1250.50")), Percent(50), date(2026, 12, 31), time(8, 30), True,
    ]  # fmt: skip
    assert [second[name] for name in names[2:5]] == [Number(4), Amount(Decimal("1250.50")), Percent(Decimal("12.5"))]
    assert second["dato"] == Month(2026, 5)  # the cell shows no day
    assert second["gruppe"] is found.record.values["grupper"][1]  # type: ignore[index]
    assert first["i_alt"] == Amount(Decimal("3751.5"))
    assert found.record.place("rækker[2].pris") == CellPlace("a.xlsx", "Ark", "D2")
    assert first["dele"] is not second["dele"]


def test_faults_name_their_cells(kind: Kind) -> None:
    made = sheet([["R-1", "R-1", None], ["hus", "bus", "andet"], [None, 1, 2], ["x", None, 5]])
    table = Table(made, (("id", 1), ("art", 2), ("antal", 3), ("pris", 4)), [1, 2, 3], made.place(1, 1))
    told = [f"{one.code} {one.place.cell}" for one in both(kind, table).diagnostics if isinstance(one.place, CellPlace)]
    assert told == ["DG216 D1", "DG251 A2", "DG219 B2", "DG202 A3", "DG249 D3"]


@pytest.mark.parametrize("columns", [("id", "ukendt"), ("id", "i_alt"), ("art", "slags"), ("id", "sted.findes_ikke")])
def test_columns_that_are_no_fields_are_told_of_row_by_row(kind: Kind, columns: tuple[str, ...]) -> None:
    made = sheet([["R-1", "R-2"], ["hus", "bil"]])
    table = Table(made, tuple((name, number) for number, name in enumerate(columns, 1)), [1, 2], made.place(1, 1))
    assert has_errors(both(kind, table).diagnostics)


def test_a_cpr_number_is_told_of_with_its_cell(kind: Kind) -> None:
    made = sheet([["R-1", "R-2"], [None, "ring til 010170-1234"]])
    table = Table(made, (("id", 1), ("note", 2)), [1, 2], made.place(1, 1))
    (found,) = (one for one in both(kind, table).diagnostics if one.code == "DG254")
    assert (found.place, found.path) == (CellPlace("a.xlsx", "Ark", "B2"), "rækker[2].note")
