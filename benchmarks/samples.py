"""The documents that the engines are compared on: their data, and their templates.

A sample is written once, with `«name»` for a value; what differs between the engines is only how a value, a loop and a
condition are spelled (writing.py). Tags are split over runs as Word splits them; values hold `&`, `<`, line ends and
æøå.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, NamedTuple

from writing import Syntax, Writer

Data = dict[str, Any]


class Sample(NamedTuple):
    """A document: `write` its template, `data` its values; `rounds` are how often it is timed."""

    key: str
    title: str
    write: Callable[[Writer], None]
    data: Data
    rounds: int

    def template(self, syntax: Syntax) -> bytes:
        writer = Writer(syntax)
        self.write(writer)
        return writer.to_bytes()


_SUBJECTS = (
    "Parterne|Styregruppen|Formandskabet|Sekretariatet|Den daglige ledelse|Forberedelsesudvalget|Leverandøren|Kunden|"
    "De berørte kommuner|Den afgivende myndighed|Den modtagende region|Arbejdsgruppen for økonomi|Kontaktudvalget|"
    "Tillidsrepræsentanterne|Patientinddragelsesudvalget|Det nære sundhedsvæsen"
).split("|")
_VERBS = (
    "drøfter|godkender|forelægger|udarbejder|offentliggør|vurderer|fordeler|overdrager|fastlægger|dokumenterer|"
    "gennemgår|afslutter|tilrettelægger|underskriver|koordinerer|følger op på"
).split("|")
_OBJECTS = (
    "budgettet for det kommende år|de aftaler, der er nævnt i bilagene|tidsplanen for overdragelsen|"
    "alle aktiver og passiver|"
    "beredskabet ved længere driftsstop|behandlingen af personoplysninger|vilkårene for de ansatte|krav til kvalitet|"
    "de tværgående systemer|indkøb over tærskelværdien|uenighed om fortolkning|lokaler, biler og apparatur|"
    "en samlet redegørelse|principperne for fordeling|de åbne sager|kommunikationen til borgere og pårørende"
).split("|")
_CONDITIONS = (
    "inden udgangen af kvartalet|efter høring af de faglige organisationer|senest 10 arbejdsdage før mødet|"
    "i det omfang lovgivningen tillader det|medmindre andet er aftalt skriftligt|under ansvar over for regionsrådet|"
    "når mindst to parter ønsker det|med virkning fra årsskiftet|på grundlag af revisionens bemærkninger|"
    "uden unødigt ophold|som led i den løbende opfølgning|og skriver begrundelsen i referatet|"
    "første gang i januar 2027|efter indstilling fra direktionen|for egen regning|på førstkommende ordinære møde"
).split("|")


def prose(key: str) -> str:
    """Two sentences, as varied as a real document's; the same ones for the same key."""
    chance, parts = random.Random(key), (_SUBJECTS, _VERBS, _OBJECTS, _CONDITIONS)
    return " ".join(" ".join(map(chance.choice, parts)) + "." for _ in range(2))


def kommissorium() -> Sample:
    """Three pages: particulars, sections of text, members and milestones."""

    def write(to: Writer) -> None:
        to.text("«titel»", "Title")
        for label in ("dato", "sagsnummer", "organisation", "formand", "sekretariat", "status"):
            to.text(f"{label.capitalize()}: «{label}»")
        for number in range(1, 8):
            to.text(f"{number}. «overskrift_{number}»", "Heading 1")
            to.text(f"«tekst_{number}»")
            to.text(f"{prose(f'a{number}')} Det gælder også for «organisation» og «formand».")
            with to.given(f"vis_{number}"):
                to.text(f"Særligt om «overskrift_{number}»: {prose(f'b{number}')}")
        to.text("Medlemmer", "Heading 1")
        to.table(
            ["Navn", "Titel", "Organisation", "E-mail"],
            "medlemmer",
            "medlem",
            ["«medlem.navn»", "«medlem.titel»", "«medlem.enhed»", "«medlem.mail»"],
        )
        to.text("Milepæle", "Heading 1")
        with to.each("milepæle", "pæl", "«pæl.dato»"):
            to.text("«pæl.dato»: «pæl.tekst» (ansvarlig: «pæl.ansvarlig»)", "List Bullet")

    data: Data = {
        "titel": "Kommissorium for Sundhed & Omsorg < 2027",
        "dato": "15. november 2026",
        "sagsnummer": "26/10482",
        "organisation": "Region Sjælland & Region Hovedstaden",
        "formand": "Åse Ærø Østergård",
        "sekretariat": "Koncern HR & Jura",
        "status": "udkast",
        "medlemmer": [
            {
                "navn": f"Søren Ø. Ågård {n}",
                "titel": "Vicedirektør & læge",
                "enhed": f"Afdeling <{n}>",
                "mail": f"s{n}@r.dk",
            }
            for n in range(14)
        ],
        "milepæle": [
            {"dato": f"{n}. maj 2027", "tekst": f"Leverance {n}\nmed bilag & noter", "ansvarlig": "Ærø Kommune"}
            for n in range(1, 11)
        ],
    }
    for number in range(1, 8):
        data |= {
            f"overskrift_{number}": f"Formål & afgrænsning {number}",
            f"tekst_{number}": f"{prose(f'c{number}')}\nAnden linje: 2 < 3 & æøå. {prose(f'd{number}')}",
            f"vis_{number}": number % 2 == 0,
        }
    return Sample("a", "kommissorium, 3 pages", write, data, 25)


