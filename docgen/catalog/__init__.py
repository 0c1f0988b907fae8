"""Every message that docgen gives: looked up by code, filled in, translated, and printed as text or JSON."""

from __future__ import annotations

import functools
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from docgen.diagnostics import CellPlace, Diagnostic, FilePlace, Place, Severity, TextPlace, WordPlace
from docgen.masking import mask_cpr

LANGUAGES = ("da", "en")
_MODULES = {
    "1": "reading",
    "2": "fields",
    "3": "kinds",
    "4": "templates",
    "5": "output",
    "6": "workbooks",
    "7": "forms",
    "8": "series",
    "9": "usage",
}
_FORMS = (".xlsx", ".xlsm", ".xltx", ".docx", ".docm", ".dotx")
_WIDEST_QUOTE = 110  # characters of a line that a message quotes
_LOCALE = Path(__file__).parent.parent / "locale"


class Entry(NamedTuple):
    """The Danish texts of one code; they are also the msgids of the translations.

    `message` and `hint` are filled with the values of the diagnostic (`{felt}`); `explanation` is plain text. A value
    whose name ends in a language (`felter_en`), in `_form` for a place in a form, or in both, stands in for the plain
    one.
    `form_hint` is the hint for somebody who fills in a form: in Excel and Word nobody writes names and colons.
    """

    message: str
    hint: str = ""
    explanation: str = ""
    form_hint: str = ""


def entry(code: str) -> Entry:
    """The entry of a code such as `DG204`. An unknown code is a bug and raises KeyError."""
    module = import_module(f"docgen.catalog.{_MODULES[code[2]]}")
    entries: dict[str, Entry] = module.ENTRIES
    return entries[code]


def all_entries() -> dict[str, Entry]:
    """Every code with its entry, in the order of the codes."""
    found: dict[str, Entry] = {}
    for name in _MODULES.values():
        found |= import_module(f"docgen.catalog.{name}").ENTRIES
    return dict(sorted(found.items()))


@functools.cache
def _translations(language: str) -> dict[str, str]:
    from babel.messages.pofile import read_po

    with (_LOCALE / language / "LC_MESSAGES" / "docgen.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    return {str(message.id): str(message.string) for message in catalog if message.id and message.string}


def translate(text: str, language: str) -> str:
    """`text` (Danish, a msgid) in `language`; Danish is returned as it is, without loading anything."""
    return text if language == "da" or not text else _translations(language).get(text, text)


def message(diagnostic: Diagnostic, language: str = "da") -> tuple[str, str]:
    """The message and the hint of a diagnostic, filled in and masked; the hint may be empty."""
    texts = entry(diagnostic.code)
    in_form = _in_form(diagnostic.place)
    values = dict(diagnostic.values)
    for ending in (f"_{language}", "_form", f"_form_{language}") if in_form else (f"_{language}",):
        values |= {name.removesuffix(ending): told for name, told in diagnostic.values.items() if name.endswith(ending)}
    hint = texts.form_hint if texts.form_hint and in_form else texts.hint
    filled = (translate(text, language).format_map(values) for text in (texts.message, hint))
    told, hint = (mask_cpr(text) for text in filled)
    return told, hint


def _in_form(place: Place | None) -> bool:
    if isinstance(place, FilePlace):
        return place.file.lower().endswith(_FORMS)
    return isinstance(place, CellPlace | WordPlace)


def as_text(diagnostic: Diagnostic, language: str = "da") -> str:
    """The diagnostic as a person reads it: message, place, quoted line with a caret, hint."""
    told, hint = message(diagnostic, language)
    lines = [f"{translate(diagnostic.severity.value, language)} {diagnostic.code}: {told}"]
    if diagnostic.place is not None:
        lines.append(f"  {mask_cpr(place_label(diagnostic.place, language))}")
        lines += _quoted(diagnostic.place)
    if hint:
        lines.append(f"  {translate('hjælp', language)}: {hint}")
    return "\n".join(lines)


def as_json(diagnostic: Diagnostic, language: str = "da") -> dict[str, object]:
    """The diagnostic as plain JSON values; the keys are English and stable."""
    told, hint = message(diagnostic, language)
    severity = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}
    found: dict[str, object] = {
        "code": diagnostic.code,
        "severity": severity[diagnostic.severity],
        "message": told,
        "hint": hint,
        "path": mask_cpr(diagnostic.path),
    }
    if diagnostic.place is not None:
        found |= place_as_json(diagnostic.place, language)
    return found


