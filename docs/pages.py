"""Writes the generated parts of docs/dokumenttyper/: fields, editions, profiles, texts and rules of each kind.

`python docs/pages.py` brings the pages up to date; `python docs/pages.py --pictures` makes the pictures of real pages
as well (needs LibreOffice and pdftoppm). tests/documents/test_pages.py holds both to the code.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from docgen import Request, generate
from docgen.cli.app import main as docgen
from docgen.filling import Filling, fill
from docgen.kinds import rulebook
from docgen.kinds.composite_fields import GroupFieldType, ListType
from docgen.kinds.fields import Field
from docgen.kinds.folders import BOX, find_kinds
from docgen.kinds.kind import load_kind
from docgen.kinds.model import Formula, GroupType, Kind
from docgen.kinds.number_fields import BoolType
from docgen.kinds.text_fields import ChoiceType
from docgen.package import read_package
from docgen.sources import Mapping, Node, Scalar, Sequence

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "docs" / "dokumenttyper"
PICTURES = ROOT / "docs" / "billeder"
EXAMPLES = ROOT / "docs" / "eksempler"
SHOWN = PICTURES / "billeder.json"
TODAY = date(2026, 11, 22)
_PART = re.compile(r"(<!-- (\w+): lavet af docs/pages\.py -->\n).*?(<!-- slut -->)", re.DOTALL)
_CONTROL = re.compile(rb"<w:sdtPr>.*?</w:sdtPr>|</?w:sdt>|</?w:sdtContent>", re.DOTALL)
_DOTS_PER_INCH = 60


class Picture(NamedTuple):
    """A page of a document that docs show; `page` counts from 1.

    The document is made of an `input` of a kind in an `edition` and with a `profile`, or of a `template` filled with
    `data`; a `template` alone is shown as it is. Or it is the `file` that `commands` of docgen leave in a folder with
    docs/eksempler/. `dots` is how many there are to an inch, `crop` the part of the page that is shown: left, top,
    width and height in dots. `content_hash` is that of the file that the picture shows; "" has it drawn again.
    """

    page: int
    content_hash: str
    input: str | None = None
    edition: str | None = None
    profile: str | None = None
    template: str | None = None
    data: str | None = None
    file: str | None = None
    commands: tuple[str, ...] | None = None
    dots: int | None = None
    crop: tuple[int, int, int, int] | None = None


class Shown(NamedTuple):
    """The file that a picture shows a page of, and its `suffix`."""

    data: bytes
    content_hash: str
    suffix: str = ".docx"


def kinds() -> list[Kind]:
    """The kinds in the box, by name."""
    return [load_kind(name, BOX) for name in sorted(find_kinds(BOX))]


def written(page: str, kind: Kind) -> str:
    """The text of a page with its generated parts as the kind has them today."""

    def part(found: re.Match[str]) -> str:
        return f"{found[1]}{_PARTS[found[2]](kind)}{found[3]}"

    return _PART.sub(part, page)


def pictures() -> dict[str, Picture]:
    """The pictures that docs show, by file name."""
    return {name: Picture(**told) for name, told in json.loads(SHOWN.read_text(encoding="utf-8")).items()}


def shown(picture: Picture) -> Shown:
    """The document of a picture as docgen makes it today."""
    if picture.input is not None:
        source = ROOT / picture.input
        made = generate(Request(source.parent.name, source, TODAY, edition=picture.edition, profile=picture.profile))
        return Shown(made.word.to_bytes(), made.word.content_hash())
    if picture.file is not None:
        return _left_by(picture.commands or (), picture.file)
    if picture.template is None:
        raise ValueError("a picture in billeder.json names neither input nor template")
    template = ROOT / picture.template
    if picture.data is None:
        return Shown(template.read_bytes(), read_package(template).content_hash())
    filled = fill(Filling(template, ROOT / picture.data))
    return Shown(filled.as_format("docx"), filled.content_hash())


def _left_by(commands: tuple[str, ...], file: str) -> Shown:
    """The file of that name after commands of docgen in a folder with the examples."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        shutil.copytree(EXAMPLES, folder, dirs_exist_ok=True)
        for command in commands:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                docgen(shlex.split(command))
        found = Path(file)
        return Shown(found.read_bytes(), read_package(found).content_hash(), found.suffix)


def _fields(kind: Kind) -> str:
    groups = {"": kind.root, **{name: group for name, group in kind.groups.items() if name}}
    shown = [
        (f"\n### {_heading(name, kind)}\n\n" if name else "\n") + "".join(_field_rows(group, kind))
        for name, group in groups.items()
        if any(_is_written(field) for field in group.fields.values())
    ]
    return "".join(shown) + "\n"


def _heading(group: str, kind: Kind) -> str:
    """The name of a group, and the fields that are written with it."""
    users = [
        field.name
        for holder in (kind.root, *kind.groups.values())
        for field in holder.fields.values()
        if _is_written(field) and _group_of(field) == group and field.name != _spoken(group)
    ]
    told = f" (i {', '.join(f'`{name}`' for name in dict.fromkeys(users))})" if users else ""
    return f"`{_spoken(group)}`{told}"


def _group_of(field: Field) -> str:
    made = field.type.element if isinstance(field.type, ListType) else field.type
    return made.group if isinstance(made, GroupFieldType) else ""


def _field_rows(group: GroupType, kind: Kind) -> Iterator[str]:
    yield "| Felt | Skriv | Skal udfyldes | Forklaring |\n| --- | --- | --- | --- |\n"
    for field in group.fields.values():
        if _is_written(field):
            cells = (f"`{field.name}`", _takes(field, kind), _required(field), _explained(field))
            yield _row(cells)


