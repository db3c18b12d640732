"""The question whether research may use how a person played: asked once, answered either way, changed, and obeyed by export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.session.play.tables import consents, events_of
from counterpoise.store.journal_file import JournalFile

if TYPE_CHECKING:
    from tests.browser.conftest import Game

pytestmark = pytest.mark.browser


def test_a_person_is_asked_once_says_no_by_keyboard_and_may_change_it(
    game: Game, accessible: Callable[[Any], None]
) -> None:
    arden, belmar = game.seat("ARD"), game.seat("BEL", width=390, height=844)
    for page in (arden, belmar):
        page.locator("#consent-heading").wait_for()
        accessible(page)
    arden.focus("#consent-no")
    arden.keyboard.press("Enter")
    arden.locator(".consent-answer", has_text="Research does not use how you play.").wait_for()
    belmar.click("#consent-yes")
    belmar.locator("#consent-heading").wait_for(state="detached")
    arden.reload()
    arden.locator(".consent-answer", has_text="Research does not use how you play.").wait_for()
    assert arden.locator("#consent-heading").count() == 0
    accessible(arden)
    arden.click("button:has-text('Take part after all')")
    arden.locator(".consent-answer", has_text="You let research use how you play.").wait_for()
    arden.click("button:has-text('Take my yes back')")
    arden.locator(".consent-answer", has_text="Research does not use how you play.").wait_for()
    path = Path(game.house.server.hub.rooms[game.links.session].writer.address)
    with JournalFile.read_only(path) as journal:
        answers = consents(events_of(list(journal.play_log.rows())))
    assert sorted(answers.values()) == [False, True]
