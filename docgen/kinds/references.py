"""What a reference in an input may mean: elements of a list, by their keys."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.kinds.record import Group, InvalidValueError, is_empty


def elements_by_key(group: Group, target: str) -> dict[str, Group]:
    """The elements of the list `target` of a group, or of the lists in its elements where the name has dots.

    Raises InvalidValueError where such a list was refused.
    """
    found: list[object] = [group]
    for name in target.split("."):
        found = [element[name] for element in _flat(found) if isinstance(element, Group)]
    known: dict[str, Group] = {}
    for element in _flat(found):
        if isinstance(element, Group) and _has_key(element):
            known.setdefault(str(element), element)
    return known


def _flat(values: list[object]) -> Iterator[object]:
    for value in values:
        if isinstance(value, list):
            yield from value
        else:
            yield value


def _has_key(element: Group) -> bool:
    """Whether the element has a key that could be read; a fault in it has been told."""
    try:
        return not is_empty(element[element.key])
    except InvalidValueError:
        return False
