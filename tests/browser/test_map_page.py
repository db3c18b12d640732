"""The map on the pages: keyboard, small screens, print, colours, and what reaches the browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.conftest import Game

pytestmark = pytest.mark.browser

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUSED = "document.activeElement.getAttribute('data-state')"
IN_TEXT_COLOUR = "shape => getComputedStyle(shape).fill === getComputedStyle(document.body).color"


def test_a_seat_walks_over_the_map_with_the_keyboard_and_reads_it_as_a_table(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    page = game.seat("ARD", reduced_motion="reduce")
    states = page.locator("#map [data-state]")
    assert states.count() == 8
    assert page.locator("#map svg.figure").get_attribute("role") == "group"
    page.locator("#map [data-state][tabindex='0']").focus()
    assert page.evaluate(FOCUSED) == "ARD"
    for key, state in (("ArrowRight", "BEL"), ("ArrowDown", "FEN"), ("ArrowLeft", "ESK"), ("ArrowLeft", "ESK")):
        page.keyboard.press(key)
        assert page.evaluate(FOCUSED) == state
    page.keyboard.press("Enter")
    card = page.locator("#map .map-card")
    card.wait_for()
    assert card.locator("h3").inner_text() == "Eskland"
    assert page.evaluate(FOCUSED) == "ESK"
    assert states.and_(page.locator("[aria-pressed=true]")).get_attribute("data-state") == "ESK"
    assert page.locator("#map .land").first.evaluate("one => getComputedStyle(one).transitionDuration") == "0s"
    accessible(page)
    page.click("#map-show-table")
    rows = page.locator("#map .map-table tbody tr")
    expect(rows).to_have_count(8)
    assert "Defence pact: Galland" in rows.filter(has_text="Arden").first.inner_text()
    accessible(page)


def test_outlines_come_from_the_server_once_and_fit_a_phone(
    historical_game: Game, accessible: Callable[[Any], None]
) -> None:
    asked: list[str] = []
    page = historical_game.seat("JOR", width=320, height=700, has_touch=True, reduced_motion="reduce")
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".tabs button", has_text="Map").click()
    page.locator("#map .map-land path").first.wait_for(state="attached")
    assert page.evaluate(OVERFLOW) == 0
    shown = page.locator("#map [data-state]").evaluate_all("all => all.map((one) => one.getAttribute('data-state'))")
    assert len(shown) == len(set(shown)) == page.locator("#states tbody tr").count() + 1
    assert {"USA", "USR", "EGY", "LIB"} <= set(shown)
    assert page.locator("#map [data-absent=KUW]").count() == 1
    assert page.locator("#map [data-land=KUW]").count() == 1
    accessible(page)
    page.reload()
    page.locator("#map .map-land path").first.wait_for(state="attached")
    assert all("/maps/middle-east-1955.json?" in one for one in asked if "/maps/" in one)
    page.locator(".tabs button", has_text="Map").click()
    page.locator("#map svg.figure").wait_for()
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("#map svg.figure").is_visible()
    assert page.locator("#map .sea").first.evaluate("sea => getComputedStyle(sea).fill") == "rgb(226, 233, 237)"
    page.emulate_media(media="screen", forced_colors="active")
    assert page.locator("#map .shape:not(.hollow)").first.evaluate(IN_TEXT_COLOUR)
