"""Bytes of a text file to text: the encoding is checked, never guessed."""

from __future__ import annotations

import codecs
import re

from docgen.diagnostics import Diagnostic, DocgenError, FilePlace, error
from docgen.sources.text import Text, split_lines

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
# The first bytes of files that people take for text files, and what those are. Files of Office since 2007 are zip files
# with a folder for their program; older ones begin with the mark of Microsoft's compound files.
_PROGRAMS = ((b"word/", "Word"), (b"xl/", "Excel"), (b"ppt/", "PowerPoint"), (b"opendocument", "LibreOffice"))
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = ((b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"BM", "BMP"), (b"II*\0", "TIFF"))
_LINE_END = re.compile(rb"\r\n?|\n")
_DANISH = re.compile("[æøåÆØÅéüöäÉÜÖÄ§]")
# All of Unicode's category Cc but tab and the line ends, and the two code points that no XML document may hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def decode(data: bytes, name: str, findings: list[Diagnostic]) -> Text:
    """The text that the bytes of the file `name` hold, which must be UTF-8 with or without a byte order mark.

    Faults that allow the reading to go on (a file in Windows-1252, control characters) are added to `findings`,
    and the text has a replacement character for each control character; other faults raise DocgenError.
    """
    binary = _binary(data, name)
    if binary:
        raise DocgenError([*findings, binary])
    wide = next((form for mark, form in _WIDE_MARKS if data.startswith(mark)), "")
    if not wide and _has_every_second_byte_zero(data):
        wide = "UTF-16"  # without its mark
    if wide:
        raise DocgenError([*findings, error("DG111", FilePlace(name), form=wide)])
    data = data.removeprefix(codecs.BOM_UTF8)
    bad_byte = -1
    try:
        lines = split_lines(data.decode("utf-8"))
    except UnicodeDecodeError as fault:
        lines = [_lenient(line) for line in _LINE_END.split(data)]
        bad_byte = fault.start
    # Control characters leave the quoted lines too: one of them might start a command to the terminal.
    text = Text.of(name, [_CONTROL.sub("\ufffd", line) for line in lines])
    if bad_byte >= 0:
        _report_encoding(data, bad_byte, text, findings)
    for number, line in enumerate(lines):
        match = _CONTROL.search(line)
        if match:
            start = text.starts[number] + match.start()
            place = text.place(start, start + 1)
            if match.group() == "\0":
                raise DocgenError([*findings, error("DG114", place)])
            findings.append(error("DG115", place, tegn=f"U+{ord(match.group()):04X}"))
    return text


def _binary(data: bytes, name: str) -> Diagnostic | None:
    """The finding that says what a file is that its first bytes show to be no text at all."""
    place = FilePlace(name)
    if data.startswith(_COMPOUND):
        return error("DG123", place, program="Office")
    if data.startswith(_ZIP):
        program = next((program for mark, program in _PROGRAMS if mark in data), "")
        return error("DG123", place, program=program) if program else error("DG125", place, form="ZIP")
    picture = next((form for mark, form in _PICTURES if data.startswith(mark)), "")
    if picture and b"\0" in data:
        return error("DG124", place, form=picture)
    return error("DG125", place, form="PDF") if data.startswith(b"%PDF-") else None


def _has_every_second_byte_zero(data: bytes) -> bool:
    """Whether the bytes look like Latin text in UTF-16; other files that hold zeros have them anywhere."""
    fewer, more = sorted((data[::2].count(0), data[1::2].count(0)))
    return more > len(data) // 3 and fewer * 10 <= more


def _report_encoding(data: bytes, bad_byte: int, text: Text, findings: list[Diagnostic]) -> None:
    number = len(_LINE_END.findall(data, 0, bad_byte))
    line_start = max(data.rfind(b"\n", 0, bad_byte), data.rfind(b"\r", 0, bad_byte)) + 1
    start = text.starts[number] + len(_lenient(data[line_start:bad_byte]))
    place = text.place(start, start + 1)
    if b"\0" in data:
        raise DocgenError([*findings, error("DG114", place)])
    if not _DANISH.search(_not_utf8(data)):
        raise DocgenError([*findings, error("DG113", place)])
    findings.append(error("DG112", place))


def _not_utf8(data: bytes) -> str:
    """The lines that are not UTF-8, read as Windows-1252; empty if they are not that either."""
    try:
        return "".join(line.decode("cp1252") for line in _LINE_END.split(data) if not _is_utf8(line))
    except UnicodeDecodeError:
        return ""


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _lenient(line: bytes) -> str:
    """A line to quote: a file that was mended by hand may mix the two encodings line by line."""
    return line.decode("utf-8") if _is_utf8(line) else line.decode("cp1252", errors="replace")
