"""An Excel form with a list of 10,000 rows, beside xlsxwriter writing the same cells, and the form read back.

docgen reads the rows as values of their fields and lays out every sheet of the form; xlsxwriter gets the finished cells
and formats of the longest sheet alone. The two take turns, and a ratio is taken between the times of one round.

    python benchmarks/forms.py [--rows 10000] [--rounds 5]
"""

from __future__ import annotations

import argparse
import gc
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent)]

import openpyxl  # noqa: E402
import xlsxwriter  # noqa: E402

from docgen.diagnostics import FilePlace  # noqa: E402
from docgen.forms.excel.reader import read_excel  # noqa: E402
from docgen.forms.excel.writer import excel_form  # noqa: E402
from docgen.kinds.kind import load_kind  # noqa: E402
from docgen.sources import Entry, Mapping, Node, Scalar, Sequence, read  # noqa: E402

TEMPLATES = HERE.parent / "templates"
SOURCE = HERE.parent / "inputs" / "delingsaftale" / "middelfart-syddanmark.yaml"
LIST, SHEET = "aktiver", "Aktiver"


def lengthened(root: Node, rows: int) -> Mapping:
    """The input with its list of assets repeated until it has that many rows, each with a number of its own."""
    assert isinstance(root, Mapping)
    assets = root.get(LIST)
    assert isinstance(assets, Sequence)
    place = FilePlace("benchmark")
    several = frozenset({"opgavefordeling"})
    made: list[Node] = []
    for number in range(rows):
        asset = assets.items[number % len(assets.items)]
        assert isinstance(asset, Mapping)
        kept = [entry for entry in asset if entry.key.text not in (several | {"id"})]
        made.append(Mapping((Entry(Scalar("id", place), Scalar(f"AK-{number}", place)), *kept), place))
    others = [entry for entry in root if entry.key.text != LIST]
    return Mapping((*others, Entry(Scalar(LIST, place), Sequence(tuple(made), place))), place)


def cells_of(data: bytes) -> tuple[list[list[tuple[object, int]]], list[dict[str, Any]]]:
    """The values of the longest sheet with the numbers of their formats, and those formats as xlsxwriter takes them."""
    sheet = openpyxl.load_workbook(io.BytesIO(data))[SHEET]
    known: dict[tuple[object, ...], int] = {}
    rows: list[list[tuple[object, int]]] = []
    for row in sheet.iter_rows(min_row=6):
        cells: list[tuple[object, int]] = []
        for cell in row:
            look = (
                cell.number_format,
                cell.font.b,
                cell.alignment.indent,
                cell.fill.fgColor.rgb,
                cell.border.top.style,
            )
            cells.append((cell.value, known.setdefault(look, len(known))))
        rows.append(cells)
    formats = [
        {"num_format": form, "bold": bool(bold), "indent": indent, "border": 1, "text_wrap": True, "valign": "top"}
        for form, bold, indent, _, _ in known
    ]
    return rows, formats


def by_xlsxwriter(rows: list[list[tuple[object, int]]], looks: list[dict[str, Any]]) -> bytes:
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    formats = [workbook.add_format(look) for look in looks]
    sheet = workbook.add_worksheet(SHEET)
    for at, row in enumerate(rows):
        for number, (value, look) in enumerate(row):
            if value is None:
                sheet.write_blank(at, number, None, formats[look])
            elif isinstance(value, str):
                sheet.write_string(at, number, value, formats[look])
            elif isinstance(value, int | float | Decimal):
                sheet.write_number(at, number, value, formats[look])
            else:
                sheet.write_datetime(at, number, value, formats[look])
    workbook.close()
    return stream.getvalue()


def timed(work: Callable[[], object]) -> float:
    """The seconds that it takes, with a clean slate."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    kind = load_kind("delingsaftale", [TEMPLATES])
    root = lengthened(read(SOURCE).root, given.rows)
    data = excel_form(kind, root).data
    rows, looks = cells_of(data)
    assert openpyxl.load_workbook(io.BytesIO(by_xlsxwriter(rows, looks)))[SHEET].max_row == len(rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "skema.xlsx"
        path.write_bytes(data)
        made, theirs, back = [], [], []
        for _ in range(given.rounds):
            made.append(timed(lambda: excel_form(kind, root)))
            theirs.append(timed(lambda: by_xlsxwriter(rows, looks)))
            back.append(timed(lambda: read_excel(path, "", [TEMPLATES], lambda _: kind)))
    ratios = [one / other for one, other in zip(made, theirs, strict=True)]
    cells = sum(len(row) for row in rows)
    print(f"{given.rows} rows, {cells} cells, {len(data) / 1e6:.1f} MB")
    print(f"docgen, the whole form       {statistics.median(made):6.2f} s")
    print(f"xlsxwriter, the same cells   {statistics.median(theirs):6.2f} s")
    print(f"ratio                        {statistics.median(ratios):6.2f}  ({min(ratios):.2f}-{max(ratios):.2f})")
    print(f"docgen, read back            {statistics.median(back):6.2f} s")


if __name__ == "__main__":
    main()
