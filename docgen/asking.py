"""What a template asks for, as a tree of fields, and held against a kind of document or the data to fill it with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from docgen.danish.values import TEMPLATE_ATTRIBUTES
from docgen.diagnostics import Diagnostic, DocgenError, Place, Severity, error, warning
from docgen.filling import compile_template, is_text, value_of
from docgen.formats import read_text_file
from docgen.sources import Mapping as MappingNode
from docgen.sources import Node, Scalar, Sequence, read

if TYPE_CHECKING:
    from collections.abc import Sequence as SequenceType

    from docgen.kinds.model import Clause, Kind
    from docgen.templating.text_file import TextFile
    from docgen.templating.uses import Use


class Asking(NamedTuple):
    """Which `template` to look into; `kind` (a name) and `data` (a path, `-` for `stdin`) are what to hold it against.

    `folders` hold kinds. `cache` is a folder for what was compiled (docgen.cache).
    """

    template: Path
    kind: str = ""
    data: str = ""
    folders: SequenceType[Path] = ()
    stdin: BinaryIO | None = None
    cache: Path | None = None


class Asked(NamedTuple):
    """One use of a name: the place of its tag, and the tag as the template has it."""

    use: Use
    place: Place
    written: str


@dataclass(slots=True)
class AskedField:
    """A name that a template asks for: whether it is a list, the filters it goes through, its uses and fields."""

    name: str
    path: str
    many: bool = False
    filters: dict[str, None] = field(default_factory=dict)
    uses: list[Asked] = field(default_factory=list)
    fields: dict[str, AskedField] = field(default_factory=dict)


class Answer(NamedTuple):
    """What a template asks for, and what is wrong with it."""

    fields: Mapping[str, AskedField]
    diagnostics: tuple[Diagnostic, ...]


def ask(request: Asking) -> Answer:
    """The fields of a template, and what a kind and data lack or have too much of.

    Raises DocgenError with every fault of the template's tags (exit code 2 when a file cannot be read), or of the
    data file.
    """
    try:
        found = asked(request.template, request.cache)
    except DocgenError as fault:
        if fault.exit_code != 1:
            raise
        raise DocgenError([*fault.diagnostics, *_unportable(request.template)]) from None
    diagnostics = [*deleted(request.template), *_unportable(request.template)]
    if request.kind:
        diagnostics += _held_against_kind(request, found)
    if request.data:
        reading = read(request.data, stdin=request.stdin)
        if not isinstance(reading.root, MappingNode):
            raise DocgenError([*reading.warnings, error("DG475", reading.root.place)])
        diagnostics += [*reading.warnings, *missing(found, value_of(reading.root)), *unused(found, reading.root)]
    if not request.kind and not request.data:
        diagnostics += leaks(found)
    return Answer(fields_of(found), tuple(diagnostics))


def _unportable(template: Path) -> Iterable[Diagnostic]:
    if is_text(template):
        return ()
    from docgen.word.tagging.portable import unportable

    return unportable(template)


def asked(template: Path, cache: Path | None = None) -> list[Asked]:
    """Every use of a name in a template, in order. Raises DocgenError with every fault of its tags."""
    if is_text(template):
        return asked_of_text(read_text_file(template))
    try:
        names = compile_template(template, None, cache).names()
    except DocgenError as fault:
        if fault.exit_code != 1:
            raise
        raise DocgenError([*fault.diagnostics, *deleted(template)]) from None
    return [Asked(one.use, one.place, one.written) for one in names]


def deleted(template: Path) -> Iterable[Diagnostic]:
    """A warning for each tag of a Word file that stands where nothing is filled in: deleted text, building blocks."""
    if is_text(template):
        return ()
    from docgen.word.tagging.deleted import deleted_tags
    from docgen.word.tagging.unreached import unreached_tags

    return (*deleted_tags(template), *unreached_tags(template))


def asked_of_text(template: TextFile) -> list[Asked]:
    """Every use of a name in a text file."""
    from docgen.templating.uses import uses

    found = []
    for use in uses(template.tree, template.known):
        word = use.path.rpartition(".")[2].removesuffix("[]")
        found.append(Asked(use, template.place(use.line, word), template.written(use.line, word)))
    return found


def fields_of(found: Iterable[Asked]) -> dict[str, AskedField]:
    """The uses as a tree of fields, each where it is first asked for."""
    roots: dict[str, AskedField] = {}
    for one in found:
        level, trail = roots, ""
        here: AskedField | None = None
        for step in one.use.path.split("."):
            name = step.rstrip("[]")
            trail = f"{trail}.{name}" if trail else name
            here = level.setdefault(name, AskedField(name, trail))
            if step.endswith("[]"):
                here.many = True
                trail += "[]"
            level = here.fields
        assert here is not None
        here.many = here.many or one.use.role == "loop"
        here.filters |= dict.fromkeys(one.use.filters)
        here.uses.append(one)
    return roots


def leaks(found: Iterable[Asked]) -> Iterator[Diagnostic]:
    """A warning (DG474) for each name of a loop that is used outside of it."""
    for one in found:
        if one.use.leaks:
            yield warning("DG474", one.place, navn=one.use.path.partition(".")[0].rstrip("[]"), kode=one.written)


# --- data ---------------------------------------------------------------------------------------------------------


def missing(found: Iterable[Asked], data: object) -> Iterator[Diagnostic]:
    """What the data lacks (DG450, DG451), and what is no list there though the template wants one (DG471, DG472)."""
    from docgen.templating.uses import LIST_FILTERS
    from docgen.word.running.faults import suggestion

    found = list(found)
    spared = {one.use.path for one in found if one.use.optional}
    for one in found:
        lacking, reached = _reach(data, one.use.path)
        if one.use.path not in spared:
            for name, known in lacking[:1]:  # one element is enough to tell what is wrong
                meant = suggestion(name.rpartition(".")[2], known)
                yield error("DG451" if meant else "DG450", one.place, navn=name, forslag=meant)
        scalars = [(name, value) for name, value in reached if value is not None and not isinstance(value, list)]
        needing = next((name for name in one.use.filters[:1] if name in LIST_FILTERS), "")
        if one.use.role == "loop" and not one.use.filters:
            for name, value in scalars[:1]:
                if not isinstance(value, dict):
                    yield error("DG471", one.place, navn=name, kode=one.written)
        elif needing:
            for name, _ in scalars[:1]:
                yield error("DG472", one.place, navn=name, filter=needing, kode=one.written)


_Lack = tuple[str, tuple[str, ...]]


def _reach(data: object, path: str) -> tuple[list[_Lack], list[tuple[str, object]]]:
    """Where a path leads in data: the names that are not there, each with those that are; and the values it ends at."""
    here: list[tuple[str, object]] = [("", data)]
    lacking: list[_Lack] = []
    for step in path.split("."):
        name = step.rstrip("[]")
        following: list[tuple[str, object]] = []
        for trail, holder in here:
            whole = f"{trail}.{name}" if trail else name
            if isinstance(holder, Mapping):
                if name in holder:
                    following.append((whole, holder[name]))
                else:
                    lacking.append((whole, tuple(holder)))
            elif holder is not None and name not in _attributes(holder):
                lacking.append((whole, ()))
        here = following
        for _ in range(step.count("[]")):
            here = [
                (f"{trail}[{number}]", item)
                for trail, value in here
                if isinstance(value, list)
                for number, item in enumerate(value, start=1)
            ]
    return lacking, here


def _attributes(value: object) -> frozenset[str]:
    kinds = (type(value), *(one for one in (date, time) if isinstance(value, one)))
    return frozenset().union(*(TEMPLATE_ATTRIBUTES.get(kind, frozenset()) for kind in kinds))


def unused(found: Iterable[Asked], root: Node) -> Iterator[Diagnostic]:
    """A warning (DG470) for each name of the data that the template never uses; of a whole group only the group."""
    paths = {one.use.path for one in found}
    whole = {one.use.path for one in found if one.use.role == "value"}
    through = {one.use.path for one in found if one.use.role == "loop"}
    told: set[str] = set()

    def walk(node: Node, path: str) -> Iterator[Diagnostic]:
        if path in whole or isinstance(node, Scalar):
            return
        if isinstance(node, Sequence):
            for item in node:
                yield from walk(item, f"{path}[]")
            return
        if path in through:  # `for navn, værdi in gruppe.items()`
            return
        for entry in node:
            inner = f"{path}.{entry.key.text}" if path else entry.key.text
            if any(one == inner or one.startswith((f"{inner}.", f"{inner}[")) for one in paths):
                yield from walk(entry.value, inner)
            elif inner not in told:
                told.add(inner)
                yield warning("DG470", entry.key.place, path=inner, navn=inner.replace("[]", ""))

    yield from walk(root, "")


# --- kinds --------------------------------------------------------------------------------------------------------


def wrong_names(kind: Kind, found: list[Asked]) -> Iterator[Diagnostic]:
    """The names that a kind does not have (DG450, DG451), and the loops through a field that is no list (DG471)."""
    from docgen.kinds.template_names import unknown_names, unlisted_loops

    yield from unknown_names(kind, ((one.use.path, one.place) for one in found))
    loops = (one for one in found if one.use.role == "loop" and not one.use.filters)
    yield from unlisted_loops(kind, ((one.use.path, one.place, one.written) for one in loops))


def _held_against_kind(request: Asking, found: list[Asked]) -> Iterator[Diagnostic]:
    from docgen.kinds.template_names import unused_fields
    from docgen.pipeline import Request, cached_kind

    asking = Request(request.kind, "", date.min, request.folders, cache=request.cache)
    kind = cached_kind(request.kind, asking)
    yield from wrong_names(kind, found)
    uses = [one.use for one in found]
    if any(use.path.startswith("afsnit") for use in uses):
        uses += _clause_uses(kind.clauses.values())
    whole = {use.path for use in uses if use.role == "value"}
    for path, declared in unused_fields(kind, {use.path for use in uses}, whole):
        yield Diagnostic("DG473", Severity.INFO, declared.place, {"navn": path}, path)


def _clause_uses(clauses: Iterable[Clause]) -> Iterator[Use]:
    """What the clauses of a kind ask for; a clause with faults asks for nothing."""
    from docgen.word.running.asked import asked as asked_of
    from docgen.word.values.clauses import ClauseTemplate

    for one in clauses:
        try:
            template = ClauseTemplate(one.tekst, one.source, one.first_line)
        except DocgenError:
            continue
        yield from (found.use for found in asked_of(template.program))
