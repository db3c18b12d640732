"""A what-if in the page: asked from the replay's day, watched, stopped, and played to its end beside what happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Game

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
PLAYED_MS = 120_000
"""The games of a what-if give way to everything else on the machine."""


def test_a_what_if_is_started_watched_and_stopped_and_then_played_to_its_end(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    player = game.seat("ARD")
    moderator = game.begin()
    game.reach_window("3", player)
    room = game.house.server.hub.rooms[game.links.session]
    moderator.click("#ask-end")
    moderator.click("#do-end")
    player.wait_for_selector(".debrief", timeout=PLAYED_MS)
    written = room.session.journal.length
    player.click("#debrief-replay")
    player.wait_for_selector(".replay-badge.good", timeout=PLAYED_MS)
    player.click("#replay-window-back")
    shown = "new Date(86400000 * Number(document.querySelector('#replay-slider').value)).toISOString().slice(0, 10)"
    day = player.evaluate(shown)
    player.click("#replay-what-if")
    player.wait_for_selector("#what-if")
    assert player.input_value("#what-if-on") == day
    assert player.locator("#what-if-what option").all_inner_texts() == [
        "a state's forces",
        "a state's quality",
        "an order",
    ]
    # Wrong values are said beside their fields, and nothing is sent.
    player.fill("#what-if-seeds", "500")
    player.fill("#what-if-factor", "")
    player.click("#what-if-ask")
    assert "from 2 to 40" in player.inner_text("#what-if-seeds-problem")
    assert "from 0.1 to 10" in player.inner_text("#what-if-factor-problem")
    assert player.locator("#what-if-bar").count() == 0
    accessible(player)
    player.set_viewport_size({"width": 320, "height": 640})
    assert player.evaluate("document.documentElement.scrollWidth") <= 320
    # Watched, and stopped.
    player.fill("#what-if-seeds", "40")
    player.fill("#what-if-factor", "2")
    player.click("#what-if-ask")
    player.wait_for_selector("#what-if-bar")
    assert "of the games are played" in player.inner_text("#what-if-told")
    player.click("#what-if-stop")
    player.wait_for_selector("#what-if-bar", state="detached")
    assert "Stopped" in player.inner_text("#what-if-told")
    # To its end, with an order.
    player.select_option("#what-if-what", "order")
    player.select_option("#what-if-kind", "arm")
    player.fill("#what-if-arm-effort", "0.5")
    player.fill("#what-if-seeds", "2")
    player.fill("#what-if-windows", "1")
    player.click("#what-if-ask")
    player.wait_for_selector("#f-counts", timeout=PLAYED_MS)
    assert "Done" in player.inner_text("#what-if-told")
    assert player.locator("#f-counts svg").count() == 10
    assert player.locator("#f-counts .journal-line").count() == 10, "what happened stands beside the games"
    assert player.locator("#f-counts .arm-game").count() == 10 * 2 * 2, "a dot for each game of both sides"
    assert player.evaluate("document.documentElement.scrollWidth") <= 320
    accessible(player)
    # What is impossible is said in words, and the moderator may choose an event too.
    player.select_option("#what-if-what", "power")
    player.fill("#what-if-factor", "9")
    player.click("#what-if-ask")
    player.wait_for_selector("#what-if-problem", timeout=PLAYED_MS)
    assert "expected a factor from" in player.inner_text("#what-if-problem")
    moderator.click("#debrief-what-if")
    moderator.select_option("#what-if-what", "event")
    moderator.locator("#what-if-kind option").nth(5).wait_for(state="attached")
    assert room.session.journal.length == written, "nothing of it is in the journal"
