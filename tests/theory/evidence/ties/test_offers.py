"""Offers are matched with their answers and with the ties that they led to."""

from __future__ import annotations

from typing import Any

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident
from counterpoise.theory.evidence.ties.offers import Pact, diplomacy


def incident(tick: int, kind: str, *actors: str, **detail: Any) -> Incident:
    return Incident(tick, tick, kind, tuple(map(ActorId, actors)), None, detail)


def proposed(tick: int, one: str, other: str, number: int, **terms: Any) -> Incident:
    given = {"commitment": "defence", "against": None, "secret": False, "alignment": None, **terms}
    return incident(tick, "alliance_proposed", one, other, proposal=number, **given)


def formed(tick: int, *members: str, number: int = 9, **terms: Any) -> Incident:
    given = {"commitment": "defence", "against": None, "secret": False, **terms}
    return incident(tick, "alliance_formed", *members, alignment=number, **given)


def parts(pact: Pact) -> tuple[int, int, str, tuple[str, ...], bool, bool]:
    return pact.tick, pact.chosen, pact.proposer, pact.partners, pact.is_offered, pact.is_new


def test_an_accepted_offer_is_the_choice_of_its_proposer_at_the_time_of_the_offer() -> None:
    found = diplomacy([proposed(3, "A", "B", 1, against="C"), formed(20, "A", "B", against="C")])
    (offer,), (pact,) = found.offers, found.pacts
    assert (offer.proposer, offer.to, offer.answer, offer.answered, offer.against) == ("A", "B", "accepted", 20, "C")
    assert parts(pact) == (20, 3, "A", ("B",), True, True)
    assert (pact.against, pact.alignment, pact.commitment) == ("C", 9, "defence")


def test_offers_that_cross_are_told_apart_by_their_terms() -> None:
    log = [
        proposed(1, "A", "B", 1, against="C"),
        proposed(1, "B", "A", 2, against="D"),
        proposed(1, "A", "B", 3, commitment="arms", against="C"),
        formed(2, "A", "B", commitment="arms", against="C"),
        incident(3, "alliance_refused", "A", "B", proposal=2),
        incident(60, "alliance_lapsed", "A", "B", proposal=1),
    ]
    found = diplomacy(log)
    assert [offer.answer for offer in found.offers] == ["unanswered", "refused", "accepted"]
    assert [offer.answered for offer in found.offers] == [None, 3, 2]


def test_an_offer_that_is_open_at_the_end_has_no_answer() -> None:
    assert diplomacy([proposed(3, "A", "B", 1)]).offers[0].answer is None


def test_a_renewal_accepts_an_offer_and_is_no_new_tie() -> None:
    renewed = incident(5, "alliance_renewed", "A", "B", commitment="defence", alignment=9)
    found = diplomacy([proposed(3, "A", "B", 1), renewed])
    assert found.offers[0].answer == "accepted"
    assert found.pacts == []


def test_a_tie_without_an_offer_is_the_choice_of_the_state_named_first() -> None:
    (pact,) = diplomacy([formed(7, "A", "B", "C")]).pacts
    assert parts(pact) == (7, 7, "A", ("B", "C"), False, True)


def test_an_invited_state_accepts_and_the_member_that_moved_the_invitation_is_the_proposer() -> None:
    joined = incident(8, "alliance_joined", "C", "A", "B", alignment=9, commitment="defence")
    (pact,) = diplomacy([proposed(5, "B", "C", 1, alignment=9), joined]).pacts
    assert parts(pact) == (8, 5, "B", ("C",), True, False)


def test_a_state_that_asks_to_join_is_the_proposer_and_the_members_accept() -> None:
    asked = incident(4, "membership_vote_opened", "C", alignment=9, question="admit")
    joined = incident(8, "alliance_joined", "C", "A", "B", alignment=9, commitment="defence")
    (pact,) = diplomacy([asked, joined]).pacts
    assert parts(pact) == (8, 4, "C", ("A", "B"), True, False)


def test_a_treaty_has_one_offer_for_each_state_invited() -> None:
    log = [
        incident(1, "treaty_proposed", "A", "B", "C", "D", treaty=5, commitment="defence", against="E"),
        incident(2, "treaty_signed", "B", "A", treaty=5),
        incident(3, "treaty_declined", "C", "A", treaty=5),
        formed(4, "A", "B", against="E"),
    ]
    found = diplomacy(log)
    assert [(offer.to, offer.answer) for offer in found.offers] == [
        ("B", "accepted"),
        ("C", "refused"),
        ("D", "unanswered"),
    ]
    assert [parts(pact) for pact in found.pacts] == [(4, 1, "A", ("B",), True, True)]


def test_a_treaty_that_fails_leaves_its_open_offers_unanswered() -> None:
    log = [
        incident(1, "treaty_proposed", "A", "B", "C", treaty=5, commitment="defence", against=None),
        incident(2, "treaty_declined", "B", "A", treaty=5),
        incident(3, "treaty_failed", "A", "B", "C", treaty=5),
        formed(9, "A", "C"),
    ]
    found = diplomacy(log)
    assert [offer.answer for offer in found.offers] == ["refused", "unanswered"]
    assert not found.pacts[0].is_offered
