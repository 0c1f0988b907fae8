"""The `docgen` command: finds the verb or the kind of document, and turns every fault into a message."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import click

from docgen import catalog
from docgen.cli import options
from docgen.diagnostics import Diagnostic, DocgenError, error
from docgen.kinds.folders import BOX

VERBS = {"tjek": "check", "ny": "new"}
ALIASES = {"check": "tjek", "new": "ny"}


class Settings(NamedTuple):
    """What a run must know before its arguments are parsed: the language, the folders of kinds, `--json`."""

    language: str
    folders: tuple[Path, ...]
    as_json: bool


def settings_of(arguments: Sequence[str]) -> Settings:
    """The settings of a run: `--sprog` (else DOCGEN_SPROG, else Danish), and `--skabeloner`, ./templates, the box."""
    language = _option(arguments, "--sprog") or os.environ.get("DOCGEN_SPROG", "da")
    own = _option(arguments, "--skabeloner")
    folders = [*([Path(own)] if own else []), Path("templates"), *BOX]
    distinct = {folder.resolve(): folder for folder in reversed(folders) if folder.is_dir()}
    return Settings(
        language if language in catalog.LANGUAGES else "da",
        tuple(folder for folder in folders if folder in distinct.values()),
        "--json" in arguments,
    )


def _option(arguments: Sequence[str], name: str) -> str | None:
    for here, following in zip(arguments, [*arguments, ""][1:], strict=True):
        if here == name:
            return following
        if here.startswith(f"{name}="):
            return here.removeprefix(f"{name}=")
    return None


def settings() -> Settings:
    """The settings of the running command."""
    context = click.get_current_context(silent=True)
    known = context.find_root().obj if context else None
    return known if isinstance(known, Settings) else settings_of(())


def text(danish: str) -> str:
    """`danish` (a msgid) in the language of the run."""
    return catalog.translate(danish, settings().language)


def _in_language(option: str) -> str:
    """`-o, --ud FIL` with the word for its value in the language of the run."""
    names, separator, value = option.rpartition(" ")
    return f"{names}{separator}{text(value)}"


class Command(click.Command):
    """A command whose help speaks the language of the run."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line that shows how the command is written."""
        pieces = " ".join(map(text, self.collect_usage_pieces(ctx)))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{text('Brug')}: ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """What the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text(self.help or ""))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of options."""
        shown = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        records = [record for one in shown if (record := one.get_help_record(ctx)) is not None]
        if records:
            with formatter.section(text("Tilvalg")):
                formatter.write_dl([(_in_language(name), text(told)) for name, told in records])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option `--help`, described in the language of the run."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "vis denne hjælp"
        return option


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
        return _fail([error("DG504", None, fil="stdout", grund=fault.strerror or "")], 2, known)
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
        case click.MissingParameter(param=param):
            return error("DG903", None, navn=param.make_metavar(fault.ctx) if param and fault.ctx else "")
        case _ if "unexpected extra argument" in fault.message:
            return error("DG905", None, navn=fault.message.partition("(")[2].rstrip(").").removeprefix("'"))
        case _:
            return error("DG906", None, grund=fault.format_message().rstrip("."))


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            with contextlib.suppress(ValueError, OSError):
                stream.reconfigure(encoding="utf-8")
