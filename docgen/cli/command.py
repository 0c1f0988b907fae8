"""What every command shares: the settings of the run, and help in its language."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from docgen import catalog
from docgen.kinds.folders import BOX


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
    distinct: dict[Path, Path] = {}
    for folder in folders:
        if folder.is_dir():
            distinct.setdefault(folder.resolve(), folder)
    return Settings(
        language if language in catalog.LANGUAGES else "da",
        tuple(distinct.values()),
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
