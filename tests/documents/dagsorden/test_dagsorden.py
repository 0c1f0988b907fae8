"""What only agendas and minutes have: profiles, times, standard items, votes, quotas, and closed items kept in."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from docgen import sources
from docgen.formats import printed, text_paths
from docgen.kinds.kind import load_kind
from docgen.pipeline import Document, Request, check, generate
from docgen.word.reading.content import Heading
from docgen.word.reading.reader import read_document
from docgen.word.reading.transcript import to_text

ROOT = Path(__file__).parent.parent.parent.parent
INPUTS = ROOT / "inputs" / "dagsorden"
TODAY = date(2026, 11, 22)
PROFILES = sorted(load_kind("dagsorden", [ROOT / "templates"]).profiles)
SECRET = "HEMMELIG"
NOT_TEXTS = set("åben standard type lukket slags afgørelse udfald emne fra del led start slut".split())
NOT_CLOSED = {"offentlig_titel", "offentlig_beslutning", "nr"}
DATES = re.compile(r"\d{1,2}\. \w+ \d{4}|\d{4}-\d\d(-\d\d)?|\w+ \d{4}|\d{1,2}\.\d\d|\d+")

Make = Callable[..., Document]
BASE = """
forum: udvalget
dato: 12. marts 2026
start: "9.00"
slut: "12.00"
deltagere: [Asta Eksempelsen, Bo Prøvesen]
"""


@pytest.fixture
def agenda(tmp_path: Path) -> Make:
    """Makes a document from YAML lines after those of BASE."""

    def make(lines: str, edition: str | None = None, profile: str | None = None) -> Document:
        path = tmp_path / "moede.yaml"
        path.write_text(BASE + lines, encoding="utf-8")
        return of(path, edition, profile)

    return make


def of(path: Path, edition: str | None = None, profile: str | None = None) -> Document:
    return generate(Request("dagsorden", path, TODAY, [ROOT / "templates"], edition=edition, profile=profile))


def text_of(document: Document) -> str:
    return to_text(read_document(document.word.to_bytes()), with_frame=True).replace("\u00a0", " ")


def headings(document: Document) -> list[str]:
    blocks = read_document(document.word.to_bytes()).blocks
    return [block.text.replace("\u00a0", " ") for block in blocks if isinstance(block, Heading)]


ITEM = """
punkter:
  - titel: Tidsplan
    type: beslutning
    indstiller: Sekretariatet
    indstilling: [planen godkendes]
    resumé: Kort.
    baggrund: Før.
    sagsfremstilling: Sagen.
    konsekvenser: Følger.
    risikovurdering: Farer.
    økonomi: Penge.
    lovgrundlag: Loven.
    beslutningstema: Spørgsmålet.
    sagen_afgøres_i: Rådet
    beslutning: Godkendt.
    fraværende: [Bo Prøvesen]
    sagsnr: 26/1
  - {titel: Køb, åben: nej, lukket_grund: Priser, beslutning: Købt.}
