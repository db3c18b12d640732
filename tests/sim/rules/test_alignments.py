from __future__ import annotations

from collections.abc import Callable

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import war
from counterpoise.sim.rules import alignments
from counterpoise.sim.types import ActorId

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


def test_a_new_alignment_is_public_and_adds_goodwill_on_both_sides(sim: Simulation) -> None:
    made = alignments.form(sim, (A, D), "defence", against=B)
    assert list(sim.world.alignments_between(A, D)) == [made]
    assert sim.world.dyad(A, D).cooperation.at(0) == sim.world.dyad(D, A).cooperation.at(0) == 1
    assert sim.take_incidents()[-1].audience is None


def test_a_secret_alignment_is_logged_for_its_members_only(sim: Simulation) -> None:
    made = alignments.form(sim, (A, D), "offence", against=B, secret=True)
    alignments.leave(sim, made, A)
    assert [incident.audience for incident in sim.take_incidents()] == [(A, D)] * 3


def test_an_identical_alignment_is_renewed(sim: Simulation) -> None:
    first = alignments.form(sim, (A, D), "consultation")
    assert alignments.form(sim, (D, A), "consultation") is first
    assert sim.world.dyad(A, D).cooperation.at(0) == 2


def test_an_alignment_ends_when_one_member_is_left(sim: Simulation) -> None:
    made = alignments.form(sim, (A, D, E), "defence")
    alignments.leave(sim, made, E)
    assert (made.members, made.ended) == ((A, D), False)
    sim.advance(5)
    alignments.leave(sim, made, D)
    assert (made.members, made.ended, made.until) == ((A, D), True, 5)


def test_a_guarantee_ends_when_its_guarantor_leaves(sim: Simulation) -> None:
    made = alignments.form(sim, (E, A, C), "guarantee", lead=E)
    alignments.leave(sim, made, E)
    assert made.ended


def test_leaving_an_ally_under_attack_breaks_a_promise(sim: Simulation) -> None:
    (pact,) = sim.world.alignments_between(A, C)
    war.begin(sim, (B,), (A,), "territory")
    alignments.leave(sim, pact, C)
    assert sim.world.dyad(A, C).broken_promises.at(0) == 1


def test_leaving_an_ally_at_peace_breaks_no_promise(sim: Simulation) -> None:
    (pact,) = sim.world.alignments_between(A, C)
    alignments.leave(sim, pact, C)
    assert sim.world.dyad(A, C).broken_promises.at(0) == 0


def test_an_alignment_with_a_term_ends_on_time(sim: Simulation, run_to: Callable[[Simulation, int], None]) -> None:
    pact = alignments.form(sim, (A, D), "consultation", years=1.0)
    run_to(sim, 364)
    assert not pact.ended
    run_to(sim, 366)
    assert pact.ended
    [ended] = [i for i in sim.world.incidents if i.kind == "alliance_ended" and i.detail["alignment"] == pact.id]
    assert ended.detail["reason"] == "term"


def test_a_renewal_moves_the_end_of_an_alignment(sim: Simulation, run_to: Callable[[Simulation, int], None]) -> None:
    pact = alignments.form(sim, (A, D), "consultation", years=1.0)
    run_to(sim, 200)
    assert alignments.form(sim, (A, D), "consultation", years=1.0) is pact
    run_to(sim, 400)
    assert not pact.ended
    alignments.form(sim, (A, D), "consultation")
    run_to(sim, 1800)
    assert not pact.ended


def test_a_regime_that_drops_a_pact_of_three_leaves_it_to_the_other_two(sim: Simulation) -> None:
    pact = alignments.form(sim, (A, D, E), "defence")
    alignments.repudiate(sim, pact, D)
    assert (pact.members, pact.ended) == ((A, E), False)


def test_a_state_that_joins_makes_a_bond_with_every_member(sim: Simulation) -> None:
    pact = alignments.form(sim, (A, D), "consultation")
    alignments.join(sim, pact, E)
    assert [a.id for member in (A, D) for a in sim.world.alignments_between(member, E)] == [pact.id, pact.id]
    assert sim.world.dyad(D, E).cooperation.at(0) == 1


def test_a_former_member_still_knows_of_a_secret_pact(sim: Simulation) -> None:
    pact = alignments.form(sim, (A, D, E), "consultation", secret=True)
    alignments.leave(sim, pact, D)
    assert pact.seen_by(D)
    assert alignments.audience_of(pact) == (A, E, D)
