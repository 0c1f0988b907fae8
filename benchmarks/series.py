"""A series of supplier agreements beside a plain docxtpl loop over the same rows: documents a second, and memory.

Both read the same workbook and write the same texts; docgen also holds every row against the fields and rules of its
kind and writes an index. The texts are compared paragraph by paragraph before anything is timed. See README.md.

    python benchmarks/series.py [--rows 5000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import yaml  # noqa: E402
from docxtpl import DocxTemplate  # noqa: E402
from engines import W, paragraphs  # noqa: E402
from jinja2 import Environment  # noqa: E402
from lxml import etree  # noqa: E402
from openpyxl import Workbook  # noqa: E402

from docgen.cache import user_folder  # noqa: E402
from docgen.danish.reference import municipalities, region_of  # noqa: E402
from docgen.package import read_package  # noqa: E402
from docgen.pipeline import Request, generate  # noqa: E402
from docgen.series import series  # noqa: E402

KIND = "leverandoeraftale"
INPUTS = HERE.parent / "inputs" / KIND
WORKERS = 2
EXAMPLE = INPUTS / "akutsygepleje-middelfart.yaml"
OTHERS = (INPUTS / "anmodning-pladser-skive.yaml", INPUTS / "privat-pladser-nordjylland.yaml")
TODAY = date(2026, 11, 22)
OWN = ("driftsvaretagere", "sundhedsråd", "aftalenummer", "sagsnummer", "beslutninger")
HEADINGS = {
    "nr": "nr",
    "aftalenummer": "aftalenummer",
    "sagsnummer": "sagsnummer",
    "region": "ordregiver.region",
    "kommune": "driftsvaretagere.kommune",
    "enhed": "driftsvaretagere.enhed",
    "adresse": "driftsvaretagere.adresse",
    "postnr": "driftsvaretagere.postnr",
    "by": "driftsvaretagere.by",
    "borgmester": "driftsvaretagere.underskrivere.navn",
    "titel": "driftsvaretagere.underskrivere.titel",
    "råd": "sundhedsråd",
}
PATTERN = "{{ nøgle }} {{ aftalenummer }}"
MEASURED = """
import os, resource, subprocess, sys, time
run = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
def held(number):
    try:
        return int(open(f"/proc/{number}/statm").read().split()[1]) if os.getsid(number) == run.pid else 0
    except OSError:
        return 0
most = 0
while run.poll() is None:
    most = max(most, sum(held(int(name)) for name in os.listdir("/proc") if name.isdecimal()))
    time.sleep(0.02)
