"""HTML as a strict reader sees it: what is wrong with it, and its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "link", "input"}
PHRASES = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "span", "a", "strong", "em", "caption", "title"}
INLINE = {"span", "a", "strong", "em", "br", "img"}
PARENTS = {
    "li": {"ol", "ul"},
    "tr": {"thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "caption": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "tfoot": {"table"},
    "dt": {"div"},
    "dd": {"div"},
}
CHILDREN = {"ol": {"li"}, "ul": {"li"}, "dl": {"div"}, "table": {"caption", "thead", "tbody", "tfoot"}}
BLOCKS = {"p", "div", "li", "td", "th", "tr", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "table", "br"}


@dataclass
class Element:
    """An element with its attributes and the elements and texts in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)

    def all(self, tag: str = "") -> list[Element]:
        """The elements below this one, in order."""
        found = []
        for one in self.inside:
            if isinstance(one, Element):
                found += [one] if not tag or one.tag == tag else []
                found += one.all(tag)
        return found

    def text(self, leave_out: frozenset[str] = frozenset()) -> str:
        """The text as it was written; a `br` is a line end. Elements of the tags in `leave_out` have none."""
        if self.tag in leave_out:
            return ""
        parts = (one if isinstance(one, str) else one.text(leave_out) for one in self.inside)
        return "\n" if self.tag == "br" else "".join(parts)

    def words(self, leave_out: frozenset[str] = frozenset()) -> list[str]:
        """The words in order; blocks part words, elements in a line do not."""
        return words(self._spaced(leave_out))

    def _spaced(self, leave_out: frozenset[str]) -> str:
        if self.tag in leave_out:
            return ""
        parts = "".join(one if isinstance(one, str) else one._spaced(leave_out) for one in self.inside)
        return f"\n{parts}\n" if self.tag in BLOCKS else parts


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


class Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.faults: list[str] = []
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(dict(attrs)) != len(attrs):
            self.faults.append(f"an attribute twice in {self.get_starttag_text()}")
        parent = self._open[-1]
        if tag in PARENTS and parent.tag not in PARENTS[tag]:
            self.faults.append(f"{tag} in {parent.tag}")
        if parent.tag in CHILDREN and tag not in CHILDREN[parent.tag]:
            self.faults.append(f"{tag} straight in {parent.tag}")
        if parent.tag in PHRASES and tag not in INLINE:
            self.faults.append(f"{tag} in {parent.tag}")
        if tag == "a" and any(one.tag == "a" for one in self._open):
            self.faults.append("a link in a link")
        element = Element(tag, {name: value or "" for name, value in attrs})
        parent.inside.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self._open[-1].tag == tag:
            self._open.pop()
        else:
            self.faults.append(f"</{tag}> while {self._open[-1].tag} is open")

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open[-1].tag in CHILDREN:
            self.faults.append(f"text straight in {self._open[-1].tag}")
        self._open[-1].inside.append(data)


def parsed(html: str) -> tuple[Element, list[str]]:
    """The tree of a page, or of a piece of one, and what is wrong with it."""
    parser = Parser()
    parser.feed(html)
    parser.close()
    faults = parser.faults + [f"{one.tag} stays open" for one in parser._open[1:]]
    root = parser.root
    ids = [one.attributes["id"] for one in root.all() if "id" in one.attributes]
    faults += [f"the id {one} twice" for one in set(ids) if ids.count(one) > 1]
    for one in root.all():
        for name in ("aria-labelledby", "aria-describedby"):
            if name in one.attributes and one.attributes[name] not in ids:
                faults.append(f"{name} leads nowhere: {one.attributes[name]}")
        target = one.attributes.get("href", "")
        if target.startswith("#") and target[1:] not in ids:
            faults.append(f"a link leads nowhere: {target}")
        if one.tag == "a" and not re.match(r"#|https?://|mailto:", target):
            faults.append(f"a strange link: {target}")
        if "src" in one.attributes and not one.attributes["src"].startswith("data:image/"):
            faults.append("a picture from elsewhere")
        if one.tag == "img" and "alt" not in one.attributes:
            faults.append("a picture without a text")
        if one.tag in {"script", "link", "iframe", "object", "embed", "form", "base"}:
            faults.append(f"a {one.tag}")
        if "style" in one.attributes or any(name.startswith("on") for name in one.attributes):
            faults.append(f"style or script in {one.tag}")
    faults += ["a table without th" for one in root.all("table") if not one.all("th")]
    return root, faults + _heading_faults(root)


def _heading_faults(root: Element) -> list[str]:
    levels = [int(one.tag[1]) for one in root.all() if re.fullmatch("h[1-6]", one.tag)]
    skipped = [
        f"h{after} after h{before}" for before, after in zip([0, *levels], levels, strict=False) if after > before + 1
    ]
    return skipped + (["more than one h1"] if levels.count(1) > 1 and root.all("main") else [])
