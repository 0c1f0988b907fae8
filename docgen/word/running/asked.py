"""What a Word template asks for: the uses of names in its parts, each with its place."""

from __future__ import annotations

from typing import NamedTuple

from docgen.diagnostics import Place
from docgen.templating.uses import Use, uses
from docgen.word.running.program import Program


class Asked(NamedTuple):
    """One use of a name from outside, its place, and how the template writes the tag."""

    use: Use
    place: Place
    written: str

    @property
    def path(self) -> str:
        """The dotted path: `aktiver[].navn` is the name of each element of a list."""
        return self.use.path


def asked(program: Program) -> list[Asked]:
    """Every use, in the order of the template. Names that the template gives itself are not among them."""
    return [
        Asked(use, program.tags[use.line].place, program.tags[use.line].written)
        for use in uses(program.tree, program.environment.globals)
    ]
