"""Commitments are worth what they bind to and whether they would be kept, and they cost more with each."""

from __future__ import annotations

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import war
from counterpoise.sim.rules import alignments, commitments, memory
from counterpoise.sim.rules.relevant_pairs import set_rivalry
from counterpoise.sim.types import ActorId, Commitment

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


@pytest.fixture(autouse=True)
def _untied(sim: Simulation) -> None:
    """End the alignments of the opening, so that a test knows every tie."""
    for pact in sim.world.alignments.values():
        pact.ended = True


def worth(sim: Simulation, actor: ActorId, partner: ActorId) -> float:
    return commitments.worths(sim.world, actor, lambda state: sim.world.actors[state].power)[partner]


@pytest.mark.parametrize("paper", ["nonaggression", "neutrality", "consultation"])
def test_paper_is_worth_a_tenth_of_a_promise_to_fight_at_most(sim: Simulation, paper: Commitment) -> None:
    alignments.form(sim, (D, E), paper)
    light = worth(sim, D, E)
    alignments.form(sim, (D, E), "defence")
    assert 0 < light <= worth(sim, D, E) / 10


def test_a_partner_that_broke_promises_is_worth_less(sim: Simulation) -> None:
    alignments.form(sim, (D, E), "defence")
    before = worth(sim, D, E)
    sim.world.actors[E].reneged = 2
    assert worth(sim, D, E) == pytest.approx(before / 2)
    sim.world.actors[E].honoured = 4
    assert worth(sim, D, E) > before / 2


def test_a_partner_at_odds_with_another_partner_is_worth_half(sim: Simulation) -> None:
    alignments.form(sim, (D, E), "defence")
    before = worth(sim, D, E)
    set_rivalry(sim.world, B, E, True)
    assert worth(sim, D, E) == before, "the rival is no partner of D yet"
    alignments.form(sim, (D, B), "consultation")
    assert worth(sim, D, E) == pytest.approx(before / 2)


def test_a_war_between_two_partners_counts_as_a_quarrel(sim: Simulation) -> None:
    alignments.form(sim, (D, E), "defence")
    alignments.form(sim, (D, B), "consultation")
    before = worth(sim, D, E)
    war.begin(sim, (B,), (E,), "policy")
    assert worth(sim, D, E) == pytest.approx(before / 2)


def test_a_partner_that_the_state_has_failed_owes_it_nothing(sim: Simulation) -> None:
    alignments.form(sim, (D, E), "defence")
    before = worth(sim, D, E)
    memory.remember_broken_promise(sim, D, E)
    assert worth(sim, D, E) == pytest.approx(before / 2)
    assert worth(sim, E, D) == pytest.approx(before), "E has failed nobody"


def test_whoever_signs_with_everybody_is_believed_by_nobody(sim: Simulation) -> None:
    alignments.form(sim, (D, E), "defence")
    before = worth(sim, D, E)
    for other in (A, B, C):
        alignments.form(sim, (D, other), "nonaggression")
    assert worth(sim, D, E) < before


def test_a_guarantee_binds_its_giver_and_not_its_client(sim: Simulation) -> None:
    alignments.form(sim, (D, E), "guarantee", lead=D)
    assert E not in commitments.ties(sim.world, D)
    assert commitments.ties(sim.world, D, giving=True)[E] == commitments.BINDING["guarantee"]
    assert commitments.ties(sim.world, E)[D] == commitments.BINDING["guarantee"]


def test_the_burden_grows_with_the_number_and_the_depth_of_ties(sim: Simulation) -> None:
    assert commitments.burden(sim.world, D) == 0
    alignments.form(sim, (D, E), "consultation")
    light = commitments.burden(sim.world, D)
    alignments.form(sim, (D, E), "defence")
    deep = commitments.burden(sim.world, D)
    alignments.form(sim, (D, C), "defence")
    assert 0 < light < deep < commitments.burden(sim.world, D)
    assert deep == pytest.approx(1)


def test_paper_for_a_second_partner_leaves_two_fifths_of_what_a_promise_is_worth(sim: Simulation) -> None:
    alignments.form(sim, (D, E), "defence")
    alignments.form(sim, (D, B), "consultation")
    before = worth(sim, D, E)
    alignments.form(sim, (D, C), "consultation")
    assert worth(sim, D, E) == pytest.approx(before * 2 / 5)
