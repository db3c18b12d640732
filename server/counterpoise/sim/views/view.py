"""The view of one seat: these records are all that leaves the simulation for a player.

``view_builder.py`` fills them. Every field is public, the seat's own, or the seat's own estimate. The records of which a view
has dozens are structs: making one takes a tenth of the time of a frozen dataclass. Seats share what is public, so dicts in a view
are read-only too (``read_only.py``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from msgspec import Struct

from counterpoise.sim.scenario import Objective
from counterpoise.sim.score_parts import ScoreParts
from counterpoise.sim.types import (
    ActorId,
    AidDemand,
    AidKind,
    CallReason,
    Commitment,
    CrisisResponse,
    Intent,
    Issue,
    Means,
    MembershipQuestion,
    PeaceTerms,
    PenetrationAim,
    Posture,
    QuestionKind,
    Role,
    SanctionScope,
    TalkLevel,
)


@dataclass(frozen=True, slots=True)
class OwnState:
    """The seat's own state. Traits and shares in [0, 1]; treasury in per cent of a year's budget.

    All of it is exact but for ``score`` and ``score_parts``, which reckon with the power that this state believes others to have.
    """

    id: ActorId
    name: str
    role: Role
    active: bool
    components: tuple[float, ...]
    power: float
    offense: float
    technology: float
    offensive_share: float
    posture: Posture
    treasury: float
    family: str
    legitimacy: float
    openness: float
    constraint: float
    mobilized: bool
    occupied: float
    occupier: ActorId | None
    repressing: bool
    provided: bool
    score: float
    goals: tuple[str, ...]
    briefing: str
    nuclear: bool = False
    centres: int = 1
    """How many centres of power must agree on policy."""
    standing: float = 0.0
    """How the regime stands with its movement, in [-1, 1] (``kinship.py``)."""
    score_parts: ScoreParts = field(default_factory=ScoreParts)
    """What the score is made of, in points: the means of its years, which sum to the score."""
    objectives: tuple[Objective, ...] = ()
    """What the score's part ``objectives`` pays for; the others see the public ones."""


class OtherState(Struct, frozen=True, gc=False):
    """Another state as this seat sees it.

    ``power`` and ``offense`` are estimates. ``hostility``, ``cooperation``, ``hostile_statements`` and ``broken_promises`` are
    what this seat's state remembers of the other's acts, ``subversion`` what its services have found or suspect.
    """

    id: ActorId
    name: str
    role: Role
    power: float
    offense: float
    family: str
    km: float
    contiguity: int
    proximity: float
    """The proximity g of the two states, in (0, 1] (``geography.proximity``)."""
    reach: float
    """The share of the other state's force that is left on this state's ground, in (0, 1] (``geography.reach``)."""
    similarity: float
    divisive: bool
    rivalry: bool
    claim: Issue | None
    claimed: Issue | None
    hostility: float
    cooperation: float
    hostile_statements: float
    subversion: float
    broken_promises: float
    stated_intent: Intent
    aligned: bool
    at_war: bool
    penetration: float
    access: float
    occupied: float
    occupier: ActorId | None
    honoured: int
    reneged: int
    nuclear: bool = False
    refused: bool = False
    """Whether it refused a pact that this seat offered, within the last year."""


class AlignmentView(Struct, frozen=True, gc=False):
    """An alignment that this seat may see."""

    id: int
    members: tuple[ActorId, ...]
    commitment: Commitment
    since: int
    against: ActorId | None
    secret: bool
    lead: ActorId | None
    name: str
    until: int | None = None


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal that this seat made or received, or an invitation to a pact of its own."""

    id: int
    proposer: ActorId
    to: ActorId
    commitment: Commitment
    against: ActorId | None
    secret: bool
    deadline: int
    years: float | None = None
    name: str = ""
    alignment: int | None = None
    """The pact that ``to`` is invited to join."""
    treaty: bool = False
    """Whether it is a new treaty of three or more states, which ``to`` is asked to sign."""
    parties: tuple[ActorId, ...] = ()
    """The other states that the pact binds or would bind beside ``proposer`` and ``to``."""
    needed: int = 0
    """How many of the invited states must sign a new treaty of three or more; 0 for other proposals."""


@dataclass(frozen=True, slots=True)
class MembershipVoteView:
    """A vote on the members of a pact that this seat shares, or that it asked to join; the view hides how others voted."""

    id: int
    alignment: int
    question: MembershipQuestion
    state: ActorId
    asker: ActorId
    deadline: int
    consented: bool
    """Whether this seat has consented."""


@dataclass(frozen=True, slots=True)
class CrisisView:
    """A crisis under way. ``own_response`` is this seat's answer at the present stage; the view hides other answers."""

    id: int
    initiator: ActorId
    target: ActorId
    aim: Issue
    level: int
    opened: int
    deadline: int
    own_response: CrisisResponse | None
    demand: str
    supporters: dict[ActorId, ActorId]
    ultimatum: bool = False
    mediators: tuple[ActorId, ...] = ()


