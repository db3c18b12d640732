"""Bots in place of people who are away: after so many missed windows, or when the moderator says so, until they are back."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from counterpoise.errors import OrderError
from counterpoise.gateway.audience import Audience
from counterpoise.gateway.pacing import Pacer
from counterpoise.gateway.seats import Seats
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise.store.journal import Journal
from counterpoise.store.writer import JournalWriter

FACT = "absence"


class KeptAbsence(Struct, frozen=True):
    """Who is away, for the server that goes on with the session."""

    windows: int
    """After how many missed windows a bot plays a seat; 0 for never."""
    missed: dict[ActorId, int] = {}
    lent: tuple[ActorId, ...] = ()


def kept_absence(journal: Journal) -> KeptAbsence | None:
    """Return what the last server of a session kept; ``None`` if it kept nothing that this one can read."""
    text = journal.fact(FACT)
    try:
        return None if text is None else msgspec.json.decode(text, type=KeptAbsence)
    except msgspec.MsgspecError:
        return None  # a later release wrote it


class AbsenceKeeper:
    """Lends the seats of people who are away to their bots. The clock never waits for a seat that is lent.

    One person's seat is never lent: the game would run to its end with nobody there.

    Args:
        session: the session.
        seats: its seats.
        audience: its connections.
        pacer: knows which bots have decided.
        writer: writer of the session's journal.
        kept: what the last server kept.
        windows: after how many missed windows a bot plays a seat, if nothing was kept.
    """

    def __init__(
        self,
        session: Session,
        seats: Seats,
        audience: Audience,
        pacer: Pacer,
        writer: JournalWriter,
        kept: KeptAbsence | None,
        windows: int,
    ) -> None:
        self._session, self._seats, self._audience, self._pacer, self._writer = session, seats, audience, pacer, writer
        self._kept = kept
        self.windows = windows if kept is None else kept.windows
        self._missed: dict[ActorId, int] = {} if kept is None else dict(kept.missed)
        self._active: set[ActorId] = set()
        self._window, self._now = session.window, session.now
        self.is_over = session.phase == "ended"
        """Whether the last window has closed and is counted."""
        self.closed = 0
        """Windows that have closed since this server serves the session."""
        self.attended = dict.fromkeys(session.seats, 0)
        """In how many of them somebody was there for each seat: connected when it closed, or active in it."""
        for seat in () if kept is None else kept.lent:
            if seats.is_human(seat):
                seats.lend(seat)

    def note_active(self, seat: ActorId) -> None:
        """Note that somebody has done something for a seat in this window."""
        self._active.add(seat)

    def come_back(self, seat: ActorId) -> None:
        """Note that somebody who holds a seat has come. If its bot has decided at this stop, the bot leaves at the next."""
        self._missed.pop(seat, None)
        if self._seats.by_id[seat].away and not self._is_bots_stop(seat):
            self._seats.take(seat, "", self._seats.by_id[seat].bot)

    def follow(self) -> None:
        """Count the windows that people miss, lend their seats, and give seats back at the next stop."""
        if self._session.now != self._now:
            self._now = self._session.now
            for seat, held in self._seats.by_id.items():
                if held.away and self._audience.at(seat):
                    self.come_back(seat)
        over = self._session.phase == "ended"
        closed = self._session.window - self._window + (1 if over and not self.is_over else 0)
        if closed > 0:
            self._window, self.is_over = self._session.window, over
            self._close_windows(closed)

    def lend_absent(self) -> None:
        """Lend the seats of all who are away to their bots.

        Raises:
            OrderError: nobody is away, or nobody else would be left.
        """
        absent = [seat for seat in self._seats.by_id if self._seats.is_human(seat) and not self._audience.at(seat)]
        if not absent:
            raise OrderError("illegal", "$.command.kind", "somebody who is away", "nobody", "nobody_away")
        if not self._may_lend(absent):
            problem = "nobody would be left to play. Pause the session instead, or wait until somebody is back."
            raise OrderError("illegal", "$.command.kind", "", problem, "nobody_left")
        self._lend(absent)

    async def save(self) -> None:
        """Keep who is away, if that has changed; raises ``StorageError`` if the journal cannot be written."""
        lent = tuple(seat for seat, held in self._seats.by_id.items() if held.away)
        state = KeptAbsence(self.windows, dict(self._missed), lent)
        if state == self._kept or (self._kept is None and state == KeptAbsence(self.windows)):
            return
        self._kept = state
        text = msgspec.json.encode(state).decode()
        await self._writer.call(lambda journal: journal.note(FACT, text))

    def _close_windows(self, closed: int) -> None:
        active, self._active = self._active, set()
        self.closed += closed
        for seat in self._seats.by_id:
            is_there = seat in active or bool(self._audience.at(seat))
            self.attended[seat] += closed if is_there else 0
            if not self._seats.is_human(seat):
                continue
            if is_there:
                self._missed.pop(seat, None)
            else:
                self._missed[seat] = self._missed.get(seat, 0) + closed
        gone = [
            seat for seat, missed in self._missed.items() if missed >= self.windows > 0 and self._seats.is_human(seat)
        ]
        if gone and self._session.phase != "ended" and self._may_lend(gone):
            self._lend(gone)

    def _may_lend(self, absent: list[ActorId]) -> bool:
        return any(self._seats.is_human(seat) and seat not in absent for seat in self._seats.by_id)

    def _lend(self, absent: list[ActorId]) -> None:
        for seat in absent:
            self._seats.lend(seat)
            self._pacer.ask_again(seat)

    def _is_bots_stop(self, seat: ActorId) -> bool:
        return self._session.phase in ("running", "paused") and self._pacer.was_asked(seat)
