"""Bots doubt whoever signs with everybody, breaks its word or presses, and offer it nothing."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from msgspec import structs

from counterpoise.session.running_session import Session
from counterpoise.sim.read_only import ReadOnlyDict
from counterpoise.sim.types import ActorId, Commitment
from counterpoise.sim.views.view import AlignmentView, OtherState, ProposalView, View
from counterpoise_clients.bot_kit import trust
from counterpoise_clients.bot_kit.assessment import Assessment
from counterpoise_clients.bot_kit.initiatives import MoveList, leave_chance, offer_alliance
from counterpoise_clients.bot_kit.responses import Temperament, accepts_proposal

ARD, BEL, COR, DUN, ESK = (ActorId(code) for code in ("ARD", "BEL", "COR", "DUN", "ESK"))
OPEN = Temperament(resolve=0.5, escalation=0.2, compromise=0.5, loyalty=0.5, openness=0.8, bandwagoning=0.0)


@pytest.fixture(scope="module")
def view(checkerboard: str) -> View:
    plain = Session(scenario_text=checkerboard, seed="1", session_id="s", secret="s").view(ARD)
    return replace(plain, alignments=())


def signed(view: View, state: ActorId, count: int, commitment: Commitment) -> View:
    partners = [ARD, *(other.id for other in view.others if other.id != state)][:count]
    pacts = (
        AlignmentView(900 + n, (state, other), commitment, 0, None, False, None, "") for n, other in enumerate(partners)
    )
    return replace(view, alignments=tuple(pacts))


def faithless(view: View, state: ActorId) -> View:
    def changed(other: OtherState) -> OtherState:
        return structs.replace(other, reneged=2) if other.id == state else other

    return replace(view, others=tuple(changed(other) for other in view.others))


def doubt(view: View, state: ActorId) -> float:
    return trust.doubt(Assessment(view), state)


def test_doubt_is_worked_out_once_for_a_view_and_anew_for_the_next(view: View) -> None:
    before, after = Assessment(view), Assessment(faithless(view, BEL))
    assert before.doubts == {}
    assert trust.doubt(before, BEL) == trust.doubt(before, BEL) == before.doubts[BEL] == 0
    assert trust.doubt(after, BEL) == after.doubts[BEL] > 0


def test_a_state_with_few_papers_is_believed_and_one_with_many_is_not(view: View) -> None:
    assert doubt(view, BEL) == doubt(signed(view, BEL, 1, "consultation"), BEL) == 0
    assert doubt(signed(view, BEL, 5, "consultation"), BEL) >= trust.DISBELIEF
    assert doubt(signed(view, BEL, 5, "defence"), BEL) == 0, "promises to fight are no paper"


def test_broken_promises_are_doubted_unless_as_many_were_kept(view: View) -> None:
    assert doubt(faithless(view, BEL), BEL) == pytest.approx(0.6)


def test_offers_after_a_refusal_are_doubted(view: View) -> None:
    refusal = ReadOnlyDict(kind="alliance_refused", actors=(ARD, BEL), tick=view.tick)
    assert doubt(replace(view, incidents=(refusal,)), BEL) == 0
    assert doubt(replace(view, incidents=(refusal,) * 3), BEL) == pytest.approx(0.6)
    assert doubt(replace(view, incidents=(refusal,) * 3), COR) == 0


def test_a_doubted_state_is_refused_more_often_and_offered_nothing(view: View) -> None:
    many = signed(view, ESK, 6, "consultation")
    offer = ProposalView(1, ESK, ARD, "consultation", BEL, False, 90, None, "", None, False, (), 0)

    def accepted(seen: View) -> int:
        assessment = Assessment(seen)
        return sum(accepts_proposal(assessment, offer, OPEN, Random(seed)) for seed in range(200))

    without = replace(many, alignments=tuple(pact for pact in many.alignments if ARD not in pact.members))
    assert accepted(without) < accepted(view)

    def offered(seen: View) -> int:
        made = 0
        for seed in range(50):
            move_list = MoveList(Assessment(seen), Random(seed), [])
            offer_alliance(move_list, BEL, "defence")
            made += len(move_list.moves)
        return made

    assert offered(view) > 0
    assert offered(signed(view, BEL, 6, "consultation")) == 0


def test_a_pact_with_a_doubted_state_is_left(view: View) -> None:
    many = signed(view, BEL, 6, "consultation")
    pact = next(tie for tie in many.alignments if ARD in tie.members)
    assert leave_chance(Assessment(many), pact) > leave_chance(Assessment(replace(many, alignments=(pact,))), pact)
