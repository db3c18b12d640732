"""No rule of the simulation and no bot knows a state by its code or name: all that is special about one is in its scenario.

Docstrings and comments may name states, as the literature does; code may not. The readers of files hold no rules: their errors
show a code as an example.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterpoise.sim.reading.scenario_text import parse_scenario

ROOMS = ("server/counterpoise/sim", "clients/counterpoise_clients/bots", "clients/counterpoise_clients/bot_kit")


@pytest.fixture(scope="module")
def words(scenarios: dict[str, str]) -> dict[str, re.Pattern[str]]:
    """A pattern for the codes, one for the names, and one for the capitals of all states of the bundled scenarios."""
    actors = [actor for name, text in scenarios.items() for actor in parse_scenario(text, name).actors]
    listed = {
        "code": {str(actor.id) for actor in actors},
        "name": {actor.name for actor in actors},
        "capital": {actor.capital for actor in actors},
    }
    return {kind: re.compile(rf"\b({'|'.join(map(re.escape, sorted(found)))})\b") for kind, found in listed.items()}


def code_texts(source: str) -> Iterator[tuple[int, str]]:
    """Yield the texts and the names in the code of a module with their lines; docstrings and comments are no code."""
    tree = ast.parse(source)
    documentation = {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documentation:
            yield node.lineno, node.value
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr


def states_in(source: str, words: dict[str, re.Pattern[str]]) -> list[str]:
    return [
        f"line {line}: the {kind} {found[0]}"
        for line, text in code_texts(source)
        for kind, pattern in words.items()
        for found in pattern.finditer(text)
    ]


def test_a_state_in_the_code_is_found(words: dict[str, re.Pattern[str]]) -> None:
    source = '"""Egypt and EGY."""\nif actor == "EGY":  # Egypt\n    pass\nEGY = f"{1} of Egypt"\n"""Cairo."""\n'
    assert states_in(source, words) == ["line 4: the code EGY", "line 2: the code EGY", "line 4: the name Egypt"]


@pytest.mark.parametrize("room", ROOMS)
def test_no_rule_and_no_bot_names_a_state(repository: Path, words: dict[str, re.Pattern[str]], room: str) -> None:
    modules = [path for path in sorted((repository / room).rglob("*.py")) if path.parent.name != "reading"]
    assert len(modules) > 5
    named = {str(path.relative_to(repository)): states_in(path.read_text(encoding="utf-8"), words) for path in modules}
    assert {name: found for name, found in named.items() if found} == {}
