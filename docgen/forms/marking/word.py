"""A copy of a Word file in which every finding is a comment on the paragraph that it is about."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import dropwhile
from typing import TYPE_CHECKING

from docgen.catalog import translate
from docgen.diagnostics import Diagnostic, WordPlace
from docgen.forms.marking.mark import UNCHECKED, is_in, where, wording
from docgen.forms.marking.package import Draft, append, remove, whole
from docgen.masking import find_cpr
from docgen.word.archive.ooxml import VAL, W, parse, r, to_bytes, w
from docgen.word.archive.opc import main_part, related, relationships
from docgen.word.archive.texts import ILLEGAL
from docgen.word.tagging.places import Places

if TYPE_CHECKING:
    from lxml import etree

    from docgen.package import Package

AUTHOR = "docgen"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_EMPTY = f'<w:comments xmlns:w="{W}"/>'.encode()
_ID, _P, _TEXT = w("id"), w("p"), w("t")
_RANGE = (w("commentRangeStart"), w("commentRangeEnd"))
_REFERENCE = w("commentReference")
_NOTES = {"footnotes": ("footnote", "footnoteReference"), "endnotes": ("endnote", "endnoteReference")}
# What newer versions of Word keep about comments beside them, by the ids of their paragraphs.
_BESIDE = ("commentsExtended", "commentsIds", "commentsExtensible")
_TAG = re.compile(r"([{%#])(?=[{}%#])")
_APART = "\u200b"
_PERSONAL_NUMBER = "DG254"
_QUOTED = re.compile('»([^«]+)«|“([^”]+)”|"([^"]+)"')
_ESCAPED = re.compile(r"\\(?=[^\w\s])")  # of Markdown
_OWN_STYLES = "skema"  # how the styles of a form's own texts begin


def mark_document(
    package: Package, name: str, findings: Sequence[Diagnostic], language: str, today: date | None
) -> Package:
    """The Word file with its findings as comments and the comments of earlier runs gone.

    `name` is what the places of the findings call the file. Findings without a place in it are told in a first
    comment, on the title. Raises DocgenError for a file that Word cannot open.
    """
    findings = [one for one in findings if one.code not in UNCHECKED]  # what is to be mended tells enough
    draft = Draft(package)
    main = main_part(package)
    root = draft.root(main)
    changed = _unmark(draft, main, root)
    if findings:
        _mark(draft, main, root, name, findings, language, today)
    elif not changed:
        return package
    draft.put(main, root)
    return draft.package


def _mark(
    draft: Draft,
    main: str,
    root: etree._Element,
    name: str,
    findings: Sequence[Diagnostic],
    language: str,
    today: date | None,
) -> None:
    finder = _Finder(draft, main, root)
    title = finder.title()
    loose: list[str] = []
    told: list[tuple[etree._Element, str, list[str]]] = []
    before: Counter[tuple[str, etree._Element]] = Counter()
    for one in findings:
        place = one.place if isinstance(one.place, WordPlace) and is_in(one.place, name) else None
        paragraph = finder.paragraph(place) if place else None
        lines = _lines(one, language)
        if place is None or paragraph is None:
            label = where(one.place, name, language)
            loose += [*lines, label] if label else lines
        elif place.part in ("", main):
            held, quote = _spot(one, lines[0], place, paragraph, before[one.code, paragraph])
            before[one.code, paragraph] += 1
            told.append((held, quote, lines))
        else:
            told.append((paragraph, "", [*lines, where(place, name, language)]))
    part = related(draft.package, main, "comments")
    comments = draft.root(part) if part else parse(_EMPTY)
    number = _highest(root, comments) + 1
    for paragraph, quote, lines in [*([(title, "", loose)] if loose else []), *told]:
        _anchor(paragraph, quote, str(number))
        _write(comments, str(number), lines, today)
        number += 1
    if part:
        draft.put(part, comments)
        return
    stem = posixpath.join(posixpath.dirname(main), "comments")
    part = f"{stem}.xml" if f"{stem}.xml" not in draft.package else draft.free_part(stem, ".xml")
    draft.add_part(main, part, to_bytes(comments), "comments", _COMMENTS_TYPE)


def _lines(finding: Diagnostic, language: str) -> list[str]:
    said, hint = wording(finding, language)
    first = f"{translate(finding.severity.value, language)} {finding.code}: {said}"
    return [first, f"{translate('hjælp', language)}: {hint}"] if hint else [first]


def _spot(
    finding: Diagnostic, said: str, place: WordPlace, paragraph: etree._Element, before: int
) -> tuple[etree._Element, str]:
    """The paragraph of an answer that a finding is about, and the text in it; `paragraph` is where the answer begins.

    `before` is how many findings of its code began there: of personal numbers each has its own finding.
    """
    answer = list(_answer(paragraph))
    if finding.code == _PERSONAL_NUMBER:
        numbers = [(one, text[start:end]) for one in answer for text in [_text(one)] for start, end in find_cpr(text)]
        return numbers[min(before, len(numbers) - 1)] if numbers else (paragraph, "")
    label = place.heading.rpartition(", ")[2]
    quoted = ["".join(words) for words in _QUOTED.findall(said)][
        ::-1
    ]  # what is wrong comes after the name of the field
    quotes = [*(_ESCAPED.sub("", text) for text in quoted if text != label), place.quote]
    held = ((one, quote) for quote in quotes for one in answer if quote and _pattern(quote).search(_text(one)))
    return next(held, (paragraph, ""))


def _answer(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of an answer that begins with `paragraph`: up to the next label or control, or the cell's end."""
    control = _control(paragraph)
    around = next(paragraph.iterancestors(w("tc"), w("body")), paragraph)
    for one in dropwhile(lambda it: it is not paragraph, around.iter(_P)):
        style = one.find(f"{w('pPr')}/{w('pStyle')}")
        is_own = style is not None and style.get(VAL, "").casefold().startswith(_OWN_STYLES)
        if one is not paragraph and (is_own or _control(one) not in (control, None)):
            return
        yield one


