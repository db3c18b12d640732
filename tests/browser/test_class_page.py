"""A class joins by its code: lobby, briefing, seats, and the moderator's board."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.browser.class_visit import ClassVisit, make_class, take_seat
from tests.browser.conftest import Game, House
from tests.browser.test_seats_page import PHONE
from tests.browser.test_small_screens import OVERFLOW, SMALL

if TYPE_CHECKING:
    from counterpoise.gateway.hub import Links

pytestmark = pytest.mark.browser


UNCUT = "[...document.querySelectorAll('.brand-words > *')].every((one) => one.scrollWidth <= one.clientWidth)"
"""Whether the names in the bar on top are shown whole."""


@pytest.fixture
def visit(tmp_path: Path, chromium: Any, checkerboard: str) -> Iterator[ClassVisit]:
    """A class of two worlds on a server of its own."""
    house = House(tmp_path / "house").start()
    no_links: Links = None  # type: ignore[assignment]
    game = Game(house, no_links, chromium, forgiven=("ERR_INTERNET_DISCONNECTED",))
    made = make_class(house, game, checkerboard)
    yield made
    try:
        game.check()
    finally:
        game.close()
        house.stop()


def test_students_join_by_code_wait_in_the_lobby_and_read_their_briefing_before_they_take_their_seats(
    visit: ClassVisit, accessible: Callable[[Any], None]
) -> None:
    moderator = visit.moderator()
    for asked in (moderator.request.get, moderator.request.head):
        assert asked(visit.links.join).ok
    assert moderator.locator("#people", has_text="Nobody has joined yet").count() == 1, "a preview takes nothing"
    # By keyboard alone; the code is mistyped at first.
    keys = visit.game.visit(f"{visit.root}/")
    keys.wait_for_selector("#join-code:focus")
    assert keys.title() == "Join a class"
    keys.keyboard.type("abcd efgh")
    keys.keyboard.press("Tab")
    keys.keyboard.type("Ada")
    keys.keyboard.press("Enter")
    keys.locator("#join-code-problem", has_text="No class here has this code").wait_for()
    assert keys.evaluate("document.activeElement.id") == "join-code"
    accessible(keys)
    keys.keyboard.press("Control+A")
    keys.keyboard.type(visit.links.code.lower().replace("-", " "))
    keys.keyboard.press("Enter")
    keys.locator("#place", has_text="Your instructor will give you a seat").wait_for()
    assert keys.title() == "Lobby · Alliance politics"
    # With a phone, by the QR code: a name and one tap.
    phone = visit.game.visit(visit.links.join, width=320, height=700, has_touch=True)
    phone.wait_for_selector("#join-name:focus")
    phone.keyboard.type("Grace")
    phone.tap("#do-join")
    phone.locator("#place").wait_for()
    for page in (keys, phone):
        accessible(page)
    assert (phone.evaluate(OVERFLOW), phone.evaluate(SMALL)) == (0, [])
    keys.go_back()
    keys.wait_for_selector("#join-form")
    keys.go_forward()
    keys.wait_for_selector("#place")
    moderator.locator("#people", has_text="Without a seat: 2").wait_for()
    moderator.click("#do-deal")
    for page in (keys, phone):
        page.wait_for_selector("#take-seat")
        assert page.title() == f"{page.inner_text('h2').removeprefix('You are ')} · Alliance politics"
        accessible(page)
    assert (phone.evaluate(OVERFLOW), phone.evaluate(SMALL)) == (0, [])
    assert {page.inner_text("#main dl dd >> nth=0") for page in (keys, phone)} == {"World A", "World B"}
    keys.go_back()
    keys.locator("#place", has_text="You play").wait_for()
    keys.reload()
    keys.wait_for_selector("#take-seat")
    keys.focus("#take-seat")
    keys.keyboard.press("Enter")
    keys.wait_for_selector("#now")
    phone.dblclick("#take-seat")
    phone.wait_for_selector("#now")
    moderator.locator("#world-A .seat-row", has_text="here").wait_for()
    moderator.click("#do-start")
    keys.locator("#now", has_text="Your decision").wait_for()
    for page in (keys, phone):
        which = page.inner_text(".which-world")
        assert which in ("Alliance politics · World A", "Alliance politics · World B")
        assert which in page.title()
    assert keys.inner_text(".which-world") != phone.inner_text(".which-world")
    assert phone.evaluate(
        "[...document.querySelectorAll('.brand-words > *')].every((one) => one.scrollWidth <= one.clientWidth)"
    )
    keys.click("#page-brief")
    assert "Alliance politics" in keys.inner_text("main .which-world")
    accessible(moderator)


ROSTER = """name;e-mail;world;seat
Ada;ada@example.edu;A;Arden
Grace;grace@example.edu;B;Belmar
Alan;alan@example.edu;A;ARD
Emmy;;B;
"""


@pytest.mark.parametrize(
    ("fragment", "words"),
    [("ABCDEFGH", "Open your class by its link"), ("Wq8nR5tXb3Jc6uYhWq8nR5tX", "This class cannot be opened")],
)
def test_a_browser_that_does_not_know_a_class_says_how_it_is_opened(
    visit: ClassVisit, fragment: str, words: str
) -> None:
    page = visit.game.visit(f"{visit.root}/class#{fragment}")
    page.locator("#main h2", has_text=words).wait_for()


def test_a_moderator_imports_a_roster_moves_people_and_everyone_keeps_the_place_over_a_restart(
    visit: ClassVisit, accessible: Callable[[Any], None]
) -> None:
    game = visit.game
    moderator = visit.moderator()
    moderator.click("#do-rehearse")
    moderator.locator("#rehearsal-report", has_text="All bots worked").wait_for(timeout=60_000)
    assert moderator.locator(".world", has_text="not started").count() == 2, "the worlds are as they were"
    moderator.click("#ask-roster")
    moderator.fill("#roster-text", ROSTER.replace("B;Belmar", "D;Belmar").replace("A;ARD", "A;Atlantis"))
    moderator.click("#check-roster")
    outcome = moderator.locator("#roster-outcome")
    outcome.locator(".problem", has_text="Line 3, column world: The class has no world “D”.").wait_for()
    outcome.locator(".problem", has_text="Line 4, column seat: The game has no state “Atlantis”.").wait_for()
    moderator.click("#language-de")
    outcome.locator(".problem", has_text="Zeile 3, Spalte world: Eine Welt „D“ hat der Kurs nicht.").wait_for()
    outcome.locator(".problem", has_text="Zeile 4, Spalte seat: Einen Staat „Atlantis“ hat das Spiel nicht.").wait_for()
    moderator.click("#language-en")
    assert moderator.locator("#do-roster").count() == 0, "a list with mistakes is not taken"
    accessible(moderator)
    moderator.set_input_files(
        "#roster-file", {"name": "class.csv", "mimeType": "text/csv", "buffer": ROSTER.encode("utf-8-sig")}
    )
    outcome.locator("text=4 people, no mistake.").wait_for()
    moderator.click("#do-roster")
    outcome.locator("p", has_text="4 people are expected.").wait_for()
    moderator.locator("#roster", has_text="0 of 4 people on the list are here.").wait_for()
    ada = visit.student("Ada L.", number="ADA@example.edu")
    ada.wait_for_selector("#take-seat")
    assert ada.inner_text("h2") == "You are Arden"
    assert ada.locator(".goals li").count() > 0
    take_seat(ada)
    emmy = visit.student("Emmy")
    emmy.locator("#place", has_text="Your instructor will give you a seat").wait_for()
    late = visit.student("Late Comer")
    late.locator("summary", has_text="One other waits with you").wait_for()
    moderator.get_by_role("button", name="World A", exact=True).click()
    moderator.click("#do-start")
    late.reload()
    late.locator("#place", has_text="The game is under way. Your instructor will give you a seat.").wait_for()
    waiting = moderator.locator("#people .person-table").first
    waiting.get_by_label("Seat for Late Comer").select_option(label="Corvane")
    waiting.get_by_role("button", name="Give Late Comer the chosen seat").click()
    late.wait_for_selector("#take-seat")
    assert "The clock is running" in late.inner_text("#place")
    # Every server that starts again keeps the people, their seats and the moderator.
    game.forgiven = (*game.forgiven, "WebSocket")  # the other pages try to come back while it starts
    emmy.context.set_offline(True)
    game.house.stop()
    game.house.start()
    emmy.context.set_offline(False)
    emmy.locator(".link", has_text="Connected").wait_for()
    assert emmy.locator("#place").count() == 1
    moderator.reload()
    moderator.locator("#people", has_text="Without a seat: 1").wait_for()
    take_seat(late)
    moderator.click("#people-seated summary")
    row = moderator.locator("#people-seated tr", has_text="Late Comer")
    row.get_by_label("Seat for Late Comer").select_option(value="B/DUN")
    row.get_by_role("button", name="Move Late Comer").click()
    row.filter(has_text="B · Dunmark").wait_for()
    late.locator(".strip, .sheet", has_text="moderator").first.wait_for()
    late.goto(visit.links.join)
    late.locator("h2", has_text="You are Dunmark").wait_for()
    take_seat(late)
    # Start the other world, then pause both with a reason, in one press each.
    moderator.get_by_role("button", name="All worlds", exact=True).click()
    moderator.click("#do-start")
    late.locator("#now", has_text="Your decision").wait_for()
    moderator.fill("#pause-reason", "Coffee")
    moderator.dblclick("#do-pause")
    ada.locator("#now .pause-reason", has_text="Coffee").wait_for()
    late.locator("#now .pause-reason", has_text="Coffee").wait_for()
    moderator.get_by_role("button", name="World B", exact=True).click()
    moderator.dblclick("#do-resume")
    late.locator("#now", has_text="Your decision").wait_for()
    moderator.locator("#world-A", has_text="paused").wait_for()
    assert moderator.locator("#requests [data-state=refused]").count() == 0, "a double click asks once"
    assert ada.locator("#now .pause-reason").count() == 1
    console, watched = visit.moderator(), None
    with console.context.expect_page() as opened:
        console.get_by_role("link", name="Console: World A").click()
    opened.value.locator("#seats tr", has_text="Arden").wait_for()
    console.get_by_role("button", name=re.compile("Link for observers of world B")).click()
    watched = game.visit(console.input_value("#observers-B-url"))
    watched.wait_for_selector(".wall [data-state=DUN]")


def test_an_anonymous_class_shows_nobody_but_the_moderator_who_plays_what(
    visit: ClassVisit, accessible: Callable[[Any], None]
) -> None:
    moderator = visit.moderator()
    moderator.check("#anonymous")
    moderator.locator("#requests", has_text="Hide who plays what").wait_for()
    # Two have one name: the moderator is told, and renames one.
    ada, twin = visit.student("Ada"), visit.student("ada")
    rows = moderator.locator("#people tr", has_text="One other person has this name")
    rows.nth(1).wait_for()
    accessible(moderator)
    moderator.get_by_role("button", name="More about ada", exact=True).click()
    dialog = moderator.locator("dialog[open]")
    dialog.get_by_label("Name", exact=True).fill("Ada B" + "!" * 60)
    dialog.get_by_role("button", name="Rename").click()
    message = "document.querySelector('dialog[open] input:invalid').validationMessage"
    assert moderator.evaluate(message) == "A name has at most 60 characters, and this one has 65."
    dialog.get_by_label("Name", exact=True).fill("Ada B")
    dialog.get_by_role("button", name="Rename").click()
    twin.locator("h2", has_text="You are in, Ada B").wait_for()
    rows.first.wait_for(state="detached")
    dialog.get_by_role("button", name="Take off the class").click()
    dialog.wait_for(state="detached")
    projector = visit.game.visit(visit.links.projector, width=1920, height=1080)
    projector.locator("#in-heading", has_text="1 person is in").wait_for()
    moderator.click("#do-deal")
    ada.locator("#main", has_text="Nobody but your instructor learns").wait_for()
    take_seat(ada)
    assert "Ada" not in projector.inner_text("body")
    assert projector.evaluate("document.documentElement.scrollHeight <= innerHeight"), "nothing scrolls"
    accessible(projector)
    moderator.locator("#world-A", has_text="Ada").wait_for()
    moderator.click("#do-door")
    projector.locator("text=The door is closed.").wait_for()
    refused = visit.student("Eve" * 21, waits=False)
    refused.locator("#join-name-problem", has_text="at most 60 characters, and this one has 63").wait_for()
    refused.fill("#join-name", "Eve")
    refused.click("#do-join")
    refused.locator("#join-code-problem", has_text="the door of the class is closed").wait_for()
    # Ada goes on, on her phone, by the code that her first device shows; without that the door would keep her out.
    ada.click("#ask-device")
    code = ada.wait_for_selector("#device-code").inner_text()
    ada.locator("#device", has_text="/join and type").wait_for()
    phone = visit.game.visit(f"{visit.root}/join", width=320, height=700, has_touch=True)
    phone.wait_for_selector("#join-code:focus")
    phone.tap("#already-in")
    phone.tap("#go-on-here")
    phone.locator("#join-device-problem", has_text="Type the code that your first device shows").wait_for()
    phone.fill("#join-device", "K7QM-2XWD")
    phone.tap("#go-on-here")
    phone.locator(
        "#join-device-problem", has_text="is wrong, was used already, or is older than five minutes"
    ).wait_for()
    assert phone.evaluate("document.activeElement.id") == "join-device"
    accessible(phone)
    assert (phone.evaluate(OVERFLOW), phone.evaluate(SMALL)) == (0, [])
    phone.fill("#join-device", code.lower().replace("-", " "))
    phone.keyboard.press("Enter")
    phone.wait_for_selector("#now")
    ada.wait_for_selector("text=You have gone on, on another device")
    phone.goto(visit.links.join)
    phone.wait_for_selector("#take-seat")
    assert phone.locator("#join-form").count() == 0, "the class knows the phone, too"
    thief = visit.game.visit(f"{visit.root}/join", locale="de-DE")
    thief.click("#already-in")
    thief.fill("#join-device", code)
    thief.click("#go-on-here")
    thief.locator("#join-device-problem", has_text="schon benutzt").wait_for()
    moderator.uncheck("#anonymous")
    projector.locator("li", has_text="Ada").wait_for()


def test_whoever_lost_the_seat_to_a_bot_comes_back_by_the_lobby_and_is_not_asked_about_research_again(
    house: House, game: Game, checkerboard: str
) -> None:
    visit = make_class(house, game, checkerboard, worlds=1)
    moderator, ada = visit.moderator(), visit.student("Ada")
    moderator.click("#do-deal")
    take_seat(ada)
    ada.click("#consent-yes")
    expect(ada.locator("#consent-yes")).to_have_count(0)
    seat = next(iter(visit.live.room.people.values())).seat
    house.do(visit.live.command(["A"], {"kind": "seat", "seat": seat, "to": "bot"}, lambda: "a" * 32))
    way = ada.get_by_role("link", name="Lobby of")
    expect(way).to_be_visible()
    ada.reload()
    expect(ada.locator("#main")).to_contain_text("A bot may play your seat now")
    way.click()
    take_seat(ada)
    expect(ada.locator("#consent-yes")).to_have_count(0)


def test_the_qr_code_of_a_first_device_moves_a_member_of_a_team_with_the_place_in_the_class(visit: ClassVisit) -> None:
    moderator = visit.moderator()
    ada, bob = visit.student("Ada"), visit.student("Bob")
    for name in ("Ada", "Bob"):
        moderator.get_by_label(f"Seat for {name}").select_option(value="B/BEL")
        moderator.get_by_role("button", name=f"Give {name} the chosen seat").click()
        moderator.get_by_label(f"Seat for {name}").wait_for(state="hidden")
    for page in (ada, bob):
        page.wait_for_selector("#take-seat")
    take_seat(ada)
    lobby = visit.game.visit(bob.url, context=bob.context)
    lobby.wait_for_selector("#take-seat")
    take_seat(bob)
    bob.click("#ask-device")
    code = bob.wait_for_selector("#device-code").inner_text()
    bob.wait_for_selector("#device svg.qr")
    phone = visit.game.visit(f"{visit.root}/join#device={code}", **PHONE)
    phone.wait_for_selector("#now")
    bob.wait_for_selector("text=You have gone on, on another device")
    lobby.wait_for_selector("text=no longer in the class")
    phone.goto(f"{visit.root}/join#{visit.links.join.partition('#')[2]}")
    phone.locator("#place, #take-seat").first.wait_for()
    assert "Belmar" in phone.inner_text("main"), "the phone has the place in the class"
    ada.wait_for_selector("#now")
    # The first device has no place left, and its own page leads to the form for a code of the phone.
    late = visit.game.visit(f"{visit.root}/join#device=AAAA-BBBB")
    late.locator("#join-device-problem", has_text="This code is wrong").wait_for()
    assert late.url == f"{visit.root}/join"
