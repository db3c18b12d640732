"""Every citation of the theory's specification leads to a section that exists."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

CITATION = re.compile(r"\btheory (\d+\.\d+)\b")
OTHER_SPELLING = re.compile(r"\b[Ss]ections? \d+\.\d|§|\btheory\.md\b|\btheory \d+\.\d+(?:,| and) \d+\.\d+\b")
HEADING = re.compile(r"^### (\d+\.\d+) \S", re.MULTILINE)
SPECIFICATION = "server/counterpoise/theory/README.md"


def texts(repository: Path) -> dict[str, str]:
    """Return the text of every tracked file that may cite the specification, by its path."""
    listed = subprocess.run(
        ["git", "ls-files", "*.py", "*.md", "*.mjs", "*.toml"],
        cwd=repository, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    files = [name for name in listed if name != "tests/docs/test_citations.py" and (repository / name).is_file()]
    return {name: (repository / name).read_text(encoding="utf-8") for name in files}


def test_every_cited_section_is_a_heading_of_the_specification(repository: Path) -> None:
    found = texts(repository)
    headings = HEADING.findall(found[SPECIFICATION])
    cited = [(name, number) for name, text in found.items() for number in CITATION.findall(text)]
    assert len(cited) > 15
    assert [(name, number) for name, number in cited if number not in headings] == []


def test_sections_are_cited_in_one_spelling_only(repository: Path) -> None:
    found = texts(repository)
    assert [(name, match[0]) for name, text in found.items() for match in OTHER_SPELLING.finditer(text)] == []


def test_the_numbers_of_the_sections_rise_and_none_repeats(repository: Path) -> None:
    numbers = [tuple(map(int, each.split("."))) for each in HEADING.findall(texts(repository)[SPECIFICATION])]
    assert numbers == sorted(set(numbers))
