"""Who sits in a seat, through the pages: a team, another device, a moderator's consent, a bot in between, a reminder."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect
from tests.browser.conftest import choose, until_true, write_to

if TYPE_CHECKING:
    from tests.browser.conftest import Game

PHONE = {"width": 390, "height": 844}
Judge = Callable[[Any], None]


def team_link(moderator: Any, seat: str) -> str:
    """Make a link for more people in a seat, as the moderator does, and return it."""
    moderator.select_option("#team-link", seat)
    return str(moderator.wait_for_selector(f"#share-{seat}-team-url").input_value())


def propose(page: Any, about: str) -> None:
    choose(page, "state_intent", about=about)
    page.click("#step-why")
    page.wait_for_selector("#send:not([disabled]):has-text('Propose')")
    page.click("#send")


def test_a_team_proposes_and_one_of_it_decides(private_game: Game, accessible: Judge) -> None:
    game = private_game
    game.forgiven = ("WebSocket",)  # the pages try to come back while the server restarts
    ann = game.seat("ARD")
    ann.evaluate(
        "localStorage.setItem(`counterpoise/${location.pathname.split('/').pop()}/name`, JSON.stringify('Ann'))"
    )
    moderator = game.begin()
    ben = game.visit(team_link(moderator, "ARD"), **PHONE)
    ben.wait_for_selector("#now")
    ben.wait_for_selector("#team")
    ann.wait_for_selector("#team >> text=You decide")
    propose(ben, "BEL")
    propose(ben, "COR")
    ann.wait_for_selector("#proposals li >> nth=1")
    assert ben.is_disabled("#ready")
    accessible(ann)
    # No button lies half under the dock, which would make its target small.
    ben.locator("#proposals").evaluate("one => one.scrollIntoView({block: 'center'})")
    accessible(ben)

    # The server is restarted: proposals and the decider are still there.
    game.house.stop()
    game.house.start()
    for page in (ann, ben):
        page.wait_for_selector(".link-open")
        page.wait_for_selector("#proposals li >> nth=1")
    ann.click("#proposals li >> nth=0 >> [data-send]")
    ben.wait_for_selector("#team-orders li")
    ann.click("[data-pass]")
    ben.wait_for_selector("#team >> text=You decide")
    assert ann.locator("#team-orders button").count() == 1, "Ann may still take back what she sent"
    ben.click("[data-drop]")
    ann.wait_for_selector("#team >> text=Nothing is proposed")
    moderator.wait_for_selector("[data-team=ARD]")
    moderator.select_option("#deciding-ARD", "rotating")
    accessible(moderator)
    ben.click("#ready")
    ann.wait_for_selector("#team >> text=your turn")


def test_a_person_changes_the_device_and_a_bot_plays_while_they_are_away(private_game: Game, accessible: Judge) -> None:
    game = private_game
    game.forgiven = ("WebSocket",)
    ann, bert = game.seat("ARD"), game.seat("BEL")
    moderator = game.begin()

    # A code moves the seat, and the first device says so. What is only drafted stays on it.
    assert ann.locator("#drafts-stay").count() == 0
    write_to(ann, "everyone")
    ann.fill("#talk-text", "We should")
    ann.locator("#drafts-stay", has_text="One draft stays on this device").wait_for()
    ann.click("#ask-device")
    code = ann.wait_for_selector("#device-code").inner_text()
    ann.wait_for_selector("#device svg.qr")
    # Further down the bar on top may cover half of a field where the page happens to stand.
    ann.evaluate("scrollTo(0, 0)")
    accessible(ann)
    phone = game.visit(game.links.seats["ARD"].partition("#")[0], **PHONE)
    phone.wait_for_selector("#type-code")
    accessible(phone)
    phone.fill("#type-code", code.lower().replace("-", " "))
    phone.click("#use-code")
    phone.wait_for_selector("#now")
    ann.wait_for_selector("text=You have gone on, on another device")

    # Without a code the moderator lets the first device in again, also after a restart.
    ann.reload()
    ann.wait_for_selector("#says")
    ann.fill("#says", "Ardania, I am Ann")
    ann.click("#ask-in")
    ann.wait_for_selector("text=Waiting for the moderator")
    moderator.wait_for_selector("text=Ardania, I am Ann")
    game.house.stop()
    game.house.start()
    room = game.house.server.hub.rooms[game.links.session]
    # The phone is back: a device that is away when another gets the seat is not told so, but that its link is void.
    until_true(phone, lambda: bool(room.audience.at("ARD")))
    moderator.wait_for_selector("text=Ardania, I am Ann")
    accessible(moderator)
    # Until her page is back too, the moderator sees what she asked before the restart, and is refused.
    for _ in range(30):
        if ann.locator("#now").count():
            break
        if moderator.locator("[data-let-in=ARD]").count():
            moderator.click("[data-let-in=ARD]")
        ann.wait_for_timeout(500)
    ann.wait_for_selector("#now")
    phone.wait_for_selector("text=You have gone on, on another device")

    # The moderator reminds Bert, whose title calls him in words, and gives Ann more time, which Bert sees.
    moderator.click("[data-nudge=BEL]")
    bert.wait_for_selector("[data-notice=nudge]")
    expect(bert).to_have_title(re.compile("waits for you"))
    moderator.click("[data-more=ARD]")
    bert.wait_for_selector("[data-notice=waits]")
    ann.wait_for_selector("[data-notice=more]")

    # The console shows after how many missed windows a bot plays, whoever has set it.
    assert moderator.input_value("#absent-windows") == "0"
    moderator.fill("#absent-windows", "3")
    moderator.press("#absent-windows", "Enter")
    other = game.visit(moderator.url, context=moderator.context)
    expect(other.locator("#absent-windows")).to_have_value("3")
    expect(moderator.locator("#absent-windows")).to_have_value("3")
    other.close()

    # Ann is away: a bot plays for her, and everyone is told. She returns by her own page, and decides from the next stop on.
    address = ann.url
    ann.goto("about:blank")
    until_true(moderator, lambda: not room.audience.at("ARD"))
    moderator.click("#absent-to-bots")
    bert.wait_for_selector("[data-notice=away]")
    ann.goto(address)
    ann.wait_for_selector("[data-notice=bot]")
    accessible(ann)
    bert.click("#ready")
    moderator.click("#do-close")
    ann.wait_for_selector("[data-notice=bot]", state="detached")
    bert.wait_for_selector("[data-notice=away]", state="detached")
