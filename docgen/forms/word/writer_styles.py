"""The styles of a Word form: those of its headings, help texts, labels and answers."""

from __future__ import annotations

_COLOUR = '<w:color w:val="1B3A57" w:themeColor="text2"/>'
_ACCENT = '<w:color w:val="2F6690" w:themeColor="accent1"/>'
_GREY = '<w:color w:val="5C6670"/>'
_FONT = (
    '<w:rFonts w:asciiTheme="majorHAnsi" w:eastAsiaTheme="majorEastAsia" w:hAnsiTheme="majorHAnsi" '
    'w:cstheme="majorBidi"/>'
)
_LINE = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="2" w:color="2F6690" w:themeColor="accent1"/></w:pBdr>'
_BOX = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="B3BDC7" w:themeColor="accent5"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_SIZES = (30, 26, 23, 22)  # half points, by depth


def _style(number: str, name: str, base: str, following: str, paragraph: str, run: str) -> str:
    look = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{number}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{base}"/><w:next w:val="{following}"/><w:uiPriority w:val="60"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr>{look}</w:style>"
    )


def _spacing(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="252" w:lineRule="auto"/>'


def _sized(size: int) -> str:
    return f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _headings(depth: int) -> str:
    size, level = _SIZES[depth - 1], f'<w:outlineLvl w:val="{min(2 * depth - 2, 8)}"/>'
    below = f'<w:outlineLvl w:val="{min(2 * depth - 1, 8)}"/>'
    kept = "<w:keepNext/><w:keepLines/>"
    bold = "<w:b/><w:bCs/>"
    return _style(
        f"SkemaOverskrift{depth}",
        f"Skema overskrift {depth}",
        "Normal",
        "BodyText",
        f"{kept}{_LINE * (depth == 1)}{_spacing(400 - 80 * depth, 60)}{level}",
        f"{_FONT}{bold}{_COLOUR}{_sized(size)}",
    ) + _style(
        f"SkemaNummer{depth}",
        f"Skema nummer {depth}",
        "Normal",
        "BodyText",
        f"{kept}{_spacing(300, 80)}{below}",
        f"{_FONT}{bold}{_ACCENT}{_sized(size - 2)}",
    )


STYLES = (
    _style(
        "SkemaTitel", "Skema titel", "Normal", "BodyText", _spacing(0, 0), f"{_FONT}<w:b/><w:bCs/>{_COLOUR}{_sized(44)}"
    )
    + _style(
        "SkemaUndertitel", "Skema undertitel", "Normal", "BodyText", _spacing(0, 160), f"{_FONT}{_ACCENT}{_sized(26)}"
    )
    + _style(
        "SkemaVejledning",
        "Skema vejledning",
        "Normal",
        "BodyText",
        f"<w:suppressAutoHyphens/>{_spacing(0, 60)}",
        f"<w:i/><w:iCs/>{_GREY}{_sized(17)}",
    )
    + _style(
        "SkemaFelt",
        "Skema felt",
        "Normal",
        "SkemaSvar",
        f"<w:suppressAutoHyphens/>{_spacing(20, 20)}",
        f"<w:b/><w:bCs/>{_sized(20)}",
    )
    + _style(
        "SkemaSvar", "Skema svar", "Normal", "SkemaSvar", f"<w:suppressAutoHyphens/>{_spacing(20, 20)}", _sized(20)
    )
    + _style(
        "SkemaKolonne",
        "Skema kolonne",
        "Normal",
        "SkemaSvar",
        f"<w:keepNext/><w:suppressAutoHyphens/>{_spacing(20, 20)}",
        f"<w:b/><w:bCs/>{_sized(18)}",
    )
    + _style(
        "SkemaLuft",
        "Skema luft",
        "Normal",
        "BodyText",
        '<w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/>',
        "",
    )
    + "".join(map(_headings, range(1, 5)))
    + '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>'
    '<w:uiPriority w:val="99"/><w:rPr><w:color w:val="6B7680"/></w:rPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="SkemaTabel"><w:name w:val="Skema"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="60"/><w:qFormat/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    f"<w:tblBorders>{_BOX}</w:tblBorders><w:tblCellMar>"
    '<w:top w:w="40" w:type="dxa"/><w:left w:w="100" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>'
    '<w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
"""The XML of the styles, to stand at the end of the styles part."""
