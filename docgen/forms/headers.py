"""Which field of a group a heading of a form or a list means, however people spell it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from docgen.kinds.composite_fields import GroupFieldType
from docgen.kinds.fields import Field
from docgen.kinds.model import GroupType, Kind
from docgen.kinds.suggestions import folded, suggestion

SUM_WORDS = frozenset(map(folded, ("i alt", "ialt", "total", "totalt", "sum", "samlet", "hovedtotal", "subtotal")))
"""What the first cell of a row of sums says, each as `folded` gives it."""
_ENDING = re.compile(r"^(?P<before>.*\S)\s*\((?P<inside>[^()]*)\)\s*$", re.DOTALL)


class Reach(NamedTuple):
    """A field that a group reaches over single groups: its dotted path, and the fields along it, itself last."""

    path: str
    steps: tuple[Field, ...]

    @property
    def field(self) -> Field:
        """The field itself."""
        return self.steps[-1]

    @property
    def label(self) -> str:
        """The labels along the path: `Leverandør: CVR-nummer`."""
        return ": ".join(field.label for field in self.steps)

    @property
    def computed(self) -> bool:
        """Whether docgen computes it, so that an input may not hold it."""
        return any(field.computed is not None for field in self.steps)


class Headers:
    """The headings of one group: of the columns of a list, or of the single fields of an input.

    A heading may be a field's name, label or alias, alone or after those of the single groups around it
    (`leverandør.cvr`, `Leverandør: CVR-nummer`). Capitals, spaces, hyphens, asterisks and underscores do not count, nor
    an ending in brackets (`Pris (kr.)`).
    """

    def __init__(self, group: GroupType, kind: Kind) -> None:
        self.reaches = {reach.path: reach for reach in _reaches(group, kind, (), ())}
        fields = [reach for reach in self.reaches.values() if not reach.computed]
        groups = [reach for reach in fields if isinstance(reach.field.type, GroupFieldType)]
        computed = [reach for reach in self.reaches.values() if reach.computed]
        # What can be filled in goes before single groups, and those before what docgen computes.
        self._kinds = [_spellings(some) for some in ([one for one in fields if one not in groups], groups, computed)]

    def find(self, text: str, within: str = "") -> str | None:
        """The dotted path of the field that a heading means; None for no field, or for several (`meanings`).

        `within` is the path of the single group whose heading stands above, if one does.
        """
        found = self.meanings(text, within)
        return found[0] if len(found) == 1 else None

    def meanings(self, text: str, within: str = "") -> tuple[str, ...]:
        """The paths of every field that a heading may mean: one, none, or several where it is ambiguous."""
        plain = _composed(text)
        found = self._exact(plain, within)
        ending = _ENDING.match(plain)
        if found or ending is None:
            return found
        named = self._kinds[0][0].get(folded(ending["inside"]), [])
        return tuple(named) if len(named) == 1 else self._exact(ending["before"], within)

    def _exact(self, text: str, within: str) -> tuple[str, ...]:
        key = folded(text)
        if not key:
            return ()
        if within in self.reaches:
            names = "".join(folded(field.name) for field in self.reaches[within].steps)
            for paths, labels, last in self._kinds:
                under = [path for path in last.get(key, ()) if path.startswith(f"{within}.")]
                if found := paths.get(names + key) or labels.get(names + key) or under:
                    return tuple(found)
        every = (spellings.get(key) for kind in self._kinds for spellings in kind)
        return tuple(next((found for found in every if found), ()))

    def heading(self, path: str) -> str:
        """The heading to write for a field, which `find` takes back to it: its label, with its group where needed."""
        reach = self.reaches[path]
        if self.find(reach.label) == path:
            return reach.label
        return f"{reach.label} ({path})"

    def suggest(self, text: str) -> dict[str, str]:
        """The values `forslag` and `forslag_en` of a message: the heading that was perhaps meant, or else all."""
        return suggestion(text, [self.heading(path) for path, reach in self.reaches.items() if _is_leaf(reach)])


def _spellings(reaches: list[Reach]) -> tuple[dict[str, list[str]], ...]:
    """The paths by each spelling, the surest first: the path itself, labels on the way, the last step alone."""
    paths: dict[str, list[str]] = {}
    labels: dict[str, list[str]] = {}
    last: dict[str, list[str]] = {}
    for reach in reaches:
        names = [(field.name, *field.aliases) for field in reach.steps]
        words = [(*some, field.label) for some, field in zip(names, reach.steps, strict=True)]
        for spellings, ways in ((paths, product(*names)), (labels, product(*words)), (last, product(words[-1]))):
            for way in ways:
                found = spellings.setdefault("".join(folded(_composed(step)) for step in way), [])
                if reach.path not in found:
                    found.append(reach.path)
    return paths, labels, last


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _is_leaf(reach: Reach) -> bool:
    return not reach.computed and not isinstance(reach.field.type, GroupFieldType)


def _reaches(group: GroupType, kind: Kind, steps: tuple[Field, ...], around: tuple[str, ...]) -> Iterator[Reach]:
    for field in group.fields.values():
        way = (*steps, field)
        yield Reach(".".join(step.name for step in way), way)
        made = field.type
        if isinstance(made, GroupFieldType) and made.group not in around:
            yield from _reaches(kind.groups[made.group], kind, way, (*around, made.group))
