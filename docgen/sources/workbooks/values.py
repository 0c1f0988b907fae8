"""What is written in the cells of a workbook, made into values: numbers, texts, dates, truth values, errors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from docgen.sources.workbooks.formats import Shown, moment_of, number_of, numbers_of
from docgen.sources.workbooks.text import DamagedError, texts, tidy

ERRORS = {
    "#N/A": "#I/T",
    "#REF!": "#REFERENCE!",
    "#VALUE!": "#VÆRDI!",
    "#DIV/0!": "#DIVISION/0!",
    "#NAME?": "#NAVN?",
    "#NULL!": "#NUL!",
    "#NUM!": "#NUM!",
    "#SPILL!": "#OVERLØB!",
    "#CALC!": "#BEREGN!",
}
"""Excel's error values as the Danish Excel shows them."""


def refuse_doctype(*_: object) -> None:
    """Stop expat at a document type declaration, in whatever alphabet it is written. Raises DamagedError."""
    raise DamagedError


class Form(NamedTuple):
    """How a value is written: the type of its cell (`t`, "n" for a number), and what its format shows."""

    type: str
    shown: Shown


class Values:
    """Makes values of what is written: `strings` are the workbook's shared texts, `styles` what each style shows."""

    def __init__(self, strings: Sequence[str | None], styles: Sequence[Shown], *, from_1904: bool) -> None:
        self.strings = strings
        self.styles = styles
        self.from_1904 = from_1904
        self._known: dict[Form, dict[bytes, object]] = {}
        # the shared texts by their numbers as cells have them; to look one up is faster than to make it a number
        self._numbered = dict(zip(str(list(range(len(strings))))[1:-1].encode().split(b", "), strings, strict=False))

    def form(self, kind: str, style: str) -> Form:
        """The form of a cell with the attributes `t` and `s` ("" where it lacks them)."""
        number = int(style) if style.isdigit() else 0
        shown = self.styles[number] if number < len(self.styles) else Shown.NUMBER
        return Form(kind or "n", shown)

    def one(self, form: Form, text: str) -> object:
        """The value of one text. Raises DamagedError where there is no such shared text."""
        match form.type:
            case "s":
                return self._shared([text.encode()])[0]
            case "b":
                return text.strip() in ("1", "true")
            case "e":
                return ERRORS.get(text, tidy(text))
            case "d":
                return _iso(text.strip())
            case "n":
                return self._number(text.strip(), form.shown)
        return tidy(text) or None

    def many(self, form: Form, written: Sequence[bytes]) -> Sequence[object]:
        """The values of many texts of one form, as they stand in the XML, none of them empty."""
        if form.type == "s":
            return self._shared(written)
        if form.type in ("str", "inlineStr"):
            return [text or None for text in texts(written)]
        if form.type == "n" and form.shown in (Shown.NUMBER, Shown.PERCENT):
            numbers = numbers_of(written)
            if None not in numbers:
                return numbers
        known = self._known.setdefault(form, {})
        for one in set(written).difference(known):
            known[one] = self.one(form, one.decode())
        return list(map(known.__getitem__, written))

    def _shared(self, written: Sequence[bytes]) -> Sequence[object]:
        try:
            return list(map(self._numbered.__getitem__, written))
        except KeyError:  # there is none, or its number is written in another way
            pass
        try:
            numbers = list(map(int, written))
            if min(numbers) < 0:
                raise DamagedError
            return list(map(self.strings.__getitem__, numbers))
        except (ValueError, IndexError):
            raise DamagedError from None

    def _number(self, text: str, shown: Shown) -> object:
        number = number_of(text)
        if number is None:
            return tidy(text) or None
        if shown in (Shown.NUMBER, Shown.PERCENT):
            return number
        return moment_of(number, shown, from_1904=self.from_1904)


def _iso(text: str) -> object:
    """A date, a time or both in ISO 8601; the text itself where it is none of them."""
    plain = text.removesuffix("Z")
    for kind in (date, datetime, time):
        try:
            found = kind.fromisoformat(plain)
        except ValueError:
            continue
        midnight = isinstance(found, datetime) and found.time() == time()
        return found.date() if isinstance(found, datetime) and midnight else found
    return tidy(text) or None
