"""What is wrong with a YAML file that PyYAML cannot parse, told to people who do not know YAML."""

from __future__ import annotations

import yaml

from docgen.diagnostics import Diagnostic, error
from docgen.sources.text import Text


def syntax_faults(text: Text, fault: yaml.MarkedYAMLError, last: yaml.ScalarEvent | None) -> list[Diagnostic]:
    """The findings that say what `fault` means; `last` is the last scalar that was read before it."""
    mark = fault.problem_mark or fault.context_mark
    at = mark.index if mark else 0
    return [error("DG130", text.place(at, at + 1))]
