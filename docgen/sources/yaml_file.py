"""A YAML file to its tree: PyYAML's events, with every scalar kept as it was written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from docgen.diagnostics import Diagnostic, FilePlace, Severity, TextPlace, error, warning
from docgen.sources.text import MAX_DEPTH, Text, first_unwritable, normalised
from docgen.sources.tree import Entry, Mapping, Node, Scalar, Sequence
from docgen.sources.yaml_traps import GLUED_COLON, GLUED_DASH, WITH_COMMAS, lost_comment, quoted, swallowed_lines

if TYPE_CHECKING:
    from typing import NoReturn

MAX_ALIASED = 1_000_000
"""How many characters and nodes the aliases (`*navn`) of a file may add to its tree."""

# libyaml's parser is some ten times as fast; PyYAML can be built without it.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_PROPERTIES = re.compile(r"(?:[&!]\S*(?:\s+(?:#[^\n]*)?)*)+")
_LINE_SEPARATORS = re.compile("[\u2028\u2029]")
_INVISIBLE = "[\u00a0\u00ad\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff]"


def parse(text: Text, findings: list[Diagnostic], loader: type = LOADER) -> Node | None:
    """The root of the tree of a YAML file, or None where nothing could be made of it.

    Adds faults and warnings to `findings`; a tree that comes with faults is not to be used.
    """
    content = text.content
    # YAML 1.1 would end a line at these; nobody sees them, so nobody would understand what follows.
    for match in _LINE_SEPARATORS.finditer(content):
        findings.append(error("DG115", text.place(*match.span()), tegn=f"U+{ord(match.group()):04X}"))
    content = _LINE_SEPARATORS.sub("\ufffd", content)
    builder = _Builder(text, findings)
    try:
        for event in yaml.parse(content, Loader=loader):
            builder.take(event)
    except _FatalError:
        return None
    except yaml.MarkedYAMLError as fault:
        from docgen.sources.yaml_faults import syntax_faults  # only a file with faults needs it

        _add_syntax_faults(syntax_faults(text, fault, builder.last), findings)
        return None
    return builder.finished()


def _add_syntax_faults(faults: list[Diagnostic], findings: list[Diagnostic]) -> None:
    """Add `faults`, in the place of warnings about the same line and of the same fault told before."""
    told = {(fault.code, _line(fault)) for fault in faults}
    lines = {line for _, line in told}
    findings[:] = [
        found
        for found in findings
        if (found.code, _line(found)) not in told and not (found.severity is Severity.WARNING and _line(found) in lines)
    ]
    findings += faults


def _line(finding: Diagnostic) -> int:
    return finding.place.line if isinstance(finding.place, TextPlace) else 0


class _FatalError(Exception):
    """Ends the parse: the last finding is a fault after which nothing can be trusted."""


class _Anchor:
    """A node with a name; `node` is None as long as the node's end has not been reached."""

    __slots__ = ("height", "is_used", "node", "place", "weight")

    def __init__(self, place: TextPlace) -> None:
        self.place = place
        self.node: Node | None = None
        self.weight = 0
        self.height = 0
        self.is_used = False


class _Open:
    """A mapping or list whose end has not been reached."""

    __slots__ = (
        "anchor",
        "entries",
        "height",
        "is_flow",
        "is_mapping",
        "items",
        "key",
        "key_end",
        "seen",
        "start",
        "value_start",
        "weight",
    )

    def __init__(self, event: yaml.CollectionStartEvent, start: int, anchor: _Anchor | None) -> None:
        self.start = start
        self.anchor = anchor
        self.is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.is_flow = bool(event.flow_style)
        self.items: list[Node] = []
        self.entries: list[Entry] = []
        self.key: Scalar | None = None
        self.key_end = 0
        self.value_start = -1
        self.seen: dict[str, TextPlace] = {}
        self.weight = 1
        self.height = 1

    @property
    def wants_key(self) -> bool:
        return self.is_mapping and self.key is None


