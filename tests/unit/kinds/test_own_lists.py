"""Lists whose rows stand in files of their own: taken from any kind of file, merged by id, and summed by source."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from docgen.catalog import as_text
from docgen.danish.quantities import Amount
from docgen.diagnostics import CellPlace, DocgenError, Severity, has_errors
from docgen.forms.excel.file import excel_bytes
from docgen.forms.excel.writer import excel_form
from docgen.forms.word.writer import word_form
from docgen.kinds.kind import load_kind
from docgen.kinds.schema import json_schema
from docgen.pipeline import Request, check
from tests.unit.kinds.test_schema_and_skeleton import faults

REGISTER = """
    type: {titel: Register}
    typer:
      ting:
        id: {type: tekst, nøgle: ja, påkrævet: ja, etiket: Nummer, alias: [nr]}
        navn: {type: tekst, kort: ja, etiket: Betegnelse}
        pris: {type: beløb, etiket: Pris}
        rabat: {type: beløb, etiket: Rabat}
        antal: {type: tal, standard: 1}
        købt: {type: dato, etiket: Købt}
        serienr: {type: tekst, entydig: ja, etiket: Serienummer}
        mærker: {type: liste, af: tekst, etiket: Mærker}
        mål: {type: gruppe, felter: {højde: {type: tal, etiket: Højde}, bredde: {type: tal, etiket: Bredde}}}
        dele: {type: liste, af: del, etiket: Dele}
        dobbelt: {type: beløb, beregn: "pris * 2"}
      del:
        kode: {type: tekst, nøgle: ja}
        dele: {type: liste, af: del}
    felter:
      ting: {type: liste, af: ting, etiket: Tingene, alias: [genstande]}
      løst: {type: liste, af: tekst}
      gruppe: {type: gruppe, felter: {ting: {type: liste, af: ting}}}
      i_alt: {type: beløb, beregn: "sum(ting, 'pris')"}
"""


@pytest.fixture
def run(workshop, tmp_path):
    workshop.write({"felter.yaml": REGISTER}, "register")

    def run(text: str, **files: str | bytes):
        for name, one in files.items():
            path = tmp_path / "register" / re.sub("_(?=[a-z]+$)", ".", name)
            path.write_bytes(one) if isinstance(one, bytes) else workshop.write({path.name: one}, "register")
        workshop.write({"i.yaml": text}, "register")
        source = tmp_path / "register" / "i.yaml"
        return check(
            Request(kind="register", source=source, today=workshop.today, folders=[tmp_path], cache=tmp_path / "cache")
        )

    return run


@pytest.fixture
def told(run, workshop, tmp_path):
    def told(text: str, language: str = "da", **files: str | bytes) -> str:
        found = run(text, **files).diagnostics
        texts = [as_text(one, language) for one in found]
        return "\n".join(texts).replace(f"{(tmp_path / 'register').as_posix()}/", "")

    return told


def book(*rows: list[object], sheet: str = "Ark1", **sheets: list[list[object]]) -> bytes:
    made = Workbook()
    made.worksheets[0].title = sheet
    for row in rows:
        made.worksheets[0].append(row)
    for name, others in sheets.items():
        other = made.create_sheet(name)
        for row in others:
            other.append(row)
    return excel_bytes(made)


def names(checked) -> list[tuple[str, str]]:
    assert checked.record, [as_text(one) for one in checked.diagnostics]
    return [(str(one), one["navn"]) for one in checked.record.values["ting"]]


# --- where rows come from


@pytest.mark.parametrize(
    "content",
    [
        {"a_yaml": "- {id: T1, navn: Bord}\n- {nr: T2, navn: Stol}"},
        {"a_yaml": "ting:\n  - {id: T1, navn: Bord}\n  - {id: T2, navn: Stol}\nandet: uset"},
        {"a_yaml": "genstande: [{id: T1, navn: Bord}, {id: T2, navn: Stol}]"},
        {"a_json": '[{"id": "T1", "navn": "Bord"}, {"id": "T2", "navn": "Stol"}]'},
        {"a_toml": '[[ting]]\nid = "T1"\nnavn = "Bord"\n[[ting]]\nid = "T2"\nnavn = "Stol"\n'},
        {"a_xlsx": book(["Nummer", "Betegnelse"], ["T1", "Bord"], ["T2", "Stol"])},
        {"a_xlsx": book(["navn", "nr"], ["Bord", "T1"], [], ["Stol", "T2"])},
        {"a_xlsx": book(["Liste"], [], [None, "NUMMER *", "Betegnelse"], [None, "T1", "Bord"], [None, "T2", "Stol"])},
        {"a_xlsx": book(["andet"], sheet="Noter", Tingene=[["Nummer", "Betegnelse"], ["T1", "Bord"], ["T2", "Stol"]])},
        {"a_xlsx": book(["andet"], sheet="Noter", ting=[["Nummer", "Betegnelse"], ["T1", "Bord"], ["T2", "Stol"]])},
    ],
    ids=["yaml", "yaml with the list", "yaml by alias", "json", "toml", "workbook", "moved", "title", "label", "name"],
)  # fmt: skip
def test_rows_come_from_a_file(run, content):
    checked = run(f"ting: {{fra: {next(iter(content)).replace('_', '.')}}}", **content)
    assert names(checked) == [("T1", "Bord"), ("T2", "Stol")]


def test_rows_come_from_several_files_and_the_input_itself(run):
    checked = run(
        """
        ting:
          fra: [a.yaml, {fil: b.xlsx, ark: Syd}]
          rækker: [{id: T9, navn: Reol}]
        """,
        a_yaml="- {id: T1, navn: Bord}",
        b_xlsx=book(["Nummer"], ["T7"], Syd=[["Nummer", "Betegnelse"], ["T2", "Stol"]]),
    )
    assert names(checked) == [("T1", "Bord"), ("T2", "Stol"), ("T9", "Reol")]


def test_a_list_in_a_group_and_a_list_in_a_row_come_from_files(run):
    checked = run(
        "gruppe: {ting: {fra: a.yaml}}\nting: [{id: T3, dele: {fra: d.yaml}}]",
        a_yaml="[{id: T1}]",
        d_yaml="[{kode: K}]",
    )
    assert [str(one) for one in checked.record.values["gruppe"]["ting"]] == ["T1"]
    assert [str(one) for one in checked.record.values["ting"][0]["dele"]] == ["K"]


FORM = """
    ting:
      - {id: T1, navn: Bord, pris: "1.250,50", mærker: [A, B], dele: [{kode: ben}, {kode: plade}]}
      - {id: T2, navn: "=Stol"}
