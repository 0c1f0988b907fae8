"""Mutates Word templates, as bytes and as XML, and their tags: only a DocgenError or a whole document may come out.

    python benchmarks/fuzz.py --seconds 120 --seed 1 [--keep FOLDER]

A fault is an exception of another kind, a document whose parts are no XML, or a render that takes more than five
seconds. Each is shown with the seed and the round, which make the same file again; `--keep` writes the file, too.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from jinja2 import ChainableUndefined, Undefined
from lxml import etree

from docgen.diagnostics import DocgenError
from docgen.word import WordTemplate

ROOT = Path(__file__).parent.parent
SLOW = 5.0  # seconds
SCRAPS = (
    "{{", "}}", "{%", "%}", "{#", "#}", "{{ navn }}", "{{ aktiver }}", "{% if x %}", "{% endif %}",
    "{%p if navn %}", "{%tr for a in aktiver %}", "{%tr endfor %}", "{% for a in aktiver %}", "{{ a.navn }}",
    "{% else %}", "{%- endfor %}", "{% colspan 2 %}", "{% vm %}", "{% hm %}", "{% cellbg 'ff0000' %}",
    "{{r navn }}", "{_{", "{% raw %}", "{% set s = s ~ s %}", "{{ tekst | markdown }}", "{{ 1 / 0 }}",
    "{{ navn.__class__ }}", "{{ 'a' * 10**9 }}", "{% macro m() %}", "{% block b %}", "{% include 'x' %}",
    "{% import 'x' as y %}", "{% for i in range(10**9) %}", "\u201e", "\u00a0", "\u200b", "\ufffe", "æøå & co.",
    "&amp;", "&#0;", "<w:p/>", "<w:tbl/>", "<w:tc/>", "</w:p>", "]]>", "<!--", "<?dg 1?>", "\ue000", "-1",
    "99999999999999999999",
)  # fmt: skip
DATA: dict[str, object] = {
    "navn": "Åse & Ølgård <x>",
    "x": 0,
    "aktiver": [{"navn": "Bro", "værdi": 12.5}, {"navn": None, "værdi": []}],
    "tekst": "# Overskrift\n\n- et\n- to\n\n| a | b |\n|---|---|\n| 1 | 2 |",
}


def samples() -> list[dict[str, bytes]]:
    """The parts of the templates in the box, and of small ones with tags in every kind of place."""
    sys.path.insert(0, str(ROOT))
    from tests.unit.word.build import p, part, parts, relationship, tbl, tc, tr

    link = p('<w:hyperlink r:id="rId9"><w:r><w:t>{{ navn }}</w:t></w:r></w:hyperlink>')
    row = tr("{%tr for a in aktiver %}") + tr("{{ a.navn }}", tc("{{ a.værdi }}", p("x"))) + tr("{%tr endfor %}")
    field = p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF {{ navn }}</w:instrText></w:r>'
              '<w:r><w:fldChar w:fldCharType="end"/></w:r>')  # fmt: skip
    mark = p('<w:bookmarkStart w:id="1" w:name="a"/>', "{{ navn }}", '<w:bookmarkEnd w:id="1"/>')
    body = (
        p("{% if navn %}") + p("Kære {{ navn }}") + p("{% else %}") + link + p("{% endif %}") + tbl(row) + field + mark
    )
    more = {"header1": part("hdr", p("{{ navn }}")), "footnotes": part("footnotes", p("{{ tekst }}"))}
    target = relationship("rId9", "hyperlink", "https://a.dk/%7B%7B navn %7D%7D", external=True)
    found = [{name: text.encode() for name, text in parts(body, more, target).items()}] * 12
    for path in sorted((ROOT / "templates").rglob("*.docx"))[:6]:
        with zipfile.ZipFile(path) as archive:
            found.append({name: archive.read(name) for name in archive.namelist()})
    return found


def packed(files: dict[str, bytes]) -> bytes:
    """The files as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def broken_bytes(dice: random.Random, files: dict[str, bytes]) -> bytes:
    """A zip file with some of its bytes changed, taken away or doubled."""
    data = bytearray(packed(files))
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(data))
        match dice.randrange(4):
            case 0:
                data[at] = dice.randrange(256)
            case 1:
                del data[at : at + dice.randint(1, 40)]
            case 2:
                data[at:at] = data[at : at + dice.randint(1, 40)]
            case _:  # the directory is where it hurts
                data[max(0, len(data) - 1 - dice.randrange(300))] = dice.choice((0, 1, 255, dice.randrange(256)))
        if not data:
            break
    return bytes(data)