def place_as_json(place: Place, language: str = "da") -> dict[str, object]:
    """A place as plain JSON values; the keys are English and stable."""
    found: dict[str, object] = {
        "place": mask_cpr(place_label(place, language)),
        "file": mask_cpr(place.source.name if isinstance(place, TextPlace) else place.file),
    }
    if isinstance(place, TextPlace):
        found |= {"line": place.line, "column": place.column, "length": place.length}
    elif isinstance(place, CellPlace):
        found |= {"sheet": place.sheet, "cell": place.cell}
    elif isinstance(place, WordPlace):
        found |= {
            "part": place.part,
            "table": place.table or None,
            "row": place.row or None,
            "cell": place.cell or None,
            "paragraph": place.paragraph or None,
            "heading": mask_cpr(place.heading),
            "quote": mask_cpr(place.quote),
        }
    return found


def place_label(place: Place, language: str = "da") -> str:
    """One line that says where: `fil.yaml:12:13`, `Aktiver!F17`, `skabelon.docx, tabel 2, række 3, celle 1: "…"`."""
    match place:
        case FilePlace(file, field):
            told = translate("feltet »{felt}« er ikke udfyldt", language).format(felt=field)
            return f"{file}: {told}" if field else file
        case TextPlace(source, line, column):
            return f"{source.name}:{line}:{column}"
        case CellPlace(file, sheet, cell):
            return f"{file}, {sheet}!{cell}"
        case WordPlace():
            return _word_label(place, language)


def _word_label(place: WordPlace, language: str) -> str:
    steps = [place.file]
    area = _part_name(place.part)
    if area:
        steps.append(translate(area, language))
    if place.heading:
        steps.append(f"{translate('under', language)} “{place.heading}”")
    named = (("tabel", place.table), ("række", place.row), ("celle", place.cell), ("afsnit", place.paragraph))
    steps += [f"{translate(word, language)} {number}" for word, number in named if number]
    label = ", ".join(steps)
    return f'{label}: "{place.quote}"' if place.quote else label


def _part_name(part: str) -> str:
    """The Danish name of a part other than the body; empty for the body itself."""
    stem = part.rsplit("/", 1)[-1].rstrip("0123456789.xml").lower()
    names = {
        "header": "sidehoved",
        "footer": "sidefod",
        "footnotes": "fodnoter",
        "endnotes": "slutnoter",
        "comments": "kommentarer",
        "core": "dokumentegenskaber",
        "app": "dokumentegenskaber",
        "custom": "dokumentegenskaber",
        "chart": "diagram",
        "data": "SmartArt",
        "drawing": "SmartArt",
    }
    body = part in ("", "word/document.xml")
    return "" if body else next((name for start, name in names.items() if stem.startswith(start)), part)


def _quoted(place: Place) -> list[str]:
    if not isinstance(place, TextPlace) or not 0 < place.line <= len(place.source.lines):
        return []
    line = mask_cpr(place.source.lines[place.line - 1]).replace("\t", " ")
    start, length = place.column - 1, max(1, min(place.length, len(line) - place.column + 1))
    if len(line) > _WIDEST_QUOTE:
        # A whole paragraph on one line: show what is around the fault.
        cut = max(0, min(start - _WIDEST_QUOTE // 4, len(line) - _WIDEST_QUOTE))
        shown = line[cut : cut + _WIDEST_QUOTE]
        line = ("…" if cut else "") + shown + ("…" if cut + len(shown) < len(line) else "")
        start += bool(cut) - cut
        length = min(length, _WIDEST_QUOTE - start)
    number = str(place.line)
    margin = " " * len(number)
    return [f"  {margin} |", f"  {number} | {line}", f"  {margin} | {' ' * start}{'^' * length}"]