def agreement() -> Sample:
    """Fifteen pages: forty clauses, mostly the template's own text, four tables and a dozen conditions."""

    def write(to: Writer) -> None:
        to.text("«titel»", "Title")
        to.text("mellem «kunde» og «leverandør», indgået den «dato»")
        for number in range(1, 41):
            to.text(f"§ {number}. «overskrift_{number}»", "Heading 1")
            to.text(f"Stk. 1. {prose(f'e{number}')} {prose(f'f{number}')}")
            to.text(f"Stk. 2. «kunde» og «leverandør» aftaler: «tekst_{number}» {prose(f'g{number}')}")
            if number % 3 == 0:
                with to.given(f"vis_{number}"):
                    to.text(f"Stk. 3. For «sted» gælder «vilkår»: {prose(f'h{number}')}")
            if number % 10 == 0:
                cells = ["«ydelse.nr»", "«ydelse.navn»", "«ydelse.pris»", "«ydelse.frist»"]
                to.table(["Nr.", "Ydelse", "Pris", "Frist"], f"ydelser_{number}", "ydelse", cells)

    data: Data = {
        "titel": "Aftale om drift & vedligehold",
        "kunde": "Region Midtjylland",
        "leverandør": "Øst & Vest A/S <CVR 12 34 56 78>",
        "dato": "1. januar 2027",
        "sted": "Aarhus & Viborg",
        "vilkår": "særlige vilkår",
    }
    for number in range(1, 41):
        data |= {
            f"overskrift_{number}": f"Ansvar & pligter {number}",
            f"tekst_{number}": f"vilkår nr. {number} gælder,\nmedmindre 1 < {number} & andet er aftalt på skrift.",
            f"vis_{number}": number % 2 == 0,
        }
        data[f"ydelser_{number}"] = [
            {"nr": n, "navn": f"Ydelse {n} & tilbehør", "pris": f"{n}.500,00 kr.", "frist": f"{n}. juni 2027"}
            for n in range(1, 16)
        ]
    return Sample("b", "agreement, 15 pages", write, data, 15)


def sharing(rows: int) -> Sample:
    """A sharing agreement: one table with a row for each asset."""

    def write(to: Writer) -> None:
        to.text("«titel»", "Title")
        for number in range(4):
            to.text(f"{prose(f'intro{number}')} Aftalen omfatter «antal» aktiver.")
        to.table(
            ["Nr.", "Aktiv", "Type", "Placering", "Fra", "Til", "Værdi", "Note"],
            "aktiver",
            "aktiv",
            [f"«aktiv.{name}»" for name in ("nr", "navn", "type", "sted", "fra", "til", "værdi", "note")],
        )
        to.text("Underskrevet for «titel»")

    kinds, places = (
        ("it-system", "køretøj", "bygning", "apparatur & udstyr"),
        ("Køge", "Næstved", "Hillerød", "Nykøbing F."),
    )
    data: Data = {
        "titel": "Delingsaftale & fordeling <2027>",
        "antal": rows,
        "aktiver": [
            {
                "nr": n,
                "navn": f"Aktiv {n} på hylde {n % 97}",
                "type": kinds[n % 4],
                "sted": places[n * 7 % 4],
                "fra": "Region Sjælland",
                "til": ("Region Østdanmark", "Næstved Kommune")[n % 2],
                "værdi": f"{n % 1000}.{n * 7 % 1000:03},50 kr.",
                "note": f"Se bilag {n % 13}\nog afsnit <{n % 7}>" if n % 5 == 0 else "",
            }
            for n in range(1, rows + 1)
        ],
    }
    return Sample(f"c{rows // 1000}k", f"sharing, {rows:,} rows", write, data, 9 if rows < 5000 else 3)


def agenda() -> Sample:
    """Twenty items, each with attachments and what belongs to its kind."""

    def write(to: Writer) -> None:
        to.text("Dagsorden for «udvalg»", "Title")
        to.text("«dato», «sted»")
        with to.each("punkter", "punkt", "«punkt.nr»"):
            to.text("«punkt.nr». «punkt.titel»", "Heading 1")
            to.text("Sagsbehandler: «punkt.behandler» · Sag: «punkt.sag»")
            to.text("«punkt.resumé»")
            with to.given("punkt.åben"):
                to.text("Punktet behandles for åbne døre. «punkt.baggrund»")
            to.text("Indstilling", "Heading 2")
            to.text("Administrationen indstiller, at «punkt.indstilling»")
            with to.each("punkt.bilag", "bilag", "«bilag.titel»"):
                to.text("«bilag.titel» (dok. «bilag.nr»)", "List Bullet")
            to.text("Beslutning", "Heading 2")
            to.text("«punkt.beslutning»")

    data: Data = {
        "udvalg": "Udvalget for nære sundhedstilbud & økonomi",
        "dato": "mandag den 7. december 2026",
        "sted": "Regionsgården, Hillerød",
        "punkter": [
            {
                "nr": n,
                "titel": f"Sag {n}: budget & æøå < ramme",
                "behandler": "Birthe Sørensen",
                "sag": f"26/{10000 + n}",
                "resumé": f"{prose(f'i{n}')}\n{prose(f'j{n}')}",
                "åben": n % 3 > 0,
                "baggrund": prose(f"k{n}"),
                "indstilling": f"beretning nr. {n} tages til efterretning, og at 1 < {n} & 2 drøftes.",
                "bilag": [{"titel": f"Bilag {m} & notat", "nr": f"{n}-{m}"} for m in range(1, 4)],
                "beslutning": "Godkendt.\nUdvalget ønsker en opfølgning i 2. kvartal.",
            }
            for n in range(1, 21)
        ],
    }
    return Sample("d", "agenda, 20 items", write, data, 25)
