"""The moderator's page, the observer's, and what a seat does not see of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser


def test_a_moderator_starts_pauses_and_resumes_and_the_players_see_it(
    game: Any, accessible: Callable[[Any], None]
) -> None:
    player, moderator = game.seat("ARD"), game.moderator()
    assert moderator.locator("#seats tbody tr").count() == 8
    assert "The session has not started" in player.inner_text("#now")
    moderator.click("#do-start")
    player.locator("#now", has_text="Your decision").wait_for()
    moderator.click("#do-pause")
    player.locator("#now", has_text="Paused by the moderator").wait_for()
    moderator.click("#do-resume")
    player.locator("#now", has_text="Your decision").wait_for()
    moderator.locator("#commands li[data-state=saved]").nth(2).wait_for()
    accessible(moderator)


def test_forecasts_stay_behind_a_curtain_until_the_moderator_draws_it(game: Any) -> None:
    player = game.seat("ARD")
    moderator = game.begin()
    player.click("#ready:not([disabled])")
    moderator.locator("#forecasts p", has_text="before its first order").wait_for()
    assert moderator.locator("#forecasts tbody tr").count() == 0
    moderator.click("#reveal")
    moderator.wait_for_selector("#forecasts tbody tr")
    assert moderator.locator("#forecasts tbody tr").count() == 8
    assert "Balance of threat" in moderator.inner_text("#forecasts thead")


def test_a_moderator_looks_through_a_seats_eyes(game: Any) -> None:
    moderator = game.moderator()
    moderator.select_option("#look-seat", "COR")
    moderator.locator("#look-me-heading", has_text="Corvane").wait_for()
    assert moderator.locator("#look-states tbody tr").count() == 7


def test_what_the_scenario_has_prepared_is_a_button_that_a_key_can_press(game: Any) -> None:
    moderator = game.begin()
    prepared = moderator.locator(".prepared button")
    assert prepared.all_inner_texts() == ["Belmar hears that Corvane will strike within the month"]
    prepared.first.focus()
    moderator.keyboard.press("Enter")
    moderator.locator("#commands", has_text="done").wait_for()


def test_an_inject_reaches_everyone_and_a_wrong_one_is_explained(game: Any) -> None:
    player = game.seat("ARD")
    moderator = game.begin()
    moderator.select_option("#inject-kind", "announce")
    moderator.click("#do-inject")
    moderator.locator("#i-announce-text-problem", has_text="Fill this in.").wait_for()
    moderator.fill("#i-announce-text", "The straits are closed.")
    moderator.click("#do-inject")
    player.locator(".entry", has_text="The straits are closed.").wait_for()
    moderator.select_option("#inject-kind", "hostile_incident")
    moderator.select_option("#i-hostile_incident-by", "ARD")
    moderator.select_option("#i-hostile_incident-to", "ARD")
    moderator.click("#do-inject")
    moderator.locator("#inject-form .problem").first.wait_for()


def test_the_pace_is_set_from_the_page(game: Any) -> None:
    player = game.seat("ARD")
    moderator = game.begin()
    moderator.fill("#pace-window_seconds", "3600")
    moderator.click("#do-pace")
    player.locator(".fact-left dd", has_text="59:5").or_(player.locator(".fact-left dd", has_text="1:00:00")).wait_for()


def test_a_reloaded_moderator_still_has_the_log_and_the_forecasts(game: Any) -> None:
    player = game.seat("ARD")
    moderator = game.begin()
    moderator.select_option("#inject-kind", "announce")
    moderator.fill("#i-announce-text", "Remember this.")
    moderator.click("#do-inject")
    player.click("#ready:not([disabled])")
    player.locator(".fact-window dd", has_text="2").wait_for()
    moderator.reload()
    moderator.locator(".entry", has_text="Remember this.").wait_for()
    moderator.locator("#forecasts p", has_text="window 2").wait_for()


def test_a_seat_is_given_to_its_bot_and_opened_again_with_a_new_link(game: Any) -> None:
    player, moderator = game.seat("ARD"), game.moderator()
    moderator.locator("#seats tr", has_text="Arden").get_by_role(
        "button", name="Give the seat of Arden to its bot"
    ).click()
    player.locator(".strip", has_text="somebody else's now").wait_for()
    moderator.get_by_role("button", name="make a new join link for Arden").click()
    shown = moderator.locator(".links [data-seat=ARD] code")
    first = shown.inner_text()
    assert first.startswith("http")
    assert f"/j/{game.links.session}#" in first
    assert first != game.links.seats["ARD"]
    assert "Arden" in moderator.locator(".links li").inner_text()
    moderator.get_by_role("button", name="make a new join link for Arden").click()
    moderator.locator(".links [data-seat=ARD] code").and_(
        moderator.locator(f"code:not(:text-is('{first}'))")
    ).wait_for()
    second = shown.inner_text()
    assert shown.count() == 1
    assert second != first
    again = game.visit(second)
    again.wait_for_selector("#now")


def test_a_held_seat_gets_a_new_link_after_a_question_and_waits_for_whoever_opens_it(game: Any) -> None:
    player, moderator = game.seat("ARD"), game.begin()
    moderator.get_by_role("button", name="make a new join link for Arden").click()
    moderator.locator("#link-ARD[open]").wait_for()
    moderator.keyboard.press("Escape")
    moderator.locator("#link-ARD[open]").wait_for(state="detached")
    assert moderator.locator(".links").count() == 0
    moderator.get_by_role("button", name="make a new join link for Arden").click()
    moderator.click("#do-link-ARD")
    link = moderator.locator(".links [data-seat=ARD] code").inner_text()
    player.locator(".strip", has_text="somebody else's now").wait_for()
    row = moderator.locator("#seats tbody tr", has_text="Arden")
    row.filter(has_text="away").wait_for()
    assert "bot" not in row.locator("td").first.inner_text()
    game.visit(link).wait_for_selector("#now")
    row.filter(has_text="online").wait_for()


def test_escape_keeps_the_session_from_being_ended(game: Any) -> None:
    game.seat("ARD")
    moderator = game.begin()
    moderator.focus("#ask-end")
    moderator.keyboard.press("Enter")
    moderator.locator("#end[open]").wait_for()
    moderator.keyboard.press("Escape")
    moderator.locator("#end[open]").wait_for(state="detached")
    assert moderator.evaluate("document.activeElement.id") == "ask-end"
    assert moderator.locator("#commands li").count() == 1
    moderator.locator("#do-pause").wait_for()


def test_an_observer_sees_the_public_log_and_nobodys_view(game: Any, accessible: Callable[[Any], None]) -> None:
    player, observer = game.seat("ARD"), game.visit(game.links.observer)
    moderator = game.begin()
    observer.wait_for_selector("#seats tbody tr")
    player.select_option("#move-kind", "message")
    player.select_option("#m-message-to", "BEL")
    player.fill("#m-message-text", "For your eyes only.")
    player.click("#send")
    player.wait_for_selector("#sent li[data-state=saved]")
    moderator.select_option("#inject-kind", "announce")
    moderator.fill("#i-announce-text", "For everyone.")
    moderator.click("#do-inject")
    player.click("#ready:not([disabled])")
    observer.locator(".entry", has_text="For everyone.").wait_for()
    player.locator(".entry", has_text="For your eyes only.").wait_for()
    assert "For your eyes only" not in observer.inner_text("body")
    assert observer.locator("#do-pause, #orders, #forecasts").count() == 0
    accessible(observer)
