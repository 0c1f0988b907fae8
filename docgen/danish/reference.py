"""Denmark's municipalities, regions and health councils, from docgen/data; looked up by name or code.

docgen/data/README.md says where each column comes from. What is not verified there is named in UNCERTAIN.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from docgen.danish.values import Cvr, HealthCouncil, Municipality, Region

UNCERTAIN: Mapping[str, str] = {
    "kommuner.sundhedsraad": "single source, partly corroborated: check against the ministry's rules before legal use",
    "kommuner.cvr": "name-number pairing from one copy, number set from two",
    "regioner.cvr": "single source; Region Østdanmark unknown",
    "regioner.kode": "Region Østdanmark unknown",
    "regioner.iso_3166_2": "single source",
    "regioner.saede": "from an older regionsloven and a news list; Region Østdanmark unknown",
    "sundhedsraad.navn": "single source, partly corroborated",
    "sundhedsraad.region_2027": "single source, partly corroborated",
    "sundhedsraad.kommunekoder": "single source, partly corroborated",
    "sundhedsraad.kommuner": "single source, partly corroborated",
    "sundhedsraad.medlemstal": "single source, spring 2026; Limfjorden breaks the pattern of the others",
}
"""Column -> status, for each column that docgen may use and that two independent copies have not verified."""

_DATA = Path(__file__).parent.parent / "data"
_LONG_NAMES = {"0101": "Københavns Kommune", "0400": "Bornholms Regionskommune"}
# The reform of 2024-2027 merges two regions on this day (lov nr. 699 af 20/06/2025).
_REFORM = date(2027, 1, 1)
# Names in use that are no region, too far from the right name for a comparison of letters to find it.
_REGION_ALIASES = {
    "sydjylland": "Region Syddanmark",
    "sønderjylland": "Region Syddanmark",
    "fyn": "Region Syddanmark",
    "syd": "Region Syddanmark",
    "midt": "Region Midtjylland",
    "østjylland": "Region Midtjylland",
    "vestjylland": "Region Midtjylland",
    "nord": "Region Nordjylland",
    "h": "Region Hovedstaden",
    "øst": "Region Østdanmark",
}
# Regions that are none of the five, but are rightly called so.
_OTHER_REGIONS = ("skåne", "sønderjylland-schleswig")
_CLOSE = 0.72


@functools.cache
def municipalities() -> tuple[Municipality, ...]:
    """All 98 municipalities, in the order of their codes."""
    return tuple(
        Municipality(
            navn=row["navn"],
            langt_navn=_LONG_NAMES.get(row["kode"], f"{row['navn']} Kommune"),
            kode=row["kode"],
            cvr=Cvr(row["cvr"]),
            region_2026=row["region_2026"],
            region_2027=row["region_2027"],
            sundhedsraad=row["sundhedsraad"],
        )
        for row in _rows("kommuner.csv")
    )


@functools.cache
def regions() -> tuple[Region, ...]:
    """The five regions of 2007-2026 and Region Østdanmark; `gyldig_fra` and `gyldig_til` say when each exists."""
    return tuple(
        Region(
            navn=row["navn"],
            kode=row["kode"],
            cvr=Cvr(row["cvr"]) if row["cvr"] else None,
            saede=row["saede"],
            gyldig_fra=date.fromisoformat(row["gyldig_fra"]),
            gyldig_til=date.fromisoformat(row["gyldig_til"]) if row["gyldig_til"] else None,
        )
        for row in _rows("regioner.csv")
    )


@functools.cache
def health_councils() -> tuple[HealthCouncil, ...]:
    """The 17 health councils (sundhedsråd) that prepare in 2026 and take over on 1 January 2027."""
    return tuple(
        HealthCouncil(
            navn=row["navn"],
            id=row["id"],
            region_2027=row["region_2027"],
            kommunekoder=tuple(row["kommunekoder"].split(";")),
            medlemstal=int(row["medlemstal"]),
        )
        for row in _rows("sundhedsraad.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    import csv

    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def find_municipality(text: str) -> Municipality | None:
    """The municipality with this name, long name or code: `Randers`, `Randers Kommune`, `0730`, `730`."""
    key = _folded(text)
    return _municipality_index().get(key.zfill(4) if key.isdecimal() else key)


def find_region(text: str, on: date | None = None) -> Region | None:
    """The region with this name or code (`Region Syddanmark`, `Syddanmark`, `1083`); with `on`, if it exists that day.

    Region Hovedstaden and Region Sjælland end on 31 December 2026; Region Østdanmark begins on 1 January 2027.
    """
    key = _folded(text).removeprefix("region ")
    found = next((region for region in regions() if key and key in (_short(region).lower(), region.kode)), None)
    return found if found and (on is None or exists(found, on)) else None


def find_health_council(text: str) -> HealthCouncil | None:
    """The health council with this name, with or without `Sundhedsråd`, or docgen's own id."""
    key = _folded(text).removeprefix("sundhedsråd ")
    councils = health_councils()
    return next((c for c in councils if key in (c.navn.removeprefix("Sundhedsråd ").lower(), c.id)), None)


def exists(region: Region, on: date) -> bool:
    """Whether the region exists on that day."""
    return region.gyldig_fra <= on and (region.gyldig_til is None or on <= region.gyldig_til)


def region_of(municipality: Municipality, on: date) -> Region:
    """The region that the municipality lies in on that day."""
    name = municipality.region_2027 if on >= _REFORM else municipality.region_2026
    return next(region for region in regions() if region.navn == name)


