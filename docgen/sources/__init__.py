"""Inputs as trees of raw scalars with places."""
