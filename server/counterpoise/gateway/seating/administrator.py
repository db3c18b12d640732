"""Carries out what a moderator changes about seats and the wait at a stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from counterpoise.errors import ConfigurationError, OrderError
from counterpoise.gateway.audience import Audience
from counterpoise.gateway.connection import Arrival, Connection
from counterpoise.gateway.console.advisor import Advisor
from counterpoise.gateway.console.qr_code import qr_code
from counterpoise.gateway.loading.found_loss import FoundLoss
from counterpoise.gateway.pacing import Pacer
from counterpoise.gateway.seating.administration import (
    Absence,
    Administration,
    CarryOn,
    Consent,
    Extend,
    LendAbsent,
    Rehearse,
    Remind,
    SeatChange,
    TellFears,
    TryInject,
)
from counterpoise.gateway.seating.seating import Seating
from counterpoise.gateway.seats import Seats
from counterpoise.gateway.session_status import StatusNews
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise.store.journal import Journal
from counterpoise.store.writer import JournalWriter
from counterpoise.wire.messages import CLOSE_BAD_TOKEN, ServerMessage
from counterpoise.wire.roles import ROLES
from counterpoise.wire.seat_messages import Link

SEATED_ROLES = ("player", "team")
REMIND_SECONDS = 5.0


class Administrator:
    """Carries out a moderator's administration of one session.

    Args:
        session: the session.
        writer: writer of the session's journal, which holds the tokens.
        seats: its seats.
        pacer: knows the stop.
        audience: its connections.
        loss: what is known of lost messages.
        status: tells everyone how the session stands.
        advisor: answers what changes nothing.
        seating: knows the people in each seat, and who waits for consent; lends seats to bots.
        link: returns the join link for a session and a token.
        remove: forgets a connection that was closed.
        readmit: admits a client that has a moderator's consent.
        now: returns the seconds of the monotonic clock.
    """

    def __init__(
        self,
        session: Session,
        writer: JournalWriter,
        seats: Seats,
        pacer: Pacer,
        audience: Audience,
        loss: FoundLoss,
        status: StatusNews,
        advisor: Advisor,
        seating: Seating,
        *,
        link: Callable[[str, str], str],
        remove: Callable[[Connection], None],
        readmit: Callable[[Arrival], None],
        now: Callable[[], float],
    ) -> None:
        self._session, self._writer, self._seats, self._pacer = session, writer, seats, pacer
        self._audience, self._loss, self._status, self._advisor = audience, loss, status, advisor
        self._teams, self._absence, self._devices = seating.teams, seating.absence, seating.devices
        self._desks = seating.desks
        self._link, self._remove, self._readmit, self._now = link, remove, readmit, now
        self._reminded: dict[ActorId, float] = {}

    async def carry_out(self, act: Administration) -> ServerMessage | None:
        """Carry out a moderator's administration; return what answers it beside the ack.

        Raises:
            OrderError: it makes no sense now.
            StorageError: the journal cannot be written.
        """
        match act:
            case CarryOn():
                await self._loss.accept()
            case Extend(seconds=seconds, seat=""):
                self._pacer.extend(self._now(), seconds)
                self._status.repeat()
            case TryInject() | TellFears() | Rehearse():
                return await self._advisor.answer(act)
            case Extend(seconds=seconds, seat=seat):
                self._pacer.extend_for(self._seat(seat), self._now(), seconds)
                self._status.repeat()
            case Absence(windows=windows):
                self._absence.windows = windows
            case LendAbsent():
                self._absence.lend_absent()
            case Remind():
                self._remind(self._seat(act.seat))
            case Consent():
                await self._consent(act)
            case SeatChange(to="team"):
                return await self._invite(self._seat(act.seat))
            case SeatChange():
                return await self._hand_over(self._seat(act.seat), act.to)
        return None

    async def reissue_link(self, role: str, seat: str = "") -> str:
        """Void the tokens of a role or a seat and return a new join link.

        Raises:
            ConfigurationError: there is no such role or seat.
            StorageError: the journal cannot be written.
        """
        self._require_role(role, seat)
        shared = role != "player"
        token = await self._writer.call(lambda journal: journal.tokens.reissue(role, seat, shared=shared))
        return self._link(self._session.id, token)

    async def further_link(self, role: str, seat: str = "") -> str:
        """Return one more join link of a role or a seat that many people may use; earlier links stay valid.

        Raises:
            ConfigurationError: there is no such role or seat.
            StorageError: the journal cannot be written.
        """
        self._require_role(role, seat)
        token = await self._writer.call(lambda journal: journal.tokens.issue(role, seat, shared=True))
        return self._link(self._session.id, token)

    def show_out(self, connections: Iterable[Connection], reason: str) -> None:
        """Close connections whose tokens are void."""
        for connection in connections:
            connection.close(CLOSE_BAD_TOKEN, reason)
            self._remove(connection)

    def hide_names(self, *, hidden: bool) -> None:
        """Set whether the names of people are shown to moderators only. Everyone's next status says it."""
        self._status.hide_names(hidden=hidden)

    def _require_role(self, role: str, seat: str) -> None:
        if role not in ROLES or (seat in self._session.seats) != (role in SEATED_ROLES):
            raise ConfigurationError(f"there is no link for the role {role!r} and the seat {seat!r}")

    def _seat(self, code: str) -> ActorId:
        if code not in self._session.seats:
            raise OrderError("unknown_seat", "$.command.seat", "a seat of this session", code)
        return ActorId(code)

    async def _invite(self, seat: ActorId) -> Link:
        url = await self.further_link("team", seat)
        return Link(seat, url, "team", qr_code(url))

    def _remind(self, seat: ActorId) -> None:
        """Remind a seat that the clock waits for it, not more than once in a few seconds."""
        if seat not in self._pacer.waiting_for():
            raise OrderError("illegal", "$.command.seat", "a seat for which the clock waits", seat, "not_waited_for")
        now = self._now()
        if now - self._reminded.get(seat, -REMIND_SECONDS) < REMIND_SECONDS:
            problem = f"this seat was reminded less than {REMIND_SECONDS:g} s ago"
            raise OrderError("illegal", "$.command.seat", "", problem, "reminded_already")
        self._reminded[seat] = now
        self._desks.remind(seat)

    async def _consent(self, act: Consent) -> None:
        """Let somebody who waits in, or refuse."""
        holders = list(self._teams.people.get(self._seat(act.seat), {}).values()) if act.allowed else []
        arrival = await self._devices.decide(act, holders)
        if arrival is not None:
            self._readmit(arrival)

    async def _hand_over(self, seat: ActorId, to: Literal["bot", "open", "team"]) -> Link | None:
        """Give a seat to its bot or to whoever opens a new link; show out those who hold it."""

        def void(journal: Journal) -> None:
            journal.tokens.revoke("team", seat)
            if to == "bot":
                journal.tokens.revoke("player", seat)

        await self._writer.call(void)
        url = await self.reissue_link("player", seat) if to == "open" else ""
        taker = "its bot" if to == "bot" else "somebody else"
        self.show_out(self._audience.at(seat), f"the moderator has given this seat to {taker}")
        self._teams.empty(seat)
        held = self._seats.by_id[seat]
        if to == "bot" and (self._seats.is_human(seat) or held.away):
            self._seats.free(seat)
            self._pacer.ask_again(seat)
        elif self._seats.is_human(seat) or held.away:
            self._seats.take(seat, "")
            self._seats.forget_player(seat)
        return Link(seat, url, qr=qr_code(url)) if url else None
