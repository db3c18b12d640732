from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.propose_alliance import ProposeAlliance

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Refused


def test_an_offer_calls_the_other_side_and_nobody_else_hears_of_it(sim: Simulation, do: Do) -> None:
    [incident] = [i for i in do(sim, "ARD", ProposeAlliance("DUN", "defence", "BEL")) if i.kind == "alliance_proposed"]
    assert incident.audience == ("ARD", "DUN")
    [call] = [c for c in sim.world.calls.values() if c.reason == "proposal"]
    assert (call.actor, call.asker) == ("DUN", "ARD")


def test_one_offer_to_a_state_is_open_at_a_time(sim: Simulation, do: Do, refused: Refused) -> None:
    do(sim, "ARD", ProposeAlliance("DUN", "defence"))
    assert refused(sim, "ARD", ProposeAlliance("DUN", "consultation")).path == "$.move.to"


def test_a_promise_made_already_is_not_made_again(sim: Simulation, do: Do, refused: Refused) -> None:
    assert refused(sim, "ARD", ProposeAlliance("COR", "defence")).path == "$.move.commitment"
    do(sim, "ARD", ProposeAlliance("COR", "defence", "BEL"))


def test_a_state_cannot_be_both_partner_and_threat(sim: Simulation, refused: Refused) -> None:
    assert refused(sim, "ARD", ProposeAlliance("DUN", "defence", "DUN")).path == "$.move.against"
    assert refused(sim, "ARD", ProposeAlliance("ARD", "defence")).path == "$.move.to"


def test_a_state_that_does_not_exist_yet_gets_no_offer(sim: Simulation, refused: Refused) -> None:
    assert refused(sim, "ARD", ProposeAlliance("FAR", "defence")).code == "unknown_actor"
