"""Danish documents from structured inputs.

`generate` makes one document and `check` tells what is wrong with an input (docgen.pipeline); `Request` says what is
asked for; faults are `Diagnostic` values in a `DocgenError`. The Word engine on its own is docgen.word.WordTemplate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docgen.diagnostics import Diagnostic, DocgenError

if TYPE_CHECKING:
    from docgen.pipeline import Request, check, generate

__all__ = ["Diagnostic", "DocgenError", "Request", "check", "generate"]


def __getattr__(name: str) -> Any:
    # The pipeline loads Jinja; `docgen --help` must not.
    if name in ("Request", "check", "generate"):
        from docgen import pipeline

        return getattr(pipeline, name)
    if name in ("catalog", "word"):
        from importlib import import_module

        return import_module(f"docgen.{name}")
    raise AttributeError(f"module 'docgen' has no attribute {name!r}")