"""


def test_rows_come_from_a_form_in_excel_with_the_lists_inside_them(run, workshop, tmp_path):
    form = excel_form(load_kind("register", [tmp_path]), workshop.tree(FORM)).data
    checked = run("ting: {fra: skema.xlsx}", skema_xlsx=form)
    assert names(checked) == [("T1", "Bord"), ("T2", "=Stol")]
    one = checked.record.values["ting"][0]
    assert (one["mærker"], [str(part) for part in one["dele"]]) == (["A", "B"], ["ben", "plade"])
    assert isinstance(checked.record.place("ting[1].pris"), CellPlace)


def test_rows_come_from_a_form_in_word(run, workshop, tmp_path):
    form = word_form(load_kind("register", [tmp_path]), workshop.tree(FORM), part="ting")
    checked = run("ting: {fra: skema.docx, rækker: [{id: T9, navn: Reol}]}", skema_docx=form)
    assert names(checked) == [("T1", "Bord"), ("T2", "=Stol"), ("T9", "Reol")]


def test_cells_are_read_as_their_fields_say(run):
    rows = [
        ["Nummer", "Pris", "Købt", "Mærker", "Mål: Højde", "mål.bredde"],
        [1, "1.250,50 kr.", "3. maj 2026", "A\nB", 12.5, "3"],
        ["T2", 1250.5, 2, None, None, None],
    ]
    rows[2][2] = "31.12.2026"
    checked = run("ting: {fra: a.xlsx}", a_xlsx=book(*rows))
    assert checked.record, [as_text(one) for one in checked.diagnostics]
    one, other = checked.record.values["ting"]
    assert (one["id"], one["pris"], str(one["købt"]), one["mærker"]) == (
        "1",
        Amount(Decimal("1250.5")),
        "2026-05-03",
        ["A", "B"],
    )
    assert (one["mål"]["højde"].value, one["mål"]["bredde"].value) == (Decimal("12.5"), 3)
    assert (other["pris"], other["mærker"], str(other["købt"])) == (Amount(Decimal("1250.5")), [], "2026-12-31")
    assert checked.record.values["i_alt"] == Amount(Decimal("2501"))


def test_elements_keep_their_own_places(told):
    said = told(
        "ting: {fra: [a.yaml, b.xlsx]}",
        a_yaml="- id: T1\n  pris: mange\n",
        b_xlsx=book(["Nummer", "Pris"], ["T2", "5"], ["T3", "få"]),
    )
    assert 'fejl DG216: "pris" er ikke et beløb: "mange"\n  a.yaml:2:9' in said
    assert 'fejl DG216: "Pris" er ikke et beløb: "få"\n  b.xlsx, Ark1!B3' in said


RULE = """
    - kode: dyrt
      for: ting
      krav: "not den.pris or den.pris < 100"
      ved: pris
      alvor: advarsel
      besked: "{{ den.id }} er dyr"
      grundlag: skøn
