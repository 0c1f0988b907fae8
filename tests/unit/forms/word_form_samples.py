"""A kind with a field of every shape, its form, and how Word and people change such a form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lxml import etree

from docgen.forms.word.reader import read_word
from docgen.kinds.kind import load_kind
from docgen.kinds.model import Kind
from docgen.package import read_package
from docgen.sources import Mapping, Node, Reading, Scalar, read_text
from docgen.word.archive.ooxml import W, to_bytes, w

KIND = """
type: {titel: Prøve, version: "1.0"}
typer:
  punkt:
    tekst: {type: tekst, kort: ja, påkrævet: ja, etiket: Punkt}
    underpunkter: {type: liste, af: punkt, etiket: Underpunkter}
  bilag:
    titel: {type: tekst, kort: ja, påkrævet: ja, etiket: Titel, eksempel: Tidsplan}
    fil: {type: tekst, etiket: Fil}
  medlem:
    navn: {type: tekst, kort: ja, påkrævet: ja, etiket: Navn, eksempel: Karen Eksempelsen}
    titel: {type: tekst, etiket: Titel}
    enhed: {type: tekst, etiket: Enhed}
    organisation: {type: tekst, etiket: Organisation}
    gruppe: {type: tekst, etiket: Gruppe}
    suppleant: {type: tekst, etiket: Suppleant, eksempel: Bo Prøvesen}
    rolle: {type: valg, værdier: {formand: formand for gruppen, medlem: medlem}, etiket: Rolle}
  sag:
    overskrift: {type: tekst, kort: ja, påkrævet: ja, etiket: Overskrift}
    tekst: {type: afsnit, etiket: Sagsfremstilling, hjælp: Selve sagen., eksempel: Arbejdet deles i tre faser.}
    bilag: {type: liste, af: bilag, etiket: Bilag}
felter:
  titel: {type: tekst, påkrævet: ja, etiket: Titel, hjælp: Dokumentets titel., eksempel: Kommissorium for gruppen}
  dato: {type: dato, etiket: Dato, eksempel: 12. marts 2026}
  slags: {type: valg, værdier: {kort: Kort notat, langt: Langt notat}, standard: kort, etiket: Slags}
  åben: {type: ja_nej, etiket: Åben sag}
  emner: {type: liste, af: tekst, etiket: Emner}
  opgaver: {type: liste, af: punkt, etiket: Opgaver}
  baggrund: {type: afsnit, etiket: Baggrund, hjælp: Hvorfor., eksempel: Direktionen besluttede det.}
  part:
    type: gruppe
    etiket: Part
    felter:
      navn: {type: tekst, etiket: Partens navn}
      note: {type: afsnit, etiket: Note}
  medlemmer: {type: liste, af: medlem, etiket: Medlemmer}
  sager: {type: liste, af: sag, etiket: Sager}
"""
INPUT = """
titel: Prøve på "alt" & mere
dato: 12. marts 2026
slags: langt
åben: ja
emner: [vand, jord & luft]
opgaver: [første, {tekst: anden, underpunkter: [under et, {tekst: under to, underpunkter: [dybest]}]}]
baggrund: |
  Et afsnit med **fed** og [et link](https://www.eksempel.dk).

  ## Underoverskrift

  1. en
  2. to

  | A | B |
  |---|--:|
  | x | 1 |
part: {navn: KL, note: Kort note.}
medlemmer:
  - {navn: Karen Eksempelsen, organisation: KL, suppleant: Bo Prøvesen, rolle: formand}
  - Bo Prøvesen
sager:
  - {overskrift: Første sag, tekst: Det går godt., bilag: [Tidsplan, {titel: Budget, fil: budget.xlsx}]}
  - {overskrift: Anden sag, tekst: Det går bedre.}
"""


def sample_kind(folder: Path, text: str = KIND) -> Kind:
    """The kind `prøve`, from files in `folder`."""
    made = folder / "proeve"
    made.mkdir(exist_ok=True)
    (made / "felter.yaml").write_text(text, encoding="utf-8")
    return load_kind("proeve", [folder])


def tree(text: str) -> Node:
    """The tree of an input in YAML."""
    return read_text(text.encode(), "input.yaml", "yaml").root


def edited(form: bytes, change: Callable[[etree._Element], object]) -> bytes:
    """The form after `change` to the XML of its body."""
    package = read_package(form, "skema.docx")
    root = etree.fromstring(package.data("word/document.xml"))
    change(root)
    return package.changed({"word/document.xml": to_bytes(root)}).to_bytes()


def read_back(form: bytes, folder: Path, kind: Kind) -> Reading:
    """What a form says. Raises DocgenError."""
    path = folder / "skema.docx"
    path.write_bytes(form)
    return read_word(path, "", (), lambda _: kind)[1]


def plain(node: Node | None) -> object:
    """A tree as dictionaries, lists and texts; empty values are left out."""
    if node is None or isinstance(node, Scalar):
        return node.text if node else None
    if isinstance(node, Mapping):
        return {e.key.text: plain(e.value) for e in node if not (isinstance(e.value, Scalar) and e.value.empty)}
    return [plain(item) for item in node]


def answers(form: bytes, folder: Path, kind: Kind) -> object:
    """What a form says, as dictionaries, lists and texts."""
    return plain(read_back(form, folder, kind).root)


def control(root: etree._Element, tag: str, number: int = 0) -> etree._Element:
    """A content control by its tag."""
    return [
        one for one in root.iter(w("sdt")) if one.find(f"{w('sdtPr')}/{w('tag')}[@{w('val')}='{tag}']") is not None
    ][number]


def xml(text: str) -> etree._Element:
    """An element of Word's from its XML."""
    return etree.fromstring(f'<x xmlns:w="{W}">{text}</x>')[0]


def type_in(root: etree._Element, tag: str, inside: str, number: int = 0) -> None:
    """Fills a control as Word does: the placeholder goes, and so does the mark that it was shown."""
    found = control(root, tag, number)
    properties, content = found[0], found.find(w("sdtContent"))
    assert content is not None
    for mark in properties.findall(w("showingPlcHdr")):
        properties.remove(mark)
    new = etree.fromstring(f'<x xmlns:w="{W}">{inside}</x>')
    content[:] = list(new)
