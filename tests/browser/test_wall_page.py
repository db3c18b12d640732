"""The wall: readable from the back row, without a form, and with nothing but what everyone may know."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Game, choose

pytestmark = pytest.mark.browser

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SCROLLS = "document.documentElement.scrollHeight - document.documentElement.clientHeight"
SMALLEST = """() => Math.min(...[...document.querySelectorAll("#app *")]
  .filter((one) => one.checkVisibility() && !one.closest("dialog, svg, .skip"))
  .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((one) => parseFloat(getComputedStyle(one).fontSize)))"""
FORMS = "input, select, textarea, form"


def test_the_wall_shows_a_war_the_clock_and_who_is_waited_for(game: Game, accessible: Callable[[Any], None]) -> None:
    player = game.seat("ARD")
    wall = game.visit(game.links.observer, width=1920, height=1080, reduced_motion="reduce")
    wall.wait_for_selector("#waiting:has-text('Seats taken: 1 of 8')")
    moderator = game.begin()
    wall.wait_for_selector("#waiting:has-text('Waiting for 1 of 1')")
    assert re.fullmatch(r"(9|10):\d\d", wall.inner_text(".wall-clock p"))
    assert wall.inner_text(".wall-phase").split("\n") == ["Window 1 of 8", "Running"]
    assert wall.locator("#map .on-wide [data-state]").count() == 8
    assert wall.locator(FORMS).count() == 0
    moderator.select_option("#inject-kind", "start_war")
    moderator.check("#i-start_war-attackers-ESK")
    moderator.check("#i-start_war-defenders-ARD")
    moderator.select_option("#i-start_war-aim", "territory")
    moderator.click("#do-preview")
    moderator.click("#do-inject")
    wall.locator(".wall-card.grave", has_text="War: Eskland against Arden").wait_for()
    wall.locator("#map .on-wide [data-war]").wait_for(state="attached")
    wall.locator("#news li", has_text="War: Eskland attacks Arden over territory").wait_for()
    assert {one.split()[1] for one in fears(wall)} - {"ARD", "ESK"}
    assert wall.evaluate(SMALLEST) >= 24
    assert wall.locator("#map .on-wide .map-name").first.evaluate("text => text.getBoundingClientRect().height") > 24
    assert wall.evaluate(SCROLLS) == wall.evaluate(OVERFLOW) == 0
    accessible(wall)
    wall.emulate_media(color_scheme="dark")
    accessible(wall)
    wall.set_viewport_size({"width": 320, "height": 700})
    assert wall.evaluate(OVERFLOW) == 0
    assert wall.evaluate(SMALLEST) >= 14
    accessible(wall)
    moderator.fill("#pause-reason", "Coffee")
    moderator.click("#do-pause")
    expect(wall.locator(".wall-pause")).to_have_text("Paused: Coffee")
    player.locator("#map [data-war]").wait_for(state="attached")


def fears(wall: Any) -> list[str]:
    found: list[str] = wall.locator("#map .on-wide [data-fear]").evaluate_all(
        "all => all.map((one) => one.getAttribute('data-fear'))"
    )
    return found


def test_a_secret_call_leaves_no_trace_on_the_wall(game: Game) -> None:
    one, other, wall = game.seat("ARD"), game.seat("COR"), game.visit(game.links.observer, width=1920, height=1080)
    game.begin()
    wall.wait_for_selector("#waiting:has-text('Waiting for 2 of 2')")
    pacts = wall.locator("#map .on-wide [data-pact]").count()
    choose(one, "propose_alliance", to="COR", commitment="defence")
    one.click("#move-form .more-terms > summary")
    one.check("#m-propose_alliance-secret")
    one.click("#send")
    one.wait_for_selector("#sent li[data-state=saved]")
    one.click("#ready:not([disabled])")
    expect(wall.locator("#waiting")).to_contain_text("Waiting for 1 of 2")
    other.click("#ready:not([disabled])")
    other.locator(".call").first.wait_for()
    expect(wall.locator(".wall-phase")).to_contain_text("Between windows")
    assert wall.locator("#waiting, .wall-clock p").count() == 0
    assert wall.locator("#map .on-wide [data-pact]").count() == pacts
    assert "Corvane" not in wall.inner_text(".wall-rail")
