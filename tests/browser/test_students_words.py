"""A student's pages, each with everything on it opened, say nothing in the server's terms, in both languages on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.class_visit import ClassVisit, make_class, take_seat
from tests.browser.conftest import Game, House

if TYPE_CHECKING:
    from counterpoise.gateway.hub import Links

pytestmark = pytest.mark.browser

FORBIDDEN = re.compile(
    r"\b(?:incidents?|receipts?|injects?)\b|\b(?:ARD|BEL|COR|DUN|ESK|FEN|GAL|HAR|BAL|BW|NEU)\b"
    r"|(?<!lift )\bundefined\b|\bNaN\b|\[object|\b[a-z]+_[a-z_]+\b",
    re.IGNORECASE,
)
CAPITALS = re.compile(r"ARD|BEL|COR|DUN|ESK|FEN|GAL|HAR|BAL|BW|NEU", re.IGNORECASE)
"""The codes of states and of options: they are codes only in capitals."""

EVERYTHING = """() => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  const said = ["aria-label", "title", "placeholder", "alt"].flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)].map((one) => one.getAttribute(name)));
  return [document.title, document.body.innerText, ...said].join("\\n");
}"""
"""Opens what is folded, and returns all that a reader sees or hears."""


@pytest.fixture
def visit(tmp_path: Path, chromium: Any, checkerboard: str) -> Iterator[ClassVisit]:
    house = House(tmp_path / "house").start()
    no_links: Links = None  # type: ignore[assignment]
    game = Game(house, no_links, chromium, patience_ms=60_000)
    yield make_class(house, game, checkerboard, worlds=1)
    try:
        game.check()
    finally:
        game.close()
        house.stop()


def found_on(page: Any, where: str) -> list[str]:
    """Return the forbidden words on a page, each with its line."""
    faults = []
    for line in page.evaluate(EVERYTHING).splitlines():
        for hit in FORBIDDEN.finditer(line):
            is_mark = line.strip() == hit[0]  # in a figure, the code of a state marks its place
            if not is_mark and (hit[0].isupper() or not CAPITALS.fullmatch(hit[0])):
                faults.append(f"{where}: {hit[0]!r} in {line[:120]!r}")
    return faults


def walk(page: Any) -> list[str]:
    """Open every part of a player's page; return the forbidden words."""
    faults = found_on(page, "play")
    for group in ("diplomacy", "crisis", "aid", "home", "influence", "debrief"):
        page.click(f"#group-{group}")
        page.wait_for_selector(f"#group-{group}[aria-pressed=true]")
        for pick in page.eval_on_selector_all(".move-pick", "found => found.map((one) => one.id)"):
            page.click(f"#{pick}")
            page.wait_for_selector(f"#move-form[data-kind={pick.removeprefix('pick-')}]")
            faults += found_on(page, pick)
    page.click("#step-why")
    faults += found_on(page, "why")
    for tab in ("talk", "map", "me", "decide"):
        page.click(f"#tab-{tab}")
        faults += found_on(page, tab)
    page.click("#tab-me")
    page.click("#ask-device")
    page.wait_for_selector("#device-code")
    faults += found_on(page, "device")
    page.click("#ask-help")
    page.wait_for_selector("dialog[open]")
    faults += found_on(page, "help")
    page.keyboard.press("Escape")
    return faults


def test_no_page_of_a_student_speaks_in_the_server_s_terms(visit: ClassVisit) -> None:
    moderator = visit.moderator()
    faults: list[str] = []
    students = []
    for name, locale in (("Ada", "en-GB"), ("Grace", "de-DE")):
        page = visit.game.visit(visit.links.join, width=390, height=844, locale=locale)
        page.wait_for_selector("#join-name")
        faults += found_on(page, "join")
        page.fill("#join-name", name)
        page.click("#do-join")
        page.wait_for_selector("#place")
        faults += found_on(page, "lobby")
        students.append(page)
    moderator.locator("#people", has_text="Without a seat: 2").wait_for()
    moderator.click("#do-deal")
    for page in students:
        page.wait_for_selector("#take-seat")
        faults += found_on(page, "brief")
        take_seat(page)
    moderator.click("#do-start")
    for page in students:
        page.locator(".move-card").first.wait_for()
        faults += walk(page)
    moderator.click("#ask-end")
    moderator.click("#do-end")
    moderator.locator("#world-A", has_text="ended").wait_for()
    assert moderator.locator("#do-deal, #do-door").count() == 0, "nobody can be dealt a seat in a game that is over"
    for page in students:
        page.wait_for_selector(".debrief", timeout=60_000)
        faults += found_on(page, "debrief")
    assert sorted(set(faults)) == []
    moderator.click("#language-de")
    moderator.locator("#people", has_text="Personen").wait_for()
    assert moderator.evaluate("document.documentElement.lang") == "de"
