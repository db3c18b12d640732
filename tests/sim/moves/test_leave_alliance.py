from __future__ import annotations

from typing import Any

from counterpoise.sim.moves.leave_alliance import LeaveAlliance


def test_leaving_an_alliance_of_two_ends_it(sim: Any, do: Any) -> None:
    [pact] = sim.world.alignments_between("ARD", "COR")
    before = sim.world.dyad("COR", "ARD").cooperation.at(0)
    do(sim, "ARD", LeaveAlliance(pact.id))
    assert pact.ended
    assert sim.world.dyad("COR", "ARD").cooperation.at(0) < before


def test_a_refusal_does_not_tell_whether_a_secret_pact_exists(sim: Any, refused: Any) -> None:
    [secret] = sim.world.alignments_between("BEL", "DUN")
    known, unknown = refused(sim, "ARD", LeaveAlliance(secret.id)), refused(sim, "ARD", LeaveAlliance(999_999))
    assert (known.code, known.path, known.expected) == (unknown.code, unknown.path, unknown.expected)
