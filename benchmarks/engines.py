"""Engines side by side: the same documents from the same data, warm, each in one process.

The texts that the engines write are compared paragraph by paragraph (empty paragraphs aside, which some engines leave
where a tag stood) before anything is timed. Then the engines take turns, in an order that rotates, and a ratio
is taken between the times of one round. See README.md beside this file.

    python benchmarks/engines.py [--quick] [--only a,b,c1k,c10k,d] [--peers FOLDER]
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from docxtpl import DocxTemplate  # noqa: E402
from jinja2 import Environment  # noqa: E402
from limit import limit  # noqa: E402
from lxml import etree  # noqa: E402
from samples import Sample, agenda, agreement, kommissorium, sharing  # noqa: E402
from writing import Carbone, Docxtpl, Mustache, Syntax  # noqa: E402

from docgen import package  # noqa: E402
from docgen.word import WordTemplate  # noqa: E402

YARDSTICK = "docxtpl"
TURN = 50.0  # milliseconds
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SIGNS = {f"{W}br": "\n", f"{W}tab": "\t"}


class Engine(NamedTuple):
    """One engine with one document: `render` gives the milliseconds of one, `result` the file it made last."""

    name: str
    render: Callable[[], float]
    result: Callable[[], bytes]
    stop: Callable[[], None] = lambda: None


def in_process(name: str, make: Callable[[], bytes]) -> Engine:
    made = b""

    def render() -> float:
        nonlocal made
        start = time.perf_counter()
        made = make()
        return (time.perf_counter() - start) * 1000

    return Engine(name, render, lambda: made)


def in_other_process(name: str, command: list[str], environment: dict[str, str], folder: Path) -> Engine:
    """An engine that times itself; see peers/engines.js. Raises RuntimeError when it does not start or breaks."""
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True
    )
    assert process.stdin
    assert process.stdout
    source, sink = process.stdout, process.stdin

    def answer() -> str:
        said = source.readline().strip()
        if not said or said.startswith("failed"):
            raise RuntimeError(said or "it does not run")
        return said

    def ask(line: str) -> str:
        sink.write(f"{line}\n")
        sink.flush()
        return answer()

    def result() -> bytes:
        path = folder / f"{name}-made.docx"
        ask(f"save {path}")
        return path.read_bytes()

    def stop() -> None:
        process.kill()
        process.wait()
        source.close()
        sink.close()

    if answer() != "ready":
        raise RuntimeError("it does not start")
    return Engine(name, lambda: float(ask("render")), result, stop)


def docgen_engine(name: str, template: bytes, sample: Sample, packing: package.Deflating) -> Engine:
    compiled = WordTemplate(template)

    def make() -> bytes:
        return compiled.render(sample.data).to_bytes()

    engine = in_process(name, make)

    def render() -> float:
        with patch.object(package, "deflating", lambda: packing):
            return engine.render()

    return engine._replace(render=render)


def docxtpl_engine(template: bytes, sample: Sample) -> Engine:
    environment = Environment(autoescape=True)

    def make() -> bytes:
        document = DocxTemplate(io.BytesIO(template))
        document.render(sample.data, jinja_env=environment, autoescape=True)
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    return in_process(YARDSTICK, make)


def engines(sample: Sample, folder: Path, peers: Path, missing: dict[str, str]) -> list[Engine]:
    """Every engine that is there; why the others are not goes to `missing`."""
    template = sample.template(Docxtpl())
    source = folder / f"{sample.key}.json"
    source.write_text(json.dumps(sample.data), encoding="utf-8")
    found = [docgen_engine("docgen, zlib 6", template, sample, package.ZLIB)]
    if importlib.util.find_spec("isal"):
        found.append(docgen_engine("docgen, isal", template, sample, package.deflating()))
    else:
        missing["docgen, isal"] = "isal is not installed"
    found += [in_process("the limit", limit(template, sample.data)), docxtpl_engine(template, sample)]
    mustache, node = Mustache(), shutil.which("node")
    others: list[tuple[str, Syntax, Path]] = [
        ("rust-docxtpl", Docxtpl(), peers / "rust" / "bin" / "python"),
        ("docxtemplater", mustache, peers / "node_modules" / "docxtemplater"),
        ("carbone", Carbone(), peers / "node_modules" / "carbone"),
        ("easy-template-x", mustache, peers / "node_modules" / "easy-template-x"),
    ]
    for name, syntax, needed in others:
        path = folder / f"{sample.key}-{name}.docx"
        path.write_bytes(sample.template(syntax))
        program = [str(node), str(HERE / "peers" / "engines.js"), name]
        if name == "rust-docxtpl":
            program = [str(needed), str(HERE / "peers" / "rust_docxtpl.py")]
        elif node is None:
            missing[name] = "there is no Node.js"
            continue
        if not needed.exists():
            missing[name] = f"there is no {needed}"
            continue
        environment = {**os.environ, "NODE_PATH": str(peers / "node_modules")}
        try:
            found.append(in_other_process(name, [*program, str(path), str(source)], environment, folder))
        except RuntimeError as fault:
            missing[name] = str(fault)
    return found


def paragraphs(document: bytes) -> list[str]:
    """The texts of the paragraphs of a file's body that have any."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    texts = (
        "".join(node.text or "" if node.tag == f"{W}t" else SIGNS.get(node.tag, "") for node in paragraph.iter())
        for paragraph in root.iter(f"{W}p")
    )
    return [text for text in texts if text.strip()]