def suggest_municipalities(text: str) -> tuple[str, ...]:
    """Up to three long names that `text` may have been meant as, the best first."""
    key = _bare_name(_folded(text))
    names = {_aa(_bare_name(m.langt_navn.lower())): m.langt_navn for m in municipalities()}
    names |= {_aa(m.navn.lower()): m.langt_navn for m in municipalities()}
    return _nearest(_aa(key), names)


def suggest_regions(text: str, on: date | None = None) -> tuple[str, ...]:
    """Up to three names of regions that `text` may have been meant as; with `on`, only regions that exist that day.

    A region that no longer exists, or does not yet, suggests the one that holds its place.
    """
    key = _folded(text).removeprefix("region ")
    known = [region for region in regions() if on is None or exists(region, on)]
    names = {region.navn for region in known}
    if found := find_region(text):
        east = {"Region Hovedstaden", "Region Sjælland", "Region Østdanmark"}
        return (found.navn,) if found in known else tuple(r.navn for r in known if r.navn in east)
    if _REGION_ALIASES.get(key) in names:
        return (_REGION_ALIASES[key],)
    return _nearest(_aa(key), {_aa(_short(region).lower()): region.navn for region in known})


def suggest_health_councils(text: str) -> tuple[str, ...]:
    """Up to three names of health councils that `text` may have been meant as."""
    key = _folded(text).removeprefix("sundhedsråd ")
    return _nearest(key, {c.navn.removeprefix("Sundhedsråd ").lower(): c.navn for c in health_councils()})


# Possessive, so that a long text without names costs no more than its length.
_NAME = r"(?<![\w-])[A-ZÆØÅ]\w++(?:-[A-ZÆØÅ]\w++)*+"
_REGION_MENTION = rf"\bRegion ({_NAME}|H)\b"
_MUNICIPALITY_MENTION = rf"((?:{_NAME} )?{_NAME}) (Regionskommune|Kommune)(?=s?\b)"
_SMALL_MENTION = rf"({_NAME}) (?:regions)?kommune(?=s?\b)"
_NO_NAME = frozenset(
    "alle begge biblioteket denne den den danske deres din disse en enhver flere fælles hele hver hvilken ingen jeres "
    "min nogle ny nye region samme smart vores vor øvrige".split()
)


def check_organisation(text: str) -> list[tuple[str, str | None]]:
    """Names in free text that look like a region or a municipality but are none, each with the likely right name.

    Only `Region X` and `X Kommune` with capitals are looked at, in the nominative or the genitive, and `X kommune`
    where X is exactly the name of a municipality; `kommunen`, `vores Kommune` and names of anything else pass. A name
    without a close one comes with None.
    """
    text = " ".join(text.split())
    found: list[tuple[int, str, str | None]] = []
    for mention in re.finditer(_REGION_MENTION, text):
        forms = (mention[1], mention[1].removesuffix("s"))
        if not any(find_region(form) or form.lower() in _OTHER_REGIONS for form in forms):
            found.append((mention.start(), mention[0], next(iter(suggest_regions(forms[1])), None)))
    for mention in re.finditer(_MUNICIPALITY_MENTION, text):
        fault = _wrong_municipality(mention[1], mention[2])
        if fault:
            found.append((mention.start(), *fault))
    for mention in re.finditer(_SMALL_MENTION, text):
        name = next((m.langt_navn for m in municipalities() if mention[1] in (m.navn, _genitive(m))), None)
        if name:
            found.append((mention.start(), mention[0], name))
    return [(wrong, right) for _, wrong, right in sorted(found, key=lambda item: item[0])]


def _wrong_municipality(names: str, word: str) -> tuple[str, str | None] | None:
    """The fault in `names word`, where `names` may begin with a word that is no part of the name."""
    last = names.rsplit(" ", maxsplit=1)[-1]
    known = _long_names()
    if f"{names} {word}".lower() in known or f"{last} {word}".lower() in known or last.lower() in _NO_NAME:
        return None
    for name in dict.fromkeys((names, last)):
        if suggestions := suggest_municipalities(name):
            return f"{name} {word}", suggestions[0]
    return f"{last} {word}", None


@functools.cache
def _municipality_index() -> dict[str, Municipality]:
    keys = ((m.navn.lower(), m.langt_navn.lower(), m.kode) for m in municipalities())
    return {key: m for m, three in zip(municipalities(), keys, strict=True) for key in three}


@functools.cache
def _long_names() -> frozenset[str]:
    return frozenset(m.langt_navn.lower() for m in municipalities())


def _genitive(municipality: Municipality) -> str:
    """`Københavns`: what stands before Kommune in the long name."""
    return municipality.langt_navn.rsplit(" ", maxsplit=1)[0]


def _short(region: Region) -> str:
    return region.navn.removeprefix("Region ")


def _folded(text: str) -> str:
    """`text` in small letters with single spaces; cut where no name in the tables is that long."""
    return " ".join(text[:80].lower().split())


def _bare_name(text: str) -> str:
    return text.removesuffix(" kommune").removesuffix(" regionskommune")


def _aa(text: str) -> str:
    """`text` with å as aa, so that Ålborg meets Aalborg."""
    return text.replace("å", "aa")


def _nearest(key: str, names: Mapping[str, str]) -> tuple[str, ...]:
    import difflib

    close: Iterable[str] = difflib.get_close_matches(key, names, n=6, cutoff=_CLOSE)
    return tuple(dict.fromkeys(names[name] for name in close))[:3]
