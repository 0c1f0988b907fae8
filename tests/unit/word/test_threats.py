"""Strangers' templates and data: what could do harm is refused, each by name and place, and never handed on."""

from __future__ import annotations

import struct
from collections.abc import Mapping

import pytest

from docgen import catalog, package
from docgen.danish.values import Markdown
from docgen.diagnostics import DocgenError
from docgen.word import WordTemplate
from docgen.word.values.rich import RichText

from .build import docx, p, pack, part, parts, relationship, relationships, t, tbl, tc, tr, unpack

EMPTY = parts(p("Hej æøå & co."))
DRAWN = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


def told(files: Mapping[str, str | bytes] | bytes, context: dict[str, object] | None = None) -> list[str]:
    data = files if isinstance(files, bytes) else pack(files)
    with pytest.raises(DocgenError) as raised:
        WordTemplate(data, name="skabelon.docx").render(context or {})
    found = raised.value.diagnostics
    assert all(catalog.message(one, "en")[0] for one in found)
    return [f"{one.code} {catalog.message(one)[0]}" for one in found]


def begin(kind: str = "begin") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return t(text).replace("w:t", "w:instrText").join(("<w:r>", "</w:r>"))


def field(*codes: str, result: str = "svar") -> str:
    """A field whose code is spread over runs; strings that begin with `<` are XML."""
    runs = "".join(one if one.startswith("<") else code(one) for one in codes)
    return f"{begin()}{runs}{begin('separate')}<w:r>{t(result)}</w:r>{begin('end')}"


def test_a_part_that_is_packed_too_well_is_a_bomb() -> None:
    bomb = part("hdr", p("x" * 3_000_000))
    assert told(docx(p("Hej"), {"header1": bomb})) == ['DG410 "word/header1.xml" fylder mere, end docgen vil pakke ud']
    row = tr(*[f"Celle nr. {number}: æøå & mere" for number in range(6)])
    WordTemplate(docx(tbl(*[row] * 4_000)))  # the dullest table that a person would make


def test_a_directory_of_a_million_entries_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "WORD_FILES", package.WORD_FILES._replace(members=3))
    data = b"PK\x03\x04" + b"PK\x01\x02" * 31
    assert told(data) == ["DG412 filen har 31 dele; docgen læser højst 3"]


@pytest.mark.parametrize(
    "name",
    ["../ud.xml", "/rod.xml", "word/../../ud.xml", "word/./a.xml", "word//a.xml", "C:/a.xml", "word/%2e%2e/a.xml"],
)
def test_names_that_lead_out_of_the_file(name: str) -> None:
    assert told({**EMPTY, name: "x"}) == [f'DG408 filen indeholder en del med et ulovligt navn: "{name}"']


def test_an_encrypted_member() -> None:
    data = bytearray(pack(EMPTY))
    entry = data.index(b"PK\x01\x02")
    data[entry + 8 : entry + 10] = struct.pack("<H", 1)
    assert told(bytes(data)) == ["DG405 filen er beskyttet med adgangskode"]


def test_a_member_with_another_name_than_the_directory_says() -> None:
    data = pack(EMPTY)
    assert told(data.replace(b"word/document.xml", b"word/dokument.xml", 1)) == [
        'DG406 filen er beskadiget: "word/document.xml" kan ikke pakkes ud'
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "cp037"])
@pytest.mark.parametrize("name", ["word/styles.xml", "customXml/item1.xml", "word/_rels/styles.xml.rels"])
def test_a_doctype_in_any_alphabet(encoding: str, name: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert told({**EMPTY, name: text.encode(encoding)}) == [f'DG411 "{name}" i filen har en DOCTYPE']


@pytest.mark.parametrize(
    "data",
    [
        "<!DOCTYPE a><a/>".encode("utf-16-le"),
        "<!DOCTYPE a><a/>".encode("utf-32-le"),
        "<!DOCTYPE a><a/>".encode("cp037"),
        b'<?xml version="1.0"?><!DOCTYPE a><a/>',
        b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE a><a/>',
        b'<?xml version="1.0"' + b" " * 300 + b'encoding="cp037"?>' + "<!DOCTYPE a><a/>".encode("cp037"),
        b"<a>!</a><!DOCTYPE a>",
    ],
)
def test_a_doctype_in_a_part_that_says_nothing_or_something_else_of_its_alphabet(data: bytes) -> None:
    assert told({**EMPTY, "word/styles.xml": data}) == ['DG411 "word/styles.xml" i filen har en DOCTYPE']


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_docm_and_dotm(kind: str) -> None:
    types = EMPTY["[Content_Types].xml"].replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", kind
    )
    assert told({**EMPTY, "[Content_Types].xml": types}) == ["DG407 filen indeholder makroer"]


