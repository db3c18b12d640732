"""The README's pictures are small, and each can be made again by a command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"!\[[^\]]+\]\((\.github/pictures/[^)]+)\)", README)
BYTES_MAX = 150_000


def test_the_readme_shows_the_wall_and_the_debrief_beside_the_map() -> None:
    assert [Path(one).name for one in SHOWN] == [
        "middle-east-1967.svg",
        "middle-east-wall.png",
        "middle-east-debrief.png",
    ]


@pytest.mark.parametrize("shown", SHOWN)
def test_a_picture_of_the_readme_is_small_and_is_made_by_a_command_that_the_readme_names(shown: str) -> None:
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install counterpoise[test]")
    from tests.browser.take_pictures import README_PICTURES

    assert (REPOSITORY / shown).stat().st_size < BYTES_MAX
    drawn = f"counterpoise draw picture.db --what map --on 1967-05-31 -o {shown}" in README
    taken = Path(shown).name in README_PICTURES and "tests/browser/take_pictures.py" in README
    assert drawn or taken


def test_no_picture_is_kept_that_the_readme_does_not_show() -> None:
    kept = sorted(path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / ".github" / "pictures").iterdir())
    assert kept == sorted(SHOWN)
