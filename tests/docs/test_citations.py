"""Every citation of the theory's specification leads to a section that exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CITATION = re.compile(r"\btheory (\d+\.\d+)\b")
OTHER_SPELLING = re.compile(r"\b[Ss]ections? \d+\.\d|§|\btheory\.md\b|\btheory \d+\.\d+(?:,| and) \d+\.\d+\b")
HEADING = re.compile(r"^### (\d+\.\d+) \S", re.MULTILINE)
OWN_PATH = "tests/docs/test_citations.py"
SPECIFICATION = "server/counterpoise/theory/README.md"


@pytest.fixture(scope="module")
def texts(repository: Path, files: list[str]) -> dict[str, str]:
    """The text of every file that may cite the specification, by its path."""
    names = [name for name in files if name.endswith((".py", ".md", ".mjs", ".toml")) and name != OWN_PATH]
    return {name: (repository / name).read_text(encoding="utf-8") for name in names}


def test_every_cited_section_is_a_heading_of_the_specification(texts: dict[str, str]) -> None:
    headings = HEADING.findall(texts[SPECIFICATION])
    cited = [(name, number) for name, text in texts.items() for number in CITATION.findall(text)]
    assert len(cited) > 15
    assert [(name, number) for name, number in cited if number not in headings] == []


def test_sections_are_cited_in_one_spelling_only(texts: dict[str, str]) -> None:
    assert [(name, match[0]) for name, text in texts.items() for match in OTHER_SPELLING.finditer(text)] == []


def test_the_numbers_of_the_sections_rise_and_none_repeats(texts: dict[str, str]) -> None:
    numbers = [tuple(map(int, each.split("."))) for each in HEADING.findall(texts[SPECIFICATION])]
    assert numbers == sorted(set(numbers))
