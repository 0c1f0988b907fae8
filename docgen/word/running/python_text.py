"""How values print in a template that was not asked for Danish text: as in Python, and so as in docxtpl."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docgen.templating.budget import spend_text

if TYPE_CHECKING:
    from jinja2 import Environment

_PYTHONS = frozenset({str, int, float, bool})


def python_text(value: object) -> str:
    """`value` as Python writes it: `1234.5`, `True`, `2024-03-05`; None is "", docgen's own values are as in Danish."""
    if value is None:
        return ""
    if value.__class__ in _PYTHONS:
        return str(value)
    from docgen.danish import formats, values

    own = (values.Quantity, values.Choice, values.Cvr, values.Month, values.Period, values.Phone, values.TimeSpan)
    return formats.display(value) if isinstance(value, own) else str(value)


def joined(environment: Environment, value: Iterable[object], d: str = "", attribute: str | int | None = None) -> str:
    """Jinja's filter `join`, but nothing for None."""
    from jinja2.filters import make_attrgetter

    items = list(value if attribute is None else map(make_attrgetter(environment, attribute), value))
    spend_text(len(d) * len(items))
    return d.join(map(python_text, items))
