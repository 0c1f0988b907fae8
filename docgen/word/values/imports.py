"""The styles and lists that a sub-document brings into the document it becomes a part of."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from docgen.word.archive.ooxml import VAL, W, declare, fragment, w
from docgen.word.look.styles import StyleSheet, read_styles

if TYPE_CHECKING:
    from lxml.etree import _Element

    from docgen.word.running.session import Session

# what a list's definition holds that is about its own file
_OWN = tuple(w(name) for name in ("nsid", "tmpl", "styleLink", "numStyleLink", "name"))
_LEVEL = w("ilvl")
_ABSTRACT, _ABSTRACT_ID, _NUM, _NUM_ID = w("abstractNum"), w("abstractNumId"), w("num"), w("numId")


class StyleImport:
    """The styles of a file as those of the document: by name, or else brought along."""

    def __init__(self, root: _Element | None, lists: ListImport, session: Session) -> None:
        self._sheet: StyleSheet = read_styles(root)
        self._elements = (
            {} if root is None else {one.get(w("styleId"), ""): one for one in root.iterchildren(w("style"))}
        )
        self._lists = lists
        self._session = session
        if root is not None:
            declare(root, {"w": W})

    def id(self, style: str, kind: str) -> str:
        """The id that `style` of the file has in the document; empty for a style that neither of them has."""
        session = self._session
        found = self._sheet.styles.get(style)
        if found is None or not session.sheet.styles:
            return ""
        known = session.sheet.find(found.name, kind) or session.added_style(found.name, kind)
        return known or self._bring(style, found.name, kind)

    def _bring(self, style: str, name: str, kind: str) -> str:
        element = deepcopy(self._elements[style])
        # known from now on, so that styles that name each other do not go round in a circle
        number = self._session.add_style(name, kind, style)
        element.set(w("styleId"), number)
        if w("default") in element.attrib:
            del element.attrib[w("default")]
        for tag, of in (("basedOn", kind), ("next", "paragraph"), ("link", _LINKED.get(kind, kind))):
            for other in element.findall(w(tag)):
                found = self.id(other.get(VAL, ""), of) if tag != "next" else self._known(other.get(VAL, ""))
                if found:
                    other.set(VAL, found)
                else:
                    element.remove(other)
        for list_id in element.iter(_NUM_ID):
            list_id.set(VAL, str(self._lists.number(list_id.get(VAL, ""))))
        self._session.style_xml[number] = fragment(element)
        return number

    def _known(self, style: str) -> str:
        """The id of a paragraph style that the document has; the style after another is not brought along for that."""
        found = self._sheet.styles.get(style)
        return self._session.sheet.find(found.name) if found else ""


_LINKED = {"paragraph": "character", "character": "paragraph"}


class ListImport:
    """The lists of a file as new lists of the document, each numbered from its start."""

    def __init__(self, root: _Element | None, styles: _Element | None, session: Session) -> None:
        self._nums = {} if root is None else {one.get(_NUM_ID, ""): one for one in root.iterchildren(_NUM)}
        self._abstracts = (
            {} if root is None else {one.get(_ABSTRACT_ID, ""): one for one in root.iterchildren(_ABSTRACT)}
        )
        self._list_styles = _numbering_styles(styles)
        self._session = session
        self._made: dict[str, int] = {}
        if root is not None:
            declare(root, {"w": W})

    def number(self, old: str) -> int:
        """The w:numId in the document of the list `old` of the file; 0 for no list."""
        num = self._nums.get(old)
        if num is None:
            return 0
        if old not in self._made:
            self._made[old] = self._session.reserve_list()
            definition = self._definition(num)
            inside = "" if definition is None else "".join(fragment(one) for one in definition)
            self._session.define_list(self._made[old], inside, _overrides(num, definition))
        return self._made[old]

    def _definition(self, num: _Element) -> _Element | None:
        """The list's w:abstractNum, with nothing in it that is about the file."""
        abstract = self._abstract(num)
        linked = None if abstract is None else abstract.find(w("numStyleLink"))
        if linked is not None:
            other = self._nums.get(self._list_styles.get(linked.get(VAL, ""), ""))
            abstract = abstract if other is None else self._abstract(other)
        copy = deepcopy(abstract)
        if copy is None:
            return None
        for own in [one for one in copy if one.tag in _OWN]:
            copy.remove(own)
        for level in copy.iter(w("lvl")):
            for picture in level.findall(w("lvlPicBulletId")):
                level.remove(picture)
            for style in level.findall(w("pStyle")):
                level.remove(style)
        return copy

    def _abstract(self, num: _Element) -> _Element | None:
        pointer = num.find(_ABSTRACT_ID)
        return None if pointer is None else self._abstracts.get(pointer.get(VAL, ""))


def _overrides(num: _Element, definition: _Element | None) -> str:
    """What the list says besides its definition; and that it counts from its start, whoever used that before."""
    own = {one.get(_LEVEL, ""): one for one in num.iterchildren(w("lvlOverride"))}
    found = {level: fragment(one) for level, one in own.items()}
    for level in () if definition is None else definition.iterchildren(w("lvl")):
        start, number = level.find(w("start")), level.get(_LEVEL, "")
        first = "1" if start is None else start.get(VAL, "1")
        again = f'<w:startOverride w:val="{first}"/>'
        found.setdefault(number, f'<w:lvlOverride w:ilvl="{number}">{again}</w:lvlOverride>')
    return "".join(found[level] for level in sorted(found))


def _numbering_styles(root: _Element | None) -> dict[str, str]:
    """The w:numId of each numbering style."""
    found: dict[str, str] = {}
    for style in () if root is None else root.iterchildren(w("style")):
        number = style.find(f"{w('pPr')}/{w('numPr')}/{_NUM_ID}")
        if style.get(w("type")) == "numbering" and number is not None:
            found[style.get(w("styleId"), "")] = number.get(VAL, "")
    return found
