"""What a command tells: findings to stderr, or one JSON object to stdout."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable

import click

from docgen import catalog
from docgen.diagnostics import Diagnostic, Severity, has_errors

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_COUNTED = (
    (Severity.ERROR, "fejl", "fejl i alt"),
    (Severity.WARNING, "advarsel", "advarsler"),
    (Severity.INFO, "oplysning", "oplysninger"),
)


class Report:
    """Collects the findings of one run; text is shown as it comes, JSON once at the end, with `results` and `more`.

    `language` is `da` or `en`. The language of a run is known before its first message: see docgen.cli.app.
    """

    def __init__(self, *, language: str, as_json: bool) -> None:
        self.language = language
        self.as_json = as_json
        self.results: list[dict[str, object]] = []
        self.more: dict[str, object] = {}
        self._findings: list[Diagnostic] = []

    @property
    def failed(self) -> bool:
        """Whether any finding so far is a fault."""
        return has_errors(self._findings)

    @property
    def has_warnings(self) -> bool:
        """Whether any finding so far is a warning."""
        return any(finding.severity is Severity.WARNING for finding in self._findings)

    def show(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take findings in, and print them unless the run answers in JSON."""
        for diagnostic in diagnostics:
            self._findings.append(diagnostic)
            if not self.as_json:
                text = catalog.as_text(diagnostic, self.language)
                head, _, rest = text.partition(":")
                colour = _COLOURS[diagnostic.severity]
                click.echo(f"{styled(head, colour)}:{rest}", err=True)

    def count(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take findings in that are as good as told, since one like them was shown."""
        self._findings += diagnostics

    def say(self, text: str, **values: object) -> None:
        """Print a sentence about the run (a msgid, filled with `values`) to stderr, unless it answers in JSON."""
        if not self.as_json:
            click.echo(catalog.translate(text, self.language).format_map(values), err=True)

    def close(self) -> None:
        """Print the one JSON object of a run with `--json`; otherwise the tally of its findings, if there were any."""
        if self.as_json:
            import json

            answer = {
                "ok": not self.failed,
                **self.more,
                "results": self.results,
                "diagnostics": [catalog.as_json(finding, self.language) for finding in self._findings],
            }
            click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
        elif len(self._findings) > 1:
            click.echo(self._tally(), err=True)

    def _tally(self) -> str:
        counts = Counter(finding.severity for finding in self._findings)
        told = []
        for severity, one, several in _COUNTED:
            if counts[severity]:
                words = catalog.translate(one if counts[severity] == 1 else several, self.language)
                told.append(f"{counts[severity]} {words}")
        return ", ".join(told)


def styled(text: str, colour: str) -> str:
    """`text` in bold colour where stderr is a terminal and NO_COLOR is not set."""
    plain = bool(os.environ.get("NO_COLOR")) or not sys.stderr.isatty()
    return text if plain else click.style(text, fg=colour, bold=True)