"""


ORDERS = {
    "syddanmark": "Resume|Sagsfremstilling|Økonomi|Indstilling|Beslutning i udvalget den 12. marts 2026",
    "sjaelland": "Resume|Sagsfremstilling|Økonomi|Indstilling|Behandling i udvalget den 12. marts 2026, pkt. 1|"
    "Deltog ikke i behandlingen",
    "hovedstaden": "Resumé|Indstilling|Beslutning|Baggrund for sagens fremlæggelse|Sagsfremstilling|Konsekvenser|"
    "Risikovurdering|Økonomi",
    "koebenhavn": "Resumé|Indstilling|Beslutning|Problemstilling|Løsning|Økonomi",
    "odense": "Resumé|Indstilling|Beslutning|Sagsfremstilling|Effekt|Økonomi",
    "ishoej": "Resumé|Baggrund|Sagsfremstilling|Lovgrundlag|Økonomi|Indstilling|Beslutning|Beslutningskompetence|"
    "Beslutningstema",
    "klynge": "Resumé|Indstilling|Sagsfremstilling|Økonomi|Beslutning",
}


def test_every_profile_has_its_order() -> None:
    assert sorted(ORDERS) == PROFILES


@pytest.mark.parametrize(("profile", "order"), ORDERS.items())
def test_a_profile_orders_and_names_the_parts_of_an_item(agenda: Make, profile: str, order: str) -> None:
    expected = order.split("|")
    found = headings(agenda(ITEM, "referat", profile))
    first = next(at for at, heading in enumerate(found) if heading.startswith("1. "))
    assert found[first + 1 : first + 1 + len(expected)] == expected


@pytest.mark.parametrize("profile", [None, *PROFILES])
def test_no_part_of_an_item_is_lost_whatever_the_profile(agenda: Make, profile: str | None) -> None:
    text = text_of(agenda(ITEM, "referat", profile))
    for word in "Kort. Før. Sagen. Følger. Farer. Penge. Loven. Spørgsmålet. Rådet 26/1 Sekretariatet".split():
        assert word in text


def test_the_words_of_profiles(agenda: Make) -> None:
    assert "2. LUKKET PUNKT: Køb" in headings(agenda(ITEM, profile="syddanmark"))
    assert "2. Lukket punkt" in headings(agenda(ITEM, "dagsorden-offentlig", "syddanmark"))
    assert "1. Beslutning: Tidsplan" in headings(agenda(ITEM, profile="hovedstaden"))
    assert "Brevid\t26/1" in text_of(agenda(ITEM, profile="sjaelland"))
    copenhagen = text_of(agenda(ITEM, profile="koebenhavn"))
    assert re.search(r"Indstilling om,\s+1\. at planen godkendes\.", copenhagen)
    assert "Indstilles af\tSekretariatet" in copenhagen


def test_times_follow_minutes_fixed_starts_and_pauses(agenda: Make) -> None:
    lines = """
punkter:
  - {titel: Et, tid_min: 20}
  - {standard: pause, tid_min: 10}
  - {titel: Lukket, åben: nej, lukket_grund: Sag, tid_min: 5}
  - {titel: To, tid_min: 15, fast_start: "10.00"}
  - {titel: Tre, tid_min: 30}
"""
    text = text_of(agenda(lines))
    assert re.findall(r"kl\. (\S+) \(", text) == ["9.00-9.20", "10.00-10.15", "10.15-10.45", "10.45-10.50"]
    assert "Pause kl. 9.20-9.30" in text
    assert [one[:2] for one in headings(agenda(lines)) if one[0].isdigit()] == ["1.", "2.", "3.", "4."]


def test_standard_items_need_only_their_name(agenda: Make) -> None:
    lines = """
sidste_møde: 5. februar 2026
næste_møde: i maj
punkter:
  - standard: godkendelse_referat
  - standard: næste_møde
"""
    text = text_of(agenda(lines))
    assert "1. Godkendelse af referat fra mødet den 5. februar 2026" in text
    assert "Det indstilles, at referatet godkendes." in text
    assert text.count("Næste møde") == 2  # the overview and the item, not once more at the end
    assert "I maj" in text


VOTE = """
punkter:
  - titel: Sag
    indstilling: [sagen godkendes]
    beslutning: Godkendt.
    ændringsforslag:
      - tekst: Nyt led.
        fra: [Bo Prøvesen]
        udfald: forkastet
        afstemning: {for: [Bo Prøvesen], imod: [Asta Eksempelsen]}
    afstemning: {for: [{navn: A, antal: 1}], undlod: [{navn: V, antal: 1}]}
    udtalelser: [{slags: mindretalsudtalelse, fra: [V], tekst: For dyrt.}]
  - {titel: Anden sag, udsat: {til: 26. marts 2026, grund: der mangler svar}}
  - {standard: underskriftsblad, beslutning: Underskrevet.}
