"""When the session's clock moves and how far: the waiting at a stop, the beat of continuous time, the bots' turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from counterpoise.gateway.seats import Seating
from counterpoise.gateway.session_clock import Beat, Deadline
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId


@dataclass(frozen=True, slots=True)
class AskBots:
    """Let these bots order."""

    seats: tuple[ActorId, ...]


@dataclass(frozen=True, slots=True)
class Advance:
    """Let the clock run to a stop, or to this tick."""

    to: int


Step = AskBots | Advance


class Pacer:
    """Decides the next step of a session; the room carries it out. Times are seconds of a monotonic clock.

    Args:
        session: whose phase, pace and stops are followed.
        seating: who is a bot and who must be waited for.
        now: the present time.
        asked: the bots that have ordered at this stop already, in the life of the server before this one.
        bots_window_seconds: how long a window stays open where only bots play.
    """

    def __init__(
        self,
        session: Session,
        seating: Seating,
        now: float,
        asked: Iterable[ActorId] = (),
        *,
        bots_window_seconds: float = 0.0,
    ) -> None:
        self.ready: set[ActorId] = set()
        self._session, self._seating = session, seating
        self._bots_window_seconds = bots_window_seconds
        self._pace = session.pace
        self._deadline, self._beat = Deadline(), Beat()
        self._asked: set[ActorId] = set()
        self._is_closed = False
        self._arrive(now)
        self._asked.update(asked)

    def close_stop(self) -> None:
        """Wait for nobody any longer at this stop."""
        if self._session.phase in ("running", "paused"):
            self._is_closed = True

    def adjust(self, now: float) -> None:
        """Follow the session's phase and pace after a command may have changed them."""
        running = self._session.phase == "running"
        self._deadline.run(now, running=running)
        if not running:
            self._beat.hold()
        if self._pace != self._session.pace:
            self._pace = self._session.pace
            self._deadline.change(self._seconds_allowed())

    def waiting_for(self) -> tuple[ActorId, ...]:
        """Return the humans who are asked to decide and have not said that they are ready."""
        return tuple(s for s in self._session.called if self._seating.is_human(s) and s not in self.ready)

    def next_step(self, now: float) -> Step | None:
        """Return what is due, or ``None`` while there is something to wait for."""
        session = self._session
        if session.phase != "running":
            return None
        unasked = tuple(s for s in session.called if self._seating.is_bot(s) and s not in self._asked)
        if unasked:
            return AskBots(unasked)
        if session.pace.mode == "continuous":
            self._beat.accrue(now, session.pace.days_per_second)
            return Advance(min(session.now + self._beat.due, session.end)) if self._beat.due else None
        self._beat.hold()
        if self._is_closed:
            return Advance(session.end)
        if self.waiting_for() and self._deadline.left(now) != 0.0:
            return None
        if self._spectators_wait(now) > 0.0:
            return None
        return Advance(session.end)

    def done(self, step: Step, now: float, started_at: int) -> None:
        """Note that a step has been carried out; ``started_at`` is the session's tick before it."""
        if isinstance(step, AskBots):
            self._asked.update(step.seats)
        else:
            self._beat.spend(self._session.now - started_at)
            self._arrive(now)

    def ask_again(self, seat: ActorId) -> None:
        """Let a seat's bot have its turn at this stop, because it has just been given the seat."""
        self._asked.discard(seat)
        self.ready.discard(seat)

    def patience(self, now: float) -> float | None:
        """Return the seconds after which ``next_step`` may have an answer though nothing happened; ``None`` for never."""
        if self._session.phase != "running":
            return None
        if self._session.pace.mode == "continuous":
            return self._beat.seconds_to_next(now)
        left, wait = self._deadline.left(now), self._spectators_wait(now)
        return wait if wait > 0.0 and not self.waiting_for() else left

    def _spectators_wait(self, now: float) -> float:
        """Return how much longer a window of bots stays open for those who watch."""
        left = self._deadline.left(now)
        if left is None or self._session.occasion != "window" or self._seating.has_humans:
            return 0.0
        return max(0.0, min(self._bots_window_seconds - (self._seconds_allowed() - left), left))

    def seconds_left(self, now: float) -> float:
        """Return the time left at this stop, -1 where there is no deadline or nobody to wait for until then."""
        left = self._deadline.left(now)
        if left is None or self._session.pace.mode == "continuous" or self._session.phase == "ended":
            return -1.0
        if not self._seating.has_humans:
            return -1.0
        return round(left, 1)

    def _arrive(self, now: float) -> None:
        self.ready.clear()
        self._asked.clear()
        self._is_closed = False
        if self._session.called:
            self._deadline.begin(now, self._seconds_allowed(), running=self._session.phase == "running")
        else:
            self._deadline.end()

    def _seconds_allowed(self) -> float:
        pace = self._session.pace
        return pace.window_seconds if self._session.occasion == "window" else pace.call_seconds
