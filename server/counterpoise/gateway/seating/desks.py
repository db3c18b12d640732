"""The news of what lies on the seats' desks: who shares a seat, who decides, proposals and orders that wait."""

from __future__ import annotations

from counterpoise.gateway.audience import Audience
from counterpoise.gateway.connection import Connection
from counterpoise.gateway.outbox import EncodedMessage
from counterpoise.session.orders.teams import Proposal
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise.store.tokens import Holder
from counterpoise.wire.seat_messages import Desk, DeskMove, Member, Nudge


class DeskNews:
    """Sends those who share a seat, and the moderators, what lies on its desk when that has changed.

    Args:
        session: the session.
        audience: its connections.
        people: the people who hold each seat, by their pseudonyms.
    """

    def __init__(self, session: Session, audience: Audience, people: dict[ActorId, dict[str, Holder]]) -> None:
        self._session, self._audience, self._people = session, audience, people
        self._sent: dict[ActorId, Desk] = {}
        self._reminded: dict[ActorId, int] = {}
        """At which tick the moderator reminded each seat last."""

    def welcome(self, connection: Connection) -> None:
        """Send a client that has just come the desk of its seat; a moderator the desks of all teams."""
        seats = [ActorId(connection.seat)] if connection.seat else []
        if connection in self._audience.at(MODERATOR):
            seats = [seat for seat in self._session.seats if self._session.teams.has(seat)]
        for seat in seats:
            connection.send(self._desk(seat))
        # Who comes back while the clock still waits reads the reminder that they missed.
        if connection.seat and self._reminded.get(ActorId(connection.seat)) == self._session.now:
            connection.send(Nudge(self._session.now))

    def remind(self, seat: ActorId) -> None:
        """Tell those who hold a seat, now and when they come back, that the clock waits for it."""
        self._reminded[seat] = self._session.now
        for connection in self._audience.at(seat):
            connection.send(Nudge(self._session.now))

    def send(self) -> None:
        """Send the desks of teams that have changed."""
        for seat in self._session.teams.by_seat:
            desk = self._desk(seat)
            if desk != self._sent.get(seat):
                self._sent[seat] = desk
                message = EncodedMessage(desk)
                for connection in (*self._audience.at(seat), *self._audience.at(MODERATOR)):
                    connection.enqueue(message)

    def _desk(self, seat: ActorId) -> Desk:
        session = self._session
        team, known = session.teams.of(seat), self._people.get(seat, {})
        online = {connection.member for connection in self._audience.at(seat)}
        members = team.members or tuple(known)
        return Desk(
            seat=seat,
            members=[Member(one, known[one].name if one in known else "", one in online) for one in members],
            decider=team.decider,
            because=team.because,
            deciding=team.deciding,
            writing=team.writing,
            proposals=[self._shown(one) for one in team.proposals],
            dropped=[self._shown(one) for one in team.dropped],
            orders=[
                self._shown(Proposal(one.id, team.senders.get(one.id, ""), one.move))
                for one in session.orders.waiting_of(seat)
            ],
        )

    def _shown(self, one: Proposal) -> DeskMove:
        return DeskMove(one.id, one.by, self._session.texts.filled(one.move))
