from __future__ import annotations

from collections.abc import Callable

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.form_alignment import FormAlignment
from counterpoise.sim.injects.start_war import StartWar
from counterpoise.sim.world import Incident

Run = Callable[[Simulation, int], None]
Happen = Callable[[Simulation, Inject], list[Incident]]
Refuse = Callable[[Simulation, Inject], OrderError]


def test_an_alignment_of_three_ends_with_its_term(sim: Simulation, happen: Happen, run_to: Run) -> None:
    happen(sim, FormAlignment(["ARD", "COR", "DUN"], "consultation", against="BEL", name="The Three", until=100))
    [pact] = [a for a in sim.world.alignments.values() if a.name == "The Three"]
    assert (pact.members, pact.against, pact.until) == (("ARD", "COR", "DUN"), "BEL", 100)
    run_to(sim, 99)
    assert not pact.ended
    run_to(sim, 100)
    assert pact.ended


def test_an_impossible_alignment_is_rejected(
    sim: Simulation,
    happen: Happen,
    refused: Refuse,
) -> None:
    for inject, path in (
        (FormAlignment(["ARD", "ARD"], "defence"), "$.inject.members[1]"),
        (FormAlignment(["ARD", "COR"], "defence", against="COR"), "$.inject.against"),
        (FormAlignment(["ARD", "COR"], "guarantee", lead="DUN"), "$.inject.lead"),
        (FormAlignment(["ARD", "COR"], "basing"), "$.inject.lead"),
    ):
        assert refused(sim, inject).path == path
    happen(sim, StartWar(["ARD"], ["BEL"], "policy"))
    assert refused(sim, FormAlignment(["ARD", "BEL"], "defence")).path == "$.inject.members"


def test_a_term_in_the_past_is_rejected(sim: Simulation, refused: Refuse, run_to: Run) -> None:
    run_to(sim, 50)
    assert refused(sim, FormAlignment(["ARD", "COR"], "defence", until=50)).path == "$.inject.until"
