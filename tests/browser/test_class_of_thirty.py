"""A class of thirty in three worlds plays from the lobby to the debrief: on desks, on phones, by keyboard, and with mishaps."""

from __future__ import annotations

import csv
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser.class_visit import ClassVisit, make_class, take_seat
from tests.browser.conftest import Game, House
from tests.browser.light_people import start_light_people

if TYPE_CHECKING:
    from counterpoise.gateway.hub import Links

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"width": 390, "height": 844, "has_touch": True}
LIGHT = 21
TABS_MAX = 200
PATIENCE_MS = 60_000
"""Ten pages draw each change of three worlds."""
PLAYED_MS = 400_000
"""Eight windows of three worlds take ten pages a minute, and some minutes on busy cores."""
BE_READY = """() => {
  const press = () => document.querySelector("#ready-anyway:not([disabled]), #ready:not([disabled])")?.click();
  setInterval(press, 150);
}"""
"""In the page itself, so that no page waits for the others' turns."""


@pytest.fixture
def visit(tmp_path: Path, chromium: Any, checkerboard: str) -> Iterator[ClassVisit]:
    """A class of three worlds on a server of its own."""
    house = House(tmp_path / "house").start()
    no_links: Links = None  # type: ignore[assignment]
    game = Game(house, no_links, chromium, forgiven=("ERR_INTERNET_DISCONNECTED",), patience_ms=PATIENCE_MS)
    made = make_class(house, game, checkerboard, worlds=3)
    yield made
    try:
        game.check()
    finally:
        game.close()
        house.stop()


@pytest.fixture
def start_crowd(visit: ClassVisit) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Starts the people without a browser."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        started.append(start_light_people(visit.root, visit.links.code, LIGHT))
        return started[0]

    yield start
    for process in started:
        code = process.poll()
        process.kill()
        _, faults = process.communicate()
        assert not code, faults  # the people have gone, and every world waits for them


def play_on(pages: list[Any]) -> None:
    """Be ready wherever a page is asked, as people without plans are, until every page shows the debrief."""
    for page in pages:
        page.evaluate(BE_READY)
    for page in pages:
        page.wait_for_selector(".debrief", timeout=PLAYED_MS)


def press_by_keyboard(page: Any, control: str) -> None:
    """Go to a control with the tab key alone, and press it."""
    for _ in range(TABS_MAX):
        if page.evaluate("document.activeElement.id") == control:
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the tab key does not reach {control}")


def join_by_keyboard(visit: ClassVisit, name: str) -> Any:
    page = visit.game.visit(visit.links.join)
    page.wait_for_selector("#join-name:focus")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    page.wait_for_selector("#place")
    return page


@pytest.mark.timeout(600)
def test_a_class_of_thirty_plays_from_the_lobby_to_the_debrief(
    visit: ClassVisit, start_crowd: Callable[[], subprocess.Popen[str]], accessible: Callable[[Any], None]
) -> None:
    game = visit.game
    moderator = visit.moderator()
    keyboards = [join_by_keyboard(visit, f"Keys {number}") for number in range(3)]
    phones = [visit.student(f"Phone {number}", **PHONE) for number in range(4)]
    desk = visit.student("Dora", number="4711")
    # Those with browsers sit down first and so decide in every world: no world runs ahead of its pages.
    moderator.locator("#people", has_text="Without a seat: 8").wait_for()
    moderator.click("#do-deal")
    for page in keyboards:
        page.wait_for_selector("#take-seat")
        press_by_keyboard(page, "take-seat")
        page.wait_for_selector("#now")
    for page in (*phones, desk):
        take_seat(page)
    crowd = start_crowd()
    moderator.locator("#people", has_text=f"Without a seat: {LIGHT}").wait_for()
    moderator.click("#do-deal")
    moderator.locator("#people", has_text="With a seat: 29").wait_for()
    moderator.click("#do-start")
    # One is late, and shares the seat of somebody who is there.
    late = visit.student("Late")
    people = visit.live.room.people.values()
    sizes = Counter(person.world for person in people)
    smallest = min("ABC", key=lambda world: sizes[world])
    full = {(person.world, person.seat) for person in people if person.role == "team"}
    free = next(person for person in people if person.world == smallest and (smallest, person.seat) not in full)
    chooser = moderator.locator("#people tr", has_text="Late").get_by_label("Seat for Late")
    chooser.select_option(value=f"{smallest}/{free.seat}")
    moderator.get_by_role("button", name="Give Late the chosen seat").click()
    take_seat(late)
    people = visit.live.room.people.values()
    assert len(people) == 30
    shared = Counter((person.world, person.seat) for person in people)
    assert Counter(person.world for person in people) == {"A": 10, "B": 10, "C": 10}
    assert sum(1 for person in people if person.role == "team") == 6
    assert max(shared.values()) == 2
    # Two lose the network and come back.
    for page in phones[1:3]:
        page.context.set_offline(True)
        page.locator(".strip", has_text="No connection").wait_for()
    for page in phones[1:3]:
        page.context.set_offline(False)
        page.locator(".strip").wait_for(state="detached")
    # One changes the device: the class knows the number, and the moderator says that it is the same person.
    other = visit.student("Dora", number="4711", **PHONE)
    moderator.get_by_role("button", name="More about Dora").first.click()
    moderator.get_by_role("button", name="It is the same person").click()
    take_seat(other)
    desk.locator(".strip").wait_for()
    # Two who share a seat are replaced by a bot, and return by the lobby.
    assert shared[next((p.world, p.seat) for p in people if p.name == "Phone 0")] == 2
    replaced = next(person for person in people if person.name == "Phone 0")
    command: dict[str, object] = {"kind": "seat", "seat": replaced.seat, "to": "bot"}
    ids = iter(f"{number:032x}" for number in range(1, 9))
    game.house.do(visit.live.command([replaced.world], command, lambda: next(ids)))
    phones[0].locator(".strip", has_text="A bot plays this seat now").wait_for()
    phones[0].goto(visit.links.join)
    take_seat(phones[0])
    # The first window by keyboard alone, the next ones by whatever is at hand.
    for page in keyboards:
        press_by_keyboard(page, "ready")
    accessible(phones[0])
    players = [*keyboards, *phones, other, late]
    play_on(players)
    accessible(phones[1])
    moderator.locator(".world", has_text=re.compile("ended")).nth(2).wait_for()
    # The records of all thirty are two clicks away.
    moderator.click("#ask-records")
    moderator.locator("#records", has_text="30 records").wait_for()
    with moderator.expect_download() as saving:
        moderator.click("#save-records-csv")
    rows = list(csv.DictReader(saving.value.path().read_text(encoding="utf-8").splitlines()))
    assert saving.value.suggested_filename == "records.csv"
    assert sorted(row["name"] for row in rows) == sorted(person.name for person in visit.live.room.people.values())
    programs = {row["agreement"] for row in rows if row["name"].startswith("Light")}
    assert programs == {"no_person"}, "programs give no agreement"
    assert {row["agreement"] for row in rows if not row["name"].startswith("Light")} <= {"given", "not_answered"}
    _, faults = crowd.communicate(timeout=PATIENCE_MS / 1000)
    assert crowd.returncode == 0, faults
