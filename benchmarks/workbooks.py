"""Reading a long list out of a workbook, side by side: openpyxl, python-calamine and docgen, each in this process.

Every reader gives the same values (numbers to 15 digits, dates as dates) before anything is timed; docgen reads with
and without isal, which unpacks faster than the standard library. Then they take turns, in an order that rotates, and a
ratio is taken between the times of one round. Two more hold the list against a kind: one with these columns and
conditions that computes nothing, and docgen's own for a sharing agreement, which has three times as many fields and
computes sums. Last comes the same list in a form of docgen's own, whose rows have another shape: texts stand in their
cells, and empty cells have a look. Processor time is told, so that other work on the machine counts less.

    python benchmarks/workbooks.py [--rows 20000] [--rounds 7] [--writer xlsxwriter|openpyxl]
"""

from __future__ import annotations

import argparse
import gc
import io
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

import openpyxl  # noqa: E402
import xlsxwriter  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from docgen.diagnostics import FilePlace, has_errors  # noqa: E402
from docgen.forms.excel.writer import excel_form  # noqa: E402
from docgen.kinds.folders import BOX  # noqa: E402
from docgen.kinds.kind import load_kind  # noqa: E402
from docgen.kinds.model import Kind  # noqa: E402
from docgen.kinds.validate import validate  # noqa: E402
from docgen.package import ZLIB  # noqa: E402
from docgen.sources import Entry, Mapping, Scalar, Sequence, Table, read  # noqa: E402
from docgen.sources.workbook import Sheet, read_workbook  # noqa: E402
from docgen.sources.workbooks.formats import written  # noqa: E402

TODAY = date(2026, 11, 22)
YARDSTICK = "openpyxl, read-only"
TITLE = "Aktiver"
COLUMNS = (
    "id art betegnelse antal placering identifikation ejerforhold anskaffet aktiveret kontofunktion kostpris "
    "afskrivning bogført_værdi opgave tilknytning"
).split()
PLAIN_KIND = """
type: {titel: Aktivliste}
typer:
  aktiv:
    id: {type: tekst, nøgle: ja, påkrævet: ja}
    art: {type: valg, værdier: {grund_bygning: grund eller bygning, it: it-udstyr, inventar: inventar}, påkrævet: ja}
    betegnelse: {type: tekst, påkrævet: ja}
    antal: {type: tal, standard: 1, mindst: 0}
    placering: {type: tekst, påkrævet: "art != 'grund_bygning'"}
    identifikation: {type: tekst}
    ejerforhold: {type: valg, værdier: [ejet, leaset, lejet, delt], standard: ejet}
    anskaffet: {type: dato, præcision: [dag, måned, år]}
    aktiveret: {type: ja_nej, standard: ja}
    kontofunktion: {type: tekst}
    kostpris: {type: beløb}
    afskrivning: {type: beløb}
    bogført_værdi: {type: beløb, når: "aktiveret", påkrævet: "aktiveret"}
    opgave: {type: tekst, påkrævet: ja}
    tilknytning: {type: valg, værdier: [udelukkende, delvis], påkrævet: ja}
felter:
  aktiver: {type: liste, af: aktiv, påkrævet: ja}
"""


def assets(count: int) -> Iterator[list[Any]]:
    """The rows of an asset list, the same every time."""
    chance = random.Random(5)
    for number in range(1, count + 1):
        cost = round(chance.uniform(1_000, 900_000), 2)
        written_off = round(cost * chance.random(), 2)
        bought = date(2015 + chance.randrange(10), chance.randrange(1, 13), chance.randrange(1, 28))
        what = f"{chance.choice(['Seng', 'Skærm', 'Bærbar pc', 'Møbler'])} {chance.randrange(400)}"
        yield [
            f"AK-{number:05}", chance.choice(["it-udstyr", "inventar"]), what, chance.randrange(1, 20),
            f"Sundhedscentret, {chance.randrange(60)}. sal", f"SN{number * 7919:08}",
            chance.choice(["ejet", "leaset", "lejet"]), bought, "ja", "4.62.82", cost, written_off,
            round(cost - written_off, 2), "C", "udelukkende",
        ]  # fmt: skip


def write(path: Path, count: int, writer: str) -> None:
    """The list as a workbook by xlsxwriter, which shares texts as Excel does, or by openpyxl, which does not."""
    if writer == "openpyxl":
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = TITLE
        for row in (COLUMNS, *assets(count)):
            sheet.append(row)
        book.save(path)
        return
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(TITLE)
        day, amount = book.add_format({"num_format": "dd-mm-yyyy"}), book.add_format({"num_format": "#,##0.00"})
        sheet.write_row(0, 0, COLUMNS)
        for at, row in enumerate(assets(count), 1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value, day)
                elif isinstance(value, str):
                    sheet.write_string(at, column, value)
                else:
                    sheet.write_number(at, column, value, amount if isinstance(value, float) else None)


def form(count: int, kind: Kind, others: tuple[Entry, ...]) -> bytes:
    """The list in a form of docgen's own."""
    place = FilePlace("benchmark")

    def row(values: list[Any]) -> Mapping:
        texts = [written(Decimal(str(value)) if isinstance(value, float) else value) for value in values]
        pairs = zip(COLUMNS, texts, strict=True)
        return Mapping(tuple(Entry(Scalar(name, place), Scalar(text, place)) for name, text in pairs), place)

    rows = Sequence(tuple(map(row, assets(count))), place)
    return excel_form(kind, Mapping((*others, Entry(Scalar("aktiver", place), rows)), place)).data


