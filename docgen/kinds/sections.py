"""What a template sees: the fields, the sections in their final order with their numbers, and the document's texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from docgen.danish.formats import NBSP
from docgen.diagnostics import Diagnostic, DocgenError
from docgen.kinds.answers import Answers
from docgen.kinds.arrangement import ARRANGEMENT, BUILTIN_NAMES, EXTRA
from docgen.kinds.computing import outer_scope, run_names
from docgen.kinds.looked_up import LookedUp
from docgen.kinds.model import DOCUMENT_TEXTS, Edition, Wording
from docgen.kinds.outline import Outline, Part
from docgen.kinds.record import InvalidValueError, Record
from docgen.kinds.suggestions import suggestion
from docgen.templating.expression import ExpressionError


class Context(NamedTuple):
    """What a document is made from.

    `names` is what templates see, by name. `filename` is the text of `filnavn`, "" when the kind has none. `numbering`
    is `tal`, `paragraf` or `ingen`; `clause_paragraphs` tells whether each paragraph of a clause gets a number. The
    sections of a clause have `tekst` None and the Clause itself under `klausul`: whoever compiles it fills in `tekst`.
    """

    names: dict[str, object]
    filename: str
    numbering: str
    clause_paragraphs: bool

    @property
    def sections(self) -> list[dict[str, object]]:
        """The sections, as templates see them under the name `afsnit`."""
        found = self.names["afsnit"]
        return found if isinstance(found, list) else []

    @property
    def document(self) -> Mapping[str, object]:
        """The texts of the document (`titel`, `dato`, `organisation` …), as templates see them under `dokument`."""
        found = self.names["dokument"]
        return found if isinstance(found, Mapping) else {}


def build(
    record: Record,
    *,
    edition: str | None,
    profile: str | None,
    today: date,
    numbering: str | None = None,
    answers: Answers | None = None,
) -> Context:
    """The context of a record without faults, in an edition that was selected before.

    `numbering` goes before what the input and the kind say: a Word file may have no numbers for its headings. `answers`
    are what is known from the records before it.

    Raises DocgenError: DG306 (exit code 2) when there is no such edition, DG310-DG315 for an arrangement of sections
    that does not fit the kind, DG304 and DG305 for expressions and texts that cannot be evaluated.
    """
    kind = record.kind
    chosen = kind.edition(edition)
    names = run_names(kind, chosen, profile or record.profile, today)
    if answers is not None:
        answers.begin(record.values, names)
    faults: list[Diagnostic] = []
    document = document_texts(record, chosen, LookedUp(outer_scope(record.values, names)), faults)
    scope = LookedUp(outer_scope(record.values, names, dokument=document))
    arranged = _arranged(Outline(record, scope, faults, numbering, answers), answers)
    filename = "" if kind.filename is None else _filled(kind.filename, scope, faults)
    if faults:
        if answers is not None:
            answers.forget()
        raise DocgenError(faults)
    fields = {name: value for name, value in record.values.items() if name not in BUILTIN_NAMES}
    names |= {"dokument": document, **arranged.names}
    return Context(fields | names, filename, arranged.numbering, kind.clause_paragraphs)


class _Arranged(NamedTuple):
    """The sections of a document: what they were made of, and what a template sees of them."""

    own: list[Part]
    numbering: str
    names: Mapping[str, object]


def _arranged(outline: Outline, answers: Answers | None) -> _Arranged:
    """The sections of an outline: those of the record before it, when nothing about them is different."""
    own = outline.own()
    before: _Arranged | None = answers.known(("afsnit",)) if answers is not None else None
    if before is not None and before.own == own and before.numbering == outline.numbering:
        return before
    parts = outline.arranged(own)
    names = {
        "afsnit": [_section(part) for part in parts],
        "nummer": _number_finder(parts, outline.known),
        "henvis": _reference_finder(parts, outline.known),
    }
    arranged = _Arranged(own, outline.numbering, names)
    if answers is not None:
        answers.keep(("afsnit",), arranged, lambda: [(ARRANGEMENT,), (EXTRA,)])
    return arranged


def file_name(record: Record, wording: Wording, *, edition: str | None, extra: Mapping[str, object]) -> str | None:
    """The text of a file name for a record, which may be a glimpse; None when it needs a value that was refused.

    `extra` are more names for it, where no field has them. Raises DocgenError DG305 when it cannot be filled in.
    """
    chosen = record.kind.edition(edition)
    names = {name: value for name, value in extra.items() if name not in record.kind.root.fields}
    names |= run_names(record.kind, chosen, record.profile, record.today)
    faults: list[Diagnostic] = []
    scope = outer_scope(record.values, names)
    if any(path[0] == "dokument" for path in wording.text.paths()):
        scope = outer_scope(record.values, names, dokument=document_texts(record, chosen, scope, faults))
    try:
        return wording.render(scope).strip()
    except InvalidValueError:
        return None
    except ExpressionError as fault:
        raise DocgenError([wording.fault(fault)]) from None


def document_texts(
    record: Record, edition: Edition | None, scope: Mapping[str, object], faults: list[Diagnostic]
) -> dict[str, object]:
    """What templates see under the name `dokument`; texts that cannot be filled in go to `faults`."""
    kind = record.kind
    texts = dict.fromkeys(DOCUMENT_TEXTS, "")
    texts |= {name: _filled(wording, scope, faults) for name, wording in kind.document.items()}
    status = texts["status"]
    return {
        **texts,
        "titel": texts["titel"] or kind.title,
        "type": kind.title,
        "udgave": edition.label if edition else "",
        # A field of type ja_nej prints as a word; the banner only asks whether there is something to say.
        "eksempel": "" if texts["eksempel"] == "nej" else texts["eksempel"],
        "udkast": status.casefold() == "udkast",
    }


def _filled(wording: Wording, scope: Mapping[str, object], faults: list[Diagnostic]) -> str:
    try:
        return wording.render(scope).strip()
    except InvalidValueError:
        return ""
    except ExpressionError as fault:
        faults.append(wording.fault(fault))
        return ""


def _section(part: Part) -> dict[str, object]:
    return {
        "id": part.id,
        "overskrift": part.heading,
        "nummer": part.number,
        "niveau": part.level,
        "nummereret": part.numbered,
        "tekst": part.text,
        "felt": part.field,
        "klausul": part.clause,
    }


def _number_finder(parts: list[Part], known: Sequence[str]) -> Callable[[str], str]:
    by_id = {part.id: part for part in parts}

    def nummer(id: str) -> str:  # noqa: A002 -- the name that templates and docs use
        """The bare number of a section: `7`, also where headings say § 7."""
        part = _find(id, by_id, known)
        if not part.bare_number:
            raise ValueError(f'afsnittet "{id}" har intet nummer; brug henvis i stedet for nummer')
        return part.bare_number

    return nummer


def _reference_finder(parts: list[Part], known: Sequence[str]) -> Callable[[str], str]:
    by_id = {part.id: part for part in parts}

    def henvis(id: str) -> str:  # noqa: A002 -- the name that templates and docs use
        """A reference to a section: `afsnit 7`, `§ 7`, or the heading in quotation marks when it has no number."""
        part = _find(id, by_id, known)
        if not part.number:
            return f"»{part.heading}«"
        return part.reference if part.reference.startswith("§") else f"afsnit{NBSP}{part.reference}"

    return henvis


def _find(name: str, by_id: Mapping[str, Part], known: Sequence[str]) -> Part:
    part = by_id.get(name)
    if part is not None:
        return part
    if name in known:
        raise ValueError(f'afsnittet "{name}" er ikke med i dokumentet')
    raise ValueError(f'der er intet afsnit, der hedder "{name}"; {suggestion(str(name), known)["forslag"]}')
