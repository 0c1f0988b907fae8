"""The numbers and bullets that Word puts before paragraphs, worked out from numbering.xml as Word does it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from docgen.word.archive.ooxml import VAL, w
from docgen.word.look.styles import StyleSheet, is_on, number_of, text_of, to_int

if TYPE_CHECKING:
    from lxml.etree import _Element

    from docgen.word.running.session import NewList

_BULLET = "•"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_ROMAN_LIMIT = 32_767  # where Word gives up


class Level(NamedTuple):
    """One level of a list: `text` with %1 to %9 for the numbers, `indent` in twips where the text stands.

    `restart` is None for the rule (every earlier level restarts this one), 0 for never, n for level n and earlier.
    """

    ilvl: int
    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    style: str = ""
    legal: bool = False
    gap: str = " "
    indent: int | None = None


class Label(NamedTuple):
    """What stands before a paragraph: `1.2`, `a)`, `•`; `gap` is what follows it, `value` the number by itself."""

    text: str
    value: int
    ordered: bool
    gap: str = " "


class _List(NamedTuple):
    """A w:num: which w:abstractNum counts it, its levels, and the numbers that it starts anew with."""

    abstract: int
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Numbering:
    """The lists of a file by w:numId, and which w:abstractNum number headings."""

    lists: Mapping[int, _List] = field(default_factory=dict)

    def level(self, num_id: int, ilvl: int) -> Level | None:
        """The level `ilvl` (from 0) of a list, or None when there is no such list or level."""
        found = self.lists.get(num_id)
        return found.levels.get(ilvl) if found else None

    def level_of(self, num_id: int, sheet: StyleSheet, style_id: str) -> int:
        """The level a style's paragraphs have in a list: the one that names the style, else the one the style names."""
        found = self.lists.get(num_id)
        levels = found.levels.values() if found else ()
        linked = (level.ilvl for level in levels if level.style and level.style == style_id)
        return next(linked, sheet.numbering(style_id)[1] or 0)

    def place(self, sheet: StyleSheet, style_id: str, num_id: int | None, level: int | None) -> tuple[int | None, int]:
        """The w:numId and level of a paragraph: those it has itself, or those of its style; None for no list."""
        num_id = sheet.numbering(style_id)[0] if num_id is None else num_id
        if not num_id:
            return None, 0
        return num_id, self.level_of(num_id, sheet, style_id) if level is None else level

    def counts(self, num_id: int) -> bool:
        """Whether what a list counts is ever shown: by itself, or by another that has its numbers in common with it."""
        abstract = self.lists[num_id].abstract
        alike = (one for one in self.lists.values() if one.abstract == abstract)
        return any(_counts(level.format) for one in alike for level in one.levels.values())

    def with_lists(self, added: Iterable[NewList]) -> Numbering:
        """The lists of the file and those that a render added to it, but for lists of docgen's own look."""
        looks = {one.abstract: one.levels for one in self.lists.values()}
        more = {
            one.num_id: _List(one.abstract, looks[one.abstract], {one.level: one.start} if one.ordered else {})
            for one in added
            if one.abstract is not None and one.abstract in looks
        }
        return Numbering({**self.lists, **more}) if more else self

    def of_style(self, sheet: StyleSheet, style_id: str) -> Level | None:
        """The level of the list that a style's paragraphs stand on; None for a style without a list."""
        num_id, _ = sheet.numbering(style_id)
        return None if num_id is None else self.level(num_id, self.level_of(num_id, sheet, style_id))

    def numbers_headings(self, num_id: int, sheet: StyleSheet) -> bool:
        """Whether a list numbers headings, so that its other paragraphs are numbered text and no list."""
        found = self.lists.get(num_id)
        styles = (level.style for level in found.levels.values()) if found else ()
        return any(sheet.name(style).lower().startswith("heading ") for style in styles if style)


