"""Fields of text: free text, one of several words, and numbers and addresses that are kept as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from docgen.danish.formats import display
from docgen.danish.identifiers import parse_kle, parse_phone
from docgen.danish.values import Choice, Markdown, Phone
from docgen.diagnostics import CellPlace
from docgen.kinds.fields import At, ScalarType, UnfitError, quoted
from docgen.kinds.suggestions import choices, closest, folded
from docgen.sources import Mapping as MappingNode
from docgen.sources import Scalar

if TYPE_CHECKING:
    from docgen.kinds.attributes import Attributes

_EMAIL = re.compile(r"[^\s@<>,;:]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}")
_LINK = re.compile(r"(?:https?://[^\s/]+\S*|mailto:\S+@\S+)", re.IGNORECASE)


class TextType(ScalarType):
    """Free text; any text is taken, and a JSON number keeps the digits it was written with.

    The cell of a workbook is taken as a Dane would write it: a date as its day, true as `ja`.
    """

    __slots__ = ()

    name: ClassVar[str] = "tekst"
    words: ClassVar[tuple[str, str]] = ("tekst", "text")

    def read(self, scalar: Scalar, at: At) -> object:
        """The text without space around it."""
        if isinstance(scalar.native, bool) and not isinstance(scalar.place, CellPlace):
            return at.fault("DG207", scalar.place, tekst=scalar.text)
        return self.made(scalar.text)

    def made(self, text: str) -> str:
        """The value of `text`."""
        return text.strip()

    def accept(self, value: object) -> object:
        """Any value, as a document shows it."""
        return self.made(display(value))

    def json_schema(self) -> dict[str, Any]:
        """Text, or anything that an editor may take for a number or a truth value."""
        return {"type": ["string", "number", "boolean", "null"]}


class MarkdownType(TextType):
    """Paragraphs of text in Markdown."""

    __slots__ = ()

    name: ClassVar[str] = "afsnit"
    words: ClassVar[tuple[str, str]] = ("tekst i afsnit (Markdown)", "paragraphs of text (Markdown)")

    def made(self, text: str) -> str:
        """The text as Markdown; space that Markdown reads (at the start of the first line) stays."""
        return Markdown(text.strip("\n").rstrip())


class CaseNumberType(TextType):
    """A case number: local free text, never checked."""

    __slots__ = ()

    name: ClassVar[str] = "sagsnummer"
    words: ClassVar[tuple[str, str]] = ("et sagsnummer", "a case number")
    sample: ClassVar[str] = "25/12345"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceType(ScalarType):
    """One of the words that felter.yaml lists; `choices` has their labels by key."""

    name: ClassVar[str] = "valg"
    options: ClassVar[frozenset[str]] = frozenset({"værdier"})
    words: ClassVar[tuple[str, str]] = ("et valg", "a choice")
    choices: Mapping[str, str]

    @classmethod
    def declared(cls, attributes: Attributes, *, bounded: bool = True) -> ScalarType | None:  # noqa: ARG003
        """The choice between `værdier`: a list of keys, or keys with labels."""
        found = attributes.node("værdier")
        if isinstance(found, MappingNode):
            labels = {e.key.text: e.value.text.strip() for e in found if isinstance(e.value, Scalar)}
        else:
            labels = {word.text: word.text.replace("_", " ") for word in attributes.words("værdier")}
        if not labels:
            attributes.faults.add("DG342", attributes.place_of("værdier"), navn=attributes.owner)
            return None
        return cls(choices={key: label or key for key, label in labels.items()})

    def read(self, scalar: Scalar, at: At) -> object:
        """The choice whose key or label the text is, in capitals or not."""
        found = self.find(scalar.text)
        if found is not None:
            return found
        return at.fault("DG219", scalar.place, tekst=quoted(scalar), **self._help(scalar.text))

    def _help(self, text: str) -> dict[str, str]:
        keys = {key: key for key in self.choices} | {label: key for key, label in self.choices.items()}
        listed = choices(
            key if folded(key) == folded(label) else f"{key} ({label})" for key, label in self.choices.items()
        )
        in_form = choices(self.choices.values())  # the dropdowns of forms have the labels
        meant = closest(text, keys)
        if meant is not None:
            key = keys[meant]
            listed = _with_guess(key, listed)
            in_form = _with_guess(self.choices[key], in_form)
        return listed | {f"{name.removesuffix('_en')}_form{name[7:]}": told for name, told in in_form.items()}

    def find(self, text: str) -> Choice | None:
        """The choice whose key or label the text is, in capitals or not; None when there is none."""
        plain = " ".join(text.split())
        if plain in self.choices:
            return Choice(plain, self.choices[plain])
        small = plain.casefold()
        for key, label in self.choices.items():
            if small in (key.casefold(), label.casefold()):
                return Choice(key, label)
        return None

    def accept(self, value: object) -> object:
        """A key or label."""
        found = self.find(str(value))
        if found is None:
            raise UnfitError(f"{value} ≠ {', '.join(self.choices)}")
        return found

    def describe(self, language: str = "da") -> str:
        """The words to choose between."""
        keys = list(self.choices)
        last = " or " if language == "en" else " eller "
        return last.join(filter(None, (", ".join(keys[:-1]), keys[-1])))

    def json_schema(self) -> dict[str, Any]:
        """The keys, and the labels where they differ; numbers where an editor reads a key as one."""
        allowed: list[object] = [*self.choices, *(label for label in self.choices.values())]
        numbers = [int(key) for key in self.choices if key.isdecimal() and str(int(key)) == key]
        return {"enum": [*dict.fromkeys(allowed), *numbers, None]}


class _CheckedTextType(ScalarType):
    """A text of a certain form: `check` gives the value, or None; `code` is what to say then."""

    __slots__ = ()

    code: ClassVar[str]
    check: ClassVar[Callable[[str], str | None]]

    def read(self, scalar: Scalar, at: At) -> object:
        """The text when it has the form."""
        found = type(self).check(scalar.text)
        return at.fault(self.code, scalar.place, tekst=quoted(scalar)) if found is None else found

    def accept(self, value: object) -> object:
        """A text of the form."""
        found = type(self).check(str(value))
        if found is None:
            raise UnfitError(str(value))
        return found


def _email(text: str) -> str | None:
    return text.strip() if _EMAIL.fullmatch(text.strip()) else None


def _link(text: str) -> str | None:
    return text.strip() if _LINK.fullmatch(text.strip()) else None


def _phone(text: str) -> Phone | None:
    return parse_phone(text)


class EmailType(_CheckedTextType):
    """An e-mail address."""

    __slots__ = ()

    name: ClassVar[str] = "e-mail"
    words: ClassVar[tuple[str, str]] = ("en e-mailadresse", "an e-mail address")
    sample: ClassVar[str] = "navn@kommune.dk"
    code: ClassVar[str] = "DG232"
    check: ClassVar[Callable[[str], str | None]] = staticmethod(_email)

    def json_schema(self) -> dict[str, Any]:
        """Text."""
        return {"type": ["string", "null"]}


class LinkType(_CheckedTextType):
    """A web address, or a mailto: address."""

    __slots__ = ()

    name: ClassVar[str] = "link"
    words: ClassVar[tuple[str, str]] = ("en webadresse", "a web address")
    sample: ClassVar[str] = "https://www.eksempel.dk"
    code: ClassVar[str] = "DG234"
    check: ClassVar[Callable[[str], str | None]] = staticmethod(_link)

    def json_schema(self) -> dict[str, Any]:
        """Text."""
        return {"type": ["string", "null"]}


class PhoneType(_CheckedTextType):
    """A telephone number."""

    __slots__ = ()

    name: ClassVar[str] = "telefon"
    words: ClassVar[tuple[str, str]] = ("et telefonnummer", "a telephone number")
    sample: ClassVar[str] = "12 34 56 78"
    code: ClassVar[str] = "DG233"
    check: ClassVar[Callable[[str], str | None]] = staticmethod(_phone)


class KleType(_CheckedTextType):
    """A KLE number, the common file plan of the municipalities."""

    __slots__ = ()

    name: ClassVar[str] = "kle"
    words: ClassVar[tuple[str, str]] = ("et KLE-nummer", "a KLE number")
    sample: ClassVar[str] = "00.22.04 P35"
    code: ClassVar[str] = "DG231"
    check: ClassVar[Callable[[str], str | None]] = staticmethod(parse_kle)


def _with_guess(guess: str, told: dict[str, str]) -> dict[str, str]:
    return {
        "forslag": f'mente du "{guess}"? {told["forslag"]}',
        "forslag_en": f'did you mean "{guess}"? {told["forslag_en"]}',
    }


TYPES = (TextType, MarkdownType, CaseNumberType, ChoiceType, EmailType, LinkType, PhoneType, KleType)

__all__ = ["TYPES", "ChoiceType", "MarkdownType", "TextType"]
