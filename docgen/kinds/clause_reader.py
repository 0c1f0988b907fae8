"""klausuler/*.md read: the front matter of each clause, where its text begins, and whether a locked text stands."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from docgen.diagnostics import DocgenError, FilePlace, SourceText, TextPlace, error
from docgen.kinds.attributes import Attributes, Faults
from docgen.kinds.folders import BOX
from docgen.kinds.model import Clause
from docgen.sources import Mapping, Node, read_text
from docgen.sources.decoding import decode
from docgen.sources.text import normalised

_ATTRIBUTES = ("id", "overskrift", "version", "lås", "når", "kilde", "grundlag", "vejledning", "aftryk")
_LOCKS = ("L", "F", "V", "O")
_LOCKED = ("L", "F", "V")
_MARK = "---"
_QUOTES = str.maketrans(dict.fromkeys("»«›‹“”„‟‘’‚‛'´`", '"'))
_PRINT_LENGTH = 12


def read_clauses(paths: Iterable[Path], faults: Faults) -> dict[str, Clause]:
    """The clauses in the files, by id and in the order of the files."""
    found: dict[str, Clause] = {}
    approved: dict[Path, dict[str, Clause]] = {}
    for path in paths:
        before = len(faults.found)
        try:
            clause = _clause(path, faults)
        except DocgenError as fault:
            faults.found += fault.diagnostics
            continue
        if clause is None:
            continue
        if clause.id in found:
            faults.add("DG363", clause.place, navn=clause.id, fil=found[clause.id].source.name)
        found.setdefault(clause.id, clause)
        if path.parent not in approved:
            approved[path.parent] = _approved(path.parent)
        if clause.id in approved[path.parent] and len(faults.found) == before:
            _check_approved(clause, approved[path.parent][clause.id], faults, path.name)
    return found


def fingerprint(text: str) -> str:
    """The `aftryk` of a clause: 12 hex digits of SHA-256 of its text, whatever its spaces and quotation marks."""
    plain = " ".join(text.translate(_QUOTES).split())
    return sha256(plain.encode()).hexdigest()[:_PRINT_LENGTH]


def _approved(own: Path) -> dict[str, Clause]:
    """The locked clauses of the box, by id, that those in the folder `own` stand in for."""
    found: dict[str, Clause] = {}
    for folder in (box / own.parent.name / own.name for box in BOX):
        if folder.is_dir() and folder.resolve() != own.resolve():
            clauses = [_clause(path, Faults()) for path in sorted(folder.glob("*.md"))]
            found |= {clause.id: clause for clause in clauses if clause and clause.lock in _LOCKED}
    return found


def _check_approved(clause: Clause, approved: Clause, faults: Faults, file: str) -> None:
    """Tell of a clause that passes for one of the box, but has another text."""
    right = fingerprint(clause.tekst)
    if clause.version == approved.version and right != fingerprint(approved.tekst):
        faults.add("DG369", clause.place, fil=file, navn=clause.id, version=clause.version, aftryk=right)


def _clause(path: Path, faults: Faults) -> Clause | None:
    source = _source(path, faults)
    lines = [line.rstrip() for line in source.lines]
    if lines[:1] != [_MARK] or _MARK not in lines[1:]:
        faults.add("DG361", TextPlace(source, 1, 1, max(1, len(source.lines[0]) if source.lines else 1)))
        return None
    end = lines.index(_MARK, 1)
    # The opening mark becomes an empty line, so that the lines keep their numbers.
    matter = "\n".join(["", *source.lines[1:end]])
    root: Node = Mapping((), TextPlace(source, 1, 1, len(_MARK)))
    if matter.strip():
        root = faults.root_of(read_text(matter.encode(), source.name, "yaml"))
    attributes = Attributes(root, _ATTRIBUTES, faults, path.name)
    heading = attributes.wording("overskrift", path.stem[:1].upper() + path.stem[1:])
    body = list(source.lines[end + 1 :])
    skipped = next((number for number, line in enumerate(body) if line.strip()), len(body))
    text = normalised("\n".join(body[skipped:]).rstrip())
    if not text:
        faults.add("DG362", attributes.place, navn=path.name)
    if "aftryk" in attributes and attributes.text("aftryk") != (right := fingerprint(text)):
        told = {"fil": path.name, "skrevet": attributes.text("aftryk"), "aftryk": right}
        faults.add("DG364", attributes.place_of("aftryk"), **told)
    if heading is None:
        return None
    return Clause(
        id=attributes.text("id", path.stem),
        heading=heading,
        tekst=text,
        source=source,
        first_line=end + 2 + skipped,
        place=attributes.place_of("id"),
        version=attributes.text("version"),
        lock=attributes.one_of("lås", _LOCKS, ""),
        kilde=attributes.text("kilde"),
        grundlag=attributes.text("grundlag"),
        vejledning=attributes.text("vejledning"),
        applies=attributes.formula("når"),
    )


def _source(path: Path, faults: Faults) -> SourceText:
    """The lines of a text file. Raises DocgenError: DG360 when there is no reading it, DG11x when it is no UTF-8."""
    name = path.as_posix()
    try:
        data = path.read_bytes()
    except OSError:
        raise DocgenError([error("DG360", FilePlace(name), fil=path.name)], exit_code=2) from None
    return decode(data, name, faults.found).source
