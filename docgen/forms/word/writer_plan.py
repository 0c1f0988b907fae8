"""What a Word form asks: the fields of a kind in order, each with its tag, its depth and the way it is filled in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from docgen.diagnostics import DocgenError, FilePlace, error
from docgen.kinds.arrangement import PROFILE
from docgen.kinds.composite_fields import GroupFieldType, ListType, TextTableType
from docgen.kinds.fields import Field, FieldType
from docgen.kinds.model import GroupType, Kind
from docgen.kinds.number_fields import BoolType
from docgen.kinds.suggestions import closest, folded, suggestion
from docgen.kinds.text_fields import ChoiceType, MarkdownType
from docgen.kinds.time_fields import DateType
from docgen.sources import Scalar

TITLE_NOTE = "Skema til udfyldning"
REST = "Andet"
"""The heading of the column of a table that takes what has no column of its own."""
_LONGEST_TAG = 64  # characters; Word refuses a file with a longer one
_MOST_COLUMNS = 6
_MAIN_COLUMNS = 5
_REPEATS = 3  # how often a group may stand inside a group of its own kind
_DEEPEST = 4


class Shape(Enum):
    """How a field is filled in."""

    LINE = "a text, a word or a date"
    LINES = "a list with an element on each line"
    PAIRS = "lines of a name, a colon and a text"
    OUTLINE = "a list with lists in it"
    PROSE = "headings, paragraphs, lists and tables"
    GROUP = "fields of their own"
    TABLE = "a table with a row for each element"
    ITEMS = "fields of their own for each element"


class Question(NamedTuple):
    """A field of a form. `path` has `[]` after lists (`punkter[].titel`); `depth` counts from 1 at the root.

    `type` is that of the value or of a list's elements. `inner` are the fields of a group or an element, `element` is
    what an element is called. A line of LINES or OUTLINE fills the field `single` of its group ("" for no group), the
    lines below it `nested`. In a TABLE the fields named in `columns` have a column, the others stand under `Andet`.
    One that is not `asked` is shown only where it has a value.
    """

    field: Field
    path: str
    depth: int
    shape: Shape
    type: FieldType
    inner: tuple[Question, ...] = ()
    element: str = ""
    single: str = ""
    nested: str = ""
    columns: tuple[str, ...] = ()
    asked: bool = True

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.field.name

    @property
    def tag(self) -> str:
        """What its content control is tagged with."""
        return self.path[-_LONGEST_TAG:]

    @property
    def label(self) -> str:
        """What it is called in the form, without the mark of a required field."""
        return " ".join((self.field.label or self.name).split())

    @property
    def heading(self) -> str:
        """Its label with `*` where it must be filled in, `(*)` where it must in some cases."""
        field = self.field
        if not field.required or field.default is not None:
            return self.label
        return f"{self.label} *" if field.required is True and field.applies is None else f"{self.label} (*)"

    @property
    def guidance(self) -> str:
        """The help text, and what the field is when nothing is written."""
        told = " ".join(self.field.help.split())
        if isinstance(self.field.default, Scalar) and not isinstance(self.type, GroupFieldType):
            told += f" Skriver du ikke noget, bliver det {self._written(self.field.default)}."
        if self.shape is Shape.PAIRS:
            told += " Skriv et navn, et kolon og en tekst på hver linje."
        return told.strip()

    @property
    def prompt(self) -> str:
        """The placeholder text of its control: an example, or what to do."""
        if isinstance(self.type, ChoiceType | BoolType) and self.shape is Shape.LINE:
            return "Vælg"
        example = self.field.example
        if isinstance(example, Scalar) and example.text.strip() and self.shape is not Shape.OUTLINE:
            start = "Skriv her, fx: " if self.shape is Shape.PROSE else "Fx "
            return start + " ".join(self._written(example).split())
        return {
            Shape.PROSE: "Skriv her.",
            Shape.LINES: "Skriv en linje for hver.",
            Shape.OUTLINE: "Skriv et punkt på hver linje. Tabulator giver et underpunkt.",
            Shape.PAIRS: "Navn: tekst",
        }.get(self.shape, "Skriv her")

    def _written(self, example: Scalar) -> str:
        """An example as the form shows it: the label of a choice."""
        found = self.type.find(example.text) if isinstance(self.type, ChoiceType) else None
        return found.etiket if found else example.text

    @property
    def is_dated(self) -> bool:
        """Whether only a whole day may be written, so that a calendar is offered."""
        return isinstance(self.type, DateType) and self.type.precision == ("dag",)


class Form(NamedTuple):
    """What a form of `kind` asks; `part` is the list that it gives elements of, "" for a whole input."""

    kind: Kind
    part: str
    questions: tuple[Question, ...]

    @property
    def title(self) -> str:
        """The heading of the form."""
        title = self.kind.title
        return f"{self.questions[0].label} til {title[:1].lower()}{title[1:]}" if self.part else title

    def walk(self) -> Iterator[Question]:
        """Every question, a group before its fields."""
        pending = list(self.questions)
        while pending:
            found = pending.pop(0)
            yield found
            pending[:0] = found.inner

    def only(self, names: Collection[str]) -> Form:
        """The form that asks for the fields of those names alone, and required ones.

        A name may be a label too, and has those of what it lies in before it (`punkter.titel`, `Punkter: Titel`).
        Raises DocgenError DG742 (exit code 2) for names that no question has.
        """
        asked = self.questions[0].inner if self.part else self.questions
        spelled = list(_spelled(asked))
        paths, labels = dict.fromkeys(path for _, path in spelled), [one.label for one in asked]
        chosen: set[str] = set()
        faults = []
        for name in dict.fromkeys(names):
            meant = {name} if name in paths else {path for spelling, path in spelled if spelling == folded(name)}
            chosen |= meant
            if not meant:
                near = closest(name, (*paths, *labels))
                faults.append(error("DG742", None, navn=name, **suggestion(name, [near] if near else labels)))
        if faults:
            raise DocgenError(faults, exit_code=2)
        kept = _marked(asked, chosen)
        return self._replace(questions=(self.questions[0]._replace(inner=kept),) if self.part else kept)

    @property
    def by_tag(self) -> Mapping[str, Question]:
        """The questions by the tags of their controls."""
        return {found.tag: found for found in self.walk()}


def _spelled(
    questions: Iterable[Question], path: str = "", before: Collection[str] = ("",)
) -> Iterator[tuple[str, str]]:
    """Each spelling of a field by name, label or alias, with those of what it lies in, and the path of the field."""
    for one in questions:
        here = f"{path}.{one.name}" if path else one.name
        words = {folded(word) for word in (one.name, one.label, *one.field.aliases)}
        spellings = dict.fromkeys(start + word for start in before for word in sorted(words))
        yield from ((spelling, here) for spelling in spellings)
        yield from _spelled(one.inner, here, spellings)


def _marked(questions: Iterable[Question], names: Collection[str]) -> tuple[Question, ...]:
    """The questions, of which only those of the names and required ones are asked."""
    found = []
    for one in questions:
        inside = {name.partition(".")[2] for name in names if name.startswith(f"{one.name}.")}
        required = bool(one.field.required) and one.field.default is None
        if one.name in names or (required and not inside):
            found.append(one)
        else:
            found.append(one._replace(inner=_marked(one.inner, inside), asked=bool(inside)))
    return tuple(found)


def make_form(kind: Kind, part: str = "") -> Form:
    """The form for a whole input, or for elements of the list `part` alone.

    Raises DocgenError DG740 (exit code 2) when the kind has no such list of groups.
    """
    questions = _questions(kind, kind.root, "", 1, ())
    if not part:
        return Form(kind, "", (*_profile(kind), *questions))
    lists = {found.name: found for found in questions if found.shape in (Shape.TABLE, Shape.ITEMS)}
    meant = {spelling: lists[name] for spelling, name in reversed(list(_spelled(lists.values()))) if name in lists}
    chosen = lists.get(part) or meant.get(folded(part))
    if chosen is None:
        told = suggestion(part, lists) if lists else {"forslag": "", "forslag_en": ""}
        raise DocgenError([error("DG740", None, navn=part, type=kind.title, **told)], exit_code=2)
    return Form(kind, chosen.name, (chosen._replace(shape=Shape.ITEMS, columns=()),))


def _profile(kind: Kind) -> tuple[Question, ...]:
    if not kind.profiles:
        return ()
    names = {
        one.name: f"{one.name}: {one.description}" if one.description else one.name for one in kind.profiles.values()
    }
    made = ChoiceType(choices=names)
    place = FilePlace(kind.name)
    field = Field(name=PROFILE, type=made, place=place, label="Profil", help="Jeres egne standarder.", builtin=True)
    return (Question(field, PROFILE, 1, Shape.LINE, made),)


def _questions(kind: Kind, group: GroupType, path: str, depth: int, around: tuple[str, ...]) -> tuple[Question, ...]:
    fields = [field for field in group.fields.values() if not field.computed]
    found = (_question(kind, field, f"{path}.{field.name}" if path else field.name, depth, around) for field in fields)
    return tuple(one for one in found if one is not None)


def _question(kind: Kind, field: Field, path: str, depth: int, around: tuple[str, ...]) -> Question | None:
    match field.type:
        case ListType(element=GroupFieldType(group=name)):
            return _list(kind, field, kind.groups[name], path, depth, around)
        case ListType(element=MarkdownType() as element):
            text = Question(field, f"{path}[]", _deeper(depth), Shape.PROSE, element)
            return Question(field, path, depth, Shape.ITEMS, element, (text,), _word(field.name))
        case ListType(element=element):
            return Question(field, path, depth, Shape.LINES, element)
        case GroupFieldType(group=name):
            if around.count(name) >= _REPEATS:
                return None
            inner = _questions(kind, kind.groups[name], path, _deeper(depth), (*around, name))
            return Question(field, path, depth, Shape.GROUP, field.type, inner)
        case TextTableType():
            return Question(field, path, depth, Shape.PAIRS, field.type)
        case MarkdownType():
            return Question(field, path, depth, Shape.PROSE, field.type)
    return Question(field, path, depth, Shape.LINE, field.type)


def _list(
    kind: Kind, field: Field, group: GroupType, path: str, depth: int, around: tuple[str, ...]
) -> Question | None:
    fields = [one for one in group.fields.values() if not one.computed]
    plain = [
        one for one in fields if not isinstance(one.type, ListType | GroupFieldType | TextTableType | MarkdownType)
    ]
    element = ListType(element=GroupFieldType(group=group.name))
    nested = [one for one in fields if one.type == element]
    if len(plain) == 1 and len(plain) + len(nested) == len(fields) and len(nested) <= 1:
        below = nested[0].name if nested else ""
        shape = Shape.OUTLINE if below else Shape.LINES
        made = plain[0]
        shown = field if field.example is not None or below else _with_example(field, made)
        return Question(shown, path, depth, shape, made.type, single=made.name, nested=below)
    if around.count(group.name) >= _REPEATS:
        return None
    inner = _questions(kind, group, f"{path}[]", _deeper(depth), (*around, group.name))
    word = _word(group.name if "." not in group.name else field.name)
    if all(one.shape in (Shape.LINE, Shape.LINES) for one in inner):
        return Question(field, path, depth, Shape.TABLE, field.type, inner, word, columns=columns_of(inner))
    return Question(field, path, depth, Shape.ITEMS, field.type, inner, word)


def _with_example(field: Field, made: Field) -> Field:
    from dataclasses import replace

    return replace(field, example=made.example)


def _deeper(depth: int) -> int:
    return min(depth + 1, _DEEPEST)


def _word(name: str) -> str:
    return name.replace("_", " ")


def columns_of(inner: tuple[Question, ...]) -> tuple[str, ...]:
    """The fields that have a column: all where there is room, else lists, required ones, and then the first ones."""
    if len(inner) <= _MOST_COLUMNS:
        return tuple(one.name for one in inner)
    first = sorted(
        inner, key=lambda one: (one.shape is not Shape.LINES, not one.field.required, not one.field.shorthand)
    )
    chosen = {one.name for one in first[:_MAIN_COLUMNS]}
    return tuple(one.name for one in inner if one.name in chosen)
