"""regler.yaml read and merged: an organisation's own file adds rules, and changes those with the same code."""

from __future__ import annotations

from collections.abc import Sequence as Files
from pathlib import Path

from docgen.diagnostics import DocgenError, Severity
from docgen.kinds.attributes import Attributes, Faults
from docgen.kinds.model import Rule
from docgen.sources import Entry, Mapping, Scalar, Sequence, read

CPR = "cpr"
"""The code under which regler.yaml sets how grave a CPR-like number in an input is."""

ATTRIBUTES = (
    "kode",
    "for",
    "når",
    "krav",
    "ved",
    "alvor",
    "besked",
    "besked_en",
    "hjælp",
    "hjælp_en",
    "kilde",
    "kilde_en",
    "grundlag",
    "kontrolleret",
)
"""The attributes of a rule in regler.yaml."""

_SEVERITIES = tuple(severity.value for severity in Severity)
_BASES = ("gældende", "udkast", "skøn", "regning")
_FIRM = frozenset({"gældende", "regning"})


def read_rules(files: Files[Path], faults: Faults) -> tuple[tuple[Rule, ...], Severity]:
    """The rules of the regler.yaml files, the winning one first, and how grave a CPR-like number is."""
    merged: dict[str, Mapping] = {}
    for path in reversed(files):
        for node in _entries(path, faults):
            code = node.get("kode")
            name = code.text if isinstance(code, Scalar) else ""
            if not name:
                faults.add("DG351", node.place)
            elif name in merged and _file(merged[name]) == _file(node):
                faults.add("DG352", node.place, kode=name)
            else:
                merged[name] = _changed(merged[name], node) if name in merged else node
    cpr = merged.pop(CPR, None)
    rules = (_rule(node, faults) for node in merged.values())
    return tuple(rule for rule in rules if rule), _cpr_severity(cpr, faults)


def _entries(path: Path, faults: Faults) -> list[Mapping]:
    try:
        root = faults.root_of(read(path))
    except DocgenError as fault:
        faults.found += fault.diagnostics
        return []
    if not isinstance(root, Sequence):
        faults.add("DG350", root.place)
        return []
    for node in root:
        if not isinstance(node, Mapping):
            faults.add("DG350", node.place)
    return [node for node in root if isinstance(node, Mapping)]


def _file(node: Mapping) -> object:
    return getattr(node.place, "source", node.place)


def _changed(base: Mapping, change: Mapping) -> Mapping:
    """The rule with the attributes that an organisation's own file gives in place of its own."""
    given = {entry.key.text: entry for entry in change}
    kept: list[Entry] = [given.pop(entry.key.text, entry) for entry in base]
    return Mapping((*kept, *given.values()), change.place)


def _cpr_severity(node: Mapping | None, faults: Faults) -> Severity:
    if node is None:
        return Severity.WARNING
    attributes = Attributes(node, ATTRIBUTES, faults, CPR)
    return Severity(attributes.one_of("alvor", _SEVERITIES, Severity.WARNING.value))


def _rule(node: Mapping, faults: Faults) -> Rule | None:
    before = len(faults.found)
    attributes = Attributes(node, ATTRIBUTES, faults, "regel")
    code = attributes.required("kode")
    for name in ("krav", "alvor", "besked", "grundlag"):
        attributes.required(name)
    severity = attributes.one_of("alvor", _SEVERITIES, Severity.WARNING.value)
    basis = attributes.one_of("grundlag", _BASES, "skøn")
    if severity == Severity.ERROR.value and basis not in _FIRM and len(faults.found) == before:
        faults.add("DG353", attributes.place_of("alvor"), kode=code, grundlag=basis)
    path = attributes.text("for")
    requirement, message = attributes.formula("krav"), attributes.wording("besked")
    rule_help = attributes.wording("hjælp")
    if requirement is None or message is None:
        return None
    return Rule(
        code=code,
        path=tuple(path.split(".")) if path else (),
        path_place=attributes.place_of("for"),
        applies=attributes.formula("når"),
        requirement=requirement,
        at=attributes.text("ved"),
        at_place=attributes.place_of("ved"),
        severity=Severity(severity),
        message=message,
        message_en=attributes.wording("besked_en"),
        help=rule_help,
        help_en=attributes.wording("hjælp_en"),
        source=attributes.text("kilde"),
        source_en=attributes.text("kilde_en"),
        basis=basis,
        checked=attributes.text("kontrolleret"),
    )
