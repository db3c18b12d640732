from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.message import Message

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused


def test_only_sender_and_recipient_can_read_a_message(sim: Simulation, do: Do, look: Look) -> None:
    do(sim, "ARD", Message(("DUN",), "Are you with us?"))
    for actor, reads in (("ARD", True), ("DUN", True), ("BEL", False)):
        kinds = [incident["kind"] for incident in look(sim, actor).incidents]
        assert ("message" in kinds) is reads


def test_a_state_cannot_write_to_itself(sim: Simulation, refused: Refused) -> None:
    assert refused(sim, "ARD", Message(("ARD",), "Dear diary")).path == "$.move.to[0]"