@pytest.mark.parametrize(
    ("kind", "target", "external", "message"),
    [
        ("oleObject", "embeddings/o.bin", False, 'DG417 filen indeholder en indlejret fil: "embeddings/o.bin"'),
        ("package", "embeddings/a.xlsm", False, 'DG417 filen indeholder en indlejret fil: "embeddings/a.xlsm"'),
        ("control", "activeX/a.xml", False, 'DG417 filen indeholder en indlejret fil: "activeX/a.xml"'),
        ("aFChunk", "a.html", False, 'DG419 filen indeholder et indsat dokument (altChunk): "a.html"'),
        (
            "attachedTemplate",
            "file:///C:/a.dotm",
            True,
            'DG418 filen henter noget udefra (attachedTemplate): "file:///C:/a.dotm"',
        ),
        ("image", "https://a.dk/x.png", True, 'DG418 filen henter noget udefra (image): "https://a.dk/x.png"'),
        ("frame", "https://a.dk", True, 'DG418 filen henter noget udefra (frame): "https://a.dk"'),
        ("subDocument", "b.docx", True, 'DG418 filen henter noget udefra (subDocument): "b.docx"'),
        ("oleObject", "file:///C:/a.xls", True, 'DG418 filen henter noget udefra (oleObject): "file:///C:/a.xls"'),
        ("image", r"\\server\x.png", False, 'DG418 filen henter noget udefra (image): "\\\\server\\x.png"'),
        ("hyperlink", "javascript:alert(1)", True, 'DG424 et link i filen peger på "javascript:alert(1)"'),
        ("hyperlink", "file:///C:/a.exe", True, 'DG424 et link i filen peger på "file:///C:/a.exe"'),
        ("hyperlink", r"\\server\a", True, 'DG424 et link i filen peger på "\\\\server\\a"'),
        ("hyperlink", "ms-word:ofe|u|a", True, 'DG424 et link i filen peger på "ms-word:ofe|u|a"'),
    ],
)
@pytest.mark.parametrize("where", ["document", "header1"])
def test_relationships(kind: str, target: str, external: bool, message: str, where: str) -> None:
    files = parts(p("Hej"), {"header1": part("hdr", p("Top"))})
    if not external and "\\" not in target:
        files[f"word/{target}"] = "<x/>"
    name = f"word/_rels/{where}.xml.rels"
    link = relationship("rId9", kind, target, external=external)
    files[name] = files.get(name, relationships()).replace("</Relationships>", f"{link}</Relationships>")
    assert message in told(files)


@pytest.mark.parametrize("target", ["https://a.dk", "HTTP://a.dk", "mailto:a@b.dk", "#bogmærke"])
def test_links_to_the_web_and_to_mail_are_welcome(target: str) -> None:
    WordTemplate(docx(p("Hej"), {}, relationship("rId9", "hyperlink", target, external=True))).render({})


def test_the_workbook_of_a_chart_is_welcome_and_another_file_is_not() -> None:
    book = pack({"xl/workbook.xml": "<x/>"})
    files: dict[str, str | bytes] = {**EMPTY, "word/charts/chart1.xml": "<c/>", "word/embeddings/Bog1.xlsx": book}
    files["word/charts/_rels/chart1.xml.rels"] = relationships(relationship("r1", "package", "../embeddings/Bog1.xlsx"))
    WordTemplate(pack(files)).render({})
    assert told(files | {"word/embeddings/Bog1.xlsx": b"\xd0\xcf\x11\xe0"}) == [
        'DG417 filen indeholder en indlejret fil: "word/embeddings/Bog1.xlsx"'
    ]
    assert told(EMPTY | {"word/embeddings/oleObject1.bin": b"x"}) == [
        'DG417 filen indeholder en indlejret fil: "word/embeddings/oleObject1.bin"'
    ]
    assert told(EMPTY | {"word/activeX/activeX1.bin": b"x"}) == [
        'DG416 filen indeholder et ActiveX-objekt: "word/activeX/activeX1.bin"'
    ]


def test_old_drawings_name_their_files_themselves() -> None:
    picture = f'<w:r><w:pict {DRAWN}><v:shape href="file:///C:/a"><v:imagedata src="http://a.dk/b.png"/></v:shape></w:pict></w:r>'
    assert told(docx(p(picture))) == [
        'DG424 et link i filen peger på "file:///C:/a"',
        'DG418 filen henter noget udefra (image): "http://a.dk/b.png"',
    ]


