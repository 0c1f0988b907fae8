"""Whatever is typed in a long field of a Word form stands in the finished document, word for word."""

from __future__ import annotations

import unicodedata
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.forms.word.writer import word_form
from docgen.forms.word.writer_package import open_base
from docgen.kinds.model import Kind
from docgen.package import Package
from docgen.sources import Mapping, Scalar
from docgen.word.archive.ooxml import R, W
from docgen.word.reading.content import Heading, ListItem, Paragraph, Table
from docgen.word.reading.reader import read_document
from docgen.word.values.blocks import markdown_xml
from tests.unit.forms.word_form_samples import edited, read_back, sample_kind, type_in

SIGNS = "*_`#[]()<>!|~-+.:;&\\/\"'=?{}%^$@,0123456789 \t\u00a0\u00ad“”»«–"
TEXTS = st.text(
    st.one_of(st.sampled_from(SIGNS), st.characters(codec="utf-8", categories=("L", "N", "P", "S"))), max_size=25
)
LOOKS = st.sampled_from(("", "<w:b/>", "<w:i/>", "<w:b/><w:i/>"))
RUNS = st.lists(st.tuples(LOOKS, TEXTS), min_size=1, max_size=4)
STYLES = st.sampled_from(
    ("BodyText", "Heading1", "Heading2", "Heading3", "ListBullet", "ListBullet2", "ListNumber", "Quote")
)


@pytest.fixture(scope="module")
def kind(tmp_path_factory: pytest.TempPathFactory) -> Kind:
    return sample_kind(tmp_path_factory.mktemp("kind"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("form")


def run(look: str, text: str) -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def document(markdown: str) -> bytes:
    """A finished document with that Markdown in it."""
    base = open_base()
    body = markdown_xml(markdown, base.session.styles, base.session)
    links = base.session.links
    assert not links
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'.encode(),
        "word/numbering.xml": base.numbering.with_lists(base.session.lists),
    }
    package: Package = base.package.changed(parts)
    return package.to_bytes()


def said(data: bytes) -> list[str]:
    """The text of each paragraph of a document that has any, as a reader compares it: spaces at its ends aside."""
    found: list[str] = []
    for block in read_document(data).blocks:
        assert not isinstance(block, Table)
        if isinstance(block, Heading | Paragraph | ListItem):
            found.append(unicodedata.normalize("NFC", block.text))
    return [text for text in found if text.strip()]


@settings(max_examples=60)
@given(st.lists(st.tuples(STYLES, RUNS), min_size=1, max_size=5))
def test_any_text_typed_reaches_the_document(
    kind: Kind, folder: Path, typed: list[tuple[str, list[tuple[str, str]]]]
) -> None:
    inside = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(run(*one) for one in runs)}</w:p>'
        for style, runs in typed
    )
    wanted = ["".join(text for _, text in runs) for _, runs in typed]
    wanted = [unicodedata.normalize("NFC", text) for text in wanted if text.strip()]
    root = read_back(edited(word_form(kind, None), lambda root: type_in(root, "baggrund", inside)), folder, kind).root
    assert isinstance(root, Mapping)
    node = root.get("baggrund")
    assert isinstance(node, Scalar)
    if wanted:
        assert [" ".join(text.split()) for text in said(document(node.text))] == [
            " ".join(text.split()) for text in wanted
        ]
    else:
        assert node.text == ""


@settings(max_examples=40)
@given(TEXTS, st.lists(TEXTS, max_size=4))
def test_any_short_text_comes_back(kind: Kind, folder: Path, title: str, topics: list[str]) -> None:
    def change(root: object) -> None:
        type_in(root, "titel", run("", title))  # type: ignore[arg-type]
        type_in(root, "emner", "".join(f"<w:p>{run('', text)}</w:p>" for text in topics) or "<w:p/>")  # type: ignore[arg-type]

    root = read_back(edited(word_form(kind, None), change), folder, kind).root
    assert isinstance(root, Mapping)
    found = root.get("titel")
    assert isinstance(found, Scalar)
    assert found.text == unicodedata.normalize("NFC", title.strip())
    wanted = [unicodedata.normalize("NFC", text.strip()) for text in topics if text.strip()]
    node = root.get("emner")
    assert [item.text for item in node.items] == wanted if wanted else isinstance(node, Scalar)  # type: ignore[union-attr]
