"""Phones, zoom, dark and high-contrast colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import choose

if TYPE_CHECKING:
    from tests.browser.conftest import Game

pytestmark = pytest.mark.browser

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """
[...document.querySelectorAll("button, select, input:not([type=hidden]), textarea, summary, a")]
  .filter((one) => one.offsetParent !== null && !one.closest(".skip, .hidden"))
  .map((one) => [one.id || one.textContent, one.getBoundingClientRect(), one.labels?.[0]?.getBoundingClientRect().height ?? 0])
  .filter(([, box, label]) => Math.max(box.height, label) < 31.5 || box.width < 20)
  .map(([name, box]) => `${name} ${box.width}x${box.height}`)
"""


@pytest.mark.parametrize("width", [390, 320])
def test_no_part_of_a_players_page_is_wider_than_a_phone(
    game: Game, width: int, accessible: Callable[[Any], None]
) -> None:
    page = game.seat("ARD", width=width, height=844, has_touch=True)
    game.begin()
    page.locator("#now .lead", has_text=".").wait_for()  # a decision without a call says so, and is no empty card
    tabs = page.locator(".tabs button")
    for number in range(tabs.count()):
        tabs.nth(number).click()
        page.locator(".tabs button[aria-current]").and_(tabs.nth(number)).wait_for()
        assert page.evaluate(OVERFLOW) == 0
        assert page.locator("main .panel:visible").count() >= 1
        assert page.evaluate(SMALL) == []
    tabs.nth(2).click()
    page.click("#states > summary")
    page.locator(".state-table").wait_for()
    assert page.locator(".state-table tbody tr").nth(0).evaluate("row => getComputedStyle(row).display") != "table-row"
    accessible(page)


@pytest.mark.parametrize("width", [390, 320])
def test_the_moderators_page_and_the_debrief_fit_a_phone(game: Game, width: int) -> None:
    player = game.seat("ARD", width=width, height=844)
    moderator = game.moderator(width=width, height=844)
    moderator.click("#do-start")
    moderator.click("#look > summary")
    moderator.select_option("#look-seat", "ARD")
    moderator.wait_for_selector("#look-me")
    moderator.click("#forecasts > summary")
    moderator.click("#reveal")
    moderator.locator("#reveal", has_text="Hide").wait_for()
    assert moderator.evaluate(OVERFLOW) == 0
    assert moderator.evaluate(SMALL) == []
    player.click("#ready:not([disabled])")
    player.locator("#now", has_text="Your decision").wait_for()
    moderator.click("#ask-end")
    moderator.click("#do-end")
    player.wait_for_selector(".debrief", timeout=30_000)
    for part in ("hypotheses", "matrix", "lanes", "indices"):
        player.click(f"#d-{part} > summary")
    player.locator("#d-hypotheses summary", has_text="The scores so far").click()
    assert player.locator(".on-narrow .forest-row:visible").count() >= 10
    for table in ("hypotheses", "matrix", "lanes", "indices"):
        assert player.evaluate(OVERFLOW) == 0
        assert player.evaluate(SMALL) == []
        player.click(f"#d-{table}-twin")
        player.locator(f"#d-{table} table").first.wait_for()
    assert player.evaluate(OVERFLOW) == 0


SPILLED = """
[...document.querySelectorAll(".threat-table :is(th, td) > *")]
  .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
  .map((one) => `${one.textContent} ${one.scrollWidth} in ${one.clientWidth}`)
"""
BROKEN = """
[...document.querySelectorAll(".threat-table :is(thead th, .state-name)")]
  .filter((one) => one.checkVisibility() && one.closest("th").clientWidth > 1)
  .flatMap((one) => {
    const words = one.textContent.trim().split(" ").length;
    const range = document.createRange();
    range.selectNodeContents(one);
    const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
    return lines > words ? [`${one.textContent}: ${lines} lines`] : [];
  })
