"""The words of an Excel form itself; a reader tells by them what somebody wrote where the form has its own."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zlib import crc32

from docgen.forms.excel.choices import example, hint
from docgen.forms.excel.layout import FILES_NAME, PROFILE_LABEL, Column, Layout, ListSheet
from docgen.kinds.arrangement import PROFILE
from docgen.kinds.model import Kind
from docgen.kinds.suggestions import folded

HEADINGS = ("Felt", "Udfyldes", "Hjælp", "Eksempel")
"""The headings of the columns of the front sheet."""
LISTS = (
    "Lister",
    "Klik på navnet for at komme til arket. Rækker i andre regneark: skriv filernes navne i feltet, én på hver linje.",
)
"""What stands over the links to the lists, and the cells for files with more of their rows."""
_GUIDE = (
    "Skriv i de felter, der har en ramme. Gule felter med * skal udfyldes, og lysegule med (*) skal udfyldes i nogle "
    "tilfælde."
)
_TODO = "Skriv en række for hver. Nye rækker skrives lige under den sidste."
_LONGEST_HELP = 240


class Own(NamedTuple):
    """The words of a form: `is_sure` tells that these are all that it was made with."""

    words: frozenset[str] = frozenset()
    is_sure: bool = False

    def has(self, text: str) -> bool:
        """Whether a text is one of the form's own."""
        return folded(text) in self.words


def guide(kind: Kind) -> tuple[str, ...]:
    """What stands at the top of the front sheet, line by line."""
    command = f"Når skemaet er udfyldt og gemt, laver du dokumentet med: docgen {kind.name} skema.xlsx"
    return kind.title, kind.description, _GUIDE, command


def profile_help(kind: Kind) -> str:
    """What stands beside the cell for the profile."""
    return "Jeres egne standarder: " + "; ".join(f"{one.name}: {one.description}" for one in kind.profiles.values())


def help_of(column: Column) -> str:
    """What stands beside the cell of a field."""
    return " ".join(filter(None, (column.field.help, hint(column))))


def example_of(column: Column) -> str:
    """An example of a value as it stands in a column for examples, or ""."""
    return example(column).removeprefix("Eksempel: ")


def list_guide(one: ListSheet, form: Layout) -> tuple[str, ...]:
    """What stands at the top of the sheet of a list, line by line."""
    todo = _TODO
    if one.owner:
        todo += f" Vælg i den første kolonne den række på arket {form.lists[one.parent].sheet}, som rækken hører til."
    return one.sheet, textwrap.shorten(one.field.help, _LONGEST_HELP, placeholder=" …"), todo


def example_above(column: Column) -> str:
    """The example over the heading of a column of a list, or ""."""
    return f"fx {shown}" if (shown := example_of(column)) else ""


def labels(form: Layout) -> Iterator[tuple[str, str]]:
    """What stands in the first column of the front sheet, from top to bottom, each with what the cell beside it is.

    That is the path of a field, or FILES_NAME and the path of a list, or "".
    """
    yield from ((text, "") for text in (*guide(form.kind), HEADINGS[0]))
    if form.kind.profiles:
        yield PROFILE_LABEL, PROFILE
    for section in form.sections:
        yield section.title, ""
        yield from ((column.field.label, column.path) for column in section.columns)
    yield LISTS[0], ""
    yield from ((one.sheet, "" if one.parent else f"{FILES_NAME}{one.path}") for one in form.lists.values())


def own_words(form: Layout) -> frozenset[str]:
    """All texts of a form but the headings of its lists, each as `folded` gives it."""
    return frozenset(filter(None, map(folded, _own_texts(form))))


def _own_texts(form: Layout) -> Iterator[str]:
    yield from (label for label, _ in labels(form))
    yield from (*HEADINGS, *LISTS, profile_help(form.kind))
    for section in form.sections:
        yield section.help
        for column in section.columns:
            yield from (help_of(column), example_of(column))
    for one in form.lists.values():
        yield from (*list_guide(one, form), one.field.help)
        yield from map(example_above, one.columns)


def print_of(words: Iterable[str]) -> str:
    """A short text that is another one for other words: a form remembers with which words it was made."""
    return f"{crc32('|'.join(sorted(words)).encode()):08x}"
