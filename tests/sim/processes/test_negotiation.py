from __future__ import annotations

from collections.abc import Callable

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import negotiation, war
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import build_view

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))
Run = Callable[[Simulation, int], None]


def test_a_proposal_is_seen_by_two_states_and_calls_one(sim: Simulation) -> None:
    proposal = negotiation.propose(sim, A, D, "defence", B, False)
    (call,) = sim.take_calls()
    assert (call.actor, call.reason, call.subject, call.asker) == (D, "proposal", proposal.id, A)
    assert 14 <= proposal.deadline <= 60
    assert [incident.audience for incident in sim.take_incidents()] == [(A, D)]


def test_an_accepted_proposal_becomes_an_alignment(sim: Simulation) -> None:
    negotiation.answer(sim, negotiation.propose(sim, A, D, "defence", B, True), accept=True)
    (made,) = sim.world.alignments_between(A, D)
    assert (made.members, made.commitment, made.against, made.secret, made.lead) == ((A, D), "defence", B, True, None)
    assert not sim.world.calls
    assert not sim.world.proposals


def test_the_proposer_of_a_guarantee_is_its_lead(sim: Simulation) -> None:
    negotiation.answer(sim, negotiation.propose(sim, E, A, "guarantee", None, False), accept=True)
    assert [made.lead for made in sim.world.alignments_between(A, E)] == [E]


def test_a_refused_proposal_ends(sim: Simulation, run_to: Run) -> None:
    proposal = negotiation.propose(sim, A, D, "defence", B, False)
    negotiation.answer(sim, proposal, accept=False)
    negotiation.answer(sim, proposal, accept=True)
    run_to(sim, 61)
    assert not list(sim.world.alignments_between(A, D))
    assert [i.kind for i in sim.take_incidents()] == ["alliance_proposed", "alliance_refused"]


def test_a_proposal_lapses_at_its_deadline(sim: Simulation, run_to: Run) -> None:
    proposal = negotiation.propose(sim, A, D, "defence", B, False)
    run_to(sim, proposal.deadline)
    assert sim.world.proposals
    sim.advance(proposal.deadline + 1)
    assert not sim.world.proposals
    assert not sim.world.calls
    assert [i.kind for i in sim.take_incidents()][1:] == ["call_lapsed", "alliance_lapsed"]


def test_enemies_at_war_make_no_alliance(sim: Simulation) -> None:
    proposal = negotiation.propose(sim, A, D, "defence", B, False)
    war.begin(sim, (A,), (D,), "policy")
    negotiation.answer(sim, proposal, accept=True)
    assert not list(sim.world.alignments_between(A, D))


def test_only_the_state_that_offered_sees_that_it_was_refused(sim: Simulation, scenario: Scenario) -> None:
    negotiation.answer(sim, negotiation.propose(sim, A, D, "neutrality", None, False), accept=False)
    for seat, refusers in ((A, [D]), (D, []), (C, [])):
        assert [other.id for other in build_view(sim.world, scenario, seat).others if other.refused] == refusers
    negotiation.answer(sim, negotiation.propose(sim, A, D, "neutrality", None, False), accept=True)
    assert not any(other.refused for other in build_view(sim.world, scenario, A).others)
