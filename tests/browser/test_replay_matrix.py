"""Who feared whom in the replay of nineteen states: the matrix stands whole on a desk, and a list has the full names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser.replay_serving import serving

from counterpoise.gateway.replays.pages import Access
from counterpoise.session.running_session import Session
from counterpoise.store.journal_file import JournalFile

pytestmark = pytest.mark.browser


@pytest.fixture
def address(scenarios: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """Serves the first day of the Middle East."""
    session = Session(scenario_text=scenarios["middle-east-1955"], seed="3", session_id="g", secret="s")
    entries = session.take_entries()
    with JournalFile.create(tmp_path / "g.db") as journal:
        journal.append(entries)
    head = (len(entries), entries[-1].chain)
    with serving({"j1": Access(str(tmp_path / "g.db"), head, tuple(session.seats))}) as served:
        yield served


def test_the_matrix_of_nineteen_states_needs_no_scrolling_on_a_desk(
    address: str, chromium: Any, accessible: Callable[[Any], None]
) -> None:
    page = chromium.new_page(viewport={"width": 1440, "height": 900}, locale="de-DE")
    page.goto(address)
    page.wait_for_selector(".replay-matrix td[class*=swatch]")
    room = page.evaluate(
        "(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])(document.querySelector('#replay-threats'))"
    )
    assert room[0] <= room[1]
    heads = page.locator(".replay-matrix thead abbr")
    assert heads.count() == 19
    assert (heads.first.inner_text(), heads.first.get_attribute("title")) == ("EGY", "Egypt")
    filled = page.locator(".replay-matrix td[class*=swatch]").first
    assert filled.get_attribute("title") == "Egypt: Furcht vor Syria"
    cut_off = "(cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).length"
    assert page.locator(".replay-matrix tbody :is(td, th)").evaluate_all(cut_off) == 0, "numbers and names have room"
    accessible(page)
    # The same with full names, and back.
    page.click("#replay-matrix-twin")
    page.wait_for_selector(".replay-threat-list")
    assert page.locator(".replay-threat-list tbody tr").count() >= 15
    assert "Israel 0," in page.locator(".replay-threat-list tbody tr").first.inner_text()
    page.click("#replay-matrix-twin")
    page.wait_for_selector(".replay-matrix td[class*=swatch]")
    # The language is chosen as on every page.
    english = page.locator("#language-en")
    assert (english.inner_text(), english.get_attribute("aria-label")) == ("EN", "English")
    english.click()
    page.wait_for_function("() => document.querySelector('.replay-matrix td[title^=\"How much Egypt\"]')")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
