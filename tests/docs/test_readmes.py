"""The READMEs say what the code does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from counterpoise import __version__
from counterpoise.cli.app import command_group
from write import FILES, PARTS, with_part


@pytest.mark.parametrize("name", sorted(PARTS))
def test_a_generated_part_is_up_to_date(name: str, repository: Path) -> None:
    file, make = PARTS[name]
    text = (repository / file).read_text(encoding="utf-8")
    assert with_part(text, name, make()) == text, f"{file} is out of date: run python server/readmes/write.py"


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_generated_file_is_up_to_date(name: str, repository: Path) -> None:
    text = (repository / name).read_text(encoding="utf-8")
    assert text == FILES[name](), f"{name} is out of date: run python server/readmes/write.py"


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


def test_the_commands_of_the_readme_can_be_followed_from_top_to_bottom(repository: Path) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```sh\n(.*?)```", readme, re.DOTALL) for line in block.splitlines()]
    made = ["more.db"]  # the page says that it stands for any other journal
    for line in lines:
        command = line.partition(" # ")[0]
        new = re.findall(r"--journal (\S+)|backup \S+ (\S+)", command)
        names = [name for found in new for name in found if name]
        assert not [name for name in names if name in made], line
        read = re.findall(r"(?<![\w/.*])\w+\.db\b", command)
        assert not [name for name in read if name not in made and name not in names], line
        made += names
    assert len(made) > 5


def test_the_changelog_has_this_version(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__
    assert f"## [{__version__}]" in (repository / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_link_in_a_page_has_a_target(repository: Path, files: list[str]) -> None:
    pages = [repository / name for name in files if name.endswith(".md")]
    assert len(pages) > 6
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.relative_to(repository)}: {target}"


PATH = re.compile(r"`([\w.-]+(?:/[\w.-]+)*(?:/|\.(?:py|mjs|md|toml)))`")
MADE_UP = re.compile(r"NAME|two-shores|\bmy|\bmine\b|FILE|\bcup\.toml")


@pytest.mark.parametrize("page", [".github/CONTRIBUTING.md", "README.md", "server/README.md", "scenarios/README.md"])
def test_files_and_folders_that_a_page_names_exist(repository: Path, files: list[str], page: str) -> None:
    paths = [f"/{path}" for path in files]
    paths += [f"/{folder.as_posix()}/" for path in files for folder in Path(path).parents]
    named = [name for name in PATH.findall((repository / page).read_text(encoding="utf-8")) if not MADE_UP.search(name)]
    assert [name for name in named if not any(path.endswith(f"/{name}") for path in paths)] == []


def test_the_table_of_folders_names_every_package(repository: Path) -> None:
    table = (
        (repository / "server/README.md").read_text(encoding="utf-8").partition("## Packages")[2].partition("\n## ")[0]
    )
    server, clients = repository / "server/counterpoise", repository / "clients"
    packages = [
        f"{folder.parent.relative_to(base).as_posix()}/"
        for base, start in ((server, server), (repository, clients))
        for folder in sorted(start.rglob("__init__.py"))
        if folder.parent != base
    ]
    assert [name for name in packages if f"`{name}`" not in table] == []


def test_a_test_that_proves_a_promise_exists(repository: Path) -> None:
    text = (repository / "server/README.md").read_text(encoding="utf-8")
    proofs = re.findall(r"`pytest ([^`]+)`", text.partition("## Promises")[2].partition("\n## ")[0])
    assert len(proofs) > 8
    for proof in proofs:
        paths, _, expression = proof.partition(" -k ")
        files = [
            file for path in paths.split() for file in [repository / path, *(repository / path).rglob("test_*.py")]
        ]
        assert all(file.exists() for file in files), proof
        words = expression.strip('"').split(" or ") if expression else ["def test_"]
        assert any(
            word in file.name + file.read_text(encoding="utf-8") for file in files if file.is_file() for word in words
        ), proof
