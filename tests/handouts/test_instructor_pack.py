"""The instructor's pack, the plans of meetings, and the sheets that everybody gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpoise.handouts.instructor_pack import MEETINGS, instructor_pack
from counterpoise.handouts.lesson_plan import BRIEFING_LEAST, DEBRIEF_LEAST, WINDOW_LEAST, lesson_plan
from counterpoise.handouts.page import page
from counterpoise.handouts.rules_sheet import rules_sheet
from counterpoise.handouts.theory_sheet import theory_sheet
from counterpoise.scenario_files import scenario_text
from counterpoise.sim.catalogue import MOVES
from counterpoise.sim.reading.scenario_text import check_scenario, parse_scenario

if TYPE_CHECKING:
    from tests.handouts.conftest import Opening

TEACHING = ("checkerboard", "rising-hegemon", "weak-and-alone")
"""The scenarios for a class of half an hour."""


@pytest.fixture(scope="session")
def pack_of(first_day: Opening) -> Callable[[str], str]:
    def pack(name: str) -> str:
        scenario = parse_scenario(*scenario_text(name))
        return page("", [instructor_pack(scenario, first_day(scenario))])

    return pack


@pytest.mark.parametrize("name", TEACHING)
def test_the_pack_of_a_teaching_scenario_is_complete(name: str, pack_of: Callable[[str], str]) -> None:
    teaching = parse_scenario(*scenario_text(name)).teaching
    text = pack_of(name)

    assert teaching is not None
    assert len(teaching.check) == 2
    assert all(f"A meeting of {minutes} minutes" in text for minutes in MEETINGS)
    for heading in (
        "What it is for",
        "The one thing that varies",
        "Was the briefing understood?",
        "The seats",
        "Grading",
    ):
        assert f"<h2>{heading}</h2>" in text


def test_a_scenario_without_words_for_teaching_has_a_pack_all_the_same(pack_of: Callable[[str], str]) -> None:
    text = pack_of("middle-east-1955")

    assert "What it is for" not in text
    assert "Play windows 1 to 11, 2.5 minutes each" in text


def test_the_pack_says_when_the_scenario_brings_what(pack_of: Callable[[str], str]) -> None:
    text = pack_of("checkerboard")

    assert "<td>29 June 1903, if it still fits</td><td>Start a crisis (Corvane and Dunmark)</td>" in text
    assert "<td>when you press its button</td>" in text


@given(st.integers(30, 240), st.integers(1, 120))
def test_the_minutes_of_a_plan_sum_to_the_meeting_and_leave_time_to_talk(minutes: int, windows: int) -> None:
    briefing, play, debrief = lesson_plan(minutes, windows)

    assert briefing.minutes + play.minutes + debrief.minutes == minutes
    assert briefing.minutes >= BRIEFING_LEAST
    assert debrief.minutes >= DEBRIEF_LEAST
    assert float(play.what.split(", ")[1].split()[0]) >= WINDOW_LEAST


def test_the_rules_name_every_move() -> None:
    text = page("", [rules_sheet(parse_scenario(*scenario_text("checkerboard")))])

    assert [
        move.title for move in MOVES.values() if move.title.replace("'", "&#x27;") not in text.replace("'", "&#x27;")
    ] == []
    assert "The game has 8 windows" in text


def test_the_theory_gives_its_references() -> None:
    text = page("", [theory_sheet()])

    assert "Walt, Stephen M. (1987)" in text
    assert "bandwagoning" in text


@pytest.mark.parametrize(
    ("row", "missing"), [('aims = ["Learn"]', "varies"), ('varies = "Power"', "aims")], ids=["varies", "aims"]
)
def test_a_lacking_key_of_the_table_for_teaching_is_named(row: str, missing: str) -> None:
    text, source = scenario_text("europe-1933")

    (problem,) = check_scenario(f"{text}\n[teaching]\n{row}\n", source)

    assert problem.path.startswith(f"teaching.{missing}")


def test_a_wrong_answer_to_a_question_on_the_briefing_is_located() -> None:
    text, source = scenario_text("europe-1933")
    table = '[teaching]\naims = ["Learn"]\nvaries = "Power"\ncheck = [\n  { question = "Who?", answer = 3 },\n]\n'

    (problem,) = check_scenario(f"{text}\n{table}", source)

    assert problem.path == f"teaching.check[0].answer (line {text.count(chr(10)) + 6})"
