"""A Word form read back to the tree of an input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from docgen.diagnostics import Diagnostic, DocgenError, FilePlace, Severity, error, has_errors, warning
from docgen.forms.word.writer_plan import Form, make_form
from docgen.kinds.model import Kind
from docgen.package import Package, read_package
from docgen.sources import Reading

_HARMLESS = ("DG418", "DG424")  # linked pictures, links to files
_SHOWN = 5  # names of fields that a message lists


class About(NamedTuple):
    """What a form says of itself: its make, the kind, the kind's version, and the list it gives elements of."""

    make: str
    kind: str
    version: str
    part: str


def read_word(path: Path, kind: str, folders: Sequence[Path], load: Callable[[str], Kind]) -> tuple[Kind, Reading]:  # noqa: ARG001
    """The kind that the form is for, and its tree.

    What cannot be placed is an error among the warnings of the reading, so that it is told together with what the kind
    says of the values. Raises DocgenError (exit code 2) for a file that is no form (DG730), is for another kind than
    `kind` (DG731) or of a later make (DG735), and for what may not be opened (DG4xx).
    """
    name = path.as_posix()
    package = read_package(path, name)
    about = _about(package)
    if about is None:
        raise DocgenError([error("DG730", FilePlace(name))], exit_code=2)
    loaded = load(kind or about.kind)
    if loaded.name != about.kind:
        raise DocgenError(
            [error("DG731", FilePlace(name), skema=about.kind, type=loaded.name, fil=path.name)], exit_code=2
        )
    from docgen.forms.word.writer_package import VERSION

    if about.make != str(VERSION):
        raise DocgenError([error("DG735", FilePlace(name), type=loaded.name)], exit_code=2)
    return loaded, read_form(package, make_form(loaded, about.part), about.version)


def read_form(package: Package, form: Form, version: str) -> Reading:
    """The tree of a form, written for that version of its kind. Raises DocgenError for what may not be opened."""
    from docgen.forms.word.reader_around import frames, unread_prompts, unsettled
    from docgen.forms.word.reader_signs import write_out
    from docgen.forms.word.reader_tree import TreeMaker
    from docgen.forms.word.reader_walk import Walk
    from docgen.word.archive.soundness import mended
    from docgen.word.reading.reader import Body
    from docgen.word.tagging.places import Places

    package, dangers = mended(package)
    # A form hands nothing on but its text: what it only refers to is told, and does no harm.
    faults = [replace(one, severity=Severity.WARNING) if one.code in _HARMLESS else one for one in dangers]
    if has_errors(faults):
        raise DocgenError(faults, exit_code=2)
    body = Body(package)
    places = Places(body.root, package.file, body.part)
    same = version == form.kind.version
    strange = unread_prompts(form, body.root, places, same_version=same)
    around = (*unsettled(package, body.root), *frames(package))
    write_out(body.root)
    walk = Walk(form, body, places, same_version=same)
    item = walk.read()
    maker = TreeMaker()
    root = maker.root(form.questions, item)
    older = _older(form, version, walk.met, package.file)
    return Reading(root, (*faults, *strange, *walk.faults, *maker.findings, *around, *older))


def about_form(source: Path | bytes) -> About | None:
    """What a form says of itself; None for other files, also those that cannot be read."""
    try:
        return _about(read_package(source))
    except DocgenError:
        return None


def of_part(findings: Iterable[Diagnostic], part: str) -> tuple[Diagnostic, ...]:
    """The findings that concern a form for elements of the list `part`, which is no whole input."""
    return tuple(one for one in findings if one.path.startswith(part) or (not one.path and one.place is not None))


def _about(package: Package) -> About | None:
    from docgen.forms.word.writer_package import CUSTOM_PART, NAMES
    from docgen.word.archive.opc import related, root_of

    part = related(package, "", "custom-properties") or CUSTOM_PART
    if part not in package:
        return None
    values = {one.get("name", ""): "".join(map(str, one.itertext())).strip() for one in root_of(package, part)}
    found = [values.get(name, "") for name in NAMES]
    return About(*found) if found[0] and found[1] else None


def _older(form: Form, version: str, met: set[str], file: str) -> list[Diagnostic]:
    """That the form is for another version of the kind, with the fields that it does not have."""
    if version == form.kind.version:
        return []
    missing = [one.label for one in form.walk() if not one.inner and one.tag not in met]
    shown = ", ".join(missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")
    told = {"gammel": version or "-", "ny": form.kind.version or "-", "type": form.kind.name}
    fields = {"felter": f"det har ikke {shown}" if shown else "det har alle felter"}
    fields["felter_en"] = f"it lacks {shown}" if shown else "it has every field"
    return [warning("DG734", FilePlace(file), **told, **fields)]
