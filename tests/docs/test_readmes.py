"""The READMEs say what the code does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from counterpoise import __version__
from counterpoise.cli.app import command_group
from write import PARTS, with_part


@pytest.mark.parametrize("name", sorted(PARTS))
def test_a_generated_part_is_up_to_date(name: str, repository: Path) -> None:
    file, make = PARTS[name]
    text = (repository / file).read_text(encoding="utf-8")
    assert with_part(text, name, make()) == text, f"{file} is out of date: run python server/readmes/write.py"


def test_a_readme_without_the_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="moves:begin"):
        with_part("no markers", "moves", "a table")
    with pytest.raises(ValueError, match="moves:end"):
        with_part("one marker <!-- moves:begin -->", "moves", "a table")


def test_every_command_has_help_and_a_line_in_the_readme(repository: Path) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    for name, command in command_group().commands.items():
        assert command.help, name
        assert f"counterpoise {name}" in readme, name


def test_the_changelog_has_this_version(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__
    assert f"## [{__version__}]" in (repository / "CHANGELOG.md").read_text(encoding="utf-8")


def test_links_in_the_readmes_lead_somewhere(repository: Path) -> None:
    pages = [page for page in repository.glob("**/*.md") if not set(page.parts) & {".venv", "node_modules"}]
    assert len(pages) > 6
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.relative_to(repository)}: {target}"


PATH = re.compile(r"`([\w.-]+(?:/[\w.-]+)*(?:/|\.(?:py|mjs|md|toml)))`")
MADE_UP = re.compile(r"NAME|\bmy|\bmine\b|FILE|\bcup\.toml")


@pytest.mark.parametrize("page", [".github/CONTRIBUTING.md", "README.md", "server/README.md", "scenarios/README.md"])
def test_files_and_folders_that_a_page_names_exist(repository: Path, page: str) -> None:
    starts = [repository / folder for folder in ("", "server/counterpoise", "clients/counterpoise_clients")]
    starts += [(repository / page).parent, *(repository / "server/counterpoise").iterdir()]
    starts += list((repository / "server/counterpoise/theory").iterdir())
    named = [name for name in PATH.findall((repository / page).read_text(encoding="utf-8")) if not MADE_UP.search(name)]
    assert [name for name in named if not any((start / name).exists() for start in starts)] == []
