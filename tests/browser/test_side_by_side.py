"""The projector of a class in play: the worlds beside each other, each with its map, date, clock and conflicts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.browser.class_visit import make_class, take_seat
from tests.browser.conftest import Game, House

pytestmark = pytest.mark.browser

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TALL = "document.documentElement.scrollHeight - document.documentElement.clientHeight"

FILL = """for (const list of document.querySelectorAll(".beside-world > ul")) {
  while (list.children.length < 5) list.append(document.createElement("li"));
  for (const line of list.children) line.textContent = "Crisis: Dunmark and Eskland over territory, display of force";
}"""
"""The most that a card shows: who is waited for, three conflicts of two lines each, and how many more there are."""


def test_three_worlds_stand_beside_each_other_on_the_projector(
    house: House, game: Game, checkerboard: str, accessible: Callable[[Any], None]
) -> None:
    visit = make_class(house, game, checkerboard, worlds=3)
    moderator, ada = visit.moderator(), visit.student("Ada")
    projector = game.visit(visit.links.projector, width=1920, height=1080)
    projector.locator("#in-heading", has_text="1 person is in").wait_for()
    moderator.click("#do-deal")
    take_seat(ada)
    moderator.get_by_role("button", name="All worlds", exact=True).click()
    moderator.click("#do-start")
    moderator.locator("#requests", has_text="World C: Nobody has a seat in this world").wait_for()
    for letter in "BC":
        moderator.get_by_role("button", name=f"World {letter}", exact=True).click()
        moderator.click("#do-start")
    moderator.get_by_role("button", name="All worlds", exact=True).click()
    here = projector.locator("[data-world=A]")
    expect(here.locator(".beside-clock")).to_contain_text(":")
    expect(here).to_contain_text("Waits for 1")
    assert projector.locator("[data-world]").count() == 3
    assert projector.locator(".beside-world [data-state]").count() == 3 * 8
    assert projector.locator("[data-fear]").count() == 0
    assert visit.live.room.code[:3] in projector.inner_text(".late-join")
    assert projector.evaluate(SIDEWAYS) == projector.evaluate(TALL) == 0, "nothing scrolls"
    projector.evaluate(FILL)
    assert projector.evaluate(TALL) == 0, "nothing scrolls, however much happens in a world"
    smallest = ".beside-world li, .beside-world h2, .beside-clock, .late-join"
    sizes = projector.locator(smallest).evaluate_all(
        "all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 24
    accessible(projector)
    projector.set_viewport_size({"width": 320, "height": 700})
    assert projector.evaluate(SIDEWAYS) == 0
    moderator.click("#do-pause")
    expect(here.locator(".beside-clock")).to_have_text("paused")
    projector.set_viewport_size({"width": 1920, "height": 1080})
    moderator.get_by_role("button", name="End…").click()
    # Worlds without people may have been played to their end by now.
    assert re.search("each page of (this world|these worlds);", moderator.inner_text("#end"))
    moderator.click("#do-end")
    ways = projector.get_by_role("link", name="Open the debrief")
    expect(ways).to_have_count(3)
    expect(projector.locator(".late-join")).to_contain_text("All worlds have ended")
    assert projector.evaluate(SIDEWAYS) == projector.evaluate(TALL) == 0, "nothing scrolls at the end"
    expect(moderator.get_by_role("link", name="Open the debrief")).to_have_count(3)
    with projector.context.expect_page() as opened:
        ways.first.click()
    expect(opened.value.get_by_role("heading", name="How far to trust this")).to_be_visible(timeout=60_000)
    # One cursor goes through all three worlds at once, for those who lead the class and on the projector.
    assert moderator.get_attribute("#replay-A", "href") == projector.get_attribute("#replay-A", "href")
    with projector.context.expect_page() as opened:
        projector.click("#replay-A")
    replay = opened.value
    expect(replay.locator(".replay-badge.good")).to_have_count(3, timeout=60_000)
    expect(replay.locator(".replay-maps svg.figure")).to_have_count(3)
    expect(replay.locator("#replay-map-1 h2")).to_have_text("World B")
    replay.focus("main.replay")
    replay.keyboard.press("End")
    expect(replay).to_have_url(re.compile(r"/A\+B\+C/replay/t=\d{4}-\d\d-\d\d$"))
    accessible(replay)
