"""Jinja as docgen uses it: one sandboxed, strict environment with Danish filters."""
