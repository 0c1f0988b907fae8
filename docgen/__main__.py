"""`python -m docgen` does everything that the command `docgen` does."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """Run docgen and end the process with its exit code.

    A run is short: collecting garbage every moment, and taking the interpreter apart at the end, is a fifth of it.
    """
    gc.set_threshold(100_000, 50, 50)
    from docgen.cli.app import main as run

    exit_code = run()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # whoever read it has gone
            stream.flush()
    os._exit(exit_code)


if __name__ == "__main__":
    main()
