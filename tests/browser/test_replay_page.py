"""One cursor drives every panel of the replay, for whoever may watch, as a seat saw it or as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.replay_serving import serving

from counterpoise.gateway.replays.pages import Access
from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.store.journal_file import JournalFile
from counterpoise_clients import roster

if TYPE_CHECKING:
    from tests.browser.conftest import Game

pytestmark = pytest.mark.browser
VERIFIED_MS = 60_000


def until(page: Any, expression: str) -> None:
    """Wait until an expression is true in a page; the page's own policy forbids Playwright's way to wait for one."""
    for _ in range(300):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"this has not come true: {expression}")


def date_of(page: Any) -> str:
    return str(page.locator("#replay-slider").get_attribute("aria-valuetext"))


Serve = Callable[[dict[str, Access]], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves journals as `replay J K --serve` does; returns the address of the page."""
    with ExitStack() as stack:
        yield lambda journals: stack.enter_context(serving(journals))


@pytest.fixture
def beside(game: Game, serve: Serve) -> Callable[[], str]:
    """Serves the journal of the game twice; returns the address of the page."""

    def start() -> str:
        room = game.house.server.hub.rooms[game.links.session]
        head = game.house.do(room.writer.call(lambda journal: journal.head()))
        one = Access(room.writer.address, head, tuple(room.session.seats), go_on="counterpoise host g.db --at")
        return serve({"j1": one, "j2": one})

    return start


def test_the_log_is_whole_after_a_jump_into_a_later_part_of_the_film(
    chromium: Any, checkerboard: str, tmp_path: Path, serve: Serve
) -> None:
    session = Session(scenario_text=checkerboard, seed="3", session_id="g", secret="s")
    play(session, {seat: roster.load_bot("random")(seat) for seat in session.seats})
    entries = session.take_entries()
    with JournalFile.create(tmp_path / "g.db") as journal:
        journal.append(entries)
    address = serve({"j1": Access(str(tmp_path / "g.db"), (len(entries), entries[-1].chain), tuple(session.seats))})
    page = chromium.new_page(viewport={"width": 1280, "height": 700})
    # The second part of the film begins with the fifth window, on this day.
    page.goto(f"{address}&t=1903-01-01")
    tick = session.simulation.world.calendar.opening_of(4)
    earlier = [one for one in session.simulation.world.incidents if one.tick <= tick and one.kind != "message"]
    assert len(earlier) > 10
    until(page, f"document.querySelectorAll('#replay-log li').length === {min(40, len(earlier))}")
    assert page.locator("#replay-log [role=status]").count() == 0, "nothing is missing"
    page.close()


def test_a_class_watches_the_replay_after_the_end_with_the_keyboard_and_by_links(
    game: Game, accessible: Callable[[Any], None], beside: Callable[[], str]
) -> None:
    player = game.seat("ARD")
    moderator = game.begin()
    game.reach_window("3", player)
    moderator.click("#ask-end")
    moderator.click("#do-end")
    player.wait_for_selector(".debrief", timeout=VERIFIED_MS)
    player.click("#debrief-replay")
    player.wait_for_selector(".replay-badge.good", timeout=VERIFIED_MS)
    player.wait_for_selector("#replay-map-0 svg")
    assert "entries" in player.inner_text(".replay-badge.good summary")
    player.locator("main.replay").focus()
    begun = date_of(player)
    player.keyboard.press("Shift+ArrowRight")
    until(player, "document.getElementById('replay-slider').ariaValueText.includes('window 2')")
    player.keyboard.press("Home")
    assert date_of(player) == begun
    player.keyboard.press("End")
    # A panel out of sight follows when the cursor rests.
    until(player, "document.querySelectorAll('#replay-log li').length > 0")
    assert player.locator(".replay-matrix td[class*=swatch]").count() == 8 * 7
    player.click("#replay-matrix-true")
    assert player.get_attribute("#replay-matrix-true", "aria-pressed") == "true"
    player.select_option("#replay-viewer", "BEL")
    until(player, "location.hash.endsWith('&as=BEL')")
    until(player, "document.querySelectorAll('.replay-matrix td[class*=swatch]').length === 7")
    assert player.locator("#replay-lanes").count() == 0, "no seat was told the classes of what others did"
    link = player.url
    accessible(player)
    player.set_viewport_size({"width": 320, "height": 640})
    assert player.evaluate("document.documentElement.scrollWidth") <= 320
    # A link leads whoever may watch to the same moment and viewer.
    other = game.visit(link, context=moderator.context)
    other.wait_for_selector(".replay-badge.good", timeout=VERIFIED_MS)
    until(other, "document.querySelectorAll('.replay-matrix td[class*=swatch]').length === 7")
    assert date_of(other) == date_of(player)
    # Two journals beside each other go by one cursor.
    both = game.visit(beside(), color_scheme="dark", reduced_motion="reduce", locale="de-DE")
    until(both, "document.querySelectorAll('.replay-badge.good').length === 2")
    both.keyboard.press("End")
    until(both, "document.querySelectorAll('.replay-maps svg.figure').length === 2")
    assert both.locator("#replay-map-0 .map-pictures").inner_html().replace("map-0", "") == both.locator(
        "#replay-map-1 .map-pictures"
    ).inner_html().replace("map-1", "")
    assert "Fenster 3" in date_of(both)
    # The page of files has no seats: it copies the command that goes on from the moment.
    both.click("#replay-go-on")
    assert re.fullmatch(r"counterpoise host g\.db --at 190\d-\d\d-\d\d", both.input_value("#replay-link"))
    accessible(both)
