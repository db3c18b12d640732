"""The debrief on a phone: what to talk about is open, every other part is folded, and print shows them all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
REPORT = "#d-story"
PHONE = {"width": 390, "height": 844}
SCREENS_MOST = 9
INSIDE = ".debrief > .fold h3, .debrief > .fold p.lead"
HIDDEN = f"() => [...document.querySelectorAll('{INSIDE}')].filter((one) => !one.checkVisibility())"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, None]:
    """A debrief written by the command."""
    folder = tmp_path_factory.mktemp("debrief")
    journal, page = folder / "g.db", folder / "debrief.html"
    for command in (("run", "checkerboard", "--seed", "7", "--journal", journal), ("debrief", journal, "--html", page)):
        subprocess.run([sys.executable, "-m", "counterpoise", *map(str, command)], check=True, capture_output=True)
    return page, None


def height(page: Any) -> int:
    return int(page.evaluate("() => document.documentElement.scrollHeight"))


def test_a_phone_shows_heads_that_open_by_touch_by_keyboard_and_from_the_list_of_parts(
    opened: Callable[..., Any], accessible: Callable[[Any], None]
) -> None:
    page = opened(viewport=PHONE, locale="de-DE")
    folds = page.locator(".debrief > details.fold")
    assert folds.count() >= 15
    assert page.locator(".debrief > details[open]").count() == 0
    assert page.locator("#d-story .finding").first.is_visible(), "what to talk about is open"
    assert height(page) < SCREENS_MOST * PHONE["height"]
    words = page.locator("#d-words > summary")
    assert words.locator(".fold-lead").inner_text().startswith("Alle Entscheidungen sind von Bots")
    accessible(page)
    # The list of parts opens the part that it leads to.
    page.locator("nav.contents a", has_text="Zeitleiste").click()
    page.wait_for_function("() => document.getElementById('d-timeline').open")
    top = page.evaluate("() => document.getElementById('d-timeline-heading').getBoundingClientRect().top")
    assert page.evaluate("() => document.querySelector('.top').getBoundingClientRect().bottom") <= top < PHONE["height"]
    # The keyboard opens and closes; what is open stays so in another language.
    words.focus()
    page.keyboard.press("Enter")
    page.locator("#d-words li").first.wait_for()
    page.click("#language-en")
    page.wait_for_function("() => document.querySelector('#d-words h2').textContent === 'In words'")
    assert page.locator("#d-words li").first.is_visible()
    words.focus()
    page.keyboard.press("Enter")
    assert not page.locator("#d-words li").first.is_visible()
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 320


def test_print_and_a_wide_screen_show_every_part_whole(opened: Callable[..., Any]) -> None:
    page = opened(viewport=PHONE)
    screen = height(page)
    page.emulate_media(media="print")
    assert page.evaluate(f"({HIDDEN})().length") == 0
    assert height(page) > 2 * screen
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_selector("section#d-words li")
    assert page.locator(".debrief > details.fold").count() == 0
