"""No rule, process or bot knows a state of a scenario by its code or name."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

FOLDERS = (
    *(f"server/counterpoise/sim/{name}" for name in ("rules", "processes", "moves", "injects")),
    "clients/counterpoise_clients/bot_kit",
    "clients/counterpoise_clients/bots",
)


def _texts(source: str) -> set[str]:
    """Return the words of a source's string constants; docstrings and other loose texts are left out."""
    tree = ast.parse(source)
    loose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in loose]
    return {word for node in constants if isinstance(node.value, str) for word in node.value.split()}


def test_no_rule_process_or_bot_names_a_state(repository: Path) -> None:
    scenarios = [path for path in (repository / "scenarios").glob("*.toml") if ".history" not in path.name]
    actors = [tomllib.loads(path.read_text(encoding="utf-8"))["actors"] for path in scenarios]
    known = {name for found in actors for code, actor in found.items() for name in (code, actor["name"])}
    assert len(known) > 50
    named = {
        str(path.relative_to(repository)): found
        for folder in FOLDERS
        for path in (repository / folder).rglob("*.py")
        if (found := _texts(path.read_text(encoding="utf-8")) & known)
    }
    assert named == {}
