"""What an input may reach beside itself: the folder that it lies in, and excerpts of other inputs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from docgen.diagnostics import Place
    from docgen.kinds.fields import At
    from docgen.sources import Mapping

    Giver = Callable[[str, str, At, Place], Mapping | None]


class Surroundings(NamedTuple):
    """Where an input lies.

    `folder` is None for an input that is no file. `excerpt` reads another input, by its path from that folder, and
    gives the excerpt of that name as an input would write it, with everything at the given place; None after what is
    wrong was told to `At`.
    """

    folder: Path | None = None
    excerpt: Giver | None = None


NOWHERE = Surroundings()
"""The surroundings of an input that is no file, such as one from the standard input."""
