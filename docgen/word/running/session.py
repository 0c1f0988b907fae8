"""What one render collects on its way: links, lists, fresh numbers, and the faults that a guarded render finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from docgen.diagnostics import Diagnostic
from docgen.templating.budget import Budget
from docgen.word.archive.ooxml import attribute

if TYPE_CHECKING:
    from pathlib import Path

    from docgen.word.look.styles import StyleMap, StyleSheet
    from docgen.word.running.kept import Keeping


_TOOLTIP = 255  # characters; Word refuses to show a longer one
MOST_FAULTS = 50
"""How many faults of one render are told."""
LONGEST_NAME = 40
"""How many characters Word takes in the name of a bookmark."""


class Holdings(NamedTuple):
    """What a template file holds already, so that what a render adds collides with nothing.

    `links` gives, for each part, the first free number for a relationship id; `lists` the w:abstractNumId of each
    w:num; `bookmarks` the names that the template's own bookmarks have.
    """

    links: Mapping[str, int]
    lists: Mapping[int, int]
    next_num: int = 1
    next_abstract: int = 0
    next_id: int = 1
    bookmarks: frozenset[str] = frozenset()


class ListRequest(NamedTuple):
    """A list that a clause's Markdown asks for, see Session.new_list: it is made when the clause is written."""

    num_id: int | None
    ordered: bool
    start: int
    level: int


class NewList(NamedTuple):
    """A w:num to add: `abstract` is None for docgen's own look, numbers when `ordered` and bullets otherwise.

    A list that came with a sub-document has the inside of its own w:abstractNum in `definition`, and what its w:num
    says besides in `overrides`.
    """

    num_id: int
    abstract: int | None
    ordered: bool
    start: int
    level: int
    definition: str = ""
    overrides: str = ""


class NewChart(NamedTuple):
    """A chart to add: `part` refers to it by the relationship `id`; `xml` is the chart part."""

    part: str
    id: str
    xml: str


class NewImage(NamedTuple):
    """A picture to add: `part` refers to it by the relationship `id`; `kind` ends its name (`png`, `jpeg` …)."""

    part: str
    id: str
    kind: str
    data: bytes


