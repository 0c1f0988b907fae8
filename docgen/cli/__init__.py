"""The command line: it parses, calls and reports, and owns no logic."""
