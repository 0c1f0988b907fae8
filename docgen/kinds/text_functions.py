"""The functions of expressions that look for words in a text; docs/typer.md describes them to users."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from docgen.kinds.nonsense import NonsenseError

# What stands in square brackets in the text for the one who fills it in.
_ASKED = (
    r"indsæt\w*|indskriv\w*|skriv\w*|udfyld\w*|tilføj\w*|angiv\w*|anfør\w*|vælg\w*|beskriv\w*|slet\w*|afvent\w*|mangler"
    r"|navn\w*|dato|beløb|tal|tekst|titel|sted|adresse|organisation\w*|kommune\w*|region\w*|part\w*|evt\.?|eventuel\w*"
    r"|insert|name|date|text|amount|tbd|tba|todo|n\.?n\.?|x{2,}|_+|\?+|\.{2,}|…"
)
_WHAT = r"(?:tekst(?:en)?|navn(?:et)?|dato(?:en)?|beløb(?:et)?|tal(?:let)?|her|senere)"
_PLACEHOLDERS = (
    # A link ([tekst](https://…)), a reference to one and a footnote are no placeholders.
    rf"\[\s*(?:{_ASKED})(?!\w)[^\[\]\n]*\](?!\(|\[|:\s*\w+://)",
    r"<\s*(?:indsæt|indskriv|skriv|udfyld|angiv|anfør|vælg|insert)\b[^<>\n]*>",
    r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}",
    r"(?<!\w)(?:19|20)?x{2,}(?!\w)",
    r"(?<!\w)x[ \u00a0]+(?:(?:kommune|region)(?!\w)|(?:kr|mio|mia|pct)\b\.?)",
    r"(?<!\w)region[ \u00a0]+x(?!\w)",
    r"(?<!\w)dd?[./-]mm?[./-](?:å{2,4}|y{2,4})(?!\w)|(?<!\w)å{4}(?!\w)",
    r"_{4,}|(?<=\s)_{3}(?=[\s.,;:)])",
    r"\?{3,}|\.{5,}|…{2,}",
    r"(?<!\w)N\.[ \u00a0]?N\.(?!\w)|(?<!\w)(?-i:NN|TODO|TBD|TBA)(?!\w)|(?<!\w)(?:todo|tbd|tba)(?=\s*:)",
    rf"(?<!\w)(?:udfyldes|indsættes|tilføjes|skrives)[ \u00a0]+{_WHAT}(?!\w)",
    rf"(?<!\w)(?:indsæt|insert)[ \u00a0]+(?:{_WHAT}|text|name|date)(?!\w)",
    r"(?<!\w)(?:klik|tryk)[ \u00a0]+(?:eller[ \u00a0]+\w+[ \u00a0]+)?her\b[^.\n|]{0,40}",
    r"(?<!\w)click[ \u00a0]+(?:or[ \u00a0]+tap[ \u00a0]+)?here\b[^.\n|]{0,40}",
    r"(?<!\w)lorem\s+ipsum(?!\w)|(?<!\w)fornavn[ \u00a0]+efternavn(?!\w)",
    # The word is ordinary Danish as long as something is awaited.
    r"^[ \t]*(?:[-*|(][ \t]*)?afventer[ \t]*[.…)|]*[ \t]*$",
)
_NUMBER = r"\d+(?:\.\d+)*[a-zæøå]?(?!\w)"
_ANNEXES = (
    r"(?<!\w)bilag(?:ene|ets|et)?(?:\s+nr\.)?\s+"
    rf"({_NUMBER}(?:(?:\s*,\s*(?:og\s+|eller\s+)?|\s+(?:og|eller|samt|til)\s+|\s*[-–]\s*){_NUMBER})*)"
)
# "bilag 1 til bekendtgørelse nr. 9" and "lovens bilag 1" are annexes of something else than the text itself.
_ELSEWHERE = (
    r"(?:\w*(?:bekendtgørelse|vejledning|forordning|direktiv|cirkulære|overenskomst|konvention|retningslinje|standard"
    r"|håndbog|rapport|notat|udbudsmateriale|tilbud)\w*|\w*lov(?:en|ens|s|forslag\w*)?|\w{2,}aftale(?:n|ns|r|rne)?)(?!\w)"
)
_OF_ELSEWHERE = r"\s+(?:til|i|fra)\s+(?:(?!(?:af|efter|for|fra|i|jf|med|og|om|på|som|til)\b)\w+\s+){0,3}?" + _ELSEWHERE
_ONE_ANNEX = r"(\s*[-–]\s*|\s+til\s+)?(\d+(?:\.\d+)*[a-zæøå]?)"
_MOST_IN_RANGE = 100


def mentions(tekst: str | Iterable[str] | None, *ord: str) -> bool:  # noqa: A002 - the Danish for words
    """Whether one of the words or phrases stands in the text as whole words, in capitals or not.

    A `*` at an end of a word is any ending (or beginning): `driftsafta*`.
    """
    if not ord:
        raise NonsenseError("der skal stå mindst ét ord at lede efter")
    found = _words(ord)
    if isinstance(tekst, str):
        return found.search(tekst) is not None
    return any(found.search(text) for text in _texts(tekst))


def placeholder(tekst: str | Iterable[str] | None) -> str:
    """The first thing in the text that still waits to be filled in, such as `[indsæt navn]`; empty when all is."""
    found = (match for text in _texts(tekst) if (match := _placeholders().search(text)))
    first = next(found, None)
    return " ".join(first[0].split()) if first else ""


def annex_numbers(tekst: str | Iterable[str] | None) -> list[str]:
    """The numbers of its own annexes that a text names, each once: `bilag 2a, 3 og 5-7`."""
    numbers: dict[str, None] = {}
    for text in _texts(tekst):
        for match in re.finditer(_ANNEXES, text, re.IGNORECASE):
            if not _of_another_document(text, match):
                numbers |= dict.fromkeys(_numbers(match[1]))
    return list(numbers)


def _of_another_document(text: str, annexes: re.Match[str]) -> bool:
    """Whether the annexes are named as those of an act, an order or another agreement."""
    if re.compile(_OF_ELSEWHERE, re.IGNORECASE).match(text, annexes.end()):
        return True
    owner = re.search(r"(\w+)s\s+$", text[: annexes.start()])
    return bool(owner and re.fullmatch(_ELSEWHERE, owner[1], re.IGNORECASE))


def _numbers(named: str) -> Iterable[str]:
    last = ""
    for sign, number in re.findall(_ONE_ANNEX, named, re.IGNORECASE):
        if sign and last.isdecimal() and number.isdecimal() and int(number) - int(last) <= _MOST_IN_RANGE:
            yield from (str(between) for between in range(int(last) + 1, int(number)))
        yield number.lower()
        last = number


def _texts(value: object) -> list[str]:
    """The text, or the texts of a list."""
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, list | tuple) and all(isinstance(one, str) or one is None for one in value):
        return [one for one in value if one]
    raise NonsenseError("funktionen skal have en tekst")


@lru_cache(maxsize=256)
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    if not all(isinstance(word, str) and word.strip("* ") for word in words):
        raise NonsenseError("der skal stå ord at lede efter, hvert i anførselstegn")
    # what all have in common stands around them: so only where a word begins is any of them looked for
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_word, words))})(?!\w)", re.IGNORECASE)


def _word(word: str) -> str:
    return r"\s+".join(re.escape(part).replace(r"\*", r"\w*") for part in word.split())


@lru_cache(maxsize=1)
def _placeholders() -> re.Pattern[str]:
    return re.compile("|".join(_PLACEHOLDERS), re.IGNORECASE | re.MULTILINE)


TEXT_FUNCTIONS: Mapping[str, Callable[..., object]] = {
    "nævner": mentions,
    "pladsholder": placeholder,
    "bilagsnumre": annex_numbers,
}
"""The functions by the names that expressions use."""
