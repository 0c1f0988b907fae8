"""What a kind gives to editors and to people who start from nothing: the JSON Schema and the skeleton."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.catalog import as_text
from docgen.diagnostics import Diagnostic
from docgen.kinds.composite_fields import ListType
from docgen.kinds.fields import At, ScalarType
from docgen.kinds.kind import Kind, find_kinds, load_kind
from docgen.kinds.schema import json_schema, plain
from docgen.kinds.skeleton import skeleton
from docgen.kinds.validate import Validation, validate
from docgen.sources import Sequence, read, read_text

TEMPLATES = Path(__file__).parents[3] / "templates"
KINDS = sorted(find_kinds([TEMPLATES]))
MEETING = """
    type: {titel: Møde, beskrivelse: Et møde}
    typer:
      punkt:
        nr: {type: tal, etiket: Nummer}
        titel: {type: tekst, kort: ja, påkrævet: ja, etiket: Titel, hjælp: Punktets overskrift., eksempel: "Økonomi: 1"}
        underpunkter: {type: liste, af: punkt, etiket: Underpunkter}
    felter:
      titel: {type: tekst, påkrævet: ja, etiket: Titel, hjælp: Hvad mødet hedder., eksempel: Åbent møde, alias: [navn]}
      dato: {type: dato, påkrævet: ja, etiket: Dato, eksempel: 1. marts 2026}
      fase: {type: valg, værdier: [udkast, i_høring], standard: udkast, etiket: Fase}
      sted: {type: gruppe, etiket: Sted, felter: {adresse: {type: tekst, eksempel: Torvet 1}}}
      punkter: {type: liste, af: punkt, påkrævet: ja, mindst: 1, etiket: Punkter}
      gæster: {type: liste, af: punkt, etiket: Gæster}
      navne: {type: liste, af: tekst, etiket: Navne, eksempel: [Åse, Bo]}
      i_alt: {type: tal, beregn: "antal(punkter)"}
"""
SKELETON = """\
# yaml-language-server: $schema=møde.schema.json
# Møde: Et møde
# Udfyld linjerne. Linjer, der begynder med #, er forklaringer eller felter, du kan lade være. Fjern #
# foran de felter, du vil bruge, også foran linjerne under dem, og ret teksten efter kolon.

# Titel (skal udfyldes)
# Hvad mødet hedder.
# Eksempel: Åbent møde
titel:

# Dato (skal udfyldes)
# Skriv en dato. Eksempel: 1. marts 2026
dato:

# Fase
# Skriv udkast eller i_høring. Skriver du ikke noget, bliver det udkast.
#fase: udkast

# Sted
#sted:
#  # Adresse
#  adresse: Torvet 1

# Punkter (skal udfyldes)
punkter:
  # Titel (skal udfyldes)
  # Punktets overskrift.
  # Eksempel: Økonomi: 1
  - titel:
    # Nummer
    # Skriv et tal.
    #nr: 1.250
    # Underpunkter
    #underpunkter: []

# Gæster
#gæster:
#  # De samme felter som under punkter.
#  # Titel (skal udfyldes)
#  # Punktets overskrift.
#  - titel: "Økonomi: 1"

# Navne
#navne:
#  - Åse
#  - Bo
"""


def faults(value: object, schema: dict, root: dict, path: str = "") -> Iterator[str]:
    """As much of draft-07 as docgen's schemas use."""
    if "$ref" in schema:
        yield from faults(value, root["definitions"][schema["$ref"].removeprefix("#/definitions/")], root, path)
        return
    if "anyOf" in schema and all(list(faults(value, one, root, path)) for one in schema["anyOf"]):
        yield f"{path}: none of anyOf"
    if "not" in schema and not list(faults(value, schema["not"], root, path)):
        yield f"{path}: not allowed here"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{path}: not {schema['pattern']}"
    types = {
        "integer": int,
        "object": dict,
        "array": list,
        "string": str,
        "boolean": bool,
        "number": (int, float),
        "null": type(None),
    }
    wanted = schema.get("type", list(types))
    if not any(isinstance(value, types[one]) for one in ([wanted] if isinstance(wanted, str) else wanted)):
        yield f"{path}: not {wanted}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value} is not in enum"
    if isinstance(value, dict):
        known = schema.get("properties", {})
        yield from (f"{path}: lacks {name}" for name in schema.get("required", ()) if name not in value)
        for name, inner in value.items():
            if name in known:
                yield from faults(inner, known[name], root, f"{path}.{name}")
            elif schema.get("additionalProperties") is False:
                yield f"{path}: unknown {name}"
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield f"{path}: too few"
        for number, inner in enumerate(value):
            yield from faults(inner, schema.get("items", {}), root, f"{path}[{number}]")


