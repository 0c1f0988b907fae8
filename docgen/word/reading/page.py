"""The web page of a finished document: its HTML and its look, in a template that an organisation may replace."""

from __future__ import annotations

import re
from pathlib import Path

from docgen.templating.text_file import Html, TextFile
from docgen.word.reading.html import to_html
from docgen.word.reading.page_look import PageLook, read_look
from docgen.word.reading.reader import read_document

_PAGE_NUMBER = re.compile(r"side \d+(?: (?:af|/) \d+)?|\d+(?:/| af )\d+|\d+", re.IGNORECASE)
_PART = re.compile(r"\s+·\s+|\t|\n")


def to_page(data: bytes, template: Path) -> str:
    """The finished Word file `data` as one HTML file that needs no other. Raises DocgenError for a faulty template."""
    document = read_document(data)
    look = read_look(data)
    header = _parts(document.headers, ())
    page = {
        "titel": document.title,
        "sprog": (document.language or "da").partition("-")[0],
        "sidehoved": header,
        "sidefod": _parts(document.footers, (document.title, *header)),
        "indhold": to_html(document),
        "udseende": _variables(look),
        "logo": look.logo,
        "logo_tekst": look.logo_text,
    }
    return TextFile(template, markup=True).render({"side": page})


def _parts(texts: tuple[str, ...], shown: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of headers or footers, each once; a page on the web has no page numbers."""
    known = {_key(text) for text in shown}
    found = []
    for part in (part.strip() for text in texts for part in _PART.split(text)):
        if part and not _PAGE_NUMBER.fullmatch(_key(part)) and _key(part) not in known:
            known.add(_key(part))
            found.append(part)
    return tuple(found)


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


def _variables(look: PageLook) -> Html:
    """The look as CSS variables; colours and fonts were checked when they were read."""
    colours = {
        "overskrift": look.heading,
        "daempet": look.muted,
        "link": look.link,
        "streg": look.rule,
        "flade": look.shade,
        "eksempel": look.example,
        "eksempel-flade": look.example_shade,
    }
    said = [f'--skrift-{name}: "{font}"' for name, font in (("tekst", look.text_font), ("titel", look.heading_font))]
    said += [f"--farve-{name}: #{colour}" for name, colour in colours.items()]
    return Html(f":root {{ {'; '.join(said)} }}")
