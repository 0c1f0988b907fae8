"""`docgen ny TYPE`: a commented input to fill in, and the schema that editors check it with."""

from __future__ import annotations

import json
from pathlib import Path

import click

from docgen.cli import options
from docgen.cli.command import Command, settings
from docgen.cli.report import Report
from docgen.diagnostics import DocgenError, FilePlace, error


@click.command(
    "ny",
    cls=Command,
    options_metavar="[TILVALG]",
    help="Skriv et tomt input med forklaringer, klar til at udfylde. Med -o kommer et JSON-skema til editoren "
    "ved siden af.",
)
@click.argument("kind", metavar="TYPE")
@click.option("-o", "--ud", "target", metavar="FIL", help="den fil, der skal skrives; ellers stdout")
@click.option("--skema", "only_schema", is_flag=True, help="skriv kun JSON-skemaet (draft-07)")
@click.option("--overskriv", "overwrite", is_flag=True, help="erstat filer, der findes i forvejen")
@options.folders()
@options.language()
@options.as_json()
def command(kind: str, target: str | None, only_schema: bool, overwrite: bool) -> int:
    """Write the skeleton of a kind, and with `-o` its schema beside it."""
    from docgen.files import check_target, write
    from docgen.kinds.kind import load_kind
    from docgen.kinds.schema import json_schema
    from docgen.kinds.skeleton import skeleton

    report = Report(language=settings().language, as_json=settings().as_json)
    loaded = load_kind(kind, settings().folders)
    schema = json.dumps(json_schema(loaded), ensure_ascii=False, indent=2) + "\n"
    schema_name = f"{loaded.name}.schema.json"
    wanted = schema if only_schema else skeleton(loaded, schema_path=schema_name)
    if target is None or target == "-":
        if not settings().as_json:
            click.echo(wanted, nl=False)
        report.results.append({"kind": loaded.name, "text": wanted})
        report.close()
        return 0
    path = Path(target)
    form = "json" if only_schema else "yaml"
    if path.suffix.lower() not in (f".{form}", ".yml" if form == "yaml" else ""):
        raise DocgenError([error("DG507", FilePlace(target), fil=path.name, format=form)], exit_code=2)
    files = {path: wanted} if only_schema else {path: wanted, path.with_name(schema_name): schema}
    changed = {one: text for one, text in files.items() if not _has(one, text)}
    for one in changed:
        check_target(one, overwrite=overwrite)
    for one, text in changed.items():
        write(one, text.encode(), overwrite=overwrite)
        report.say("skrev {fil}", fil=one.as_posix())
    report.results.append({"kind": loaded.name, "files": [one.as_posix() for one in files]})
    report.close()
    return 0


def _has(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()
