"""Nothing that an edition leaves out stands in any part of what it gives away, in any format.

Secrets are planted in every closed field and in every element that a list hides, and searched in the parts of the Word
file (as bytes and as text), its properties, the names of its parts and of the file itself, in the workbook of its lists
just so, and in every other format.
Messages on stderr are for the person who makes the document, and are no part of the edition: they may quote the input.
Sums that hidden amounts go into are the business of each kind's own tests; here only what was planted is searched.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree

from docgen.formats import FORMATS, WORKBOOK, file_name, text_paths
from docgen.kinds.folders import find_kinds
from docgen.kinds.kind import load_kind
from docgen.kinds.model import Kind
from docgen.pipeline import Document, as_format
from tests.documents.planting import TEXTS, Plant, declared, planted, public_editions, secrets
from tests.documents.test_examples import ROOT, TODAY
from tests.unit.word.build import docx, p

BOX = ROOT / "templates"
KINDS = [name for name in find_kinds([BOX]) if public_editions(load_kind(name, [BOX]))]
CASES = [
    (path, edition)
    for kind in KINDS
    for path in sorted((ROOT / "inputs" / kind).glob("*.*"))
    if path.suffix in (".yaml", ".json", ".toml")
    for edition in public_editions(load_kind(kind, [BOX]))
]
NAMES = [f"{path.parent.name}-{path.stem}-{edition}" for path, edition in CASES]


def inside(data: bytes) -> Iterator[tuple[str, str]]:
    """Everything in a file that is a zip archive: the names of its parts, and what they hold."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            yield f"name of {name}", name
            yield name, part.decode("utf-8", "replace")
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(part)
                yield f"text of {name}", "".join(root.itertext())
                yield (
                    f"attributes of {name}",
                    " ".join(str(one) for node in root.iter() for one in node.attrib.values()),
                )


def given_away(document: Document) -> Iterator[tuple[str, str]]:
    """Everything that leaves the house with an edition: where it stands, and its text."""
    for form in (*FORMATS, WORKBOOK, *text_paths(document.checked.kind.files)):
        yield f"name of the file ({form})", file_name(document.name, form)
        if form in ("docx", WORKBOOK):
            yield from inside(as_format(document, form))
        else:
            text = as_format(document, form).decode()
            yield form, text
            yield f"{form}, decoded", unescape(text)


def leaks(document: Document, plants: list[Plant]) -> list[str]:
    """What was planted and stands in the edition: the secret field, and where it is found."""
    found = []
    known = list(secrets(plants))
    for where, text in given_away(document):
        lowered = text.casefold().replace("\u00a0", " ").replace("\u00ad", "")
        found += [f"{one.path} ({'.'.join(one.declared)}) in {where}" for secret, one in known if secret in lowered]
    return found


@pytest.mark.parametrize(("path", "edition"), CASES, ids=NAMES)
def test_no_closed_text_leaves_the_house(
    path: Path, edition: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    document, plants = planted(path, edition, TODAY, [BOX], tmp_path / "inputs")
    assert leaks(document, plants) == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_planted_stands_in_the_edition_that_leaves_nothing_out(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    whole = next(iter(load_kind(kind, [BOX]).editions))
    found = []
    for number, (path, edition) in enumerate(CASES):
        if path.parent.name == kind:
            document, plants = planted(path, edition, TODAY, [BOX], tmp_path / str(number), shown=whole)
            found += leaks(document, plants)
    assert len(found) > 20


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_reach_everything_that_is_closed(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    loaded = load_kind(kind, [BOX])
    for edition in public_editions(loaded):
        reached = set()
        for path in (path for path, one in CASES if path.parent.name == kind and one == edition):
            reached |= {one.declared for one in planted(path, edition, TODAY, [BOX], tmp_path / path.stem)[1]}
        texts = {one for one in declared(loaded, loaded.editions[edition]) if _holds_text(loaded, one)}
        assert texts - reached == set(), f"no example of {kind} fills these"


def _holds_text(kind: Kind, one: tuple[str, str]) -> bool:
    group, name = one
    if name.endswith(": skjul"):
        return True
    made = next(found for found in (kind.root, *kind.groups.values()) if found.name == group and name in found.fields)
    return made.fields[name].type.name in TEXTS


# --- the test itself can fail

LEAKY = """
type: {titel: Sladrer, filnavn: "{{ navn }}"}
udgaver:
  intern: {}
  offentlig: {uden: [lukket]}
typer:
  punkt:
    titel: {type: tekst, etiket: Titel}
    åben: {type: ja_nej, standard: ja, etiket: Åben}
    linje: {type: tekst, beregn: "titel ~ '!'"}
felter:
  navn: {type: tekst, etiket: Navn}
  note: {type: tekst, adgang: lukket, etiket: Note}
  punkter:
    type: liste
    af: punkt
    etiket: Punkter
    skjul: {adgang: lukket, når: "not den.åben", behold: [KEEP], erstat: {titel: Lukket}}
"""


@pytest.mark.parametrize(("keep", "leaking"), [("linje", True), ("åben", False)])
@pytest.mark.parametrize("inside", ["paragraph", "property", "text"])
def test_a_leak_is_found(keep: str, leaking: bool, inside: str, tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "sladrer"
    (folder / "tekster").mkdir(parents=True)
    (folder / "felter.yaml").write_text(LEAKY.replace("KEEP", keep), encoding="utf-8")
    told = "{% for x in punkter %}{{ x.linje }}{% endfor %}{{ note }}"
    body = [p(told)] if inside == "paragraph" else [p("-")]
    (folder / "skabelon.docx").write_bytes(docx(*body))
    if inside == "property":
        text = LEAKY.replace("KEEP", keep).replace("Sladrer,", 'Sladrer, dokument: {titel: "{{ punkter[0].linje }}"},')
        (folder / "felter.yaml").write_text(text, encoding="utf-8")
    if inside == "text":
        (folder / "tekster" / "brev.txt.j2").write_text(told, encoding="utf-8")
    source = tmp_path / "inputs" / "sladrer" / "x.yaml"
    source.parent.mkdir(parents=True)
    source.write_text("navn: Åse\nnote: intern\npunkter:\n  - {titel: a, åben: nej}\n", encoding="utf-8")
    document, plants = planted(source, "offentlig", TODAY, [tmp_path / "templates"], tmp_path / "copy")
    assert {one.declared for one in plants if one.secret} == {("", "note"), ("punkt", "titel")}
    assert bool(leaks(document, plants)) is leaking
