"""Word files and workbooks as zip packages: read with suspicion, written the same way to the byte every time."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from docgen.diagnostics import Diagnostic, DocgenError, FilePlace, error

if TYPE_CHECKING:
    import zipfile


class Limits(NamedTuple):
    """What a file may hold at most.

    `total` and `part` are the bytes that all parts and one part may fill, unpacked; `ratio` is how many times its
    packed size a part of XML may fill; `members` is the number of parts.
    """

    total: int
    part: int
    ratio: int
    members: int


WORD_FILES = Limits(total=50_000_000, part=20_000_000, ratio=400, members=2_000)
"""The limits of Word files; text of Word's own is packed to a fiftieth at most."""

TYPES_PART = "[Content_Types].xml"
ROOT_RELATIONSHIPS = "_rels/.rels"

_SMALL = 1_000_000  # bytes that no ratio matters for
_STORED, _DEFLATED = 0, 8
_PIECE = 65_536  # packed bytes that are unpacked and summed at a time, while they are at hand
_START = 200  # bytes of a part that tell its alphabet
_FORBIDDEN = r"[\\:\x00-\x1f]|%5c|%3a"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ALPHABETS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "cp037")
# In a part that begins so, other alphabets are no XML: it says that it is UTF-8, or says nothing and is that.
_IN_UTF8 = rb"""(?:\xef\xbb\xbf)?<(?:\?xml (?:[^>]*encoding=["']utf-8["'][^>]*|(?:(?!encoding)[^>])*)\?>|[a-z])"""
_ENTRY_MARK = b"PK\x01\x02"
_XML_SUFFIXES = (".xml", ".rels", ".vml")
_MACROS = ("vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin")
_DATE = 0x0021  # 1 January 1980, the first day that a zip file can name
_UTF8_NAME = 0x0800
_HEAD, _ENTRY = struct.Struct("<4sHHHHHLLLHH"), struct.Struct("<4sHHHHHHLLLHHHHHL")


class Member:
    """One part as it lies in the zip file: `packed` holds its bytes, deflated (method 8) or as they are (0).

    `unpacked` may hold its own bytes, so that they are not unpacked again; they do not go into a pickle.
    """

    __slots__ = ("crc", "encoded", "entry", "head", "method", "name", "packed", "size", "unpacked")

    def __init__(self, name: str, method: int, crc: int, size: int, packed: bytes) -> None:
        self.name, self.method, self.crc, self.size, self.packed = name, method, crc, size, packed
        self.unpacked: bytes | None = None
        # what stands before it in the file, and its entry in the directory up to where it stands
        self.encoded = name.encode()
        flags = 0 if name.isascii() else _UTF8_NAME
        sizes = (crc, len(packed), size, len(self.encoded))
        self.head = _HEAD.pack(b"PK\x03\x04", 20, flags, method, 0, _DATE, *sizes, 0) + self.encoded
        self.entry = _ENTRY.pack(b"PK\x01\x02", 20, 20, flags, method, 0, _DATE, *sizes, 0, 0, 0, 0, 0)

    def __reduce__(self) -> tuple[type[Member], tuple[str, int, int, int, bytes]]:
        return Member, (self.name, self.method, self.crc, self.size, self.packed)

    def data(self) -> bytes:
        """The part's own bytes."""
        if self.unpacked is not None:
            return self.unpacked
        return zlib.decompress(self.packed, -15) if self.method == _DEFLATED else self.packed


class Deflating(NamedTuple):
    """A library that packs and unpacks parts, and how hard it packs: fixed, so that a run can be repeated."""

    library: Any
    level: int


ZLIB = Deflating(zlib, 6)


@cache
def deflating() -> Deflating:
    """isal where it is installed, which packs ten times as fast into files a little larger; else zlib."""
    try:
        return Deflating(import_module("isal.isal_zlib"), 2)
    except ImportError:
        return ZLIB


@lru_cache(maxsize=32)
def _unpacked(packed: bytes) -> bytes:
    """What was deflated; most parts of a document are those of the one before it."""
    return zlib.decompress(packed, -15)


def pack(name: str, data: bytes) -> Member:
    """A part made from its bytes."""
    return pack_chunks(name, (data,))


def pack_chunks(name: str, chunks: Iterable[bytes]) -> Member:
    """A part made from its bytes as they come; of a large part no more than one chunk of them is held."""
    library, level = deflating()
    deflater = library.compressobj(level, zlib.DEFLATED, -15)
    crc = size = 0
    packed: list[bytes] = []
    small: list[bytes] = []
    for chunk in chunks:
        crc = library.crc32(chunk, crc)
        size += len(chunk)
        packed.append(deflater.compress(chunk))
        if size <= _SMALL:
            small.append(chunk)
        else:
            small.clear()
    packed.append(deflater.flush())
    member = Member(name, _DEFLATED, crc, size, b"".join(packed))
    member.unpacked = b"".join(small) if size <= _SMALL else None
    return member


