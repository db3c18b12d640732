"""The options of a class that meets at home."""

from __future__ import annotations

import pytest
import typer

from counterpoise.cli.host.pace_options import pace_of, timetable_of
from counterpoise.session.commands import Timetable


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-sun", [0, 1, 2, 3, 4, 5, 6]),
        ("mon-fri", [0, 1, 2, 3, 4]),
        ("fri-mon", [0, 4, 5, 6]),
        ("Mon, Wed, Fri", [0, 2, 4]),
        ("sun", [6]),
    ],
)
def test_days_of_the_week_are_read_as_people_write_them(text: str, days: list[int]) -> None:
    timetable = timetable_of("UTC", "18:00", 1, text)

    assert timetable is not None
    assert timetable["weekdays"] == days


@pytest.mark.parametrize("text", ["", "monday", "mon-", "mon..fri", "8"])
def test_other_days_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="mon-fri or mon,wed,fri"):
        timetable_of("UTC", "18:00", 1, text)


def test_without_a_time_zone_there_is_no_timetable() -> None:
    assert timetable_of("", "18:00", 1, "mon-sun") is None


def test_the_options_make_the_command_of_a_moderator() -> None:
    pace = pace_of(timetable_of("Europe/Berlin", "17:30", 3, "mon-fri"), mode="windows", window_seconds=60.0)

    assert pace.timetable == Timetable("Europe/Berlin", "17:30", 3, (0, 1, 2, 3, 4))


@pytest.mark.parametrize(
    ("zone", "closes", "option"), [("Europe/Atlantis", "18:00", "--time-zone"), ("UTC", "6 pm", "--closes")]
)
def test_a_wrong_value_is_refused_by_the_name_of_its_option(zone: str, closes: str, option: str) -> None:
    with pytest.raises(typer.BadParameter) as raised:
        pace_of(timetable_of(zone, closes, 1, "mon-sun"), mode="windows")

    assert raised.value.param_hint == option
