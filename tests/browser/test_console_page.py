"""The moderator's console: who is waited for, what is marked, tried, taken back and skipped, over a restart too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import write_to

from counterpoise.sim.rules.events.coming_events import coming_events

if TYPE_CHECKING:
    from tests.browser.conftest import Game, House

pytestmark = pytest.mark.browser
SPILT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_the_bar_never_leaves_and_the_seats_that_are_waited_for_come_first(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    first, _ = game.seat("ARD"), game.seat("DUN")
    moderator = game.begin()
    waited = moderator.locator(".group-waited tbody tr")
    waited.nth(1).wait_for()
    assert "waited for" in waited.first.inner_text()
    assert moderator.locator(".group-bots").get_attribute("open") is None, "six bots are folded"
    first.click("#ready:not([disabled])")
    moderator.locator(".group-ready tr", has_text="Arden").wait_for()
    assert waited.count() == 1
    moderator.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    moderator.wait_for_timeout(100)
    assert moderator.locator("#console-bar").bounding_box()["y"] >= 0
    moderator.set_viewport_size({"width": 390, "height": 800})
    assert moderator.evaluate(SPILT) == 0
    box = moderator.locator("#console-bar").bounding_box()
    assert (box["y"] >= 0, box["height"] <= 180) == (True, True)
    moderator.locator("#do-close").wait_for()
    accessible(moderator)
    moderator.emulate_media(color_scheme="dark", reduced_motion="reduce")
    accessible(moderator)


def test_an_inject_is_previewed_as_a_seat_waits_for_the_clock_and_is_taken_back(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    player = game.seat("ARD")
    moderator = game.begin()
    moderator.select_option("#inject-kind", "announce")
    moderator.fill("#i-announce-text", "The straits are closed.")
    moderator.check("#i-announce-audience-DUN")
    moderator.select_option("#inject-viewer", "ARD")
    moderator.select_option("#inject-when", "clock")
    moderator.fill("#inject-reason", "Nobody looks at the sea.")
    assert moderator.locator("#do-inject").count() == 0, "nothing goes out before its preview was seen"
    moderator.click("#do-preview")
    moderator.locator("[data-part=reads]", has_text="Dunmark: ").wait_for()
    assert "Nothing." in moderator.locator("[data-part=seat]").inner_text(), "Arden would read nothing of it"
    assert "Nothing." in moderator.locator("[data-part=wall]").inner_text()
    accessible(moderator)
    moderator.click("#do-inject")
    waiting = moderator.locator(".waiting-injects li")
    waiting.filter(has_text="The straits are closed.").filter(has_text="(Nobody looks at the sea.)").wait_for()
    waiting.get_by_role("button", name="Take back").click()
    waiting.wait_for(state="detached")
    player.click("#ready:not([disabled])")
    player.locator(".fact-window dd", has_text="2").wait_for()
    assert moderator.locator(".entry", has_text="The straits").count() == 0, "it never happened"

    # An event of the scenario gives way to another.
    moderator.click(".coming summary")
    coming = moderator.locator(".coming li")
    expected = len(coming_events(game.house.server.hub.rooms[game.links.session].session.simulation.world))
    expect(coming).to_have_count(expected)
    number = coming.first.get_attribute("data-event")
    coming.first.get_by_role("button", name="Put another in its place").click()
    moderator.select_option("#inject-kind", "set_treasury")
    moderator.select_option("#i-set_treasury-actor", "DUN")
    moderator.fill("#i-set_treasury-amount", "7")
    moderator.select_option("#inject-when", "now")
    moderator.click("#do-preview")
    moderator.locator(
        "[data-part=changes]", has_text=re.compile("Dunmark, money in per cent of a year: .* → 7")
    ).wait_for()
    moderator.click("#do-inject")
    moderator.locator(f".coming li[data-event='{number}']").wait_for(state="detached")
    expect(coming).to_have_count(expected - 1)


@pytest.fixture
def restarted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server of its own, to be stopped and started again."""
    from tests.browser.conftest import House

    running = House(tmp_path_factory.mktemp("restarted")).start()
    yield running
    running.stop()