@pytest.mark.parametrize(
    ("codes", "name"),
    [
        (["DDEAUTO c:\\\\cmd.exe"], "DDEAUTO"),
        (["  dde excel"], "DDE"),
        (["DD", "EAU", "TO c:\\\\cmd.exe"], "DDEAUTO"),
        ([' "', 'IncludeText" "http://a.dk"'], "INCLUDETEXT"),
        (["\u00a0INCLUDE", "PICTURE http://a.dk"], "INCLUDEPICTURE"),
        (["LI\u00adNK Excel.Sheet"], "LINK"),
        (["Ｉmport a"], "IMPORT"),
        (["RD a.docx"], "RD"),
        (["MACROBUTTON a b"], "MACROBUTTON"),
        (["IF 1 = 1 ", field("DDE a b"), " x"], "DDE"),
        ([field("QUOTE DDEAUTO"), " c:\\\\cmd.exe"], "{…}"),
        (["{% if x %}DDE{% endif %}", "AUTO a"], "DDEAUTO"),
        (["{# x #}DDE a"], "DDE"),
    ],
)
def test_dangerous_fields(codes: list[str], name: str) -> None:
    body = p("Først") + tbl(tr("a", tc(p(field(*codes)))))
    (found,) = told(docx(body), {"x": True})
    assert found == f"DG423 feltet {name} er ikke tilladt"
    assert f"DG423 feltet {name} er ikke tilladt" in told(docx(p("x"), {"footer1": part("ftr", p(field(*codes)))}))
    assert told(docx(p("x"), {"footnotes": part("footnotes", p(field(*codes)))}))
    with pytest.raises(DocgenError) as raised:
        WordTemplate(docx(body), name="skabelon.docx")
    assert "tabel 1, række 1, celle 2, afsnit 1" in catalog.as_text(raised.value.diagnostics[0])


def test_dangerous_fields_in_their_short_form_and_deleted() -> None:
    assert told(docx(p('<w:fldSimple w:instr=" ddeauto a b "><w:r><w:t>x</w:t></w:r></w:fldSimple>'))) == [
        "DG423 feltet DDEAUTO er ikke tilladt"
    ]
    gone = '<w:del w:id="1"><w:r><w:delInstrText>DDE a b</w:delInstrText></w:r></w:del>'
    assert told(docx(p(gone))) == ["DG423 feltet DDE er ikke tilladt"]
    glossary = EMPTY | {"word/glossary/document.xml": part("glossaryDocument", p(field("DDE a")))}
    assert told(glossary) == ["DG423 feltet DDE er ikke tilladt"]


def test_dangerous_fields_in_utf_16() -> None:
    text = part("document", f"<w:body>{p(field('DDE a b'))}</w:body>").replace("UTF-8", "UTF-16").encode("utf-16")
    assert told({**EMPTY, "word/document.xml": text}) == ["DG423 feltet DDE er ikke tilladt"]


@pytest.mark.parametrize(
    "codes",
    [
        ["PAGE"],
        [' TOC \\o "1-3" \\h '],
        ['HYPERLINK \\l "_Toc1"'],
        ['HYPERLINK "https://a.dk" \\o "tip"'],
        ["REF dde"],
        ["= ", field("PAGE"), " + 1"],
        ["LINKS"],
        ['IF "DDE" = "DDE" "a" "b"'],
        ["ADDIN ZOTERO_ITEM {}"],
    ],
)
def test_fields_that_do_no_harm(codes: list[str]) -> None:
    WordTemplate(docx(p(field(*codes)))).render({})


def test_a_link_field_with_a_page_number_in_it() -> None:
    entry = field('HYPERLINK \\l "_Toc1"').replace(f"<w:r>{t('svar')}</w:r>", field("PAGEREF _Toc1"))
    WordTemplate(docx(p(entry))).render({})


