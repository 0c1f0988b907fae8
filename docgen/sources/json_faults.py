"""What is wrong at a place where a JSON file cannot be read on."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from docgen.diagnostics import Diagnostic, TextPlace, error
from docgen.sources.text import Text, shortened

_CLOSING = {"{": "}", "[": "]"}
_WRONG_QUOTES = "'“”‘’„‟«»´`"
_BARE = re.compile(r'[^\s,:\[\]{}"][^,:\[\]{}"\n]*')
_STRING_START = re.compile(r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*')


@dataclass(frozen=True, slots=True)
class Fault:
    """A place `at` where something other than `expected` stands; all places are offsets into the content.

    `previous_end` is where the last good token ended, `opening` the bracket that is open (-1 without one), and
    `comma` the last comma within it (-1 without one).
    """

    text: Text
    at: int
    expected: str
    previous_end: int
    opening: int
    comma: int


def explain(fault: Fault) -> Diagnostic:
    """The finding that says what is wrong and how to mend it."""
    content, at = fault.text.content, fault.at
    char = content[at : at + 1]
    if not char:
        return _unclosed_bracket(fault)
    if char == "#" or content.startswith(("//", "/*"), at):
        return error("DG180", _rest_of_line(fault, at))
    if fault.expected == "nothing":
        return error("DG178", _rest_of_line(fault, at))
    if fault.expected == "colon":
        return error("DG176", _rest_of_line(fault, at))
    if fault.expected == "comma":
        return _no_comma(fault, char)
    if fault.opening < 0 and char not in "\"'":
        return error("DG189", _rest_of_line(fault, at))
    if char in _WRONG_QUOTES:
        return error("DG181", _rest_of_line(fault, at), tegn=char)
    if char == '"' and (fault.expected == "value" or not _is_string(content, at)):
        return _bad_string(fault)
    return _no_key(fault, char) if fault.expected == "key" else _no_value(fault, char)


def _unclosed_bracket(fault: Fault) -> Diagnostic:
    tegn = fault.text.content[fault.opening]
    return error("DG179", fault.text.place(fault.opening, fault.opening + 1), tegn=tegn, slut=_CLOSING[tegn])


def _no_comma(fault: Fault, char: str) -> Diagnostic:
    content, at = fault.text.content, fault.at
    opening = content[fault.opening]
    if char in "]}":
        return error("DG184", fault.text.place(at, at + 1), tegn=opening, slut=_CLOSING[opening])
    if char == ":":
        return error("DG170", _rest_of_line(fault, at))
    if content[fault.previous_end - 1] == '"' and "\n" not in content[fault.previous_end : at]:
        return error("DG187", _rest_of_line(fault, at))
    return error("DG171", _rest_of_line(fault, at))


def _no_key(fault: Fault, char: str) -> Diagnostic:
    content, at = fault.text.content, fault.at
    if char in "[{":
        return error("DG150", fault.text.place(at, at + 1))
    if char in "]},:":
        return _stray_mark(fault, char)
    told = _bare_text(fault)
    number = re.compile(r"-?[0-9.]*[0-9](?=,$)|$").search(content[:at].rsplit("\n", 1)[-1][-40:])
    if number and number.group() and told[0].isdigit():  # "beløb": 1.234,50
        start = at - len(number.group()) - 1
        whole = content[start : at + len(told)]
        return error("DG175", fault.text.place(start, at + len(told)), tekst=whole, forslag=_as_string(whole))
    return error("DG173", fault.text.place(at, at + len(told)), forslag=_as_string(told))


def _no_value(fault: Fault, char: str) -> Diagnostic:
    at = fault.at
    if char in "]},:":
        return _stray_mark(fault, char)
    told = _bare_text(fault)
    place = fault.text.place(at, at + len(told))
    if told.lower() in ("true", "false", "null", "none"):
        return error("DG185", place, tekst=told, forslag=told.lower().replace("none", "null"))
    if re.fullmatch(r"-?0[0-9]+(?:\.[0-9]+)?", told):
        return error("DG186", place, forslag=_as_string(told))
    return error("DG175", place, tekst=told, forslag=_as_string(told))


def _stray_mark(fault: Fault, char: str) -> Diagnostic:
    at = fault.at
    if char in "]}" and fault.comma >= 0 and not fault.text.content[fault.comma + 1 : at].strip():
        return error("DG172", fault.text.place(fault.comma, fault.comma + 1))
    return error("DG170" if fault.expected == "key" else "DG182", fault.text.place(at, at + 1))


def _bad_string(fault: Fault) -> Diagnostic:
    """A string that begins as one should, and where it goes wrong."""
    content = fault.text.content
    match = _STRING_START.match(content, fault.at)
    end = match.end() if match else fault.at + 1
    if content[end : end + 1] == "\\":
        return error("DG177", fault.text.place(end, end + 2), tegn=content[end : end + 2].strip())
    if content[end : end + 1] == "\t":
        return error("DG183", fault.text.place(end, end + 1))
    return error("DG174", fault.text.place(fault.at, end))


def _is_string(content: str, at: int) -> bool:
    match = _STRING_START.match(content, at)
    return match is not None and content[match.end() : match.end() + 1] == '"'


def _bare_text(fault: Fault) -> str:
    match = _BARE.match(fault.text.content, fault.at)
    return match.group().rstrip() if match else fault.text.content[fault.at]


def _as_string(text: str) -> str:
    return json.dumps(shortened(text), ensure_ascii=False)


def _rest_of_line(fault: Fault, start: int) -> TextPlace:
    return fault.text.place(start, len(fault.text.content))
