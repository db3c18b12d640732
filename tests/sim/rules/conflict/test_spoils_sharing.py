from __future__ import annotations

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import war
from counterpoise.sim.rules.conflict.endings import end_war
from counterpoise.sim.spoils import GAIN_MAX, INDEMNITY
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import build_view

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


def test_the_losers_pay_the_victors_by_their_power(sim: Simulation) -> None:
    fought = war.begin(sim, (A, D), (B,), "policy")
    for state in (A, B, D):
        sim.world.actors[state].treasury = 50.0
    power = {state: sim.world.actors[state].power for state in (A, B, D)}
    end_war(sim, fought, "WIN", (A, D))
    gain = min(GAIN_MAX, INDEMNITY * power[B] / (power[A] + power[D]))
    assert sim.world.actors[B].treasury == 50.0 - INDEMNITY
    for victor in (A, D):
        assert sim.world.actors[victor].treasury == pytest.approx(50.0 + gain, abs=0.01)


def test_a_joiner_on_the_winning_side_has_its_claim_met_and_takes_land(sim: Simulation) -> None:
    fought = war.begin(sim, (A, D), (B,), "policy")
    assert sim.world.dyad(B, D).claim == "territory"
    end_war(sim, fought, "WIN", (A, D))
    assert sim.world.dyad(B, D).claim is None
    assert sim.world.actors[B].occupier == D
    assert sim.world.dyad(D, B).claim == "territory", "the loser wants its land back"


def test_a_joiner_on_the_losing_side_pays(sim: Simulation) -> None:
    fought = war.begin(sim, (A, D), (B,), "policy")
    sim.world.actors[D].treasury = 50.0
    end_war(sim, fought, "WIN", (B,))
    assert sim.world.actors[D].treasury == 50.0 - INDEMNITY
    assert sim.world.dyad(B, D).claim == "territory"


def test_a_war_without_a_winner_brings_no_spoils(sim: Simulation) -> None:
    fought = war.begin(sim, (A, D), (B,), "policy")
    end_war(sim, fought, "STALEMATE")
    assert not [incident for incident in sim.world.incidents if incident.kind == "spoils_shared"]


def test_peace_by_yielding_pays_the_other_side(sim: Simulation) -> None:
    fought = war.begin(sim, (A, D), (B,), "policy")
    end_war(sim, fought, "COMPROMISE", yielder=B)
    (shared,) = [incident for incident in sim.world.incidents if incident.kind == "spoils_shared"]
    assert shared.detail["victors"] == [A, D]
    assert shared.detail["met"] == [[D, B]]


def test_a_bystander_sees_what_each_side_would_bring_it_and_a_belligerent_its_own(sim: Simulation) -> None:
    war.begin(sim, (A,), (B,), "policy")
    (seen,) = build_view(sim.world, sim.scenario, D).wars
    assert [spoils.side for spoils in seen.spoils] == [A, B]
    assert seen.spoils[0].claims == (B,)
    assert seen.spoils[0].money > 0
    (own,) = build_view(sim.world, sim.scenario, A).wars
    assert [spoils.side for spoils in own.spoils] == [A]


def test_the_expected_spoils_rest_on_the_seats_own_estimates(sim: Simulation) -> None:
    war.begin(sim, (A,), (B,), "policy")
    (before,) = build_view(sim.world, sim.scenario, D).wars
    sim.world.actors[B].power *= 3
    sim.world.actors[B].treasury = 0.0
    (after,) = build_view(sim.world, sim.scenario, D).wars
    assert after.spoils == before.spoils, "the seat's estimate has not changed"
    sim.world.dyad(D, B).seen_power *= 0.5
    (revised,) = build_view(sim.world, sim.scenario, D).wars
    assert revised.spoils[0].money < before.spoils[0].money