"""


def test_votes_amendments_and_statements_stand_in_the_minutes(agenda: Make) -> None:
    text = text_of(agenda(VOTE, "referat"))
    for line in (
        "For stemte 1: Bo Prøvesen.",
        "Imod stemte 1: Asta Eksempelsen.",
        "Ændringsforslaget blev forkastet.",
        "For stemte 1: A (1).",
        "Imod stemte ingen.",
        "1 undlod at stemme: V (1).",
        "Mindretalsudtalelse fra V",
        "Udsat til mødet den 26. marts 2026. Der mangler svar.",
    ):
        assert line in text
    assert "Underskrifter" in headings(agenda(VOTE, "referat"))
    before = text_of(agenda(VOTE))
    assert not re.search("stemte|udtalelse|Udsat|Underskrifter", before)
    assert "Underskrifter" not in headings(agenda(VOTE, "referat-offentlig"))


def test_what_a_cluster_leaves_goes_to_the_others() -> None:
    path = INPUTS / "klynge.yaml"
    checked = check(Request("dagsorden", path, TODAY, [ROOT / "templates"]))
    assert checked.record is not None
    shares: Any = checked.record.values["punkter"][3]["fordeling"]  # type: ignore[index]
    assert [int(one["ledige"]) for one in shares["klynger"]] == [0, 3, 0, 0, 1]
    assert [int(one["fra_andre"]) for one in shares["klynger"]] == [3, 0, 3, 3, 2]
    assert (int(shares["omfordelt"]), int(shares["kan_omfordeles"]), int(shares["kvote_brugt"])) == (1, 3, 5)


def plain(node: sources.Node) -> Any:
    if isinstance(node, sources.Mapping):
        return {entry.key.text: plain(entry.value) for entry in node}
    if isinstance(node, sources.Sequence):
        return [plain(one) for one in node]
    return None if node.empty else node.text


def secret(value: Any, key: str = "") -> Any:
    """The value with a word in every text of it that an edition for the public must not show."""
    if isinstance(value, dict):
        return {name: one if name in NOT_CLOSED else secret(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [one if key == "spørgsmål" and isinstance(one, str) else secret(one, key) for one in value]
    if not isinstance(value, str) or key in NOT_TEXTS - {"fra"} or DATES.fullmatch(value):
        return value
    return f"{SECRET} {value}"


def closed(path: Path) -> dict[str, Any]:
    """An input with every item but the first closed and full of secrets, and with a secret annex, guest and note."""
    data: dict[str, Any] = plain(sources.read(path).root)
    first, *others = data["punkter"]
    first["bilag"] = [{"titel": f"{SECRET} bilag", "fil": f"{SECRET}.pdf", "lukket": "ja"}]
    first["internt_notat"] = f"{SECRET} notat"
    first["inhabile"] = [{"navn": "Bo Prøvesen", "grund": f"{SECRET} grund"}]
    items = [
        secret(one) | {"åben": "nej", "lukket_grund": f"{SECRET} grund", "tid_min": "17"}
        for one in others
        if "fra" not in one
    ]
    for item in items:
        item.pop("fast_start", None)
    guest = {"navn": f"{SECRET} gæst", "kun_internt": "ja"}
    return data | {
        "punkter": [first, *items],
        "gæster": [guest],
        "mødelink": f"https://example.dk/{SECRET}",
        "underskriftsside": "ja",
    }


def everything(document: Document) -> Iterator[tuple[str, str]]:
    """Every part of a document's file as text, its other formats, and the file's name."""
    yield "filnavn", document.name
    with zipfile.ZipFile(BytesIO(document.word.to_bytes())) as archive:
        for name in archive.namelist():
            yield name, archive.read(name).decode("utf-8", "replace")
    for form in ("html", *text_paths(document.checked.kind.files)):
        yield form, printed(document, form)


@pytest.mark.parametrize("profile", [None, "sjaelland"])
@pytest.mark.parametrize("edition", ["dagsorden-offentlig", "referat-offentlig"])
@pytest.mark.parametrize("name", ["sundhedsraad.yaml", "klynge.yaml", "kommunalt_udvalg.yaml"])
def test_nothing_closed_leaves_the_house(tmp_path: Path, name: str, edition: str, profile: str | None) -> None:
    path = tmp_path / "moede.json"
    path.write_text(json.dumps(closed(INPUTS / name), ensure_ascii=False), encoding="utf-8")
    for where, text in everything(of(path, edition, profile)):
        assert SECRET not in text, where
    shown = text_of(of(path, edition, profile))
    assert "17 minutter" not in shown
    assert "lukkede døre" in shown or "Punktet er lukket" in shown
    inside = text_of(of(path, edition.removesuffix("-offentlig"), profile))
    assert inside.count(SECRET) > 20


CLOSED = """
gæster: [{navn: Advokaten, bemærkning: punkt 2, kun_internt: ja}]
mødelink: https://moede.example.dk/1
punkter:
  - {titel: Tidsplan, fast_start: "9.30", beslutning: Godkendt., sen_sag_begrundelse: fristen er kort}
  - {standard: pause, åben: nej, titel: Pause før ansættelsen, tid_min: 10}
  - {titel: Ansættelse af chef, åben: nej, lukket_grund: Sag, tid_min: 9, oplægsholder: Advokaten, beslutning: Ansat.}
  - titel: Køb af gård
    åben: nej
    lukket_grund: Priser
    offentlig_titel: Køb
    offentlig_beslutning: Købt.
    beslutning: For 5 mio.