"""


@pytest.mark.parametrize("files", ["b.xlsx", "[a.yaml, b.xlsx]"])
def test_rules_point_to_the_cells_and_lines_of_the_rows(workshop, told, files):
    workshop.write({"regler.yaml": RULE}, "register")
    said = told(
        f"ting: {{fra: {files}, rækker: [{{id: T9, pris: 300}}]}}",
        a_yaml="- {id: T1, pris: 200}",
        b_xlsx=book(["nr", "Pris", "Serienummer"], ["T2", 100, "X1"], ["T3", None, "X1"]),
    )
    assert "advarsel DG300: T2 er dyr (dyrt)\n  b.xlsx, Ark1!B2" in said
    assert ("advarsel DG300: T1 er dyr (dyrt)\n  a.yaml:1:18" in said) is ("a.yaml" in files)
    assert "advarsel DG300: T9 er dyr (dyrt)\n  i.yaml:1:" in said
    assert "DG769" in said


def test_every_row_of_a_long_list_is_held_against_the_rules(workshop, run):
    """Rows that say the same in all that a rule reads need not all be asked, but no other."""
    workshop.write(
        {
            "regler.yaml": """
    - {kode: dyr, for: ting, når: "den.navn == 'Bord'", krav: "den.pris > over.ting[2].pris.value or den.antal == 2",
       alvor: advarsel, grundlag: regning, besked: "{{ den.id }}"}
    - {kode: billig, for: ting, når: "den.navn == 'Bord'", krav: "den.pris > 1 or den.antal == 2", ved: pris,
       alvor: advarsel, grundlag: regning, besked: "{{ den.id }}"}
    - {kode: hel, for: ting, krav: "den | attr('navn') or den.navn", alvor: advarsel, grundlag: regning, besked: hel}
        """
        },
        "register",
    )
    rows = [[f"T{at}", "Bord" if at % 3 else "Stol", at % 5, 1 + at % 2] for at in range(250)]
    rows[200][1:] = ["Bord", None, 1]
    checked = run("ting: {fra: b.xlsx}", b_xlsx=book(["nr", "Betegnelse", "Pris", "Antal"], *rows))
    told = [(one.values["kode"], one.path) for one in checked.diagnostics if one.code == "DG300"]
    wrong = [(at, price or 0) for at, (_, name, price, count) in enumerate(rows, 1) if name == "Bord" and count == 1]
    wanted = [("dyr", f"ting[{at}]") for at, price in wrong if price <= 2]
    wanted += [("billig", f"ting[{at}].pris") for at, price in wrong if price <= 1]
    assert told == wanted


def test_keys_that_are_there_twice_in_one_workbook_are_told_with_their_cell(told):
    said = told("ting: {fra: b.xlsx}", b_xlsx=book(["nr", "Serienummer"], ["T1", "X"], ["T1", "Y"], ["T2", "x"]))
    assert 'fejl DG251: to elementer har samme Nummer: "T1"\n  b.xlsx, Ark1!A3' in said
    assert 'advarsel DG769: Serienummer "x" står både ved T1 og ved T2\n  b.xlsx, Ark1!B4' in said
    assert "det andet sted er b.xlsx, Ark1!B2" in said


# --- what is told of them


def test_every_source_is_told_with_its_rows_and_sums(told):
    said = told(
        """
        ting:
          fra: [a.yaml, b.yaml]
          rækker:
            - {id: T9, pris: 1}
        """,
        a_yaml="- {id: T1, pris: 1000, rabat: 10}\n- {id: T2, pris: '250,50'}",
        b_yaml="[{id: T3}]",
    )
    assert (
        said
        == """\
oplysning DG760: "ting" har 2 rækker fra a.yaml: Pris 1.250,50\u00a0kr.; Rabat 10\u00a0kr.
  i.yaml:2:9
    |
  2 |   fra: [a.yaml, b.yaml]
    |         ^^^^^^
oplysning DG760: "ting" har 1 række fra b.yaml
  i.yaml:2:17
    |
  2 |   fra: [a.yaml, b.yaml]
    |                 ^^^^^^
