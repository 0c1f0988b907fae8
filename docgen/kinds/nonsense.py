"""What a function of an expression raises when it is given what it cannot work with."""

from __future__ import annotations


class NonsenseError(ValueError):
    """Raised when a function is given what it cannot work with; its text is a Danish sentence."""