def broken_text(dice: random.Random, files: dict[str, bytes]) -> bytes:
    """A zip file in one of whose parts text was put in, taken out or moved, whether or not it is XML after that."""
    name = dice.choice([one for one in files if one.endswith((".xml", ".rels"))])
    text = files[name].decode()
    for _ in range(dice.randint(1, 4)):
        at, to = sorted(dice.randrange(len(text) + 1) for _ in range(2))
        to = min(to, at + dice.choice((1, 5, 50)))
        text = text[:at] + dice.choice((dice.choice(SCRAPS), "", text[at:to] * 2)) + text[to:]
    return packed({**files, name: text.encode("utf-8", "replace")})


def moved_elements(dice: random.Random, files: dict[str, bytes]) -> bytes:
    """A zip file whose XML is whole, with elements and attributes moved, doubled and dropped and tags in odd places."""
    name = dice.choice(
        [one for one in files if one.startswith("word/") and one.endswith(".xml")] + ["word/document.xml"] * 8
    )
    root = etree.fromstring(files[name])
    for _ in range(dice.randint(1, 12)):
        nodes = list(root.iter(etree.Element))[1:]
        if not nodes:
            break
        one, other = dice.choice(nodes), dice.choice(nodes)
        match dice.randrange(6):
            case 0 if (parent := one.getparent()) is not None:
                parent.remove(one)
            case 1 if one not in list(other.iterancestors()) and one is not other:
                other.append(one)
            case 2 if one.getparent() is not None:
                one.addnext(etree.fromstring(etree.tostring(one, with_tail=False)))
            case 3 if one.attrib:
                one.set(dice.choice(list(one.attrib)), dice.choice(("", "-1", "{{ navn }}", "{% if x %}", "9" * 30)))
            case _:
                text = one.text or ""
                at = dice.randrange(len(text) + 1)
                if text or one.tag.endswith("}t"):
                    scrap = "".join(sign for sign in dice.choice(SCRAPS) if sign.isprintable())
                    one.text = text[:at] + scrap + text[at:]
    return packed({**files, name: etree.tostring(root, encoding="utf-8", xml_declaration=True)})


WAYS: tuple[Callable[[random.Random, dict[str, bytes]], bytes], ...] = (
    broken_bytes, broken_text, moved_elements, moved_elements, moved_elements
)  # fmt: skip


def outcome(data: bytes, undefined: type[Undefined] | None) -> str:
    """What becomes of a template: the codes of its faults, or `document`. Raises whatever should not be raised."""
    try:
        made = WordTemplate(data, name="a.docx", undefined=undefined).render(DATA).to_bytes()
    except DocgenError as fault:
        codes = {one.code for one in fault.diagnostics}
        from docgen import catalog

        for one in fault.diagnostics:
            catalog.as_text(one)
        return min(codes)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        with zipfile.ZipFile(io.BytesIO(data)) as before:
            known = {name: before.read(name) for name in before.namelist()}
        for name in archive.namelist():
            written = archive.read(name)
            if name.endswith((".xml", ".rels")) and written != known.get(name):
                etree.fromstring(written)
    return "document"


def main() -> int:
    """Runs until the time is up; 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    files = samples()
    seen: Counter[str] = Counter()
    found: dict[str, str] = {}
    rounds, end = 0, time.monotonic() + asked.seconds
    while time.monotonic() < end:
        rounds += 1
        dice = random.Random(f"{asked.seed}-{rounds}")
        data = dice.choice(WAYS)(dice, dict(dice.choice(files)))
        start = time.monotonic()
        try:
            seen[outcome(data, dice.choice((ChainableUndefined, ChainableUndefined, None)))] += 1
            fault = f"slow: {time.monotonic() - start:.1f} s" if time.monotonic() - start > SLOW else ""
        except Exception as raised:  # noqa: BLE001 - what fuzzing looks for
            frames = traceback.extract_tb(raised.__traceback__)[-4:]
            steps = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(frames))
            fault = f"{type(raised).__name__}: {str(raised)[:120]} at {steps}"
        key = fault.split(" at ")[-1]
        if fault and key not in found:
            found[key] = fault
            print(f"seed {asked.seed} round {rounds}: {fault}", flush=True)
            if asked.keep:
                (asked.keep / f"{asked.seed}-{rounds}.docx").write_bytes(data)
    print(f"{rounds} rounds; {', '.join(f'{code} {count}' for code, count in seen.most_common(25))}")
    print(f"{len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
