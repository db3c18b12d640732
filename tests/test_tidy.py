"""Checks of style that a program can make, so that reviews can be about the rest."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
SOURCES = sorted([*REPOSITORY.glob("server/**/*.py"), *REPOSITORY.glob("clients/**/*.py")])
PURE = [
    path
    for path in SOURCES
    if re.search(r"counterpoise/(sim/(?!reading/)|session|theory/(?!statistics))", path.as_posix())
]
FILE_LINES_MAX = 400
FOLDER_FILES_MAX = 25
FUNCTION_LINES_MAX = 70


def name(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_file_is_short_and_finished(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= FILE_LINES_MAX, "asks for a second room"
    assert not re.search(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError", text), "unfinished"
    assert not re.fullmatch(r"(utils?|helpers?|common|base|manager|misc)\.py", path.name), (
        "says nothing of what is in it"
    )
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= FUNCTION_LINES_MAX, f"{node.name} has {length} lines"


def test_a_folder_can_be_read_at_a_glance() -> None:
    folders = Counter(path.parent for path in [*SOURCES, *REPOSITORY.glob("clients/**/*.mjs")])
    # Every move is one file, and a game may have as many moves as it likes; so is every area of the text catalogue.
    free = [folder for folder in folders if folder.name == "moves" or folder.parent.name == "text"]
    crowded = [name(folder) for folder, files in folders.items() if files > FOLDER_FILES_MAX and folder not in free]
    assert crowded == [], "asks for a second room"


@pytest.mark.parametrize("path", PURE, ids=name)
def test_pure_code_does_not_depend_on_the_running_process(path: Path) -> None:
    for node in nodes(path):
        where = f"line {getattr(node, 'lineno', 0)}"
        assert not isinstance(node, ast.Set | ast.SetComp), f"{where}: a set's order depends on the hash seed"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("hash", "id", "set", "frozenset", "open", "print", "input"), where
            if node.func.id == "sum":
                counts = isinstance(node.args[0], ast.GeneratorExp) and isinstance(node.args[0].elt, ast.Constant)
                assert counts, f"{where}: sum of floats differs between Pythons; use math.fsum"


def test_no_query_is_built_from_strings() -> None:
    sql = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP)\b")
    for path in REPOSITORY.glob("server/counterpoise/store/*.py"):
        for node in nodes(path):
            if isinstance(node, ast.JoinedStr):
                constant = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
                assert not sql.search(constant), f"{path.name}: line {node.lineno}"