def test_the_schema_describes_an_input(workshop):
    schema = json_schema(workshop.kind(MEETING))
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert (schema["title"], schema["description"]) == ("Møde", "Et møde")
    assert schema["required"] == ["dato", "punkter"]
    assert schema["properties"]["titel"] == {
        "title": "Titel",
        "description": "Hvad mødet hedder. Tekst.",
        "type": ["string", "number", "boolean", "null"],
        "examples": ["Åbent møde"],
    }
    assert schema["properties"]["fase"]["enum"] == ["udkast", "i_høring", "i høring", None]
    assert "i_alt" not in schema["properties"]
    json.dumps(schema)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"dato": "1.3.2026", "punkter": ["Økonomi", {"titel": "Drift", "underpunkter": ["a"]}]}, []),
        ({"navn": "x", "dato": 2026, "punkter": ["a"], "sted": None}, []),
        ({"dato": "1.3.2026"}, [": lacks punkter"]),
        ({"dato": "1.3.2026", "punkter": ["12"]}, [".punkter[0]: none of anyOf"]),
        ({"dato": "1.3.2026", "punkter": [None]}, [".punkter[0]: none of anyOf"]),
        (
            {"dato": "1.3.2026", "punkter": ["a"], "navne": ["Åse", None]},
            [".navne[1]: not ['string', 'number', 'boolean']"],
        ),
        ({"dato": "1.3.2026", "punkter": ["a"], "navne": ["Åse", " "]}, [".navne[1]: not \\S"]),
        ({"dato": "1.3.2026", "punkter": []}, [".punkter: too few"]),
        ({"dato": "1.3.2026", "punkter": [{"nr": 1}]}, [".punkter[0]: none of anyOf"]),
        ({"dato": "1.3.2026", "punkter": ["a"], "fase": "kladde"}, [".fase: kladde is not in enum"]),
        ({"dato": "1.3.2026", "punkter": ["a"], "stde": "x", "i_alt": 1}, [": unknown stde", ": unknown i_alt"]),
    ],
)
def test_the_schema_takes_what_docgen_takes(workshop, value: object, told: list[str]):
    schema = json_schema(workshop.kind(MEETING))
    assert list(faults(value, schema, schema)) == told


def test_the_schema_refuses_the_short_form_that_docgen_refuses(workshop):
    kind = workshop.kind(
        """
        felter:
          regel: {type: gruppe, felter: {tekst: {type: tekst, kort: ja}, art: {type: valg, værdier: {n: Slet ingen}}}}
        """
    )
    schema = json_schema(kind)
    for text in ("Slet ingen", "n", "Der er ingen", "12"):
        refused = [one.code for one in workshop.held(kind, f"regel: {text}").diagnostics]
        assert bool(list(faults({"regel": text}, schema, schema))) == bool(refused)


def test_a_group_that_takes_an_excerpt_requires_nothing_in_the_editor(workshop):
    kind = workshop.kind("felter: {fra: {type: uddrag, navn: punkt}, titel: {type: tekst, påkrævet: ja}}")
    assert "required" not in json_schema(kind)


def test_a_list_that_must_hold_something_is_required(workshop):
    kind = workshop.kind(
        """
        felter:
          punkter: {type: liste, af: tekst, mindst: 1, eksempel: [a]}
          gæster: {type: liste, af: tekst, mindst: 1, påkrævet: nej, eksempel: [b]}
        """
    )
    assert json_schema(kind)["required"] == ["punkter"]
    text = skeleton(kind, schema_path="x.json")
    assert "# Punkter (skal udfyldes)\n" in text
    assert "# Gæster\n" in text