"""


@pytest.mark.parametrize("edition", ["dagsorden", "dagsorden-offentlig", "referat", "referat-offentlig"])
def test_mails_tell_of_closed_items_only_what_may_be_published(agenda: Make, edition: str) -> None:
    document = agenda(CLOSED, edition)
    call, minutes = printed(document, "indkaldelse"), printed(document, "udsendelse_referat")
    for text in (call, minutes):
        assert not re.search("ansættelse|Advokaten|gård|Ansat|5 mio|None", text, re.IGNORECASE)
        assert "2. Lukket punkt\n" in text
        assert "3. Køb (lukket punkt)\n" in text
    assert "kl.\u00a09.30\n" in call or "kl. 9.30\n" in call
    assert "   Købt.\n" in minutes
    assert ("https://moede.example.dk/1" in call) == (not edition.endswith("offentlig"))


def test_a_closed_pause_is_not_an_item_for_the_public(agenda: Make) -> None:
    assert "Pause før ansættelsen kl. 9.30-9.40" in headings(agenda(CLOSED))
    public = [one for one in headings(agenda(CLOSED, "dagsorden-offentlig")) if re.search("^[0-9]|unkt|ause", one)]
    assert public == ["1. Tidsplan", "2. Lukket punkt", "3. Køb"]
    assert "Fristen er kort." in text_of(agenda(CLOSED, "dagsorden-offentlig"))


OTHER = """
  - {standard: eventuelt, åben: nej, tid_min: 60, internt_notat: Nej, bilag: [A, B], udsat: ja, stillet_af: Advokaten}
  - titel: Salg
    åben: nej
    offentlig_titel: Køb
    offentlig_beslutning: Købt.
    inhabile: [{navn: Bo Prøvesen, suppleant: Ib Modelsen, grund: Gæld}]
    fraværende: [Asta Eksempelsen]
    opfølgning: [Betale]
    afstemning: {for: [{antal: 1}]}