class Session:
    """One render. Rich values use `add_hyperlink`, `add_chart`, `new_list` and `new_id`; nothing outlives the render.

    `styles` finds the styles Markdown is written in, and `sheet` all styles, only when they are asked. `folders`
    are where files that the data names may lie. `part` is the part that is being written. `budget` is
    what is left of the steps and the text that a render may take.
    `faults` is None in a plain render, and collects in a guarded one; `bug` is an exception that came out of a writer
    in a guarded render, which no template is to blame for. `keeping` is that of a document of a series.
    """

    keeping: Keeping | None = None

    def __init__(
        self,
        holdings: Holdings,
        styles: Callable[[], StyleMap],
        sheet: Callable[[], StyleSheet],
        *,
        folders: Sequence[Path] = (),
        guarded: bool = False,
    ) -> None:
        self.part = ""
        self.budget = Budget()
        self.faults: dict[tuple[object, ...], Diagnostic] | None = {} if guarded else None
        self.bug: Exception | None = None
        self.links: dict[str, dict[str, str]] = {}
        self.lists: list[NewList] = []
        self.charts: list[NewChart] = []
        self.images: list[NewImage] = []
        self._holdings = holdings
        self._styles = styles
        self._sheet = sheet
        self.folders = folders
        self._ids: dict[tuple[str, str], int] = {}
        self._next_id = holdings.next_id
        self._names: dict[str, int] = {}
        self.style_xml: dict[str, str] = {}
        self._added_styles: dict[tuple[str, str], str] = {}
        self._foreign = 0
        self._written: set[tuple[str, str]] = set()
        self._rounds: dict[tuple[str, int], int] = {}

    @property
    def styles(self) -> StyleMap:
        """The styles of the file that is written."""
        return self._styles()

    @property
    def sheet(self) -> StyleSheet:
        """All styles of the file that is written."""
        return self._sheet()

    def add_hyperlink(self, url: str) -> str:
        """The id of an external relationship of the present part to `url`, new or used before."""
        links = self.links.setdefault(self.part, {})
        if url not in links:
            links[url] = self._new_relationship()
        return links[url]

    def add_chart(self, xml: str) -> str:
        """The id of the present part's relationship to a new chart part."""
        number = self._new_relationship()
        self.charts.append(NewChart(self.part, number, xml))
        return number

    def add_image(self, data: bytes, kind: str) -> str:
        """The id of the present part's relationship to a picture: one for each different picture."""
        known = next((one.id for one in self.images if one.part == self.part and one.data == data), "")
        if not known:
            known = self._new_relationship()
            self.images.append(NewImage(self.part, known, kind, data))
        return known

    def link_id(self, url: str) -> str:
        """The id of a relationship to an address out of the data. Raises UnwritableError for one not allowed."""
        from docgen.word.running.writing import check_link

        return self.add_hyperlink(check_link(url))

    def linked(self, runs: str, url: str) -> str:
        """Runs as a link to an address out of the data. Raises UnwritableError for one that is not allowed."""
        number = self.link_id(url)
        tip = attribute(url[:_TOOLTIP])
        return f'<w:hyperlink r:id="{attribute(number)}" w:tooltip="{tip}" w:history="1">{runs}</w:hyperlink>'

    def read_file(self, path: str) -> bytes:
        """A file that the data names. Raises UnwritableError for one outside the folder that the caller gave."""
        from docgen.word.values.given_files import read_given

        return read_given(self.folders, path)

    def _new_relationship(self) -> str:
        parts = [one.part for one in self.charts] + [one.part for one in self.images]
        taken = len(self.links.get(self.part, ())) + parts.count(self.part)
        return f"docgen{self._holdings.links.get(self.part, 1) + taken}"

    def new_list(self, num_id: int | None, *, ordered: bool, start: int = 1, level: int = 0) -> int:
        """The w:numId of a list that starts at `start` on `level` (from 0).

        `num_id` names the list to look like; None asks for docgen's own look. A number that the file does not know
        comes back as it is.
        """
        abstract = None if num_id is None else self._holdings.lists.get(num_id)
        if num_id is not None and abstract is None:
            return num_id
        number = self._holdings.next_num + len(self.lists)
        self.lists.append(NewList(number, abstract, ordered, start, level))
        return number

    def reserve_list(self) -> int:
        """The w:numId of a list that `define_list` will describe."""
        return self.new_list(None, ordered=True)

    def define_list(self, num_id: int, definition: str, overrides: str) -> None:
        """Gives a list that was reserved the levels of a sub-document's list."""
        at = next(index for index, one in enumerate(self.lists) if one.num_id == num_id)
        self.lists[at] = self.lists[at]._replace(definition=definition, overrides=overrides)

    def added_style(self, name: str, kind: str) -> str:
        """The id of a style that a sub-document brought along; empty when none of that name was."""
        return self._added_styles.get((name.lower(), kind), "")

    def add_style(self, name: str, kind: str, wanted: str) -> str:
        """The id for a style that a sub-document brings along; its XML goes into `style_xml`."""
        taken = {*self.sheet.styles, *self.style_xml}
        number = (
            wanted
            if wanted not in taken
            else next(free for count in range(2, len(taken) + 3) if (free := f"{wanted}{count}") not in taken)
        )
        self._added_styles[name.lower(), kind] = number
        self.style_xml[number] = ""
        return number

    def foreign_name(self, old: str) -> str:
        """A name for a sub-document's bookmark that no other bookmark has."""
        self._foreign += 1
        while any(name.startswith(f"u{self._foreign}_") for name in self._holdings.bookmarks):
            self._foreign += 1
        return f"u{self._foreign}_{old}"[:LONGEST_NAME]

    def new_id(self, kind: str, old: str) -> int:
        """A number that no other element of the file has, for the element that has `old` in the template."""
        self._ids[self.part + kind, old] = self._next_id
        self._next_id += 1
        return self._next_id - 1

    def new_ids(self, count: int) -> range:
        """So many numbers that no other element of the file has, in a row."""
        self._next_id += count
        return range(self._next_id - count, self._next_id)

    def same_id(self, kind: str, old: str) -> int | str:
        """The number last given for `old`: a bookmark's end has that of its start."""
        return self._ids.get((self.part + kind, old), old)

    def new_name(self, old: str) -> str:
        """A bookmark's name that no other bookmark has: the template's own the first time."""
        self._names[old] = self._names.get(old, 0) + 1
        return self._name(old, self._names[old])

    def same_name(self, old: str) -> str:
        """The name last given for `old`."""
        return self._name(old, self._names.get(old, 1))

    def next_name(self, old: str) -> str:
        """The name that `old` gets next: for what refers to a bookmark further down."""
        return self._name(old, self._names.get(old, 0) + 1)

    def _name(self, old: str, number: int) -> str:
        if number == 1:
            return old
        end = f"_{number}"
        while (name := old[: LONGEST_NAME - len(end)] + end) in self._holdings.bookmarks:
            end = f"_{end}"
        return name

    def first_time(self, xml: str) -> bool:
        """Whether `xml` has not been written in this part before."""
        known = (self.part, xml) in self._written
        self._written.add((self.part, xml))
        return not known

    def new_round(self, num_id: int, level: int) -> None:
        """A round of a loop begins, and with it the list `num_id` of the template on `level` (from 0)."""
        place = (self.part, num_id)
        first = place not in self._rounds
        self._rounds[place] = num_id if first else self.new_list(num_id, ordered=True, level=level)

    def same_list(self, num_id: int) -> int:
        """The w:numId of the list `num_id` in the round that is being written."""
        return self._rounds.get((self.part, num_id), num_id)

    def record(self, fault: Diagnostic, number: int) -> bool:
        """Notes a fault of tag `number` in a guarded render, once for all rounds of a loop; whether there is room."""
        if self.faults is None:
            return True
        if len(self.faults) < MOST_FAULTS:
            self.faults.setdefault((fault.code, fault.place, number, fault.values.get("navn")), fault)
        return len(self.faults) < MOST_FAULTS
