from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.propose_alliance import ProposeAlliance

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Refused


def test_a_proposal_calls_the_other_state_and_nobody_else_learns_of_it(sim: Simulation, do: Do) -> None:
    [incident] = [i for i in do(sim, "ARD", ProposeAlliance("DUN", "defence", "BEL")) if i.kind == "alliance_proposed"]
    assert incident.audience == ("ARD", "DUN")
    [call] = [c for c in sim.world.calls.values() if c.reason == "proposal"]
    assert (call.actor, call.asker) == ("DUN", "ARD")


def test_a_state_can_have_one_open_proposal_to_another_state(sim: Simulation, do: Do, refused: Refused) -> None:
    do(sim, "ARD", ProposeAlliance("DUN", "defence"))
    assert refused(sim, "ARD", ProposeAlliance("DUN", "consultation")).path == "$.move.to"


def test_two_states_cannot_make_the_same_promise_twice(sim: Simulation, do: Do, refused: Refused) -> None:
    assert refused(sim, "ARD", ProposeAlliance("COR", "defence")).path == "$.move.commitment"
    do(sim, "ARD", ProposeAlliance("COR", "defence", "BEL"))


def test_an_alliance_cannot_be_against_its_own_member(sim: Simulation, refused: Refused) -> None:
    assert refused(sim, "ARD", ProposeAlliance("DUN", "defence", "DUN")).path == "$.move.against"
    assert refused(sim, "ARD", ProposeAlliance("ARD", "defence")).path == "$.move.to"


def test_a_state_that_does_not_exist_yet_cannot_receive_a_proposal(sim: Simulation, refused: Refused) -> None:
    assert refused(sim, "ARD", ProposeAlliance("FAR", "defence")).code == "unknown_actor"
