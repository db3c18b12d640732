"""The planner scores well, decides from its view only, and makes a bounded number of runs."""

from __future__ import annotations

import copy
from math import fsum
from pathlib import Path

import pytest

from counterpoise.session.in_process_play import play
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise_clients import roster
from counterpoise_clients.bot_kit.lookahead import Lookahead
from counterpoise_clients.bots import planner
from counterpoise_clients.testing import recorded_views

pytestmark = pytest.mark.timeout(170)


def score(text: str, bot: str, seat: ActorId, seed: str) -> float:
    """Return what a bot makes of a seat while the default line-up plays the others."""
    session = Session(scenario_text=text, seed=seed, session_id="s", secret="s")
    made = {s: roster.load_bot(bot if s == seat else roster.default_bot(s, seed))(f"{seed}/{s}") for s in session.seats}
    conduct = play(session, made)
    assert conduct.failures == {}
    assert conduct.last_refusal == {}
    return session.simulation.world.scores[seat]


@pytest.mark.parametrize("scenario", ["checkerboard", "weak-and-alone", "rising-hegemon"])
def test_the_planner_scores_higher_than_other_bots_in_the_same_seats(scenario: str, repository: Path) -> None:
    text = (repository / "scenarios" / f"{scenario}.toml").read_text(encoding="utf-8")
    seats = Session(scenario_text=text, seed="1", session_id="s", secret="s").seats
    games = [(seats[place], str(place)) for place in range(0, len(seats), 3)]

    def mean(bot: str) -> float:
        return fsum(score(text, bot, seat, seed) for seat, seed in games) / len(games)

    planned = mean("planner")
    for rival in ("status-quo", "random", "balancer"):
        assert planned > mean(rival) + 3.0, rival


def test_the_planner_stays_within_its_limit_of_runs(checkerboard: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Lookahead] = []

    class Counted(Lookahead):
        def __init__(self, *given: object) -> None:
            super().__init__(*given)  # type: ignore[arg-type]
            made.append(self)

    monkeypatch.setattr(planner, "Lookahead", Counted)
    for view in recorded_views(checkerboard, stops=6)[::2]:
        made.clear()
        planner.Bot("1").decide(view)
        bound = (planner.PLANS_MAX + 2) * planner.FUTURES if view.occasion == "window" else 0
        bound += planner.CALLS_MAX * 4 * planner.CRISIS_FUTURES
        assert sum(lookahead.run_count for lookahead in made) <= bound


def test_hidden_state_does_not_change_the_planners_decision(checkerboard: str) -> None:
    # The same view out of two worlds that differ in all that is hidden gives the same decision: nothing but the view is read.
    session = Session(scenario_text=checkerboard, seed="3", session_id="s", secret="s")
    seat = session.seats[3]
    view = copy.deepcopy(session.view(seat))
    first = planner.Bot("1").decide(view)
    for actor in session.simulation.world.actors.values():
        if actor.id != seat:
            actor.legitimacy, actor.revisionism, actor.treasury = 0.01, 1.0, 0.0
    assert planner.Bot("1").decide(view) == first
    assert first


def test_the_planner_makes_no_move_on_the_last_day(checkerboard: str) -> None:
    view = recorded_views(checkerboard, stops=1)[0]
    object.__setattr__(view, "end", view.tick + 1)
    assert planner.Bot("1").decide(view) == []
