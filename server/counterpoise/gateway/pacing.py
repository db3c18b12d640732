"""Decide when the session's clock moves and how far: waits at stops, continuous time, and the bots' decisions."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from msgspec import UNSET, Struct

from counterpoise.errors import OrderError
from counterpoise.gateway.console.skipping import Goal, Skip
from counterpoise.gateway.seats import Seats
from counterpoise.gateway.session_clock import Appointment, DayCounter, Deadline
from counterpoise.session.commands import Timetable
from counterpoise.session.running_session import Session
from counterpoise.sim.move import Move
from counterpoise.sim.types import ActorId


@dataclass(frozen=True, slots=True)
class AskBots:
    """Ask these bots for their orders."""

    seats: tuple[ActorId, ...]


@dataclass(frozen=True, slots=True)
class LetBotHear:
    """Let a bot answer the next message to it."""


@dataclass(frozen=True, slots=True)
class Advance:
    """Run the clock to the next stop, at most to this tick."""

    to: int


Step = AskBots | LetBotHear | Advance
WALL_SECONDS = 30.0
"""How often the wall clock is looked at while a stop waits for a time of day: somebody may set the clock."""


class KeptStop(Struct, frozen=True):
    """What is left of a stop, for the server that goes on with the session."""

    tick: int
    left: float
    """Seconds."""
    due: float | None = None
    """When it ends by the timetable, in seconds since 1970; ``None`` without one and in a pause."""
    more: dict[ActorId, float] = {}
    """How many seconds more than everyone some seats have."""


class Pacer:
    """Decides the next step of a session; the room carries it out. Times are seconds of a monotonic clock.

    Offers, demands and invitations of a window call their addressees on the next day. If people play several states, the clock
    stands on that day for ``answer_seconds``, whether or not anybody is called and however fast the answers come: otherwise its
    standing still would tell everyone that somebody negotiates in secret. It costs that time in each window. For the same reason
    an offer that calls somebody in private can be made only while a window is open (``require_time_for_offers``). One person
    among bots does not wait: bots answer at once, so the clock stands only when that person is called. A client that has named
    its bot counts as a bot.

    Args:
        session: gives the phase, the pace and the stops.
        seats: tells which seats bots play and which humans.
        now: the current time.
        asked: bots that ordered at this stop before the server restarted.
        bots_window_seconds: how long a window stays open if only bots play.
        answer_seconds: how long the clock stands on the day after a window if people play several states; 0 for
            calls only. By a timetable it stands until the next closing time.
        kept: what was left of the present stop when the server that played the session before kept it.
        wall: gives the seconds since 1970, for timetables.
    """

    def __init__(
        self,
        session: Session,
        seats: Seats,
        now: float,
        asked: Iterable[ActorId] = (),
        bots_window_seconds: float = 0.0,
        answer_seconds: float = 0.0,
        *,
        kept: KeptStop | None = None,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.ready: set[ActorId] = set()
        self._session, self._seats = session, seats
        self._bots_window_seconds, self._answer_seconds = bots_window_seconds, answer_seconds
        self._pace, self._wall = session.pace, wall
        self._deadline, self._day_counter = Deadline(), DayCounter()
        self._appointment: Appointment | None = None
        self._asked: set[ActorId] = set()
        self._more: dict[ActorId, float] = {}
        self._is_closed = self._is_for_answers = False
        self.skip: Skip | None = None
        """The run of the clock to the next event, while there is one."""
        self._begin_stop(now, kept if kept is not None and kept.tick == session.now else None)
        self._asked.update(asked)

    def close_stop(self) -> None:
        """Stop waiting at this stop."""
        if self._session.phase in ("running", "paused"):
            self._is_closed = True

    def skip_to(self, goal: Goal) -> None:
        """Let the clock run on to the next event, crisis or window, without waiting for people."""
        self.skip = Skip(self._session, goal, self._seats.is_human)

    def follow_session(self, now: float) -> None:
        """Adopt the session's phase and pace, which a command may have changed."""
        running = self._session.phase == "running"
        self._deadline.run(now, running=running)
        if self._appointment is not None:
            self._appointment.run(running=running)
        if not running:
            self._day_counter.hold()
            self.skip = None
        if self._pace != self._session.pace:
            before, self._pace = self._timetable, self._session.pace
            if before == self._timetable is None:
                self._deadline.change(self._seconds_allowed())
            elif before != self._timetable and (self._left(now) is not None):
                self._set_end(now)

    def extend(self, now: float, seconds: float) -> None:
        """Give everyone more time at this stop.

        Raises:
            OrderError: nobody is waited for.
        """
        nobody = not self.waiting_for() and (self._seats.has_humans or not self._seats.expects_people)
        if self.seconds_left(now) < 0.0 or (self._session.phase == "running" and nobody):
            needed = "a stop with a deadline, at which somebody is waited for"
            raise OrderError("illegal", "$.command.kind", needed, "none", "no_deadline")
        if self._appointment is not None:
            self._appointment.extend(seconds)
        else:
            self._deadline.extend(seconds)

    def extend_for(self, seat: ActorId, now: float, seconds: float) -> None:
        """Give one seat more time at this stop. Where not every seat is called, it would show who is called in secret.

        Raises:
            OrderError: no window is open, or nobody is waited for in this seat.
        """
        if not self.is_at_window or self._session.pace.mode == "continuous":
            needed = "nobody in particular: at an answer in secret it would show who is asked. Give everyone more time"
            raise OrderError("illegal", "$.command.seat", needed, seat, "time_for_all")
        if self._left(now) is None or seat not in self.waiting_for():
            raise OrderError("illegal", "$.command.seat", "a seat for which the clock waits", seat, "not_waited_for")
        self._more[seat] = max(self._more.get(seat, 0.0), -(self._balance(now) or 0.0)) + seconds

    def more_seconds(self, seat: ActorId, now: float) -> float:
        """Return how long a seat that has more time than everyone may still decide at this stop; -1 if it has not."""
        if seat not in self._more or seat in self.ready:
            return -1.0
        return max(0.0, round((self._balance(now) or 0.0) + self._more[seat], 1))

    def was_asked(self, seat: ActorId) -> bool:
        """Return whether the bot of a seat has decided at this stop."""
        return seat in self._asked

    def require_time_for_offers(self, move: Move) -> None:
        """Raise ``OrderError`` for a move whose private call would stop the clock outside the time for answers."""
        if not self._gives_time_for_answers or self.is_at_window or not move.calls_in_private():
            return
        calendar = self._session.simulation.world.calendar
        opening = calendar.iso(calendar.opening_of(self._session.window + 1))
        problem = (
            "such an offer can be made only while a window is open. Made now, it would stop the clock and show everyone that "
            f"somebody negotiates. The next window opens on {opening}."
        )
        raise OrderError("late", "$.move", "", problem, "only_in_window", {"date": opening})

    def waiting_for(self) -> tuple[ActorId, ...]:
        """Return the called seats of humans that are not ready."""
        return tuple(s for s in self._session.called if self._seats.is_human(s) and s not in self.ready)

    def next_step(self, now: float) -> Step | None:
        """Return the next step if it is due; ``None`` while the clock must wait."""
        session = self._session
        if session.phase not in ("running", "paused"):
            return None
        unasked = tuple(s for s in session.called if self._seats.is_bot(s) and s not in self._asked)
        if unasked:
            return AskBots(unasked) if session.phase == "running" else None
        # People talk in a pause too, and bots answer them.
        if self._seats.has_unheard:
            return LetBotHear()
        if session.phase == "paused":
            return None
        if self.skip is not None:
            return self._to_next_stop()
        if session.pace.mode == "continuous":
            self._day_counter.accrue(now, session.pace.days_per_second)
            return (
                Advance(min(session.now + self._day_counter.days_due, session.end))
                if self._day_counter.days_due
                else None
            )
        self._day_counter.hold()
        if self._is_closed:
            return self._to_next_stop()
        if self._is_for_answers:
            return self._to_next_stop() if self._left(now) == 0.0 else None
        if self._seconds_to_wait(now) > 0.0:
            return None
        if self._spectator_seconds(now) > 0.0:
            return None
        return self._to_next_stop()

    def step_done(self, step: Step, now: float, started_at: int) -> None:
        """Note that the room has carried out a step; ``started_at`` is the session's tick before it."""
        if isinstance(step, AskBots):
            self._asked.update(step.seats)
        elif isinstance(step, Advance):
            self._day_counter.spend(self._session.now - started_at)
            if self.skip is not None and self.skip.is_over:
                self.skip = None
            self._begin_stop(now)

    def ask_again(self, seat: ActorId) -> None:
        """Ask a seat's bot at this stop, because the bot has just got the seat."""
        self._asked.discard(seat)
        self.ready.discard(seat)

    def wait_seconds(self, now: float) -> float | None:
        """Return the seconds until ``next_step`` may be due without any message; ``None`` if it cannot."""
        if self._session.phase != "running":
            return None
        if self._session.pace.mode == "continuous":
            return self._day_counter.seconds_to_next(now)
        left, wait = self._left(now), self._spectator_seconds(now)
        if left == 0.0 and self._more:
            left = self._seconds_to_wait(now)
        if left is not None and self._appointment is not None:
            left = min(left, WALL_SECONDS)
        return wait if wait > 0.0 and not self.waiting_for() else left

    def _spectator_seconds(self, now: float) -> float:
        """Return how much longer a window of bots stays open for people who watch, or who are expected in their seats."""
        left = self._deadline.left(now)
        if left is None or self._session.occasion != "window" or self._seats.has_humans:
            return 0.0
        if self.waits_for_people_to_come:
            return self._left(now) or 0.0
        return max(0.0, min(self._bots_window_seconds - (self._seconds_allowed() - left), left))

    @property
    def waits_for_people_to_come(self) -> bool:
        """Whether a window stays open for people of a class who have seats here, none of whom has sat down."""
        is_window = self._session.occasion == "window" and self._session.phase in ("running", "paused")
        return is_window and self._seats.expects_people and not self._seats.has_humans

    def seconds_left(self, now: float) -> float:
        """Return the seconds left at this stop; -1 if there is no deadline or no human to wait for."""
        left = self._left(now)
        if left is None or self._session.pace.mode == "continuous" or self._session.phase == "ended":
            return -1.0
        if not self._seats.has_or_expects_humans:
            return -1.0
        return round(left, 1)

    @property
    def due(self) -> float | None:
        """When this stop ends by the timetable, in seconds since 1970; ``None`` without one, in a pause, and among bots."""
        return self._appointment.due if self._appointment is not None and self._seats.has_or_expects_humans else None

    def kept(self, now: float) -> KeptStop | None:
        """Return what is left of this stop; ``None`` if it has no end."""
        left = self._balance(now) if self._more else self._left(now)
        if left is None:
            return None
        due = None if self._appointment is None else self._appointment.due
        return KeptStop(self._session.now, left, due, dict(self._more))

    @property
    def is_at_window(self) -> bool:
        """Whether the clock stands where a window opens."""
        return self._session.simulation.world.calendar.opens_window(self._session.now)

    @property
    def _gives_time_for_answers(self) -> bool:
        return self._answer_seconds > 0.0 and self._session.pace.mode == "windows" and self._seats.has_several_people

    def _to_next_stop(self) -> Advance:
        is_before_answers = self._gives_time_for_answers and self.is_at_window
        return Advance(self._session.now + 1 if is_before_answers else self._session.end)

    def _begin_stop(self, now: float, kept: KeptStop | None = None) -> None:
        self.ready.clear()
        self._asked.clear()
        self._more = {} if kept is None else dict(kept.more)
        self._is_closed = False
        session = self._session
        is_after_window = session.now > 0 and session.simulation.world.calendar.opens_window(session.now - 1)
        self._is_for_answers = self._gives_time_for_answers and is_after_window and session.phase != "ended"
        if self._session.called or self._is_for_answers:
            self._set_end(now, kept)
        else:
            self._deadline.end()
            self._appointment = None

    @property
    def _timetable(self) -> Timetable | None:
        found = self._pace.timetable
        return None if found is UNSET or self._pace.mode == "continuous" else found

    def _set_end(self, now: float, kept: KeptStop | None = None) -> None:
        """Set when this stop ends, by the pace or by the timetable."""
        running, timetable = self._session.phase == "running", self._timetable
        left = None if kept is None or timetable is not None else kept.left
        # With a timetable too, because the deadline counts how long bots among themselves have been watched.
        self._deadline.begin(now, self._seconds_allowed(), running=running, left=left)
        if timetable is None:
            self._appointment = None
            return
        if kept is None:
            self._appointment = Appointment(timetable, self._wall)
        else:
            self._appointment = Appointment(
                timetable, self._wall, due=kept.due, left=kept.left if kept.due is None else None
            )
        self._appointment.run(running=running)

    def _left(self, now: float) -> float | None:
        """Return the seconds left at this stop, 0 after its end, ``None`` if it has none."""
        return self._deadline.left(now) if self._appointment is None else self._appointment.left()

    def _balance(self, now: float) -> float | None:
        """Return the seconds left, and after the end of this stop minus the seconds since; ``None`` if it has none."""
        return self._deadline.balance(now) if self._appointment is None else self._appointment.balance()

    def _seconds_to_wait(self, now: float) -> float:
        """Return how much longer the clock waits at most for the seats that are not ready; for ever without a deadline."""
        waiting, left = self.waiting_for(), self._left(now)
        if not waiting:
            return 0.0
        return math.inf if left is None else max(left, *(self.more_seconds(seat, now) for seat in waiting))

    def _seconds_allowed(self) -> float:
        if self._is_for_answers:
            return self._answer_seconds
        pace = self._session.pace
        return pace.window_seconds if self._session.occasion == "window" else pace.call_seconds
