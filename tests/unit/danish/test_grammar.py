"""Danish word forms follow Retskrivningsordbogen."""

from __future__ import annotations

import pytest
from hypothesis import given

from docgen.danish import grammar
from docgen.danish.formats import NBSP

from .strategies import any_text


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Odense", "Odenses"),
        ("Randers", "Randers'"),
        ("Aarhus", "Aarhus'"),
        ("Middelfart", "Middelfarts"),
        ("Region Syddanmark", "Region Syddanmarks"),
        ("Københavns Kommune", "Københavns Kommunes"),
        ("Bornholms Regionskommune", "Bornholms Regionskommunes"),
        ("Halsnæs", "Halsnæs'"),
        ("Sundhedsråd Fyn", "Sundhedsråd Fyns"),
        ("Bilka & Føtex", "Bilka & Føtex'"),
        ("Lorentz", "Lorentz'"),
        ("Bach", "Bachs"),
        ("KL", "KL's"),
        ("EU", "EU's"),
        ("OS2", "OS2's"),
        ("SAS", "SAS'"),
        ("Jensen A/S", "Jensen A/S'"),
        ("Ærø Biler ApS", "Ærø Biler ApS'"),
        ("Systue I/S", "Systue I/S'"),
        ("Region H", "Region H's"),
        ("Christian IV", "Christian IV's"),
        ("Christian 4.", "Christian 4.s"),
        ("Storm P.", "Storm P.s"),
        ("litra b", "litra b's"),
        ("afs.", "afs.s"),
        ("20 %", "20 %'s"),
        ("20 pct.", "20 pct.s"),
        ("165", "165's"),
        ("tv", "tv's"),
        ("it", "it's"),
        ("2 cm", "2 cm's"),
        ("Kommunernes Landsforening (KL)", "Kommunernes Landsforenings (KL)"),
        ("»Fælles sundhed«", "»Fælles sundhed«s"),
        ("Anders'", "Anders'"),
        ("Å", "Å's"),
        ("", ""),
    ],
)
def test_genitive(name: str, genitive: str) -> None:
    assert grammar.genitive(name) == genitive


@given(any_text)
def test_genitive_adds_at_most_two_signs_to_any_text(text: str) -> None:
    found = grammar.genitive(text)
    assert len(text.rstrip()) <= len(found) <= len(text.rstrip()) + 2


@pytest.mark.parametrize(
    ("count", "written"), [(0, "0 møder"), (1, "1 møde"), (-1, "-1 møde"), (1.5, "1,5 møder"), (1500, "1.500 møder")]
)
def test_antal(count: float, written: str) -> None:
    assert grammar.antal(count, "møde", "møder") == written


def test_capitals() -> None:
    assert grammar.capitalize_first("økonomi og KL") == "Økonomi og KL"
    assert grammar.lower_first("Økonomi") == "økonomi"
    assert grammar.lower_first("I dag") == "i dag"
    assert grammar.lower_first("E-mail") == "e-mail"
    assert [grammar.lower_first(text) for text in ("KL's udspil", "A/S", "OS2", "")] == [
        "KL's udspil",
        "A/S",
        "OS2",
        "",
    ]


def test_law_references() -> None:
    assert grammar.law_reference(5) == "§\u00a05"
    written = grammar.law_reference("§ 14 a", stk=1, nr=2, litra="b", pkt=3)
    assert written == "§\u00a014\u00a0a, stk.\u00a01, nr.\u00a02, litra\u00a0b, 3.\u00a0pkt."


@pytest.mark.parametrize(
    "marked",
    [
        "efter §~5, stk.~1, nr.~2, litra~b, 1.~pkt. i loven",
        "§§~14-17 og kap.~3",
        "tirsdag den 16.~april 2024 kl.~16.30 i byrådssalen",
        "den 15.~i måneden",
        "sagsnr.~24/1234 og CVR-nr.~29190909",
        "500.000~kr., 1,4~mio.~kr. og 75~pct. eller 20~% af 3~mia.~kr.",
        "H.~C.~Andersens Vej 12A,~1.~th, 8000 Aarhus C",
        "Torvet 5,~st.~tv, 5000 Odense",
        "Mødet sluttede. Der var 3 punkter. Nr. et var §. 12 kroner",
        "stk. tilbage, kl. i klassen, litra efter litra",
        "plan B. Alle er med, og 12. er et nummer",
    ],
)
def test_no_break(marked: str) -> None:
    unmarked = marked.replace("~", " ")
    expected = marked.replace("12 kroner", f"12{NBSP}kroner").replace("~", NBSP)
    expected = expected.replace("C.~A", "C. A").replace(f"C.{NBSP}Andersens", "C. Andersens")
    assert grammar.no_break(unmarked) == expected


@given(any_text)
def test_no_break_changes_nothing_but_spaces_and_only_once(text: str) -> None:
    once = grammar.no_break(text)
    assert once.replace(NBSP, " ") == text.replace(NBSP, " ")
    assert grammar.no_break(once) == once