class Package:
    """The parts of a Word file by name, and the file's name as messages show it.

    `origins` names the file of each part that came from another one, such as a design.
    """

    __slots__ = ("file", "members", "origins")

    def __init__(self, file: str, members: Mapping[str, Member], origins: Mapping[str, str] | None = None) -> None:
        self.file = file
        self.members = members
        self.origins = origins or {}

    def __contains__(self, name: str) -> bool:
        return name in self.members

    def data(self, name: str) -> bytes:
        """The bytes of the part `name`. Raises KeyError when there is no such part."""
        return self.members[name].data()

    def file_of(self, name: str) -> str:
        """The file that the part `name` came from, as messages show it."""
        return self.origins.get(name, self.file)

    def changed(self, parts: Mapping[str, bytes], without: Iterable[str] = ()) -> Package:
        """The package with the given parts put in or replaced, and others left out."""
        gone = set(without)
        if not (parts or gone):
            return self
        members = {name: member for name, member in self.members.items() if name not in gone}
        return Package(self.file, members | {name: pack(name, data) for name, data in parts.items()}, self.origins)

    def replaced(self, members: Iterable[Member]) -> Package:
        """The package with these members in the place of its own of the same names."""
        return Package(self.file, {**self.members, **{member.name: member for member in members}}, self.origins)

    def to_bytes(self) -> bytes:
        """The package as a file. Parts that were read are copied as the compressed bytes they are."""
        return _write(self.members)

    def content_hash(self) -> str:
        """SHA-256, in hexadecimal, of the sorted names and unpacked bytes: the same whatever compressed them."""
        import hashlib  # loads OpenSSL

        digest = hashlib.sha256()
        for name in sorted(self.members):
            member = self.members[name]
            is_read = member.unpacked is None and member.method == _DEFLATED
            data = _unpacked(member.packed) if is_read else member.data()
            digest.update(f"{name}\0{len(data)}\0".encode())
            digest.update(data)
        return digest.hexdigest()


def read_package(
    source: Path | bytes, name: str = "", limits: Limits | None = None, *, keep_unpacked: bool = False
) -> Package:
    """Reads a Word file or a workbook, or its bytes; `name` is what messages call it.

    Every part is unpacked once, to see that it is what the file promises; `keep_unpacked` keeps the parts that way for
    a file that is to be read and not written. `limits` are those of Word files when not given.
    Raises DocgenError with every reason why the file cannot be used: DG401-DG414.
    """
    limits = limits or WORD_FILES
    file = name or (str(source) if isinstance(source, Path) else "skabelon.docx")
    data = source if isinstance(source, bytes) else file_bytes(source, file, limits)
    members, faults = _unzip(data, file, limits)
    if not faults and TYPES_PART not in members:
        faults = [error("DG403", FilePlace(file))]
    if not faults:
        faults = list(_hostile(members, file))
    if faults:
        raise DocgenError(faults, exit_code=2)
    for member in members.values() if not keep_unpacked else ():
        member.unpacked = None
    return Package(file, members)


def file_bytes(path: Path, file: str, limits: Limits) -> bytes:
    """The bytes of a file that messages call `file`. Raises DocgenError DG401, DG402, DG410."""
    try:
        if path.stat().st_size > limits.total:
            raise DocgenError([error("DG410", FilePlace(file), navn=path.name)], exit_code=2)
        return path.read_bytes()
    except FileNotFoundError:
        raise DocgenError([error("DG401", FilePlace(file))], exit_code=2) from None
    except OSError:
        raise DocgenError([error("DG402", FilePlace(file))], exit_code=2) from None


def _unzip(data: bytes, file: str, limits: Limits) -> tuple[dict[str, Member], list[Diagnostic]]:
    import zipfile

    place = FilePlace(file)
    if data.startswith(_OLE):
        return {}, [error("DG405" if "EncryptedPackage".encode("utf-16-le") in data else "DG404", place)]
    if not data.startswith(b"PK"):
        return {}, [error("DG403", place)]
    marks = data.count(_ENTRY_MARK)
    if marks > 10 * limits.members:  # each costs zipfile a thousand bytes; files in the file have some too
        return {}, [error("DG412", place, antal=marks, mest=limits.members)]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
        return {}, [error("DG406", place, navn=file)]
    faults = _wrong_entries(entries, place, limits)
    members: dict[str, Member] = {}
    for entry in entries if not faults else ():
        member = _member(data, entry)
        if member is None:
            faults.append(error("DG406", place, navn=entry.filename))
        else:
            members[entry.filename] = member
    return members, faults


