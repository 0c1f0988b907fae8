"""What the documents of a series have in common: what one wrote stands in the next where all it read is the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from docgen.package import pack
from docgen.templating.budget import LimitError, spend_output
from docgen.templating.sameness import same
from docgen.word.archive.ooxml import DECLARATION
from docgen.word.tagging.keeping import Blocks
from docgen.word.tagging.settled import Seam, has_sentinels

if TYPE_CHECKING:
    from docgen.package import Member
    from docgen.word.running.program import Program
    from docgen.word.running.session import Session

Path: TypeAlias = tuple[str, ...]
Key: TypeAlias = tuple["Program", int, int]

_MOST, _LONGEST = 500, 100_000  # how many texts are kept of a document, and how many characters each may have
_READ_ONLY = frozenset({"faults", "sheet", "styles"})
_TABLE = "w:tbl>"
_MISSING = object()


class Stretch:
    """What a program wrote: all of a clause, or a round of a loop, for `item`. `texts` is None until it is written.

    `key` tells it from others: its program, the number of its loop there (0 for a clause), the identity of its item.
    `reads` are the paths of the values that it asked for, `steps` and `size` what it took of the render's budget.
    """

    __slots__ = ("item", "key", "reads", "size", "steps", "texts")

    def __init__(self, key: Key, item: object = None) -> None:
        self.key = key
        self.item = item
        self.reads: frozenset[Path] = frozenset()
        self.size = self.steps = 0
        self.texts: tuple[str, ...] | None = None


class Written(NamedTuple):
    """What one document is made of: its names, the values that were asked for, by their paths, and what was written.

    `blocks` are the texts of the main part, `parts` the small parts of the file with their texts, by name.
    """

    names: Mapping[str, object]
    values: dict[Path, object]
    stretches: dict[Key, Stretch]
    blocks: Blocks
    parts: dict[str, tuple[str, Member]]


class Kept:
    """What is kept of the last document of a series that one template makes. Several threads may make them.

    What two documents have in common, the very same object, may not change from one to the other.
    """

    def __init__(self) -> None:
        self.last = Written({}, {}, {}, Blocks(), {})

    def keeping(self, session: Session, names: Mapping[str, object], alike: Mapping[str, object]) -> Keeping:
        """What a document is made with."""
        return Keeping(self, session, names, alike)


class _Before(NamedTuple):
    """How things stood when a stretch began."""

    reads: set[Path]
    touched: int
    steps: int
    size: int


class Keeping:
    """The session of one document of a series, and what the document before wrote.

    `alike` gives some names another value, which is the same whenever theirs does the same. A text that asks the
    session for what differs between documents (a list, a link, a number of its own) is written anew each time.
    """

    def __init__(self, kept: Kept, session: Session, names: Mapping[str, object], alike: Mapping[str, object]) -> None:
        self.budget = session.budget
        self._kept = kept
        self._session = session
        self._names = names
        self._last = last = kept.last
        self._written = Written({**names, **alike}, {}, {}, Blocks(last.blocks), {})
        self._changed = _changed(last, self._written)
        self._reads: set[Path] = set()
        self._touched = 0

    def __getattr__(self, name: str) -> Any:
        if name not in _READ_ONLY:
            self._touched += 1
        return getattr(self._session, name)

    @property
    def keeping(self) -> Keeping:
        """Itself, see Session.keeping."""
        return self

    def read(self, path: Path, value: Any) -> Any:
        """Gives back the value at a path, and notes that it was asked for."""
        self._reads.add(path)
        return value

    def round(self, program: Program, number: int, item: object) -> Stretch:
        """A round of a loop as it was written before, or one that waits for its text."""
        key = (program, number, id(item))
        return self._known(key) or Stretch(key, item)

    def text(self, program: Program, variables: dict[str, Any]) -> str:
        """All that a program writes. Raises what its expressions raise."""
        if not program.mark(rounds=False):
            self._touched += 1  # nobody knows what it reads
            return "".join(program.pieces(variables, cast("Session", self)))
        key = (program, 0, id(None))
        known = self._known(key)
        if known is not None and not self._hides(variables, known.reads):
            self._reads |= known.reads
            return self._again(known)[0]
        before = self._begin()
        pieces = cast("Iterator[str]", program.marked(variables, self))  # in which no rounds are marked
        text = "".join(program.settled(pieces))
        if self._hides(variables, self._reads):
            self._touched += 1
        return self._end(Stretch(key), before, (text,))[0]

    def stretches(self, program: Program, variables: dict[str, Any]) -> Iterable[str]:
        """The output of a part's program: each round of its outer loops as one text, and what stands between them."""
        if not program.mark(rounds=True):
            return _as_texts(program.pieces(variables, cast("Session", self)))
        texts: list[str] = []
        pieces: list[str] = []
        begun: tuple[Stretch, _Before] | None = None
        unsettled = False
        for piece in program.marked(variables, self):
            if isinstance(piece, str):
                pieces.append(piece)
            elif piece is None and begun is not None:
                texts += self._end(*begun, _as_texts(program.settled(iter(pieces))))
                pieces, begun = [], None
            elif piece is not None:
                unsettled = unsettled or any(map(has_sentinels, pieces))
                texts += _paid(pieces)
                pieces = []
                if piece.texts is None:
                    begun = piece, self._begin()
                else:
                    texts += self._again(piece)
        texts += _paid(pieces)
        unsettled = unsettled or any(map(has_sentinels, pieces))
        return program.settled(iter(texts)) if unsettled else texts

    def blocks(self, stretches: Iterable[str], caption: str, note: str) -> list[str]:
        """The same with its tables kept together with what belongs to them, see keeping.keep_together."""
        return self._written.blocks.together(stretches, caption, note)

    def part(self, name: str, text: str) -> Member:
        """A part of the file, packed anew when its text is another than before."""
        known = self._last.parts.get(name)
        member = known[1] if known is not None and known[0] == text else pack(name, f"{DECLARATION}{text}".encode())
        if len(text) <= _LONGEST:
            self._written.parts[name] = text, member
        return member

    def keep(self) -> None:
        """Lets the next document know what this one is made of, now that it is."""
        self._kept.last = self._written

    def _known(self, key: Key) -> Stretch | None:
        found = self._last.stretches.get(key)
        return found if found is not None and self._changed.isdisjoint(found.reads) else None

    def _hides(self, variables: Mapping[str, object], paths: Iterable[Path]) -> bool:
        """Whether a name that was asked for is here one of the template's own."""
        names = self._names
        return any(variables.get(path[0], _MISSING) is not names.get(path[0], _MISSING) for path in paths)

    def _begin(self) -> _Before:
        before = _Before(self._reads, self._touched, self.budget.steps, self.budget.text)
        self._reads = set()
        return before

    def _end(self, stretch: Stretch, before: _Before, texts: tuple[str, ...]) -> tuple[str, ...]:
        length = sum(map(len, texts))
        spend_output(length)
        stretch.texts = texts
        stretch.reads = frozenset(self._reads)
        stretch.steps = before.steps - self.budget.steps
        stretch.size = before.size - self.budget.text
        self._reads |= before.reads
        if self._touched == before.touched and length <= _LONGEST and len(self._written.stretches) < _MOST:
            values, names = self._written.values, self._written.names
            values |= {path: _asked(path, names) for path in stretch.reads if path not in values}
            self._written.stretches[stretch.key] = stretch
        return texts

    def _again(self, stretch: Stretch) -> tuple[str, ...]:
        budget = self.budget
        budget.steps -= stretch.steps
        budget.text -= stretch.size
        if budget.steps < 0 or budget.text < 0:
            raise LimitError("steps" if budget.steps < 0 else "text")
        self._written.stretches[stretch.key] = stretch
        assert stretch.texts is not None
        return stretch.texts


