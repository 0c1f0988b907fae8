"""What one render collects on its way: links, lists, fresh numbers, and the faults that a guarded render finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from docgen.diagnostics import Diagnostic

if TYPE_CHECKING:
    from docgen.word.styles import StyleMap


class Holdings(NamedTuple):
    """What a template file holds already, so that what a render adds collides with nothing.

    `links` gives, for each part, the first free number for a relationship id; `lists` the w:abstractNumId of each
    w:num.
    """

    links: Mapping[str, int]
    lists: Mapping[int, int]
    next_num: int = 1
    next_abstract: int = 0
    next_id: int = 1


class ListRequest(NamedTuple):
    """A list that a clause's Markdown asks for, see Session.new_list: it is made when the clause is written."""

    num_id: int | None
    ordered: bool
    start: int
    level: int


class NewList(NamedTuple):
    """A w:num to add: `abstract` is None for docgen's own look, numbers when `ordered` and bullets otherwise."""

    num_id: int
    abstract: int | None
    ordered: bool
    start: int
    level: int


class NewChart(NamedTuple):
    """A chart to add: `part` refers to it by the relationship `id`; `xml` is the chart part."""

    part: str
    id: str
    xml: str


class Session:
    """One render. Rich values use `add_hyperlink`, `add_chart`, `new_list` and `new_id`; nothing outlives the render.

    `styles` finds the styles Markdown is written in, only when it is asked. `part` is the part that is being written.
    `faults` is None in a plain render, and collects in a guarded one; `bug` is an exception that came out of a writer
    in a guarded render, which no template is to blame for.
    """

    def __init__(self, holdings: Holdings, styles: Callable[[], StyleMap], *, guarded: bool = False) -> None:
        self.part = ""
        self.faults: dict[tuple[object, ...], Diagnostic] | None = {} if guarded else None
        self.bug: Exception | None = None
        self.links: dict[str, dict[str, str]] = {}
        self.lists: list[NewList] = []
        self.charts: list[NewChart] = []
        self._holdings = holdings
        self._styles = styles
        self._ids: dict[tuple[str, str], int] = {}
        self._next_id = holdings.next_id

    @property
    def styles(self) -> StyleMap:
        """The styles of the file that is written."""
        return self._styles()

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

    def _new_relationship(self) -> str:
        taken = len(self.links.get(self.part, ())) + sum(chart.part == self.part for chart in self.charts)
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

    def new_id(self, kind: str, old: str) -> int:
        """A number that no other element of the file has, for the element that has `old` in the template."""
        self._ids[self.part + kind, old] = self._next_id
        self._next_id += 1
        return self._next_id - 1

    def same_id(self, kind: str, old: str) -> int | str:
        """The number last given for `old`: a bookmark's end has that of its start."""
        return self._ids.get((self.part + kind, old), old)

    def record(self, fault: Diagnostic) -> None:
        """Notes a fault of a guarded render; the same fault in every round of a loop counts once."""
        if self.faults is not None:
            values = tuple(sorted((name, str(value)) for name, value in fault.values.items()))
            self.faults.setdefault((fault.code, fault.place, values), fault)
