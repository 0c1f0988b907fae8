"""What a template sees: the fields, the sections with their numbers, references and the document's texts."""

from __future__ import annotations

from datetime import date

import pytest

from docgen.danish.values import Markdown

TERMS = """
    type:
      titel: Kommissorium
      filnavn: "{{ titel }} {{ udgave }}"
      dokument: {titel: "{{ titel }}", status: "{{ status }}", dato: "{{ dato }}", eksempel: "{{ eksempel }}"}
      nummerering: tal
    udgaver: {intern: {titel: Intern udgave, værdier: {fuld: ja}}, offentlig: {værdier: {fuld: nej}}}
    felter:
      titel: {type: tekst, påkrævet: ja}
      status: {type: valg, værdier: {udkast: Udkast, godkendt: Godkendt}, standard: udkast}
      dato: {type: dato}
      eksempel: {type: ja_nej, standard: nej}
      baggrund: {type: afsnit, etiket: Baggrund}
      formål: {type: afsnit}
      medlemmer: {type: liste, af: tekst}
      økonomi: {type: afsnit}
      budget: {type: afsnit}
    afsnit:
      baggrund: {}
      formål: {overskrift: "Formål med {{ titel }}"}
      medlemmer: {overskrift: Sammensætning, når: "medlemmer or fuld"}
      økonomi: {overskrift: Økonomi}
      budget: {overskrift: Budget, niveau: 2}
      underskrifter: {overskrift: Underskrifter, når: "true", nummer: nej}
"""
INPUT = """
    titel: Åen & vejen
    baggrund: Fordi.
    formål: Derfor.
    økonomi: Penge.
    budget: Mange.
"""


@pytest.fixture
def kind(workshop):
    return workshop.kind(TERMS)


def outline(context) -> list[tuple[str, str]]:
    return [(str(one["nummer"]), str(one["overskrift"])) for one in context.sections]


def test_sections_are_there_when_their_field_or_their_condition_is(workshop, kind):
    context = workshop.context(kind, INPUT)
    assert outline(context) == [
        ("1", "Baggrund"),
        ("2", "Formål med Åen & vejen"),
        ("3", "Sammensætning"),
        ("4", "Økonomi"),
        ("4.1", "Budget"),
        ("", "Underskrifter"),
    ]
    assert context.sections[0] == {
        "id": "baggrund",
        "overskrift": "Baggrund",
        "nummer": "1",
        "niveau": 1,
        "nummereret": True,
        "tekst": Markdown("Fordi."),
        "felt": "baggrund",
        "klausul": None,
    }
    assert (context.sections[2]["tekst"], context.sections[2]["felt"]) == (None, "medlemmer")
    assert (context.sections[5]["nummereret"], context.sections[5]["felt"]) == (False, "")
    assert ("3", "Sammensætning") not in outline(workshop.context(kind, INPUT, edition="offentlig"))


def test_templates_see_every_field_and_the_run(workshop, kind):
    names = workshop.context(kind, INPUT + "    dato: 1.3.2026\n").names
    assert set(names) == {
        *("titel", "status", "dato", "eksempel", "baggrund", "formål", "medlemmer", "økonomi", "budget"),
        *("afsnit", "dokument", "udgave", "profil", "idag", "fuld", "nummer", "henvis"),
    }
    assert (names["udgave"], names["profil"], names["idag"]) == ("intern", "", date(2026, 11, 22))
    assert names["medlemmer"] == []
    assert names["dokument"] == {
        "titel": "Åen & vejen",
        "status": "Udkast",
        "version": "",
        "dato": "1.\u00a0marts 2026",
        "sagsnummer": "",
        "organisation": "",
        "eksempel": "",
        "type": "Kommissorium",
        "udgave": "Intern udgave",
        "udkast": True,
    }


def test_the_file_name_is_the_text_of_filnavn(workshop, kind):
    assert workshop.context(kind, INPUT).filename == "Åen & vejen intern"
    assert workshop.context(workshop.kind("felter: {a: {type: tekst}}"), "a: x").filename == ""


def test_an_input_arranges_its_sections(workshop, kind):
    context = workshop.context(
        kind,
        INPUT
        + """
    opsætning:
      rækkefølge: [økonomi, formål]
      overskrifter: {formål: "Opgaven {{ 7 }}", særligt: Særlige forhold}
      udelad: [medlemmer]
      nummerering: paragraf
    ekstra_afsnit:
      - {overskrift: Kontrakt, tekst: "Se *bilag*.", efter: formål, id: særligt}
      - {overskrift: Bilag, tekst: x}
      - {overskrift: Renter, tekst: y, efter: økonomi, niveau: 2}
    """,
    )
    assert outline(context) == [
        ("§\u00a01", "Økonomi"),
        ("Stk.\u00a01", "Renter"),
        ("Stk.\u00a02", "Budget"),
        ("§\u00a02", "Opgaven {{ 7 }}"),
        ("§\u00a03", "Særlige forhold"),
        ("§\u00a04", "Baggrund"),
        ("§\u00a05", "Bilag"),
        ("", "Underskrifter"),
    ]
    assert context.numbering == "paragraf"
    assert context.sections[4]["tekst"] == Markdown("Se *bilag*.")
    assert "opsætning" not in context.names


