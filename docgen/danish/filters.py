"""The Danish filters of templates and rules: `FILTERS` by name, each with a Danish line and a tested example.

They take the typed values of a kind and the plain text and numbers of data without one. An empty value (None) gives
an empty text; what makes no sense raises ValueError with a Danish sentence.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal

from docgen.danish import formats, grammar
from docgen.danish.quantities import bounded
from docgen.danish.values import HealthCouncil, Month, Municipality, Period, Quantity, Region, TimeSpan, Year

FILTERS: dict[str, Callable[..., str]] = {}


def _filter(name: str) -> Callable[[Callable[..., str]], Callable[..., str]]:
    """Register a filter under its Danish name; None passes through it as an empty text."""

    def register(function: Callable[..., str]) -> Callable[..., str]:
        @functools.wraps(function)
        def filled(value: object, *arguments: object, **options: object) -> str:
            return "" if value is None else function(value, *arguments, **options)

        FILTERS[name] = filled
        return filled

    return register


def _refuse(value: object, what: str) -> ValueError:
    # str() lets a template's undefined value tell its own fault.
    return ValueError(f'"{value!s}" er ikke {what}')


def _as_date(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    from docgen.danish.parsing import parse_date

    found = parse_date(value) if isinstance(value, str) else None
    if found is None:
        raise _refuse(value, "en dato")
    return found


def _as_month(value: object) -> date | Month:
    if isinstance(value, Month):
        return value
    from docgen.danish.parsing import parse_month

    found = parse_month(value) if isinstance(value, str) else None
    return found or _as_date(value)


def _as_decimal(value: object, what: str = "et tal") -> Decimal:
    if isinstance(value, Quantity):
        return value.value
    if isinstance(value, Decimal | int | float) and not isinstance(value, bool):
        try:
            return bounded(Decimal(repr(value)) if isinstance(value, float) else Decimal(value))
        except ValueError:
            raise _refuse(value, what) from None
    if isinstance(value, str):
        from docgen.danish.numerals import parse_amount, parse_number, parse_percent

        readers = {"et beløb": parse_amount, "en procent": parse_percent}
        quantity = readers.get(what, parse_number)(value)
        if quantity is not None:
            return quantity.value
    raise _refuse(value, what)


def _as_items(value: object) -> list[object]:
    if isinstance(value, str | Mapping) or not isinstance(value, Iterable):
        return [value]
    return list(value)


def _as_texts(value: object) -> list[object]:
    """The items of a list, none of which is data without a text of its own."""
    items = _as_items(value)
    if any(type(item) is dict for item in items):
        raise ValueError('listen består af grupper: vælg et felt med map(attribute="…")')
    return items


@_filter("dato")
def dato(value: object) -> str:
    """Dato, måned, år eller periode i bogstaver: `"2024-11-15" | dato` → `15. november 2024`."""
    from docgen.danish.parsing import parse_moment, parse_period

    if isinstance(value, str):
        found = parse_moment(value) or parse_period(value)
        if found is None:
            raise _refuse(value, "en dato")
        return formats.display(found)
    return formats.display(value if isinstance(value, Month | Year | Period) else _as_date(value))


@_filter("dato_lang")
def dato_lang(value: object) -> str:
    """Dag, måned i bogstaver og år: `"15.11.2024" | dato_lang` → `15. november 2024`."""
    return formats.date_long(_as_date(value))


@_filter("dato_kort")
def dato_kort(value: object) -> str:
    """Dato i tal uden nuller foran: `"2001-09-11" | dato_kort` → `11.9.2001`."""
    return formats.date_numeric(_as_date(value))


@_filter("dato_ugedag")
def dato_ugedag(value: object) -> str:
    """Ugedag og dato: `"2024-04-16" | dato_ugedag` → `tirsdag den 16. april 2024`."""
    return formats.date_with_weekday(_as_date(value))


@_filter("ugedag")
def ugedag(value: object) -> str:
    """Ugedagens navn: `"2024-04-16" | ugedag` → `tirsdag`."""
    return formats.weekday(_as_date(value))


@_filter("måned")
def maaned(value: object) -> str:
    """Måned og år: `"2025-05-15" | måned` → `maj 2025`."""
    return formats.month_and_year(_as_month(value))


@_filter("år")
def aar(value: object) -> str:
    """Årstal af en dato eller måned: `"15. maj 2025" | år` → `2025`."""
    from docgen.danish.parsing import parse_year

    year = value if isinstance(value, Year) else parse_year(value) if isinstance(value, str) else None
    return str(year or _as_month(value).year)


@_filter("kl")
def kl(value: object, skilletegn: str = ".") -> str:
    """Klokkeslæt eller tidsrum: `"16:30" | kl` → `kl. 16.30`; `"9-12" | kl(":")` → `kl. 9:00-12:00`."""
    from docgen.danish.parsing import parse_time, parse_timespan

    found = (parse_time(value) or parse_timespan(value)) if isinstance(value, str) else value
    if isinstance(found, datetime):
        found = found.time()
    if isinstance(found, time):
        return formats.clock(found, kl=True, separator=skilletegn)
    if isinstance(found, TimeSpan):
        return formats.time_span(found, separator=skilletegn)
    raise _refuse(value, "et klokkeslæt")


@_filter("beløb")
def beloeb(value: object, enhed: str = "kr.", decimaler: int | None = None) -> str:
    """Beløb i kroner: `1234567.5 | beløb` → `1.234.567,50 kr.`; `500 | beløb("")` → `500`."""
    return formats.amount(_as_decimal(value, "et beløb"), enhed, decimaler)


@_filter("mio")
def mio(value: object, decimaler: int | None = None) -> str:
    """Beløb i millioner: `1400000 | mio` → `1,4 mio. kr.`; `2000000 | mio(1)` → `2,0 mio. kr.`."""
    return formats.millions(_as_decimal(value, "et beløb"), decimals=decimaler)


@_filter("tusinde")
def tusinde(value: object, enhed: str = "", decimaler: int = 0) -> str:
    """Beløb i hele tusinder, afrundet: `1234567.5 | tusinde` → `1.235`; `250000 | tusinde("t.kr.")` → `250 t.kr.`."""
    return formats.thousands(_as_decimal(value, "et beløb"), enhed, decimaler)


@_filter("tal")
def tal(value: object, decimaler: int | None = None) -> str:
    """Tal med dansk komma og tusindtalspunktum: `1234.5 | tal` → `1.234,5`; `2 | tal(1)` → `2,0`."""
    return formats.number(_as_decimal(value), decimaler)


@_filter("pct")
def pct(value: object, decimaler: int | None = None, tegn: str = "pct.") -> str:
    """Procent: `12.5 | pct` → `12,5 pct.`; `75 | pct(tegn="%")` → `75 %`."""
    return formats.percent(_as_decimal(value, "en procent"), decimaler, tegn)


@_filter("og")
def og(value: object) -> str:
    """Opremsning med og: `["Odense", "Nyborg", "Assens"] | og` → `Odense, Nyborg og Assens`."""
    return formats.join_og(_as_texts(value))


@_filter("eller")
def eller(value: object) -> str:
    """Opremsning med eller: `["telefon", "e-mail"] | eller` → `telefon eller e-mail`."""
    return formats.join_og(_as_texts(value), "eller")


@_filter("join")
def join(value: object, skilletegn: str = "", attribute: str | None = None) -> str:
    """Samler en liste, hvor hver del skrives på dansk: `[75, true] | join("; ")` → `75; ja`."""
    items = _as_texts(value) if attribute is None else [_field(item, attribute) for item in _as_items(value)]
    return skilletegn.join(formats.display(item) for item in items)


def _field(group: object, name: str) -> object:
    if not isinstance(group, Mapping) or name not in group:
        raise ValueError(f'der er intet felt "{name}" i "{group!s}"')
    return group[name]


@_filter("ejefald")
def ejefald(value: object) -> str:
    """Navn i ejefald: `"Randers" | ejefald` → `Randers'`; `"KL" | ejefald` → `KL's`."""
    return grammar.genitive(formats.display(value))


@_filter("stort")
def stort(value: object) -> str:
    """Stort begyndelsesbogstav: `"økonomiudvalget" | stort` → `Økonomiudvalget`."""
    return grammar.capitalize_first(formats.display(value))


@_filter("lille")
def lille(value: object) -> str:
    """Lille begyndelsesbogstav, dog ikke i forkortelser: `"Åbent punkt" | lille` → `åbent punkt`."""
    return grammar.lower_first(formats.display(value))


@_filter("paragraf")
def paragraf(
    value: object,
    stk: str | int | None = None,
    nr: str | int | None = None,
    litra: str | None = None,
    pkt: str | int | None = None,
) -> str:
    """Henvisning til en paragraf: `6 | paragraf(stk=1, nr=2, litra="b")` → `§ 6, stk. 1, nr. 2, litra b`."""
    return grammar.law_reference(formats.display(value), stk, nr, litra, pkt)


@_filter("cvr")
def cvr(value: object) -> str:
    """CVR-nummer i par: `"29190909" | cvr` → `29 19 09 09`."""
    from docgen.danish.identifiers import parse_cvr

    number = parse_cvr(_digits(value))
    if number is None:
        raise _refuse(value, "et CVR-nummer")
    return formats.cvr(number)


@_filter("gln")
def gln(value: object) -> str:
    """EAN/GLN-nummer uden mellemrum: `"5798 0099 6810 4" | gln` → `5798009968104`."""
    from docgen.danish.identifiers import parse_gln

    number = parse_gln(_digits(value))
    if number is None:
        raise _refuse(value, "et EAN/GLN-nummer")
    return str(number)


@_filter("tlf")
def tlf(value: object, grupper: int = 2) -> str:
    """Telefonnummer: `"+45 66113333" | tlf` → `66 11 33 33`; `66113333 | tlf(4)` → `6611 3333`."""
    from docgen.danish.identifiers import parse_phone

    number = parse_phone(_digits(value))
    if number is None:
        raise _refuse(value, "et telefonnummer")
    return formats.phone(number, group=grupper)


def _digits(value: object) -> str:
    # Data without a kind may hold a number where text was meant.
    return str(value) if isinstance(value, str | int) else ""


@_filter("antal")
def antal(value: object, en: str = "", flere: str = "") -> str:
    """Antal, også af en liste: `3 | antal("møde", "møder")` → `3 møder`; `["a"] | antal("bilag")` → `1 bilag`."""
    return grammar.antal(_count(value), en, flere or en).strip()


def _count(value: object) -> Decimal:
    if isinstance(value, Iterable) and not isinstance(value, str | Mapping):
        return Decimal(len(list(value)))
    return _as_decimal(value)


@_filter("ja_nej")
def ja_nej(value: object) -> str:
    """Ja eller nej: `true | ja_nej` → `ja`; `"x" | ja_nej` → `ja`."""
    from docgen.danish.parsing import parse_bool

    found = value if isinstance(value, bool) else parse_bool(value) if isinstance(value, str) else None
    if found is None:
        raise _refuse(value, "ja eller nej")
    return formats.yes_no(found)


@_filter("fast")
def fast(value: object) -> str:
    """Mellemrum, hvor linjen ikke må brydes, gøres faste: `"§ 5, stk. 1" | fast` → `§ 5, stk. 1`."""
    return grammar.no_break(formats.display(value))


@_filter("kommune")
def kommune(value: object) -> str:
    """Kommunens fulde navn ud fra navn eller kode: `"0101" | kommune` → `Københavns Kommune`."""
    return _municipality(value).langt_navn


@_filter("navn")
def navn(value: object) -> str:
    """Det korte navn på en kommune, region eller et sundhedsråd: `"Randers Kommune" | navn` → `Randers`."""
    if isinstance(value, Region):
        return value.navn.removeprefix("Region ")
    if isinstance(value, HealthCouncil):
        return value.navn.removeprefix("Sundhedsråd ")
    return _municipality(value).navn


@_filter("region")
def region(value: object, dato: object = None) -> str:
    """Den region, kommunen ligger i på en dato: `"Roskilde" | region("2027-01-01")` → `Region Østdanmark`."""
    from docgen.danish import reference

    if dato is None:
        raise ValueError("filteret region skal have en dato, for regionerne ændres 1. januar 2027")
    return reference.region_of(_municipality(value), _as_date(dato)).navn


def _municipality(value: object) -> Municipality:
    from docgen.danish.reference import find_municipality

    if isinstance(value, Municipality):
        return value
    found = find_municipality(str(value)) if isinstance(value, str | int) else None
    if found is None:
        raise _refuse(value, "en kommune")
    return found
