"""Orders and injects are told in a line and found by their number or by words."""

from __future__ import annotations

from datetime import date

import pytest

from counterpoise.session.inputs import Given, found, told
from counterpoise.sim.calendar import Calendar
from counterpoise.sim.types import ActorId

CALENDAR = Calendar(date(1955, 1, 1), 3)
NAMES = {ActorId("EGY"): "Egypt", ActorId("USR"): "Soviet Union", ActorId("US"): "United States"}
ARMS = {"kind": "form_alignment", "members": ["USR", "EGY"], "commitment": "arms", "secret": False}
AID = {"kind": "set_aid", "donor": "US", "recipient": "EGY", "aid": "military", "amount": 0.2}
DEEDS = (
    Given(3, 0, "command", {"id": "a" * 32, "who": "server", "command": {"kind": "start"}}),
    Given(12, 10, "command", {"id": "b" * 32, "who": "server", "command": {"kind": "inject", "inject": ARMS}}),
    Given(123, 12, "command", {"id": "c" * 32, "who": "server", "command": {"kind": "inject", "inject": AID}}),
    Given(124, 12, "order", {"id": "d" * 32, "seat": "EGY", "window": 0, "move": {"kind": "attack", "target": "USR"}}),
)


def test_a_deed_is_told_with_its_number_and_date() -> None:
    assert told(DEEDS[1], CALENDAR) == "#12 1955-01-11 form_alignment members=USR,EGY commitment=arms secret=false"
    assert told(DEEDS[3], CALENDAR, "a note") == "#124 1955-01-13 EGY: attack target=USR (a note)"


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ("12", [12]),
        ("1", []),
        ("#1", []),
        ("1955", []),
        ("1955-", [12, 123, 124]),
        ("#124", [124]),
        ("d" * 32, [124]),
        ("USR EGY", [12, 124]),
        ("usr,egy arms", [12]),
        ("soviet", [12, 124]),
        ("1955-01-13", [123, 124]),
        ("alignment", [12]),
        ("suez", [123]),
        ("secret=false", [12]),
        ("ignment", []),
        ("US EGY aid", [123]),
        ("start", []),
        ("", []),
        ("*", []),
    ],
)
def test_it_is_found_by_number_id_or_the_beginnings_of_words(wanted: str, numbers: list[int]) -> None:
    matching = found(wanted, DEEDS, CALENDAR, NAMES, {123: "the Suez war"})
    assert [given.sequence for given in matching] == numbers
