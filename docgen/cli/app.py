"""The `docgen` command: finds the verb or the kind of document, and turns every fault into a message."""

from __future__ import annotations

import contextlib
import errno
import io
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from docgen import catalog
from docgen.cli import options
from docgen.cli.command import Command, Settings, settings, settings_of
from docgen.diagnostics import Diagnostic, DocgenError, error

VERBS = {
    "tjek": "check",
    "ny": "new",
    "regler": "rules",
    "udfyld": "fill",
    "skabelon": "template",
    "flet": "batch",
    "skema": "form",
}
ALIASES = {
    "check": "tjek",
    "new": "ny",
    "rules": "regler",
    "fill": "udfyld",
    "template": "skabelon",
    "batch": "flet",
    "form": "skema",
}


class App(Command, click.Group):
    """`docgen`: verbs are loaded when they are called, kinds are looked up among the folders of templates."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The verbs; kinds are listed with their titles by `docgen` alone."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The verb of that name, or else the command that makes the kind of document of that name."""
        name = ALIASES.get(cmd_name, cmd_name)
        if name in VERBS:
            found: click.Command = import_module(f"docgen.cli.{VERBS[name]}").command
            return found
        make: click.Command = import_module("docgen.cli.generate").command_for(cmd_name)
        return make

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, the verbs and the kinds of document that were found."""
        super().format_options(ctx, formatter)
        import_module("docgen.cli.overview").write(formatter, settings())


@click.group(
    cls=App,
    invoke_without_command=True,
    options_metavar="[TILVALG]",
    subcommand_metavar="KOMMANDO …",
    help="Lav færdige danske dokumenter ud fra strukturerede input.",
)
@options.language()
@options.folders()
@options.as_json()
@click.option("--version", is_flag=True, help="vis docgens version")
@click.pass_context
def app(context: click.Context, version: bool) -> None:
    """Show the version, or the kinds of document, when no command follows."""
    if version:
        from importlib.metadata import version as installed_version

        click.echo(f"docgen {installed_version('docgen')}")
    elif context.invoked_subcommand is None:
        shown = import_module("docgen.cli.overview").as_json(settings()) if settings().as_json else context.get_help()
        click.echo(shown)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run docgen with `arguments` (those of the process by default) and return its exit code.

    0 fine; 1 faults in an input, template or document; 2 wrong use, or a file that cannot be read or written.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    known = settings_of(given)
    try:
        answer = app.main(given, prog_name="docgen", standalone_mode=False, obj=known)
    except DocgenError as fault:
        return _fail(fault.diagnostics, fault.exit_code, known)
    except click.ClickException as fault:
        return _fail([_wrong_use(fault)], 2, known)
    except (click.Abort, KeyboardInterrupt):
        click.echo(catalog.translate("afbrudt", known.language), err=True)
        return 130
    except BrokenPipeError:
        sys.stdout = io.StringIO()  # the reader of a pipe has gone: nothing more can be told it
        return 0
    except OSError as fault:
        if fault.errno != errno.ENOSPC:
            raise
        from docgen.files import reason

        return _fail([error("DG504", None, fil="stdout", **reason(fault))], 2, known)
    return answer if isinstance(answer, int) else 0


def _fail(findings: Sequence[Diagnostic], exit_code: int, known: Settings) -> int:
    from docgen.cli.report import Report

    report = Report(language=known.language, as_json=known.as_json)
    report.show(findings)
    report.close()
    return exit_code


def _wrong_use(fault: click.ClickException) -> Diagnostic:
    match fault:
        case click.NoSuchOption(option_name=name):
            return error("DG902", None, navn=name)
        case click.BadOptionUsage(option_name=name) if "requires an argument" in fault.message:
            return error("DG903", None, navn=name)
        case click.MissingParameter(param=param):
            return error("DG903", None, navn=param.make_metavar(fault.ctx) if param and fault.ctx else "")
        case _ if "unexpected extra argument" in fault.message:
            return error("DG905", None, navn=fault.message.partition("(")[2].rstrip(").").removeprefix("'"))
        case _:
            return error("DG906", None, grund=fault.format_message().rstrip("."))


def _speak_utf8() -> None:
    """Pipes and files get UTF-8; what no encoding can write, such as a broken file name, is told by its code."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started docgen
            setattr(sys, name, io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
        elif isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError, OSError):
                encoding = stream.encoding if stream.isatty() else "utf-8"
                stream.reconfigure(encoding=encoding, errors="backslashreplace")
