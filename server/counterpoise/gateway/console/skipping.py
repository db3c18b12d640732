"""The clock runs on to the next event, without waiting for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId

Goal = Literal["event", "crisis", "window"]
DAYS_MAX = 3660
"""A skip ends after so many days of the simulation at the latest."""
_CRISES = ("crisis_opened", "war_began")
_EVENTS = (*_CRISES, "scenario_inject", "war_ended", "regime_changed", "state_entered", "state_left")


class Skip:
    """One run of the clock to what the moderator wants to see.

    Args:
        session: the session.
        goal: what to run to.
        is_human: whether people play a seat.
    """

    def __init__(self, session: Session, goal: Goal, is_human: Callable[[ActorId], bool]) -> None:
        self.goal: Goal = goal
        self._session, self._is_human = session, is_human
        self._began, self._seen = session.now, len(session.simulation.world.incidents)

    @property
    def is_over(self) -> bool:
        """Whether the clock stands where it was to run to, a person is called, or it has run long enough."""
        session = self._session
        world = session.simulation.world
        if session.phase != "running" or session.now - self._began >= DAYS_MAX:
            return True
        if session.occasion == "call" and any(self._is_human(seat) for seat in session.called):
            return True
        if self.goal == "window":
            return world.calendar.opens_window(session.now)
        wanted = _EVENTS if self.goal == "event" else _CRISES
        return any(incident.kind in wanted for incident in world.incidents[self._seen :])
