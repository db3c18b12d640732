"""The position of an actor, read from the world: the facts on which the engine takes or refuses an order."""

from __future__ import annotations

from collections.abc import Container, Sequence

from counterpoise.sim.relations.conflicts import Crisis
from counterpoise.sim.relations.influence import Aid, Campaign
from counterpoise.sim.relations.pacts import Alignment, MembershipVote, Proposal
from counterpoise.sim.types import ActorId, AidKind, CallReason, CrisisResponse, Intent, SanctionScope, TalkLevel
from counterpoise.sim.views.position import Position, Sides
from counterpoise.sim.world import Actor, World


class _OtherStates(Container[str]):
    """The active states other than one actor. An order asks about one or two of them, so no list of all is made."""

    __slots__ = ("_actor", "_world")

    def __init__(self, world: World, actor: ActorId) -> None:
        self._world, self._actor = world, actor

    def __contains__(self, code: object) -> bool:
        found = self._world.actors.get(ActorId(str(code)))
        return found is not None and found.active and found.id != self._actor


class WorldPosition(Position):
    """What the world says about one actor's position."""

    __slots__ = ("actor", "own", "world")

    def __init__(self, world: World, actor: ActorId) -> None:
        self.world, self.actor = world, actor
        self.own: Actor = world.actors[actor]

    @property
    def is_mobilized(self) -> bool:
        return self.own.mobilized_until > self.world.tick

    @property
    def is_repressing(self) -> bool:
        return self.own.repressed_until > self.world.tick

    @property
    def has_provided(self) -> bool:
        return self.own.provided_until > self.world.tick

    @property
    def leads_movement(self) -> bool:
        return self.world.leaders.get(self.own.family) == self.actor

    @property
    def has_kindred_regimes(self) -> bool:
        return any(other.family == self.own.family and other.id != self.actor for other in self.world.active())

    @property
    def talk(self) -> TalkLevel:
        return self.world.talk.level

    @property
    def others(self) -> Container[str]:
        return _OtherStates(self.world, self.actor)

    @property
    def enemies(self) -> Container[str]:
        return [enemy for war in self.world.wars.values() for enemy in war.enemies_of(self.actor)]

    @property
    def comrades(self) -> Container[str]:
        return [member for war in self.world.wars_of(self.actor) for member in war.side_of(self.actor)]

    @property
    def crisis_opponents(self) -> Container[str]:
        pairs = [(crisis.initiator, crisis.target) for crisis in self.world.crises.values()]
        return [state for pair in pairs if self.actor in pair for state in pair]

    @property
    def offered(self) -> Container[str]:
        return [offer.to for offer in self.world.proposals.values() if offer.proposer == self.actor]

    @property
    def pressed(self) -> Container[str]:
        return [found.recipient for found in self.world.conditions.values() if found.donor == self.actor]

    def are_at_war(self, a: str, b: str) -> bool:
        return self.world.at_war(ActorId(a), ActorId(b))

    def is_rival(self, code: str) -> bool:
        other = ActorId(code)
        return self.world.dyad(self.actor, other).rivalry or self.world.dyad(other, self.actor).rivalry

    def occupies(self, code: str) -> bool:
        return self.world.actors[ActorId(code)].occupier == self.actor

    def known_access(self, code: str) -> float:
        return self.world.dyad(self.actor, ActorId(code)).penetration_known

    def has_claim(self, claimant: str, of: str) -> bool:
        return self.world.dyad(ActorId(of), ActorId(claimant)).claim is not None

    def stated_intent(self, speaker: str, towards: str) -> Intent:
        return self.world.dyad(ActorId(towards), ActorId(speaker)).stated_intent

    def own_alignment(self, number: int) -> Alignment | None:
        found = self.world.alignments.get(number)
        return None if found is None or found.ended or self.actor not in found.members else found

    def alignments_with(self, code: str) -> Sequence[Alignment]:
        return list(self.world.alignments_between(self.actor, ActorId(code)))

    def are_aligned(self, a: str, b: str) -> bool:
        return any(found.seen_by(self.actor) for found in self.world.alignments_between(ActorId(a), ActorId(b)))

    def known_alignment(self, number: int) -> Alignment | None:
        found = self.world.alignments.get(number)
        return None if found is None or found.ended or not found.seen_by(self.actor) else found

    @property
    def invitations(self) -> Container[int]:
        offers = [offer for offer in self.world.proposals.values() if offer.to == self.actor]
        return [offer.alignment for offer in offers if offer.alignment is not None]

    @property
    def has_open_treaty(self) -> bool:
        return any(treaty.founder == self.actor for treaty in self.world.treaties.values())

    def is_invited(self, code: str, alignment: int) -> bool:
        return any((offer.to, offer.alignment) == (code, alignment) for offer in self.world.proposals.values())

    def membership_vote(self, number: int) -> MembershipVote | None:
        return self.world.membership_votes.get(number) if self.is_called("membership", number) else None

    def is_voted_on(self, code: str, alignment: int) -> bool:
        return any(
            vote.state == code and vote.alignment == alignment and self._sees(vote)
            for vote in self.world.membership_votes.values()
        )

    def _sees(self, vote: MembershipVote) -> bool:
        return vote.seen_by(self.actor, self.world.alignments[vote.alignment].members)

    def offer(self, number: int) -> Proposal | None:
        found = self.world.proposals.get(number)
        return None if found is None or found.to != self.actor else found

    def crisis(self, number: int) -> Crisis | None:
        return self.world.crises.get(number)

    def own_response(self, crisis: int) -> CrisisResponse | None:
        return self.world.crises[crisis].responses.get(self.actor)

    def sides(self, war: int) -> Sides | None:
        found = self.world.wars.get(war)
        return None if found is None else (found.attackers, found.defenders)

    def has_offered_peace(self, war: int) -> bool:
        return self.actor in self.world.wars[war].peace_offers

    def is_peace_discussed(self, war: int) -> bool:
        found = self.world.wars[war]
        return bool(found.peace_offers) or found.brokered_until > self.world.tick

    def is_called(self, reason: CallReason, subject: int) -> bool:
        return self.world.open_call(self.actor, reason, subject) is not None

    def has_question(self, number: int) -> bool:
        found = self.world.questions.get(number)
        return found is not None and found.seat == self.actor

    def aid_to(self, code: str, kind: AidKind) -> Aid | None:
        return self.world.aid.get((self.actor, ActorId(code), kind))

    def has_condition(self, number: int) -> bool:
        return number in self.world.conditions

    def has_sanction(self, code: str, scope: SanctionScope) -> bool:
        return (self.actor, ActorId(code), scope) in self.world.sanctions

    def campaign_in(self, code: str) -> Campaign | None:
        return self.world.campaigns.get((self.actor, ActorId(code)))
