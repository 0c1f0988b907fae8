"""Methods of texts and dates in templates: those that docxtpl's users write, and none that fills the memory."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from jinja2.exceptions import SecurityError

from docgen.templating.environment import create_environment

DATA = {"d": date(2024, 3, 5), "t": time(9, 5), "n": datetime(2024, 3, 5, 10, 20), "f": 1234.5, "s": "abc"}


def rendered(expression: str) -> str:
    environment = create_environment()
    environment.has_methods = True
    return environment.from_string(f"{{{{ {expression} }}}}").render(DATA)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("d.strftime('%d/%m/%Y')", "05/03/2024"),
        ("n.strftime('%H:%M')", "10:20"),
        ("t.strftime('%H.%M')", "09.05"),
        ("d.isoformat()", "2024-03-05"),
        ("n.date().isoformat()", "2024-03-05"),
        ("'{:,.2f}'.format(f)", "1,234.50"),
        ("'{0}-{1}-{navn}'.format(1, s, navn='x')", "1-abc-x"),
        ("'{:05d}'.format(7)", "00007"),
        ("'7'.zfill(3)", "007"),
        ("s.center(9, '*')", "***abc***"),
        ("s.rjust(5) ~ s.ljust(5) ~ '|'", "  abcabc  |"),
    ],
)
def test_methods_of_texts_and_dates(expression: str, expected: str) -> None:
    assert rendered(expression) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "'{:1000000000}'.format(1)",
        "'{:{w}}'.format(1, w=10**9)",
        "'{0.__class__}'.format(s)",
        "'{0.__class__.__mro__}'.format(d)",
        "s.center(10**9)",
        "s.zfill(10**9)",
        "d.strftime('%1000000000d')",
        "d.strftime('%-1000000000d')",
        "n.astimezone()",
        "s.encode()",
        "s.format_map({})",
        "('{0}' * 100000).format(1)",
    ],
)
def test_no_method_does_harm(expression: str) -> None:
    with pytest.raises(SecurityError):
        rendered(expression)