"""


@pytest.mark.parametrize("profile", [None, *PROFILES])
@pytest.mark.parametrize("edition", ["dagsorden-offentlig", "referat-offentlig"])
def test_what_is_closed_makes_no_difference_to_the_public(agenda: Make, edition: str, profile: str | None) -> None:
    start = CLOSED.index("  - {standard: pause")
    one = dict(everything(agenda(CLOSED, edition, profile)))
    other = dict(everything(agenda(CLOSED[:start] + OTHER, edition, profile)))
    assert one == other


INSIDE = {
    "punkter: [titel: Et]": (False, False),
    "mødelink: https://moede.example.dk/1\npunkter: [titel: Et]": (True, False),
    "punkter: [{titel: Et, internt_notat: Nej}]": (True, False),
    "punkter: [{titel: Et, inhabile: [{navn: Bo Prøvesen, grund: Gæld}]}]": (False, True),
    "gæster: [{navn: Ib, kun_internt: ja}]\npunkter: [titel: Et]": (True, True),
    "punkter: [{titel: Et, bilag: [{titel: A, lukket: ja}]}]": (True, True),
    "punkter: [{titel: Et, åben: nej}]": (True, True),
}


@pytest.mark.parametrize(("lines", "marked"), INSIDE.items())
def test_a_document_with_more_than_the_public_may_see_says_so(
    agenda: Make, lines: str, marked: tuple[bool, bool]
) -> None:
    assert tuple("Udgave\tIntern" in text_of(agenda(lines, one)) for one in ("dagsorden", "referat")) == marked
    assert "Udgave" not in text_of(agenda(lines, "dagsorden-offentlig"))


LINES = {
    "{navn: Bo, parti: H}": "Bo (H)",
    "{navn: Bo, parti: H, titel: formand, bemærkning: online}": "Bo (H), formand (online)",
    "{navn: Bo, parti: H, bemærkning: deltog online}": "Bo (H), deltog online",
    "{navn: Bo, parti: H, suppleant_for: Gerda Mads}": "Bo (H), suppleant for Gerda Mads",
    "{navn: Bo, organisation: Nyborg Kommune, fravær: gik kl. 10}": "Bo, Nyborg Kommune (gik kl. 10)",
    "Bo": "Bo",
}


@pytest.mark.parametrize(("person", "line"), LINES.items())
def test_the_line_of_a_person(agenda: Make, person: str, line: str) -> None:
    assert f"Gæster\t{line}\n" in text_of(agenda(f"gæster: [{person}]\npunkter: [titel: Et]\n", "referat"))


def test_substitutes_sign_and_a_postponed_item_is_not_postponed_twice(agenda: Make) -> None:
    lines = """
underskriftsside: ja
punkter:
  - titel: Et
    beslutning: Udsat.
    udsat: ja
    inhabile:
      - {navn: Bo Prøvesen, suppleant: Ib Modelsen, grund: ejer en grund}
      - {navn: Asta Eksempelsen, afgørelse: habil}
"""
    text = text_of(agenda(lines, "referat"))
    assert text.count("Udsat.") == 1
    assert "Bo Prøvesen blev erklæret inhabil og deltog ikke i behandlingen af punktet." in text
    assert "Grund: Ejer en grund." in text
    assert "Asta Eksempelsen blev fundet habil" in text
    assert "Ib Modelsen, suppleant" in text


@pytest.mark.parametrize(
    ("counts", "day"), [("{}", 4), ("{grundlovsdag: ja}", 5), ("{lørdag: ja}", 6), ("{grundlovsdag: nej}", 4)]
)
def test_what_counts_as_a_working_day_is_a_setting(tmp_path: Path, counts: str, day: int) -> None:
    path = tmp_path / "moede.yaml"
    lines = f"forum: x\ndato: 11. juni 2026\nstart: '9.00'\nhverdage: {counts}\npunkter: [Et]\n"
    path.write_text(lines, encoding="utf-8")
    checked = check(Request("dagsorden", path, TODAY, [ROOT / "templates"]))
    assert checked.record is not None
    assert checked.record.values["fire_hverdage_før"] == date(2026, 6, day)
