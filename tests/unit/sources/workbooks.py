"""Workbooks as different programs write them: the parts of a small one, put together by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(
    *sheets: str,
    strings: str = "",
    styles: str = "",
    names: str = "",
    properties: str = "",
    tables: Mapping[str, str] | None = None,
    strict: bool = False,
    **extra: str | bytes,
) -> bytes:
    """A workbook with these sheets (the XML inside `worksheet`), called Ark1, Ark2 …; `tables` belong to the first."""
    main, office = (STRICT, _STRICT_OFFICE) if strict else (MAIN, _OFFICE)
    listed = "".join(
        f'<sheet name="Ark{number}" sheetId="{number}" r:id="rId{number}"/>' for number in range(1, len(sheets) + 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _related([("officeDocument", "xl/workbook.xml")], office),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{properties}<sheets>{listed}</sheets>'
        f"<definedNames>{names}</definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": _related(
            [
                *(("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)),
                ("sharedStrings", "sharedStrings.xml"),
                ("styles", "/xl/styles.xml"),
            ],
            office,
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
    }
    for number, inner in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = f'<worksheet xmlns="{main}">{inner}</worksheet>'
    if tables:
        found = [("table", f"../tables/{name}.xml") for name in tables]
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = _related(found, office)
        parts |= {f"xl/tables/{name}.xml": text for name, text in tables.items()}
    return packed(parts | {name.replace("__", "/").replace("_dot_", "."): data for name, data in extra.items()})


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else None)
    return made.getvalue()


def _related(found: list[tuple[str, str]], office: str) -> str:
    made = (
        f'<Relationship Id="rId{number}" Type="{office}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(found, 1)
    )
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{"".join(made)}</Relationships>'


def formats(*codes: str) -> str:
    """Styles 1, 2 … with these number formats; style 0 is the general one."""
    made = "".join(f'<numFmt numFmtId="{200 + at}" formatCode="{code}"/>' for at, code in enumerate(codes))
    styles = "".join(f'<xf numFmtId="{200 + at}"/>' for at in range(len(codes)))
    return f'<numFmts>{made}</numFmts><cellXfs><xf numFmtId="0"/>{styles}</cellXfs>'


def rows(*cells: str) -> str:
    """A sheet with one row for each text of cells; `{r}` in it is the number of the row."""
    made = (f'<row r="{at}">{text.replace("{r}", str(at))}</row>' for at, text in enumerate(cells, 1))
    return f"<sheetData>{''.join(made)}</sheetData>"
