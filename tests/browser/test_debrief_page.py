"""The debrief page opens by itself at the end, and its figures show the report's numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Game

pytestmark = pytest.mark.browser


LAST_WINDOW = 4
"""The window in which the moderator ends the session."""


def _window(player: Any) -> int:
    """Return the number of the window that a player's page shows."""
    return int(player.locator(".fact-window dd").inner_text().split()[0])


@pytest.fixture
def ended(game: Game) -> tuple[Any, Any]:
    """A session that was played for some windows and ended by the moderator: the player's page and the moderator's."""
    player = game.seat("ARD")
    moderator = game.begin()
    while _window(player) < LAST_WINDOW:
        # Also where the clock stops for a call: then the page asks first.
        player.locator("#ready-anyway").or_(player.locator("#ready:not([disabled])")).first.click()
    moderator.click("#ask-end")
    moderator.click("#do-end")
    for page in (player, moderator):
        page.wait_for_selector(".debrief", timeout=30_000)
    return player, moderator


def test_the_debrief_opens_for_everyone_at_the_end_with_all_its_figures(
    ended: tuple[Any, Any], accessible: Callable[[Any], None]
) -> None:
    player, moderator = ended
    assert "/debrief/" in player.url
    assert moderator.locator(".heat-cell").count() == 8 * 7
    rows = player.locator(".on-wide .forest-row").count()
    assert rows >= 10
    player.click("#d-hypotheses-twin")
    player.wait_for_selector(".hypothesis-table")
    assert player.locator(".hypothesis-table tbody tr").count() == rows
    assert player.locator(".proposition-table tbody tr").count() >= 12
    assert player.locator(".on-wide .lane").count() == 8
    assert player.locator("#d-indices .series").count() >= 3
    figures = player.locator("main svg:not([aria-hidden])")
    assert all(len(one.locator("title").first.text_content()) > 20 for one in figures.all())
    player.select_option("#ledger-only", "all")
    decisions = player.locator(".on-wide .lane-mark").count()
    player.locator("#d-ledger [role=status]", has_text=f"{decisions} of {decisions} decisions").wait_for()
    assert player.locator(".ledger-table tbody tr").count() == 20 < decisions
    player.click("#ledger-all")
    player.locator("#ledger-all").wait_for(state="detached")
    assert player.locator(".ledger-table tbody tr").count() == decisions >= 24
    accessible(player)
    # Two clicks lead from the end to what is told of a moment, and to that moment on the map.
    assert player.locator(".finding").count() >= 1
    moment = player.locator(".finding a.button").first
    seat = (moment.get_attribute("href") or "").partition("&as=")[2]
    moment.click()
    player.wait_for_selector("#replay-map-0 svg", timeout=60_000)
    assert player.url.partition("#t=")[2].endswith(f"&as={seat}")


def test_a_cell_of_the_threat_matrix_shows_what_the_threat_is_made_of(ended: tuple[Any, Any]) -> None:
    player, _ = ended
    cell = player.locator("[data-cell='ARD/BEL']")
    cell.click()
    player.locator(".component", has_text="Arden looks at Belmar").wait_for()
    assert cell.get_attribute("aria-pressed") == "true"
    assert player.locator(".component .fact").count() == 4
    player.keyboard.press("ArrowDown")
    assert player.evaluate("document.activeElement.dataset.cell") == "COR/BEL"
    player.keyboard.press("Enter")
    player.locator(".component", has_text="Corvane looks at Belmar").wait_for()
    player.click("#d-matrix-twin")
    player.wait_for_selector(".matrix-table")
    assert player.locator(".matrix-table tbody tr").count() == 8


def test_the_yearly_indices_have_a_line_chart_and_a_table_with_the_same_rows(ended: tuple[Any, Any]) -> None:
    player, _ = ended
    dates = player.locator("#d-indices .series").first.locator("circle, rect").count()
    player.click("#d-indices-twin")
    player.wait_for_selector(".index-table")
    assert player.locator(".index-table tbody tr").count() == dates >= 2
    player.click("#d-indices-twin")
    player.wait_for_selector("#d-indices .series")


def test_the_address_of_the_debrief_opens_it(ended: tuple[Any, Any]) -> None:
    player, _ = ended
    player.click("#page-play")
    player.locator("#now", has_text="The session is over").wait_for()
    assert player.locator(".debrief").count() == 0
    player.goto(player.url + "#debrief")
    player.wait_for_selector(".debrief")
    player.reload()
    player.wait_for_selector(".debrief")
    assert "/debrief/" in player.url
    assert player.locator(".heat-cell").count() == 8 * 7