assert run.returncode == 0
print(most * resource.getpagesize() >> 20, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10)
"""
Row = dict[str, Any]


def rows(count: int) -> list[Row]:
    """What differs between the agreements: number, parties, addresses and amounts."""
    found = []
    known = municipalities()
    for number in range(1, count + 1):
        one = known[number % len(known)]
        region = region_of(one, date(2027, 1, 1))
        found.append(
            {
                "nr": str(number),
                "aftalenummer": f"AKUT-{number:05}",
                "sagsnummer": f"26/{10_000 + number}",
                "region": region.navn,
                "kommune": one.navn,
                "enhed": f"Sundhed og Omsorg {number:05}",
                "adresse": f"Eksempelvej {number:05}",
                "postnr": f"{1000 + number % 8999:04}",
                "by": f"Eksempelby {number:05}",
                "borgmester": f"Mette Mønster {number:05}",
                "titel": "borgmester",
                "råd": one.sundhedsraad,
                "beløb": (1_000_000 + number * 1_000, 1_200_000 + number * 1_000),
                "langt_navn": one.langt_navn,
                "cvr": "\u00a0".join(str(one.cvr).replace("\u00a0", "")[at : at + 2] for at in (0, 2, 4, 6)),
                "region_cvr": str(region.cvr or ""),
            }
        )
    return found


def write_inputs(wanted: list[Row], folder: Path) -> tuple[Path, Path]:
    """The workbook of the rows, and the input that they share."""
    book = Workbook(write_only=True)
    agreements, amounts = book.create_sheet("Aftaler"), book.create_sheet("økonomi.årsbeløb")
    agreements.append(list(HEADINGS.values()))
    amounts.append(["nr", "år", "beløb", "prisniveau"])
    for row in wanted:
        agreements.append([row[name] for name in HEADINGS])
        for year, amount in zip((2027, 2028), row["beløb"], strict=True):
            amounts.append([row["nr"], year, amount, 2027])
    path, common = folder / "aftaler.xlsx", folder / "faelles.yaml"
    book.save(path)
    shared = yaml.load(EXAMPLE.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for name in OWN:
        del shared[name]
    del shared["ordregiver"]["region"]
    for name in ("årsbeløb", "samlet_beløb", "fakturareference"):
        del shared["økonomi"][name]
    common.write_text(yaml.safe_dump(shared, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path, common


def values(row: Row) -> dict[str, str]:
    """What a row prints, by the name of its tag."""
    first, second = row["beløb"]
    return {
        **{name: row[name] for name in ("aftalenummer", "sagsnummer", "region", "enhed", "adresse", "postnr", "by")},
        **{name: row[name] for name in ("borgmester", "langt_navn", "cvr", "region_cvr", "råd")},
        "beløb_2027": _amount(first),
        "beløb_2028": _amount(second),
        "i_alt": _amount(first + second),
    }


def _amount(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def docxtpl_template(documents: list[bytes], row: Row) -> bytes:
    """A template for docxtpl with all that the kind's template and clauses say.

    It is the finished document of a row with tags for what the row gives, and the sections that other agreements of the
    kind have instead; each section stands in a condition, as the kind has it.
    """
    package = read_package(documents[0])
    root = etree.fromstring(package.data("word/document.xml"))
    names = {value: name for name, value in values(row).items() if value}
    known = re.compile("|".join(re.escape(value) for value in sorted(names, key=len, reverse=True)))
    for node in root.iter(f"{W}t"):
        node.text = known.sub(lambda found: f"{{{{ {names[found[0]]} }}}}", node.text or "")
    body = root.find(f"{W}body")
    assert body is not None
    end = body[-1]
    seen = {heading for heading, _ in sections(body)}
    for heading, blocks in sections(body):
        condition(blocks[0], "{%p if vis." + heading + " %}", before=True)
        condition(blocks[-1], "{%p endif %}", before=False)
    for other in documents[1:]:
        theirs = etree.fromstring(read_package(other).data("word/document.xml")).find(f"{W}body")
        for heading, blocks in sections(theirs):
            if heading in seen:
                continue
            seen.add(heading)
            copies = [deepcopy(block) for block in blocks]
            for block in copies:
                for link in block.iter(f"{W}hyperlink"):
                    link.attrib.clear()  # its relationship is in the other file
                end.addprevious(block)
            condition(copies[0], "{%p if vis." + heading + " %}", before=True)
            condition(copies[-1], "{%p endif %}", before=False)
    return package.changed({"word/document.xml": etree.tostring(root)}).to_bytes()


def sections(body: Any) -> list[tuple[str, list[Any]]]:
    """The sections of a document: a name for each, and its paragraphs and tables."""
    found: list[tuple[str, list[Any]]] = []
    for block in body[:-1]:
        style = block.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") in ("Heading1", "Overskrift1"):
            text = "".join(node.text or "" for node in block.iter(f"{W}t"))
            found.append(("s_" + "".join(sign for sign in text if sign.isalnum()), []))
        if found:
            found[-1][1].append(block)
    return found


def condition(block: Any, tag: str, *, before: bool) -> None:
    paragraph = etree.SubElement(etree.Element("x"), f"{W}p")
    etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t").text = tag
    block.addprevious(paragraph) if before else block.addnext(paragraph)


def rendered(template: bytes, row: Row, shown: dict[str, bool]) -> bytes:
    document = DocxTemplate(io.BytesIO(template))
    document.render({**values(row), "vis": shown}, jinja_env=Environment(autoescape=True), autoescape=True)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def loop(template: bytes, some: list[Row], shown: dict[str, bool], folder: Path) -> None:
    """What a script with docxtpl does: a document for each row, written."""
    for row in some:
        (folder / f"{row['nr']}.docx").write_bytes(rendered(template, row, shown))


def docxtpl_rate(template: bytes, wanted: list[Row], shown: dict[str, bool], folder: Path) -> float:
    """Documents a second, in `WORKERS` processes that are up already."""
    folder.mkdir(exist_ok=True)
    pieces = [wanted[at::WORKERS] for at in range(WORKERS)]
    with ProcessPoolExecutor(WORKERS, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(
            pool.map(loop, [template] * WORKERS, [piece[:1] for piece in pieces], [shown] * WORKERS, [folder] * WORKERS)
        )
        start = time.perf_counter()
        list(pool.map(loop, [template] * WORKERS, pieces, [shown] * WORKERS, [folder] * WORKERS))
        return len(wanted) / (time.perf_counter() - start)


def docgen_rate(inputs: tuple[Path, Path], count: int, folder: Path, processes: int) -> float:
    """Documents a second, with everything: starting the processes, reading, checking, writing, the index."""
    shutil.rmtree(folder, ignore_errors=True)
    start = time.perf_counter()
    made = make(inputs, folder, processes)
    assert made.ok, [found.code for one in made.outcomes for found in one.findings]
    return count / (time.perf_counter() - start)


def make(inputs: tuple[Path, Path], folder: Path, processes: int) -> Any:
    path, common = inputs
    return series(
        KIND, path, folder, today=TODAY, common=common, pattern=PATTERN, processes=processes, cache=user_folder()
    )


def peak(count: int) -> tuple[int, int]:
    """What `docgen flet` takes at its peak for so many documents, in megabytes: all processes, and the largest."""
    with tempfile.TemporaryDirectory() as name:
        path, common = write_inputs(rows(count), Path(name))
        command = [sys.executable, "-m", "docgen", "flet", KIND, str(path), "--fælles", str(common), "--navn", PATTERN]
        options = ["-o", str(Path(name, "ud")), "--processer", str(WORKERS)]
        # by a small process in between: the peak of a process begins with that of the one that starts it
        measured = [sys.executable, "-c", MEASURED, *command, *options]
        done = subprocess.run(measured, cwd=HERE.parent, stdout=subprocess.PIPE, check=True, text=True)
    most, largest = map(int, done.stdout.split())
    return most, largest


def compared(folder: Path) -> tuple[bytes, dict[str, bool]]:
    """The template for docxtpl, and the sections that it is to show; ends when the two write different texts."""
    some = rows(3)
    made = make(write_inputs(some, folder), folder / "prøve", 1)
    documents = [(folder / "prøve" / one.made.files[0]).read_bytes() for one in made.outcomes]
    others = [generate(Request(KIND, path, TODAY)).word.to_bytes() for path in OTHERS]
    template = docxtpl_template([documents[0], *others], some[0])
    body = etree.fromstring(read_package(documents[0]).data("word/document.xml")).find(f"{W}body")
    shown = {heading: True for heading, _ in sections(body)}
    for row, document in zip(some, documents, strict=True):
        if paragraphs(rendered(template, row, shown)) != paragraphs(document):
            sys.exit(f"row {row['nr']}: the texts differ")
    print(f"{len(paragraphs(documents[0]))} paragraphs in each document, the same text from both")
    return template, shown


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description="a series beside a docxtpl loop")
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template, shown = compared(folder)
        inputs = write_inputs(rows(options.rows), folder)
        few = rows(min(options.rows, 60 * WORKERS))
        ratios, gains = [], []
        for _ in range(options.rounds):
            theirs = docxtpl_rate(template, few, shown, folder / "docxtpl")
            ours = docgen_rate(inputs, options.rows, folder / "ud", WORKERS)
            alone = docgen_rate(inputs, options.rows, folder / "ud", 1)
            ratios.append(ours / theirs)
            gains.append(ours / alone)
            print(
                f"  docxtpl {theirs:7.1f}, docgen {ours:7.1f} documents a second with {WORKERS}, {alone:7.1f} with one"
            )
    print(f"times as fast: {statistics.median(ratios):.1f}; the second worker: {statistics.median(gains):.2f}")
    few_rows = max(1, options.rows // 10)
    for what, small, large in zip(("all processes", "the largest"), peak(few_rows), peak(options.rows), strict=True):
        print(f"peak memory, {what}: {small} MB for {few_rows}, {large} MB for {options.rows}: {large / small:.2f}")


if __name__ == "__main__":
    main()
