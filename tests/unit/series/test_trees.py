"""A row and the common values become one input: what stands in the cells, each in its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docgen.diagnostics import CellPlace
from docgen.kinds.merging import Merged
from docgen.series.layout import Cells, Column, Layout, Row, Table, bare
from docgen.series.trees import Trees, takes_from_files
from docgen.sources import Entry, Mapping, Node, Scalar, Sequence, read_text

LAYOUT = Layout(
    "aftaler.xlsx",
    (
        Table(
            "Aftaler",
            (
                Column("A", ("nr",)),
                Column("B", ("part", "navn")),
                Column("C", ("part", "by")),
                Column("D", ("krav", 2, "tekst")),
                Column("E", ("krav", 1, "tekst")),
                Column("F", ("ord",), "tegn"),
            ),
        ),
        Table("Beløb", (Column("B", ("år",)), Column("C", ("kr",))), ("økonomi", "beløb")),
    ),
)
COMMON = read_text("nr: '0'\npart: {navn: Fælles, gade: Vej}\nøkonomi: {moms: nej}\n".encode(), "f.yaml", "yaml").root
NOTHING = Mapping((), CellPlace("f.xlsx", "A", "A1"))
TEXT = st.one_of(st.none(), st.sampled_from(["x", "y; z"]).map(lambda text: (text, text)))
OWN = st.tuples(*[TEXT] * 6)
INNER = st.lists(st.tuples(TEXT, TEXT), max_size=3)


def row(
    number: int, own: tuple[tuple[str, object] | None, ...], inner: list[tuple[tuple[str, object] | None, ...]]
) -> Row:
    amounts = tuple(Cells(number + at, values) for at, values in enumerate(inner))
    return Row(number, cells=Cells(number, own), inner=((1, amounts),) if amounts else ())


def told(node: Node) -> object:
    """What a tree gives, with lists and groups as Python has them."""
    if isinstance(node, Mapping):
        return given_ones({entry.key.text: told(entry.value) for entry in node})
    if isinstance(node, Sequence):
        return [told(item) for item in node]
    return None if node.empty else node.text


def expected(own: tuple[tuple[str, object] | None, ...], inner: list[tuple[tuple[str, object] | None, ...]]) -> object:
    nr, navn, by, second, first, words = [one[0] if one else None for one in own]
    amounts = [given_ones({"år": year and year[0], "kr": crowns and crowns[0]}) for year, crowns in inner]
    return given_ones(
        {
            "nr": nr or "0",
            "part": given_ones({"navn": navn or "Fælles", "by": by, "gade": "Vej"}),
            "krav": [{"tekst": one} for one in (first, second) if one] or None,
            "ord": [part.strip() for part in words.split(";")] if words else None,
            "økonomi": given_ones({"beløb": [one for one in amounts if one] or None, "moms": "nej"}),
        }
    )


def given_ones(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}


@given(st.lists(st.tuples(OWN, INNER), min_size=1, max_size=4))
def test_rows_become_inputs_one_after_the_other(
    rows: list[tuple[tuple[tuple[str, object] | None, ...], list[object]]],
) -> None:
    assert isinstance(COMMON, Mapping)
    trees = Trees(LAYOUT, COMMON)
    for number, (own, inner) in enumerate(rows, 2):
        tree = trees.tree(row(number, own, inner))
        assert told(tree) == expected(own, inner)
        assert tree.place == CellPlace("aftaler.xlsx", "Aftaler", f"A{number}")
        for entry in own_entries(tree):
            assert entry.key.place == places(number)[entry.key.text], entry


def own_entries(tree: Node) -> tuple[Entry, ...]:
    assert isinstance(tree, Merged)
    return tree.own


def places(number: int) -> dict[str, CellPlace]:
    found = {"nr": "A", "part": "B", "krav": "D", "ord": "F"}
    sheet = {name: CellPlace("aftaler.xlsx", "Aftaler", f"{letter}{number}") for name, letter in found.items()}
    return {**sheet, "økonomi": CellPlace("aftaler.xlsx", "Beløb", f"B{number}")}


def test_what_comes_from_the_common_values_is_the_very_same() -> None:
    assert isinstance(COMMON, Mapping)
    tree = Trees(LAYOUT, COMMON).tree(row(2, (None, ("A/S", "A/S"), None, None, None, None), []))
    assert isinstance(tree, Merged)
    assert [entry.key.text for entry in tree.own] == ["part", "krav", "ord"]
    part = tree.get("part")
    assert isinstance(part, Merged)
    assert [entry.key.text for entry in part.own] == ["navn", "by"]
    assert tree.get("økonomi") is COMMON.get("økonomi")


def test_cells_that_nobody_asks_for_are_left_out() -> None:
    trees = Trees(LAYOUT, NOTHING, {"nr", "krav"})
    text = ("x", "x")
    tree = trees.tree(row(2, (text,) * 6, [(text, text)]))
    assert told(tree) == {"nr": "x", "krav": [{"tekst": "x"}, {"tekst": "x"}]}
    assert bare(Trees(LAYOUT, NOTHING, set()).tree(row(2, (text,) * 6, [(text, text)]))) == {}


def test_only_inputs_that_say_so_take_from_files() -> None:
    plain = Trees(LAYOUT, NOTHING)
    one = row(2, (None,) * 6, [])
    assert not plain.takes_from_files(one, plain.tree(one))
    list_of_inputs = read_text(b"poster: {fra: a.xlsx}", "r.yaml", "yaml").root
    assert takes_from_files(list_of_inputs)
    assert plain.takes_from_files(Row(1, node=list_of_inputs), list_of_inputs)
    assert isinstance(list_of_inputs, Mapping)
    shared = Trees(LAYOUT, list_of_inputs)
    assert shared.takes_from_files(one, shared.tree(one))
    own = Trees(Layout("a.xlsx", (Table("A", (Column("A", ("poster", "fra")),)),)), list_of_inputs)
    other = Row(2, cells=Cells(2, (("b.xlsx", "b.xlsx"),)))
    assert own.takes_from_files(other, own.tree(other))
    assert not own.takes_from_files(
        other, Mapping((Entry(Scalar("a", one_place()), Scalar("1", one_place())),), one_place())
    )


def one_place() -> CellPlace:
    return CellPlace("a.xlsx", "A", "A2")
