"""What a kind of document is: the plain data that its folder is read into."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity, SourceText, error
from docgen.kinds.suggestions import every

if TYPE_CHECKING:
    from docgen.kinds.fields import Field
    from docgen.kinds.folders import KindFiles
    from docgen.sources import Node
    from docgen.templating.expression import Expression, ExpressionError, Text

NUMBERINGS = ("tal", "paragraf", "ingen")
FORMS = ("excel", "word")
"""What a form is written as when nothing else is asked for; the first is so where a kind does not say (`skema`)."""
DOCUMENT_TEXTS = ("titel", "status", "version", "dato", "sagsnummer", "organisation", "eksempel")


def reason(fault: ExpressionError) -> dict[str, str]:
    """The values `grund` and `grund_en` of a message: why an expression could not be evaluated."""
    detail = fault.detail
    match fault.reason:
        case "name":
            told = (f'"{detail}" findes ikke', f'"{detail}" does not exist')
        case "filter" | "test":
            told = (f'filteret eller testen "{detail}" findes ikke', f'there is no filter or test "{detail}"')
        case "complex":
            told = ("det er for indviklet", "it is too complex")
        case "type" if isinstance(fault.__context__, ArithmeticError):
            told = ("der divideres med 0, eller tallet er for stort", "there is a division by 0, or too large a number")
        case "type" if isinstance(fault.__context__, LookupError):
            told = ("elementet findes ikke i listen", "the element is not in the list")
        case "type" if not isinstance(fault.__context__, ValueError):
            told = ("værdierne kan ikke bruges sammen", "the values do not fit together")
        case "type":
            told = (detail, detail)
        case _:
            told = (f"det kan ikke bruges her: {detail}", f"this cannot be used here: {detail}")
    return {"grund": told[0], "grund_en": told[1]}


class Formula(NamedTuple):
    """An expression of a definition file, and where it stands there."""

    expression: Expression
    place: Place

    def value(self, names: Mapping[str, object]) -> object:
        """The value of the expression. Raises ExpressionError, and InvalidValueError where it reads a refused value."""
        return self.expression.evaluate(names)

    def fault(self, fault: ExpressionError, path: str) -> Diagnostic:
        """What to say when the expression could not be evaluated for the values at `path`."""
        told = {"udtryk": " ".join(self.expression.source.split()), "sti": path, **reason(fault)}
        return error("DG304" if path else "DG316", self.place, path=path, **told)


class Wording(NamedTuple):
    """A text of a definition file that may hold tags (`{{ … }}`), and where it stands there."""

    text: Text
    place: Place | None

    def render(self, names: Mapping[str, object]) -> str:
        """The text with its tags filled in. Raises ExpressionError, and InvalidValueError."""
        return self.text.render(names)

    def fault(self, fault: ExpressionError) -> Diagnostic:
        """What to say when the text could not be filled in."""
        return error("DG305", self.place, tekst=self.text.source, **reason(fault))


class _Declared(NamedTuple):
    name: str
    fields: Mapping[str, Field]
    unread: frozenset[str] = frozenset()


class GroupType(_Declared):
    """The fields of a mapping: those of the root (`name` is ""), of a group of `typer`, or written on the spot.

    `unread` are the names of fields whose declaration could not be read: they exist, but nothing is known of them.
    """

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all fields, also of those that could not be read."""
        return self.unread.union(self.fields)

    @cached_property
    def key(self) -> str:
        """The name of the field that identifies an element of a list; "" when there is none."""
        return next((name for name, field in self.fields.items() if field.key), "")

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """The names of fields by their aliases."""
        return {alias: field.name for field in self.fields.values() for alias in field.aliases}

    @cached_property
    def shorthands(self) -> tuple[Field, ...]:
        """The fields that a plain value or a list in place of the mapping fills, one for each at most."""
        return tuple(field for field in self.fields.values() if field.shorthand)

    @cached_property
    def taking(self) -> tuple[Field, ...]:
        """The fields that name other inputs, from which the fields beside them are filled in."""
        return tuple(field for field in self.fields.values() if field.type.fills_in)


class Edition(NamedTuple):
    """One edition of the documents: what it leaves out, and the extra names that its templates see."""

    name: str
    label: str
    without: frozenset[str]
    values: Mapping[str, object]
    place: Place


class Section(NamedTuple):
    """A section of the document as felter.yaml declares it; `applies` says when it is there.

    Without a `heading` it has that of its clause, or else the label of its field, or its id.
    """

    id: str
    heading: Wording | None
    applies: Formula | None
    numbered: bool
    level: int
    place: Place


