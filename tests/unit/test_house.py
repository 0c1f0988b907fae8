"""The house is built as docs/ARCHITECTURE.md draws it: layers, doors, sizes, opening sentences."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "docgen"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A module may import from its own layer's package and from every layer below; `kinds` and `word` stand side by side.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"diagnostics", "masking", "catalog"}),
    frozenset({"files", "cache", "package"}),
    frozenset({"danish", "sources"}),
    frozenset({"templating"}),
    frozenset({"kinds", "word"}),
    frozenset({"design_file", "design_reader"}),
    frozenset({"forms"}),
    frozenset({"inputs", "pipeline", "formats", "excerpts", "lists", "filling", "asking", "field_tree", "kind_check"}),
    frozenset({"series"}),
    frozenset({"cli", "__init__", "__main__"}),
)
DOORS = {
    "openpyxl": ("forms", "series"),
    "defusedxml": ("sources", "forms"),
    "lxml": ("word", "forms"),
    "docx": ("word",),
    "babel": ("catalog",),
    "click": ("cli",),
    "rich": ("cli",),
    "yaml": ("sources",),
    "markdown_it": ("word",),
    "stdnum": ("danish",),
    "holidays": ("danish",),
    "jinja2": ("templating", "word"),
    "zipfile": ("package",),
    "socket": (),
    "urllib.request": (),
    "subprocess": (),
}
LONGEST_MODULE = 400
LONGEST_FUNCTION = 50


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def level(name: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if name in layer)


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_downward(path: Path) -> None:
    here = room(path)
    for name in imports(parsed(path)):
        steps = name.split(".")
        if (
            steps[0] != "docgen"
            or len(steps) < 2
            or not ((PACKAGE / steps[1]).is_dir() or (PACKAGE / f"{steps[1]}.py").exists())
        ):
            continue
        there = steps[1]
        assert (
            there == here
            or level(there) < level(here)
            or (level(there) == level(here) and here not in ("kinds", "word", "danish", "sources"))
        ), f"{path.name} ({here}) imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_library_has_one_door(path: Path) -> None:
    for name in imports(parsed(path)):
        for library, rooms in DOORS.items():
            if name == library or name.startswith(f"{library}."):
                assert room(path) in rooms, f"{path.relative_to(ROOT)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_short_and_open_with_one_sentence(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_MODULE
    opening = ast.get_docstring(parsed(path))
    assert opening, "a module opens with its purpose"
    first = opening.split("\n\n")[0]
    assert first.endswith("."), first


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_functions_are_short(path: Path) -> None:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, f"{node.name} in {path.name}"


def test_no_import_cycles() -> None:
    graph: dict[str, set[str]] = {}
    for path in MODULES:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        top = [node for node in parsed(path).body if isinstance(node, ast.Import | ast.ImportFrom)]
        graph[name] = {found for node in top for found in imports(ast.Module(body=[node], type_ignores=[]))}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name in done or name not in graph:
            return
        for target in graph[name]:
            if target != name:
                visit(target, (*trail, name))
        done.add(name)

    sys.setrecursionlimit(max(sys.getrecursionlimit(), 5_000))
    for name in graph:
        visit(name, ())


def test_the_package_names_no_kind() -> None:
    kinds = [folder.name for folder in (ROOT / "templates").iterdir() if (folder / "felter.yaml").exists()]
    assert kinds
    for path in MODULES:
        text = path.read_text(encoding="utf-8").lower()
        for kind in kinds:
            assert not re.search(rf"\b{kind}\b", text), f"{path.relative_to(ROOT)} names {kind}"


def test_the_architecture_page_names_files_that_are_there_and_every_module_of_the_engine() -> None:
    page = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w/*.])((?:\w+/)*\w+\.py)\b", page))
    assert named
    missing = {name for name in named if not ((PACKAGE / name).is_file() or (ROOT / name).is_file())}
    bare = {name for name in missing if "/" not in name and list(PACKAGE.rglob(name))}
    assert missing - bare == set()
    engine = {path.stem for path in (PACKAGE / "word").rglob("*.py")} - {"__init__", "template"}
    assert {name for name in engine if f"`{name}`" not in page} == set()
