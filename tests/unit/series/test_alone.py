"""A document of a series is the one that its row makes alone, whatever the rows before it were."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from docgen.diagnostics import DocgenError
from docgen.pipeline import Request, generate
from docgen.series import series

KIND = "leverandoeraftale"
EXAMPLE = Path(__file__).parents[3] / "inputs" / KIND / "akutsygepleje-middelfart.yaml"
TODAY = date(2026, 11, 22)
PARTY = {"kommune": "Odense", "enhed": "Sundhed", "adresse": "Vej 1", "postnr": "5000", "by": "Odense"}
CHANGES: tuple[dict[str, Any], ...] = (
    {},
    {"titel": "Aftale om noget andet"},
    {"ordregiver": {"region": "Region Nordjylland"}},
    {"ordregiver": {"kortnavn": "Nord", "kontaktperson": {"navn": "Bo"}}},
    {"driftsvaretagere": [{**PARTY, "underskrivere": [{"navn": "Eva", "titel": "borgmester"}]}]},
    {"driftsvaretagere": [PARTY, {**PARTY, "kommune": "Assens"}], "fælles_kortnavn": "Kommunerne"},
    {"driftsvaretagere": [{"kommune": "Findes Ikke"}]},
    {"status": "underskrevet"},
    {"status": "kladde"},
    {"aftaletype": "driftsaftale"},
    {"aftaletype": "privat_leverandør"},
    {"aftaletype": "ukendt"},
    {"opgaveområde": "andet"},
    {"opgaveområde": "andet", "opgavenavn": "rengøring"},
    {"økonomi": {"moms": "pligtig_25"}},
    {"økonomi": {"årsbeløb": [{"år": 2027, "beløb": "1.000,50", "prisniveau": 2026}]}},
    {"økonomi": {"indeks": "nettoprisindeks", "indeks_måling": "i marts"}},
    {"medarbejdere": {"model": "overføres"}},
    {"vis_pejlemærker": "nej", "udløb": None},
    {"underleverandører": {"tilladt": "nej"}},
    {"opsætning": {"udelad": ["bygninger"], "overskrifter": {"økonomi": "Penge"}}},
    {"bilag": []},
    {"ukendt_felt": "x"},
)


def joined(one: Any, other: Any) -> Any:
    """What a row and the common values say together; what the row leaves blank, they fill."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {name: joined(one.get(name), other.get(name)) for name in {**one, **other}}
    return other if one is None else one


ROWS = [{"aftalenummer": f"A-{at}", **one} for at, one in enumerate((*CHANGES, {}, *reversed(CHANGES[::2])))]
INPUTS = [joined(one, yaml.load(EXAMPLE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)) for one in ROWS]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[bytes, list[str]]]:
    """The document of each row, and what there is to say of it."""
    path = tmp_path_factory.mktemp("alene") / "aftale.yaml"
    return [document(one, path) for one in INPUTS]


@pytest.mark.parametrize("common", [EXAMPLE, None], ids=["common values", "none"])
def test_a_row_makes_the_document_that_it_makes_alone(
    tmp_path: Path, common: Path | None, alone: list[tuple[bytes, list[str]]]
) -> None:
    source = tmp_path / "rækker.yaml"
    dump(source, ROWS if common else INPUTS)
    made = series(KIND, source, tmp_path / "ud", today=TODAY, common=common, pattern="{{ aftalenummer }}")
    assert len({one[0] for one in alone}) > len(ROWS) / 2
    for row, outcome, expected in zip(ROWS, made.outcomes, alone, strict=True):
        path = tmp_path / "ud" / f"{row['aftalenummer']}.docx"
        found = path.read_bytes() if path.exists() else b""
        assert (found, sorted(one.code for one in outcome.findings)) == expected, row


def document(given: Any, path: Path) -> tuple[bytes, list[str]]:
    """The document of an input, none where it has faults, and the codes of all there is to say."""
    dump(path, given)
    try:
        made = generate(Request(KIND, path, TODAY, cache=path.parent / "cache"))
    except DocgenError as fault:
        return b"", sorted(one.code for one in fault.diagnostics)
    return made.word.to_bytes(), sorted(one.code for one in made.checked.diagnostics)


def dump(path: Path, given: Any) -> None:
    path.write_text(yaml.safe_dump(given, allow_unicode=True, sort_keys=False), encoding="utf-8")