oplysning DG760: "ting" har 1 række fra inputtet selv: Pris 1\u00a0kr.
  i.yaml:4:5
    |
  4 |     - {id: T9, pris: 1}
    |     ^"""
    )


def test_totals_are_not_told_when_something_is_wrong(told):
    assert "DG760" not in told("ting: {fra: a.yaml}", a_yaml="- {id: T1, pris: x}")


def test_the_same_row_in_two_files_is_taken_once(run, told):
    files = {
        "a_yaml": "- {id: T1, navn: Bord, pris: '1.000,00', antal: 1, mål: {højde: 2}, mærker: [A, B], købt: 1.5.2026}",
        "b_xlsx": book(
            ["nr", "Betegnelse", "Pris", "Højde", "Mærker", "Købt"], ["T1", "Bord", 1000, 2, "A\nB", "1. maj 2026"]
        ),
    }
    assert names(run("ting: {fra: [a.yaml, b.xlsx]}", **files)) == [("T1", "Bord")]
    said = told("ting: {fra: [a.yaml, b.xlsx]}", **files)
    assert (
        'advarsel DG767: Nummer "T1" står to steder med samme indhold; rækken er kun taget med én gang\n'
        "  b.xlsx, Ark1!A2\n"
        "  hjælp: slet den ene; den anden er her: a.yaml:1:8"
    ) in said
    assert '"ting" har 0 rækker fra b.xlsx' in said


def test_the_same_id_with_different_content_is_a_fault_with_both_places(told):
    said = told(
        "ting: {fra: [a.yaml, b.xlsx], rækker: [{id: T1, navn: Bord, pris: 7}]}",
        a_yaml="- {id: T1, navn: Bord, pris: 1000}\n- {id: T2}",
        b_xlsx=book(["nr", "Betegnelse", "Pris", "Rabat"], ["T1", "Stol", 1000.5, None], ["T2", "Skab", None, 3]),
    )
    assert (
        'fejl DG768: Nummer "T1" står to steder med forskelligt indhold: '
        "Betegnelse (Bord og Stol), Pris (1000 og 1000,5)\n"
        "  b.xlsx, Ark1!B2\n"
        "  hjælp: ret det ene sted, eller giv den ene række et andet nummer; den anden er her: a.yaml:1:18"
    ) in said
    assert (
        '"T2" står to steder med forskelligt indhold: Betegnelse (— og Skab), Rabat (— og 3)\n  b.xlsx, Ark1!B3' in said
    )
    assert '"T1" står to steder med forskelligt indhold: pris (1000 og 7)\n  i.yaml:1:67' in said


def test_workbooks_with_other_columns_are_one_list(run, told):
    files = {
        "a_xlsx": book(["nr", "Betegnelse", "Pris"], ["T1", "Bord", 10], [None, "Uden nummer", 1], ["T3", "Reol", 30]),
        "b_xlsx": book(["Betegnelse", "Antal", "Nummer"], ["Bord", 1, "T1"], ["Stol", 4, "T2"], ["Skab", 1, "T3"]),
        "c_xlsx": book(["Pris", "Betegnelse", "nr"], [5, "Lampe", "T4"], [6, "Spejl", "T5"]),
    }
    text = "ting: {fra: [a.xlsx, b.xlsx, c.xlsx], rækker: [{id: T6, navn: Kurv, pris: 7}, {id: T5}]}"
    said = told(text, **files)
    places = ["a.xlsx, Ark1!A3", "b.xlsx, Ark1!C2", "b.xlsx, Ark1!A4", "i.yaml:1:84"]
    assert all(place in said for place in places), said
    files["a_xlsx"] = book(["nr", "Betegnelse", "Pris"], ["T1", "Bord", None], ["T3", "Reol", 30])
    files["b_xlsx"] = book(["Betegnelse", "Antal", "Nummer"], ["Bord", 1, "T1"], ["Stol", 4, "T2"])
    checked = run(text.replace(", {id: T5}", ""), **files)
    ting = checked.record.values["ting"]
    assert [(str(one), one["navn"], one.sti) for one in ting] == [
        (f"T{key}", name, f"ting[{number}]")
        for number, (key, name) in enumerate(
            [(1, "Bord"), (3, "Reol"), (2, "Stol"), (4, "Lampe"), (5, "Spejl"), (6, "Kurv")], 1
        )
    ]
    shown = [checked.record.place(f"ting[{number}].navn") for number in (2, 3, 5, 6)]
    assert [getattr(place, "cell", None) for place in shown] == ["B3", "A3", "B3", None]
    assert [getattr(place, "file", "").rpartition("/")[2] for place in shown[:3]] == ["a.xlsx", "b.xlsx", "c.xlsx"]
    assert checked.record.values["i_alt"] == 48
    assert ting[2]["dobbelt"] is None
    assert ting[4]["dobbelt"] == 12


def test_the_rows_that_are_there_are_held_against_the_kind_although_a_file_is_missing(told):
    said = told("ting: {fra: [a.yaml, x.yaml, b.yaml]}", a_yaml="- {id: T1, pris: få}", b_yaml="- {id: T1, pris: 1}")
    assert [line for line in said.splitlines() if line.startswith("fejl")] == [
        'fejl DG761: filen med rækkerne til "ting" findes ikke: x.yaml',
        'fejl DG768: id "T1" står to steder med forskelligt indhold: pris (få og 1)',
        'fejl DG216: "pris" er ikke et beløb: "få"',
    ]


def test_the_same_id_twice_in_one_file_is_a_fault(told):
    said = told("ting: {fra: [a.yaml, b.yaml]}", a_yaml="- {id: T1}\n- {id: T1}", b_yaml="[{id: T2}]")
    assert 'fejl DG251: to elementer har samme id: "T1"\n  a.yaml:2:8' in said


def test_the_same_thing_under_two_ids_is_told_with_both_places(told):
    said = told(
        "ting: {fra: [a.yaml, b.xlsx]}",
        a_yaml="- {id: T1, serienr: AB 12}\n- {id: T2, serienr: AB 13}\n- {id: T3}",
        b_xlsx=book(["nr", "Serienummer"], ["T4", "ab12"], ["T5", None], ["T6", "AB 14"]),
    )
    assert [line for line in said.splitlines() if "DG769" in line] == [
        'advarsel DG769: Serienummer "ab12" står både ved T1 og ved T4'
    ]
    assert "  b.xlsx, Ark1!B2\n  hjælp: tjek, om det samme er skrevet to gange; det andet sted er a.yaml:1:21" in said


def test_the_same_thing_is_told_in_a_list_of_the_input_too(told):
    assert "DG769" in told("ting: [{id: T1, serienr: X1}, {id: T2, serienr: x 1}]")


def test_numbers_like_a_persons_are_found_in_other_files(run):
    checked = run("ting: {fra: a.yaml}", a_yaml="- {id: T1, navn: 010190-1234}")
    (found,) = [one for one in checked.diagnostics if one.code == "DG254"]
    assert found.place.source.name.endswith("a.yaml")


# --- patterns of file names


def rows_of(*ids: str) -> str:
    return "\n".join(f"- {{id: {one}}}" for one in ids)


def test_a_pattern_is_all_files_that_fit_in_the_order_of_their_names(run, tmp_path):
    folder = tmp_path / "register" / "bidrag"
    for name in ("punkt 10", "Punkt 2", "ærø", "zoo", "øen", "aabenraa", "andet", "~$punkt 2", ".punkt 1"):
        (folder / f"{name}.yaml").parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.yaml").write_text(f"- {{id: {name!r}}}", encoding="utf-8")
    (folder / "noter.txt").write_text("x", encoding="utf-8")
    found = [id_ for id_, _ in names(run('ting: {fra: "bidrag/*.YAML"}'))]
    assert found == ["andet", "Punkt 2", "punkt 10", "zoo", "ærø", "øen", "aabenraa"]
    assert [id_ for id_, _ in names(run("ting: {fra: bidrag/?????.yaml}"))] == ["andet"]


def test_what_is_named_else_and_the_input_itself_are_not_taken_by_a_pattern_too(run, told):
    files = {"a_yaml": rows_of("A"), "b_yaml": rows_of("B"), "c_yaml": rows_of("C")}
    found = run('ting: {fra: [c.yaml, "?.yaml", "*.yaml"]}', **files, felter_yaml=REGISTER)
    told_of = [one for one in found.diagnostics if one.code == "DG766"]
    assert [one.values["tekst"] for one in told_of] == ["felter.yaml"]
    assert [id_ for id_, _ in names(run('ting: {fra: [c.yaml, "?.yaml"]}', **files))] == ["C", "A", "B"]
    said = told('ting: {fra: "?.yaml"}')
    assert 'oplysning DG760: "ting" har 3 rækker fra a.yaml (1), b.yaml (1), c.yaml (1)\n  i.yaml:1:13' in said


def test_what_else_a_file_has_is_told(told):
    said = told("ting: {fra: a.yaml}", a_yaml="register: Andet\nting: [{id: T1}]\n")
    assert 'advarsel DG790: fra a.yaml er kun "ting" taget med, ikke register' in said


def test_a_word_form_in_which_the_list_is_empty_is_told(run, told, tmp_path):
    from docgen.forms.word.writer import word_form
    from docgen.kinds.kind import load_kind

    run("ting: []")
    form = word_form(load_kind("register", [tmp_path]), None, "ting")
    assert 'fejl DG791: skemaet a.docx har ingen udfyldte "ting"' in told("ting: {fra: a.docx}", a_docx=form)


def test_a_pattern_of_workbooks_takes_the_same_sheet_of_each(run):
    files = {f"{one}_xlsx": book(["nr"], ["X"], Nord=[["nr"], [one]]) for one in "ab"}
    assert [id_ for id_, _ in names(run('ting: {fra: {fil: "*.xlsx", ark: Nord}}', **files))] == ["a", "b"]


@pytest.mark.parametrize("sign", ["[ab]", "(a)", "a+", "[!x]", "a."])
def test_only_two_signs_mean_more_than_themselves(told, sign):
    assert "DG777" in told(f"ting: {{fra: '{sign}*.yaml'}}", a_yaml=rows_of("A"), b_yaml=rows_of("B"))


# --- what can be wrong


@pytest.mark.parametrize(
    ("text", "files", "said"),
    [
        ("ting: {fra: x.xlsx}", {}, 'DG761: filen med rækkerne til "ting" findes ikke: x.xlsx\n  i.yaml:1:13'),
        ("ting: {fra: [x.yaml, y.yaml]}", {}, "findes ikke: y.yaml\n  i.yaml:1:22"),
        ("ting: {fra: ../../../x.xlsx}", {}, 'DG263: "ting" er ikke stien til en fil'),
        ("ting: {fra: /etc/passwd}", {}, "DG263"),
        ("ting: {fra: /etc/*}", {}, "DG263"),
        ("ting: {fra: ../../../*.xlsx}", {}, "DG263"),
        (
            'ting: {fra: "*.xlsx"}',
            {},
            'DG777: ingen fil passer til "*.xlsx", så der er ingen rækker til "ting"\n  i.yaml:1:13',
        ),
        ("ting: {fra: b*/a.yaml}", {}, "DG777"),
        ("ting: {fra: i*.yaml}", {}, "DG777"),
        ('ting: {fra: ".."}', {}, "DG263"),
        ("ting: {fra: ../register}", {}, 'DG778: "ting" kan ikke hentes fra en hel mappe: ../register\n  i.yaml:1:13'),
        ("ting: {fra: a.csv}", {"a_csv": "id\nT1"}, 'DG763: rækkerne til "ting" kan ikke hentes fra a.csv'),
        ("ting: {fra: {fil: a.yaml, ark: Nord}}", {"a_yaml": "[]"}, 'DG762: a.yaml har ingen ark, men "ting" skal'),
        ("ting: {fra: a.yaml}", {"a_yaml": "andet: [1]"}, 'DG766: a.yaml har ingen liste, der hedder "ting"'),
        ("ting: {fra: i.yaml}", {}, 'DG766: i.yaml har ingen liste, der hedder "ting"'),
        ("ting: {fra: a.yaml}", {"a_yaml": "a: [1"}, "a.yaml:1:4"),
        ("ting: {fra: a.xlsx}", {"a_xlsx": b"nej"}, "DG605: filen er i formatet tekst"),
        ("ting: {fra: [a.yaml, a.yaml]}", {"a_yaml": "[{id: T1}]"}, 'DG772: "ting" henter a.yaml to gange'),
        ("ting: {fra: {fil: a.yaml, fane: x}}", {}, 'DG774: "fane" kendes ikke her (felt: ting)'),
        ("ting: {fra: a.yaml, rækkerne: []}", {}, 'mente du "rækker"?'),
        ("ting: {fra: {ark: Nord}}", {}, "DG773: her skal stå, hvilken fil"),
        ("ting: {fra: [[a.yaml]]}", {}, "DG773"),
        ("ting: {fra: }", {}, "DG773"),
        ("ting: {fra: []}", {}, "DG773"),
        ("ting: {rækker: }", {}, "DG773"),
        ("ting: {rækker: Bord}", {}, 'DG241: "ting" er en liste, men her står kun "Bord"'),
        ("ting: {rækker: {id: T1}}", {}, "DG242"),
        ("ting: {id: T1}", {}, "DG242"),
        ("løst: {fra: a.yaml}", {"a_yaml": "[x]"}, "DG242"),
        (
            "ting: {fra: a.yaml}",
            {"a_yaml": "- {id: T1, dele: {fra: a.yaml}}"},
            'DG771: rækkerne i en fil, der selv er hentet, kan ikke hentes fra en tredje ("dele")\n  a.yaml:1:18',
        ),
        (
            "ting: {fra: {fil: a.xlsx, ark: Nrod}}",
            {"a_xlsx": book(["nr"], sheet="Nord")},
            'DG764: a.xlsx har intet ark, der hedder "Nrod"\n  i.yaml:1:19',
        ),
        (
            "ting: {fra: a.xlsx}",
            {"a_xlsx": book(["nr"], sheet="Nord", Syd=[["nr"]])},
            'rækkerne til "ting" står på\n  i.yaml:1:13',
        ),
        (
            "ting: {fra: a.xlsx}",
            {"a_xlsx": book(["Vare", "Stk."], ["Bord", 2])},
            'DG776: arket "Ark1" har ingen række med overskrifter, som docgen kender ("Tingene")\n  a.xlsx, Ark1!A1',
        ),
        (
            "ting: {fra: a.xlsx}",
            {"a_xlsx": book(["nr", "Farve"], ["T1", "rød"])},
            'advarsel DG703: kolonnen "Farve" i Tingene er ikke læst: intet felt hedder sådan\n  a.xlsx, Ark1!B1',
        ),
        (
            "ting: {fra: a.xlsx}",
            {"a_xlsx": book(["nr", "Nummer"], ["T1", "T2"])},
            'DG710: "Nummer" er det samme felt som "nr" i A1\n  a.xlsx, Ark1!B1',
        ),
        (
            "ting: {fra: a.xlsx}",
            {"a_xlsx": book(["nr", "Pris"], ["T1", "=1+1"])},
            "DG702: cellen har en formel, som ikke er regnet ud\n  a.xlsx, Ark1!B2",
        ),
        (
            "ting: {fra: a.xlsx}",
            {"a_xlsx": book(["nr", "Pris"], ["T1", 2], ["I alt", "=SUM(B2:B2)"])},
            'oplysning DG775: rækken "I alt" ser ud til at være en sum og er ikke taget med\n  a.xlsx, Ark1!A3',
        ),
    ],
)
def test_one_clear_word_of_what_is_wrong(told, text, files, said):
    found = told(text, **files)
    assert said in found
    assert found.count("fejl DG") <= 2 + ("x.yaml" in text)


def test_an_input_that_is_no_file_has_no_files_beside_it(workshop, tmp_path):
    workshop.write({"felter.yaml": REGISTER}, "register")
    held = workshop.held(load_kind("register", [tmp_path]), "ting: {fra: a.yaml}")
    assert "DG770" in workshop.said(held.diagnostics)


def test_merged_cells_and_hidden_rows_are_told(told):
    made = Workbook()
    sheet = made.worksheets[0]
    for row in (["nr", "Betegnelse"], ["T1", "Bord"], ["T2", "Stol"], ["T3", "Skab"]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    sheet.row_dimensions[4].hidden = True
    said = told("ting: {fra: a.xlsx}", a_xlsx=excel_bytes(made))
    assert "advarsel DG708: cellerne B2:B3 er flettet" in said
    assert "advarsel DG707: Tingene har skjulte rækker, som er læst med: 4\n  a.xlsx, Sheet!A4" in said


def test_an_excel_error_is_told(told):
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.append(["nr", "Pris"])
    sheet.append(["T1", None])
    sheet["B2"].value = "#N/A"
    sheet["B2"].data_type = "e"
    assert "fejl DG701: cellen viser #I/T, så værdien kan ikke læses\n  a.xlsx, Sheet!B2" in told(
        "ting: {fra: a.xlsx}", a_xlsx=excel_bytes(made)
    )


def test_it_is_told_in_english(told):
    said = told("ting: {fra: [a.yaml, x.yaml]}", "en", a_yaml="- {id: T1}")
    assert 'the file with the rows of "ting" does not exist: x.yaml' in said
    said = told("ting: {fra: [a.yaml, b.yaml]}", "en", a_yaml="- {id: T1, navn: A}", b_yaml="- {id: T1, navn: B}")
    assert 'id "T1" stands in two places with different content: navn (A and B)' in said


def test_the_only_sheet_with_the_headings_is_the_one(run):
    found = run(
        "ting: {fra: a.xlsx}",
        a_xlsx=book(["hej"], sheet="Noter", Ark2=[["Nummer", "Betegnelse"], ["T1", "Bord"]], Ark3=[]),
    )
    assert names(found) == [("T1", "Bord")]


def test_of_several_sheets_with_the_headings_none_is_guessed(told):
    rows = [["Nummer", "Betegnelse"], ["T1", "Bord"]]
    said = told("ting: {fra: a.xlsx}", a_xlsx=book(*rows, sheet="2025", **{"2026": rows}))
    assert 'hjælp: skriv arkets navn, fx fra: {fil: "a.xlsx", ark: "2025"}; vælg mellem 2025, 2026' in said


def test_notes_below_the_rows_are_no_rows(run, told):
    rows = book(["Nummer", "Betegnelse"], ["T1", "Bord"], ["T2", "Stol"], [], ["Note: husk bilag"], ["Bo, 3. april"])
    assert names(run("ting: {fra: a.xlsx}", a_xlsx=rows)) == [("T1", "Bord"), ("T2", "Stol")]
    said = told("ting: {fra: a.xlsx}", a_xlsx=rows)
    assert 'DG705: "Note: husk bilag" er ikke læst: det står under tabellen (A5, A6)\n  a.xlsx, Ark1!A5' in said
    unfinished = book(["Nummer", "Betegnelse"], ["T1", "Bord"], ["T2"])
    assert len(run("ting: {fra: a.xlsx}", a_xlsx=unfinished).record.values["ting"]) == 2


def test_a_missing_column_is_told_once_and_not_in_every_row(told):
    said = told("ting: {fra: a.xlsx}", a_xlsx=book(["Betegnelse", "Pris"], *([f"Bord {one}", one] for one in range(9))))
    assert said.startswith('fejl DG711: kolonnen "Nummer" mangler i Tingene\n  a.xlsx, Ark1!A1\n')
    assert said.count("fejl") == 1


def test_an_unreadable_cell_is_told_once_although_it_must_be_filled_in(told):
    said = told("ting: {fra: a.xlsx}", a_xlsx=book(["Nummer", "Betegnelse"], ["#N/A", "Bord"], ["=1+1", "Stol"]))
    assert re.findall(r"fejl (DG...).*\n  (.*)", said) == [("DG701", "a.xlsx, Ark1!A2"), ("DG702", "a.xlsx, Ark1!A3")]


@pytest.mark.parametrize(
    ("ting", "fit"),
    [
        ({"fra": "a.xlsx"}, True),
        ({"fra": ["a.xlsx", {"fil": "b.xlsx", "ark": "Nord"}], "rækker": [{"id": "T1"}]}, True),
        ([{"id": "T1"}], True),
        ({"rækker": []}, False),
        ({"fra": {"ark": "Nord"}}, False),
        ({"fra": "a.xlsx", "andet": 1}, False),
        ({"fra": "a.xlsx", "rækker": [{"ukendt": "x"}]}, False),
    ],
)
def test_the_schema_for_editors_knows_where_rows_may_stand(workshop, ting, fit):
    schema = json_schema(workshop.kind(REGISTER))
    assert (list(faults({"ting": ting}, schema, schema)) == []) is fit


def test_only_a_field_of_one_value_can_be_unique(workshop):
    workshop.write({"felter.yaml": "felter: {ting: {type: liste, af: tekst, entydig: ja}}"})
    with pytest.raises(DocgenError) as fault:
        load_kind("prøve", [workshop.folder])
    assert 'DG338: feltet "ting" kan ikke have entydig: ja' in workshop.said(fault.value.diagnostics)


# --- the same rows, however they are spread


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 99999), st.integers(0, 2)), min_size=1, max_size=8))
def test_rows_spread_over_files_are_all_there_and_sum_up(run, spread):
    files = {"a_yaml": [], "b_json": [], "c_xlsx": []}
    for number, (pris, which) in enumerate(spread):
        list(files.values())[which].append((f"T{number}", pris))
    checked = run(
        "ting: {fra: [a.yaml, b.json, c.xlsx]}",
        a_yaml="[" + ", ".join(f"{{id: {name}, pris: {pris}}}" for name, pris in files["a_yaml"]) + "]",
        b_json="[" + ", ".join(f'{{"id": "{name}", "pris": {pris}}}' for name, pris in files["b_json"]) + "]",
        c_xlsx=book(["nr", "pris"], *map(list, files["c_xlsx"])),
    )
    assert not has_errors(checked.diagnostics), [as_text(one) for one in checked.diagnostics]
    assert checked.record.values["i_alt"].value == sum(pris for pris, _ in spread)
    told = [one for one in checked.diagnostics if one.severity is Severity.INFO]
    assert sum(one.values["antal"] for one in told) == len(spread)
    assert sorted(str(one) for one in checked.record.values["ting"]) == sorted(f"T{n}" for n in range(len(spread)))
