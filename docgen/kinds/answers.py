"""What was found out of one input of a series, known for the next ones until a value changes that was read for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from docgen.kinds.record import Group, InvalidValueError
from docgen.templating.sameness import same

Path = tuple[str, ...]
"""A dotted name of an expression: `økonomi.i_alt` is ("økonomi", "i_alt")."""

_REFUSED = object()
"""In place of a value that was refused: reading it has had no answer, which is the same every time."""


class Answers:
    """Answers by their keys, each with the paths of all that was read to find it.

    `known` gives the answer that was kept under a key; None when there is none, or it may be another one now.

    Values of one input that are objects of the one before it are the same without a look at what is in them. So an
    answer costs nothing while it holds.
    """

    def __init__(self) -> None:
        self._known: dict[Hashable, Any] = {}
        self.known: Callable[[Hashable], Any] = self._known.get
        self._asked: set[Hashable] = set()
        self._asking: dict[Path, set[Hashable]] = {}
        self._values: dict[str, object] = {}
        self._read: dict[str, dict[Path, object]] = {}
        self._root = Group("", {})
        self._names: Mapping[str, object] = {}

    def begin(self, root: Group, names: Mapping[str, object]) -> None:
        """Go on to an input of the same kind: `names` are those of its run, which win over its fields in `root`.

        What was found out of values that are not the same here is forgotten.
        """
        self._root, self._names = root, names
        for name, then in self._values.items():
            value = names[name] if name in names else root.get(name, _REFUSED)
            if value is not then:
                self._values[name] = value
                self._compare(self._read[name], value)

    def _compare(self, read: dict[Path, object], holder: object) -> None:
        """Forget what was found out of the paths that lead from `holder` to other values than before."""
        for path, then in read.items():
            read[path] = value = _at(path, holder)
            if not same(then, value):
                for key in self._asking[path]:
                    self._known.pop(key, None)

    def keep(self, key: Hashable, answer: object, asked: Callable[[], Iterable[Path]]) -> None:
        """Keep what was found out of this input by reading nothing of it but what stands at the paths of `asked`.

        They are always the same for a key. Names that are neither of the run nor of a field are those of functions.
        """
        if key not in self._asked:
            self._asked.add(key)
            for path in asked():
                self._watch(path, key)
        self._known[key] = answer

    def _watch(self, path: Path, key: Hashable) -> None:
        name = path[0]
        if name not in self._values:
            if name not in self._names and name not in self._root.declared:
                return
            self._values[name] = self._names[name] if name in self._names else self._root.get(name, _REFUSED)
            self._read[name] = {}
        if path not in self._read[name]:
            self._read[name][path] = _at(path, self._values[name])
            self._asking[path] = set()
        self._asking[path].add(key)

    def forget(self) -> None:
        """Forget every answer."""
        self._known.clear()


def _at(path: Path, holder: object) -> object:
    """The value at a path, or the one on the way to it that is no group: what that says of itself belongs to it."""
    value = holder
    try:
        for step in path[1:]:
            if not isinstance(value, Group) or step not in value.declared:
                break
            value = value[step]
    except InvalidValueError:
        return _REFUSED
    return value
