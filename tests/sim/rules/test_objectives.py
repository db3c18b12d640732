"""Each kind of objective is met by what it asks for, from 0 to 1."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import compliance, crisis, war
from counterpoise.sim.relations.influence import Aid
from counterpoise.sim.rules import alignments, objectives
from counterpoise.sim.rules.conflict import endings
from counterpoise.sim.rules.objectives import Judgement
from counterpoise.sim.scenario import Objective, ObjectiveKind
from counterpoise.sim.types import ActorId

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


@pytest.fixture(autouse=True)
def _untied(sim: Simulation) -> None:
    """End the alignments of the opening, so that a test knows every tie."""
    for pact in sim.world.alignments.values():
        pact.ended = True


def met(sim: Simulation, actor: ActorId, kind: ObjectiveKind, *states: ActorId, **more: Any) -> float:
    believed = more.pop("believed", False)
    goal = Objective(kind, states, **more)
    return objectives.met(Judgement(sim.world, sim.world.actors[actor], believed), goal)


def test_every_kind_has_a_measure_that_is_a_share(sim: Simulation) -> None:
    assert set(objectives.MEASURES) == set(get_args(ObjectiveKind))
    for kind in objectives.MEASURES:
        assert 0 <= met(sim, D, kind, B, C) <= 1


def test_a_claim_is_won_when_the_other_yields_and_then_the_other_has_lost_land(sim: Simulation) -> None:
    assert met(sim, D, "gain", B) == 0
    assert met(sim, B, "land", D) == 1
    opened = crisis.begin(sim, D, B, "territory", level=2, demand="Give back the land.")
    endings.end_crisis(sim, opened, "YIELD", B)
    assert met(sim, D, "gain", B) == 1
    assert met(sim, B, "land", D) == 0


def test_a_demand_over_policy_wins_no_land(sim: Simulation) -> None:
    endings.end_crisis(sim, crisis.begin(sim, D, B, "policy", level=2, demand="Speak well of us."), "YIELD", B)
    assert met(sim, D, "gain", B) == 0


def test_renouncing_a_claim_wins_nothing(sim: Simulation) -> None:
    compliance.renounce_claim(sim, D, B)
    assert met(sim, D, "gain", B) == 0


def test_occupied_land_is_lost(sim: Simulation) -> None:
    sim.world.actors[B].occupied, sim.world.actors[B].occupier = 0.3, D
    assert met(sim, B, "land") == pytest.approx(0.7)
    assert met(sim, D, "gain", B) == 1
    assert met(sim, B, "independence") == pytest.approx(0.7)


def test_an_ally_counts_by_what_its_promise_is_worth(sim: Simulation) -> None:
    assert met(sim, D, "allies", E) == 0
    alignments.form(sim, (D, E), "consultation")
    paper = met(sim, D, "allies", E)
    alignments.form(sim, (D, E), "defence")
    assert 0 < paper < 0.2 < met(sim, D, "allies", E) == 1
    assert met(sim, D, "allies", C, E, count=2) == 0.5


def test_a_protector_is_stronger_than_its_client(sim: Simulation) -> None:
    alignments.form(sim, (D, E), "defence")
    assert met(sim, D, "protector") == 1
    assert met(sim, E, "protector") == 0
    assert met(sim, D, "protector", B) == 0


def test_states_are_apart_and_alone_until_they_ally(sim: Simulation) -> None:
    assert met(sim, A, "apart", B, D) == met(sim, A, "isolated", B) == 1
    alignments.form(sim, (B, D), "consultation")
    assert met(sim, A, "apart", B, D) == 1, "paper is no alliance"
    alignments.form(sim, (B, D), "defence")
    assert met(sim, A, "apart", B, D) == 0
    assert met(sim, A, "isolated", B) == 0.5


def test_a_secret_alliance_tells_a_seat_nothing_by_its_score(sim: Simulation) -> None:
    alignments.form(sim, (B, D), "defence", secret=True)
    for kind in ("apart", "isolated", "outweigh"):
        states = (B, D) if kind == "apart" else (B,)
        assert met(sim, E if kind == "apart" else C, kind, *states) < met(
            sim, E if kind == "apart" else C, kind, *states, believed=True
        )


def test_peace_ends_with_a_war(sim: Simulation) -> None:
    assert met(sim, D, "peace", B) == 1
    war.begin(sim, (D,), (B,), "territory")
    assert met(sim, D, "peace", B) == 0
    assert met(sim, D, "peace", C) == 1


def test_partners_that_would_come_help_to_outweigh(sim: Simulation) -> None:
    before = met(sim, D, "outweigh", A)
    alignments.form(sim, (D, E), "defence")
    assert before < met(sim, D, "outweigh", A)


def test_a_coup_halves_what_the_regime_counts(sim: Simulation) -> None:
    state = sim.world.actors[D]
    assert met(sim, D, "regime") == state.legitimacy
    state.in_power_since = 10
    assert met(sim, D, "regime") == pytest.approx(state.legitimacy / 2)


def test_a_guarantee_costs_independence(sim: Simulation) -> None:
    assert met(sim, D, "independence", E) == 1
    alignments.form(sim, (E, D), "guarantee", lead=E)
    assert met(sim, D, "independence", E) == 0.5


def test_aid_supplies(sim: Simulation) -> None:
    assert met(sim, D, "supplied") == 0
    sim.world.aid[E, D, "military"] = Aid(E, D, "military", 0.05, since=0)
    assert met(sim, D, "supplied", E) == 0.5
    assert met(sim, D, "supplied", A) == 0


def test_only_the_leader_of_a_movement_leads(sim: Simulation) -> None:
    sim.world.leaders["republic"] = A
    assert met(sim, A, "leadership") == 1
    assert met(sim, B, "leadership") == 0


def test_a_judgement_holds_for_one_moment(sim: Simulation) -> None:
    case = Judgement(sim.world, sim.world.actors[D])
    assert case.worths == {}
    alignments.form(sim, (D, E), "defence")
    assert case.worths == {}
    assert Judgement(sim.world, sim.world.actors[D]).worths[E] > 0


def test_objectives_count_by_their_weights(sim: Simulation) -> None:
    case = Judgement(sim.world, sim.world.actors[D])
    assert objectives.share_met(case) == 0
    sim.world.objectives[D] = (Objective("peace", weight=3.0), Objective("gain", (B,)))
    assert objectives.share_met(case) == 0.75
