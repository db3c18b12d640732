from __future__ import annotations

from typing import TYPE_CHECKING

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.moves.invite_to_pact import InviteToPact
from counterpoise.sim.moves.vote_on_member import VoteOnMember
from counterpoise.sim.processes import war
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.rules import alignments
from counterpoise.sim.types import ActorId

if TYPE_CHECKING:
    from tests.sim.moves.conftest import Do, Look, Refused

A, B, C, D, E = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "EMP"))


def bloc(sim: Simulation, secret: bool = False) -> Alignment:
    return alignments.form(sim, (A, C, E), "defence", against=B, name="Northern Bloc", secret=secret)


def vote(sim: Simulation, do: Do, *members: str, consent: bool = True) -> None:
    [number] = sim.world.membership_votes
    for member in members:
        do(sim, member, VoteOnMember(number, consent))


def test_a_state_joins_if_all_members_consent_and_it_accepts(sim: Simulation, do: Do) -> None:
    pact = bloc(sim)
    do(sim, "ARD", InviteToPact(pact.id, "DUN"))
    vote(sim, do, "COR", "EMP")
    [invitation] = sim.world.proposals.values()
    assert (invitation.proposer, invitation.to, invitation.alignment) == (A, D, pact.id)
    sim.advance(1)
    joined = do(sim, "DUN", AnswerProposal(invitation.id, True))[0]
    assert pact.members == (A, C, E, D)
    assert pact.joined == {D: 1}
    assert (joined.kind, joined.actors, joined.audience) == ("alliance_joined", (D, A, C, E), None)
    assert sim.world.dyad(E, D).cooperation.at(1) == sim.world.dyad(D, E).cooperation.at(1) == 1
    assert not sim.world.calls


def test_one_objection_ends_the_matter(sim: Simulation, do: Do) -> None:
    pact = bloc(sim)
    do(sim, "ARD", InviteToPact(pact.id, "DUN"))
    vote(sim, do, "COR", consent=False)
    assert not sim.world.membership_votes
    assert not sim.world.calls
    assert not sim.world.proposals


def test_silence_is_no_consent(sim: Simulation, do: Do) -> None:
    pact = bloc(sim)
    do(sim, "ARD", InviteToPact(pact.id, "DUN"))
    vote(sim, do, "COR")
    for _ in range(3):
        sim.advance(sim.now + 30)
    assert not sim.world.membership_votes
    refusal = next(i for i in sim.world.incidents if i.kind == "membership_refused")
    assert (refusal.actors, refusal.detail["by"]) == ((E, D), "default")


def test_an_invited_state_can_decline(sim: Simulation, do: Do) -> None:
    pact = bloc(sim)
    do(sim, "ARD", InviteToPact(pact.id, "DUN"))
    vote(sim, do, "COR", "EMP")
    [number] = sim.world.proposals
    refusal = do(sim, "DUN", AnswerProposal(number, False))[0]
    assert (refusal.kind, refusal.audience) == ("alliance_refused", (A, C, E, D))
    assert pact.members == (A, C, E)


def test_a_secret_pact_is_revealed_to_the_state_that_is_invited_and_to_no_other(
    sim: Simulation, do: Do, look: Look
) -> None:
    pact = bloc(sim, secret=True)
    do(sim, "ARD", InviteToPact(pact.id, "DUN"))
    assert pact.id not in [a.id for a in look(sim, "DUN").alignments]
    assert look(sim, "DUN").membership_votes == ()
    vote(sim, do, "COR", "EMP")
    assert pact.id in [a.id for a in look(sim, "DUN").alignments]
    assert pact.id not in [a.id for a in look(sim, "BEL").alignments]
    [number] = sim.world.proposals
    do(sim, "DUN", AnswerProposal(number, False))
    assert pact.id in [a.id for a in look(sim, "DUN").alignments]


def test_the_members_see_the_vote_and_the_invitation(sim: Simulation, do: Do, look: Look) -> None:
    pact = bloc(sim)
    do(sim, "ARD", InviteToPact(pact.id, "DUN"))
    vote(sim, do, "COR")
    seen = {code: [v.consented for v in look(sim, code).membership_votes] for code in ("ARD", "COR", "EMP", "DUN")}
    assert seen == {"ARD": [False], "COR": [True], "EMP": [False], "DUN": []}
    vote(sim, do, "EMP")
    [offer] = look(sim, "EMP").proposals
    assert (offer.to, offer.parties) == (D, (C, E))


def test_the_threat_an_enemy_and_a_member_cannot_be_invited(sim: Simulation, refused: Refused) -> None:
    pact = bloc(sim)
    for code in ("BEL", "COR", "ARD", "ZZZ"):
        assert refused(sim, "ARD", InviteToPact(pact.id, code)).path == "$.move.to"
    war.begin(sim, (D,), (C,), "policy")
    assert refused(sim, "ARD", InviteToPact(pact.id, "DUN")).path == "$.move.to"


def test_a_promise_of_one_state_and_a_pact_of_others_are_closed(sim: Simulation, refused: Refused) -> None:
    [guarantee] = sim.world.alignments_between(E, B)
    assert refused(sim, "EMP", InviteToPact(guarantee.id, "DUN")).path == "$.move.alignment"
    stranger = refused(sim, "DUN", InviteToPact(bloc(sim).id, "ARD"))
    assert stranger.expected == refused(sim, "DUN", InviteToPact(999_999, "ARD")).expected


def test_an_invitation_lapses_when_the_pact_ends(sim: Simulation, do: Do) -> None:
    pact = bloc(sim)
    do(sim, "ARD", InviteToPact(pact.id, "DUN"))
    vote(sim, do, "COR", "EMP")
    alignments.dissolve(sim, pact, "ended")
    assert not sim.world.proposals
    assert not sim.world.calls


def test_a_member_of_a_pact_of_two_asks_the_other_one_only(sim: Simulation, do: Do) -> None:
    [pact] = sim.world.alignments_between(A, C)
    do(sim, "ARD", InviteToPact(pact.id, "DUN"))
    assert [call.actor for call in sim.world.calls.values()] == [C]
