"""What standing with the movement brings when nothing else changes. A, B and E are republics, C is a monarchy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from counterpoise.sim import kinship
from counterpoise.sim.engine import Simulation
from counterpoise.sim.rules import alignments
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId, Commitment
from counterpoise.sim.views.view_builder import build_view

Run = Callable[[Simulation, int], None]

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


@pytest.fixture
def alone(calm: Scenario) -> Simulation:
    """A world without alignments, rivals or leaders, at its start."""
    return Simulation(replace(calm, alignments=(), rivalries=(), claims=()), "kinship")


@pytest.mark.parametrize(
    ("commitment", "gained"), [("defence", 1.0), ("consultation", 1.0), ("nonaggression", 0.0), ("neutrality", 0.0)]
)
def test_a_binding_pact_with_a_kindred_regime_gives_standing(
    alone: Simulation, commitment: Commitment, gained: float
) -> None:
    assert kinship.standing(alone.world, A) == 0.0
    alignments.form(alone, (A, B), commitment)
    assert kinship.standing(alone.world, A) == gained


def test_a_pact_with_a_regime_of_another_kind_gives_none(alone: Simulation) -> None:
    alignments.form(alone, (A, C), "defence")
    assert kinship.standing(alone.world, A) == 0.0


def test_a_secret_pact_gives_no_standing(alone: Simulation) -> None:
    alignments.form(alone, (A, B), "defence", secret=True)
    assert kinship.standing(alone.world, A) == 0.0


def test_the_blessing_of_the_movements_leader_counts_most_and_standing_alone_has_a_price(alone: Simulation) -> None:
    alone.world.leaders["republic"] = B
    assert kinship.standing(alone.world, A) == kinship.STANDS_ALONE
    other = next(kin for kin in alone.world.actors if kinship.are_kin(alone.world, A, kin) and kin != B)
    alignments.form(alone, (A, other), "consultation")
    assert kinship.standing(alone.world, A) == kinship.STANDS_WITH_SOME
    alignments.form(alone, (A, B), "consultation")
    assert kinship.standing(alone.world, A) == 1.0


def test_a_pact_with_the_leaders_enemy_or_against_one_of_the_movement_costs_the_standing(alone: Simulation) -> None:
    alone.world.leaders["republic"] = B
    alignments.form(alone, (A, B), "consultation")
    alignments.form(alone, (A, C), "defence")
    alone.world.dyad(B, C).rivalry = True
    assert kinship.standing(alone.world, A) == kinship.STANDS_ALONE
    alignments.form(alone, (A, D), "defence", against=B)
    assert kinship.standing(alone.world, A) == kinship.STANDS_AGAINST


def test_standing_raises_legitimacy_month_by_month_and_a_weak_regimes_most(calm: Scenario, run_to: Run) -> None:
    gains = {}
    for legitimacy in (0.3, 0.8):
        ends = []
        for bound in (False, True):
            sim = Simulation(replace(calm, alignments=(), rivalries=(), claims=()), "kinship")
            sim.world.actors[A].legitimacy = sim.world.actors[A].baseline_legitimacy = legitimacy
            if bound:
                alignments.form(sim, (A, B), "consultation")
            run_to(sim, 365)
            ends.append(sim.world.actors[A].legitimacy)
        gains[legitimacy] = ends[1] - ends[0]
    assert gains[0.3] > gains[0.8] > 0.0


def test_a_seat_sees_its_own_standing(alone: Simulation, calm: Scenario) -> None:
    alignments.form(alone, (A, B), "consultation")
    assert build_view(alone.world, calm, A).own.standing == 1.0
