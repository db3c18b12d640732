from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from counterpoise.sim.catalogue import decode_inject
from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import war
from counterpoise.sim.rules.alignments import form, join
from counterpoise.sim.rules.events.inject_conditions import first_unmet
from counterpoise.sim.scenario import InjectCondition, InjectSpec, Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import PastInject

RunTo = Callable[[Simulation, int], None]
A, B, C, D, E, F = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP", "FAR"))
ATTACKER = ActorId("{attacker}")


def holds(sim: Simulation, condition: InjectCondition, **roles: ActorId) -> bool:
    """Tell whether a condition allows an inject; the same condition after ``unless`` must then forbid it."""
    spec = InjectSpec("announce", {"text": "News."}, conditions=(condition,))
    allowed = first_unmet(sim.world, spec, roles) is None
    negated = InjectSpec("announce", {"text": "News."}, exceptions=(condition,))
    assert (first_unmet(sim.world, negated, roles) is None) is not allowed
    return allowed


def test_two_states_are_at_war(sim: Simulation) -> None:
    assert not holds(sim, InjectCondition(at_war=(B, A)))
    war.begin(sim, (A,), (B,), "policy")
    assert holds(sim, InjectCondition(at_war=(B, A)))
    assert not holds(sim, InjectCondition(at_war=(A, C)))


def test_an_alignment_may_be_older_than_the_game_but_for_formed_it_must_be_new(sim: Simulation) -> None:
    assert holds(sim, InjectCondition(allied=(A, C)))
    assert not holds(sim, InjectCondition(formed=(A, C)))
    assert holds(sim, InjectCondition(formed=(A, C), since=-700))
    assert not holds(sim, InjectCondition(formed=(A, C), since=-699))
    form(sim, (C, A), "consultation")
    assert holds(sim, InjectCondition(formed=(A, C)))


def test_a_state_that_joins_an_old_pact_is_newly_aligned_with_its_members(sim: Simulation) -> None:
    [pact] = sim.world.alignments_between(A, C)
    sim.advance(10)
    join(sim, pact, D)
    assert holds(sim, InjectCondition(formed=(A, D), since=10))
    assert not holds(sim, InjectCondition(formed=(A, C), since=10))
    assert holds(sim, InjectCondition(incident="alliance_joined", actors=(D, C)))


def test_only_the_named_commitments_count(sim: Simulation) -> None:
    assert holds(sim, InjectCondition(allied=(A, C), commitments=("defence", "offence")))
    assert not holds(sim, InjectCondition(allied=(A, C), commitments=("neutrality",)))


def test_a_secret_alignment_counts_only_if_the_condition_says_so(sim: Simulation) -> None:
    form(sim, (A, E), "defence", secret=True)
    assert not holds(sim, InjectCondition(allied=(A, E)))
    assert holds(sim, InjectCondition(allied=(A, E), secret=True))


def test_a_state_exists(sim: Simulation, run_to: RunTo) -> None:
    assert not holds(sim, InjectCondition(exists=(A, F)))
    run_to(sim, 401)
    assert holds(sim, InjectCondition(exists=(A, F)))


def test_a_regime_is_of_one_of_some_families(sim: Simulation) -> None:
    assert holds(sim, InjectCondition(families=((A, ("monarchy", "republic")), (C, ("monarchy",)))))
    assert not holds(sim, InjectCondition(families=((A, ("monarchy",)),)))
    assert not holds(sim, InjectCondition(families=((F, ("republic",)),))), "a state that does not exist has no regime"


def test_a_regime_is_in_power_since_a_date(sim: Simulation, run_to: RunTo) -> None:
    assert holds(sim, InjectCondition(in_power_since=((A, 0),)))
    run_to(sim, 50)
    since = InjectCondition(in_power_since=((A, 40),))
    assert not holds(sim, since)
    sim.inject(decode_inject({"kind": "change_regime", "actor": "ARD", "family": "monarchy"}))
    assert holds(sim, since)


