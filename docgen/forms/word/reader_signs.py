"""What a Word form shows that plain text cannot hold: signs that are written out, and looks that are told."""

from __future__ import annotations

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
HIDDEN, STRUCK, FORMULA = "DG745", "DG746", "DG748"
"""The codes of what is told: text that is hidden, text that is struck out, formulas and unknown signs."""


def write_out(root: _Element) -> None:
    """Writes signs, raised and lowered figures and the choices of old form fields as text."""
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
