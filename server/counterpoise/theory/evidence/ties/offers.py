"""Who proposed each tie that was made in play, and what became of each offer.

A tie of two states is one choice of its proposer, and an answer to it of the other. Offers are proposals of an alliance,
treaties open for signature, and invitations to a pact. Ties that no offer led to are guarantees, which need no answer, and those
that a record or an inject makes; of these the first state named stands for the proposer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Incident

Answer = Literal["accepted", "refused", "unanswered"]


@dataclass(slots=True)
class Offer:
    """One offer of an alliance to one state."""

    tick: int
    """When it was made."""
    proposer: ActorId
    to: ActorId
    commitment: str
    against: ActorId | None
    """The state that the pact names as its threat."""
    answer: Answer | None = None
    """``None`` while it waits for an answer."""
    answered: int | None = None
    """When it was accepted or refused."""


@dataclass(frozen=True, slots=True)
class Pact:
    """One new tie: an alliance that was formed, or the entry of a state into one."""

    tick: int
    """When it was made."""
    chosen: int
    """When its proposer chose it: when the offer was made, or the pact itself without an offer."""
    proposer: ActorId
    partners: tuple[ActorId, ...]
    """The states that the proposer became tied to."""
    commitment: str
    against: ActorId | None
    """The state that the pact names as its threat."""
    alignment: int
    """The number of the alliance."""
    is_offered: bool
    """Whether an offer led to it. If so, the partners answered somebody else's choice."""
    is_new: bool
    """Whether the alliance was formed by it, not joined."""


class _Desk:
    """The offers of a session that wait for an answer."""

    def __init__(self) -> None:
        self.changed: list[Offer] = []
        """The offers that the present incident opened or closed."""
        self.proposals: dict[object, tuple[Offer, Incident]] = {}
        """Open proposals and invitations by their number, with the incident that made them."""
        self.treaties: dict[object, dict[ActorId, Offer]] = {}
        """Open treaties by their number: the offer to each state invited."""
        self.requests: dict[tuple[object, ActorId], int] = {}
        """When each state asked to join each pact."""

    def open_offer(self, incident: Incident, to: ActorId) -> Offer:
        offer = Offer(
            incident.tick,
            incident.actors[0],
            to,
            str(incident.detail.get("commitment")),
            _named_threat(incident),
        )
        self.changed.append(offer)
        return offer

    def close(self, offer: Offer, answer: Answer, tick: int | None) -> None:
        offer.answer, offer.answered = answer, tick
        self.changed.append(offer)

    def accepted_proposal(self, incident: Incident) -> Offer | None:
        """Return the oldest open proposal whose terms are those of a tie that was just made, and close it as accepted."""
        for number, (offer, made) in self.proposals.items():
            if _leads_to(offer, made, incident):
                del self.proposals[number]
                self.close(offer, "accepted", incident.tick)
                return offer
        return None


@dataclass(frozen=True, slots=True)
class Diplomacy:
    """The offers and the new ties of one session, oldest first."""

    offers: list[Offer] = field(default_factory=list)
    pacts: list[Pact] = field(default_factory=list)


class DiplomacyReader:
    """Reads the offers and the new ties of one session as they happen."""

    def __init__(self) -> None:
        self._desk = _Desk()

    def read(self, incident: Incident) -> list[Offer | Pact]:
        """Return the offers that an incident opened or closed and the tie that it made; incidents come oldest first."""
        desk, kind, detail, pacts = self._desk, incident.kind, incident.detail, []
        desk.changed = []
        if kind == "alliance_proposed":
            desk.proposals[detail.get("proposal")] = (desk.open_offer(incident, incident.actors[1]), incident)
        elif kind in ("alliance_refused", "alliance_lapsed"):
            known = desk.proposals.pop(detail.get("proposal"), None)
            if known is not None:
                is_refusal = kind == "alliance_refused"
                desk.close(known[0], "refused" if is_refusal else "unanswered", incident.tick if is_refusal else None)
        elif kind == "treaty_proposed":
            desk.treaties[detail.get("treaty")] = {to: desk.open_offer(incident, to) for to in incident.actors[1:]}
        elif kind in ("treaty_signed", "treaty_declined"):
            signed = desk.treaties.get(detail.get("treaty"), {}).get(incident.actors[0])
            if signed is not None:
                desk.close(signed, "accepted" if kind == "treaty_signed" else "refused", incident.tick)
        elif kind == "treaty_failed":
            for offer in desk.treaties.pop(detail.get("treaty"), {}).values():
                if offer.answer is None:
                    desk.close(offer, "unanswered", None)
        elif kind == "membership_vote_opened" and detail.get("question") == "admit":
            desk.requests[detail.get("alignment"), incident.actors[0]] = incident.tick
        elif kind == "alliance_formed":
            pacts.append(_formed(incident, desk))
        elif kind == "alliance_renewed":
            desk.accepted_proposal(incident)
        elif kind == "alliance_joined":
            pacts.append(_joined(incident, desk))
        return [*desk.changed, *pacts]


