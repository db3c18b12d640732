"""The keyboard reaches every control in the order of the page, and the focus is always visible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Game

pytestmark = pytest.mark.browser

REACHABLE = """
[...document.querySelectorAll("a[href], button, select, input, textarea, summary, [tabindex='0']")]
  .filter((one) => !one.disabled && one.checkVisibility({ visibilityProperty: true }))
  .filter((one) => !one.closest("dialog:not([open])"))
  // A group of radio buttons has one stop; arrows move within it.
  .filter((one) => one.type !== "radio" || one === document.querySelector(`input[name="${one.name}"]`)).length
"""
# Where the focus is: its number in the order of the document, whether its outline shows, and what of it the bars cover.
FOCUS = """
(() => {
  const one = document.activeElement;
  if (one === document.body) return null;
  const all = [...document.querySelectorAll("*")];
  const box = one.getBoundingClientRect();
  const bar = document.querySelector(".top").getBoundingClientRect();
  const tabs = document.querySelector(".tabs")?.getBoundingClientRect();
  const below = tabs && tabs.height ? tabs.top : innerHeight;
  const free = one.closest(".top, .tabs, .skip") || (box.bottom > bar.bottom + 1 && box.top < below - 1);
  const style = getComputedStyle(one.matches(".heat-cell") ? one.querySelector("rect") : one);
  const seen = style.outlineStyle !== "none" || one.matches(".heat-cell");
  return { number: all.indexOf(one), name: one.id || one.textContent.slice(0, 30), free: Boolean(free), seen };
})()
"""


def walk(page: Any) -> None:
    """Tab through the whole page once."""
    expected = page.evaluate(REACHABLE)
    page.focus(".skip")
    # A focus that the keyboard has not set is not shown after the mouse was used.
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    passed: list[dict[str, Any]] = [page.evaluate(FOCUS)]
    for _ in range(expected + 20):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUS)
        if found is None or found["number"] == passed[0]["number"]:
            break
        passed.append(found)
    assert [one["name"] for one in passed if not one["seen"]] == []
    assert [one["name"] for one in passed if not one["free"]] == []
    numbers = [one["number"] for one in passed]
    assert numbers == sorted(numbers)
    assert len(passed) >= expected > 15


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_a_players_page_can_be_walked_through(game: Game, width: int, height: int) -> None:
    page = game.seat("ARD", width=width, height=height)
    game.begin()
    page.locator("#now", has_text="Your decision").wait_for()
    walk(page)


def test_a_moderators_page_can_be_walked_through(game: Game) -> None:
    game.seat("ARD")
    moderator = game.begin()
    moderator.focus("#look > summary")
    moderator.keyboard.press("Enter")
    moderator.select_option("#look-seat", "ARD")
    moderator.wait_for_selector("#look-me")
    walk(moderator)


def test_the_debrief_can_be_walked_through(game: Game) -> None:
    player = game.seat("ARD")
    moderator = game.begin()
    player.click("#ready:not([disabled])")
    player.locator(".fact-window dd", has_text="2").wait_for()
    moderator.click("#ask-end")
    moderator.click("#do-end")
    player.wait_for_selector(".debrief", timeout=30_000)
    walk(player)
