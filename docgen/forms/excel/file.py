"""A workbook of openpyxl as the bytes of a file: the same bytes every time."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.package import Package, pack

if TYPE_CHECKING:
    from openpyxl import Workbook

    from docgen.package import Member

_NO_TIME = datetime(2000, 1, 1)  # a clock would make every run another file


def excel_bytes(workbook: Workbook, *, title: str = "", created: datetime = _NO_TIME) -> bytes:
    """The workbook as a file; `title` and `created` are its properties. The workbook cannot be changed afterwards."""
    from openpyxl.writer.excel import ExcelWriter

    properties = workbook.properties
    properties.creator, properties.title = "docgen", title or None
    properties.created = properties.modified = created
    members: Any = _Members()
    ExcelWriter(workbook, members).save()
    return Package("", members.found).to_bytes()


class _Members:
    """What openpyxl takes for the zip file that it writes to."""

    def __init__(self) -> None:
        self.found: dict[str, Member] = {}

    def writestr(self, name: str, data: str | bytes) -> None:
        """One member from its content."""
        self.found[name] = pack(name, data.encode() if isinstance(data, str) else data)

    def write(self, path: str, name: str) -> None:
        """One member from a file."""
        self.writestr(name, Path(path).read_bytes())

    def namelist(self) -> list[str]:
        """The names of the members so far."""
        return list(self.found)

    def close(self) -> None:
        """Nothing: the members are kept."""
