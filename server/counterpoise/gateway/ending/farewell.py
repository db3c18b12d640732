"""What clients get when their session ends: the result, and for programs in seats a normal close."""

from __future__ import annotations

from counterpoise.gateway.audience import Audience
from counterpoise.gateway.connection import Connection
from counterpoise.session.running_session import Session
from counterpoise.wire.ending.messages import Result
from counterpoise.wire.messages import CLOSE_DONE

SILENT_SECONDS = 5.0
"""After the end a program that has all its answers and has sent nothing for so long is let go: it may ask for the debrief."""
OVER = "the game is over"


def result_of(session: Session) -> Result:
    """Return the result of a session that has ended."""
    world = session.simulation.world
    scores = {str(seat): score for seat, score in world.scores.items()}
    return Result(session.now, world.calendar.iso(session.now), scores)


class Farewell:
    """Sends the result of one session, and lets the programs in its seats go afterwards.

    Args:
        session: the session.
        audience: its connections.
    """

    def __init__(self, session: Session, audience: Audience) -> None:
        self._session, self._audience = session, audience
        self._told: dict[Connection, None] = {}
        """Who has the result."""
        self._since = 0.0
        """When the result was first sent."""

    def wait_seconds(self, now: float) -> float | None:
        """Return how long to wait before somebody may have been silent for long enough; ``None`` if nobody is let go."""
        ends = [
            (now if one.is_owed_answers else self._last_sign(one)) + SILENT_SECONDS for one in self._programs()
        ]  # nothing wakes the room when an answer beside play is ready, so that it looks again
        return max(0.0, min(ends) - now) if ends else None

    def follow(self, now: float) -> None:
        """Send the result to whoever lacks it once the session has ended, and let silent programs go."""
        if self._session.phase != "ended":
            return
        here = [one for _, one in self._audience.connections()]
        new = [one for one in here if one not in self._told]
        if new:
            self._since = self._since or now
            result = result_of(self._session)
            for connection in new:
                connection.send(result)
        self._told = dict.fromkeys(here)
        for connection in self._programs():
            if not connection.is_owed_answers and self._last_sign(connection) + SILENT_SECONDS <= now:
                connection.close(CLOSE_DONE, OVER)

    def _programs(self) -> list[Connection]:
        return [one for one in self._told if one.seat and not one.is_browser and one.peer.state != "closed"]

    def _last_sign(self, connection: Connection) -> float:
        return max(connection.heard, self._since)
