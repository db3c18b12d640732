"""Pacts: alignments, and what states negotiate about them: proposals, treaties open for signature, votes on members."""

from __future__ import annotations

from dataclasses import dataclass, field

from counterpoise.sim.types import ActorId, Commitment, MembershipQuestion


@dataclass(slots=True)
class Alignment:
    """A commitment between actors, formal or informal. ``lead`` is the guarantor or supplier of a one-sided promise."""

    id: int
    members: tuple[ActorId, ...]
    commitment: Commitment
    since: int
    against: ActorId | None = None
    secret: bool = False
    lead: ActorId | None = None
    name: str = ""
    until: int | None = None
    """The tick at which it ended or ends; ``None`` if it has no end yet."""
    ended: bool = False
    known_to: tuple[ActorId, ...] = ()
    """Other states that know of this secret alignment: they discovered it, left it, or were asked to join it."""
    joined: dict[ActorId, int] = field(default_factory=dict)
    """The tick at which each state that was no first member joined, also if it has left since."""

    def seen_by(self, actor: ActorId) -> bool:
        """Tell whether a state may see this alignment."""
        return not self.secret or actor in self.members or actor in self.known_to

    def binds_since(self, a: ActorId, b: ActorId) -> int:
        """Return the tick from which it binds two members: when it was formed, or when the later of the two joined."""
        return max(self.since, *(self.joined.get(member, self.since) for member in (a, b)))


@dataclass(slots=True)
class Proposal:
    """A proposed alliance, or an invitation to sign or join a pact; only the two sides see it."""

    id: int
    proposer: ActorId
    to: ActorId
    commitment: Commitment
    against: ActorId | None
    secret: bool
    opened: int
    deadline: int
    years: float | None = None
    """The term of the alliance in years; ``None`` for no end."""
    name: str = ""
    """What the alliance is called."""
    alignment: int | None = None
    """The pact that ``to`` is invited to join; ``None`` for a new alliance."""
    treaty: int | None = None
    """The treaty of three or more states that ``to`` is asked to sign."""


@dataclass(slots=True)
class Treaty:
    """A new pact of three or more states that is open for signature; each invited state has a proposal of its own."""

    id: int
    founder: ActorId
    invited: tuple[ActorId, ...]
    commitment: Commitment
    against: ActorId | None
    secret: bool
    name: str
    years: float | None
    needed: int
    """How many of the invited states must sign, so that the pact comes into force."""
    opened: int
    deadline: int
    signed: tuple[ActorId, ...] = ()
    """The invited states that have signed."""

    @property
    def parties(self) -> tuple[ActorId, ...]:
        """All states that negotiate; they see the treaty and who signs it."""
        return (self.founder, *self.invited)


@dataclass(slots=True)
class MembershipVote:
    """A vote of a pact's members: whether to invite, admit or expel a state. All other members must consent."""

    id: int
    alignment: int
    question: MembershipQuestion
    state: ActorId
    """The state that would join or be expelled."""
    asker: ActorId
    """The member that moved the vote, or the state that asks to be admitted."""
    opened: int
    deadline: int
    consented: tuple[ActorId, ...] = ()
    """The members that have voted; a vote against ends the matter."""

    def seen_by(self, actor: ActorId, members: tuple[ActorId, ...]) -> bool:
        """Tell whether a state may see the vote: a member that is not to be expelled, or the state that asks to be admitted."""
        if self.question == "expel":
            return actor in members and actor != self.state
        return actor in members or (self.question == "admit" and actor == self.state)
