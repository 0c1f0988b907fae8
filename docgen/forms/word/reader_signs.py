"""What a Word form shows that plain text cannot hold: signs that are written out, and looks that are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from docgen.word.archive.ooxml import VAL, w
from docgen.word.look.styles import number_of, toggle
from docgen.word.values.inlines import GONE

if TYPE_CHECKING:
    from lxml.etree import _Element

_P, _RUN, _TEXT, _SYMBOL, _LOOK = w("p"), w("r"), w("t"), w("sym"), w("rPr")
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Word makes these of -->, <--, ==>, <==, <=>, :) and :( while one types.
_WINGDINGS = {
    **{"F0E0": "→", "F0DF": "←", "F0E1": "↑", "F0E2": "↓", "F0E8": "→", "F0E7": "←", "F0F3": "↔", "F0D8": "➢"},
    **{"F04A": "☺", "F04B": "😐", "F04C": "☹", "F0FC": "✓", "F0FB": "✗", "F06C": "●", "F06E": "■", "F076": "❖"},
}
_SYMBOL_FONT = {
    **{"F0A3": "≤", "F0B3": "≥", "F0B1": "±", "F0B4": "×", "F0B8": "÷", "F0B9": "≠", "F0BB": "≈", "F0A5": "∞"},
    **{"F0AB": "↔", "F0AC": "←", "F0AD": "↑", "F0AE": "→", "F0AF": "↓", "F0DE": "⇒", "F0D6": "√", "F06D": "µ"},
}
_FONTS = {"wingdings": _WINGDINGS, "symbol": _SYMBOL_FONT}
_KNOWN = frozenset(("F0A3", "F0A8", "F06F", "F0FD", "F0FE", "F078", "F0B7", "F0A7"))  # boxes and bullets
_PRIVATE = range(0xE000, 0xF900)
_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎")
_SIDES = {"superscript": _RAISED, "subscript": _LOWERED}
# Zero-width spaces, marks of the direction of writing and the like, which pasting from web pages and mails brings.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_WORDS_ERROR = re.compile(
    r"(?:Fejl! (?:Henvisningskilde|Bogmærke|Ukendt|Der er ingen)|Error! (?:Reference|Bookmark|Unknown|No text))[^.]*\.?"
)
HIDDEN, STRUCK, FORMULA, ERROR = "DG745", "DG746", "DG748", "DG796"
"""The codes of what is told: hidden text, text that is struck out, formulas and unknown signs, errors of Word's."""
_BLACK = frozenset(("auto", "000000", ""))
_THEMES_BLACK = frozenset(("text1", "dark1", "tx1", "dk1"))


def write_out(root: _Element) -> None:
    """Writes signs, raised and lowered figures and the choices of old form fields as text; what nobody sees goes."""
    for text in root.iter(_TEXT):
        if text.text and not text.text.isascii():
            text.text = _INVISIBLE.sub("", text.text)
    for frame in list(root.iter(w("framePr"))):
        _join_capital(frame)
    for hyphen in list(root.iter(w("softHyphen"))):
        _as_text(hyphen, "\u00ad")
    for symbol in list(root.iter(_SYMBOL)):
        if sign := _sign(symbol):
            _as_text(symbol, sign)
    for look in root.iter(w("vertAlign")):
        _set_figures(look)
    for data in list(root.iter(w("ffData"))):
        _write_choice(data)


def losses(elements: Iterable[_Element]) -> Iterator[tuple[str, str, _Element]]:
    """What a reader of the document would miss or misread: the code that tells of it, its text, where it stands.

    The text is all that has the same code in one paragraph.
    """
    for element in elements:
        for paragraph in _paragraphs(element):
            found: dict[str, str] = {}
            for code, text in _odd(paragraph):
                found[code] = found.get(code, "") + text
            for code, text in found.items():
                if text.strip():
                    yield code, text, paragraph
            for error in _WORDS_ERROR.finditer("".join(one.text or "" for one in paragraph.iter(_TEXT))):
                yield ERROR, error[0], paragraph


def lost_looks(elements: Iterable[_Element]) -> Iterator[tuple[str, str]]:
    """The looks of runs that no document keeps, each with its text: underline, colour, capitals or highlight."""
    for element in elements:
        for run in element.iter(_RUN):
            look = run.find(_LOOK)
            text = "".join(one.text or "" for one in run.iterchildren(_TEXT))
            if look is not None and text.strip() and not _is_gone(run):
                yield from ((name, text) for name in _looks_of(look, is_link=_in_link(run)))


def _looks_of(look: _Element, *, is_link: bool) -> Iterator[str]:
    underline, colour = look.find(w("u")), look.find(w("color"))
    if not is_link and underline is not None and underline.get(VAL, "single") != "none":
        yield "underline"
    if not is_link and colour is not None and not _is_black(colour):
        yield "colour"
    if toggle(look, "caps") or toggle(look, "smallCaps"):
        yield "capitals"
    marks, shade = look.find(w("highlight")), look.find(w("shd"))
    filled = "" if shade is None else shade.get(w("fill"), "auto").lower()
    if (marks is not None and marks.get(VAL, "none") != "none") or filled not in ("", "auto", "ffffff"):
        yield "highlight"


