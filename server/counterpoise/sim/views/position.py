"""What a state can know before it moves: the facts that the rules of moves ask for.

A move states its rules once, as questions to a ``Position``. The engine asks a ``WorldPosition`` when it takes an order and
when it applies the order. A seat asks a ``ViewPosition`` to list its legal moves. A view holds less than the world: where it
does not know an answer, it gives one that refuses nothing.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Container, Sequence

from counterpoise.sim.relations.conflicts import Crisis
from counterpoise.sim.relations.influence import Aid, Campaign
from counterpoise.sim.relations.pacts import Alignment, MembershipVote, Proposal
from counterpoise.sim.types import ActorId, AidKind, CallReason, CrisisResponse, Intent, SanctionScope, TalkLevel
from counterpoise.sim.views.view import (
    AidView,
    AlignmentView,
    CampaignView,
    CrisisView,
    MembershipVoteView,
    OwnState,
    ProposalView,
)
from counterpoise.sim.world import Actor

Sides = tuple[tuple[ActorId, ...], tuple[ActorId, ...]]
"""The attackers and the defenders of a war; each side's leader comes first."""


class Position(ABC):
    """The position of one actor now, read only.

    Moves come from outside, so a code may be any text. A rule checks that a code is in ``others`` before it asks a method
    about that state.
    """

    actor: ActorId
    own: Actor | OwnState

    # The actor's own state.

    @property
    @abstractmethod
    def is_mobilized(self) -> bool:
        """Whether the actor's reserves are up."""

    @property
    @abstractmethod
    def is_repressing(self) -> bool:
        """Whether the actor holds its opposition down."""

    @property
    @abstractmethod
    def has_provided(self) -> bool:
        """Whether the actor has provided for its people in this window."""

    @property
    @abstractmethod
    def leads_movement(self) -> bool:
        """Whether the actor leads the movement of its regime family."""

    @property
    @abstractmethod
    def has_kindred_regimes(self) -> bool:
        """Whether another active state is of the actor's regime family."""

    @property
    @abstractmethod
    def talk(self) -> TalkLevel:
        """What states may write to each other."""

    # Other states, by code.

    @property
    @abstractmethod
    def others(self) -> Container[str]:
        """The active states other than the actor."""

    @property
    @abstractmethod
    def enemies(self) -> Container[str]:
        """The states that the actor is at war with."""

    @property
    @abstractmethod
    def comrades(self) -> Container[str]:
        """The states on the actor's side of its wars, the actor included."""

    @property
    @abstractmethod
    def crisis_opponents(self) -> Container[str]:
        """The states in a crisis with the actor, the actor included."""

    @property
    @abstractmethod
    def offered(self) -> Container[str]:
        """The states to which an offer of alliance from the actor is open."""

    @property
    @abstractmethod
    def pressed(self) -> Container[str]:
        """The states that have not yet answered a demand that the actor has tied to its aid."""

    @abstractmethod
    def are_at_war(self, a: str, b: str) -> bool:
        """Return whether two states fight each other."""

    @abstractmethod
    def is_rival(self, code: str) -> bool:
        """Return whether the actor and another state are rivals."""

    @abstractmethod
    def occupies(self, code: str) -> bool:
        """Return whether the actor holds land of another state."""

    @abstractmethod
    def known_access(self, code: str) -> float:
        """Return the access to the actor's politics, in [0, 1], that another state is known to have."""

    @abstractmethod
    def has_claim(self, claimant: str, of: str) -> bool | None:
        """Return whether one state claims something of another, or ``None`` if the actor's view does not show it."""

    @abstractmethod
    def stated_intent(self, speaker: str, towards: str) -> Intent | None:
        """Return what one state last said it intends towards another, or ``None`` if the actor's view does not show it."""

    # Alignments and proposals.

    @abstractmethod
    def own_alignment(self, number: int) -> Alignment | AlignmentView | None:
        """Return an alignment of the actor that is in force. Others' alignments stay unknown, even their existence."""

    @abstractmethod
    def alignments_with(self, code: str) -> Sequence[Alignment | AlignmentView]:
        """Return the alignments in force that the actor shares with another state."""

    @abstractmethod
    def are_aligned(self, a: str, b: str) -> bool:
        """Return whether two states share an alignment that the actor knows of."""

    @abstractmethod
    def known_alignment(self, number: int) -> Alignment | AlignmentView | None:
        """Return an alignment in force that the actor may see, its own or not."""

    @abstractmethod
    def offer(self, number: int) -> Proposal | ProposalView | None:
        """Return an open offer of alliance made to the actor."""

    @property
    @abstractmethod
    def invitations(self) -> Container[int]:
        """The pacts that the actor is invited to join."""

    @property
    @abstractmethod
    def has_open_treaty(self) -> bool:
        """Whether a treaty of three or more states that the actor proposed is open for signature."""

    @abstractmethod
    def is_invited(self, code: str, alignment: int) -> bool:
        """Return whether an invitation of another state to a pact of the actor is open."""

    @abstractmethod
    def membership_vote(self, number: int) -> MembershipVote | MembershipVoteView | None:
        """Return an open vote on a pact's members in which the actor has still to vote."""

    @abstractmethod
    def is_voted_on(self, code: str, alignment: int) -> bool:
        """Return whether a vote on a state's membership is open that the actor may see."""

    # Crises and wars, which are public, and what the actor has to answer.

    @abstractmethod
    def crisis(self, number: int) -> Crisis | CrisisView | None:
        """Return a crisis under way."""

    @abstractmethod
    def own_response(self, crisis: int) -> CrisisResponse | None:
        """Return the actor's answer to the present stage of a crisis under way, if it has given one."""

    @abstractmethod
    def sides(self, war: int) -> Sides | None:
        """Return the two sides of a war under way."""

    @abstractmethod
    def has_offered_peace(self, war: int) -> bool:
        """Return whether a peace offer of the actor stands in a war under way."""

    @abstractmethod
    def is_peace_discussed(self, war: int) -> bool:
        """Return whether a peace offer or a mediator's question is open in a war under way."""

    @abstractmethod
    def is_called(self, reason: CallReason, subject: int) -> bool:
        """Return whether the actor is asked to answer about this subject."""

    @abstractmethod
    def has_question(self, number: int) -> bool:
        """Return whether this question is open to the actor."""

    # Aid and penetration.

    @abstractmethod
    def aid_to(self, code: str, kind: AidKind) -> Aid | AidView | None:
        """Return the aid of a kind that the actor gives to another state."""

    @abstractmethod
    def has_condition(self, number: int) -> bool:
        """Return whether a demand tied to aid is open."""

    @abstractmethod
    def has_sanction(self, code: str, scope: SanctionScope) -> bool:
        """Return whether a sanction of the actor against another state is in force."""

    @abstractmethod
    def campaign_in(self, code: str) -> Campaign | CampaignView | None:
        """Return the actor's campaign in the politics of another state."""
