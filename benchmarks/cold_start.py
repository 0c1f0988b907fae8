"""How long a whole process takes, from the shell to the written file: docgen beside a bare docxtpl script.

Both read inputs/kommissorium/implementeringspartnerskab.yaml and fill the same Word file. `udfyld` does what the script
does: any template with any data, here a plain template that both fill to the same text (compared before anything is
timed). `kommissorium` also validates the input against the kind and its rules: once with the plain template, once with
the kind's own in its design (docxtpl leaves empty paragraphs and raw Markdown there, so only the time is compared). The
runs alternate, after one uncounted run each, which fills docgen's cache; ratios are taken pair by pair, of the time by
the clock and of the processor's work: on a machine that others use too, that is the one to go by.
`--without-cache` shows docgen as it is on its very first run.

    python benchmarks/cold_start.py [--runs 15] [--without-cache]

needs `pip install docxtpl` (the extra `benchmark`).
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

import docx

from docgen.package import read_package
from docgen.pipeline import TEMPLATE
from docgen.word.archive.opc import as_document
from docgen.word.look.design import apply_design
from docgen.word.reading.reader import read_document
from docgen.word.reading.transcript import to_text

ROOT = Path(__file__).parent.parent
INPUT = ROOT / "inputs/kommissorium/implementeringspartnerskab.yaml"
PEER = Path(__file__).parent / "peers" / "docxtpl_script.py"


def plain_template(path: Path) -> None:
    """A template that both fill to the same text."""
    document = docx.Document()
    document.add_heading("{{ titel }}", 0)
    document.add_paragraph("{{ dato }}")
    document.add_heading("Afsendere", 1)
    for line in ("{%p for afsender in afsendere %}", "{{ afsender }}", "{%p endfor %}"):
        document.add_paragraph(line, style="List Bullet")
    document.add_heading("Medlemmer", 1)
    table = document.add_table(rows=4, cols=3)
    for cell, text in zip(table.rows[0].cells, ("Navn", "Titel", "Organisation"), strict=True):
        cell.text = text
    table.cell(1, 0).text = "{%tr for medlem in medlemmer %}"
    for cell, name in zip(table.rows[2].cells, ("navn", "titel", "organisation"), strict=True):
        cell.text = f"{{{{ medlem.{name} }}}}"
    table.cell(3, 0).text = "{%tr endfor %}"
    document.save(str(path))


def own_template(path: Path) -> None:
    """The kind's own template in its design."""
    package = as_document(read_package(ROOT / "templates/kommissorium" / TEMPLATE))
    path.write_bytes(apply_design(package, read_package(ROOT / "templates/design/design.docx")).to_bytes())


class Taken(NamedTuple):
    """The seconds of one whole process: by the clock, and those that its processors worked."""

    clock: float
    work: float


def measure(command: list[str], environment: dict[str, str]) -> Taken:
    """Run one whole process."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)
    clock, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Taken(clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def told(what: str, mine: list[float], other: list[float]) -> str:
    """Medians in milliseconds, and the median and the range of the ratios pair by pair."""
    ratios = sorted(one / two for one, two in zip(mine, other, strict=True))
    medians = f"{statistics.median(mine) * 1000:4.0f} and {statistics.median(other) * 1000:4.0f} ms"
    return f"{what} {medians}, ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})"


def compare(name: str, template: Path, folder: Path, runs: int, *, cache: bool, same_text: bool = True) -> None:
    """Time both on one template and print a row."""
    ours, theirs = folder / "docgen.docx", folder / "docxtpl.docx"
    environment = {**os.environ, "DOCGEN_CACHE": str(folder / "cache") if cache else ""}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    asked = ["kommissorium", str(INPUT), *(["--skabelon", str(template)] if same_text else [])]
    if name == "udfyld":
        asked = ["udfyld", str(template), str(INPUT)]
    docgen = [sys.executable, "-m", "docgen", *asked, "-o", str(ours), "--overskriv"]
    docxtpl = [sys.executable, str(PEER), str(template), str(INPUT), str(theirs)]
    for command in (docgen, docxtpl):
        measure(command, environment)
    if same_text:
        texts = [to_text(read_document(path)) for path in (ours, theirs)]
        if texts[0] != texts[1]:
            sys.exit(f"{name}: the texts differ\n--- docgen\n{texts[0]}\n--- docxtpl\n{texts[1]}")
    pairs: list[tuple[Taken, Taken]] = []
    for number in range(runs):
        order = (docgen, docxtpl) if number % 2 == 0 else (docxtpl, docgen)
        taken = {command[1]: measure(command, environment) for command in order}
        pairs.append((taken[docgen[1]], taken[docxtpl[1]]))
    mine, other = zip(*pairs, strict=True)
    clock = told("clock", [one.clock for one in mine], [one.clock for one in other])
    work = told("processor", [one.work for one in mine], [one.work for one in other])
    print(f"{name:<28} {clock};  {work};  {runs} pairs", flush=True)


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description="whole processes: docgen beside a bare docxtpl script")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--without-cache", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain, own = folder / "plain.docx", folder / "own.docx"
        plain_template(plain)
        own_template(own)
        cache = not options.without_cache
        compare("udfyld", plain, folder, options.runs, cache=cache)
        compare("kommissorium, plain template", plain, folder, options.runs, cache=cache)
        compare("kommissorium, own template", own, folder, options.runs, cache=cache, same_text=False)


if __name__ == "__main__":
    main()