def _control(paragraph: etree._Element) -> etree._Element | None:
    """The control around a paragraph."""
    return next(paragraph.iterancestors(w("sdt")), None)


class _Finder:
    """Finds the paragraph of the body that shows a place."""

    def __init__(self, draft: Draft, main: str, root: etree._Element) -> None:
        self._draft, self._main, self._root = draft, main, root
        self._found: dict[str, dict[tuple[int, ...], list[etree._Element]]] = {}
        self._roots = {main: root}

    def title(self) -> etree._Element:
        """The first paragraph with text; one is put in where the document has no paragraph at all."""
        paragraphs = list(self._root.iter(_P))
        if not paragraphs:
            body = next(self._root.iter(w("body")))
            body.insert(0, body.makeelement(_P))
            return body[0]
        return next((one for one in paragraphs if _text(one).strip() and not _box(one)), paragraphs[0])

    def paragraph(self, place: WordPlace) -> etree._Element | None:
        """The paragraph itself, or the one that refers to the header or note that it stands in; None for neither."""
        part = place.part or self._main
        if part not in self._draft.package:
            return None
        found = self._in_part(part, place)
        if part == self._main:
            return _outermost(found) if found is not None else self._heading(place)
        link = next((one for one in relationships(self._draft.package, self._main) if one.part == part), None)
        if link is None:
            return None
        if link.kind in _NOTES:
            return None if found is None else self._referring(found, *_NOTES[link.kind])
        return self._section(link.id) if link.kind in ("header", "footer") else None

    def _in_part(self, part: str, place: WordPlace) -> etree._Element | None:
        if part not in self._found:
            root = self._roots.setdefault(part, self._root if part == self._main else self._draft.root(part))
            places = Places(root, place.file, part)
            found: dict[tuple[int, ...], list[etree._Element]] = {}
            for element in root.iter(_P, w("tc")):
                paragraph = element if element.tag == _P else next(element.iter(_P), None)
                if paragraph is not None:
                    found.setdefault(_key(places.of(element)), []).append(paragraph)
            self._found[part] = found
        candidates = self._found[part].get(_key(place), [])
        words = place.quote.strip("…").split()
        holding = [one for one in candidates if " ".join(words) in " ".join(_text(one).split())] if words else []
        return next(iter([*holding, *candidates]), None)

    def _heading(self, place: WordPlace) -> etree._Element | None:
        """The heading that a place without a number stands under."""
        if not place.heading:
            return None
        return next((one for one in self._root.iter(_P) if " ".join(_text(one).split()) == place.heading), None)

    def _referring(self, element: etree._Element, note: str, reference: str) -> etree._Element | None:
        around = next(element.iterancestors(w(note)), None)
        number = None if around is None else around.get(_ID)
        marks = (one for one in self._root.iter(w(reference)) if one.get(_ID) == number)
        return next((_outermost(next(mark.iterancestors(_P))) for mark in marks), None)

    def _section(self, relation: str) -> etree._Element | None:
        """The first paragraph of the first section that a header or footer belongs to."""
        first: etree._Element | None = None
        for element in self._root.iter(_P, w("sectPr")):
            if element.tag == _P:
                first = element if first is None else first
            elif any(one.get(r("id")) == relation for one in element):
                return first if first is None else _outermost(first)
            else:
                first = None
        return None


def _key(place: WordPlace) -> tuple[int, ...]:
    return place.table, place.row, place.cell, place.paragraph


def _text(paragraph: etree._Element) -> str:
    return "".join(one.text or "" for one in paragraph.iter(_TEXT))


