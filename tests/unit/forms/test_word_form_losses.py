"""Nothing typed in a Word form is lost in silence, whatever became of its controls."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen.forms.word.writer import word_form
from docgen.kinds.model import Kind
from docgen.sources import Mapping, Node, Scalar
from docgen.word.archive.ooxml import w
from tests.unit.forms.word_form_samples import INPUT, answers, edited, read_back, sample_kind, tree, xml

TOKEN = "Zebrafink"


@pytest.fixture(scope="module")
def kind(tmp_path_factory: pytest.TempPathFactory) -> Kind:
    return sample_kind(tmp_path_factory.mktemp("kind"))


@pytest.fixture(scope="module")
def filled(kind: Kind, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "skema.docx"
    path.write_bytes(word_form(kind, tree(INPUT)))
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("form")


def unwrap(control: etree._Element) -> None:
    """Takes a control away and leaves what it holds."""
    content, parent = control.find(w("sdtContent")), control.getparent()
    assert content is not None
    assert parent is not None
    for element in list(content):
        control.addprevious(element)
    parent.remove(control)


def texts(node: Node | None) -> str:
    if node is None or isinstance(node, Scalar):
        return f"{node.text}\n" if node else ""
    if isinstance(node, Mapping):
        return "".join(entry.key.text + "\n" + texts(entry.value) for entry in node)
    return "".join(map(texts, node))


@settings(max_examples=40)
@given(st.sets(st.integers(0, 200)))
def test_labels_and_headings_do_where_controls_are_gone(kind: Kind, folder: Path, filled: Path, gone: set[int]) -> None:
    def change(root: etree._Element) -> None:
        controls = list(root.iter(w("sdt")))
        for number in gone:
            unwrap(controls[number]) if number < len(controls) else None

    assert answers(edited(filled.read_bytes(), change), folder, kind) == answers(filled.read_bytes(), folder, kind)


@settings(max_examples=80)
@given(
    st.integers(0, 500),
    st.sampled_from(("BodyText", "SkemaSvar", "ListBullet", "Heading1", "SkemaVejledning", "")),
    st.booleans(),
)
def test_a_paragraph_put_anywhere_is_read_or_told(
    kind: Kind, folder: Path, filled: Path, number: int, style: str, unwrapped: bool
) -> None:
    def change(root: etree._Element) -> None:
        for control in list(root.iter(w("sdt"))) if unwrapped else ():
            unwrap(control)
        paragraphs = list(root.iter(w("p")))
        look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        paragraphs[number % len(paragraphs)].addnext(xml(f"<w:p>{look}<w:r><w:t>{TOKEN}</w:t></w:r></w:p>"))

    back = read_back(edited(filled.read_bytes(), change), folder, kind)
    told = [getattr(one.place, "quote", "") for one in back.warnings] + [str(one.values) for one in back.warnings]
    assert TOKEN in texts(back.root) + " ".join(told)


@settings(max_examples=80)
@given(st.integers(0, 500))
def test_words_put_into_any_paragraph_are_read_or_told(kind: Kind, folder: Path, filled: Path, number: int) -> None:
    def change(root: etree._Element) -> None:
        paragraphs = [one for one in root.iter(w("p")) if one.find(f".//{w('t')}") is not None]
        chosen = paragraphs[number % len(paragraphs)]
        chosen.append(xml(f"<w:r><w:t xml:space='preserve'> {TOKEN}</w:t></w:r>"))

    back = read_back(edited(filled.read_bytes(), change), folder, kind)
    told = [getattr(one.place, "quote", "") for one in back.warnings] + [str(one.values) for one in back.warnings]
    assert TOKEN in texts(back.root) + " ".join(told)
