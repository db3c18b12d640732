"""How many taps a decision takes on a phone, and how long: a crisis, an alliance, a message, and a whole window."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import open_game

if TYPE_CHECKING:
    from tests.browser.conftest import Game, House

pytestmark = pytest.mark.browser

ASKED = """
[[questions]]
ask = "prediction"
about = "COR"
at = "start"
"""
FOCUSED = "document.activeElement !== document.body"


class Thumb:
    """Taps on a phone, counts the taps, and looks after each whether the focus has been lost."""

    def __init__(self, page: Any) -> None:
        self.page, self.taps, self.since = page, 0, time.monotonic()

    def tap(self, selector: str) -> None:
        self.page.tap(selector)
        self.taps += 1

    def done(self) -> tuple[int, float]:
        """Return the taps and the seconds since the last call."""
        now = time.monotonic()
        used, self.taps, self.since = (self.taps, now - self.since), 0, now
        return used


@pytest.fixture
def asked_game(house: House, chromium: Any, checkerboard: str) -> Iterator[Game]:
    """A session of the checkerboard that asks for a prediction at its start, in its lobby."""
    playing = open_game(house, chromium, checkerboard + ASKED)
    yield playing
    try:
        playing.check()
    finally:
        playing.close()


def test_a_whole_window_takes_eight_taps_and_the_rest_fewer(
    asked_game: Game, record_property: Callable[[str, object], None]
) -> None:
    phone = {"width": 390, "height": 844, "has_touch": True}
    arden, belmar = asked_game.seat("ARD", **phone), asked_game.seat("BEL", **phone)
    asked_game.begin()
    used: dict[str, tuple[int, float]] = {}

    thumb = Thumb(arden)
    arden.wait_for_selector("#ready:not([disabled])")
    thumb.done()
    thumb.tap("label:has(> input[value=BAL])")
    thumb.tap("[data-sure='0.7']")
    thumb.tap("#pick-propose_alliance")
    thumb.tap("label[for=m-propose_alliance-to-BEL]")
    thumb.tap("#next-why")
    thumb.tap("label[for=why-threat]")
    assert arden.inner_text("#send") == "Send to Belmar only"
    thumb.tap("#send")
    arden.locator("#sent li[data-state=saved]").nth(2).wait_for(state="attached")
    assert arden.evaluate(FOCUSED), "a tap on a button that goes away leaves the focus near it"
    thumb.tap("#ready")
    arden.locator("#ready", has_text="✓ Ready").wait_for()
    used["a window with prediction and reason"] = thumb.done()

    thumb = Thumb(belmar)
    belmar.tap("#ready")
    thumb.done()
    thumb.tap(".call-proposal [data-answer=Accept]")
    thumb.tap("#ready:not([disabled])")
    belmar.locator(".call-proposal").wait_for(state="detached")
    used["an answer to an offer"] = thumb.done()

    asked_game.reach_window("2", arden, belmar)
    thumb = Thumb(arden)
    thumb.tap("#tab-talk")
    thumb.tap("[data-thread='ARD+BEL']")
    thumb.tap("#talk-text")
    arden.keyboard.type("Will you come if Eskland marches?", delay=25)  # two taps in a row would be a double tap
    assert arden.inner_text("#talk-send") == "Send to Belmar only"
    thumb.tap("#talk-send")
    arden.locator(".letter.mine").wait_for()
    used["a message"] = thumb.done()
    belmar.locator("#tab-talk .badge", has_text="1").wait_for()

    thumb.tap("#tab-decide")
    thumb.tap("#step-choose")
    thumb.tap("#group-crisis")
    thumb.tap("#pick-demand")
    thumb.tap("label[for=m-demand-of-BEL]")
    thumb.tap("#next-why")
    thumb.tap("#send")
    arden.locator("#sent li[data-state=saved]", has_text="Make a demand").wait_for(state="attached")
    for page in (arden, belmar):
        page.evaluate("document.querySelector('#ready').click()")
    thumb = Thumb(belmar)
    belmar.locator(".call-crisis [data-answer]", has_text="Sees it:").first.wait_for()
    thumb.done()
    thumb.tap(".call-crisis [data-answer='Stand firm']")
    belmar.locator(".call-crisis .answered", has_text="✓").wait_for()
    used["an answer in a crisis"] = thumb.done()

    for what, (taps, seconds) in used.items():
        record_property(what, f"{taps} taps, {seconds:.1f} s")
        print(f"{what}: {taps} taps, {seconds:.1f} s")
    assert used["a window with prediction and reason"][0] <= 8
    assert used["an answer in a crisis"][0] == 1
    assert all(seconds < 60 for _, seconds in used.values())
