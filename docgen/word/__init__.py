"""Word files: the template engine and the reader of finished documents."""

from __future__ import annotations

from docgen.word.output import Properties, WordDocument
from docgen.word.template import WordTemplate

__all__ = ["Properties", "WordDocument", "WordTemplate"]
