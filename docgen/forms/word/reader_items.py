"""What was written in a Word form, gathered by field and element while the form is read in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from docgen.diagnostics import WordPlace
from docgen.forms.word.writer_plan import Form, Question, Shape
from docgen.word.reading.content import Block, Heading, ListItem, Note, Paragraph, Picture, Timeline, line


class Beside(NamedTuple):
    """What there is of an answer beside its blocks: notes, the number of pictures, the place of each line."""

    notes: Sequence[Note] = ()
    pictures: int = 0
    spots: Mapping[str, WordPlace] = {}


@dataclass(slots=True)
class Answer:
    """What was written for one question: blocks in order, the notes they refer to, and where the first of them is.

    `pictures` counts what is no text: pictures, charts and embedded objects. `spots` are the places of its lines.
    """

    place: WordPlace
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    pictures: int = 0
    spots: dict[str, WordPlace] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text alone, a line for each block."""
        return text_of(self.blocks)

    def spot(self, text: str) -> WordPlace:
        """The place of the line with that text."""
        return self.spots.get(" ".join(text.split()), self.place)._replace(heading=self.place.heading)


@dataclass(slots=True)
class Item:
    """A group or an element of a list: `heading` says which, `pending` that nothing but its control was met yet.

    `blanks` are the places of fields that were there with nothing in them.
    """

    heading: str
    place: WordPlace
    pending: bool = False
    answers: dict[str, Answer] = field(default_factory=dict)
    groups: dict[str, Item] = field(default_factory=dict)
    lists: dict[str, list[Item]] = field(default_factory=dict)
    visited: set[str] = field(default_factory=set)
    blanks: dict[str, WordPlace] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in it."""
        inner = [*self.groups.values(), *(item for items in self.lists.values() for item in items)]
        return not self.answers and all(item.is_empty for item in inner)


def text_of(blocks: list[Block]) -> str:
    """The text of blocks, a line for each, without the bullets and numbers of lists."""
    return "\n".join(map(words_of, blocks)).strip()


def words_of(block: Block) -> str:
    """The text of a block without the bullet or number before it."""
    match block:
        case Heading() | Paragraph() | ListItem():
            return block.text
    return line(block)


def is_nothing(blocks: list[Block]) -> bool:
    """Whether there is neither text nor a picture in the blocks."""
    return not any(isinstance(block, Picture | Timeline) or words_of(block).strip() for block in blocks)


class Gathering:
    """The items of one form by their paths; a path such as `punkter[].bilag[]` means the last element of each list."""

    def __init__(self, form: Form, place: WordPlace) -> None:
        self.root = Item("", place)
        self._place = place
        self._inside: dict[str, tuple[Question, ...]] = {"": form.questions}
        self._owners: dict[str, Question] = {}
        for question in form.walk():
            if question.inner:
                path = question.path if question.shape is Shape.GROUP else f"{question.path}[]"
                self._inside[path] = question.inner
                self._owners[path] = question

    def scopes(self, path: str) -> Iterator[tuple[str, tuple[Question, ...]]]:
        """The questions at a path and at those around it, innermost first."""
        while path:
            if path in self._inside:
                yield path, self._inside[path]
            path = path.rpartition(".")[0]
        yield "", self._inside[""]

    def at(self, path: str) -> Item:
        """The group or the last element at a path; made when there is none yet."""
        item = self.root
        known = ""
        for step in path.split(".") if path else ():
            known = f"{known}.{step}" if known else step
            name = step.removesuffix("[]")
            if step.endswith("[]"):
                items = item.lists.setdefault(name, [])
                item = items[-1] if items else self._add(items, item, known, self._place)
            else:
                told = self._owners[known].label if known in self._owners else name
                item = item.groups.setdefault(name, Item(_joined(item.heading, told), self._place))
        return item

    def open(self, question: Question, place: WordPlace, *, by_control: bool = False) -> Item:
        """The next element of a list; the heading below the control of an element opens no other."""
        parent = self.at(question.path.rpartition(".")[0])
        items = parent.lists.setdefault(question.name, [])
        if items and items[-1].pending and not by_control:
            items[-1].pending = False
            return items[-1]
        made = self._add(items, parent, f"{question.path}[]", place)
        made.pending = by_control
        return made

    def _add(self, items: list[Item], parent: Item, path: str, place: WordPlace) -> Item:
        owner = self._owners[path]
        told = owner.label if owner.shape is Shape.TABLE else f"{owner.element} {len(items) + 1}"
        heading = _joined(parent.heading, told)
        items.append(Item(heading, place._replace(heading=heading)))
        return items[-1]

    def heading(self, question: Question) -> str:
        """What a message calls the place of an answer: the element it is in, and the label of its field."""
        return _joined(self.at(scope_of(question)).heading, question.label)


def scope_of(question: Question) -> str:
    """The path of the group or element that a question stands in."""
    return question.path if question.path.endswith("[]") else question.path.rpartition(".")[0]


def _joined(outer: str, inner: str) -> str:
    return f"{outer}, {inner}" if outer else inner
