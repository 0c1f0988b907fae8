"""The output of a part once its sentinels are resolved, piece by piece: see docgen.word.tagging.settling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from docgen.word.tagging.grids import SENTINEL, fit_grids

_SENTINEL = re.compile(r"<\?dgs([oixvp]) (.*?)\?>", re.DOTALL)
_OPENS = "<?dgs"
_HELD = 64


class Seam(str):
    """Output in which a table begins or ends or a sentinel may stand; in output that is a plain `str` none does."""

    __slots__ = ()


def has_sentinels(text: str) -> bool:
    """Whether sentinels stand in a piece of output."""
    return text.__class__ is not str and _OPENS in text


def settle(xml: str) -> str:
    """The whole output of a part with its sentinels resolved."""
    settled = "".join(settled_pieces((Seam(xml),)))
    return fit_grids(settled) if f"<?{SENTINEL}" in settled else settled


def settled_pieces(pieces: Iterable[str]) -> Iterator[str]:
    """The same for output that comes in pieces, of which no more is held back than what may have to go."""
    out: list[str] = []
    opened: list[_Opened] = []
    empty = False
    before = ""  # the last text that went out
    for piece in pieces:
        if piece.__class__ is str or _OPENS not in piece:
            out.append(piece)
        else:
            position = 0
            for match in _SENTINEL.finditer(piece):
                out.append(Seam(piece[position : match.start()]))
                position = match.end()
                match match.group(1):
                    case "o":
                        opened.append(_Opened(len(out)))
                    case "i":
                        opened[-1].inside = len(out)
                    case "x":
                        empty = not opened[-1].is_filled(out)
                    case "v":
                        start = opened.pop().start
                        if empty:
                            del out[start:]
                        empty = False
                    case _:
                        if not ends_in_paragraph(next((one for one in reversed(out) if _shows(one)), before)):
                            out.append(match.group(2))
            out.append(Seam(piece[position:]))
        if len(out) > _HELD and all(one.is_filled(out) for one in reversed(opened)):
            before = next((one for one in reversed(out) if _shows(one)), before)
            yield from out
            out.clear()
    yield from out


class _Opened:
    """A table, row or content control that may have to go: where it starts in what is held, and its inside."""

    __slots__ = ("_filled", "inside", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.inside: int | None = None
        self._filled = False

    def is_filled(self, out: list[str]) -> bool:
        """Whether something stands inside; once it does, what came before may go out."""
        while not self._filled and self.inside is not None and self.inside < len(out):
            self._filled = _shows(out[self.inside])
            self.inside += 1
        return self._filled


def _shows(text: str) -> bool:
    return bool(text) and not text.isspace()


def ends_in_paragraph(xml: str) -> bool:
    """Whether the last element of some output is a paragraph, or a content control, which never stays without one."""
    last = xml[xml.rfind("<") :].rstrip()
    return last in ("</w:p>", "</w:sdt>") or (last.endswith("/>") and last[:5] in ("<w:p/", "<w:p "))
