"""A lookahead starts from the view, knows nothing else, and runs to its end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counterpoise.session.commands import Start
from counterpoise.session.in_process_play import BotPlayers
from counterpoise.session.running_session import Session
from counterpoise.sim.moves.attack import Attack
from counterpoise.sim.moves.govern import Govern
from counterpoise.sim.moves.respond_crisis import RespondCrisis
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View, WarView
from counterpoise.sim.views.view_builder import build_view
from counterpoise_clients import roster
from counterpoise_clients.bot_kit.lookahead import Lookahead

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def views(checkerboard: str, middle_east: str) -> list[View]:
    """Views of games in full swing, of every called seat at every third stop."""
    found: list[View] = []
    for text, until in ((checkerboard, 900), (middle_east, 500)):
        session = Session(scenario_text=text, seed="4", session_id="s", secret="s")
        table = BotPlayers(session, {s: roster.load_bot(roster.default_bot(s, "4"))(f"4/{s}") for s in session.seats})
        session.command("server", "0" * 32, Start())
        stops = 0
        while session.phase == "running" and session.now < until:
            for seat in session.called:
                if stops % 3 == 0:
                    found.append(session.view(seat))
                table.decide([seat])
            session.advance(until)
            stops += 1
    return found


def test_a_simulation_built_from_a_view_shows_the_same_view(views: list[View]) -> None:
    for view in views:
        simulation, numbers = Lookahead(view, 400).build_simulation("a")
        again = build_view(simulation.world, simulation.scenario, view.own.id)
        assert again.date == view.date
        assert [other.id for other in again.others] == [other.id for other in view.others]
        assert again.own.legitimacy == view.own.legitimacy
        assert again.own.treasury == view.own.treasury
        assert again.own.family == view.own.family
        for then, now in zip(view.others, again.others, strict=True):
            assert (now.power, now.offense, now.km, now.contiguity) == (
                then.power,
                then.offense,
                then.km,
                then.contiguity,
            )
            assert (now.rivalry, now.claim, now.claimed) == (then.rivalry, then.claim, then.claimed)
            assert (now.hostility, now.cooperation) == (then.hostility, then.cooperation)
            assert (now.similarity, now.divisive) == (then.similarity, then.divisive)
            assert now.proximity == pytest.approx(then.proximity, abs=0.02)
            assert (now.aligned, now.at_war) == (then.aligned, then.at_war)
        assert len(again.crises) == len(view.crises)
        assert len(again.wars) == len(view.wars)
        assert sorted(a.members for a in again.alignments) == sorted(a.members for a in view.alignments)
        for call in view.calls:
            asked = [(c.reason, c.subject) for c in again.calls]
            assert (call.reason, numbers[call.subject]) in asked, call


def test_the_games_seen_hold_calls_of_several_kinds(views: list[View]) -> None:
    assert {call.reason for view in views for call in view.calls} >= {"crisis", "proposal"}


def test_a_lookahead_depends_on_view_plan_and_seed_only(views: list[View]) -> None:
    for view in views[::7]:
        first, second = Lookahead(view, 400), Lookahead(view, 400)
        assert first.mean_score([], ["a", "b"]) == second.mean_score([], ["a", "b"])
        assert first.run_count == 2
    assert Lookahead(views[0], 400).mean_score([], ["a"]) != Lookahead(views[0], 400).mean_score([], ["b"])


def test_a_lookahead_does_not_change_its_view(views: list[View]) -> None:
    before = repr(views[3])
    Lookahead(views[3], 400).mean_score([Govern("provide")], ["a"])
    assert repr(views[3]) == before


def test_spending_at_home_raises_the_score_and_a_reckless_war_lowers_it(checkerboard: str) -> None:
    session = Session(scenario_text=checkerboard, seed="4", session_id="s", secret="s")
    view = session.view(ActorId("DUN"))
    lookahead, seeds = Lookahead(view, 548), ["a", "b", "c"]
    nothing = lookahead.mean_score([], seeds)
    assert lookahead.mean_score([Govern("provide")] * 4, seeds) > nothing
    rival = max((o for o in view.others if o.rivalry), key=lambda o: o.power)
    assert lookahead.mean_score([Attack(rival.id, "territory")], seeds) < nothing


def test_a_response_reaches_its_crisis_in_the_simulation(views: list[View]) -> None:
    asked = next(v for v in views if any(call.reason == "crisis" for call in v.calls))
    subject = next(call.subject for call in asked.calls if call.reason == "crisis")
    lookahead = Lookahead(asked, 400)
    conceded = lookahead.mean_score([RespondCrisis(subject, "concede")], ["a", "b", "c"])
    assert conceded != lookahead.mean_score([RespondCrisis(subject, "escalate")], ["a", "b", "c"])


def test_a_war_in_the_simulation_has_the_public_odds(checkerboard: str) -> None:
    session = Session(scenario_text=checkerboard, seed="4", session_id="s", secret="s")
    view = session.view(ActorId("DUN"))
    for odds in (0.3, 0.5, 0.7):
        war = WarView(77, (ActorId("COR"),), (ActorId("BEL"),), "territory", view.tick - 100, odds, ())
        simulation, numbers = Lookahead(replace(view, alignments=(), wars=(war,)), 400).build_simulation("a")
        assert simulation.world.wars[numbers[77]].win_chance == odds
        assert simulation.world.wars[numbers[77]].since == -100


def test_a_lookahead_ends_with_the_game(checkerboard: str) -> None:
    session = Session(scenario_text=checkerboard, seed="4", session_id="s", secret="s")
    view = session.view(ActorId("DUN"))
    late = replace(view, end=view.tick + 30)
    lookahead = Lookahead(late, 548)
    simulation, _ = lookahead.build_simulation("a")
    assert simulation.world.end == 30
    assert lookahead.mean_score([], ["a"]) > 0
