"""Tags compiled to a program, and one render of it."""
