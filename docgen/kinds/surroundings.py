"""What an input may reach beside itself: the folder that it lies in, excerpts of other inputs, lists in other files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from docgen.diagnostics import Place
    from docgen.kinds.fields import At
    from docgen.kinds.own_lists import Wanted
    from docgen.sources import Mapping, Sequence

    Giver = Callable[[str, str, At, Place], Mapping | None]
    RowsGiver = Callable[[str, str, Wanted, At, Place], Sequence | None]


FROM, ROWS = "fra", "rækker"
"""What an input writes in the place of a list: where its rows stand, and those that stand here."""


def takes_rows(node: Mapping) -> bool:
    """Whether a mapping in the place of a list says where the rows of the list come from."""
    return any(entry.key.text in (FROM, ROWS) for entry in node)


class Surroundings(NamedTuple):
    """Where an input lies.

    `folder` is None for an input that is no file. `excerpt` reads another input, by its path from that folder, and
    gives the excerpt of that name as an input would write it, with everything at the given place; None after what is
    wrong was told to `At`. `rows` gives the rows of a list that stand in another file, on the sheet of that name where
    the file is a workbook ("" for the sheet that fits), in the same way.
    """

    folder: Path | None = None
    excerpt: Giver | None = None
    rows: RowsGiver | None = None


NOWHERE = Surroundings()
"""The surroundings of an input that is no file, such as one from the standard input."""
