from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest

from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import crisis
from counterpoise.sim.relations.conflicts import Crisis
from counterpoise.sim.rules.conflict import escalation, restraint
from counterpoise.sim.types import LEVEL_CLAIM, LEVEL_DISPLAY, LEVEL_FORCE, LEVEL_THREAT, ActorId, CrisisResponse

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))
N = 20_000


def test_silent_targets_reciprocate_at_the_published_rate_and_concede_more_at_later_stages(sim: Simulation) -> None:
    dispute, stream = crisis.begin(sim, C, D, "policy"), Random("answers")
    yielded = []
    for level, violent in ((LEVEL_THREAT, 0.47), (LEVEL_DISPLAY, 0.36), (LEVEL_FORCE, 0.77)):
        dispute.level = level
        said = Counter(escalation.default_response(stream, dispute, D) for _ in range(N))
        assert said["escalate"] / N == pytest.approx(0.515 * violent, abs=0.015)
        yielded.append(said["concede"] / N)
    assert yielded == sorted(yielded)
    # With those beaten in war, about 3 %, the target yields in 13.1 % of disputes; 97 % of them get to a display, 80 % to force.
    assert yielded[0] + 0.97 * yielded[1] + 0.80 * yielded[2] == pytest.approx(0.131 - 0.03, abs=0.012)


@pytest.mark.parametrize(
    ("year", "level", "published"),
    [
        (1960, LEVEL_THREAT, 0.97),
        (1900, LEVEL_DISPLAY, 0.604),
        (1930, LEVEL_DISPLAY, 0.744),
        (1960, LEVEL_DISPLAY, 0.822),
        (2000, LEVEL_DISPLAY, 0.627),
    ],
)
def test_crises_of_silent_sides_rise_at_the_published_rates_of_their_period(
    sim: Simulation, year: int, level: int, published: float
) -> None:
    dispute, stream = crisis.begin(sim, C, D, "policy", level=level), Random("stages")
    sim.world.calendar = Calendar(date(year, 1, 1), 3)
    risen = 0.0
    for _ in range(N):
        said = [escalation.default_response(stream, dispute, actor) for actor in (C, D)]
        if "concede" not in said and said != ["compromise", "compromise"]:
            risen += escalation.rise_probability(sim.world, dispute, said)
    assert risen / N == pytest.approx(published, abs=0.015)


def test_an_escalation_below_the_use_of_force_always_raises_the_level(sim: Simulation) -> None:
    dispute = crisis.begin(sim, C, D, "policy", level=LEVEL_DISPLAY)
    assert escalation.rise_probability(sim.world, dispute, ["compromise", "escalate"]) == 1


def _war_chance(sim: Simulation, dispute: Crisis, a: CrisisResponse, b: CrisisResponse) -> float:
    return escalation.rise_probability(sim.world, dispute, [a, b])


def test_escalation_by_more_sides_makes_war_more_likely(sim: Simulation) -> None:
    # Two small states without allies, which neither the costs of war nor allies restrain; test_restraint.py is about those.
    sim.world.actors[A].power = sim.world.actors[B].power = 0.01
    sim.world.alignments.clear()
    dispute = crisis.begin(sim, A, B, "policy", level=LEVEL_FORCE)
    chances = [
        _war_chance(sim, dispute, "compromise", "stand_firm"),
        _war_chance(sim, dispute, "stand_firm", "stand_firm"),
        _war_chance(sim, dispute, "escalate", "stand_firm"),
        _war_chance(sim, dispute, "escalate", "escalate"),
    ]
    assert chances == sorted(chances)
    assert chances[0] < 0.03
    assert chances[-1] > 0.4


def test_circumstances_change_the_odds_of_war_as_published(sim: Simulation) -> None:
    sim.world.dyad(D, C).contiguity = 1
    strangers = crisis.begin(sim, C, D, "policy")
    held = restraint.restraint(sim.world, strangers)
    assert escalation.war_odds(sim.world, strangers) == pytest.approx(held)
    strangers.aim = "regime"
    assert escalation.war_odds(sim.world, strangers) == pytest.approx(8.5 * held)
    strangers.supporters[A] = C
    assert escalation.war_odds(sim.world, strangers) == pytest.approx(8.5 * 2.5 * held)
    rivals = crisis.begin(sim, A, B, "territory")
    held = restraint.restraint(sim.world, rivals)
    assert escalation.war_odds(sim.world, rivals) == pytest.approx((3.0 * 3.1) ** 0.5 * held)


def test_war_was_likelier_while_it_was_lawful(sim: Simulation) -> None:
    dispute = crisis.begin(sim, A, B, "policy")
    outlawed = escalation.war_odds(sim.world, dispute)
    sim.world.calendar = Calendar(date(1900, 1, 1), 3)
    assert escalation.war_odds(sim.world, dispute) == pytest.approx(escalation.LAWFUL_WAR_ODDS * outlawed)


def test_a_nuclear_guarantor_protects_its_client(sim: Simulation) -> None:
    dispute = crisis.begin(sim, A, B, "policy")
    before = escalation.war_odds(sim.world, dispute)
    sim.world.actors[E].nuclear = True
    assert escalation.war_odds(sim.world, dispute) == pytest.approx(0.35 * before)


def test_two_nuclear_states_hardly_ever_fight(sim: Simulation) -> None:
    dispute = crisis.begin(sim, A, B, "policy")
    before = escalation.war_odds(sim.world, dispute)
    sim.world.actors[A].nuclear = True
    assert escalation.war_odds(sim.world, dispute) == before, "the initiator's alone shield nobody"
    sim.world.actors[B].nuclear = True
    assert escalation.war_odds(sim.world, dispute) < 0.05 * before


def test_distant_states_fight_half_as_often_unless_one_is_an_outside_power(sim: Simulation) -> None:
    far, near = crisis.begin(sim, C, D, "policy"), crisis.begin(sim, B, D, "policy")
    odds = {
        dispute.initiator: escalation.war_odds(sim.world, dispute) / restraint.restraint(sim.world, dispute)
        for dispute in (far, near, crisis.begin(sim, E, D, "policy"))
    }
    assert odds[C] == pytest.approx(0.5 * odds[B])
    assert odds[E] == pytest.approx(odds[B])


def test_a_claim_between_rivals_rises_more_often(sim: Simulation) -> None:
    firm: list[CrisisResponse] = ["stand_firm", "stand_firm"]
    rivals = crisis.begin(sim, A, B, "policy", level=LEVEL_CLAIM)
    strangers = crisis.begin(sim, C, D, "policy", level=LEVEL_CLAIM)
    assert escalation.rise_probability(sim.world, rivals, firm) == pytest.approx(0.60)
    assert escalation.rise_probability(sim.world, strangers, firm) == pytest.approx(0.25)
