"""Excel forms: laid out and written from a kind, read back to the tree of an input."""
