"""Kinds written into a temporary folder, and everything that docgen says about them and their inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from docgen.catalog import as_text
from docgen.diagnostics import Diagnostic, DocgenError, has_errors
from docgen.kinds.editions import select_edition
from docgen.kinds.kind import Kind, load_kind
from docgen.kinds.record import Group
from docgen.kinds.rules import RuleResult, check_rules
from docgen.kinds.sections import Context, build
from docgen.kinds.validate import Validation, validate
from docgen.sources import Node, read_text

NAME = "prøve"


@dataclass(frozen=True)
class Workshop:
    """A folder with a kind that a test writes, and what docgen makes of it."""

    folder: Path
    today: date

    def write(self, files: Mapping[str, str], name: str = NAME) -> None:
        for file, text in files.items():
            path = self.folder / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")

    def kind(self, felter: str, files: Mapping[str, str] | None = None) -> Kind:
        self.write({"felter.yaml": felter} | dict(files or {}))
        return load_kind(NAME, [self.folder])

    def said(self, diagnostics: Iterable[Diagnostic], language: str = "da") -> str:
        """What a user sees, with the folder left out of the names of files."""
        texts = [as_text(one, language) for one in diagnostics]
        return "\n\n".join(texts).replace(f"{self.folder.as_posix()}/{NAME}/", "")

    def tree(self, text: str, form: str = "yaml") -> Node:
        return read_text(dedent(text).lstrip("\n").encode(), f"input.{form}", form).root

    def held(
        self, kind: Kind, text: str, *, profile: str | None = None, edition: str | None = None, form: str = "yaml"
    ) -> Validation:
        return validate(self.tree(text, form), kind, profile=profile, today=self.today, edition=edition)

    def values(self, kind: Kind, text: str, *, profile: str | None = None, form: str = "yaml") -> Group:
        validation = self.held(kind, text, profile=profile, form=form)
        assert not has_errors(validation.diagnostics), self.said(validation.diagnostics)
        return validation.record.values

    def ruled(self, kind: Kind, text: str, *, edition: str | None = None) -> RuleResult:
        return check_rules(self.held(kind, text).record, edition=edition, today=self.today)

    def context(self, kind: Kind, text: str, *, edition: str | None = None, profile: str | None = None) -> Context:
        validation = self.held(kind, text, profile=profile, edition=edition)
        assert not has_errors(validation.diagnostics), self.said(validation.diagnostics)
        record = select_edition(validation.record, edition)
        return build(record, edition=edition, profile=profile, today=self.today)

    def everything(
        self, text: str, *, edition: str | None = None, profile: str | None = None, form: str = "yaml"
    ) -> list[Diagnostic]:
        """Every finding about the kind in the folder and an input, from all the stages."""
        try:
            kind = load_kind(NAME, [self.folder])
            validation = self.held(kind, text, profile=profile, edition=edition, form=form)
            rules = check_rules(validation.record, edition=edition, today=self.today)
            found = [*validation.diagnostics, *rules.diagnostics]
            if not has_errors(found):
                record = select_edition(validation.record, edition)
                build(record, edition=edition, profile=profile, today=self.today)
        except DocgenError as fault:
            return list(fault.diagnostics)
        return found


@pytest.fixture
def workshop(tmp_path: Path, today: date) -> Workshop:
    return Workshop(tmp_path, today)
