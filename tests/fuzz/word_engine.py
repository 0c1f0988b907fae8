"""Looks for ways through the Word engine that end in anything but a DocgenError or a whole document, led by coverage.

    pip install atheris
    python tests/fuzz/word_engine.py -max_total_time=120 -rss_limit_mb=2000 [CORPUS FOLDER]

Atheris (Apache-2.0) is no dependency of the project. The options are libFuzzer's; what it finds it writes to a file
`crash-…`, which it takes as an argument to run that case alone.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

with atheris.instrument_imports(include=["docgen.word", "docgen.templating", "docgen.package"]):
    import docgen.word
    from docgen.word import WordTemplate

    for found in pkgutil.walk_packages(docgen.word.__path__, "docgen.word."):
        importlib.import_module(found.name)  # most are imported where they are needed

from jinja2 import ChainableUndefined  # noqa: E402
from lxml import etree  # noqa: E402

from benchmarks.fuzz import DATA, SCRAPS  # noqa: E402
from docgen.diagnostics import DocgenError  # noqa: E402
from tests.unit.word.build import docx, p, pack, parts, tbl, tc, tr, unpack  # noqa: E402

_WHOLE = pack(parts(p("{{ navn }}") + tbl(tr("{%tr for a in aktiver %}"), tr("{{ a.navn }}"), tr("{%tr endfor %}"))))
_SHOWN = {"\n", "\t"}


def text(provider: atheris.FuzzedDataProvider) -> str:
    """A run of text: pieces of tags that are known to matter, and whatever else."""
    pieces = []
    for _ in range(provider.ConsumeIntInRange(1, 4)):
        known = provider.ConsumeBool()
        pieces.append(provider.PickValueInList(list(SCRAPS)) if known else provider.ConsumeUnicodeNoSurrogates(12))
    return "".join(sign for sign in "".join(pieces) if sign.isprintable() or sign in _SHOWN)


def block(provider: atheris.FuzzedDataProvider, depth: int = 0) -> str:
    """A paragraph of some runs, or a table of some cells."""
    if depth < 2 and provider.ConsumeIntInRange(0, 3) == 0:
        rows = [
            tr(*(tc(block(provider, depth + 1), p("")) for _ in range(provider.ConsumeIntInRange(1, 3))))
            for _ in range(provider.ConsumeIntInRange(1, 3))
        ]
        return tbl(*rows)
    runs = [text(provider) for _ in range(provider.ConsumeIntInRange(1, 3))]
    return p(*(f"<w:r><w:t>{one}</w:t></w:r>" if _is_xml(one) else one.lstrip("<") for one in runs))


def _is_xml(piece: str) -> bool:
    try:
        etree.fromstring(f'<x xmlns:w="w">{piece}</x>')
    except (etree.XMLSyntaxError, ValueError):
        return False
    return True


def one_input(data: bytes) -> None:
    """One round: a file from `data`, compiled and rendered; every part that comes out must be XML."""
    provider = atheris.FuzzedDataProvider(data)
    if provider.ConsumeIntInRange(0, 4) == 0:
        source = bytearray(_WHOLE)
        for _ in range(provider.ConsumeIntInRange(1, 8)):
            source[provider.ConsumeIntInRange(0, len(source) - 1)] = provider.ConsumeIntInRange(0, 255)
        file = bytes(source)
    else:
        try:
            file = docx("".join(block(provider) for _ in range(provider.ConsumeIntInRange(1, 6))))
        except UnicodeEncodeError:
            return
    try:
        made = WordTemplate(file, name="a.docx", undefined=ChainableUndefined).render(DATA).to_bytes()
    except DocgenError:
        return
    if file != bytes(_WHOLE):
        for name, written in unpack(made).items():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(written)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
