"""The numbers before the paragraphs of many texts: what a stretch counts to is kept for the next text that has it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from docgen.word.look.labels import Counter, Numbering
from docgen.word.look.styles import StyleSheet

_MOST_KEPT = 1_000

Labels: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A paragraph as it counts: its style, the w:numId and level it names itself, whether its number is wanted.

    What is kept of it belongs to this very object, as with `Steps`.
    """

    style: str
    num_id: int | None = None
    ilvl: int | None = None
    is_shown: bool = False


class Steps:
    """The paragraphs of a stretch in their order."""

    __slots__ = ("steps",)

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self.steps = steps


Count: TypeAlias = Callable[[Counter, Steps], tuple[Labels, Counter]]
"""Gives the wanted numbers of a stretch that stands where a counter has come to, and the counter behind it."""


class Counting:
    """Counts texts by one numbering, stretch by stretch, from `start`, which is for `after` alone."""

    def __init__(self, numbering: Numbering, sheet: StyleSheet) -> None:
        self.start = Counter(numbering)
        self._numbering = numbering
        self._sheet = sheet
        self._places: dict[Step, tuple[int | None, int]] = {}
        self._counters: dict[Hashable, Counter] = {}
        self._kept: dict[tuple[Counter, Steps], tuple[Labels, Counter]] = {}

    def count(self, counter: Counter, steps: Steps) -> tuple[Labels, Counter]:
        """The wanted numbers of a stretch that stands where `counter` has come to; it has then come past that."""
        return tuple(self._labels(counter, steps)), counter

    def after(self, counter: Counter, steps: Steps) -> tuple[Labels, Counter]:
        """The same for a text that others begin like: `counter` stays, and the one behind the stretch is given."""
        kept = self._kept.get((counter, steps))
        if kept is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept, self._counters, self._places = {}, {}, {}
            labels, behind = self.count(counter.copy(), steps)
            kept = self._kept[counter, steps] = labels, self._counters.setdefault(behind.state(), behind)
        return kept

    def _labels(self, counter: Counter, steps: Steps) -> Iterator[str]:
        for step in steps.steps:
            place = self._places.get(step)
            if place is None:
                place = self._places[step] = self._place(step)
            num_id, ilvl = place
            if step.is_shown:
                label = counter.next(num_id, ilvl) if num_id else None
                yield label.text if label else ""
            elif num_id:
                counter.count(num_id, ilvl)

    def _place(self, step: Step) -> tuple[int | None, int]:
        """The list and level that a paragraph counts on; None for no list, and where nothing shows what it counts."""
        numbering = self._numbering
        num_id, ilvl = numbering.place(self._sheet, step.style, step.num_id, step.ilvl)
        if num_id and numbering.level(num_id, ilvl) and (step.is_shown or numbering.counts(num_id)):
            return num_id, ilvl
        return None, ilvl