"""


@pytest.mark.parametrize("width", [320, 390, 820, 860, 1000, 1160, 1280, 1600])
def test_names_and_numbers_of_the_threats_neither_overlap_nor_wrap(game: Game, width: int) -> None:
    page = game.seat("ARD", width=width, height=900)
    if page.locator(".tabs button").first.is_visible():
        page.locator(".tabs button").nth(2).click()
    page.click("#threats > summary")
    page.locator(".threat-table").wait_for()
    assert page.evaluate(SPILLED) == []
    assert page.evaluate(BROKEN) == []
    assert page.evaluate(OVERFLOW) == 0


def test_the_page_is_legible_in_the_dark(game: Game, accessible: Callable[[Any], None]) -> None:
    page = game.seat("ARD", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 22, 29)"
    accessible(page)


def test_forced_colours_and_reduced_motion_are_respected(game: Game) -> None:
    page = game.seat("ARD", forced_colors="active", reduced_motion="reduce")
    assert page.locator("#network .node").count() == 8
    assert page.evaluate("getComputedStyle(document.querySelector('.button')).transitionDuration") == "0s"


def test_the_count_on_a_tab_covers_no_other_tab(game: Game) -> None:
    page, belmar = game.seat("ARD", width=390, height=844), game.seat("BEL")
    game.begin()
    choose(belmar, "propose_alliance", to="ARD")
    belmar.click("#send")
    belmar.locator("#sent li[data-state=saved]").wait_for()
    for one in (belmar, page):
        one.click("#ready:not([disabled])")
    page.locator(".tabs .badge").wait_for()
    tab = page.locator(".tabs button", has_text="Decide")
    badge, bounds = tab.locator(".badge").bounding_box(), tab.bounding_box()
    assert badge["x"] + badge["width"] <= bounds["x"] + bounds["width"]
    assert badge["y"] >= bounds["y"]
    words = tab.locator("span:not([aria-hidden])").first.evaluate(
        "one => { const range = document.createRange(); range.selectNode(one.firstChild);"
        " return range.getBoundingClientRect().top; }"
    )
    assert badge["y"] + badge["height"] <= words + 4, "the count stands above the word"


LONGEST = "Dr. Maximiliana Konstantinopolitanskaja-Wolfeschlegelsteinhaus"[:60]
"""A name of 60 letters, the longest that a person may have, with a word that no line of a phone can take whole."""


def test_a_name_of_sixty_letters_breaks_no_page(game: Game) -> None:
    assert len(LONGEST) == 60
    player = game.seat("ARD", width=320, height=700)
    player.locator(".tabs button").nth(3).click()
    player.fill("#player-name", LONGEST)
    player.press("#player-name", "Enter")
    game.begin()
    for page in (game.visit(game.links.moderator, width=320, height=700), game.visit(game.links.moderator, width=1280)):
        page.locator("#seats", has_text=LONGEST).wait_for()
        assert page.evaluate(OVERFLOW) == 0
        assert page.evaluate(CUT_NAMES, LONGEST) == []
        page.close()
    for number in range(4):
        player.locator(".tabs button").nth(number).click()
        assert player.evaluate(OVERFLOW) == 0


def test_a_longer_name_is_refused_in_words_and_what_was_typed_stays(game: Game) -> None:
    console = game.visit(game.links.moderator, width=1280)
    player = game.seat("ARD", width=320, height=700, locale="de-DE")
    player.locator(".tabs button").nth(3).click()
    said = "Ein Name hat höchstens 60 Zeichen, und dieser hat 62."
    for long in (LONGEST + "en", "🦉" * 62):
        player.fill("#player-name", long)
        player.press("#player-name", "Enter")
        assert player.evaluate("document.querySelector('#player-name:invalid').validationMessage") == said
        assert player.input_value("#player-name") == long
    player.fill("#player-name", "🦉" * 60)
    player.press("#player-name", "Enter")
    console.locator("#seats", has_text="🦉" * 60).wait_for()


CUT_NAMES = """(name) => [...document.querySelectorAll("main *")]
  .filter((one) => !one.children.length && one.textContent.includes(name) && one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((one) => one.outerHTML)"""
"""The elements with the name that reach beyond the page."""

UNCOVERED = """() => {
  const card = document.querySelector(".move-card.chosen .move-title");
  const box = card.getBoundingClientRect();
  const on = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return card.contains(on);
}"""
"""Whether nothing lies over the title of the card that is open."""


def test_a_notice_never_covers_the_card_in_hand(game: Game) -> None:
    page = game.seat("BEL", width=390, height=844, has_touch=True)
    game.seat("ARD")
    moderator = game.begin()
    choose(page, "propose_alliance")
    page.locator(".move-card.chosen").evaluate("card => card.scrollIntoView({block: 'start'})")
    page.wait_for_function(UNCOVERED)
    moderator.click("[data-nudge=BEL]")
    moderator.click("[data-more=ARD]")
    page.wait_for_selector("[data-notice=nudge]")
    page.wait_for_selector("[data-notice=waits]")
    page.wait_for_function(UNCOVERED)
    game.forgiven = ("ERR_INTERNET_DISCONNECTED", "WebSocket")
    page.context.set_offline(True)
    page.locator(".strip", has_text="No connection").wait_for()
    page.wait_for_function(UNCOVERED)
    page.context.set_offline(False)
    page.locator(".strip", has_text="No connection").wait_for(state="detached")
