"""Pacts of many: which a seat widens, joins or founds, whom it lets in, and what a treaty is worth to it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from msgspec import structs

from counterpoise.session.running_session import Session
from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.moves.ask_to_join_pact import AskToJoinPact
from counterpoise.sim.moves.found_pact import FoundPact
from counterpoise.sim.moves.invite_to_pact import InviteToPact
from counterpoise.sim.moves.vote_on_member import VoteOnMember
from counterpoise.sim.processes import accession
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.rules import alignments
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import CallView, MembershipVoteView, ProposalView, View
from counterpoise.sim.views.view_builder import build_view
from counterpoise_clients.bot_kit import pacts
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.lookahead import Lookahead
from counterpoise_clients.bot_kit.responses import Temperament, accepts_proposal, responses_to_calls

TEMPERAMENT = Temperament(resolve=0.6, escalation=0.2, compromise=0.5, loyalty=0.4, openness=0.3, bandwagoning=0.0)
DRAWS = 400
ARD, BEL, COR, DUN, ESK, FEN, GAL = map(ActorId, ("ARD", "BEL", "COR", "DUN", "ESK", "FEN", "GAL"))


@pytest.fixture
def sim(checkerboard: str) -> Simulation:
    return Simulation(parse_scenario(checkerboard, "checkerboard"), "pacts")


@pytest.fixture
def view(middle_east: str) -> View:
    return Session(scenario_text=middle_east, seed="1", session_id="s", secret="s").view(ActorId("JOR"))


def look(sim: Simulation, seat: ActorId) -> Assessment:
    return Assessment(build_view(sim.world, sim.scenario, seat))


def always(assessment: Assessment, to: ActorId, against: ActorId | None) -> list[object]:
    drawn = [pacts.pact_move(Random(seed), assessment, to, "defence", against) for seed in range(20)]
    return [move for move in drawn if move is not None]


def test_a_seat_widens_its_own_pact_or_joins_that_of_the_helper(sim: Simulation) -> None:
    pact = alignments.form(sim, (ARD, DUN), "defence", against=COR)
    assert set(always(look(sim, ARD), FEN, COR)) == {InviteToPact(pact.id, FEN)}
    assert set(always(look(sim, FEN), DUN, COR)) == {AskToJoinPact(pact.id)}
    assert always(look(sim, FEN), DUN, None) == []
    assert always(look(sim, ARD), FEN, BEL) == []


def test_a_seat_does_not_invite_twice_and_not_into_a_secret_pact(sim: Simulation) -> None:
    pact = alignments.form(sim, (ARD, DUN), "defence", against=COR)
    accession.open_vote(sim, pact, "invite", FEN, ARD)
    assert always(look(sim, ARD), FEN, COR) == []
    alignments.form(sim, (ARD, GAL), "defence", against=BEL, secret=True)
    assert always(look(sim, ARD), FEN, BEL) == []


def test_a_founder_invites_two_or_three_helpers(sim: Simulation) -> None:
    founded = pacts.found_pact(look(sim, ARD), (DUN, FEN, GAL, ESK), "defence", COR)
    assert founded == FoundPact((DUN, FEN, GAL), "defence", "Arden Pact", 2, COR)
    assert pacts.found_pact(look(sim, ARD), (DUN,), "defence", COR) is None


def test_nobody_lets_the_gravest_threat_in(view: View) -> None:
    assessment = Assessment(view)
    assert assessment.top_threat is not None
    pact = next(pact for pact in view.alignments if assessment.me in pact.members and pact.lead is None)
    vote = MembershipVoteView(9, pact.id, "invite", assessment.top_threat, pact.members[0], 60, False)
    assert not any(pacts.consents_to_member(assessment, vote, 1.0, 0.5, Random(seed)) for seed in range(DRAWS))


def test_a_friend_is_let_in_more_often_than_an_enemy_and_expelled_less_often(view: View) -> None:
    assessment = Assessment(view)
    pact = next(pact for pact in view.alignments if assessment.me in pact.members and pact.lead is None)
    ranked = sorted((state for state in assessment.others if state != assessment.top_threat), key=assessment.affinity)
    counts = {}
    for question in ("invite", "expel"):
        for name, state in (("enemy", ranked[0]), ("friend", ranked[-1])):
            vote = MembershipVoteView(9, pact.id, question, state, pact.members[0], 60, False)
            drawn = [pacts.consents_to_member(assessment, vote, 0.3, 0.4, Random(seed)) for seed in range(DRAWS)]
            counts[question, name] = sum(drawn)
    assert counts["invite", "friend"] > 1.5 * counts["invite", "enemy"]
    assert counts["expel", "enemy"] > 1.5 * counts["expel", "friend"]


def test_a_treaty_with_a_hated_party_is_signed_less_often(view: View) -> None:
    assessment = Assessment(view)
    hated = min(assessment.others, key=assessment.affinity)
    counts = []
    for parties in ((), (hated,)):
        offer = ProposalView(5, ActorId("IRQ"), ActorId("JOR"), "defence", None, False, 60, parties=parties)
        drawn = [accepts_proposal(assessment, offer, TEMPERAMENT, Random(seed)) for seed in range(DRAWS)]
        counts.append(sum(drawn))
    assert counts[0] > counts[1]


def test_no_bot_signs_a_treaty_with_a_state_it_fights(view: View) -> None:
    foe = view.others[0].id
    fighting = replace(view, others=tuple(structs.replace(o, at_war=o.id == foe) for o in view.others))
    offer = ProposalView(5, ActorId("IRQ"), ActorId("JOR"), "consultation", None, False, 60, parties=(foe,))
    asked = replace(fighting, questions=(), proposals=(offer,), calls=(CallView(1, "proposal", 5, 60, ActorId("IRQ")),))
    given = responses_to_calls(Assessment(asked), TEMPERAMENT, Random("x"), lambda call: AnswerProposal(5, True))
    assert given == [AnswerProposal(5, False)]


def test_a_call_to_vote_is_answered_with_a_vote(sim: Simulation) -> None:
    pact = alignments.form(sim, (ARD, DUN), "defence", against=COR)
    vote = accession.open_vote(sim, pact, "invite", FEN, ARD)
    [given] = responses_to_calls(look(sim, DUN), TEMPERAMENT, Random("x"))
    assert isinstance(given, VoteOnMember)
    assert given.vote == vote.id


def test_a_lookahead_knows_open_treaties_invitations_and_votes(sim: Simulation) -> None:
    pact = alignments.form(sim, (ARD, DUN), "defence", against=COR)
    accession.open_vote(sim, pact, "invite", FEN, ARD)
    sim.apply(ARD, FoundPact((DUN, GAL), "consultation", "Talks"))
    view = build_view(sim.world, sim.scenario, DUN)
    [vote] = view.membership_votes
    [offer] = view.proposals
    [invitation] = [p for p in build_view(sim.world, sim.scenario, GAL).proposals if p.treaty]
    simulation, ids = Lookahead(view, 40).build_simulation("1")
    assert [(v.question, v.state) for v in simulation.world.membership_votes.values()] == [("invite", FEN)]
    assert [t.invited for t in simulation.world.treaties.values()] == [(DUN, GAL)]
    assert ids[vote.id] in simulation.world.membership_votes
    assert simulation.world.proposals[ids[offer.id]].to == DUN
    assert invitation.parties == (DUN,)


def test_a_lookahead_knows_an_invitation_to_a_pact(sim: Simulation) -> None:
    pact = alignments.form(sim, (ARD, DUN), "defence", against=COR)
    accession.cast(sim, accession.open_vote(sim, pact, "invite", FEN, ARD), DUN, consent=True)
    view = build_view(sim.world, sim.scenario, FEN)
    [offer] = view.proposals
    simulation, ids = Lookahead(view, 40).build_simulation("1")
    simulation.apply(FEN, AnswerProposal(ids[offer.id], True))
    assert any({ARD, DUN, FEN} == set(a.members) for a in simulation.world.alignments.values())