class _Builder:
    """The tree so far."""

    def __init__(self, text: Text, findings: list[Diagnostic]) -> None:
        self.text = text
        self.findings = findings
        self.stack: list[_Open] = []
        self.anchors: dict[str, _Anchor] = {}
        self.all_anchors: list[_Anchor] = []
        self.root: Node | None = None
        self.last: yaml.ScalarEvent | None = None
        self.documents = 0
        self.aliased = 0

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self.last = event
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop("DG149", self.text.place(*_span(event)))

    def finished(self) -> Node | None:
        """The root; says what can only be said at the end."""
        for anchor in self.all_anchors:
            if not anchor.is_used:
                line = anchor.place.source.lines[anchor.place.line - 1][anchor.place.column - 1 :]
                name = line[: anchor.place.length]
                self.findings.append(warning("DG164", anchor.place, tekst=name, forslag=quoted(line.rstrip())))
        if self.root is None or (isinstance(self.root, Scalar) and self.root.empty):
            self.findings.append(error("DG117", FilePlace(self.text.source.name)))
        return self.root

    def _stop(self, code: str, place: TextPlace, **values: object) -> NoReturn:
        self.findings.append(error(code, place, path="", **values))
        raise _FatalError

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        is_key = bool(self.stack) and self.stack[-1].wants_key
        is_plain = not event.style
        start, end = _span(event)
        anchor = None
        if event.anchor or event.tag:
            start, anchor = self._properties(event)
            start = min(start, end)
        place = self.text.place(start, end)
        unwritable = first_unwritable(event.value)
        if unwritable:
            self.findings.append(error("DG118", place, tegn=unwritable))
        if is_key:
            if is_plain:
                self._check_plain_key(event.value, place)
            self.stack[-1].key_end = end
            node = Scalar(normalised(event.value), place)
        else:
            if is_plain:
                self.findings += lost_comment(self.text, start, end)
                self.findings += swallowed_lines(self.text, start, end)
            if self.stack and self.stack[-1].is_flow and self.stack[-1].is_mapping:
                self._check_comma(self.stack[-1], start, end, is_plain=is_plain)
            is_empty = is_plain and event.value in _NULLS
            node = Scalar("" if is_empty else normalised(event.value), place, empty=is_empty)
        self._attach(node, place, len(event.value) + 1, 0, anchor)

    def _check_comma(self, holder: _Open, start: int, end: int, *, is_plain: bool) -> None:
        """Whether a comma cut the value before this one in two: `{beløb: 1,4 mio. kr.}` has a field `4 mio. kr.`."""
        is_bare = start == end and ":" not in self.text.content[holder.key_end : start]
        if is_bare and holder.value_start >= 0 and holder.key and not GLUED_COLON.match(holder.key.text):
            value = WITH_COMMAS.match(self.text.content, holder.value_start)
            last = value.end() if value else holder.key_end
            told = self.text.content[holder.value_start : last].rstrip()
            place = self.text.place(holder.value_start, last)
            self.findings.append(error("DG157", place, forslag=quoted(told)))
        holder.value_start = start if is_plain and start < end else -1

    def _check_plain_key(self, name: str, place: TextPlace) -> None:
        invisible = None if name.isprintable() else re.search(_INVISIBLE, name)
        if name == "<<":
            self.findings.append(error("DG148", place))
        elif not name:
            self.findings.append(error("DG151", place))
        elif self.stack[-1].is_flow and GLUED_COLON.match(name):
            self.findings.append(error("DG133", place, navn=name.split(":", maxsplit=1)[0]))
        elif GLUED_DASH.match(name):
            self.findings.append(error("DG141", place))
        elif invisible:
            self.findings.append(error("DG132", place, tegn=f"U+{ord(invisible.group()):04X}"))

    def _properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> tuple[int, _Anchor | None]:
        """Where a value begins behind its anchor and tag, and its anchor; a tag is refused."""
        content = self.text.content
        first = _span(event)[0]
        match = _PROPERTIES.match(content, first)
        start = match.end() if match else first
        if event.tag:
            tag = content.index("!", first)
            line = self.text.rest_of_line(tag)
            place = self.text.place(tag, tag + len(line.split()[0]))
            self.findings.append(error("DG137", place, tegn="!", forslag=quoted(line)))
        if not event.anchor:
            return start, None
        begin = content.index("&", first)
        anchor = _Anchor(self.text.place(begin, begin + len(event.anchor) + 1))
        self.anchors[event.anchor] = anchor
        self.all_anchors.append(anchor)
        return start, anchor

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        start, anchor = _span(event)[0], None
        if event.anchor or event.tag:
            start, anchor = self._properties(event)
        if len(self.stack) >= MAX_DEPTH:
            self._stop("DG121", self.text.place(start, start + 1), grænse=MAX_DEPTH)
        self.stack.append(_Open(event, start, anchor))

    def _close(self, event: yaml.CollectionEndEvent) -> None:
        ended = self.stack.pop()
        place = self.text.place(ended.start, _span(event)[1] if ended.is_flow else ended.start + 1)
        node: Node
        if ended.is_mapping:
            if ended.entries and not ended.is_flow:
                place = next(iter(ended.seen.values()), place)
            node = Mapping(tuple(ended.entries), place)
        else:
            node = Sequence(tuple(ended.items), place)
        self._attach(node, place, ended.weight, ended.height, ended.anchor)

    def _alias(self, event: yaml.AliasEvent) -> None:
        place = self.text.place(*_span(event))
        anchor = self.anchors.get(event.anchor or "")
        if anchor is None:
            line = place.source.lines[place.line - 1][place.column - 1 :].rstrip()
            self.findings.append(error("DG137", place, tegn="*", forslag=quoted(line)))
            self._attach(Scalar("", place, empty=True), place, 1, 0)
            return
        anchor.is_used = True
        if anchor.node is None:
            self._stop("DG153", place, navn=event.anchor)
        self.aliased += anchor.weight
        if self.aliased > MAX_ALIASED:
            self._stop("DG154", place)
        if len(self.stack) + anchor.height > MAX_DEPTH:
            self._stop("DG121", place, grænse=MAX_DEPTH)
        self._attach(anchor.node, place, anchor.weight, anchor.height)

    def _attach(self, node: Node, place: TextPlace, weight: int, height: int, anchor: _Anchor | None = None) -> None:
        if anchor:
            anchor.node, anchor.weight, anchor.height = node, weight, height
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        parent.weight += weight
        parent.height = max(parent.height, height + 1)
        if not parent.is_mapping:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = self._key(node, place, parent.seen)
        else:
            parent.entries.append(Entry(parent.key, node))
            parent.key = None

    def _key(self, node: Node, place: TextPlace, seen: dict[str, TextPlace]) -> Scalar:
        if not isinstance(node, Scalar):
            line = place.source.lines[place.line - 1]
            if line[max(0, place.column - 2) : place.column] == "{{":
                told = line[place.column - 2 :].rstrip()
                place = TextPlace(place.source, place.line, place.column - 1, len(told))
                self.findings.append(error("DG155", place, forslag=quoted(told)))
            else:
                self.findings.append(error("DG150", place))
            return Scalar("", place)
        if node.text in seen:
            self.findings.append(error("DG120", place, navn=node.text, linje=seen[node.text].line))
        else:
            seen[node.text] = place
        return Scalar(node.text, place)


def _span(event: yaml.Event) -> tuple[int, int]:
    """Where the text of an event starts and ends, in characters from the start of the content."""
    assert event.start_mark is not None and event.end_mark is not None  # only events made by hand have none
    return event.start_mark.index, event.end_mark.index