def test_an_extra_section_without_a_place_stands_before_the_back_matter(workshop):
    kind = workshop.kind(
        """
        felter:
          formål: {type: afsnit}
          økonomi: {type: afsnit}
          log: {type: afsnit}
          bilag: {type: afsnit}
        afsnit:
          forord: {overskrift: Forord, når: "true", nummer: nej}
          formål: {}
          økonomi: {}
          log: {nummer: nej}
          bilag: {nummer: nej}
        """
    )
    extra = "{overskrift: Først, tekst: x}, {overskrift: Så, tekst: y}, {overskrift: Under, tekst: z, niveau: 2}"
    context = workshop.context(kind, f"formål: a\nlog: b\nbilag: c\nekstra_afsnit: [{extra}]")
    assert outline(context) == [
        ("", "Forord"),
        ("1", "Formål"),
        ("2", "Først"),
        ("3", "Så"),
        ("3.1", "Under"),
        ("", "Log"),
        ("", "Bilag"),
    ]
    assert outline(workshop.context(kind, "ekstra_afsnit: [{overskrift: Kun, tekst: x}]"))[-1] == ("1", "Kun")


def test_a_profile_arranges_and_an_input_changes_it(workshop):
    profile = "opsætning: {rækkefølge: [formål], overskrifter: {formål: Opgave, baggrund: Hvorfor}, nummerering: ingen}"
    kind = workshop.kind(TERMS, {"profiler/nyborg.yaml": profile})
    text = INPUT + "    opsætning: {overskrifter: {baggrund: Forhistorie}, udelad: [medlemmer, økonomi]}\n"
    context = workshop.context(kind, text, profile="nyborg")
    assert outline(context) == [("", "Opgave"), ("", "Forhistorie"), ("", "Underskrifter")]
    assert context.names["profil"] == "nyborg"
    assert [one["nummereret"] for one in context.sections] == [False, False, False]


@pytest.mark.parametrize(
    ("numbering", "number", "reference"),
    [("tal", "4.1", "afsnit\u00a04.1"), ("paragraf", "4.1", "§\u00a04, stk.\u00a01"), ("ingen", None, "»Budget«")],
)
def test_references_follow_the_numbering(workshop, kind, numbering: str, number: str | None, reference: str):
    names = workshop.context(kind, INPUT + f"    opsætning: {{nummerering: {numbering}}}\n").names
    assert names["henvis"]("budget") == reference
    assert names["henvis"]("underskrifter") == "»Underskrifter«"
    if number:
        assert names["nummer"]("budget") == number
        assert names["nummer"]("baggrund") == "1"
    else:
        with pytest.raises(ValueError, match="har intet nummer"):
            names["nummer"]("budget")


def test_a_reference_to_a_section_that_is_not_there_says_so(workshop, kind):
    henvis = workshop.context(kind, INPUT + "    opsætning: {udelad: [økonomi]}\n").names["henvis"]
    with pytest.raises(ValueError, match='afsnittet "økonomi" er ikke med i dokumentet'):
        henvis("økonomi")
    with pytest.raises(ValueError, match='intet afsnit, der hedder "oekonomy"; mente du "økonomi"'):
        henvis("oekonomy")


def test_what_stands_under_a_section_goes_with_it(workshop, kind):
    assert [number for number, _ in outline(workshop.context(kind, "titel: x\nbudget: y", edition="offentlig"))] == [""]


CLAUSES = {
    "klausuler/10-parter.md": """
        ---
        id: parter
        overskrift: Parter i {{ titel }}
        version: "1.0"
        lås: F
        når: "art != 'anmodning'"
        kilde: praksis
        ---

        Aftalen er mellem {{ titel }} og os.

        Slut.
        """,
    "klausuler/20-ansvar.md": "---\noverskrift: Ansvar\n---\nTekst\n",
    "klausuler/05-anmodning.md": "---\nnår: art == 'anmodning'\n---\nTekst\n",
}
AGREEMENT = """
    type: {titel: Aftale, stykker: ja, nummerering: paragraf}
    felter:
      titel: {type: tekst}
      art: {type: valg, værdier: [aftale, anmodning], standard: aftale}
    afsnit:
      20-ansvar: {}
      parter: {}
"""


def test_clauses_give_sections_their_text(workshop):
    kind = workshop.kind(AGREEMENT, CLAUSES)
    context = workshop.context(kind, "titel: Åben drift")
    assert outline(context) == [("§\u00a01", "Ansvar"), ("§\u00a02", "Parter i Åben drift")]
    assert context.clause_paragraphs
    clause = context.sections[1]["klausul"]
    assert (clause.id, clause.version, clause.lock, clause.kilde) == ("parter", "1.0", "F", "praksis")
    assert clause.tekst == "Aftalen er mellem {{ titel }} og os.\n\nSlut."
    assert clause.source.lines[clause.first_line - 1] == "Aftalen er mellem {{ titel }} og os."
    assert context.sections[1]["tekst"] is None


def test_clauses_that_no_section_places_come_after_in_the_order_of_their_files(workshop):
    kind = workshop.kind(AGREEMENT, CLAUSES)
    assert outline(workshop.context(kind, "art: anmodning")) == [("§\u00a01", "Ansvar"), ("§\u00a02", "05-anmodning")]
