"""Styles and lists of a template in terms of a design: matched by name, and what the design lacks is brought along."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from docgen.package import Package
from docgen.word.archive import opc
from docgen.word.archive.draft import Draft
from docgen.word.archive.ooxml import VAL, w

_STYLE, _ID, _TYPE = w("style"), w("styleId"), w("type")
_USES = tuple(w(name) for name in ("pStyle", "rStyle", "tblStyle"))
_LINKS = tuple(w(name) for name in ("basedOn", "next", "link"))
_TEXT_PARTS = ("footnotes+xml", "endnotes+xml", "comments+xml")
_ABSTRACT, _NUM, _NUM_ID, _ABSTRACT_ID = w("abstractNum"), w("num"), w("numId"), w("abstractNumId")


def restyle(draft: Draft, main: str, template: Package, design: Package) -> None:
    """Replaces the template's styles and lists by the design's, and points its text to them."""
    model = opc.main_part(design)
    texts = [main, *opc.parts_of_type(template, _TEXT_PARTS)]
    styles, lists = (_root(template, main, kind) for kind in ("styles", "numbering"))
    new_styles, new_lists = (_root(design, model, kind) for kind in ("styles", "numbering"))
    names: dict[str, str] = {}
    if styles is not None and new_styles is not None:
        names = _match_styles(styles, new_styles)
        _rename(new_styles, names, only_links=True)
    if lists is not None and new_lists is not None:
        uses = [draft.root(part) for part in texts]
        if new_styles is not None:
            uses += [style for style in new_styles.iter(_STYLE) if style.get("docgen-brought")]
        _bring_lists(uses, lists, new_lists, names)
    if any(old != new for old, new in names.items()):
        for part in texts:
            _rename(draft.root(part), names)
    if new_styles is not None:
        for style in new_styles.iter(_STYLE):
            style.attrib.pop("docgen-brought", "")
    for kind, root in (("styles", new_styles), ("numbering", new_lists)):
        if root is not None:
            part = opc.related(design, model, kind)
            draft.drop(main, kind)
            name = draft.copy(design, part)
            draft.put(name, root)
            draft.relate(main, kind, name)


def _root(package: Package, main: str, kind: str) -> etree._Element | None:
    part = opc.related(package, main, kind)
    return opc.root_of(package, part) if part else None


def _match_styles(ours: etree._Element, theirs: etree._Element) -> dict[str, str]:
    """The design's id for each of the template's; styles that the design lacks are added to it."""
    known = {_key(style): style.get(_ID, "") for style in theirs.iter(_STYLE)}
    taken = set(known.values())
    names: dict[str, str] = {}
    for style in ours.iter(_STYLE):
        old = style.get(_ID, "")
        new = known.get(_key(style))
        if new is None:
            new = next(name for name in (old, *(f"{old}{n}" for n in range(1, len(taken) + 2))) if name not in taken)
            taken.add(new)
            brought = deepcopy(style)
            brought.set(_ID, new)
            brought.set("docgen-brought", old)
            if w("default") in brought.attrib:
                del brought.attrib[w("default")]
            theirs.append(brought)
        names[old] = new
    return names


def _key(style: etree._Element) -> tuple[str, str]:
    """What makes two styles the same one: kind and name; Word ignores the case of its built-in names."""
    name = style.find(w("name"))
    return style.get(_TYPE, "paragraph"), ("" if name is None else name.get(VAL, "")).lower()


def _rename(root: etree._Element, names: Mapping[str, str], *, only_links: bool = False) -> None:
    """Points text, or the links of the styles that were brought along, to the styles' new ids."""
    if not only_links:
        for use in root.iter(*_USES):
            use.set(VAL, names.get(use.get(VAL, ""), use.get(VAL, "")))
        return
    for style in root.iter(_STYLE):
        if style.get("docgen-brought"):
            for link in style.iter(*_LINKS):
                link.set(VAL, names.get(link.get(VAL, ""), link.get(VAL, "")))


# --- lists ----------------------------------------------------------------------------------------------------------


def _bring_lists(
    uses: list[etree._Element], ours: etree._Element, theirs: etree._Element, names: Mapping[str, str]
) -> None:
    """Adds the template's lists that the design has none like, and points the text to them under new numbers.

    A list is like another when both have the same number and serve the same style, or are both plain bullets
    or both plain numbers.
    """
    mine, known = _lists(ours, names), _lists(theirs, {})
    wanted = {use.get(VAL, "") for root in uses for use in root.iter(_NUM_ID)}
    moved: dict[str, str] = {}
    for number in sorted(wanted & set(mine)):
        role, num, abstract = mine[number]
        if number not in known or known[number][0] != role:
            moved[number] = _add_list(theirs, num, abstract, names)
    for root in uses if moved else ():
        for use in root.iter(_NUM_ID):
            use.set(VAL, moved.get(use.get(VAL, ""), use.get(VAL, "")))


def _lists(
    root: etree._Element, names: Mapping[str, str]
) -> dict[str, tuple[tuple[str, bool], etree._Element, etree._Element]]:
    """Each w:num by its number: what it is for (style, whether bullets), itself, and its definition."""
    abstracts = {one.get(_ABSTRACT_ID): one for one in root.iter(_ABSTRACT)}
    found = {}
    for num in root.iterchildren(_NUM):
        pointer = num.find(_ABSTRACT_ID)
        abstract = None if pointer is None else abstracts.get(pointer.get(VAL))
        if abstract is None:
            continue
        level = abstract.find(w("lvl"))
        style = None if level is None else level.find(w("pStyle"))
        format_ = None if level is None else level.find(w("numFmt"))
        used = "" if style is None else style.get(VAL, "")
        bullets = format_ is not None and format_.get(VAL) == "bullet"
        found[num.get(_NUM_ID, "")] = ((names.get(used, used), bullets), num, abstract)
    return found


def _add_list(root: etree._Element, num: etree._Element, abstract: etree._Element, names: Mapping[str, str]) -> str:
    """Adds copies of a list and its definition, under free numbers; the list's number."""
    number = str(1 + max((int(one.get(_NUM_ID, "0")) for one in root.iterchildren(_NUM)), default=0))
    definition = str(1 + max((int(one.get(_ABSTRACT_ID, "0")) for one in root.iterchildren(_ABSTRACT)), default=-1))
    abstract, num = deepcopy(abstract), deepcopy(num)
    abstract.set(_ABSTRACT_ID, definition)
    for name in ("nsid", "name", "styleLink"):
        for one in abstract.findall(w(name)):
            abstract.remove(one)
    _rename(abstract, names)
    num.set(_NUM_ID, number)
    pointer = num.find(_ABSTRACT_ID)
    assert pointer is not None
    pointer.set(VAL, definition)
    nums = list(root.iterchildren(_NUM))
    root.insert(root.index(nums[0]) if nums else len(root), abstract)
    nums = list(root.iterchildren(_NUM))
    root.insert(root.index(nums[-1]) + 1 if nums else len(root), num)
    return number
