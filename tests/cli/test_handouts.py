"""``counterpoise handouts`` as an instructor runs it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Command

PAGES = ["instructor.html", "role-sheets.html", "rules.html", "theory.html"]


def test_it_writes_four_pages_that_need_no_network(counterpoise: Command, tmp_path: Path) -> None:
    finished = counterpoise("handouts", "checkerboard", "--to", tmp_path / "out")

    assert finished.returncode == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == PAGES
    assert all(name in finished.stdout for name in PAGES)
    for name in PAGES:
        text = (tmp_path / "out" / name).read_text(encoding="utf-8")
        assert text.startswith("<!doctype html>")
        assert "<script" not in text
        assert "http" not in text


def test_the_same_scenario_gives_the_same_pages(counterpoise: Command, tmp_path: Path) -> None:
    for place in ("a", "b"):
        counterpoise("handouts", "rising-hegemon", "--to", tmp_path / place)

    assert [(tmp_path / "a" / name).read_bytes() for name in PAGES] == [
        (tmp_path / "b" / name).read_bytes() for name in PAGES
    ]


def test_a_page_of_the_user_is_not_replaced_unasked(counterpoise: Command, tmp_path: Path) -> None:
    mine = tmp_path / "rules.html"
    mine.write_text("my own rules", encoding="utf-8")

    refused = counterpoise("handouts", "checkerboard", "--to", tmp_path)

    assert refused.returncode == 78
    assert "rules.html exists already" in refused.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["rules.html"]

    assert counterpoise("handouts", "checkerboard", "--to", tmp_path, "--force").returncode == 0
    assert mine.read_text(encoding="utf-8") != "my own rules"


def test_a_scenario_that_does_not_exist_is_named(counterpoise: Command, tmp_path: Path) -> None:
    refused = counterpoise("handouts", "chequerboard", "--to", tmp_path / "out")

    assert refused.returncode == 65
    assert "checkerboard" in refused.stderr
    assert not (tmp_path / "out").exists()
