"""The pages of docs/dokumenttyper/ tell what the kinds are today, and show what they make today."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from docgen.kinds.model import Kind

ROOT = Path(__file__).parent.parent.parent


def _pages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pages", ROOT / "docs" / "pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES = _pages()
KINDS: list[Kind] = PAGES.kinds()


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_the_generated_parts_are_true(kind: Kind) -> None:
    page = (ROOT / "docs" / "dokumenttyper" / f"{kind.name}.md").read_text(encoding="utf-8")
    assert page.count(": lavet af docs/pages.py -->") == page.count("<!-- slut -->") == 5
    assert page == PAGES.written(page, kind), "kør: python docs/pages.py"


def test_every_page_is_of_a_kind_and_shows_pictures_that_are_there() -> None:
    folder = ROOT / "docs" / "dokumenttyper"
    assert {page.stem for page in folder.glob("*.md")} == {kind.name for kind in KINDS}
    shown: set[str] = set()
    for page in (*folder.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        for told, target in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text):
            assert told, f"{page.name}: {target} har ingen tekst for den, der ikke kan se billedet"
            assert (page.parent / target).is_file(), f"{page.name}: {target}"
            shown.add(Path(target).name)
        for target in re.findall(r"\]\(([^)#:]+\.(?:md|yaml|docx|xlsx))\)", text):
            assert (page.parent / target).is_file(), f"{page.name}: {target}"
    assert shown == set(PAGES.pictures())
    assert {path.name for path in (ROOT / "docs" / "billeder").glob("*.png")} == shown


@pytest.mark.parametrize("name", PAGES.pictures())
def test_a_picture_is_of_todays_document(name: str) -> None:
    picture = PAGES.pictures()[name]
    assert PAGES.shown(picture).content_hash == picture.content_hash, "kør: python docs/pages.py --pictures"
