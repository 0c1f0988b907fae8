"""The output of a part once its sentinels are resolved: see docgen.word.settling."""

from __future__ import annotations

import re

_SENTINEL = re.compile(r"<\?dgs([oixvp]) (.*?)\?>", re.DOTALL)


def settle(xml: str) -> str:
    """The output of a part with its sentinels resolved."""
    out: list[str] = []
    opened: list[list[int]] = []
    empty = False
    position = 0
    for match in _SENTINEL.finditer(xml):
        out.append(xml[position : match.start()])
        position = match.end()
        match match.group(1):
            case "o":
                opened.append([len(out), len(out)])
            case "i":
                opened[-1][1] = len(out)
            case "x":
                empty = all(not chunk or chunk.isspace() for chunk in out[opened[-1][1] :])
            case "v":
                start, _ = opened.pop()
                if empty:
                    del out[start:]
                empty = False
            case _:
                last = next((chunk for chunk in reversed(out) if chunk and not chunk.isspace()), "")
                if not ends_in_paragraph(last):
                    out.append(match.group(2))
    out.append(xml[position:])
    return "".join(out)


def ends_in_paragraph(xml: str) -> bool:
    """Whether the last element of some output is a paragraph."""
    last = xml[xml.rfind("<") :].rstrip()
    return last == "</w:p>" or (last.endswith("/>") and last[:5] in ("<w:p/", "<w:p "))