class Clause(NamedTuple):
    """The text of one section from klausuler/<id>.md; `tekst` is Jinja-Markdown that starts on line `first_line`."""

    id: str
    heading: Wording
    tekst: str
    source: SourceText
    first_line: int
    place: Place
    version: str = ""
    lock: str = ""
    kilde: str = ""
    grundlag: str = ""
    vejledning: str = ""
    applies: Formula | None = None

    @property
    def overskrift(self) -> str:
        """The heading as the file has it; it may hold tags."""
        return self.heading.text.source


class Profile(NamedTuple):
    """What an organisation or body wants by default: values of fields, and the arrangement of sections."""

    name: str
    description: str
    defaults: Node | None = None
    arrangement: Node | None = None


class Rule(NamedTuple):
    """A rule of regler.yaml.

    `path` names the list (or group) whose elements are `den`; empty for a rule about the whole input. `at` is the
    field that a message points to, relative to `den` or else the root. The file has them at `path_place` and
    `at_place`.
    """

    code: str
    path: tuple[str, ...]
    path_place: Place
    applies: Formula | None
    requirement: Formula
    at: str
    at_place: Place
    severity: Severity
    message: Wording
    message_en: Wording | None
    help: Wording | None
    help_en: Wording | None
    source: str
    source_en: str
    basis: str
    checked: str


class ExcerptList(NamedTuple):
    """A list in an excerpt."""

    items: tuple[ExcerptPart, ...]


class ExcerptGroup(NamedTuple):
    """A mapping in an excerpt; as an element of a list it stands once for each value of `each`, if it has that."""

    entries: Mapping[str, ExcerptPart]
    each: Formula | None = None


ExcerptPart = Wording | ExcerptList | ExcerptGroup


class ExtraRow(NamedTuple):
    """A row at the end of a table, where `applies` holds: what stands under some of its headings."""

    applies: Formula | None
    cells: Mapping[str, Formula]


class TableSheet(NamedTuple):
    """A sheet of the workbook that a kind's lists are written as (`regneark`).

    It has a row for each element of the list at `path` for which `where` holds, and stands there when `applies` holds.
    The columns under `totals` get a sum; None is every column of amounts. Without `columns` those are the fields that
    an input may fill in.
    """

    title: str
    path: tuple[str, ...]
    path_place: Place
    applies: Formula | None = None
    where: Formula | None = None
    columns: Mapping[str, Formula] | None = None
    totals: tuple[str, ...] | None = None
    extra: tuple[ExtraRow, ...] = ()


class TableBook(NamedTuple):
    """The workbook that a kind's lists are written as: the lines of its front sheet, and its other sheets."""

    front: Mapping[str, Formula]
    sheets: tuple[TableSheet, ...]


class Kind(NamedTuple):
    """A kind of document, read from its folder.

    `root` has the fields of an input, `groups` the groups of `typer` and those written on the spot. `document` and
    `filename` are the texts of `type: dokument` and `type: filnavn`. `clause_paragraphs` tells whether each paragraph
    of a clause gets a number (`stykker`), `form` which of FORMS its form is (`skema`). `excerpts` are what its inputs
    give to those of other kinds (`uddrag`). `cpr` is how grave a CPR-like number in an input is. `tables` is how lists
    are written as a workbook (`regneark`). `warnings` are what there is to say of the kind's files although they can
    be used.
    """

    name: str
    files: KindFiles
    title: str
    description: str
    version: str
    aliases: tuple[str, ...]
    filename: Wording | None
    document: Mapping[str, Wording]
    numbering: str
    clause_paragraphs: bool
    editions: Mapping[str, Edition]
    root: GroupType
    groups: Mapping[str, GroupType]
    sections: Mapping[str, Section]
    clauses: Mapping[str, Clause]
    profiles: Mapping[str, Profile]
    rules: tuple[Rule, ...]
    excerpts: Mapping[str, ExcerptGroup]
    cpr: Severity
    form: str = FORMS[0]
    tables: TableBook | None = None
    warnings: tuple[Diagnostic, ...] = ()

    def edition(self, name: str | None) -> Edition | None:
        """The edition of that name, or the first one; None when the kind has no editions and none is asked for.

        Raises DocgenError DG306 (exit code 2) when there is no such edition.
        """
        if not name:
            return next(iter(self.editions.values()), None)
        if name not in self.editions:
            none = ("dokumenttypen har ingen udgaver", "the kind of document has no editions")
            raise DocgenError([error("DG306", None, **every(name, self.editions, none), navn=name)], exit_code=2)
        return self.editions[name]
