"""The rules of a kind, run on a record: what holds, what does not, and what could not be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from docgen.diagnostics import Diagnostic, Severity
from docgen.kinds.computing import outer_scope, run_names
from docgen.kinds.model import Rule, Wording
from docgen.kinds.record import Group, InvalidValueError, Record, Scope, is_empty, path_of
from docgen.kinds.text_answers import Passed, Text
from docgen.kinds.texts import is_about_texts, texts_of
from docgen.templating.expression import ExpressionError

_MOST_CODES = 5


class RuleResult(NamedTuple):
    """What the rules say.

    `checked` counts the rules that were held against everything they are about; `skipped` are the codes of those that
    met a value that was refused or is missing. Of an input without any fields nothing more is told.
    """

    diagnostics: tuple[Diagnostic, ...]
    checked: int
    skipped: tuple[str, ...]


def check_rules(record: Record, *, edition: str | None, today: date, passed: Passed | None = None) -> RuleResult:
    """Hold a record against every rule of its kind, but for those that `passed` knows to be kept by all they read.

    Raises DocgenError DG306 (exit code 2) when the kind has no such edition.
    """
    kind = record.kind
    names = run_names(kind, kind.edition(edition), record.profile, today)
    diagnostics: list[Diagnostic] = []
    skipped: list[str] = []
    if "" in record.invalid:
        return RuleResult((), 0, tuple(rule.code for rule in kind.rules))
    texts: Sequence[Text] = []
    if any(is_about_texts(rule, kind.root) for rule in kind.rules):
        texts = passed.texts(record.values) if passed else list(texts_of(record.values))
    around = outer_scope(record.values, names)
    if passed is not None:
        passed.begin()
    for rule in kind.rules:
        if passed is not None and passed.knows(rule, around):
            continue
        run = _RuleRun(rule, record, names, texts, passed)
        run.check()
        diagnostics += run.diagnostics
        if run.is_skipped:
            skipped.append(rule.code)
        elif passed is not None and not run.diagnostics:
            passed.learn(rule, around)
    if skipped:
        code = "DG308" if len(skipped) == 1 else "DG301"
        told = {"antal": len(skipped), **_few(skipped)}
        diagnostics.append(Diagnostic(code, Severity.INFO, None, told))
    return RuleResult(tuple(diagnostics), len(kind.rules) - len(skipped), tuple(skipped))


class _RuleRun:
    """One rule while it is held against a record."""

    def __init__(
        self,
        rule: Rule,
        record: Record,
        names: Mapping[str, object],
        texts: Sequence[Text],
        passed: Passed | None,
    ) -> None:
        self.rule = rule
        self.record = record
        self.names = names
        self.texts = texts
        self.passed = passed
        self.diagnostics: list[Diagnostic] = []
        self.is_skipped = False

    def check(self) -> None:
        """Hold every element that the rule is about against it."""
        root = self.record.values
        if not self.rule.path:
            self._check(outer_scope(root, self.names), None, self._only_field())
            return
        if is_about_texts(self.rule, self.record.kind.root):
            self._check_texts(root)
            return
        about: dict[str, object] = {}
        scope = outer_scope(root, self.names).under(about)
        for over, element, path in self._elements(root, self.rule.path):
            about["den"], about["over"] = element, over
            self._check(scope, element, path)

    def _check_texts(self, root: Group) -> None:
        """Hold every text against the rule, except for those that it has been held against before, in vain."""
        rule, passed, around = self.rule, self.passed, outer_scope(root, self.names)
        applies = passed.settled(rule, rule.applies, around) if passed and rule.applies else None
        holds = passed.settled(rule, rule.requirement, around) if passed else None
        quiet = (applies or set()) | (holds or set())
        formulas = [one for one in (rule.applies, rule.requirement) if one is not None]
        is_alone = not any(path[0] == "over" for one in formulas for path in one.expression.paths())
        about: dict[str, object] = {}
        scope = around.under(about)
        for over, text, path in self.texts:
            if text in quiet:
                continue
            about["den"], about["over"] = text, over
            told = len(self.diagnostics)
            self._check(scope, text, path)
            if len(self.diagnostics) == told and not self.is_skipped:
                if passed:
                    self._learn(text, scope, applies, holds)
                if is_alone:
                    quiet.add(text)

    def _learn(self, text: str, scope: Scope, applies: set[str] | None, holds: set[str] | None) -> None:
        """Remember why nothing was said of a text: the rule is not about it, or it is as it must be."""
        is_about = self.rule.applies is None or bool(self.rule.applies.value(scope))
        settled = holds if is_about else applies
        if settled is not None:
            settled.add(text)

    def _elements(self, holder: Group, path: tuple[str, ...]) -> Iterator[tuple[Group, object, str]]:
        """The elements of the list (or the group) that the path leads to: the group around it, it, and its own path."""
        first, *rest = path
        try:
            found = holder[first]
        except InvalidValueError:
            self.is_skipped = True
            return
        inner = path_of(holder.sti, first)
        if isinstance(found, list):
            elements = [(element, f"{inner}[{number}]") for number, element in enumerate(found, 1)]
        else:
            elements = [] if is_empty(found) else [(found, inner)]
        for element, where in elements:
            if not rest:
                yield holder, element, where
            elif isinstance(element, Group):
                yield from self._elements(element, tuple(rest))

    def _check(self, scope: Scope, element: object, path: str) -> None:
        """Hold one element, which stands at `path`, against the rule; None is the whole input."""
        rule = self.rule
        formula = rule.requirement
        try:
            if rule.applies is not None:
                formula = rule.applies
                if not formula.value(scope):
                    return
            formula = rule.requirement
            if formula.value(scope):
                return
            self.diagnostics.append(self._finding(scope, self._path(element, path)))
        except InvalidValueError:
            self.is_skipped = True
        except ExpressionError as fault:
            self.diagnostics.append(formula.fault(fault, self._path(element, path)))

    def _finding(self, scope: Scope, path: str) -> Diagnostic:
        rule = self.rule
        told = self._render(rule.message, scope)
        helped, helped_en = self._render(rule.help, scope), self._render(rule.help_en, scope)
        values = {
            "kode": rule.code,
            "besked": told,
            "besked_en": self._render(rule.message_en, scope) or told,
            "hjælp": _with_source(helped, rule.source, ("kilde", "se")),
            "hjælp_en": _with_source(helped_en or helped, rule.source_en or rule.source, ("source", "see")),
        }
        return Diagnostic("DG300", rule.severity, self.record.place_in_input(path), values, path)

    def _render(self, wording: Wording | None, scope: Scope) -> str:
        if wording is None:
            return ""
        try:
            return wording.render(scope)
        except ExpressionError as fault:
            self.diagnostics.append(wording.fault(fault))
            return wording.text.source

    def _only_field(self) -> str:
        """The one field of the root that the rule is about, when there is but one."""
        found = self.rule.requirement.expression.names() & set(self.record.values.declared)
        return next(iter(found)) if len(found) == 1 else ""

    def _path(self, element: object, path: str) -> str:
        """The path that a message points to: `ved` in the element, or else in the root."""
        at = self.rule.at
        if not at:
            return path
        in_element = isinstance(element, Group) and at.split(".")[0] in element.declared
        return path_of(path, at) if in_element else at


def _few(codes: list[str]) -> dict[str, str]:
    """The values `koder` and `koder_en`: the codes, or the first of them where they are many."""
    shown, rest = ", ".join(codes[:_MOST_CODES]), len(codes) - _MOST_CODES
    if rest <= 0:
        return {"koder": shown}
    others = ("1 anden", "1 other") if rest == 1 else (f"{rest} andre", f"{rest} others")
    return {"koder": f"{shown} og {others[0]}", "koder_en": f"{shown} and {others[1]}"}


def _with_source(told: str, source: str, words: tuple[str, str]) -> str:
    """The help of a rule with the law or the practice that it comes from; docgen's own arithmetic needs no source."""
    if source in ("", "docgen"):
        return told
    return f"{told} ({words[0]}: {source})" if told else f"{words[1]} {source}"
