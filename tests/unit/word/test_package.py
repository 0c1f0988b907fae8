"""Word files are read with suspicion and written the same to the byte."""

from __future__ import annotations

import io
import pickle
import random
import struct
import zipfile
from pathlib import Path
from zlib import DEFLATED, compressobj, crc32

import pytest

from docgen import catalog, package
from docgen.diagnostics import DocgenError
from docgen.package import WORD_FILES, Member, Package, read_package
from docgen.word import WordTemplate
from docgen.word.archive.opc import as_document, main_part

from .build import docx, p, pack, parts, tbl, tr, unpack

EMPTY = parts(p("Hej"))


def told(data: bytes | Path, name: str = "skabelon.docx") -> list[str]:
    with pytest.raises(DocgenError) as raised:
        main_part(read_package(data, name))
    return [f"{one.code} {catalog.message(one)[0]}" for one in raised.value.diagnostics]


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(DocgenError) as raised:
        WordTemplate(Path("findes/ikke.docx"))
    assert raised.value.exit_code == 2
    assert catalog.as_text(raised.value.diagnostics[0]) == (
        "fejl DG401: filen findes ikke\n  findes/ikke.docx\n  hjælp: se efter, om navnet og mappen er skrevet rigtigt"
    )


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert told(tmp_path) == ["DG402 filen kan ikke læses"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "DG403 filen er ikke et Word-dokument (.docx)"),
        (b"{\\rtf1 Hej}", "DG403 filen er ikke et Word-dokument (.docx)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "DG404 filen er i Words gamle format (.doc)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "DG405 filen er beskyttet med adgangskode",
        ),
        (pack({"mimetype": "application/vnd.oasis.opendocument.text"}), "DG403 filen er ikke et Word-dokument (.docx)"),
        (docx(p("Hej"))[:-40], 'DG406 filen er beskadiget: "skabelon.docx" kan ikke pakkes ud'),
        (pack(EMPTY | {"word/vbaProject.bin": "x"}), "DG407 filen indeholder makroer"),
        (
            pack({name: text.replace("document.main", "document.macroEnabled.main") for name, text in EMPTY.items()}),
            "DG407 filen indeholder makroer",
        ),
        (
            pack(EMPTY | {"word/../../ud.xml": "x"}),
            'DG408 filen indeholder en del med et ulovligt navn: "word/../../ud.xml"',
        ),
        (pack(EMPTY | {"/rod.xml": "x"}), 'DG408 filen indeholder en del med et ulovligt navn: "/rod.xml"'),
        (
            pack(EMPTY | {"word/Document.xml": "x"}),
            'DG409 filen indeholder to dele med samme navn: "word/Document.xml"',
        ),
        (
            pack(EMPTY | {"word/styles.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
            'DG411 "word/styles.xml" i filen har en DOCTYPE',
        ),
        (
            pack(EMPTY | {"word/a.xml": "<!DOCTYPE a><a/>".encode("utf-16")}),
            'DG411 "word/a.xml" i filen har en DOCTYPE',
        ),
        (
            pack(
                {name: text.replace("wordprocessingml.document", "spreadsheetml.sheet") for name, text in EMPTY.items()}
            ),
            "DG403 filen er ikke et Word-dokument (.docx)",
        ),
        (
            pack(
                {
                    n: text.replace("http://schemas.openxmlformats.org/off", "http://purl.oclc.org/ooxml/off")
                    for n, text in EMPTY.items()
                }
            ),
            "DG413 filen er gemt som Strict Open XML",
        ),
    ],
)
def test_what_cannot_be_used_is_named(data: bytes, message: str) -> None:
    assert told(data) == [message]


def test_every_reason_is_told_at_once() -> None:
    assert told(pack(EMPTY | {"/a": "x", "b/../c": "x"})) == [
        'DG408 filen indeholder en del med et ulovligt navn: "/a"',
        'DG408 filen indeholder en del med et ulovligt navn: "b/../c"',
    ]


def test_a_part_that_unpacks_to_more_than_it_promised() -> None:
    data = bytearray(docx(p("Hej")))
    name = b"word/document.xml"
    entry = data.rindex(name) - 46
    size = struct.unpack("<L", data[entry + 24 : entry + 28])[0]
    data[entry + 24 : entry + 28] = struct.pack("<L", size - 1)
    assert told(bytes(data)) == ['DG406 filen er beskadiget: "word/document.xml" kan ikke pakkes ud']


@pytest.mark.parametrize("fault", ["", "cut", "longer", "other"])
def test_a_part_of_many_pieces_is_what_it_promised(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = random.Random(3).randbytes(300_000)
    data = pack(EMPTY | {"word/media/a.bin": content})
    assert read_package(data).data("word/media/a.bin") == content
    deflater = compressobj(1, DEFLATED, -15)
    packed = deflater.compress(content) + deflater.flush()
    packed = {"cut": packed[:-100_000], "longer": packed + b"x" * 100_000}.get(fault, packed)
    member = Member("word/media/a.bin", 8, crc32(content) ^ (fault == "other"), len(content), packed)
    files = {name: package.pack(name, part.encode()) for name, part in EMPTY.items()}
    data = Package("a.docx", {**files, member.name: member}).to_bytes()
    for library in (package.ZLIB, package.deflating()):
        monkeypatch.setattr(package, "deflating", lambda library=library: library)
        if fault:
            assert told(data) == ['DG406 filen er beskadiget: "word/media/a.bin" kan ikke pakkes ud']
        else:
            assert read_package(data).data("word/media/a.bin") == content


def test_sizes_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "WORD_FILES", WORD_FILES._replace(part=5_000))
    assert told(pack(EMPTY | {"word/media/stor.png": "x" * 6_000})) == [
        'DG410 "word/media/stor.png" fylder mere, end docgen vil pakke ud'
    ]
    monkeypatch.setattr(package, "WORD_FILES", WORD_FILES._replace(total=1_000))
    assert 'DG410 "skabelon.docx" fylder mere, end docgen vil pakke ud' in told(docx(p("Hej" * 100)))
    monkeypatch.setattr(package, "WORD_FILES", WORD_FILES._replace(members=3))
    assert told(docx(p("Hej"))) == ["DG412 filen har 4 dele; docgen læser højst 3"]


