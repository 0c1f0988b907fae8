"""Danish documents from structured inputs.

`generate` makes one document and `check` tells what is wrong with an input (docgen.pipeline); `Request` says what is
asked for. `series` makes many documents (docgen.series). Faults are `Diagnostic` values in a `DocgenError`. The Word
engine on its own is docgen.word.WordTemplate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docgen.diagnostics import Diagnostic, DocgenError

if TYPE_CHECKING:
    from docgen.pipeline import Request, check, generate
    from docgen.series import series

__all__ = ["Diagnostic", "DocgenError", "Request", "check", "generate", "series"]


def __getattr__(name: str) -> Any:
    # The pipeline loads Jinja; `docgen --help` must not.
    if name in ("Request", "check", "generate"):
        from docgen import pipeline

        return getattr(pipeline, name)
    if name in ("catalog", "series", "word"):
        from importlib import import_module

        return import_module(f"docgen.{name}")
    raise AttributeError(f"module 'docgen' has no attribute {name!r}")
