"""Orders and injects are formatted as a line each, and found by number or by words."""

from __future__ import annotations

from datetime import date

import pytest

from counterpoise.session.journal.inputs import (
    JournalInput,
    ScenarioInject,
    format_act,
    format_input,
    format_scenario_inject,
    matching_inputs,
    matching_scenario_injects,
)
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.scenario import InjectSpec, InjectWait
from counterpoise.sim.types import ActorId

CALENDAR = Calendar(date(1955, 1, 1), 3)
NAMES = {ActorId("EGY"): "Egypt", ActorId("USR"): "Soviet Union", ActorId("US"): "United States"}
ARMS = {"kind": "form_alignment", "members": ["USR", "EGY"], "commitment": "arms", "secret": False}
AID = {"kind": "set_aid", "donor": "US", "recipient": "EGY", "aid": "military", "amount": 0.2}
ACTS = (
    JournalInput(3, 0, "command", {"id": "a" * 32, "who": "server", "command": {"kind": "start"}}),
    JournalInput(12, 10, "command", {"id": "b" * 32, "who": "server", "command": {"kind": "inject", "inject": ARMS}}),
    JournalInput(123, 12, "command", {"id": "c" * 32, "who": "server", "command": {"kind": "inject", "inject": AID}}),
    JournalInput(
        124, 12, "order", {"id": "d" * 32, "seat": "EGY", "window": 0, "move": {"kind": "attack", "target": "USR"}}
    ),
)


def test_an_input_is_formatted_with_its_number_and_date() -> None:
    assert (
        format_input(ACTS[1], CALENDAR) == "#12 1955-01-11 form_alignment members=USR,EGY commitment=arms secret=false"
    )
    assert format_input(ACTS[3], CALENDAR, "a note") == "#124 1955-01-13 EGY: attack target=USR (a note)"


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
def test_an_input_is_found_by_number_id_or_the_beginnings_of_words(wanted: str, numbers: list[int]) -> None:
    matching = matching_inputs(wanted, ACTS, CALENDAR, NAMES, {123: "the Suez war"})
    assert [given.sequence for given in matching] == numbers


NEWS = {"text": "Cotton is dear.", "to": None}
WAR = InjectWait(incident="war_began", actors=(ActorId("EGY"),), until=730)
STORE = (
    ScenarioInject(0, InjectSpec("announce", NEWS, tick=20)),
    ScenarioInject(1, InjectSpec("form_alignment", {"members": ["USR", "EGY"], "secret": True}, when=WAR)),
    ScenarioInject(2, InjectSpec("shift_power", {"actor": "US", "factor": 2.0}, optional="A boom")),
)


def test_a_scenario_inject_is_formatted_with_its_place_and_time() -> None:
    assert [format_scenario_inject(inject, CALENDAR) for inject in STORE] == [
        "injects[0] 1955-01-21 announce text=Cotton is dear. (of the scenario)",
        "injects[1] when war_began EGY (1955-01-01 to 1956-12-31): form_alignment members=USR,EGY secret=true (of the scenario)",
        "injects[2] prepared, A boom: shift_power actor=US factor=2 (of the scenario)",
    ]


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ("injects[1]", [1]),
        ("injects[7]", []),
        ("1", []),
        ("#1", []),
        ("announce", [0]),
        ("1955-01-21", [0]),
        ("soviet alignment", [1]),
        ("boom", [2]),
        ("scenario", [0, 1, 2]),
        ("cotton announce", [0]),
        ("", []),
    ],
)
def test_a_scenario_inject_is_found_by_place_or_the_beginnings_of_words(wanted: str, places: list[int]) -> None:
    assert [inject.place for inject in matching_scenario_injects(wanted, STORE, CALENDAR, NAMES)] == places


def test_every_act_is_formatted_in_one_plain_form() -> None:
    act = {
        "kind": "offer_peace",
        "against": None,
        "secret": False,
        "members": ("USR", "EGY"),
        "pairs": [["USR", "EGY"], ["US", "EGY"]],
        "terms": {"status_quo": True, "name": None, "amount": 0.25},
        "years": 5.0,
        "until": 365,
    }
    said = format_act(10, ActorId("EGY"), act, CALENDAR)
    assert said == (
        "1955-01-11 EGY: offer_peace secret=false members=USR,EGY pairs=USR,EGY,US,EGY "
        "terms=status_quo:true,amount:0.25 years=5 until=1956-01-01"
    )


def test_an_input_without_its_texts_keeps_its_other_fields() -> None:
    news = {"kind": "announce", "text": "Hello.", "audience": ["EGY"]}
    given = JournalInput(
        9, 0, "command", {"id": "a", "who": "moderator", "command": {"kind": "inject", "inject": news}}
    )
    assert given.without_texts().act == {**news, "text": "[text]"}
    letter = JournalInput(
        10, 0, "order", {"id": "b", "seat": "EGY", "window": 0, "move": {"kind": "message", "to": ["USR"], "text": "x"}}
    )
    assert letter.without_texts().act == {"kind": "message", "to": ["USR"], "text": "[text]"}
    start = JournalInput(11, 0, "command", {"id": "c", "who": "server", "command": {"kind": "start"}})
    assert start.without_texts() == start
