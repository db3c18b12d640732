"""Seats that several people share: who belongs to a seat, who decides for it, and what its members propose.

All of it comes from commands in the journal, so a replay knows who decided. The people stand in it by pseudonyms; their names
stand beside the journal, with their tokens.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
from msgspec import structs

from counterpoise.errors import OrderError
from counterpoise.sim.types import ActorId
from counterpoise.wire.seat_messages import Because, Deciding, Writing

PROPOSALS_MAX = 24


class Proposal(msgspec.Struct, frozen=True, array_like=True):
    """A move that a member proposes, as plain values with references in place of its texts."""

    id: str
    by: str
    move: dict[str, Any]


class Team(msgspec.Struct, frozen=True):
    """The people of one seat that several share."""

    members: tuple[str, ...] = ()
    """In the order in which they joined."""
    decider: str = ""
    because: Because = "first"
    deciding: Deciding = "fixed"
    writing: Writing = "anyone"
    proposals: tuple[Proposal, ...] = ()
    dropped: tuple[Proposal, ...] = ()
    """The proposals that were left over when the last window closed."""
    senders: dict[str, str] = {}
    """Who sent each order that waits for the clock, by the order's id."""


_NOBODY = Team()


class Sender(NamedTuple):
    """Which member of a shared seat sends an order, and of which proposal it came."""

    member: str = ""
    proposal: str = ""


NOBODY_IN_PARTICULAR = Sender()
"""Sends the orders of a seat that one person or a bot holds."""


class Teams:
    """The teams of a session, by seat. A seat that one person holds has none.

    Args:
        by_seat: the teams of a session that is restored.
    """

    def __init__(self, by_seat: Mapping[ActorId, Team] | None = None) -> None:
        self.by_seat: dict[ActorId, Team] = dict(by_seat or {})

    def of(self, seat: ActorId) -> Team:
        """Return the team of a seat; one without members if one person holds it."""
        return self.by_seat.get(seat, _NOBODY)

    def has(self, seat: ActorId) -> bool:
        """Return whether several people share a seat."""
        return len(self.of(seat).members) > 1

    def require_member(self, seat: ActorId, member: str, path: str) -> None:
        """Raise ``OrderError`` unless somebody belongs to a seat."""
        if member not in self.of(seat).members:
            raise OrderError("unknown_member", path, "a member of this seat", member, "unknown_member")

    def require_proposal(self, seat: ActorId, proposal: str, path: str) -> Proposal:
        """Return a proposal of a seat; raise ``OrderError`` if it was sent, dropped or never made."""
        found = next((one for one in self.of(seat).proposals if one.id == proposal), None)
        if found is None:
            got = "a proposal that was sent or dropped, or was never made"
            raise OrderError("no_proposal", path, "the id of a proposal of this seat", got, "proposal_gone")
        return found

    def require_place(self, seat: ActorId) -> None:
        """Raise ``OrderError`` if a seat has as many proposals as it may have."""
        if len(self.of(seat).proposals) >= PROPOSALS_MAX:
            got = f"this seat has {PROPOSALS_MAX} proposals, the most allowed. Send or drop one first."
            raise OrderError("too_many", "$", "", got, "too_many_proposals", {"most": PROPOSALS_MAX})

    def settle(self, seat: ActorId, deciding: Deciding, writing: Writing, decider: str) -> None:
        """Set how a seat decides and who writes its messages; ``decider`` is empty if the same member goes on."""
        team = structs.replace(self.of(seat), deciding=deciding, writing=writing)
        self.by_seat[seat] = structs.replace(team, decider=decider, because="moderator") if decider else team

    def join(self, seat: ActorId, member: str) -> None:
        """Add a member. The first one decides."""
        team = self.of(seat)
        team = structs.replace(team, members=(*(one for one in team.members if one != member), member))
        self.by_seat[seat] = team if team.decider else structs.replace(team, decider=member, because="first")

    def leave(self, seat: ActorId, member: str) -> None:
        """Remove a member. If it decided, the one who joined next does."""
        team = self.of(seat)
        heir = self.next_after(seat, member, team.members)
        team = structs.replace(team, members=tuple(one for one in team.members if one != member))
        if team.decider == member:
            team = structs.replace(team, decider=heir if heir != member else "", because="left")
        self.by_seat[seat] = team

    def hand_on(self, seat: ActorId, member: str, because: Because) -> None:
        """Let a member decide from now on."""
        self.by_seat[seat] = structs.replace(self.of(seat), decider=member, because=because)

    def next_after(self, seat: ActorId, member: str, among: tuple[str, ...]) -> str:
        """Return the next member after one, in the order of joining, who is among some; the same member if nobody else is."""
        members = self.of(seat).members
        place = members.index(member) if member in members else -1
        later = (*members[place + 1 :], *members[: max(place, 0)])
        return next((one for one in later if one in among), member)

    def propose(self, seat: ActorId, proposal: Proposal) -> None:
        """Add a proposal."""
        team = self.of(seat)
        self.by_seat[seat] = structs.replace(team, proposals=(*team.proposals, proposal))

    def drop(self, seat: ActorId, proposal: str) -> None:
        """Remove a proposal."""
        team = self.of(seat)
        self.by_seat[seat] = structs.replace(team, proposals=tuple(one for one in team.proposals if one.id != proposal))

    def note_sender(self, seat: ActorId, order: str, sender: Sender) -> None:
        """Note who sent an order that waits, and that the proposal it came of is settled."""
        if not sender.member:
            return
        team = self.of(seat)
        self.by_seat[seat] = structs.replace(team, senders={**team.senders, order: sender.member})
        self.drop(seat, sender.proposal)

    def forget_senders(self) -> None:
        """Forget who sent the orders that waited, because they have acted."""
        for seat, team in self.by_seat.items():
            if team.senders:
                self.by_seat[seat] = structs.replace(team, senders={})

    def close_window(self) -> None:
        """Drop the proposals that are left over, and remember them for one window, so that members can be told."""
        for seat, team in self.by_seat.items():
            if team.proposals or team.dropped:
                self.by_seat[seat] = structs.replace(team, proposals=(), dropped=team.proposals)