class Counter:
    """Counts the paragraphs of one text. Lists made from the same w:abstractNum share their numbers, as in Word."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._numbers: dict[int, dict[int, int]] = {}
        self._started: set[tuple[int, int]] = set()

    def copy(self) -> Counter:
        """A counter that goes on from here."""
        other = Counter(self._numbering)
        other._numbers = {abstract: dict(numbers) for abstract, numbers in self._numbers.items()}
        other._started = set(self._started)
        return other

    def state(self) -> Hashable:
        """How far it has come: the same for two counters of one numbering that count alike from here on."""
        numbers = ((abstract, frozenset(one.items())) for abstract, one in self._numbers.items())
        return frozenset(numbers), frozenset(self._started)

    def next(self, num_id: int, ilvl: int) -> Label | None:
        """The label of the next paragraph on that list and level; None when the file has no such level."""
        level = self._numbering.level(num_id, ilvl)
        if level is None:
            return None
        numbers = self.count(num_id, ilvl)
        levels = self._numbering.lists[num_id].levels
        return Label(_text(level, levels, numbers), numbers[ilvl], _counts(level.format), level.gap)

    def count(self, num_id: int, ilvl: int) -> Mapping[int, int]:
        """Count the next paragraph on a list and level that the file has; gives the numbers of its label, by level."""
        found = self._numbering.lists[num_id]
        level = found.levels[ilvl]
        numbers = self._numbers.setdefault(found.abstract, {})
        if ilvl in found.starts and (num_id, ilvl) not in self._started:
            numbers[ilvl] = found.starts[ilvl]
        else:
            numbers[ilvl] = numbers[ilvl] + 1 if ilvl in numbers else level.start
        self._started.add((num_id, ilvl))
        for higher in range(ilvl):
            # a level that was passed over counts as used: its next paragraph is number 2 (Microsoft's KB Q110380)
            if higher in found.levels:
                numbers.setdefault(higher, found.starts.get(higher, found.levels[higher].start))
        for deeper in [one for one in numbers if one > ilvl]:
            below = found.levels.get(deeper)
            if below is None or below.restart is None or ilvl < below.restart:
                del numbers[deeper]
        return numbers


def _counts(format_: str) -> bool:
    return format_ not in {"bullet", "none"}


def _text(level: Level, levels: Mapping[int, Level], numbers: Mapping[int, int]) -> str:
    if level.format == "bullet":
        # a bullet of the fonts Symbol and Wingdings is a private character that no other font shows
        return "".join(_BULLET if "\ue000" <= sign <= "\uf8ff" else sign for sign in level.text)
    text = level.text
    for place in range(level.ilvl + 1):
        if f"%{place + 1}" in text:
            shown = levels[place].format if place in levels else "none"
            shown = "decimal" if level.legal and _counts(shown) else shown
            text = text.replace(f"%{place + 1}", _formatted(numbers.get(place, 0), shown))
    return text


def _formatted(number: int, format_: str) -> str:
    match format_:
        case "none" | "bullet":
            return ""
        case "decimalZero":
            return f"{number:02d}"
        case "lowerLetter" | "upperLetter" if number > 0:
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 30 + 1)
            return letter if format_ == "lowerLetter" else letter.upper()
        case "lowerRoman" | "upperRoman" if 0 < number <= _ROMAN_LIMIT:
            roman = _roman(number)
            return roman if format_ == "lowerRoman" else roman.upper()
        case "ordinal":
            return f"{number}."
    return str(number)


def _roman(number: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        found += letters * (number // value)
        number %= value
    return found


def read_numbering(root: _Element | None) -> Numbering:
    """The lists of a parsed `word/numbering.xml`; none for a file without one."""
    if root is None:
        return Numbering()
    abstracts = {to_int(element.get(w("abstractNumId"))): element for element in root.iterchildren(w("abstractNum"))}
    linked = {text_of(element, "styleLink"): number for number, element in abstracts.items()}
    lists = {}
    for element in root.iterchildren(w("num")):
        num_id, abstract = to_int(element.get(w("numId"))), number_of(element, "abstractNumId")
        if abstract in abstracts and text_of(abstracts[abstract], "numStyleLink"):
            abstract = linked.get(text_of(abstracts[abstract], "numStyleLink"), abstract)
        if num_id is not None and abstract is not None and abstract in abstracts:
            lists[num_id] = _read_list(element, abstract, abstracts[abstract])
    return Numbering(lists)


def _read_list(num: _Element, abstract: int, definition: _Element) -> _List:
    levels = {level.ilvl: level for level in map(_read_level, definition.iterchildren(w("lvl")))}
    starts: dict[int, int] = {}
    for override in num.iterchildren(w("lvlOverride")):
        ilvl, start = to_int(override.get(w("ilvl"))), number_of(override, "startOverride")
        own = override.find(w("lvl"))
        if ilvl is not None and own is not None:
            levels[ilvl] = _read_level(own)
        if ilvl is not None and start is not None:
            starts[ilvl] = start
    return _List(abstract, levels, starts)


def _read_level(element: _Element) -> Level:
    start, legal = number_of(element, "start"), element.find(w("isLgl"))
    indents = [to_int(text_of(element.find(w("pPr")), "ind", side)) for side in ("left", "start")]
    return Level(
        ilvl=to_int(element.get(w("ilvl"))) or 0,
        format=text_of(element, "numFmt") or "decimal",
        text=text_of(element, "lvlText") or "",
        start=0 if start is None else start,
        restart=number_of(element, "lvlRestart"),
        style=text_of(element, "pStyle") or "",
        legal=legal is not None and is_on(legal.get(VAL, "1")),
        gap="" if text_of(element, "suff") == "nothing" else " ",
        indent=next((indent for indent in indents if indent is not None), None),
    )