def test_a_dated_regime_is_in_power_since_its_date(sim: Simulation, run_to: RunTo) -> None:
    dun = ActorId("DUN")
    run_to(sim, 499)
    assert not holds(sim, InjectCondition(in_power_since=((dun, 500),)))
    run_to(sim, 501)
    assert holds(sim, InjectCondition(in_power_since=((dun, 500),)))


def test_an_incident_has_happened(sim: Simulation, run_to: RunTo) -> None:
    wars = InjectCondition(incident="war_began", actors=(A, B))
    assert not holds(sim, wars)
    run_to(sim, 10)
    war.begin(sim, (A,), (B,), "policy")
    assert holds(sim, wars)
    assert not holds(sim, replace(wars, since=11))
    assert not holds(sim, replace(wars, actors=(A, C)))


@pytest.mark.parametrize(
    ("attacker", "target", "expected"),
    [(A, B, True), (B, A, False), (A, None, True), (None, B, True), (B, None, False), (C, None, False)],
)
def test_the_attacker_and_the_target_of_an_incident_are_told_apart(
    sim: Simulation, attacker: ActorId | None, target: ActorId | None, expected: bool
) -> None:
    war.begin(sim, (A,), (B,), "policy")
    condition = InjectCondition(incident="war_began", attacker=attacker, target=target)
    assert holds(sim, condition) is expected


def test_the_sides_of_a_war_are_told_apart_when_it_ends(sim: Simulation) -> None:
    war.begin(sim, (A, C), (B,), "policy")
    sim.inject(decode_inject({"kind": "end_war", "between": ["ARD", "BEL"], "outcome": "stalemate"}))
    assert holds(sim, InjectCondition(incident="war_ended", attacker=A, target=B))
    assert not holds(sim, InjectCondition(incident="war_ended", attacker=A, target=C))


def test_an_incident_that_not_everyone_can_see_counts_only_if_the_condition_says_so(sim: Simulation) -> None:
    form(sim, (A, E), "defence", secret=True)
    condition = InjectCondition(incident="alliance_formed", actors=(A, E))
    assert not holds(sim, condition)
    assert holds(sim, replace(condition, secret=True))


def test_another_inject_has_happened(sim: Simulation) -> None:
    condition = InjectCondition(inject="coup")
    assert not holds(sim, condition)
    sim.world.injected["coup"] = PastInject(20, secret=False)
    assert holds(sim, condition)
    assert holds(sim, replace(condition, since=20))
    assert not holds(sim, replace(condition, since=21))
    sim.world.injected["coup"] = PastInject(20, secret=True)
    assert not holds(sim, condition)
    assert holds(sim, replace(condition, secret=True))


def test_all_parts_of_a_condition_must_hold(sim: Simulation) -> None:
    assert holds(sim, InjectCondition(allied=(A, C), exists=(E,)))
    assert not holds(sim, InjectCondition(allied=(A, C), exists=(F,)))


def test_a_condition_may_name_roles(sim: Simulation) -> None:
    condition = InjectCondition(allied=(ATTACKER, C), families=((ATTACKER, ("republic",)),), exists=(ATTACKER,))
    assert holds(sim, condition, attacker=A)
    assert not holds(sim, condition, attacker=B)


def test_the_first_condition_that_forbids_an_inject_is_named(calm: Scenario) -> None:
    sim = Simulation(calm, "x")
    met, unmet = InjectCondition(exists=(A,)), InjectCondition(exists=(F,))
    cases = (
        ((met, unmet), (), "if[1]"),
        ((met,), (unmet, met), "unless[1]"),
        ((met, met), (unmet,), None),
        ((), (), None),
    )
    for conditions, exceptions, expected in cases:
        spec = InjectSpec("announce", {"text": "x"}, conditions=conditions, exceptions=exceptions)
        assert first_unmet(sim.world, spec, {}) == expected
