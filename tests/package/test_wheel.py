"""The wheel carries everything: built, installed elsewhere, and used there on an input of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    answer = subprocess.run(
        [str(one) for one in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout + answer.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(*pip, "wheel", ROOT, "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", folder, cwd=folder)
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_carries_templates_and_reference_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in sorted((ROOT / "templates").rglob("*")):
        if folder.is_file():
            assert f"docgen/templates/{folder.relative_to(ROOT / 'templates').as_posix()}" in names
    assert {"docgen/data/kommuner.csv", "docgen/locale/en/LC_MESSAGES/docgen.po"} <= names
    assert not [name for name in names if name.startswith(("tests/", "inputs/"))]


def test_an_installed_docgen_makes_a_document_far_from_the_project(wheel: Path, tmp_path: Path) -> None:
    site, work = tmp_path / "site", tmp_path / "Æblegården & Co"
    work.mkdir()
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(*pip, "install", "--no-deps", "--no-index", "--target", site, wheel, cwd=work)
    source = ROOT / "inputs/kommissorium/implementeringspartnerskab.yaml"
    (work / "mit input.yaml").write_bytes(source.read_bytes())
    environment = {"PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
    where = run(sys.executable, "-c", "import docgen; print(docgen.__file__)", cwd=work, **environment)
    assert Path(where.strip()).is_relative_to(site)
    told = run(sys.executable, "-m", "docgen", "kommissorium", "mit input.yaml", cwd=work, **environment)
    (made,) = (work / "outputs").glob("*.docx")
    assert f"skrev outputs/{made.name}" in told
    assert str(site.name) in told, "the run says which template it used"
