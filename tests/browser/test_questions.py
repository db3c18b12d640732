"""Questions for the debrief on a player's page: answered or skipped in the player's own time, with a mouse, keys or a thumb."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import open_game

if TYPE_CHECKING:
    from tests.browser.conftest import Game, House

pytestmark = pytest.mark.browser

ASKED = """
[[questions]]
ask = "belief"
at = "start"
words = "How will the others behave?"

[[questions]]
ask = "prediction"
about = "COR"
at = "start"

[[questions]]
ask = "threats"
at = "start"
"""


@pytest.fixture
def asked_game(house: House, chromium: Any, checkerboard: str) -> Iterator[Game]:
    """A session of the checkerboard that asks three questions at its start and shows nobody the index, in its lobby."""
    text = checkerboard.replace("[scenario]", '[scenario]\nthreat_index = "hidden"', 1) + ASKED
    playing = open_game(house, chromium, text)
    yield playing
    try:
        playing.check()
    finally:
        playing.close()


def test_questions_are_answered_and_skipped_without_holding_up_the_clock(
    asked_game: Game, accessible: Callable[[Any], None]
) -> None:
    page = asked_game.seat("ARD")
    asked_game.begin()
    questions = page.locator("#questions li.question")
    assert questions.count() == 3
    assert "“How will the others behave?”" in questions.first.inner_text()
    assert "Corvane" in questions.nth(1).inner_text()
    accessible(page)
    questions.nth(1).locator("input[value=BAL]").check()
    questions.nth(1).locator("[data-sure='0.7']").click()
    questions.nth(1).locator(".answered", has_text="Noted for the debrief").wait_for()
    questions.nth(2).locator("[data-answer=skip]").click()
    questions.nth(2).locator(".answered", has_text="Skipped").wait_for()
    page.click("#ready:not([disabled])")
    page.wait_for_selector("#questions", state="detached")


def test_a_question_is_answered_with_keys_alone(asked_game: Game) -> None:
    page = asked_game.seat("ARD")
    asked_game.begin()
    page.locator("#questions [data-answer=state_belief]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#m-state_belief-balancing")
    page.wait_for_function("() => document.activeElement.id === 'm-state_belief-balancing'")
    for name in ("balancing", "ideology", "aid"):
        page.fill(f"#m-state_belief-{name}", "0.6")
    page.locator("[data-note=state_belief]").focus()
    page.keyboard.press("Enter")
    page.locator("#questions .answered").first.wait_for()


def test_a_seat_that_is_not_shown_the_index_is_told_to_judge_for_itself(asked_game: Game) -> None:
    page = asked_game.seat("ARD")
    assert page.locator(".threat-table").count() == 0
    assert "judge for yourself" in page.inner_text("#threats")
    assert "yours to judge" in page.inner_text("#glance")


def test_questions_fit_a_phone(asked_game: Game) -> None:
    page = asked_game.seat("ARD", width=360, height=740)
    asked_game.begin()
    page.locator("#questions [data-answer=skip]").last.scroll_into_view_if_needed()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for control in page.locator("#questions button").all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 24
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    if os.environ.get("SHOT"):
        page.screenshot(path=os.environ["SHOT"] + "-phone.png", full_page=True)
        wide = asked_game.seat("BEL")
        wide.screenshot(path=os.environ["SHOT"] + "-wide.png", full_page=True)
