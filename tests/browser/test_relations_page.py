"""What a view says of a regime, of refusals, sanctions and spoils is on the page, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.conftest import choose

if TYPE_CHECKING:
    from tests.browser.conftest import Game

pytestmark = pytest.mark.browser

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def order(page: Any, kind: str, **fields: str) -> None:
    sent = page.locator("#sent li[data-state=saved]").count()
    choose(page, kind, **fields)
    page.click("#send")
    page.locator("#sent li[data-state=saved]").nth(sent).wait_for()


def tags(page: Any, name: str) -> list[str]:
    found: list[str] = page.locator("#states tbody tr", has_text=name).locator(".tag").all_text_contents()
    return found


def test_a_refused_offer_and_sanctions_stand_with_the_state_that_they_concern(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    arden, belmar = game.seat("ARD"), game.seat("BEL", width=390, height=844, has_touch=True)
    game.begin()
    assert "refused your offer" not in tags(arden, "Belmar")
    assert arden.locator(".sanctions").count() == 0
    order(arden, "propose_alliance", to="BEL", commitment="defence")
    order(arden, "sanction", against="BEL", course="impose", scope="arms")
    arden.click("#ready:not([disabled])")
    belmar.click("#ready:not([disabled])")
    belmar.locator(".call-proposal [data-answer=Decline]").click()
    belmar.locator(".call-proposal .answered").wait_for(state="attached")  # the next step follows
    game.reach_window("2", arden, belmar)
    assert {"refused your offer", "you sanction it: no arms"} <= set(tags(arden, "Belmar"))
    assert "sanctions you: no arms" in tags(belmar, "Arden")
    assert "refused your offer" not in tags(arden, "Corvane")
    shown = belmar.locator(".sanctions li.about-me", has_text="Arden sells Belmar no arms, since ")
    assert shown.count() == 1
    assert not shown.is_visible()
    belmar.locator(".tabs button", has_text="Map").click()
    belmar.locator("details:has(.sanctions):not([open]) > summary").click()
    shown.wait_for()
    assert shown.inner_text().endswith(" 1901")
    assert belmar.evaluate(OVERFLOW) == 0
    accessible(belmar)


def test_a_state_reads_who_decides_in_it_and_how_it_stands_with_its_movement(game: Game) -> None:
    eskland, arden = game.seat("ESK", width=390, height=844, has_touch=True), game.seat("ARD")
    eskland.click("#tab-me")
    facts = eskland.locator("#me .fact")
    assert facts.filter(has_text="Who decides").locator("dd").inner_text() == "2 centres of power must agree"
    assert facts.filter(has_text="Your movement").locator("dd").inner_text() == "Nobody to stand with or apart from"
    assert arden.locator("#me .fact", has_text="Who decides").locator("dd").inner_text().startswith("4 centres")
    assert eskland.evaluate(OVERFLOW) == 0


def test_a_war_says_what_its_sides_offer_in_a_list_of_their_own(game: Game, accessible: Callable[[Any], None]) -> None:
    eskland = game.seat("ESK", width=390, height=844, has_touch=True)
    moderator = game.begin()
    moderator.select_option("#inject-kind", "start_war")
    moderator.check("#i-start_war-attackers-ESK")
    moderator.check("#i-start_war-defenders-ARD")
    moderator.select_option("#i-start_war-aim", "territory")
    moderator.click("#do-preview")
    moderator.click("#do-inject")
    prize = eskland.locator(".situation .spoils li")
    prize.wait_for()
    assert prize.count() == 1
    assert prize.inner_text().startswith("If Eskland wins with you: about ")
    assert prize.inner_text().endswith(" % of a year's budget, and what you claim of Arden.")
    assert "If Eskland wins" not in eskland.locator(".situation > li").first.evaluate("item => item.firstChild.data")
    assert eskland.evaluate(OVERFLOW) == 0
    accessible(eskland)
