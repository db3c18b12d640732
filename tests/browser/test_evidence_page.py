"""How the evidence stands, on the moderator's page and, once it is shown, on a player's."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import choose

if TYPE_CHECKING:
    from tests.browser.conftest import Game

pytestmark = pytest.mark.browser
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def threaten(page: Any, about: str) -> None:
    """Take a side: the evidence is about people alone, if any play."""
    choose(page, "state_intent", about=about, intent="hostile")
    if page.locator("#next-why").is_visible():  # on a phone, the button that sends is on the next step
        page.click("#next-why")
    page.click("#send")
    page.locator("#sent li[data-state=saved]").first.wait_for()


def test_the_moderator_follows_the_evidence_and_shows_it_to_players_and_hides_it(
    lively_game: Game, accessible: Callable[[Any], None]
) -> None:
    player = lively_game.seat("ARD")
    moderator = lively_game.begin()
    panel, shown = moderator.locator("#evidence"), player.locator("#evidence")
    panel.locator("summary").first.click()
    panel.locator("#evidence-window", has_text="None has closed yet").wait_for()
    threaten(player, "ESK")
    lively_game.reach_window("3", player)
    panel.locator("#evidence-window", has_text="up to the window from 1 July 1901").wait_for()
    sentence = panel.locator(".lead").inner_text()
    assert "people's choices favour" in sentence
    assert panel.locator("svg:visible").count() == 1
    assert panel.locator(".evidence-groups tbody tr").count() > 2, "single states have rows of their own"
    panel.locator("summary", has_text="The acts that count").click()
    counts = [int(cell) for cell in panel.locator(".evidence-kinds td:last-child").all_inner_texts()]
    assert sum(counts) > 0
    accessible(moderator)
    assert shown.count() == 0
    moderator.click("#do-show-evidence")
    shown.locator("#evidence-window", has_text="up to the window from 1 July 1901").wait_for()
    assert shown.locator(".lead").inner_text() == sentence
    assert shown.locator("#do-show-evidence").count() == 0
    assert shown.locator(".evidence-groups tbody tr").count() == 1
    shown.locator("summary", has_text="The acts that count").click()
    heads = shown.locator(".evidence-kinds th[scope=col]").all_inner_texts()
    assert "Number" not in heads, "how many acts of each kind there were is the moderator's to know"
    moderator.locator("#commands li", has_text="Show players the evidence ✓ done").wait_for()
    lively_game.reach_window("4", player)
    shown.locator("#evidence-window", has_text="up to the window from 1 January 1902").wait_for()
    shown.locator("#play-evidence-twin").click()
    shown.locator(".evidence-steps").wait_for()
    moderator.click("#do-show-evidence")
    shown.wait_for(state="detached")
    panel.locator(".evidence-shown", has_text="Only you see this").wait_for()


def test_the_evidence_fits_a_phone(lively_game: Game) -> None:
    player = lively_game.seat("ARD", width=390, height=844, has_touch=True)
    moderator = lively_game.moderator(width=390, height=844)
    moderator.click("#do-start")
    threaten(player, "ESK")
    lively_game.reach_window("2", player)
    moderator.click("#evidence > summary")
    moderator.locator("#evidence-window", has_text="up to the window from 1 January 1901").wait_for()
    moderator.click("#do-show-evidence")
    player.click("#tab-me")
    player.locator("#evidence:visible").wait_for()
    for page in (player, moderator):
        assert page.evaluate(OVERFLOW) == 0
        picture = page.locator("#evidence svg:visible")
        assert picture.count() == 1
        assert picture.evaluate("svg => svg.parentElement.scrollWidth <= svg.parentElement.clientWidth"), (
            "nothing is cut"
        )
        assert picture.locator("text", has_text="Transnational penetration").count() == 1
