"""All that is about who sits where in one session: teams and their desks, devices, and bots in place of people who are away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from counterpoise.gateway.audience import Audience
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.connection import Connection
from counterpoise.gateway.pacing import Pacer
from counterpoise.gateway.seating.absence import AbsenceKeeper, KeptAbsence
from counterpoise.gateway.seating.desks import DeskNews
from counterpoise.gateway.seating.devices import Devices
from counterpoise.gateway.seating.teams import TeamKeeper
from counterpoise.gateway.seats import Seats
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise.store.tokens import Grant, Holder
from counterpoise.store.writer import JournalWriter
from counterpoise.wire.messages import CLOSE_OTHER_DEVICE


class Seating:
    """Keeps who sits where in one session.

    Args:
        session: the session.
        seats: its seats.
        audience: its connections.
        pacer: knows the stop.
        writer: writer of the session's journal.
        config: settings of the server.
        holders: the people who hold seats, from their tokens.
        kept: who was away when the last server kept it.
        random: draws device codes.
        link: returns the join link for a token.
    """

    def __init__(
        self,
        session: Session,
        seats: Seats,
        audience: Audience,
        pacer: Pacer,
        writer: JournalWriter,
        config: ServerConfig,
        *,
        holders: Iterable[Holder],
        kept: KeptAbsence | None,
        random: Random,
        link: Callable[[str], str],
    ) -> None:
        self._seats, self._audience = seats, audience
        self.teams = TeamKeeper(session, seats, audience, holders, config.decider_seconds)
        self.desks = DeskNews(session, audience, self.teams.people)
        self.absence = AbsenceKeeper(session, seats, audience, pacer, writer, kept, config.absent_windows)
        self.devices = Devices(writer, audience, random, link)

    def sit_down(self, grant: Grant, bot: str) -> None:
        """Give a client its seat; at the next stop, where a bot has decided for it at this one.

        Args:
            grant: what the client's token allows.
            bot: the kind of bot that the client says it is.
        """
        seat = ActorId(grant.seat)
        held = self._seats.by_id[seat]
        if held.away:
            held.player = grant.name or held.player
            self.absence.come_back(seat)
        else:
            # Another member does not change what kind of player decides for the seat.
            self._seats.take(seat, grant.name, bot if grant.role == "player" else held.bot)

    def close_other_devices(self, grant: Grant) -> None:
        """Show out the device that had a holder's token before."""
        for _, other in tuple(self._audience.connections()):
            if grant.seat and other.member == grant.member:
                other.close(CLOSE_OTHER_DEVICE, "you have gone on, on another device. This one no longer has the seat")
                self._audience.remove(other)

    def welcome(self, connection: Connection, grant: Grant) -> None:
        """Note who has come, and tell them what lies on their desk; tell a moderator who waits for consent."""
        self.teams.arrive(connection, grant)
        self.desks.welcome(connection)
        if connection in self._audience.at(MODERATOR):
            self.devices.tell(connection)

    def follow(self, now: float) -> bool:
        """Follow the clock: turns, absent deciders, missed windows and returns. Return whether the journal has to note it."""
        self.absence.follow()
        return self.teams.follow(now)
