"""Who watches the replay of a session chooses what stands beside it, and one cursor moves both."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Game

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]
PLAYED_MS = 120_000
BOTH = """() => document.querySelectorAll(".replay-badge.good").length === 2
  && document.querySelectorAll(".replay-maps svg.figure").length === 2"""
ALONE = "() => document.querySelectorAll('.replay-maps > section').length === 1"


def end(moderator: Any, *others: Any) -> None:
    moderator.click("#ask-end")
    moderator.click("#do-end")
    for page in (moderator, *others):
        page.wait_for_selector(".debrief", timeout=PLAYED_MS)


def date_of(page: Any) -> str:
    return str(page.locator("#replay-slider").get_attribute("aria-valuetext"))


def choices(page: Any) -> list[str]:
    return list(page.locator("#replay-beside option").all_inner_texts())


def titles(page: Any) -> list[str]:
    return list(page.locator(".replay-maps .panel-head h2").all_inner_texts())


def test_a_what_if_and_the_game_that_went_on_stand_beside_the_game_under_one_cursor(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    player = game.seat("ARD")
    moderator = game.begin()
    game.reach_window("3", player)
    end(moderator, player)
    player.click("#debrief-replay")
    player.wait_for_selector(".replay-badge.good", timeout=PLAYED_MS)
    assert player.locator("#replay-beside").count() == 0, "there is nothing to put beside it yet"
    # A what-if of this player.
    player.click("#replay-what-if")
    player.fill("#what-if-seeds", "2")
    player.fill("#what-if-windows", "1")
    player.click("#what-if-ask")
    player.wait_for_selector("#f-counts", timeout=PLAYED_MS)
    player.click("#what-if-back")
    player.click("#debrief-replay")
    player.wait_for_selector("#replay-beside")
    assert [one.partition(", from")[0] for one in choices(player)] == ["nothing", "What if", "What if"]
    player.select_option("#replay-beside", "changed")
    player.wait_for_function(BOTH, timeout=PLAYED_MS)
    assert titles(player)[0] == "This game"
    assert "with the change" in titles(player)[1]
    player.wait_for_function("() => location.hash.endsWith('&beside=changed')")
    # One cursor: at its end the game that was played on is over, and at the beginning both are the same.
    player.focus("main.replay")
    player.keyboard.press("End")
    over = "[...document.querySelectorAll('.replay-maps h2')].some((title) => /ended/.test(title.textContent))"
    player.wait_for_function(f"() => {over}")
    player.keyboard.press("Home")
    player.wait_for_function(f"() => !{over}")
    assert date_of(player).startswith("1 January 1901")
    first, second = (player.locator(f"#replay-map-{at} .map-pictures").inner_html() for at in (0, 1))
    assert first.replace("map-0", "") == second.replace("map-1", "")
    assert player.locator("#replay-column option").count() == 2
    player.select_option("#replay-column", "1")
    accessible(player)
    player.set_viewport_size({"width": 320, "height": 640})
    assert player.evaluate("document.documentElement.scrollWidth") <= 320
    player.set_viewport_size({"width": 1440, "height": 900})
    # The address leads to the same again; nothing beside it leaves the game alone.
    player.reload()
    player.wait_for_function(BOTH, timeout=PLAYED_MS)
    player.select_option("#replay-beside", "")
    player.wait_for_function(ALONE)
    assert "columns-1" in str(player.get_attribute("#replay-top", "class"))
    assert player.locator(".replay-matrix td[class*=swatch]").count() == 8 * 7
    # The moderator goes on; who took part in that watches it beside the first game once it has ended.
    moderator.click("#debrief-replay")
    moderator.wait_for_selector(".replay-badge.good", timeout=PLAYED_MS)
    moderator.click("#replay-go-on")
    moderator.click("#go-on-ask")
    moderator.wait_for_selector("#go-on-links")
    person = game.visit(moderator.input_value("#go-on-ARD-url"), context=player.context)
    person.wait_for_selector("#now")
    leader = game.visit(str(moderator.get_attribute("#go-on-console", "href")))
    leader.click("#do-resume")
    end(leader, person)
    person.close()
    moderator.click("#go-on-back")
    moderator.wait_for_selector("#replay-beside")
    went_on = moderator.locator("#replay-beside option").last
    moderator.select_option("#replay-beside", str(went_on.get_attribute("value")))
    moderator.wait_for_function(BOTH, timeout=PLAYED_MS)
    assert "went on from" in titles(moderator)[1]
    stranger = game.visit(game.links.observer)
    stranger.click("#page-debrief")
    stranger.click("#debrief-replay", timeout=PLAYED_MS)
    stranger.wait_for_selector("#replay-beside", timeout=PLAYED_MS)
    assert not [one for one in choices(stranger) if "went on" in one], "this browser holds no token of it"


def test_the_record_stands_beside_a_game_of_its_scenario(historical_game: Game) -> None:
    player = historical_game.seat("JOR", locale="de-DE", width=1440)
    moderator = historical_game.begin()
    end(moderator, player)
    player.click("#debrief-replay")
    player.wait_for_selector("#replay-beside")
    assert choices(player) == ["nichts", "Was wirklich geschah"]
    player.select_option("#replay-beside", "record")
    player.wait_for_function(BOTH, timeout=PLAYED_MS)
    # The cursor goes on over the years of the record; the game itself had ended long before.
    player.focus("main.replay")
    player.keyboard.press("End")
    ended = "document.querySelector('.replay-maps h2').textContent.startsWith('Dieses Spiel, zu Ende')"
    player.wait_for_function(f"() => {ended}")
    player.select_option("#replay-column", "1")
    player.wait_for_function("() => document.querySelector('#replay-log time')?.dateTime.startsWith('1979')")
    assert titles(player)[1] == "Was wirklich geschah"
    assert date_of(player).startswith("1. Januar 1980")
