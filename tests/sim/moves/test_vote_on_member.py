from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.vote_on_member import VoteOnMember
from counterpoise.sim.processes import accession
from counterpoise.sim.rules import alignments
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


def test_only_members_that_have_not_voted_can_vote(sim: Simulation, do: Do, refused: Refused) -> None:
    pact = alignments.form(sim, (A, C, E), "defence")
    vote = accession.open_vote(sim, pact, "invite", D, A)
    unknown = refused(sim, "BEL", VoteOnMember(999_999, True))
    for code in ("ARD", "BEL", "DUN"):
        assert refused(sim, code, VoteOnMember(vote.id, True)).expected == unknown.expected
    do(sim, "COR", VoteOnMember(vote.id, True))
    refused(sim, "COR", VoteOnMember(vote.id, False))


def test_a_view_offers_yes_and_no_in_each_vote_that_waits(sim: Simulation, look: Look) -> None:
    pact = alignments.form(sim, (A, C), "defence", against=B)
    vote = accession.open_vote(sim, pact, "invite", D, A)
    assert VoteOnMember.legal(look(sim, "COR")) == [VoteOnMember(vote.id, True), VoteOnMember(vote.id, False)]
    assert VoteOnMember.legal(look(sim, "ARD")) == []
