"""Inputs as trees of raw scalars with places."""

from __future__ import annotations

from docgen.sources.reading import Reading, read, read_text
from docgen.sources.tree import Entry, Joined, Mapping, Node, Scalar, Sequence, Table

__all__ = ["Entry", "Joined", "Mapping", "Node", "Reading", "Scalar", "Sequence", "Table", "read", "read_text"]