def by_openpyxl(data: bytes, *, read_only: bool) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=read_only, data_only=True)
    return list(book[TITLE].iter_rows(values_only=True))


def by_calamine(data: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(TITLE).to_python(skip_empty_area=False)


def by_docgen(data: bytes) -> Sheet:
    return read_workbook(data).sheets[TITLE]


def by_docgen_alone(data: bytes) -> Sheet:
    """As docgen reads where isal is not installed."""
    with patch("docgen.package.deflating", lambda: ZLIB):
        return by_docgen(data)


def checked(data: bytes, kind: Kind, others: tuple[Entry, ...]) -> int:
    """Read the list and hold it against a kind: the number of its elements. Exits when there is a fault."""
    sheet = by_docgen(data)
    columns = tuple((str(name), at) for at, name in enumerate(sheet.rows[0], 1))
    place = sheet.place(1, 1)
    table = Table(sheet, columns, range(2, len(sheet.rows) + 1), place)
    root = Mapping((*others, Entry(Scalar("aktiver", place), table)), place)
    found = validate(root, kind, profile=None, today=TODAY)
    if has_errors(found.diagnostics):
        sys.exit(f"{kind.name}: {found.diagnostics[0]}")
    elements = found.record.values["aktiver"]
    assert isinstance(elements, list)
    return len(elements)


def plain(value: Any) -> object:
    """A value as every reader can give it."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float | int | Decimal) and not isinstance(value, bool):
        return float(f"{value:.15g}")
    return value


def race(readers: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of processor time for every reader and round."""
    times: dict[str, list[float]] = {name: [] for name in readers}
    names = list(readers)
    for number in range(rounds):
        for place in range(len(names)):
            name = names[(place + number) % len(names)]
            gc.collect()
            start = time.process_time()
            readers[name]()
            times[name].append((time.process_time() - start) * 1000)
    return times


def spread(values: list[float], digits: int) -> str:
    return f"{statistics.median(values):8.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def tell(times: dict[str, list[float]]) -> None:
    """Print the times, and how they compare with the yardstick's."""
    print(f"  {'reader':<22} {'ms: median (range)':<28} times as fast as {YARDSTICK}")
    for reader, taken in times.items():
        ratios = [theirs / mine for mine, theirs in zip(taken, times[YARDSTICK], strict=True)]
        print(f"  {reader:<22} {spread(taken, 0):<28} {spread(ratios, 1)}", flush=True)


def race_form(data: bytes, rounds: int) -> None:
    """The race over a form: openpyxl reads the sheet of the list, docgen all sheets of the form."""
    readers: dict[str, Callable[[], Any]] = {
        YARDSTICK: lambda: by_openpyxl(data, read_only=True),
        "docgen": lambda: list(by_docgen(data).rows),
        "docgen, without isal": lambda: list(by_docgen_alone(data).rows),
    }
    pairs = zip(readers[YARDSTICK](), readers["docgen"](), strict=True)
    if any(list(map(plain, one)) != list(map(plain, other)) for one, other in pairs):
        sys.exit("docgen gives other values of its own form")
    tell(race(readers, rounds))


def kinds(folder: Path) -> tuple[Kind, Kind, tuple[Entry, ...]]:
    """A kind that computes nothing, docgen's own, and what an input of that has beside the list."""
    (folder / "aktivliste").mkdir()
    (folder / "aktivliste" / "felter.yaml").write_text(PLAIN_KIND, encoding="utf-8")
    own = load_kind("delingsaftale", BOX)
    example = read(ROOT / "templates" / "delingsaftale" / "eksempel.yaml").root
    assert isinstance(example, Mapping)
    left_out = ("aktiver", "passiver", "rettigheder_og_pligter", "udvekslinger")
    return load_kind("aktivliste", [folder]), own, tuple(one for one in example if one.key.text not in left_out)


def main() -> None:
    """Run the comparison, with as little garbage collection as the command docgen has."""
    gc.set_threshold(100_000, 50, 50)
    parser = argparse.ArgumentParser(description="reading a long list out of a workbook")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--writer", choices=("xlsxwriter", "openpyxl"), default="xlsxwriter")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "aktiver.xlsx")
        write(path, options.rows, options.writer)
        data = path.read_bytes()
        simple, own, others = kinds(Path(name))
    readers: dict[str, Callable[[], object]] = {
        YARDSTICK: lambda: by_openpyxl(data, read_only=True),
        "openpyxl, normal": lambda: by_openpyxl(data, read_only=False),
        "python-calamine": lambda: by_calamine(data),
        "docgen": lambda: list(by_docgen(data).rows),
        "docgen, without isal": lambda: list(by_docgen_alone(data).rows),
        "docgen, checked": lambda: checked(data, simple, ()),
        "docgen, delingsaftale": lambda: checked(data, own, others),
    }
    wanted = [[plain(value) for value in row] for row in (COLUMNS, *assets(options.rows))]
    for reader in (YARDSTICK, "openpyxl, normal", "python-calamine", "docgen", "docgen, without isal"):
        rows: Any = readers[reader]()
        if [[plain(value) for value in row] for row in rows] != wanted:
            sys.exit(f"{reader} gives other values")
    for reader in ("docgen, checked", "docgen, delingsaftale"):
        if readers[reader]() != options.rows:
            sys.exit(f"{reader} gives another number of elements")
    print(f"{options.rows:,} rows of {len(COLUMNS)} columns, {len(data):,} bytes by {options.writer}; the same values")
    tell(race(readers, options.rounds))
    data = form(options.rows, own, others)
    print(f"the same rows in a form of docgen's own, {len(data):,} bytes")
    race_form(data, options.rounds)


if __name__ == "__main__":
    main()
