"""Kinds of document: folders of fields, rules, clauses and profiles, and what they make of an input."""