def test_broken_xml_is_told_with_its_line() -> None:
    data = pack(EMPTY | {"word/document.xml": "<w:document>\n<w:body>{{ x }}"})
    with pytest.raises(DocgenError) as raised:
        WordTemplate(data)
    assert catalog.message(raised.value.diagnostics[0])[0] == '"word/document.xml" i filen er ikke gyldig XML (linje 1)'


def test_a_file_without_tags_comes_back_byte_for_byte() -> None:
    body = p("Hej æøå & {krøllet}", "<w:r><w:t>  løst </w:t></w:r>") + tbl(tr("a", "b"))
    files = parts(body, {"header1": '<!-- x --><w:hdr xmlns:w="w"><?pi?></w:hdr>'}) | {"word/media/a.bin": "\0" * 300}
    data = pack(files)
    assert unpack(WordTemplate(data).render({}).to_bytes()) == unpack(data)


def test_output_is_the_same_every_time_and_whatever_the_zip_was_like() -> None:
    files = parts(p("{{ navn }}"))
    backwards = pack(dict(reversed(files.items())))
    first = WordTemplate(pack(files)).render({"navn": "Åse"})
    second = WordTemplate(backwards).render({"navn": "Åse"})
    assert first.to_bytes() == second.to_bytes()
    with zipfile.ZipFile(io.BytesIO(first.to_bytes())) as archive:
        assert archive.testzip() is None
        assert [entry.filename for entry in archive.infolist()][:2] == ["[Content_Types].xml", "_rels/.rels"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_content_hash_does_not_depend_on_the_compressor() -> None:
    packed = read_package(docx(p("Hej" * 500)))
    stored = packed.replaced([])
    contents = {name: packed.data(name) for name in packed.members}
    stored.members = {name: Member(name, 0, crc32(data), len(data), data) for name, data in contents.items()}
    assert stored.to_bytes() != packed.to_bytes()
    assert stored.content_hash() == packed.content_hash()
    assert stored.content_hash() != packed.changed({"word/document.xml": b"<x/>"}).content_hash()


@pytest.mark.parametrize("size", [10, 3_000_000])
def test_a_file_has_the_content_hash_that_it_had_when_it_was_made(size: int) -> None:
    made = read_package(docx(p("Hej"))).changed({"word/media/a.bin": b"ab" * size})
    again = read_package(made.to_bytes())
    assert again.content_hash() == made.content_hash() == pickle.loads(pickle.dumps(made)).content_hash()
    assert again.data("word/media/a.bin") == made.data("word/media/a.bin") == b"ab" * size


def test_a_part_in_a_pickle_is_the_packed_one() -> None:
    member = read_package(docx(p("Hej"))).changed({"word/media/a.bin": bytes(500_000)}).members["word/media/a.bin"]
    stored = pickle.dumps(member)
    assert len(stored) < 5_000
    assert pickle.loads(stored).data() == member.data() == bytes(500_000)


def test_unchanged_parts_keep_their_compressed_bytes() -> None:
    source = read_package(pack(parts(p("{{ x }}")) | {"word/media/a.bin": "abc" * 999}))
    done = WordTemplate(source.to_bytes()).render({"x": 1}).package
    assert done.members["word/media/a.bin"].packed == source.members["word/media/a.bin"].packed


def test_names_with_danish_letters_survive() -> None:
    data = WordTemplate(pack(EMPTY | {"word/media/blå.png": "x"})).render({}).to_bytes()
    assert unpack(data)["word/media/blå.png"] == b"x"


def test_a_word_template_becomes_a_document() -> None:
    data = pack(parts(p("Hej"), main="template.main"))
    done = unpack(WordTemplate(data).render({}).to_bytes())
    assert b"document.main+xml" in done["[Content_Types].xml"]
    assert b"template.main" not in done["[Content_Types].xml"]
    assert as_document(read_package(docx(p("Hej")))).data("word/document.xml").startswith(b"<?xml")


def test_saving_writes_the_file_and_tells_when_it_cannot(tmp_path: Path) -> None:
    document = WordTemplate(docx(p("Hej"))).render({})
    document.save(tmp_path / "ud æøå.docx")
    assert (tmp_path / "ud æøå.docx").read_bytes() == document.to_bytes()
    (tmp_path / "ingen mappe").write_bytes(b"")
    with pytest.raises(DocgenError) as raised:
        document.save(tmp_path / "ingen mappe" / "ud.docx")
    assert raised.value.exit_code == 2
    assert raised.value.diagnostics[0].code == "DG504"


def test_a_document_that_cannot_be_saved_leaves_the_earlier_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "ud.docx"
    target.write_bytes(b"rettet i Word")

    def refuse(*_args: object) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(DocgenError) as raised:
        WordTemplate(docx(p("Hej"))).render({}).save(target)
    assert raised.value.diagnostics[0].code == "DG502"
    assert target.read_bytes() == b"rettet i Word"
    assert [one.name for one in tmp_path.iterdir()] == ["ud.docx"]
