from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.message import Message


def test_only_the_two_can_read_a_letter(sim: Any, do: Any, look: Any) -> None:
    do(sim, "ARD", Message("DUN", "Are you with us?"))
    for actor, reads in (("ARD", True), ("DUN", True), ("BEL", False)):
        kinds = [incident["kind"] for incident in look(sim, actor).incidents]
        assert ("message" in kinds) is reads


def test_nobody_writes_to_themselves(sim: Any, refused: Any) -> None:
    assert refused(sim, "ARD", Message("ARD", "Dear diary")).path == "$.move.to"
