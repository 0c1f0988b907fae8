"""The limit: what Python could do at best, with the template's text in f-strings and values escaped with no questions.

From the same docxtpl template, as docxtpl reads it, a function is generated that joins f-strings; the one changed part
is deflated, and every other member copied as it is. It knows names, attributes, loops and conditions, and nothing of
faults, types, None, places or safety.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from typing import Any

from docxtpl import DocxTemplate

from docgen.package import Member, Package, read_package

_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")
_SPECIAL = re.compile("[&<>\n]")
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'


def _escaped(value: object) -> str:
    text = value if value.__class__ is str else str(value)
    if not _SPECIAL.search(text):
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", _BREAK)


def _expression(path: str, local: set[str]) -> str:
    name, *steps = path.strip().split(".")
    start = name if name in local else f"data[{name!r}]"
    return start + "".join(f"[{step!r}]" for step in steps)


def _source(xml: str) -> str:
    """The Python of a part: `render(data)` returns its text."""
    lines, depth, literal, local = ["def render(data):", " out = []; add = out.append"], 1, "", set[str]()

    def flush() -> None:
        nonlocal literal
        if literal:
            lines.append(f"{' ' * depth}add(f{literal!r})" if "\0" not in literal else _filled(depth, literal))
        literal = ""

    for piece in _TAG.split(xml):
        if piece.startswith("{{"):
            literal += f"\0{_expression(piece[2:-2], local)}\0"
            continue
        if not piece.startswith("{%"):
            literal += piece.replace("{", "{{").replace("}", "}}")
            continue
        flush()
        words = piece[2:-2].split()
        match words:
            case ["for", name, "in", path]:
                lines.append(f"{' ' * depth}for {name} in {_expression(path, local)}:")
                local.add(name)
            case ["if", path]:
                lines.append(f"{' ' * depth}if {_expression(path, local)}:")
        depth += -1 if words[0].startswith("end") else 1
    flush()
    return "\n".join([*lines, " return ''.join(out)"])


def _filled(depth: int, literal: str) -> str:
    pieces = literal.split("\0")
    texts = [repr(piece)[1:-1] if at % 2 == 0 else "" for at, piece in enumerate(pieces)]
    texts = [piece.replace('"', '\\"') for piece in texts]
    values = [f"{{e({piece})}}" if at % 2 else texts[at] for at, piece in enumerate(pieces)]
    return f'{" " * depth}add(f"""{"".join(values)}""")'


def limit(template: bytes, data: dict[str, Any]) -> Callable[[], bytes]:
    """A function that makes the document once more."""
    reading = DocxTemplate(io.BytesIO(template))
    reading.init_docx()
    names: dict[str, Any] = {"e": _escaped}
    exec(_source(reading.patch_xml(reading.get_xml())), names)
    package = read_package(template)
    name = "word/document.xml"
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

    def render() -> bytes:
        changed = (declaration + names["render"](data)).encode()
        deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = deflater.compress(changed) + deflater.flush()
        member = Member(name, 8, zlib.crc32(changed), len(changed), packed)
        return Package("", {**package.members, name: member}).to_bytes()

    return render