def diplomacy(incidents: Sequence[Incident]) -> Diplomacy:
    """Return the offers and the new ties among the incidents of a session, which come oldest first."""
    reader, found = DiplomacyReader(), Diplomacy()
    for incident in incidents:
        for one in reader.read(incident):
            if isinstance(one, Pact):
                found.pacts.append(one)
            elif one.tick == incident.tick and one.answer is None:
                found.offers.append(one)
    return found


def _leads_to(offer: Offer, made: Incident, tie: Incident) -> bool:
    """Tell whether an open proposal has the states and the terms of a tie."""
    pact = made.detail.get("alignment")
    if tie.kind == "alliance_joined":
        return pact is not None and pact == tie.detail.get("alignment") and offer.to == tie.actors[0]
    if pact is not None or tie.actors != (offer.proposer, offer.to):
        return False
    # A renewal names neither the threat nor whether the alliance is secret.
    shared = ("commitment",) if tie.kind == "alliance_renewed" else ("commitment", "against", "secret")
    return all(made.detail.get(name) == tie.detail.get(name) for name in shared)


def _formed(incident: Incident, desk: _Desk) -> Pact:
    proposer, *others = incident.actors
    offer = desk.accepted_proposal(incident)
    if offer is None:
        offer = _concluded_treaty(incident, desk)
    return _pact(incident, proposer, tuple(others), None if offer is None else offer.tick, is_offered=offer is not None)


def _concluded_treaty(incident: Incident, desk: _Desk) -> Offer | None:
    """Return an offer of the treaty that came into force by a tie, and close the treaty; ``None`` if it was no treaty."""
    founder, *others = incident.actors
    for number, offers in desk.treaties.items():
        signed = [to for to, offer in offers.items() if offer.answer == "accepted"]
        some = next(iter(offers.values()))
        if some.proposer == founder and others and all(state in signed for state in others):
            for offer in offers.values():
                if offer.answer is None:
                    desk.close(offer, "unanswered", None)
            del desk.treaties[number]
            return some
    return None


def _joined(incident: Incident, desk: _Desk) -> Pact:
    newcomer, *members = incident.actors
    offer = desk.accepted_proposal(incident)
    if offer is not None:
        return _pact(incident, offer.proposer, (newcomer,), offer.tick, is_offered=True)
    asked = desk.requests.pop((incident.detail.get("alignment"), newcomer), None)
    return _pact(incident, newcomer, tuple(members), asked, is_offered=asked is not None)


def _pact(
    incident: Incident, proposer: ActorId, partners: tuple[ActorId, ...], chosen: int | None, *, is_offered: bool
) -> Pact:
    number = incident.detail.get("alignment")
    return Pact(
        tick=incident.tick,
        chosen=incident.tick if chosen is None else chosen,
        proposer=proposer,
        partners=partners,
        commitment=str(incident.detail.get("commitment")),
        against=_named_threat(incident),
        alignment=number if isinstance(number, int) else 0,
        is_offered=is_offered,
        is_new=incident.kind == "alliance_formed",
    )


def _named_threat(incident: Incident) -> ActorId | None:
    named = incident.detail.get("against")
    return ActorId(named) if isinstance(named, str) else None
