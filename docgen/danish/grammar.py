"""Danish word forms: genitive, plural, capitals, references to law, and the spaces where a line may not break."""

from __future__ import annotations

import re

from docgen.danish.formats import MONTHS, NBSP, Numeric, number

_QUOTES = '"”“»«'
_SIGNS = "%§°+"
_LAST_LETTERS = str.maketrans("æøå", "{|}")
_SMALL_ABBREVIATIONS = ("it", "tv", "pc", "cm", "km", "kg", "ha")
# Each pattern ends right before the space that may not break; what follows the space is only looked at.
_UNBREAKABLE = (
    r"§§? (?=[\w])",
    r"(?<!\w)[Ss]tk\. (?=\d)",
    r"[Nn]r\. (?=\d)",
    r"(?<!\w)[Kk]l\. (?=\d)",
    r"(?<!\w)[Kk]ap\. (?=\d)",
    r"(?<!\w)litra (?=\w\b)",
    r"(?<!\w)den \d{1,2}\. (?=\w)",
    rf"(?<!\d)\d{{1,2}}\. (?=(?:{'|'.join(MONTHS)}|pkt\.)(?!\w))",
    r"\d (?=(?:kr\.|kroner|pct\.|procent|%|mio\.|mia\.|t\.kr\.|DKK)(?!\w))",
    r"(?<!\w)(?:mio|mia)\. (?=kr\.)",
    r"(?<![\w.])[A-ZÆØÅ]\. (?=[A-ZÆØÅ]\.)",
    r"(?<!\w)\d+[A-ZÆØÅ]?, (?=(?:\d{1,2}|st|kl)\.[ \u00a0](?:th|tv|mf)(?!\w))",
    r"(?<!\w)(?:\d{1,2}|st|kl)\. (?=(?:th|tv|mf)(?!\w))",
)


def genitive(name: str) -> str:
    """The genitive of a name: Odenses, Randers', KL's, A/S', Københavns Kommunes, Kommunernes Landsforenings (KL).

    Retskrivningsordbogen §§ 6 and 21: -s; after s, x and z only an apostrophe; 's after abbreviations without full
    stop, single letters, digits and signs; -s after an abbreviation or ordinal that ends in a full stop. Sprognævnet
    allows both KOMBIT's and KOMBITs; this gives the first.
    """
    text = name.rstrip()
    if text.endswith(")") and (found := re.fullmatch(r"(.*\w\S*)(\s*\([^()]*\))", text, re.DOTALL)):
        return genitive(found[1]) + found[2]
    word = text.rstrip(_QUOTES)
    if not word or text[-1] in "'’":
        return text
    if word[-1] in "sxzSXZ":
        return f"{text}'"
    return text + ("'s" if _is_abbreviation(word.split()[-1]) else "s")


def _is_abbreviation(word: str) -> bool:
    """Whether 's follows: capitals (KL, OS2, A/S, IV), a single letter, digits, a sign, or a small abbreviation."""
    if word[-1] == ".":
        return False
    return word.isupper() or len(word) == 1 or word[-1].isdigit() or word[-1] in _SIGNS or word in _SMALL_ABBREVIATIONS


def plural(count: Numeric, one: str, many: str) -> str:
    """`one` when `count` is 1 or -1, else `many`: 1,5 and 0 take the plural."""
    return one if abs(count) == 1 else many


def antal(count: Numeric, one: str, many: str) -> str:
    """`1 møde`, `3 møder`, `1.500 møder`."""
    return f"{number(count)} {plural(count, one, many)}"


def capitalize_first(text: str) -> str:
    """`text` with a capital first letter; the rest is left alone."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """`text` with a small first letter, unless it begins with an abbreviation such as KL or A/S."""
    return text if re.match(r"\w[^\w\s]?[A-ZÆØÅ0-9]", text) else text[:1].lower() + text[1:]


def law_reference(
    paragraph: str | int,
    stk: str | int | None = None,
    nr: str | int | None = None,
    litra: str | None = None,
    pkt: str | int | None = None,
) -> str:
    """`§ 6, stk. 1, nr. 2, litra b, 1. pkt.` with no-break spaces (lovkvalitet.dk 3.4.5.3); None skips a part."""
    steps = [f"§{NBSP}{str(paragraph).removeprefix('§').strip().replace(' ', NBSP)}"]
    steps += [
        f"{word}{NBSP}{part}" for word, part in (("stk.", stk), ("nr.", nr), ("litra", litra)) if part is not None
    ]
    if pkt is not None:
        steps.append(f"{pkt}.{NBSP}pkt.")
    return ", ".join(steps)


def no_break(text: str) -> str:
    """`text` with U+00A0 where a line may not break; nothing but single spaces is changed.

    After §, stk., nr., kl., kap., litra and a day of the month; between a number and kr., pct., %, mio. and mia.;
    inside initials; between house number, floor and door.
    """
    for pattern in _UNBREAKABLE:
        text = re.sub(pattern, _bind, text)
    return text


def _bind(found: re.Match[str]) -> str:
    return f"{found[0][:-1]}{NBSP}"


def alphabetic(text: str) -> str:
    """What a text sorts by as a Dane looks a name up: æ, ø and å last, and aa is å."""
    return text.casefold().replace("aa", "å").translate(_LAST_LETTERS)
