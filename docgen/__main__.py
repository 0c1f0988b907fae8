"""`python -m docgen` does everything that the command `docgen` does."""

from __future__ import annotations

import sys


def main() -> None:
    """Run docgen and end the process with its exit code."""
    from docgen.cli.app import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
