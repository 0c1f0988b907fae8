"""Numbers as they are written in Danish, read into decimals, amounts and percentages."""

from __future__ import annotations

import re
from decimal import Decimal

from docgen.danish.quantities import Amount, Number, Percent, round_half_up

_LONGEST = 60
# Arithmetic keeps 28 digits; what is written must not lose any.
_MOST_DIGITS = 28
_AMOUNT = (
    r"(?P<before>kr\.?|dkk)? ?(?P<number>[-+0-9., ]*[0-9])(?:,-)? ?"
    r"(?P<scale>t\.?(?= ?kr)|tusind|mio\.?|million(?:er)?|mia\.?|milliard(?:er)?)? ?(?P<after>kr\.?|kroner|krone|dkk)?"
)
_SCALES = {"t": 3, "mio": 6, "milliard": 9, "million": 6, "mia": 9}


def parse_number(text: str) -> Number | None:
    """A number: `1.234,5`, `1 234,5`, `1234.5`; `1.234` is one thousand two hundred and thirty-four."""
    value = _decimal(_tidy(text))
    return None if value is None else Number(value)


def parse_amount(text: str) -> Amount | None:
    """Kroner: `1.234.567,89`, `1234567.89`, `500.000 kr.`, `kr. 500,-`, `1,4 mio. kr.`, `-125,50`.

    `1.234` is one thousand two hundred and thirty-four; `1,234` is refused, since kroner have two decimals at most.
    """
    found = re.fullmatch(_AMOUNT, _tidy(text))
    if not found or (found["before"] and found["after"]):
        return None
    value = _decimal(found["number"])
    if value is None:
        return None
    if found["scale"]:
        value = value.scaleb(next(power for word, power in _SCALES.items() if found["scale"].startswith(word)))
    return Amount(value) if value == round_half_up(value, 2) else None


def parse_percent(text: str) -> Percent | None:
    """A percentage: `75 pct.`, `12,5 %`, `75`."""
    found = re.fullmatch(r"(.*[0-9]) ?(?:pct\.?|%|procent)?", _tidy(text))
    value = _decimal(found[1]) if found else None
    return None if value is None else Percent(value)


def _decimal(text: str) -> Decimal | None:
    """The number in `text` by Danish rules; None where it could be read in two ways or in none."""
    digits = text[1:] if text[:1] in ("-", "+") else text
    if re.fullmatch(r"[0-9]{1,3}([. ])[0-9]{3}(?:\1[0-9]{3})*(?:,[0-9]+)?", digits) and not digits.startswith("0"):
        plain = re.sub("[. ]", "", digits).replace(",", ".")
    elif re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", digits):
        plain = digits.replace(",", ".")
    else:
        return None
    if len(plain) > _MOST_DIGITS:
        return None
    return -Decimal(plain) if text.startswith("-") else Decimal(plain)


def _tidy(text: str) -> str:
    """`text` in small letters, with ordinary spaces and minus signs; "" when it is too long to be a number."""
    if len(text) > _LONGEST:
        return ""
    return re.sub("[\u2212\u2013](?=[0-9])", "-", " ".join(text.lower().split()))
