"""The position of a seat, read from its view: the facts on which a seat lists its legal moves."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import cached_property

from counterpoise.sim.types import AidKind, CallReason, CrisisResponse, Intent, SanctionScope, TalkLevel
from counterpoise.sim.views.position import Position, Sides
from counterpoise.sim.views.view import (
    AidView,
    AlignmentView,
    CampaignView,
    CrisisView,
    MembershipVoteView,
    OtherState,
    OwnState,
    ProposalView,
    View,
)


class ViewPosition(Position):
    """What a view says about its seat's position.

    Listing a seat's legal moves asks thousands of questions, so lists of the view are indexed when a rule first needs them.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self.actor = view.own.id
        self.own: OwnState = view.own
        self._states: dict[str, OtherState] = {other.id: other for other in view.others}

    @property
    def is_mobilized(self) -> bool:
        return self.own.mobilized

    @property
    def is_repressing(self) -> bool:
        return self.own.repressing

    @property
    def has_provided(self) -> bool:
        return self.own.provided

    @property
    def leads_movement(self) -> bool:
        return self.view.leaders.get(self.own.family) == self.actor

    @property
    def has_kindred_regimes(self) -> bool:
        return any(other.family == self.own.family for other in self.view.others)

    @property
    def talk(self) -> TalkLevel:
        return self.view.talk

    @cached_property
    def others(self) -> Container[str]:
        return dict.fromkeys(other.id for other in self.view.others)

    @cached_property
    def enemies(self) -> Container[str]:
        return dict.fromkeys(other.id for other in self.view.others if other.at_war)

    @cached_property
    def comrades(self) -> Container[str]:
        sides = [side for war in self.view.wars for side in (war.attackers, war.defenders) if self.actor in side]
        return dict.fromkeys(member for side in sides for member in side)

    @cached_property
    def crisis_opponents(self) -> Container[str]:
        pairs = [(crisis.initiator, crisis.target) for crisis in self.view.crises]
        return dict.fromkeys(state for pair in pairs if self.actor in pair for state in pair)

    @cached_property
    def offered(self) -> Container[str]:
        return dict.fromkeys(offer.to for offer in self.view.proposals if offer.proposer == self.actor)

    @cached_property
    def pressed(self) -> Container[str]:
        return dict.fromkeys(found.recipient for found in self.view.conditions if found.donor == self.actor)

    def are_at_war(self, a: str, b: str) -> bool:
        return b in self._enemies_of.get(a, ())

    def is_rival(self, code: str) -> bool:
        return self._states[code].rivalry

    def occupies(self, code: str) -> bool:
        return self._states[code].occupier == self.actor

    def known_access(self, code: str) -> float:
        return self._states[code].penetration

    def has_claim(self, claimant: str, of: str) -> bool | None:
        if of == self.actor:
            return self._states[claimant].claim is not None
        return self._states[of].claimed is not None if claimant == self.actor else None

    def stated_intent(self, speaker: str, towards: str) -> Intent | None:
        return self._states[speaker].stated_intent if towards == self.actor else None

    def own_alignment(self, number: int) -> AlignmentView | None:
        return self._own_alignments.get(number)

    def alignments_with(self, code: str) -> Sequence[AlignmentView]:
        return self._shared.get(code, ())

    def are_aligned(self, a: str, b: str) -> bool:
        return b in self._partners_of.get(a, ())

    def known_alignment(self, number: int) -> AlignmentView | None:
        return self._alignments.get(number)

    @cached_property
    def invitations(self) -> Container[int]:
        offers = [offer for offer in self.view.proposals if offer.to == self.actor]
        return dict.fromkeys(offer.alignment for offer in offers if offer.alignment is not None)

    @cached_property
    def has_open_treaty(self) -> bool:
        return any(offer.treaty and offer.proposer == self.actor for offer in self.view.proposals)

    def is_invited(self, code: str, alignment: int) -> bool:
        return any((offer.to, offer.alignment) == (code, alignment) for offer in self.view.proposals)

    def membership_vote(self, number: int) -> MembershipVoteView | None:
        if not self.is_called("membership", number):
            return None
        return next((vote for vote in self.view.membership_votes if vote.id == number), None)

    def is_voted_on(self, code: str, alignment: int) -> bool:
        return any((vote.state, vote.alignment) == (code, alignment) for vote in self.view.membership_votes)

    def offer(self, number: int) -> ProposalView | None:
        return next((offer for offer in self.view.proposals if (offer.id, offer.to) == (number, self.actor)), None)

    def crisis(self, number: int) -> CrisisView | None:
        return next((crisis for crisis in self.view.crises if crisis.id == number), None)

    def own_response(self, crisis: int) -> CrisisResponse | None:
        return next(found.own_response for found in self.view.crises if found.id == crisis)

    def sides(self, war: int) -> Sides | None:
        return next(((found.attackers, found.defenders) for found in self.view.wars if found.id == war), None)

    def has_offered_peace(self, war: int) -> bool:
        return any(found.id == war and self.actor in found.offers for found in self.view.wars)

    def is_peace_discussed(self, war: int) -> bool:
        return any(found.id == war and (found.brokered or bool(found.offers)) for found in self.view.wars)

    def is_called(self, reason: CallReason, subject: int) -> bool:
        return any((call.reason, call.subject) == (reason, subject) for call in self.view.calls)

    def has_question(self, number: int) -> bool:
        return any(question.id == number for question in self.view.questions)

    def aid_to(self, code: str, kind: AidKind) -> AidView | None:
        return self._aid.get((code, kind))

    def has_condition(self, number: int) -> bool:
        return any(condition.id == number for condition in self.view.conditions)

    def has_sanction(self, code: str, scope: SanctionScope) -> bool:
        return (code, scope) in self._sanctions

    def campaign_in(self, code: str) -> CampaignView | None:
        return self._campaigns.get(code)

    # Indexes.

    @cached_property
    def _alignments(self) -> dict[int, AlignmentView]:
        return {found.id: found for found in self.view.alignments}

    @cached_property
    def _own_alignments(self) -> dict[int, AlignmentView]:
        return {found.id: found for found in self.view.alignments if self.actor in found.members}

    @cached_property
    def _shared(self) -> dict[str, list[AlignmentView]]:
        shared: dict[str, list[AlignmentView]] = {}
        for found in self._own_alignments.values():
            for member in found.members:
                shared.setdefault(member, []).append(found)
        return shared

    @cached_property
    def _partners_of(self) -> dict[str, dict[str, None]]:
        partners: dict[str, dict[str, None]] = {}
        for found in self.view.alignments:
            for member in found.members:
                partners.setdefault(member, {}).update(dict.fromkeys(found.members))
        return partners

    @cached_property
    def _enemies_of(self) -> dict[str, dict[str, None]]:
        enemies: dict[str, dict[str, None]] = {}
        for war in self.view.wars:
            for side, opponents in ((war.attackers, war.defenders), (war.defenders, war.attackers)):
                for state in side:
                    enemies.setdefault(state, {}).update(dict.fromkeys(opponents))
        return enemies

    @cached_property
    def _aid(self) -> dict[tuple[str, AidKind], AidView]:
        return {(flow.recipient, flow.kind): flow for flow in self.view.aid if flow.donor == self.actor}

    @cached_property
    def _sanctions(self) -> dict[tuple[str, SanctionScope], None]:
        own = [(found.target, found.scope) for found in self.view.sanctions if found.sender == self.actor]
        return dict.fromkeys(own)

    @cached_property
    def _campaigns(self) -> dict[str, CampaignView]:
        return {campaign.target: campaign for campaign in self.view.campaigns}
