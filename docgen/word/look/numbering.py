"""The numbering part: which scheme numbers the headings, and the lists that a render adds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from docgen.package import Member, pack
from docgen.word.archive.ooxml import DECLARATION, VAL, W, serialise, w
from docgen.word.look.styles import HEADING_NUM
from docgen.word.running.session import NewList

if TYPE_CHECKING:
    from lxml import etree

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
EMPTY = f'{DECLARATION}<w:numbering xmlns:w="{W}"></w:numbering>'.encode()
_ABSTRACT, _NUM, _ABSTRACT_ID, _NUM_ID = w("abstractNum"), w("num"), w("abstractNumId"), w("numId")
_CUT = "dgcut"
_BULLETS, _NUMBERS = ("•", "–", "·"), ("decimal", "lowerLetter", "lowerRoman")
_INDENT, _HANGING = 360, 360  # twips


class NumberingPart(NamedTuple):
    """A numbering part, cut where list definitions and lists can be added. `lists` maps w:numId to w:abstractNumId."""

    head: str
    nums: str
    tail: str
    lists: dict[int, int]
    next_num: int
    next_abstract: int

    def with_lists(self, added: Iterable[NewList]) -> bytes:
        """The part with the lists of a render; docgen's own looks are defined at most once each."""
        return _xml(self.head, self.nums, self.tail, self.next_abstract, added)

    def packed(self, name: str, added: Iterable[NewList]) -> Member:
        """The same as the part `name` of a file: documents of a series mostly have the very same."""
        return _packed(name, self.head, self.nums, self.tail, self.next_abstract, tuple(added))


@lru_cache(maxsize=8)
def _packed(name: str, head: str, nums: str, tail: str, next_abstract: int, added: tuple[NewList, ...]) -> Member:
    return pack(name, _xml(head, nums, tail, next_abstract, added))


def _xml(head: str, nums: str, tail: str, next_abstract: int, added: Iterable[NewList]) -> bytes:
    own: dict[bool | str, int] = {}
    more: list[str] = []
    for one in added:
        abstract = one.abstract
        if abstract is None:
            abstract = own.setdefault(one.definition or one.ordered, next_abstract + len(own))
        more.append(_num_xml(one, abstract))
    abstracts = "".join(_abstract_xml(number, look) for look, number in own.items())
    return f"{DECLARATION}{head}{abstracts}{nums}{''.join(more)}{tail}".encode()


def read_numbering_part(root: etree._Element) -> NumberingPart:
    """The parsed numbering part, ready to be added to. `root` is changed."""
    from lxml import etree

    abstracts, nums = list(root.iterchildren(_ABSTRACT)), list(root.iterchildren(_NUM))
    lists = {_number(num, _NUM_ID): _number(num.find(_ABSTRACT_ID), VAL) for num in nums}
    # the order of the standard: pictures, definitions, lists, and one element after them
    first = root.index(nums[0]) if nums else root.index(abstracts[-1]) + 1 if abstracts else 0
    last = root.index(nums[-1]) + 1 if nums else first
    root.insert(last, etree.ProcessingInstruction(_CUT))
    root.insert(first, etree.ProcessingInstruction(_CUT))
    root.text = root.text or "\n"  # so that an empty root has an end tag
    head, middle, tail = serialise(root).split(f"<?{_CUT} ?>")
    taken = [_number(abstract, _ABSTRACT_ID) for abstract in abstracts]
    return NumberingPart(head, middle, tail, lists, max(lists, default=0) + 1, max(taken, default=-1) + 1)


def schemes(root: etree._Element) -> dict[str, str]:
    """The names (w:name) that list definitions have, each with its w:abstractNumId.

    None where the headings' list has no such name: then the names are some list's own, and no schemes for headings.
    """
    found: dict[str, str] = {}
    for abstract in root.iterchildren(_ABSTRACT):
        name = abstract.find(w("name"))
        if name is not None:
            found.setdefault(name.get(VAL, ""), abstract.get(_ABSTRACT_ID, ""))
    pointers = [num.find(_ABSTRACT_ID) for num in root.iterchildren(_NUM) if _number(num, _NUM_ID) == HEADING_NUM]
    used = {pointer.get(VAL) for pointer in pointers if pointer is not None}
    return found if used & set(found.values()) else {}


def choose_scheme(root: etree._Element, name: str) -> bool:
    """Lets the headings' list follow the definition called `name`; False when the part has no such thing."""
    abstract = schemes(root).get(name)
    if abstract is None:
        return False
    for num in root.iterchildren(_NUM):
        pointer = num.find(_ABSTRACT_ID)
        if _number(num, _NUM_ID) == HEADING_NUM and pointer is not None:
            pointer.set(VAL, abstract)
            return True
    return False


def _number(element: etree._Element | None, attribute: str) -> int:
    text = "" if element is None else element.get(attribute, "")
    return int(text) if text.removeprefix("-").isdecimal() else 0


def _num_xml(one: NewList, abstract: int) -> str:
    override = f'<w:lvlOverride w:ilvl="{one.level}"><w:startOverride w:val="{one.start}"/></w:lvlOverride>'
    restart = one.overrides if one.definition else override if one.ordered else ""
    return f'<w:num w:numId="{one.num_id}"><w:abstractNumId w:val="{abstract}"/>{restart}</w:num>'


def _abstract_xml(number: int, look: bool | str) -> str:
    """A list definition: `look` is the inside of one, true for docgen's own numbers, false for its bullets."""
    if isinstance(look, str):
        return f'<w:abstractNum w:abstractNumId="{number}">{look}</w:abstractNum>'
    ordered = look
    levels = []
    for level in range(3):
        kind, text = (_NUMBERS[level], f"%{level + 1}.") if ordered else ("bullet", _BULLETS[level])
        left = _INDENT * (level + 1)
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{_HANGING}"/></w:pPr></w:lvl>'
        )
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>'
        f"{''.join(levels)}</w:abstractNum>"
    )
