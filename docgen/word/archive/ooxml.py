"""The XML of Word's parts: its names, and how docgen parses and prints it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

# lxml is imported where XML is parsed or printed: a render from a compiled template does neither.

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
CHART = f"{{{C}}}chart"
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_NAMESPACE = re.compile(r' xmlns(?::[\w.-]+)?="[^"]*"')
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
_ATTRIBUTE = re.compile(r'[&<>"\n\r\t]')


def w(name: str) -> str:
    """`name` in the main WordprocessingML namespace, the way lxml writes it: `w("p")`."""
    return f"{{{W}}}{name}"


def r(name: str) -> str:
    """`name` in the namespace of relationship attributes: `r("id")`."""
    return f"{{{R}}}{name}"


VAL = w("val")


def parse(data: bytes) -> etree._Element:
    """The root of a part; XML comments and processing instructions are left out.

    No entities, no network, no DTD, and lxml's own limits on depth and text. Raises lxml.etree.XMLSyntaxError.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(data, parser)


def serialise(root: etree._Element) -> str:
    """The part as text, without the XML declaration."""
    from lxml import etree

    return etree.tostring(root, encoding="unicode")


def to_bytes(root: etree._Element) -> bytes:
    """The part as it stands in a package: UTF-8 with the declaration that Word writes."""
    return (DECLARATION + serialise(root)).encode()


def fragment(element: etree._Element) -> str:
    """One element as text, without namespace declarations: to be put back into a part that declares them."""
    from lxml import etree

    return _NAMESPACE.sub("", etree.tostring(element, encoding="unicode", with_tail=False))


def declare(root: etree._Element, prefixes: Mapping[str, str]) -> None:
    """Sees to it that `root` declares `prefixes`, so that text such as `<w:br/>` may be put in anywhere."""
    from lxml import etree

    if any(root.nsmap.get(prefix) != uri for prefix, uri in prefixes.items()):
        kept = [prefix for prefix in root.nsmap if prefix]
        etree.cleanup_namespaces(root, top_nsmap=dict(prefixes), keep_ns_prefixes=[*kept, *prefixes])


def attribute(text: str) -> str:
    """`text` escaped for an attribute value in double quotes; line ends and tabs survive as references."""
    return _ATTRIBUTE.sub(lambda match: _ESCAPES[match.group()], text) if _ATTRIBUTE.search(text) else text