def test_a_group_takes_a_text_and_a_list_in_its_place(workshop):
    kind = workshop.kind(
        """
        typer:
          punkt: {tekst: {type: tekst, kort: ja}, underpunkter: {type: liste, af: punkt, kort: ja}}
        felter:
          opgaver:
            type: gruppe
            felter:
              indledning: {type: afsnit, kort: ja}
              punkter: {type: liste, af: punkt, kort: ja}
          mål: {type: gruppe, felter: {punkter: {type: liste, af: tekst, kort: ja}}}
        """
    )
    schema = json_schema(kind)
    for value in ("Gruppen skal:", ["følge op", ["a", "b"]], {"indledning": "x", "punkter": ["a"]}):
        assert list(faults({"opgaver": value}, schema, schema)) == []
    assert list(faults({"opgaver": [{"navn": "x"}]}, schema, schema)) == [".opgaver: none of anyOf"]
    assert "# Opgaver\n# En liste i stedet for felterne bliver til punkter.\n" in skeleton(kind, schema_path="x.json")
    found = workshop.values(kind, "opgaver: [følge op, rådgive]\nmål: [ro & orden]")
    assert [str(one["tekst"]) for one in found["opgaver"]["punkter"]] == ["følge op", "rådgive"]
    assert found["opgaver"]["indledning"] is None
    assert found["mål"]["punkter"] == ["ro & orden"]
    assert workshop.values(kind, "opgaver: 'Gruppen skal:'")["opgaver"]["indledning"] == "Gruppen skal:"
    assert [one.code for one in workshop.held(kind, "mål: ro").diagnostics] == ["DG243"]


def test_the_skeleton_is_readable(workshop):
    assert skeleton(workshop.kind(MEETING), schema_path="møde.schema.json") == SKELETON


def filled(kind: Kind, today) -> tuple[str, Validation]:
    """The skeleton filled in with examples, with every line that the examples turn out to require."""
    required: set[str] = set()
    while True:
        text = skeleton(kind, schema_path="x.json", examples=True, conditional=required)
        validation = validate(read_text(text.encode(), "ny.yaml", "yaml").root, kind, profile=None, today=today)
        more = {
            re.sub(r"\[\d+\]", "", one.path)
            for one in validation.diagnostics
            if one.code in ("DG201", "DG202", "DG258")
        }
        if more <= required:
            return text, validation
        required |= more


def test_the_skeleton_filled_in_with_examples_is_valid(workshop, today):
    text, validation = filled(workshop.kind(MEETING), today)
    assert validation.diagnostics == ()
    assert '  - titel: "Økonomi: 1"\n' in text


@pytest.fixture(scope="module", params=KINDS)
def kind(request) -> Kind:
    return load_kind(request.param, [TEMPLATES])


def test_every_kind_in_the_box_has_a_skeleton_that_works(kind, today):
    _, validation = filled(kind, today)
    assert [as_text(one) for one in validation.diagnostics if one.severity == "fejl"] == []
    empty = skeleton(kind, schema_path="x.json")
    read_text(empty.encode(), "ny.yaml", "yaml")
    # Every field that stands after a # is YAML once the # is removed.
    read_text(re.sub(r"(?m)^( *)#(?! )", r"\1", empty).encode(), "ny.yaml", "yaml")


def test_every_kind_in_the_box_has_a_schema_that_takes_its_example(kind):
    schema = json_schema(kind)
    example = TEMPLATES / kind.name / "eksempel.yaml"
    if example.exists():
        assert list(faults(plain(read(example).root), schema, schema)) == []
    json.dumps(schema)


def test_every_example_of_every_field_in_the_box_is_one_of_its_values(kind, today):
    findings: list[Diagnostic] = []
    for group in kind.groups.values():
        for field in group.fields.values():
            made = field.type.element if isinstance(field.type, ListType) else field.type
            examples = field.example if isinstance(field.example, Sequence) else [field.example]
            for example in examples:
                if isinstance(made, ScalarType) and example is not None:
                    made.parse(example, At(f"{group.name}.{field.name}", field.name, today, findings))
    assert [as_text(one) for one in findings if one.severity != "oplysning"] == []
