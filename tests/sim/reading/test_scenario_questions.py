from __future__ import annotations

import pytest

from counterpoise.errors import ScenarioError
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import QuestionSpec

ROWS = """
[[questions]]
ask = "belief"
at = "start"
words = "What do you expect?"

[[questions]]
ask = "prediction"
about = "ARD"
seats = ["BEL"]
on = 1902-01-01
every_windows = 2
until = 1903-01-01
windows = 2

[[questions]]
ask = "belief"
at = "end"
"""


def test_questions_are_read_with_their_dates_as_ticks(checkerboard: str) -> None:
    assert parse_scenario(checkerboard + ROWS, "x").questions == (
        QuestionSpec("belief", 0, words="What do you expect?"),
        QuestionSpec("prediction", 365, every_windows=2, until=730, seats=("BEL",), about="ARD", windows=2),  # type: ignore[arg-type]
        QuestionSpec("belief"),
    )


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ('ask = "belief"', "questions[0]"),
        ('ask = "belief"\nat = "start"\non = 1902-01-01', "questions[0]"),
        ('ask = "hope"\nat = "start"', "questions[0].ask"),
        ('ask = "prediction"\nat = "start"', "questions[0].about"),
        ('ask = "reason"\nat = "start"\nabout = "ARD"', "questions[0].about"),
        ('ask = "prediction"\nat = "start"\nabout = "QQQ"', "questions[0].about"),
        ('ask = "reason"\nat = "start"\nseats = ["ARD", "QQQ"]', "questions[0].seats[1]"),
        ('ask = "reason"\nat = "start"\nseats = []', "questions[0].seats"),
        ('ask = "prediction"\nat = "start"\nabout = "ARD"\nseats = ["ARD"]', "questions[0].seats"),
        ('ask = "reason"\non = 1800-01-01', "questions[0].on"),
        ('ask = "reason"\nat = "start"\nuntil = 1902-01-01', "questions[0].until"),
        ('ask = "reason"\nat = "end"\nevery_windows = 1', "questions[0].every_windows"),
        ('ask = "reason"\non = 1902-01-01\nevery_windows = 1\nuntil = 1901-06-01', "questions[0].until"),
        ('ask = "reason"\nat = "start"\nwho = "ARD"', "questions[0].who"),
    ],
)
def test_a_wrong_row_is_named_with_its_place(checkerboard: str, row: str, place: str) -> None:
    with pytest.raises(ScenarioError) as error:
        parse_scenario(checkerboard + "\n[[questions]]\n" + row + "\n", "x")
    assert error.value.path.partition(" (line ")[0] == place
