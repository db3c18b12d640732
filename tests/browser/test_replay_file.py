"""The replay of journals as one file: it shows each day to each viewer without a server, and the browser reports no fault."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
REPORT = "#replay-map-0 .land"
FEARS_SHOWN = (
    "(count) => [...document.querySelectorAll('#replay-threats td[data-cell]')]"
    ".filter((cell) => cell.textContent).length === count"
)
"""Waits for the fears of one of eight states, or of all."""


def counterpoise(*arguments: object) -> None:
    command = [sys.executable, "-m", "counterpoise", *map(str, arguments)]
    subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, None]:
    """A page of two journals, which begins on a day as a seat saw it."""
    folder = tmp_path_factory.mktemp("replay")
    for seed in (1, 2):
        counterpoise("run", "checkerboard", "--seed", seed, "--until", "1903-01-01", "--journal", folder / f"{seed}.db")
    page = folder / "replay.html"
    asked = ("--at", "1902-01-01", "--as", "COR")
    counterpoise("replay", folder / "1.db", folder / "2.db", "--html", page, *asked)
    return page, None


def test_two_journals_are_shown_beside_each_other_from_the_day_and_the_seat_that_were_asked(
    opened: Callable[..., Any], accessible: Callable[[Any], None]
) -> None:
    page = opened(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page.locator("#replay-date", has_text="1 January 1902").wait_for()
    assert page.locator("#replay-viewer").input_value() == "COR"
    assert page.locator(".replay-maps > section").count() == page.locator(".replay-badge.good").count() == 2
    assert page.locator("h1").inner_text() == "Checkerboard, 2 journals"
    page.locator("#replay-window-on").click()
    page.locator("#replay-date", has_text="1 July 1902").wait_for()
    page.locator("#replay-viewer").select_option("truth")
    page.wait_for_function(FEARS_SHOWN, arg=56)
    page.locator("#replay-copy").click()
    link = page.locator("#replay-link").input_value()
    assert link.endswith("replay.html#t=1902-07-01")
    accessible(page)
    page.goto(f"{link}&as=BEL")
    page.wait_for_function(FEARS_SHOWN, arg=7)


def test_the_page_speaks_german_and_fits_a_phone(opened: Callable[..., Any]) -> None:
    page = opened(viewport={"width": 320, "height": 800}, locale="de-DE")
    page.get_by_role("heading", name="Wer wen fürchtete").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