def _is_black(colour: _Element) -> bool:
    theme = colour.get(w("themeColor"))
    return theme in _THEMES_BLACK if theme else colour.get(VAL, "").lower() in _BLACK


def _in_link(run: _Element) -> bool:
    style = run.find(f"{w('rPr')}/{w('rStyle')}")
    named = style is not None and "hyper" in style.get(VAL, "").casefold()
    return named or next(run.iterancestors(w("hyperlink")), None) is not None


def _is_gone(run: _Element) -> bool:
    return next(run.iterancestors(*GONE), None) is not None


def without_notes(elements: Iterable[_Element]) -> None:
    """Takes away what refers to notes."""
    for element in elements:
        for mark in list(element.iter(w("footnoteReference"), w("endnoteReference"))):
            parent = mark.getparent()
            if parent is not None:
                parent.remove(mark)


def tracked(root: _Element) -> int:
    """How many changes are neither accepted nor rejected."""
    return sum(1 for one in root.iter(w("ins"), w("del"), w("moveTo"), w("moveFrom")))


def _paragraphs(element: _Element) -> Iterator[_Element]:
    """The paragraphs that are there to be read, outermost first."""
    if element.tag == _P:
        yield element
    for child in element if element.tag not in GONE else ():
        yield from _paragraphs(child)


def _odd(element: _Element, *, inside: bool = False) -> Iterator[tuple[str, str]]:
    """What there is to tell of a paragraph, without that of the paragraphs in its text boxes."""
    if element.tag == _RUN:
        yield from _odd_run(element)
    elif element.tag == f"{_MATH}oMath":
        yield FORMULA, "".join(text.text or "" for text in element.iter(f"{_MATH}t"))
    if element.tag not in GONE and not (inside and element.tag == _P):
        for child in element:
            yield from _odd(child, inside=True)


def _odd_run(run: _Element) -> Iterator[tuple[str, str]]:
    look = run.find(_LOOK)
    text = "".join(one.text or "" for one in run.iterchildren(_TEXT))
    if text and toggle(look, "vanish"):
        yield HIDDEN, text
    elif text and (toggle(look, "strike") or toggle(look, "dstrike")):
        yield STRUCK, text
    for symbol in run.iterchildren(_SYMBOL):
        if symbol.get(w("char"), "").upper() not in _KNOWN:
            yield FORMULA, "□"


def _join_capital(frame: _Element) -> None:
    """Puts a capital that Word has dropped into a paragraph of its own before the text that it begins."""
    alone = next(frame.iterancestors(_P))
    text = alone.getnext()
    if frame.get(w("dropCap"), "none") != "none" and text is not None and text.tag == _P:
        at = int(text.find(w("pPr")) is not None)
        text[at:at] = [one for one in alone if one.tag == _RUN]


def _as_text(element: _Element, text: str) -> None:
    element.tag = _TEXT
    element.text = text


def _sign(symbol: _Element) -> str:
    code = symbol.get(w("char"), "").upper()
    known = _FONTS.get(symbol.get(w("font"), "").lower(), {})
    if code in known or code in _KNOWN:
        return known.get(code, "")
    try:
        number = int(code, 16)
        return "" if number in _PRIVATE or number < ord(" ") else chr(number)
    except (ValueError, OverflowError):
        return ""


def _set_figures(look: _Element) -> None:
    """Raises or lowers the figures of a run, if it is nothing but figures."""
    side, properties = _SIDES.get(look.get(VAL, "")), look.getparent()
    run = None if properties is None else properties.getparent()
    if side is None or run is None:
        return
    texts = list(run.iterchildren(_TEXT))
    if all(ord(sign) in side for text in texts for sign in text.text or ""):
        for text in texts:
            text.text = (text.text or "").translate(side)


def _write_choice(data: _Element) -> None:
    """What was chosen in a list or a box of an old form field, before the field, which has no text of its own."""
    begin = data.getparent()
    run = None if begin is None else begin.getparent()
    choices, box = data.find(w("ddList")), data.find(w("checkBox"))
    if run is None or run.tag != _RUN or (choices is None and box is None):
        return
    if choices is not None:
        names = [one.get(VAL, "") for one in choices.iterchildren(w("listEntry"))]
        chosen = number_of(choices, "result") or 0
        text = names[chosen] if 0 <= chosen < len(names) else ""
    else:
        checked = toggle(box, "checked")
        text = "☒" if (toggle(box, "default") if checked is None else checked) else "☐"
    made = run.makeelement(_RUN)
    made.append(made.makeelement(_TEXT))
    made[0].text = text
    run.addprevious(made)
