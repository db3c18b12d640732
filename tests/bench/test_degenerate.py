"""The score cannot be won without statecraft: a few pairs of games, of which the benchmark plays more."""

from __future__ import annotations

import pytest
from paired_games import Task, estimate, scores_of

from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise_clients.roster import bot_names, load_bot, opponent_names

PAIRS = 8


def test_six_policies_are_shipped_beside_the_bots() -> None:
    assert opponent_names() == ("aid-all", "attack-all", "concede-all", "message-all", "never-act", "sign-all")
    assert not set(opponent_names()) & set(bot_names())


@pytest.mark.parametrize("policy", ["never-act", "sign-all", "attack-all"])
def test_a_degenerate_policy_scores_less_than_the_balancer_in_its_seat(policy: str) -> None:
    pairs = [scores_of(Task(("balancer", policy), "weak-and-alone", number)) for number in range(PAIRS)]
    assert estimate([score - yardstick for yardstick, score in pairs]).mean < 0


def test_an_interval_narrows_with_the_number_of_games() -> None:
    assert estimate([1.0, 3.0] * 8).half_width < estimate([1.0, 3.0]).half_width
    assert estimate([2.0] * 4).high == 2.0


@pytest.mark.parametrize("policy", opponent_names())
def test_a_policy_plays_without_failure(policy: str, checkerboard: str) -> None:
    session = Session(scenario_text=checkerboard, seed="0", session_id="s", secret="s")
    seat = next(iter(session.simulation.world.actors))
    conduct = play(session, {seat: load_bot(policy)("0")})
    assert conduct.failures == {}
    assert (conduct.orders.get(seat, 0) > 0) == (policy != "never-act")
