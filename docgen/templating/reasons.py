"""What Jinja and Python say in English when a tag cannot be read or evaluated, told in Danish."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable

_SYNTAX_UNKNOWN = "se efter anførselstegn, parenteser og stavning"
_TYPE_UNKNOWN = "værdien er af en anden slags, end koden skal bruge"
_VALUE_UNKNOWN = "værdien har ikke den form, som koden skal bruge"
_TOO_LARGE = "tallet er for stort"
_CLOSERS = {")": "slutparentesen )", "]": "den kantede parentes ]", "}": "den krøllede parentes }"}
_END = r"'?(?:end of (?:print statement|statement block|template))'?"
_KINDS = {
    **dict.fromkeys(("int", "float", "Decimal", "decimal.Decimal", "Number"), "et tal"),
    **dict.fromkeys(("str", "Markdown", "Xml"), "en tekst"),
    **dict.fromkeys(("dict", "Group", "dict_items"), "en gruppe af felter"),
    **dict.fromkeys(("list", "tuple", "range", "generator"), "en liste"),
    **dict.fromkeys(("date", "datetime.date", "Month", "Year"), "en dato"),
    **{"bool": "ja eller nej", "NoneType": "et tomt felt", "Amount": "et beløb", "Percent": "en procent"},
    **{
        "Choice": "et valg",
        "Period": "en periode",
        "TimeSpan": "et tidsrum",
        "builtin_function_or_method": "en funktion",
    },
}
_DOING = {
    "+": "lægges sammen",
    "-": "trækkes fra hinanden",
    "*": "ganges",
    "/": "divideres",
    "//": "divideres",
    "%": "divideres",
    "** or pow()": "opløftes",
}
_Row = tuple[str, str | Callable[[re.Match[str]], str]]


def _kind(name: str) -> str:
    return _KINDS.get(name, "værdien")


def _pair(first: str, second: str) -> str:
    one, two = _kind(first), _kind(second)
    return f"{one} og {two}" if one != two else f"{one} og {two} til"


def _closed(found: re.Match[str]) -> str:
    return f"der mangler {_CLOSERS[found[1]]}"


def _operands(found: re.Match[str]) -> str:
    return f"{_pair(found[2], found[3])} kan ikke {_DOING.get(found[1], 'regnes sammen')}"


def _symbol(found: re.Match[str]) -> str:
    sign = found[1]
    if sign in "\"'":
        return f"anførselstegnet {sign} mangler sin makker"
    return f"tegnet {sign} kan ikke stå her"


# The messages of Jinja 3.1; the first row that fits is used.
_SYNTAX: tuple[_Row, ...] = (
    (r"expected token '(?:end of \w+ \w+|block_end|variable_end)', got '='", "skriv == for at sammenligne"),
    (r"expected token 'end of \w+ \w+', got '(string|integer|float)'", "der mangler et tegn mellem to værdier"),
    (r"expected token 'end of \w+ \w+', got '([\w.]+)'", lambda found: f'ordet "{found[1]}" er for meget'),
    (r"expected token 'end of \w+ \w+', got '(.+)'", lambda found: f"tegnet {found[1]} er for meget"),
    (r"expected token '([)\]}])', got ", _closed),
    (r"expected token ',', got 'string'", "der mangler et komma eller et anførselstegn"),
    (r"expected token ',', got '(.+)'", lambda found: f"der mangler et komma eller en slutparentes før {found[1]}"),
    (r"expected token ':', got '}'", "en kode begynder med to { og slutter med to }, ikke tre"),
    (r"expected token '(?:in|=|:)', got ", lambda found: f"der mangler {found[0].split(chr(39))[1]}"),
    (r"expected token 'name', got ", "der mangler et navn"),
    (r"expected name or number", "der mangler et navn efter punktummet"),
    (r"Expected an expression, got |unexpected " + _END, "der mangler et felt eller en værdi"),
    (r"unexpected '.', expected '(.)'", _closed),
    (r"unexpected '([)\]}])'", lambda found: f"{found[1]} er for meget"),
    (r"unexpected char '(.)' at \d+", _symbol),
    (r"unexpected char \"(')\" at \d+", _symbol),
    (r"unexpected '(.+)'", lambda found: f"{found[1]} kan ikke stå her"),
    (r"can(?:not|'t) assign to ", "der kan kun gives en værdi til et navn"),
    (r"nested too deep", "koden er for indviklet"),
    (r"block '(.+)' defined twice", lambda found: f'der er to block, der hedder "{found[1]}"'),
    (r"invalid syntax for function call", "teksten mellem parenteserne er skrevet forkert"),
)
# The messages of Python 3.11 to 3.14, and of docgen's own values and sandbox.
_VALUES: tuple[_Row, ...] = (
    (r"unsupported operand type\(s\) for (.+): '([\w.]+)' and '([\w.]+)'", _operands),
    (
        r"can only concatenate (\w+) \(not \"([\w.]+)\"\)",
        lambda found: f"{_pair(found[1], found[2])} kan ikke lægges sammen; tekster sættes sammen med ~",
    ),
    (
        r"must be str, not ([\w.]+)|expected str instance, ([\w.]+) found",
        "en tekst og noget andet kan ikke sættes sammen",
    ),
    (
        r"not supported between instances of '([\w.]+)' and '([\w.]+)'",
        lambda found: f"{_pair(found[1], found[2])} kan ikke sammenlignes",
    ),
    (r"argument of type '([\w.]+)' is not ", lambda found: f"{_kind(found[1])} kan ikke indeholde noget"),
    (r"unpack", "antallet af navne passer ikke til det, der står i listen"),
    (r"'([\w.]+)' object is not iterable", lambda found: f"{_kind(found[1])} er ikke en liste"),
    (r"'([\w.]+)' object is not callable", lambda found: f"{_kind(found[1])} er ikke en funktion"),
    (r"'([\w.]+)' object is not subscriptable", lambda found: f"{_kind(found[1])} er ikke en liste"),
    (r"'([\w.]+)' object cannot be interpreted as an integer", "der skal stå et helt tal"),
    (r"object of type '([\w.]+)' has no len", lambda found: f"{_kind(found[1])} har ingen længde"),
    (r"bad operand type for unary .: '([\w.]+)'", lambda found: f"{_kind(found[1])} kan ikke have et fortegn"),
    (r"bad operand type for abs\(\)|type ([\w.]+) doesn't define __round__ method", "der skal stå et tal"),
    (r"format string|during string formatting|format: a ", "formatet passer ikke til værdierne"),
    (r"missing \d+ required|missing a required", "der mangler noget i parentesen"),
    (r"takes .*positional arguments?|expected at most|too many positional", "der står for meget i parentesen"),
    (r"unexpected keyword argument '?(\w+)", lambda found: f'"{found[1]}" kan ikke stå i parentesen'),
    (r"takes not more than \d+ argument|got multiple values", "der står for meget i parentesen"),
    (r"could not convert string to float|invalid literal for int|ConversionSyntax", "teksten er ikke et tal"),
    (r"must be real number|real number is required|a Decimal or an int|is not a whole number", "der skal stå et tal"),
    (r"Range too big", "løkken er for lang: range giver højst 100.000 tal"),
    (r"range\(\) arg 3 must not be zero", "trinnet i range kan ikke være nul"),
    (r"Exceeds the limit|too large|out of range|not finite|infinity|NaN", _TOO_LARGE),
    (r"no such (?:year|month)", "datoen findes ikke"),
    (r"(?:period|time span) ends before", "slutningen ligger før begyndelsen"),
    (r"number of decimals", "antallet af decimaler er for stort eller negativt"),
    (r"number of working days is negative", "antallet af hverdage er negativt"),
    (r"substring not found|not in (?:list|tuple)", "det, der søges efter, findes ikke"),
    (r"No (?:filter|test) named|map requires", "filteret mangler i parentesen, eller det findes ikke"),
    (r"recursive", "løkken er ikke lavet til at kalde sig selv"),
)


def syntax_reason(english: str) -> str:
    """Why a tag cannot be read, from the message of Jinja's parser."""
    return _told(_SYNTAX, english) or _SYNTAX_UNKNOWN


def value_reason(fault: Exception) -> str:
    """Why a value does not fit its tag. The reasons that docgen's own filters give are Danish, and stay."""
    told = _told(_VALUES, str(fault))
    if told:
        return told
    if not isinstance(fault, ValueError):
        return _TYPE_UNKNOWN
    return str(fault) if _is_own(fault) else _VALUE_UNKNOWN


def _told(rows: Iterable[_Row], english: str) -> str:
    for pattern, danish in rows:
        found = re.search(pattern, english)
        if found:
            return danish if isinstance(danish, str) else danish(found)
    return ""


def _is_own(fault: Exception) -> bool:
    """Whether a filter raised the fault, docgen's or the caller's: not Python, not Jinja, not the template's code."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    module = "" if trace is None else str(trace.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
    return bool(module) and module != "jinja2" and module not in sys.stdlib_module_names
