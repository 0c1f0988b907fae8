"""A bare docxtpl script, as one would write it; its arguments are a template, an input and an output.

It knows nothing of types, rules or places. The filters of the template are stood in for by one that does nothing, and
the section headings, which docgen takes from the kind, are written out here.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml
from docxtpl import DocxTemplate
from jinja2 import ChainableUndefined, Environment

SECTIONS = (
    "baggrund",
    "formål_og_opgaver",
    "afgrænsning",
    "sammensætning",
    "organisering",
    "møder",
    "sekretariat",
    "funktionsperiode",
)
FILTERS = "og eller stort lille fast dato måned år beløb tal pct mio antal ejefald kl navn ja_nej kommune".split()

template, source, target = sys.argv[1:]
data = yaml.load(Path(source).read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
data["afsnit"] = [
    {"id": name, "overskrift": name.capitalize(), "niveau": 1, "nummereret": True, "tekst": data.get(name)}
    for name in SECTIONS
]
data["dokument"] = {"titel": data["titel"], "dato": data["dato"]}
environment = Environment(undefined=ChainableUndefined)
environment.filters |= dict.fromkeys(FILTERS, lambda value, *_: value)
document = DocxTemplate(template)
document.render(data, jinja_env=environment)
document.save(target)
