"""What states negotiate when a pact has many members: treaties open for signature, and votes on who is a member."""

from __future__ import annotations

from dataclasses import dataclass

from counterpoise.sim.types import ActorId, Commitment, MembershipQuestion


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
