from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.processes import treasury
from counterpoise.sim.relations.influence import Aid
from counterpoise.sim.rules import aid_bills, alignments
from counterpoise.sim.types import ActorId

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))
Run = Callable[[Simulation, int], None]


def _end_alignments(sim: Simulation) -> None:
    """End the alignments of the opening, so that the test knows every tie."""
    for pact in sim.world.alignments.values():
        pact.ended = True


def test_a_year_of_income_is_a_years_budget_up_to_the_maximum(sim: Simulation, run_to: Run) -> None:
    _end_alignments(sim)
    run_to(sim, 367)
    assert sim.world.actors[D].treasury == pytest.approx(150)
    run_to(sim, sim.world.end)
    assert sim.world.actors[D].treasury == treasury.TREASURY_MAX


def test_a_defence_pact_takes_two_hundredths_of_the_income_and_paper_less(sim: Simulation, run_to: Run) -> None:
    _end_alignments(sim)
    alignments.form(sim, (D, E), "defence")
    alignments.form(sim, (A, E), "consultation")
    run_to(sim, 367)
    assert sim.world.actors[D].treasury == pytest.approx(148)
    assert 148 < sim.world.actors[A].treasury < 150


def test_economic_aid_fills_the_recipients_treasury_at_the_donors_cost(sim: Simulation, run_to: Run) -> None:
    cost = aid_bills.monthly_cost(sim.world, sim.world.aid[E, C, "economic"])
    assert cost == pytest.approx(0.05 * 100 / 12 / 9, rel=0.01)
    run_to(sim, 32)
    plain = sim.world.actors[A].treasury
    assert sim.world.actors[C].treasury == pytest.approx(plain + 5 / 12)
    assert sim.world.actors[E].treasury < plain - cost


def test_military_aid_raises_capability_and_goodwill(sim: Simulation, run_to: Run) -> None:
    run_to(sim, 32)
    assert sim.world.actors[B].capability_factor == pytest.approx(1 + 0.1 * 0.1 / 12)
    assert sim.world.dyad(C, E).cooperation.value == pytest.approx(0.25 / 12)


def test_aid_ends_when_its_donor_cannot_pay(sim: Simulation, run_to: Run) -> None:
    sim.world.aid[D, A, "military"] = Aid(D, A, "military", 1.0, 0)
    run_to(sim, 400)
    assert (D, A, "military") not in sim.world.aid
    (cut,) = [i for i in sim.take_incidents() if i.kind == "aid_cut"]
    assert cut.audience == (D, A)
    assert sim.world.actors[D].treasury >= 0
