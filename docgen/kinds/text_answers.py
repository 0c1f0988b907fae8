"""What rules have answered before: most values and texts of a series stand in every one of its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache

from docgen.diagnostics import Diagnostic
from docgen.kinds.answers import Answers, Path
from docgen.kinds.model import Formula, Kind, Rule
from docgen.kinds.record import Record
from docgen.kinds.texts import Text, TextFinder, is_about_texts

_QUIET, _OFF = ("tekster",), "når"
_OF_ELEMENT = re.compile(r"(?<!\w)(?:den|over)(?!\w)")
_OF_WORDS = re.compile(r"\s*(not\s+)?nævner\(\s*den\s*(?:,\s*(?:'[^'\\]*'|\"[^\"\\]*\")\s*)+\)\s*")


class Passed:
    """What the rules of a kind have said of one input after the other.

    A rule says the same of an input as of one from which it has read the same. Of the texts of an input, a rule that is
    about all of them is held against those that it has not passed by before. `answers` may hold more about the inputs.
    """

    def __init__(self) -> None:
        self.answers = Answers()
        self._asked: dict[str, frozenset[Path] | None] = {}
        self._finder = TextFinder()
        self._texts: set[str] = set()

    def to_hear(self, kind: Kind) -> list[Rule]:
        """The rules that have something to say of this input, or may have."""
        known = self.answers.known
        return [rule for rule in kind.rules if known(rule.code) != () and known((rule.code, _OFF)) is None]

    def said(self, rule: Rule) -> tuple[Diagnostic, ...] | None:
        """What the rule says of this input, if that is known; the places are those of another input."""
        said: tuple[Diagnostic, ...] | None = self.answers.known(rule.code)
        return said

    def learn(self, rule: Rule, said: list[Diagnostic], *, is_off: bool) -> None:
        """Remember what the rule had to say of this input, unless it was about a fault of the rule.

        `is_off` tells that the rule is not about this input, whatever the elements in it are.
        """
        if is_off and rule.applies is not None:
            self.answers.keep((rule.code, _OFF), (), rule.applies.expression.paths)
            return
        if rule.code not in self._asked:
            self._asked[rule.code] = _asked(rule)
        paths = self._asked[rule.code]
        if paths is not None and all(one.code == "DG300" for one in said):
            self.answers.keep(rule.code, tuple(said), lambda: paths)

    def unheard(self, record: Record) -> list[Text]:
        """The texts of an input, but for those of which none of the rules about texts has anything to say."""
        texts = self._finder.find(record.values)
        self._texts = {text for _, text, _ in texts}
        waiting = self._texts - self.quiet(record.kind)
        return [one for one in texts if one[1] in waiting] if waiting else []

    def quiet(self, kind: Kind) -> set[str]:
        """The texts of which none of the rules about texts has anything to say. The caller adds those it finds."""
        rules = (rule for rule in kind.rules if is_about_texts(rule, kind.root))
        formulas = (one for rule in rules for one in (rule.applies, rule.requirement) if one is not None)
        return self._kept_texts(_QUIET, lambda: {path for one in formulas for path in one.expression.paths()})

    def settled(self, rule: Rule, formula: Formula) -> set[str] | None:
        """The texts of which a rule's formula says that all is well. The caller adds those it finds.

        None where the answer may depend on the group around the text.
        """
        key = rule.code, formula is rule.applies
        if self.answers.known(key) is None and reads_around(formula):
            return None
        return self._kept_texts(key, formula.expression.paths)

    def _kept_texts(self, key: Hashable, asked: Callable[[], Iterable[Path]]) -> set[str]:
        """The texts under a key; where they have become many, only those that the input has too."""
        found: set[str] | None = self.answers.known(key)
        if found is None:
            found = set()
            self.answers.keep(key, found, asked)
        elif len(found) > 2 * len(self._texts):
            found &= self._texts
        return found


@lru_cache(maxsize=1_000)
def asks_element(source: str) -> bool:
    """Whether an expression about an element may ask anything of it: told by its words, which costs next to nothing."""
    return bool(_OF_ELEMENT.search(source))


@lru_cache(maxsize=1_000)
def said_unfound(source: str) -> bool | None:
    """What an expression says of a text with none of the words that it looks for; None of one that asks for more."""
    asked = _OF_WORDS.fullmatch(source)
    return None if asked is None else asked[1] is not None


def reads_around(formula: Formula) -> bool:
    """Whether a formula about an element asks for the group around it."""
    return any(path[0] == "over" for path in formula.expression.paths())


def _asked(rule: Rule) -> frozenset[Path] | None:
    """The paths of all that a rule can read of an input to say what it says; None where that is the whole input."""
    formulas = [one.expression for one in (rule.applies, rule.requirement) if one is not None]
    words = [one.text for one in (rule.message, rule.message_en, rule.help, rule.help_en) if one is not None]
    paths = {path for one in (*formulas, *words) for path in one.paths()}
    # `over` is what the path of the rule leads to before its last step: the root, of which a name is read, or what
    # holds the elements
    found = {(rule.path[:-1] or path[1:]) if path[0] == "over" else path for path in paths}
    return None if () in found else frozenset(found | {rule.path} if rule.path else found)