class SpoilsView(Struct, frozen=True, gc=False):
    """What this seat may expect if a side of a war wins with it, by its own estimate of every state's power.

    ``side`` is the side's leader, ``money`` is in per cent of this seat's yearly budget, ``claims`` are the losers on which this
    seat has a claim.
    """

    side: ActorId
    money: float
    claims: tuple[ActorId, ...]


@dataclass(frozen=True, slots=True)
class WarView:
    """A war under way.

    ``win_chance`` is the public probability that the attackers win, ``offers`` are the states that offer peace, ``terms`` the
    terms of their offers. ``spoils`` is what this seat may expect if it is on the winning side: one entry for each side that it
    is on or could join.
    """

    id: int
    attackers: tuple[ActorId, ...]
    defenders: tuple[ActorId, ...]
    aim: Issue
    since: int
    win_chance: float
    offers: tuple[ActorId, ...]
    terms: dict[ActorId, PeaceTerms] = field(default_factory=dict)
    brokered: bool = False
    spoils: tuple[SpoilsView, ...] = ()


class AidView(Struct, frozen=True, gc=False):
    """A flow of aid that this seat gives or receives, or that is public; economic aid is public."""

    donor: ActorId
    recipient: ActorId
    kind: AidKind
    amount: float
    condition: str


class ConditionView(Struct, frozen=True, gc=False):
    """A demand tied to aid that this seat gives or receives."""

    id: int
    donor: ActorId
    recipient: ActorId
    aid: AidKind
    demand: AidDemand
    about: ActorId | None
    deadline: int
    promised: bool


class SanctionView(Struct, frozen=True, gc=False):
    """A sanction in force; sanctions are public."""

    sender: ActorId
    target: ActorId
    scope: SanctionScope
    since: int


class CampaignView(Struct, frozen=True, gc=False):
    """A campaign of this seat to gain access to another state's politics."""

    target: ActorId
    means: Means
    aim: PenetrationAim
    effort: float
    until: int
    open: bool = False


@dataclass(frozen=True, slots=True)
class CallView:
    """A call that this seat must answer.

    ``defaults`` is what is answered for the seat at the deadline: of several answers, chance draws one.
    """

    id: int
    reason: CallReason
    subject: int
    deadline: int
    asker: ActorId | None
    defaults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question to this seat for the debrief, which it may answer or skip in its own time."""

    id: int
    ask: QuestionKind
    about: ActorId | None
    words: str
    opened: int
    closes: int


@dataclass(frozen=True, slots=True)
class View:
    """Everything that a seat may know at a tick.

    ``occasion`` is ``window`` if a decision window opens at this tick. Otherwise it is ``call``, and the seat is only asked to
    answer its ``calls``.
    """

    tick: int
    date: str
    end: int
    window: int
    occasion: Literal["window", "call"]
    own: OwnState
    others: tuple[OtherState, ...]
    alignments: tuple[AlignmentView, ...]
    proposals: tuple[ProposalView, ...]
    membership_votes: tuple[MembershipVoteView, ...]
    crises: tuple[CrisisView, ...]
    wars: tuple[WarView, ...]
    aid: tuple[AidView, ...]
    conditions: tuple[ConditionView, ...]
    campaigns: tuple[CampaignView, ...]
    leaders: dict[str, ActorId]
    """The leader of each movement, by regime family."""
    calls: tuple[CallView, ...]
    incidents: tuple[dict[str, Any], ...]
    """The newest incidents that this seat may see (at most 50), oldest first: ``id, date, tick, kind, actors, detail``."""
    rivalries: tuple[tuple[ActorId, ActorId], ...] = ()
    """The pairs of existing states that are rivals, each once. Everyone knows who sees whom as an enemy."""
    talk: TalkLevel = "free"
    """What states may write to each other: nothing, messages to everyone, offers without words, or anything."""
    sanctions: tuple[SanctionView, ...] = ()
    """All sanctions in force, the oldest first."""
    public_objectives: dict[ActorId, tuple[Objective, ...]] = field(default_factory=dict)
    """What other states are known to want, by state; those that have no public objective are absent."""
    questions: tuple[QuestionView, ...] = ()
    """Open questions to this seat for the debrief. The clock waits for no answer, and nothing depends on one."""