def _box(paragraph: etree._Element) -> bool:
    return next(paragraph.iterancestors(w("txbxContent")), None) is not None


def _outermost(paragraph: etree._Element) -> etree._Element:
    """The paragraph that holds the text box that a paragraph stands in: Word has no comments in text boxes."""
    boxes = list(paragraph.iterancestors(w("txbxContent")))
    return next(boxes[-1].iterancestors(_P), paragraph) if boxes else paragraph


def _highest(root: etree._Element, comments: etree._Element) -> int:
    """The highest id that a comment has, or a mark of one that is lost."""
    marks = [*comments, *root.iter(*_RANGE, _REFERENCE)]
    return max((whole(one, _ID) for one in marks), default=-1)


def _anchor(paragraph: etree._Element, quote: str, number: str) -> None:
    """Marks where a comment begins and ends: around what holds `quote`, or else around all."""
    pieces = [one for one in paragraph if one.tag != w("pPr")]
    first, last = _holding(pieces, quote) if pieces else (None, None)
    start = paragraph.makeelement(_RANGE[0], {_ID: number})
    end = paragraph.makeelement(_RANGE[1], {_ID: number})
    if first is None or last is None:
        paragraph.extend([start, end])
    else:
        first.addprevious(start)
        last.addnext(end)
    run = paragraph.makeelement(w("r"))
    run.append(run.makeelement(_REFERENCE, {_ID: number}))
    end.addnext(run)


def _pattern(quote: str) -> re.Pattern[str]:
    """A quoted text, which may be cut at its end, whatever space stands in it."""
    return re.compile(r"\s+".join(map(re.escape, quote.strip("…").split())))


def _holding(pieces: list[etree._Element], quote: str) -> tuple[etree._Element, etree._Element]:
    """The first and the last of the pieces of a paragraph that a quoted text stands in."""
    texts = ["".join(one.text or "" for one in piece.iter(_TEXT)) for piece in pieces]
    found = _pattern(quote).search("".join(texts)) if quote else None
    if found is None:
        return pieces[0], pieces[-1]
    position = 0
    held = []
    for piece, text in zip(pieces, texts, strict=True):
        if position < found.end() and position + len(text) > found.start():
            held.append(piece)
        position += len(text)
    return held[0], held[-1]


def _write(comments: etree._Element, number: str, lines: Sequence[str], today: date | None) -> None:
    comment = comments.makeelement(w("comment"), {_ID: number, w("author"): AUTHOR, w("initials"): "dg"})
    if today is not None:
        comment.set(w("date"), f"{today.isoformat()}T00:00:00Z")
    for line in lines:
        run = append(append(comment, "p"), "r")
        text = append(run, "t")
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        # a template's tags, which a comment quotes, must not become tags of the comment
        text.text = _TAG.sub(rf"\1{_APART}", ILLEGAL.sub("", line)).replace("\n", " ")
    comments.append(comment)


def _unmark(draft: Draft, main: str, root: etree._Element) -> bool:
    """Takes docgen's comments of earlier runs away; `root` is the main part's XML. Tells whether there were any."""
    part = related(draft.package, main, "comments")
    comments = draft.root(part) if part else parse(_EMPTY)
    mine = [one for one in comments if one.get(w("author")) == AUTHOR]
    if not mine:
        return False
    numbers = {one.get(_ID) for one in mine}
    for mark in [one for one in root.iter(*_RANGE, _REFERENCE) if one.get(_ID) in numbers]:
        parent = mark.getparent()
        run = parent is not None and parent.tag == w("r")
        remove(mark)
        if parent is not None and run and all(one.tag == w("rPr") for one in parent):
            remove(parent)
    paragraphs = {value for one in mine for p in one.iter(_P) for value in _ids(p, "paraId")}
    for one in mine:
        comments.remove(one)
    if len(comments):
        draft.put(part, comments)
        _forget(draft, main, paragraphs)
    else:
        beside = [related(draft.package, main, kind) for kind in _BESIDE]
        draft.drop_parts(main, [part, *filter(None, beside)])
    return True


def _forget(draft: Draft, main: str, gone: set[str]) -> None:
    """Takes what Word keeps beside the comments out for those that are gone; answers to them stay as comments."""
    for kind in _BESIDE:
        part = related(draft.package, main, kind)
        if not part or not gone:
            continue
        root = draft.root(part)
        for one in list(root):
            if gone & set(_ids(one, "paraId", "durableId")):
                gone |= set(_ids(one, "durableId"))
                root.remove(one)
            for key in [str(name) for name in one.attrib if str(name).endswith("}paraIdParent")]:
                if one.get(key) in gone:
                    del one.attrib[key]
        draft.put(part, root)


def _ids(element: etree._Element, *names: str) -> Iterator[str]:
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] in names:
            yield str(value)
