"""Who of the people in a seat decides: those who come, turns, and deciders who are away. The session journals it all."""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.errors import OrderError
from counterpoise.gateway.audience import Audience
from counterpoise.gateway.connection import Connection
from counterpoise.gateway.seats import Seats
from counterpoise.session.commands import SERVER, Command, Decider, Membership, local_id
from counterpoise.session.running_session import Session
from counterpoise.sim.catalogue import decode_move
from counterpoise.sim.types import ActorId
from counterpoise.store.tokens import Grant, Holder
from counterpoise.wire.messages import ClientMessage, Order, Ready, Withdraw
from counterpoise.wire.seat_messages import Drop, PassOn, Propose

_OF_TEAMS = (Propose, Drop, PassOn)
"""What only those who share a seat send."""
_DECIDING = (Order, Withdraw, Ready, *_OF_TEAMS)
"""What nobody sends while a bot decides for the seat."""


class TeamKeeper:
    """Keeps the teams of one session.

    Args:
        session: the session.
        seats: its seats.
        audience: its connections.
        holders: the people who hold seats, from their tokens.
        absent_seconds: how long a decider may be away, while the clock runs, before the next member who is there decides.
    """

    def __init__(
        self, session: Session, seats: Seats, audience: Audience, holders: Iterable[Holder], absent_seconds: float
    ) -> None:
        self._session, self._seats, self._audience, self._absent_seconds = session, seats, audience, absent_seconds
        self.people: dict[ActorId, dict[str, Holder]] = {}
        """The people who hold each seat, by their pseudonyms."""
        for holder in holders:
            if holder.seat in session.seats:
                self.people.setdefault(ActorId(holder.seat), {})[holder.member] = holder
        self._away_since: dict[ActorId, float] = {}
        self._window = session.window

    def arrive(self, connection: Connection, grant: Grant) -> None:
        """Note who has come. A seat is a team once a second person holds it."""
        if not grant.seat or self._session.phase == "ended":
            return
        seat = ActorId(grant.seat)
        here = self.people.setdefault(seat, {})
        here[grant.member] = Holder(grant.id, grant.role, grant.seat, grant.name)
        if len(here) > 1:
            for member in here:
                if member not in self._session.teams.of(seat).members:
                    self._note("member", Membership(seat, member, joined=True))

    def depart(self, seat: ActorId, members: Iterable[str]) -> None:
        """Note that some people no longer hold a seat; others may."""
        for member in members:
            self.people.get(seat, {}).pop(member, None)
            if member in self._session.teams.of(seat).members and self._session.phase != "ended":
                self._note("member", Membership(seat, member, joined=False))

    def empty(self, seat: ActorId) -> None:
        """Note that nobody who held a seat holds it any more."""
        self.people.pop(seat, None)
        self.depart(seat, self._session.teams.of(seat).members)

    def follow(self, now: float) -> bool:
        """Let the next member decide where it is their turn, or where the decider has been away for too long.

        Returns:
            Whether anybody else decides now.
        """
        noted = len(self._session.acknowledgements)
        has_new_window, self._window = self._session.window != self._window, self._session.window
        for seat, team in tuple(self._session.teams.by_seat.items()):
            online = self._online(seat)
            heir = self._session.teams.next_after(seat, team.decider, online)
            if has_new_window and team.deciding == "rotating" and heir != team.decider:
                self._note("decider", Decider(seat, heir, "turn"))
            if team.decider in online or self._session.phase != "running":
                self._away_since.pop(seat, None)
            elif now - self._away_since.setdefault(seat, now) >= self._absent_seconds and heir != team.decider:
                self._note("decider", Decider(seat, heir, "absent"))
                del self._away_since[seat]
        return len(self._session.acknowledgements) > noted

    def wait_seconds(self, now: float) -> float | None:
        """Return the seconds until a decider has been away for too long; ``None`` if none is away while another is there."""
        waits = [self._absent_seconds - (now - since) for seat, since in self._away_since.items() if self._online(seat)]
        return max(0.0, min(waits)) if waits else None

    def sender(self, connection: Connection) -> str:
        """Return who sends an order, for the journal; empty where one person holds the seat."""
        return connection.member if self._session.teams.has(ActorId(connection.seat)) else ""

    def require_may(self, connection: Connection, message: ClientMessage) -> None:
        """Raise ``OrderError`` if a member sends what only the one who decides may send, or a bot decides for the seat now."""
        seat = ActorId(connection.seat)
        if isinstance(message, _DECIDING):
            self._require_own_decision(seat)
        if not self._session.teams.has(seat):
            if isinstance(message, _OF_TEAMS):
                problem = "you decide for this seat alone: send the order itself"
                raise OrderError("not_deciding", "$", "", problem, "alone")
            return
        team = self._session.teams.of(seat)
        if connection.member == team.decider:
            return
        if isinstance(message, Order):
            self._require_free(seat, message)
        elif isinstance(message, Withdraw):
            if team.senders.get(message.order) != connection.member:
                raise _not_deciding(
                    "withdraw_of_other", "only the one who decides for this seat takes back what another member sent"
                )
        elif isinstance(message, Drop):
            if self._session.teams.require_proposal(seat, message.proposal, "$.proposal").by != connection.member:
                raise _not_deciding(
                    "drop_of_other", "only the one who decides for this seat drops what another member proposed"
                )
        elif isinstance(message, Ready | PassOn):
            raise _not_deciding(
                "ready_of_other",
                "only the one who decides for this seat says that it is ready, or passes the decision on",
            )

    def _require_free(self, seat: ActorId, order: Order) -> None:
        """Refuse the order of a member who does not decide, unless everyone may send such a one."""
        move = decode_move(order.move)
        is_message = move.AT_ONCE and self._session.teams.of(seat).writing == "anyone"
        if move.FOR_DEBRIEF or is_message:
            return
        raise _not_deciding(
            "propose_it", "another member decides for this seat: propose this, and that member sends it"
        )

    def _require_own_decision(self, seat: ActorId) -> None:
        if self._seats.by_id[seat].away:
            raise _not_deciding(
                "bot_decided",
                "a bot has decided for you at this stop of the clock. You decide again from the next stop on",
            )

    def _online(self, seat: ActorId) -> tuple[str, ...]:
        return tuple({connection.member: None for connection in self._audience.at(seat)})

    def _note(self, purpose: str, command: Command) -> None:
        session = self._session
        session.command(SERVER, local_id(session.id, purpose, len(session.acknowledgements)), command)


def _not_deciding(reason: str, problem: str) -> OrderError:
    return OrderError("not_deciding", "$", "", f"{problem}.", reason)