@pytest.mark.parametrize(
    ("codes", "value", "message"),
    [
        (["{{ x }}"], "DDEAUTO c:\\\\cmd.exe", "DG498 {{ x }} står, hvor et Word-felts navn skal stå"),
        (["{{ x }} a b"], "dde", "DG498 {{ x }} står, hvor et Word-felts navn skal stå"),
        (["D{{", " x }} a"], "DE", "DG423 feltet DDE er ikke tilladt"),
        (
            ["{% if not x %}PAGE{% endif %}{% for a in x %}{{ a }}{% endfor %}"],
            "LINK",
            "DG423 feltet LINK er ikke tilladt",
        ),
        (["{% if not x %}X{% endif %}DD{# x #}EAUTO a"], "a", "DG423 feltet DDEAUTO er ikke tilladt"),
        (
            ['HYPERLINK "{{ x }}"'],
            "file:///C:/a.exe",
            'DG457 "file:///C:/a.exe" er ikke en adresse, som et link må pege på',
        ),
        (['HYPERLINK "{{ x }}"'], "\\\\server\\a", 'DG457 "\\\\server\\a" er ikke en adresse, som et link må pege på'),
    ],
)
def test_a_field_that_tags_make(codes: list[str], value: str, message: str) -> None:
    body = p("Først") + p("{% for a in ['1', '2'] %}") + p("Række") + p("{% endfor %}") + p(field(*codes))
    assert told(docx(body), {"x": value}) == [message]
    with pytest.raises(DocgenError) as raised:
        WordTemplate(docx(body), name="skabelon.docx").render({"x": value})
    assert "afsnit 5" in catalog.as_text(raised.value.diagnostics[0])


def test_a_condition_around_runs_of_a_code() -> None:
    hidden = f"<w:r>{t('{% if x %}')}</w:r>{code('X')}<w:r>{t('{% endif %}')}</w:r>"
    assert told(docx(p(field(hidden, "DDEAUTO a b"))), {"x": False}) == ["DG423 feltet DDEAUTO er ikke tilladt"]


def test_a_field_with_harmless_values() -> None:
    template = WordTemplate(docx(p(field('HYPERLINK "{{ x }}"')) + p(field("REF {{ y }}"))))
    made = unpack(template.render({"x": "https://a.dk?æ=1&b", "y": "navn"}).to_bytes())["word/document.xml"].decode()
    assert 'HYPERLINK "https://a.dk?æ=1&amp;b"' in made.replace("&quot;", '"')


BAD = [
    "javascript:alert(1)",
    "file:///C:/a",
    "data:text/html,a",
    r"\\server\a",
    "//server/a",
    "ms-word:ofe|u|a",
    " VBScript:a",
]


@pytest.mark.parametrize("url", BAD)
def test_links_from_data(url: str) -> None:
    # Markdown: text as it was written; no relationship
    made = unpack(WordTemplate(docx(p("{{ x }}"))).render({"x": Markdown(f"Se [her](<{url}>) og <{url}>")}).to_bytes())
    assert b"w:hyperlink" not in made["word/document.xml"]
    assert b"hyperlink" not in made["word/_rels/document.xml.rels"]
    # rich text and link targets: refused
    refused = [f'DG457 "{url.strip()}" er ikke en adresse, som et link må pege på']
    rich = docx(p("{{ x }}"))
    text = RichText()
    with pytest.raises((DocgenError, ValueError)):
        text.add("her", link=url)
        WordTemplate(rich).render({"x": text})
    target = relationship("rId9", "hyperlink", "%7B%7B x %7D%7D", external=True)
    link = p('<w:hyperlink r:id="rId9"><w:r><w:t>her</w:t></w:r></w:hyperlink>')
    assert told(docx(link, {}, target), {"x": url}) == refused


def test_a_word_template_is_accepted_and_becomes_a_document() -> None:
    made = WordTemplate(pack(parts(p("Kære {{ x }}"), main="template.main"))).render({"x": "Åse"}).to_bytes()
    assert b"wordprocessingml.document.main+xml" in unpack(made)["[Content_Types].xml"]


def test_threats_of_designs_and_sub_documents_are_told() -> None:
    bad = docx(p("x"), {"footer1": part("ftr", p(field("DDE a")))})
    with pytest.raises(DocgenError) as raised:
        WordTemplate(docx(p("x")), design=bad)
    assert [one.code for one in raised.value.diagnostics] == ["DG423"]
    from docgen.word.values.subdocument import SubDocument

    with pytest.raises(DocgenError):
        SubDocument(bad)


def test_what_fuzzing_found() -> None:
    # cells without a row: the place of a block that leaves them could not be told
    loose = f"<w:tbl>{tc(p('{% if x %}'), p('a'))}{tc(p('b'), p('{% endif %}'))}</w:tbl>"
    assert [one[:5] for one in told(docx(loose), {"x": 1})] == ["DG434"]
    loose = f"<w:tbl><w:tblGrid/><w:tr>{tc(p('a'))}</w:tr>{tc(p('b'), p('{% if x %}'))}</w:tbl>{p('{% endif %}')}"
    assert [one[:5] for one in told(docx(loose), {"x": 1})] == ["DG434"]
    # text inside the mark that ends a bookmark
    mark = f'<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1">{t("{{ x }}")}</w:bookmarkEnd>'
    WordTemplate(docx(p(mark))).render({"x": "Åse"})
