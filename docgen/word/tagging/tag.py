"""One tag of a template: what it says, where it stands, and how its value is written there."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.diagnostics import Place
from docgen.word.tagging.scanner import BLOCKS


@dataclass(slots=True)
class Tag:
    """One tag of a part. `source` is its Jinja, `written` what the reader of the template sees.

    `hole` says how a value is written here: `text` (inside w:t), `plain` (no line breaks: attributes, properties),
    `code` (of a field; `name` where it would choose the field, which is a fault), `address` (where a field or a shape
    leads), `block` (a paragraph of its own), `link` (the target of a hyperlink), `span` (a number of columns),
    `colour` (of a cell), and those of `renewal` and `restarting`, which nobody writes in a template. `reopen`
    begins a run like the one a `text` value stands in, `paragraph` a paragraph like its own. `closes` is set where a
    cell ends with the value's paragraph, so that something must be left of it. `trims` holds `<` where the tag begins
    with a hyphen and `>` where it ends with one: it joins paragraphs.
    """

    number: int
    opener: str
    source: str
    written: str
    place: Place
    prefix: str = ""
    keyword: str = ""
    hole: str = "text"
    reopen: str = ""
    closes: bool = False
    trims: str = ""
    paragraph: str = ""

    @property
    def step(self) -> int:
        """1 for a tag that opens a block, -1 for one that closes it, 0 for others."""
        if self.keyword == "set" and "=" in self.source.split("|", 1)[0]:
            return 0  # {% set x = 1 %}
        return (self.keyword in BLOCKS) - (self.keyword in BLOCKS.values())

    @property
    def control(self) -> bool:
        """Whether the tag prints nothing itself: `{% %}` or a comment."""
        return self.opener != "{{"
