"""The views of the seats: who is owed a new one, and when it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from counterpoise.gateway.audience import Audience
from counterpoise.gateway.requests import Outgoing
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise.wire.messages import IncidentNews, WindowNews

VIEW_SECONDS = 1.0
"""While the clock runs continuously, a seat gets a new view at most once in so many seconds, and at once where it must decide."""


class ViewNews:
    """Sends each connected seat a new view after its news.

    Args:
        session: the session.
        audience: its connections.
    """

    def __init__(self, session: Session, audience: Audience) -> None:
        self._session, self._audience = session, audience
        self._owed: dict[ActorId, float] = {}
        """The seats that have had news since their last view, each with the time at which its view is due."""
        self._sent: dict[ActorId, float] = {}
        """When each seat was sent its last view."""

    def note(self, outgoing: Iterable[Outgoing], now: float) -> None:
        """Owe a view to every seat that gets news in these messages; ``now`` is in seconds of the monotonic clock."""
        is_patient = self._session.pace.mode == "continuous" and self._session.phase == "running"
        for item in outgoing:
            if isinstance(item.to, str) and item.to in self._session.seats:
                seat = ActorId(item.to)
                if isinstance(item.message, WindowNews) or not is_patient:
                    if isinstance(item.message, IncidentNews | WindowNews):
                        self._owed[seat] = now
                elif isinstance(item.message, IncidentNews):
                    self._owed.setdefault(seat, max(now, self._sent.get(seat, 0.0) + VIEW_SECONDS))

    def wait_seconds(self, now: float) -> float | None:
        """Return how long to wait before the next view is due; ``None`` if none is owed."""
        return max(0.0, min(self._owed.values()) - now) if self._owed else None

    async def send(self, now: float) -> None:
        """Send the views that are due. They are made in a thread, while the room waits."""
        due = [seat for seat in self._session.seats if self._owed.get(seat, now + 1.0) <= now]
        for seat in due:
            del self._owed[seat]
        present = [seat for seat in due if self._audience.at(seat)]
        if not present:
            return
        # The connections write the news first: views take longer to make than a message to arrive.
        await asyncio.sleep(0)
        views = await asyncio.to_thread(lambda: [Outgoing(seat, self._session.observe(seat)) for seat in present])
        self._audience.deliver(views)
        self._sent.update(dict.fromkeys(present, now))