def _row(cells: tuple[str, ...]) -> str:
    bar = r"\|"
    return f"| {' | '.join(cell.replace('|', bar) for cell in cells)} |\n"


def _is_written(field: Field) -> bool:
    return not field.computed and not field.builtin


def _spoken(name: str) -> str:
    return name.removeprefix("felter.").removeprefix("typer.")


def _takes(field: Field, kind: Kind) -> str:
    made = field.type
    several = isinstance(made, ListType)
    if isinstance(made, ListType):
        made = made.element
    if isinstance(made, GroupFieldType):
        told = f"{'flere: ' if several else ''}felterne under `{_spoken(kind.groups[made.group].name)}`"
    elif several:
        told = f"{'flere af ' if isinstance(made, ChoiceType) else 'flere: '}{made.describe('da')}"
    else:
        told = made.describe("da")
    return told


def _required(field: Field) -> str:
    told = "ja, i nogle tilfælde" if isinstance(field.required, Formula) else "ja" if field.required else "nej"
    return f"{told}; kun i nogle tilfælde muligt" if field.applies and told == "nej" else told


def _explained(field: Field) -> str:
    label = field.label if field.label.lower() != field.name.replace("_", " ").lower() else ""
    sample, default = (f"`{one}`" if (one := _example(node)) else "" for node in (field.example, field.default))
    told = [
        label if label[-1:] in ".?!" else f"{label}.",
        field.help,
        f"Eksempel: {sample}." if sample and not isinstance(field.type, BoolType) else "",
        f"Ellers: {default}." if default else "",
        f"Kun i udgaver, der må vise »{field.access}«." if field.access else "",
    ]
    return " ".join(part for part in told if part.strip("."))


def _example(node: Node | None) -> str:
    if isinstance(node, Scalar):
        return " ".join(node.text.split())
    if isinstance(node, Sequence):
        return ", ".join(filter(None, map(_example, node)))
    if isinstance(node, Mapping):
        return ", ".join(f"{entry.key.text}: {_example(entry.value)}" for entry in node)
    return ""


def _editions(kind: Kind) -> str:
    return _list({name: edition.label for name, edition in kind.editions.items()}, "--udgave")


def _profiles(kind: Kind) -> str:
    return _list({name: profile.description for name, profile in kind.profiles.items()}, "--profil")


def _list(told: dict[str, str], option: str) -> str:
    return (
        "\n" + "".join(f"- `{option} {name}`: {text}\n" for name, text in told.items()) + "\n"
        if told
        else "\nIngen.\n\n"
    )


def _sections(kind: Kind) -> str:
    shown = []
    for section in kind.sections.values():
        field = kind.root.fields.get(section.id)
        clause = kind.clauses.get(section.id)
        heading = (
            section.heading.text.gist()
            if section.heading
            else clause.heading.text.gist()
            if clause
            else field.label
            if field
            else ""
        )
        shown.append(_row((f"`{section.id}`", heading)))
    return "\n| Afsnit | Overskrift |\n| --- | --- |\n" + "".join(shown) + "\n" if shown else "\nIngen.\n\n"


def _rules(kind: Kind) -> str:
    return "\n" + rulebook.as_markdown(kind, "da") + "\n"


_PARTS: dict[str, Callable[[Kind], str]] = {
    "felter": _fields,
    "udgaver": _editions,
    "profiler": _profiles,
    "afsnit": _sections,
    "regler": _rules,
}


def draw(picture: Picture, target: Path) -> Picture:
    """Make the document of a picture, and a PNG of its page; the picture with the hash of that document.

    Nothing is drawn where that page of that document is drawn already.
    """
    document = shown(picture)
    if document.content_hash == picture.content_hash and target.is_file():
        return picture
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"side{document.suffix}")
        file.write_bytes(_drawn(document))
        _convert(file, Path(folder))
        page = ["-f", str(picture.page), "-l", str(picture.page), "-singlefile"]
        crop = zip(("-x", "-y", "-W", "-H"), map(str, picture.crop or ()), strict=False)
        chosen = ["-r", str(picture.dots or _DOTS_PER_INCH), *(argument for pair in crop for argument in pair)]
        command = ["pdftoppm", "-png", *page, *chosen, f"{folder}/side.pdf", str(target.with_suffix(""))]
        subprocess.run(command, check=True, capture_output=True)
    return picture._replace(content_hash=document.content_hash)


def _convert(file: Path, folder: Path) -> None:
    """Make a PDF of a document, with its comments as marks."""
    wanted = "pdf"
    if file.suffix == ".docx":
        wanted = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
    profile = f"-env:UserInstallation=file://{folder}/profil"
    command = ["soffice", profile, "--headless", "--convert-to", wanted, "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True)


def _drawn(document: Shown) -> bytes:
    """What LibreOffice draws: without the controls of a form, since it loses the grey of their prompts."""
    if document.suffix != ".docx":
        return document.data
    package = read_package(document.data)
    body = _CONTROL.sub(b"", package.data("word/document.xml"))
    return package.changed({"word/document.xml": body}).to_bytes()


def _told(picture: Picture) -> dict[str, object]:
    return {name: value for name, value in picture._asdict().items() if value is not None}


def main(arguments: list[str]) -> None:
    """Bring every page up to date, and with `--pictures` every picture."""
    for kind in kinds():
        page = PAGES / f"{kind.name}.md"
        page.write_text(written(page.read_text(encoding="utf-8"), kind), encoding="utf-8")
    if "--pictures" in arguments:
        drawn = {name: _told(draw(picture, PICTURES / name)) for name, picture in pictures().items()}
        SHOWN.write_text(json.dumps(drawn, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