def _paid(pieces: list[str]) -> tuple[str, ...]:
    spend_output(sum(map(len, pieces)))
    return _as_texts(pieces)


def _as_texts(pieces: Iterable[str]) -> tuple[str, ...]:
    """Pieces of output as one Seam; plain ones in which a value has brought a table stay as they are."""
    held = list(pieces)
    text = "".join(held)
    if _TABLE not in text or not any(_TABLE in piece for piece in held if piece.__class__ is str):
        return (Seam(text),) if text else ()
    groups = groupby(held, key=lambda piece: piece.__class__ is str and _TABLE in piece)
    return tuple("".join(some) if is_value else Seam("".join(some)) for is_value, some in groups)


def _changed(last: Written, written: Written) -> set[Path]:
    """The paths whose values are not what they were in the last document; the others get the very same value."""
    changed: set[Path] = set()
    names = written.names
    same_names = {name for name, value in last.names.items() if names.get(name, _MISSING) is value}
    for path, before in last.values.items():
        if path[0] in same_names:
            written.values[path] = before
            continue
        value = _asked(path, names)
        if value is before or same(before, value):
            written.values[path] = before  # one and the same is sooner compared
        else:
            written.values[path] = value
            changed.add(path)
    return changed


def _asked(path: Path, names: Mapping[str, object]) -> object:
    """The value at a path, or the one on the way to it that is no mapping; what is not there is a value too."""
    found = names.get(path[0], _MISSING)
    for step in path[1:]:
        if not isinstance(found, dict) or step not in found:
            return found
        try:
            found = found[step]
        except Exception:  # noqa: BLE001 - whatever it is, the template is told when it asks
            return object()
    return found