def agreeing(found: list[Engine], sample: Sample, missing: dict[str, str]) -> list[Engine]:
    """The engines that write the same text as docxtpl; the others are told of with the first difference."""
    texts: dict[str, list[str]] = {}
    for one in found:
        try:
            one.render()
            texts[one.name] = paragraphs(one.result())
        except RuntimeError as fault:
            missing[one.name] = str(fault)
    expected = texts[YARDSTICK]
    for name, text in texts.items():
        if text != expected:
            at = next((n for n, pair in enumerate(zip(text, expected, strict=False)) if pair[0] != pair[1]), -1)
            told = f"paragraph {at + 1}: {text[at]!r} for {expected[at]!r}" if at >= 0 else "in length"
            message = f"{len(text)} paragraphs for {len(expected)}, differs {told}"
            if name.startswith("docgen"):
                sys.exit(f"{sample.title}: {name}: {message}")
            missing[name] = f"{sample.key}: another text, so not timed ({message[:300]})"
    same = ", ".join(name for name in texts if name not in missing)
    print(f"\n{sample.title}: {len(expected)} paragraphs, the same text from {same}")
    kept = [one for one in found if one.name not in missing]
    for one in found:
        if one not in kept:
            one.stop()
    return kept


def race(found: list[Engine], rounds: int) -> dict[str, list[float]]:
    """The milliseconds of a document in every round, by engine.

    An engine's turn lasts `TURN`: the mean of as many documents as it makes in that time, one at least.
    """
    times: dict[str, list[float]] = {one.name: [] for one in found}
    for number in range(rounds):
        for place in range(len(found)):
            one = found[(place + number) % len(found)]
            gc.collect()
            one.render()  # what ran in between has emptied the processor's caches
            taken = [one.render()]
            while sum(taken) < TURN:
                taken.append(one.render())
            times[one.name].append(statistics.mean(taken))
    return times


def spread(values: list[float], digits: int) -> str:
    return f"{statistics.median(values):8.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def report(found: list[Engine], times: dict[str, list[float]]) -> None:
    yardstick = times[YARDSTICK]
    size = {one.name: len(one.result()) for one in found}
    print(f"  {'engine':<16} {'ms: median (range)':<28} {'times as fast as docxtpl':<28} {'file':>10}   of docxtpl's")
    for one in found:
        ratios = [theirs / mine for mine, theirs in zip(times[one.name], yardstick, strict=True)]
        share = size[one.name] / size[YARDSTICK]
        told = f"{spread(times[one.name], 2):<28} {spread(ratios, 1):<28} {size[one.name]:>10,}   {share:.2f}"
        print(f"  {one.name:<16} {told}", flush=True)


def main() -> None:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description="engines side by side, warm")
    parser.add_argument("--quick", action="store_true", help="a third of the rounds, and no 10,000 rows")
    parser.add_argument("--only", default="", help="the documents to make: a, b, c1k, c10k, d")
    parser.add_argument("--peers", type=Path, default=HERE / ".cache", help="where the other engines are installed")
    options = parser.parse_args()
    samples = [kommissorium(), agreement(), agenda(), sharing(1000), sharing(10_000)]
    chosen = options.only.split(",") if options.only else [one.key for one in samples]
    for sample in samples:
        if sample.key not in chosen or (options.quick and sample.key == "c10k" and not options.only):
            continue
        missing: dict[str, str] = {}
        with tempfile.TemporaryDirectory() as name:
            found = engines(sample, Path(name), options.peers.resolve(), missing)
            found = agreeing(found, sample, missing)
            report(found, race(found, max(3, sample.rounds // 3) if options.quick else sample.rounds))
            for one in found:
                one.stop()
        for engine, why in missing.items():
            print(f"  {engine:<16} not here: {why}")


if __name__ == "__main__":
    main()
