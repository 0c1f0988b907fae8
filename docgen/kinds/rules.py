"""The rules of a kind, run on a record: what holds, what does not, and what could not be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from docgen.diagnostics import Diagnostic, Severity
from docgen.kinds.computing import outer_scope, run_names
from docgen.kinds.looked_up import LookedUp
from docgen.kinds.model import Formula, Rule, Wording
from docgen.kinds.record import Group, InvalidValueError, Record, is_empty, path_of
from docgen.kinds.text_answers import Passed, asks_element, reads_around, said_unfound
from docgen.kinds.text_functions import mentions
from docgen.kinds.texts import Text, TextFinder, is_about_texts
from docgen.templating.expression import ExpressionError

_MOST_CODES = 5
_LONG = 100  # elements of a list


class RuleResult(NamedTuple):
    """What the rules say.

    `checked` counts the rules that were held against everything they are about; `skipped` are the codes of those that
    met a value that was refused or is missing. Of an input without any fields nothing more is told.
    """

    diagnostics: tuple[Diagnostic, ...]
    checked: int
    skipped: tuple[str, ...]


def check_rules(record: Record, *, edition: str | None, today: date, passed: Passed | None = None) -> RuleResult:
    """Hold a record against every rule of its kind, but for those of which `passed` knows what they say of it.

    Raises DocgenError DG306 (exit code 2) when the kind has no such edition.
    """
    kind = record.kind
    names = run_names(kind, kind.edition(edition), record.profile, today)
    if "" in record.invalid:
        return RuleResult((), 0, tuple(rule.code for rule in kind.rules))
    if passed is not None:
        passed.answers.begin(record.values, names)
    held = _Held(record, names, passed)
    diagnostics: list[Diagnostic] = []
    skipped: list[str] = []
    for rule in kind.rules if passed is None else passed.to_hear(kind):
        said = passed.said(rule) if passed is not None else None
        if said is not None:
            diagnostics += [_said_here(one, record) for one in said]
            continue
        run = _RuleRun(rule, held)
        run.check()
        diagnostics += run.diagnostics
        if run.is_skipped:
            skipped.append(rule.code)
        elif passed is not None:
            run.learn(passed)
    held.settle()
    if skipped:
        code = "DG308" if len(skipped) == 1 else "DG301"
        told = {"antal": len(skipped), **_few(skipped)}
        diagnostics.append(Diagnostic(code, Severity.INFO, None, told))
    return RuleResult(tuple(diagnostics), len(kind.rules) - len(skipped), tuple(skipped))


class _Held:
    """A record that rules are held against: the names that they see, and its texts.

    A rule about elements sees each of them under the names `den` and `over` of `inner`. `loud` fills up with the texts
    of which a rule may have more to say.
    """

    def __init__(self, record: Record, names: Mapping[str, object], passed: Passed | None) -> None:
        self.record = record
        self.passed = passed
        self.loud: set[str] = set()
        self.outer = LookedUp(outer_scope(record.values, names))
        self.inner = LookedUp(self.outer, den=None, over=None)

    @cached_property
    def texts(self) -> list[Text]:
        """The texts of the record of which a rule may have something to say."""
        return TextFinder().find(self.record.values) if self.passed is None else self.passed.unheard(self.record)

    @cached_property
    def distinct(self) -> frozenset[str]:
        """Those texts, each once."""
        return frozenset(text for _, text, _ in self.texts)

    def settle(self) -> None:
        """Tell of which texts no rule has had anything to say."""
        if self.passed is not None and "texts" in vars(self):
            self.passed.quiet(self.record.kind).update(self.distinct - self.loud)


class _RuleRun:
    """One rule while it is held against a record.

    `applies` is what has to be asked of each element that the rule is about. `is_off` says that the rule is not about
    the record at all.
    """

    __slots__ = ("applies", "diagnostics", "held", "is_off", "is_skipped", "record", "rule")

    def __init__(self, rule: Rule, held: _Held) -> None:
        self.rule = rule
        self.held = held
        self.record = held.record
        self.applies = rule.applies
        self.is_off = False
        self.diagnostics: list[Diagnostic] = []
        self.is_skipped = False

    def check(self) -> None:
        """Hold every element that the rule is about against it."""
        if self.applies is not None and not asks_element(self.applies.expression.source):
            self._ask_once(self.applies)
        if self.is_off:
            return
        if not self.rule.path:
            self._check(self.held.outer, None, "")
        elif is_about_texts(self.rule, self.record.kind.root):
            self._check_texts()
        else:
            self._check_elements()

    def _ask_once(self, applies: Formula) -> None:
        """Ask what is the same for every element; a fault is told where there is one."""
        try:
            self.is_off = not applies.value(self.held.outer)
        except (InvalidValueError, ExpressionError):
            return
        self.applies = None

    def learn(self, passed: Passed) -> None:
        """Tell what the rule had to say."""
        if self.is_off or not is_about_texts(self.rule, self.record.kind.root):
            passed.learn(self.rule, self.diagnostics, is_off=self.is_off)

    def _check_texts(self) -> None:
        """Hold every text against the rule, each once, except for those that it is known to have nothing to say of."""
        rule, passed, held = self.rule, self.held.passed, self.held
        applies = passed.settled(rule, self.applies) if passed and self.applies else None
        holds = passed.settled(rule, rule.requirement) if passed else None
        waiting = set(held.distinct.difference(applies or (), holds or ()))
        first = applies if self.applies else holds
        if waiting and first is not None and self._none_mentions(waiting):
            first |= waiting
            waiting.clear()
        if not waiting:
            return
        is_alone = not any(reads_around(one) for one in (self.applies, rule.requirement) if one)
        for over, text, path in held.texts:
            told = self._check_element(over, text, path) if text in waiting else None
            if told is None:
                continue
            if is_alone:
                waiting.discard(text)
            found = applies if told is self.applies else holds
            if found is not None:
                found.add(text)
        held.loud |= waiting

    def _check_elements(self) -> None:
        """Hold every element against the rule; of a long list, each that is unlike those that nothing was said of."""
        elements = list(self._elements(self.record.values, self.rule.path))
        quiet = None
        if len(elements) > _LONG:
            from docgen.kinds.like_elements import LikeElements  # few inputs have long lists

            quiet = LikeElements(filter(None, (self.applies, self.rule.requirement)))
        for over, element, path in elements:
            likeness = quiet.likeness(element) if quiet else None
            if quiet is not None and likeness in quiet:
                continue
            if self._check_element(over, element, path) is not None and quiet is not None:
                quiet.add(likeness)

    def _none_mentions(self, texts: set[str]) -> bool:
        """Whether the words that the rule looks for first are in none of the texts, and all is well where they are not.

        What is mentioned in none of them together is mentioned in none.
        """
        names, formula = self.held.inner, self.applies or self.rule.requirement
        unfound = said_unfound(formula.expression.source)
        if unfound is not (formula is not self.applies) or names["nævner"] is not mentions:
            return False
        names["den"] = list(texts)
        try:
            return bool(formula.expression.evaluate(names)) is unfound
        except ExpressionError:
            return False

    def _check_element(self, over: Group, element: object, path: str) -> Formula | None:
        names = self.held.inner
        names["den"], names["over"] = element, over
        return self._check(names, element, path)

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

    def _check(self, names: LookedUp, element: object, path: str) -> Formula | None:
        """Hold one element, which stands at `path`, against the rule; None is the whole input.

        The answer is what told that all is well: that the rule is not about the element, or that it is as it must be.
        """
        formula = self.applies or self.rule.requirement
        try:
            if formula is self.applies and not formula.expression.evaluate(names):
                return formula
            formula = self.rule.requirement
            if formula.expression.evaluate(names):
                return formula
            self.diagnostics.append(self._finding(names, self._path(element, path)))
        except InvalidValueError:
            self.is_skipped = True
        except ExpressionError as fault:
            self.diagnostics.append(formula.fault(fault, self._path(element, path)))
        return None

    def _finding(self, names: LookedUp, path: str) -> Diagnostic:
        rule = self.rule
        told = self._render(rule.message, names)
        helped, helped_en = self._render(rule.help, names), self._render(rule.help_en, names)
        values = {
            "kode": rule.code,
            "besked": told,
            "besked_en": self._render(rule.message_en, names) or told,
            "hjælp": _with_source(helped, rule.source, ("kilde", "se")),
            "hjælp_en": _with_source(helped_en or helped, rule.source_en or rule.source, ("source", "see")),
        }
        return Diagnostic("DG300", rule.severity, self.record.place_in_input(path), values, path)

    def _render(self, wording: Wording | None, names: LookedUp) -> str:
        if wording is None:
            return ""
        try:
            return wording.render(names)
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
            return path or self._only_field()
        in_element = isinstance(element, Group) and at.split(".")[0] in element.declared
        return path_of(path, at) if in_element else at


def _said_here(one: Diagnostic, record: Record) -> Diagnostic:
    """What was said of another record, at the place that it has in this one."""
    return Diagnostic(one.code, one.severity, record.place_in_input(one.path), one.values, one.path)


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
