"""The rules of a kind as people read them: what docgen says and when, where it comes from, and how sure it is."""

from __future__ import annotations

from docgen.catalog import translate
from docgen.danish.formats import date_long
from docgen.danish.parsing import parse_date
from docgen.kinds.model import Formula, Kind, Rule, Wording

BASES = {"gældende": "gældende regler", "udkast": "udkast til regler", "skøn": "skøn", "regning": "regning"}


def as_text(kind: Kind, language: str) -> str:
    """The rules as docgen shows its messages, a blank line between them; `‹feltnavn›` stands for a value."""
    told = [_heading(kind, language)]
    for rule in kind.rules:
        lines = [f"{translate(rule.severity.value, language)} {rule.code}: {_message(rule, language)}"]
        if helped := _help(rule, language):
            lines.append(f"  {translate('hjælp', language)}: {helped}")
        lines += [f"  {name}: {value}" for name, value in _origin(rule, language).items()]
        told.append("\n".join(lines))
    return "\n\n".join(told) + "\n"


def as_markdown(kind: Kind, language: str) -> str:
    """The rules as a table in Markdown."""
    names = ("Regel", "Alvor", "docgen siger", "Kilde", "Grundlag", "Kontrolleret")
    rows, bar = [tuple(translate(name, language) for name in names), ("---",) * len(names)], r"\|"
    for rule in kind.rules:
        helped = _help(rule, language)
        told = _message(rule, language) + (f"<br>*{translate('hjælp', language)}: {helped}*" if helped else "")
        severity = translate(rule.severity.value, language)
        origin = (_source(rule, language), translate(BASES[rule.basis], language), _checked(rule, language))
        rows.append((f"`{rule.code}`", severity, told, *origin))
    return "".join(f"| {' | '.join(cell.replace('|', bar) for cell in row)} |\n" for row in rows)


def as_json(kind: Kind, language: str) -> list[dict[str, str]]:
    """The rules with their expressions, for programs."""
    return [
        {
            "code": rule.code,
            "severity": rule.severity.value,
            "for": ".".join(rule.path),
            "when": _source_of(rule.applies),
            "requires": _source_of(rule.requirement),
            "at": rule.at,
            "message": _message(rule, language),
            "help": _help(rule, language),
            "source": _source(rule, language),
            "basis": rule.basis,
            "checked": rule.checked,
        }
        for rule in kind.rules
    ]


def _heading(kind: Kind, language: str) -> str:
    one = len(kind.rules) == 1
    return f"{kind.title}: {len(kind.rules)} {translate('regel' if one else 'regler', language)}"


def _message(rule: Rule, language: str) -> str:
    return _gist(rule.message_en if language == "en" and rule.message_en else rule.message)


def _help(rule: Rule, language: str) -> str:
    return _gist(rule.help_en if language == "en" and rule.help_en else rule.help)


def _source(rule: Rule, language: str) -> str:
    return rule.source_en if language == "en" and rule.source_en else rule.source


def _origin(rule: Rule, language: str) -> dict[str, str]:
    """Where the rule comes from and how sure it is, by the words that stand before it."""
    told = {
        "kilde": _source(rule, language),
        "grundlag": translate(BASES[rule.basis], language),
        "kontrolleret": _checked(rule, language),
    }
    return {translate(name, language): value for name, value in told.items() if value}


def _checked(rule: Rule, language: str) -> str:
    day = parse_date(rule.checked) if language == "da" else None
    return date_long(day) if day else rule.checked


def _gist(wording: Wording | None) -> str:
    return " ".join(wording.text.gist().split()) if wording else ""


def _source_of(formula: Formula | None) -> str:
    return " ".join(formula.expression.source.split()) if formula else ""
