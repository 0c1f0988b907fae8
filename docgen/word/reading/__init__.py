"""Finished documents read back, and printed as text, Markdown and HTML."""
