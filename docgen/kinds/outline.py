"""The order of a document's sections: those of the kind, clauses and extra ones, arranged, left out and numbered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from docgen.danish.formats import NBSP
from docgen.danish.values import Markdown
from docgen.diagnostics import Diagnostic, Place, error
from docgen.kinds.answers import Answers, Path
from docgen.kinds.arrangement import ARRANGEMENT, EXTRA
from docgen.kinds.model import Clause, Section, Wording
from docgen.kinds.record import Group, InvalidValueError, Record, is_empty
from docgen.kinds.suggestions import suggestion
from docgen.templating.expression import ExpressionError


class Part(NamedTuple):
    """One section: `number` as its heading shows it, `bare_number` without marks, `reference` as a text refers to it.

    `text` is Markdown, `field` the name of the field that it stands for, `clause` the clause that gives it its text.
    """

    id: str
    heading: str
    level: int
    numbered: bool
    text: Markdown | None = None
    field: str = ""
    clause: Clause | None = None
    shown: bool = True
    place: Place | None = None
    extra: bool = False
    number: str = ""
    bare_number: str = ""
    reference: str = ""


class Outline:
    """The sections of one record; `faults` fill up with what does not fit in its arrangement.

    `answers` are what is known of the record from the ones before it.
    """

    def __init__(
        self,
        record: Record,
        names: Mapping[str, object],
        faults: list[Diagnostic],
        numbering: str | None = None,
        answers: Answers | None = None,
    ) -> None:
        self.record = record
        self.kind = record.kind
        self.names = names
        self.faults = faults
        self.answers = answers
        arrangement = record.values.get(ARRANGEMENT)
        self.arrangement: Group | dict[str, object] = arrangement if isinstance(arrangement, Group) else {}
        extra = record.values.get(EXTRA)
        self.extra = [one for one in extra if isinstance(one, Group)] if isinstance(extra, list) else []
        self.numbering = numbering or str(self.arrangement.get("nummerering") or self.kind.numbering)
        clauses = [clause for clause in self.kind.clauses.values() if clause.id not in self.kind.sections]
        self._declared: list[Section | Clause] = [*self.kind.sections.values(), *clauses]
        self._extra_ids = [str(one["id"] or f"{EXTRA}_{number}") for number, one in enumerate(self.extra, 1)]
        self.known = tuple(dict.fromkeys([*(one.id for one in self._declared), *self._extra_ids]))

    def own(self) -> list[Part]:
        """The sections of the kind and its clauses, as they are declared."""
        if self.answers is None:
            return [self._part(one) for one in self._declared]
        return [self.answers.known(("afsnit", one.id)) or self._kept(one, self.answers) for one in self._declared]

    def arranged(self, own: list[Part]) -> list[Part]:
        """The sections that the document has, in order and with their numbers: those of `own`, and extra ones."""
        self._check_arrangement()
        parts = self._with_extra(self._reordered(own, self._words("rækkefølge")))
        return list(self._numbered(list(self._visible(parts))))

    def _kept(self, declared: Section | Clause, answers: Answers) -> Part:
        part = self._part(declared)
        asked = self._asked(part, declared)
        if not any(path[0] == "dokument" for path in asked):
            answers.keep(("afsnit", part.id), part, lambda: asked)
        return part

    def _asked(self, part: Part, declared: Section | Clause) -> set[Path]:
        """The paths of all that a section may depend on."""
        found: set[Path] = {(ARRANGEMENT,)}
        if part.field and part.clause is None:
            found.add((part.field,))
        for one in (declared, part.clause):
            if one is not None:
                found.update(one.applies.expression.paths() if one.applies else ())
                found.update(one.heading.text.paths() if one.heading else ())
        return found

    def _words(self, name: str) -> list[str]:
        found = self.arrangement.get(name)
        return [str(word) for word in found] if isinstance(found, list) else []

    def _check_arrangement(self) -> None:
        for name in ("rækkefølge", "udelad"):
            words = self._words(name)
            for at, word in enumerate(words, 1):
                path = f"{ARRANGEMENT}.{name}[{at}]"
                if word not in self.known:
                    self._fault("DG310", path, navn=word, **suggestion(word, self.known))
                elif word in words[: at - 1]:
                    self._fault("DG311", path, navn=word, liste=name)
        for word in self._headings():
            if word not in self.known:
                self._fault("DG310", f"{ARRANGEMENT}.overskrifter.{word}", navn=word, **suggestion(word, self.known))
        declared = {one.id for one in self._declared}
        for at, word in enumerate(self._extra_ids):
            if word in declared or word in self._extra_ids[:at]:
                self._fault("DG312", f"{EXTRA}[{at + 1}].id", navn=word)

    def _fault(self, code: str, path: str, **values: str) -> None:
        self.faults.append(error(code, self.record.place(path), path=path, **values))

    def _headings(self) -> dict[str, str]:
        found = self.arrangement.get("overskrifter")
        return found if isinstance(found, dict) else {}

    def _part(self, declared: Section | Clause) -> Part:
        name = declared.id
        clause = declared if isinstance(declared, Clause) else self.kind.clauses.get(name)
        section = declared if isinstance(declared, Section) else None
        field = name if name in self.kind.root.fields else ""
        value = self.record.values[name] if field else None
        conditions = [one for one in (section, clause) if one is not None and one.applies]
        shown = all(self._holds(one) for one in conditions) if conditions else bool(clause) or not is_empty(value)
        heading = declared.heading or (clause.heading if clause else None)
        plain = self.kind.root.fields[field].label if field else name[:1].upper() + name[1:].replace("_", " ")
        return Part(
            id=name,
            heading=self._headings().get(name) or (self._filled(heading) if shown and heading else plain),
            level=section.level if section else 1,
            numbered=section.numbered if section else True,
            text=value if isinstance(value, Markdown) and clause is None else None,
            field=field,
            clause=clause,
            shown=shown and name not in self._words("udelad"),
            place=declared.place,
        )

    def _holds(self, declared: Section | Clause) -> bool:
        if declared.applies is None:
            return True
        try:
            return bool(declared.applies.value(self.names))
        except InvalidValueError:
            return False
        except ExpressionError as fault:
            self.faults.append(declared.applies.fault(fault, declared.id))
            return False

    def _filled(self, wording: Wording) -> str:
        try:
            return wording.render(self.names).strip()
        except InvalidValueError:
            return ""
        except ExpressionError as fault:
            self.faults.append(wording.fault(fault))
            return ""

    @staticmethod
    def _reordered(parts: list[Part], first: list[str]) -> list[Part]:
        """Those in `first` before the others; the sections under a section follow it, unless they are named too."""
        found: list[Part] = []
        for name in first:
            at = next((number for number, part in enumerate(parts) if part.id == name), None)
            if at is None:
                continue
            found.append(parts[at])
            for part in parts[at + 1 :]:
                if part.level <= parts[at].level:
                    break
                if part.id not in first:
                    found.append(part)
        taken = {part.id for part in found}
        return found + [part for part in parts if part.id not in taken]

    def _with_extra(self, parts: list[Part]) -> list[Part]:
        """The extra sections put after the section that they name, after one another, or at the end of the text."""
        first = self._words("rækkefølge")
        for number, (name, group) in enumerate(zip(self._extra_ids, self.extra, strict=True), 1):
            path = f"{EXTRA}[{number}]"
            part = Part(
                id=name,
                heading=self._headings().get(name) or str(group["overskrift"]),
                level=int(str(group["niveau"] or 1)),
                numbered=True,
                text=group["tekst"] if isinstance(group["tekst"], Markdown) else None,
                shown=name not in self._words("udelad"),
                place=self.record.place(path),
                extra=True,
            )
            after = str(group["efter"] or "")
            if after and after not in self.known:
                self._fault(
                    "DG313",
                    f"{path}.efter",
                    navn=after,
                    **suggestion(after, [one for one in self.known if one != name]),
                )
            parts.insert(self._position(parts, part, after), part)
        return self._reordered(parts, first) if set(first) & set(self._extra_ids) else parts

    @staticmethod
    def _position(parts: list[Part], part: Part, after: str) -> int:
        """Where an extra section goes: past the sections under the one it follows, and extra ones put there before."""
        at = next((number for number, other in enumerate(parts) if other.id == after), None)
        if at is None:
            return _end_of_text(parts)
        at += 1
        while at < len(parts) and (parts[at].level > part.level or (parts[at].extra and parts[at].level == part.level)):
            at += 1
        return at

    def _visible(self, parts: list[Part]) -> Iterator[Part]:
        """The sections that are shown; those under a section that is not shown go with it."""
        hidden = 4
        level = 0
        for part in parts:
            if part.level > hidden:
                if part.extra and part.shown:
                    self.faults.append(error("DG314", part.place, navn=part.heading))
                continue
            hidden = 4 if part.shown else part.level
            if part.shown:
                if part.level > level + 1:
                    self.faults.append(error("DG315", part.place, navn=part.heading, niveau=part.level))
                level = part.level
                yield part

    def _numbered(self, parts: list[Part]) -> Iterator[Part]:
        counts = [0, 0, 0]
        for part in parts:
            if not part.numbered or self.numbering == "ingen":
                yield part._replace(numbered=False)
                continue
            counts[part.level - 1] += 1
            counts[part.level :] = [0] * (3 - part.level)
            bare = ".".join(str(count) for count in counts[: part.level])
            if self.numbering == "tal":
                yield part._replace(number=bare, bare_number=bare, reference=bare)
                continue
            marks = (f"§{NBSP}{counts[0]}", f"Stk.{NBSP}{counts[1]}", f"{counts[2]})")
            steps = (f"§{NBSP}{counts[0]}", f"stk.{NBSP}{counts[1]}", f"nr.{NBSP}{counts[2]}")
            yield part._replace(
                number=marks[part.level - 1],
                bare_number=bare,
                reference=", ".join(steps[: part.level]),
            )


def _end_of_text(parts: list[Part]) -> int:
    """Where the text of the document ends: before the sections without a number that close it, such as appendices."""
    at = len(parts)
    while at and not parts[at - 1].extra and not (parts[at - 1].numbered and parts[at - 1].shown):
        at -= 1
    return at or len(parts)
