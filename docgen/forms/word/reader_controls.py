"""Content controls as a Word form has them: their tags, whether they show a placeholder, what stands in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from docgen.word.archive.ooxml import VAL, w
from docgen.word.values.inlines import GONE

if TYPE_CHECKING:
    from lxml.etree import _Element

SDT, CONTENT = w("sdt"), w("sdtContent")
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_CHECKED = "{http://schemas.microsoft.com/office/word/2010/wordml}checkbox"
_RUN, _STYLE, _TEXT = w("r"), f"{w('rPr')}/{w('rStyle')}", w("t")
_PICTURES = frozenset({w("drawing"), w("pict"), w("object")})
_PLACEHOLDERS = frozenset({"placeholdertext", "pladsholdertekst", "placeholder text"})
# What Word puts in a control that was emptied.
_WORDS_OWN = frozenset(
    {
        *("klik eller tryk her for at skrive tekst", "klik her for at angive tekst", "vælg et element"),
        *("klik eller tryk for at angive en dato", "klik her for at angive en dato"),
        *("click or tap here to enter text", "click here to enter text", "choose an item"),
        *("click or tap to enter a date", "click here to enter a date"),
    }
)


def tag_of(control: _Element) -> str:
    """The tag of a control; empty for none."""
    found = control.find(f"{w('sdtPr')}/{w('tag')}")
    return "" if found is None else found.get(VAL, "")


def name_of(control: _Element) -> str:
    """What a control is called, or else its tag."""
    found = control.find(f"{w('sdtPr')}/{w('alias')}")
    return tag_of(control) if found is None else found.get(VAL, "")


def is_element(control: _Element) -> bool:
    """Whether the control is an element of a repeating section."""
    return control.find(f"{w('sdtPr')}/{_W15}repeatingSectionItem") is not None


def is_checkbox(control: _Element) -> bool:
    """Whether the control is a box to tick."""
    return control.find(f"{w('sdtPr')}/{_CHECKED}") is not None


def content_of(control: _Element) -> _Element | None:
    """What a control holds."""
    return control.find(CONTENT)


def controls(element: _Element, tags: Collection[str]) -> Iterator[_Element]:
    """The outermost controls in an element that have one of `tags`, in order."""
    for child in element:
        if child.tag in GONE:
            continue
        if child.tag == SDT and tag_of(child) in tags:
            yield child
        else:
            yield from controls(child, tags)


def without_prompts(root: _Element, prompts: Collection[str]) -> list[tuple[_Element, str]]:
    """Empties every control that shows its placeholder; gives those whose placeholder is none of `prompts`.

    Word marks such a control and writes its text in a style of its own. LibreOffice may leave the mark when something
    is written: text in any other style is an answer.
    """
    strange = []
    for control in list(root.iter(SDT)):
        properties, content = control.find(w("sdtPr")), content_of(control)
        shown = None if properties is None else properties.find(w("showingPlcHdr"))
        if shown is None or content is None or shown.get(VAL, "1").lower() in {"0", "false", "off"}:
            continue
        runs = [run for run in content.iter(_RUN) if any((text.text or "").strip() for text in run.iter(_TEXT))]
        if all(_is_prompt(run) for run in runs):
            text = " ".join("".join(one.text or "" for run in runs for one in run.iter(_TEXT)).split())
            if text and text not in prompts and text.rstrip(".").casefold() not in _WORDS_OWN:
                strange.append((control, text))
            for run in runs:
                parent = run.getparent()
                if parent is not None:
                    parent.remove(run)
    return strange


def pictures_in(element: _Element) -> int:
    """How many pictures, charts and objects stand in an element; a text box is none."""
    if element.tag in GONE:
        return 0
    if element.tag in _PICTURES:
        return int(element.find(f".//{w('txbxContent')}") is None)
    return sum(map(pictures_in, element))


def _is_prompt(run: _Element) -> bool:
    style = run.find(_STYLE)
    return style is not None and style.get(VAL, "").lower() in _PLACEHOLDERS