def test_marks_waiting_injects_and_the_end_of_a_pause_survive_a_restart(
    restarted: House, chromium: Any, checkerboard: str
) -> None:
    from tests.browser.conftest import open_game

    game = open_game(restarted, chromium, checkerboard)
    game.forgiven = ("WebSocket", "ERR_CONNECTION_REFUSED")
    try:
        player, moderator = game.seat("ARD"), game.begin()
        moderator.fill("#bookmark-note", "Arden hesitates.")
        moderator.click("#do-bookmark")
        moderator.locator("#marks li", has_text="Arden hesitates.").wait_for()
        moderator.select_option("#inject-kind", "set_treasury")
        moderator.select_option("#i-set_treasury-actor", "ARD")
        moderator.fill("#i-set_treasury-amount", "9")
        moderator.select_option("#inject-when", "clock")
        moderator.click("#do-preview")
        moderator.click("#do-inject")
        moderator.locator(".waiting-injects li").wait_for()
        moderator.fill("#pause-reason", "News")
        moderator.select_option("#pause-minutes", "10")
        moderator.click("#do-pause")
        moderator.locator("#pause-left", has_text="Goes on by itself in 9:").wait_for()
        player.locator("#now .pause-reason", has_text="“News”").wait_for()
        player.locator("#now #pause-left", has_text="Goes on by itself in 9:").wait_for()
        restarted.stop()
        restarted.start()
        moderator.locator(".link-open").wait_for()
        moderator.locator("#pause-left", has_text=re.compile("Goes on by itself in [89]:")).wait_for()
        moderator.locator("#marks li", has_text="Arden hesitates.").wait_for()
        moderator.locator(".waiting-injects li", has_text="Set a treasury: Arden").wait_for()
        moderator.click("#do-resume")
        moderator.locator("#do-pause").wait_for()
        game.check()
    finally:
        game.close()


def test_fears_a_rehearsal_a_skip_and_a_link_where_the_button_was_pressed(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    player, moderator = game.seat("ARD"), game.moderator()
    moderator.click("#do-rehearse")
    moderator.locator("#rehearsal-lines li", has_text="Bots played 8 windows").wait_for()
    assert "No bot failed." in moderator.inner_text("#rehearsal-lines")
    assert "Not started" in moderator.inner_text("#console-bar"), "the session itself has not moved"
    moderator.click("#do-start")
    moderator.wait_for_selector("#do-pause")
    moderator.click("#fears > summary")
    moderator.click("#do-fears")
    moderator.wait_for_selector("#fears-believed .heat-cell")
    assert moderator.locator("#fears-actual .heat-cell").count() == 8 * 7
    moderator.locator("#fears-actual .heat-cell").first.click()
    moderator.locator("#fear-cell", has_text="by the facts").wait_for()
    moderator.locator(".group-bots > summary").click()
    moderator.get_by_role("button", name="make a new join link for Corvane").click()
    link = moderator.locator("tr", has_text="Corvane").locator(".share-url")
    link.wait_for()
    moderator.locator("tr", has_text="Corvane").locator(".share-qr summary").click()
    moderator.locator("tr", has_text="Corvane").locator("svg.qr").wait_for()
    accessible(moderator)
    moderator.get_by_role("button", name="Look at the view of Arden").click()
    moderator.click("#map-of-seat")
    moderator.locator("#map-heading", has_text="As Arden sees it").wait_for()
    moderator.select_option("#skip-to", "window")
    moderator.click("#do-skip")
    moderator.locator("#commands li", has_text="Next window").locator("text=✓ done").wait_for()
    player.locator(".fact-date dd").filter(has_not_text="1 January 1901").wait_for()
    assert player.locator("text=Fears: facts").count() == 0


def test_what_is_rarely_needed_is_folded_and_what_a_class_needs_stands_on_two_screens(game: Game) -> None:
    player, moderator = game.seat("ARD"), game.moderator(width=1440, height=900)
    moderator.click("#do-start")
    moderator.wait_for_selector("#do-pause")
    player.wait_for_selector("#ready:not([disabled])")
    for needed in ("#seats", "#map svg", "#log", "#do-bookmark", "#do-preview", "#ask-end", "#talk-level"):
        assert moderator.locator(needed).first.is_visible(), needed
    folded = [
        str(one)
        for one in moderator.locator(".console-folds > details").evaluate_all("(all) => all.map((one) => one.id)")
    ]
    assert folded == ["talk", "evidence", "fears", "forecasts", "look", "rehearsal"]
    assert moderator.evaluate("() => document.documentElement.scrollHeight") <= 1600
    # What a seat writes opens by itself.
    write_to(player, "moderator")
    player.fill("#talk-text", "May we meet outside?")
    player.click("#talk-send")
    moderator.locator(".console-pair [data-thread='moderator ARD'] .badge", has_text="1").wait_for()
    # The seat's eyes open with the button of its row.
    moderator.locator("#seats button", has_text="Look").first.click()
    moderator.wait_for_selector("section#look")
    moderator.locator("#look-me-heading").wait_for()
