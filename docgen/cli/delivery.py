"""Where the results of a run go, and how they get there: folders, files, stdout, and the words about it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from docgen.cli.command import settings
from docgen.cli.report import Report
from docgen.diagnostics import DocgenError, FilePlace, error
from docgen.formats import file_name
from docgen.masking import mask_cpr

OUTPUTS = Path("outputs")


class Target(NamedTuple):
    """Where results go: a `folder` under the document's own name, one `file`, or stdout when both are None."""

    folder: Path | None
    file: Path | None
    formats: tuple[str, ...]


class Result(NamedTuple):
    """A finished document: its file name without suffix, what makes it in a format, and what to say of it.

    `told` are the first values of its entry in the answer of `--json`.
    """

    name: str
    as_format: Callable[[str], bytes]
    template: Path
    design: Path | None
    told: Mapping[str, object]
    content_hash: Callable[[], str]


def find_target(target: str | None, formats: str | None, known: Sequence[str], *, several: bool) -> Target:
    """Where results go and in which of the `known` formats (the first is the usual one), from `-o` and `--format`.

    Raises DocgenError: DG506 an unknown format, DG507 a file name that does not fit the format, DG908 several
    documents for one file, DG912 a document on stdout together with `--json`.
    """
    from docgen.files import is_folder

    chosen = tuple(one.strip().lower().removeprefix(".") for one in (formats or "").split(",") if one.strip())
    for one in chosen:
        if one not in known:
            raise DocgenError([error("DG506", None, format=one, kendte=", ".join(known))], exit_code=2)
    if target is None:
        return Target(OUTPUTS, None, chosen or tuple(known[:1]))
    if target == "-" and settings().as_json:
        raise DocgenError([error("DG912", None)], exit_code=2)
    path = Path(target)
    suffix = path.suffix.lower().removeprefix(".")
    if target != "-" and (target.endswith(("/", "\\")) or is_folder(path) or not suffix):
        return Target(path, None, chosen or tuple(known[:1]))
    if several or len(chosen) > 1:
        raise DocgenError([error("DG908", FilePlace(target), fil=target)], exit_code=2)
    if target == "-":
        return Target(None, None, chosen or tuple(known[:1]))
    wanted = chosen[0] if chosen else suffix
    if wanted not in known:
        raise DocgenError([error("DG506", None, format=wanted, kendte=", ".join(known))], exit_code=2)
    ending = file_name("", wanted).rpartition(".")[2]
    if ending != suffix:
        raise DocgenError([error("DG507", FilePlace(target), fil=path.name, format=ending)], exit_code=2)
    return Target(None, path, (wanted,))


def deliver(result: Result, target: Target, report: Report, *, overwrite: bool, written: set[Path]) -> None:
    """Write one result in each format and say where it went.

    Raises DocgenError: DG501-DG504 as docgen.files.write, DG505 when an earlier input of the run has the same name.
    """
    from docgen.files import check_target, write

    files = dict(_files(result, target))
    for path in files:
        if path is not None:
            if path in written:
                raise DocgenError([error("DG505", FilePlace(path.as_posix()), fil=path.as_posix())])
            check_target(path, overwrite=overwrite)
    for path, data in files.items():
        if path is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            continue
        write(path, data, overwrite=overwrite)
        written.add(path)
        report.say("skrev {fil}", fil=mask_cpr(path.as_posix()))
    used = result.template.as_posix()
    if result.design:
        report.say("  skabelon: {skabelon}, design: {design}", skabelon=used, design=result.design.as_posix())
    else:
        report.say("  skabelon: {skabelon}, design: intet", skabelon=used)
    if not report.as_json:
        return
    report.results.append(
        {
            **result.told,
            "files": [path.as_posix() for path in files if path is not None],
            "template": used,
            "design": result.design.as_posix() if result.design else None,
            "content_hash": result.content_hash(),
        }
    )


def _files(result: Result, target: Target) -> Iterator[tuple[Path | None, bytes]]:
    for one in target.formats:
        path = target.folder / file_name(result.name, one) if target.folder else target.file
        yield path, result.as_format(one)


def file_option(value: str | None, option: str) -> Path | None:
    """The path that an option gives. Raises DocgenError DG903 for an empty one."""
    if value == "":  # an unset variable in a script
        raise DocgenError([error("DG903", None, navn=option)], exit_code=2)
    return Path(value) if value else None
