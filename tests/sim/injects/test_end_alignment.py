from __future__ import annotations

from typing import Any

from counterpoise.sim.injects.end_alignment import EndAlignment


def test_an_alignment_is_found_by_its_members_or_its_id(sim: Any, happen: Any, refused: Any) -> None:
    happen(sim, EndAlignment(members=["COR", "ARD"], commitment="defence"))
    assert not list(sim.world.alignments_between("ARD", "COR"))
    [secret] = sim.world.alignments_between("BEL", "DUN")
    happen(sim, EndAlignment(secret.id))
    assert secret.ended
    assert refused(sim, EndAlignment(secret.id)).path == "$.inject.alignment"


def test_an_inject_that_matches_no_alignment_is_rejected(sim: Any, refused: Any) -> None:
    assert refused(sim, EndAlignment()).path == "$.inject"
    assert refused(sim, EndAlignment(members=["ARD", "DUN"])).path == "$.inject.members"
    assert refused(sim, EndAlignment(members=["ARD", "COR"], commitment="basing")).path == "$.inject.members"
