"""The conformance kit finds the faults of a bot, and none in a good bot."""

from random import Random
from typing import Any

import pytest

from counterpoise.sim.catalogue import legal_moves
from counterpoise.sim.move import Move
from counterpoise.sim.moves.message import Message
from counterpoise.sim.views.view import View
from counterpoise_clients.testing import BotReport, check_bot, recorded_views

pytestmark = pytest.mark.timeout(120)
STOPS = 4


class Good:
    """Makes a legal move now and then."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def decide(self, view: View) -> list[Move]:
        moves = legal_moves(view)
        return [self._random.choice(moves)] if moves and self._random.random() < 0.5 else []


class Illegal(Good):
    def decide(self, view: View) -> list[Move]:
        return [Message((view.own.id,), "to myself")]


class Unwritable(Good):
    def decide(self, view: View) -> list[Move]:
        return [Message((view.others[0].id,), "x" * 501)]


class Wrong(Good):
    def decide(self, view: View) -> Any:
        return ("arm",)


class Raising(Good):
    def decide(self, view: View) -> list[Move]:
        raise RuntimeError("no idea")


class Moody(Good):
    def __init__(self, seed: str) -> None:
        self._random = Random()  # not from its seed

    def decide(self, view: View) -> list[Move]:
        return [Message((view.others[0].id,), str(self._random.random()))]


class Meddling(Good):
    def decide(self, view: View) -> list[Move]:
        object.__setattr__(view, "tick", -1)
        return []


class Overwriting(Good):
    def decide(self, view: View) -> list[Move]:
        for incident in view.incidents:
            incident["kind"] = "nothing"
        return []


def checked(bot: Any, scenario_text: str, stops: int = STOPS) -> BotReport:
    return check_bot(bot, scenario_text, stops=stops)


def test_the_report_on_a_good_bot_has_counts_and_no_faults(checkerboard: str) -> None:
    report = checked(Good, checkerboard, 12)
    assert report.ok, str(report)
    assert report.decisions > 12
    assert report.orders == sum(report.by_kind.values()) > 0
    assert report.calls_unanswered <= report.calls
    assert report.slowest_ms > 0
    assert str(report).startswith(f"{report.decisions} decisions")


@pytest.mark.parametrize(
    ("bot", "problem"),
    [
        (Illegal, "is not legal"),
        (Unwritable, "cannot be encoded"),
        (Wrong, "decide returned a str among its moves, expected a list of moves"),
        (Raising, "decide raised RuntimeError: no idea"),
        (Moody, "two bots with the same seed decided differently"),
        (Meddling, "changed the view"),
        (Overwriting, "decide raised TypeError: this part of a view is read-only"),
    ],
)
def test_the_report_on_a_faulty_bot_names_the_fault(bot: Any, problem: str, checkerboard: str) -> None:
    report = checked(bot, checkerboard)
    assert not report.ok
    assert all(problem in each for each in report.problems), str(report)
    assert str(report).count("problem: ") == 1, "each fault is told once"
    assert f" ({len(next(iter(report.faults.values())))} times)" in str(report)


def test_views_can_be_recorded_for_a_bots_own_tests(checkerboard: str) -> None:
    views = recorded_views(checkerboard, stops=2)
    assert views[0].tick == 0
    assert {view.own.id for view in views} >= {view.id for view in views[0].others}
    assert views == recorded_views(checkerboard, stops=2)
