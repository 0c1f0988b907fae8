"""Word files: the template engine, rich values for its data, and the reader of finished documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docgen.word.running.output import Properties, WordDocument
from docgen.word.template import WordTemplate

if TYPE_CHECKING:
    from docgen.danish.values import Markdown
    from docgen.word.values.rich import Image, Listing, PageBreak, RichParagraphs, RichText
    from docgen.word.values.subdocument import SubDocument

__all__ = [
    "Image",
    "Listing",
    "Markdown",
    "PageBreak",
    "Properties",
    "RichParagraphs",
    "RichText",
    "SubDocument",
    "WordDocument",
    "WordTemplate",
]

_HOMES = {"Markdown": "docgen.danish.values", "SubDocument": "docgen.word.values.subdocument"}


def __getattr__(name: str) -> Any:
    """The rich values, loaded when they are asked for: most runs do without."""
    if name not in __all__:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "docgen.word.values.rich")), name)