def _wrong_entries(entries: list[zipfile.ZipInfo], place: FilePlace, limits: Limits) -> list[Diagnostic]:
    faults: list[Diagnostic] = []
    if len(entries) > limits.members:
        faults.append(error("DG412", place, antal=len(entries), mest=limits.members))
    elif sum(entry.file_size for entry in entries) > limits.total:
        faults.append(error("DG410", place, navn=place.file))
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if re.search(_FORBIDDEN, name, re.IGNORECASE) or {"", ".", ".."} & set(unquote(name).split("/")):
            faults.append(error("DG408", place, navn=name))
        if name.casefold() in seen:
            faults.append(error("DG409", place, navn=name))
        bomb = name.lower().endswith(_XML_SUFFIXES) and entry.file_size > max(
            _SMALL, limits.ratio * entry.compress_size
        )
        if bomb or entry.file_size > limits.part:
            faults.append(error("DG410", place, navn=name))
        if entry.flag_bits & 1:
            faults.append(error("DG405", place))
        seen.add(name.casefold())
    return faults


def _member(data: bytes, entry: zipfile.ZipInfo) -> Member | None:
    """The member with its raw bytes, or None when it does not unpack to what the directory promises."""
    header = data[entry.header_offset : entry.header_offset + 30]
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        return None
    length, extra = struct.unpack("<HH", header[26:30])
    named = data[entry.header_offset + 30 : entry.header_offset + 30 + length]
    if named.decode("utf-8" if entry.flag_bits & _UTF8_NAME else "cp437", "replace") != entry.orig_filename:
        return None  # other programs would see another part here
    start = entry.header_offset + 30 + length + extra
    packed = data[start : start + entry.compress_size]
    if entry.compress_type == _DEFLATED:
        unpacked = _inflated(packed, entry.file_size, entry.CRC)
    else:
        whole = len(packed) == entry.file_size and deflating().library.crc32(packed) == entry.CRC
        unpacked = packed if whole and entry.compress_type == _STORED else None
    if unpacked is None:
        return None
    member = Member(entry.filename, entry.compress_type, entry.CRC, entry.file_size, packed)
    member.unpacked = unpacked
    return member


def _inflated(packed: bytes, size: int, crc: int) -> bytes | None:
    """What was deflated; None when it has not that size and checksum. No more is unpacked than the size."""
    library = deflating().library
    inflater = library.decompressobj(-15)
    unpacked = io.BytesIO()  # grows in its place, where pieces that are joined would need room for all of it twice
    left, found = size + 1, 0
    for at in range(0, len(packed), _PIECE):
        if inflater.eof or not left:
            return None
        try:
            piece = inflater.decompress(packed[at : at + _PIECE], left)
        except library.error:
            return None
        left -= len(piece)
        found = library.crc32(piece, found)
        unpacked.write(piece)
    return unpacked.getvalue() if inflater.eof and not inflater.unused_data and left == 1 and found == crc else None


def _hostile(members: Mapping[str, Member], file: str) -> Iterable[Diagnostic]:
    """What may not stand in a file although it unpacks: macros, and document type declarations (entities)."""
    place = FilePlace(file)
    types = members[TYPES_PART].data().lower()
    if b"macroenabled" in types or any(name.lower().endswith(_MACROS) for name in members):
        yield error("DG407", place)
    for name, member in members.items():
        if name.lower().endswith(_XML_SUFFIXES):
            data = member.data()
            in_utf8 = re.match(_IN_UTF8, data[:_START], re.IGNORECASE)
            if in_utf8 and b"!" not in data:  # one byte is found ten times as fast as nine
                continue
            if any("<!DOCTYPE".encode(one) in data for one in (_ALPHABETS[:1] if in_utf8 else _ALPHABETS)):
                yield error("DG411", place, navn=name)


def _write(members: Mapping[str, Member]) -> bytes:
    """A zip file: the content types first, the package's relationships next, then the names in order."""
    first = [name for name in (TYPES_PART, ROOT_RELATIONSHIPS) if name in members]
    order = first + sorted(name for name in members if name not in first)
    chunks: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name in order:
        member = members[name]
        directory += (member.entry, offset.to_bytes(4, "little"), member.encoded)
        chunks += (member.head, member.packed)
        offset += len(member.head) + len(member.packed)
    listing = b"".join(directory)
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, len(order), len(order), len(listing), offset, 0)
    return b"".join((*chunks, listing, end))
