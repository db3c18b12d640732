"""The views of the seats, and of the observers: who is owed a new one, and when it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from counterpoise.gateway.audience import Audience, Outgoing
from counterpoise.gateway.connection import Connection, Request
from counterpoise.gateway.outbox import EncodedMessage
from counterpoise.session.published_messages import OBSERVER
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.public_view import public_view
from counterpoise.wire.kept_views import view_change
from counterpoise.wire.messages import IncidentNews, Observe, WindowNews
from counterpoise.wire.public_news import PublicFear, PublicNews
from counterpoise.wire.view_change import ViewChange

VIEW_SECONDS = 1.0
"""While the clock runs continuously, a seat gets a new view at most once in so many seconds, and at once where it must decide."""


def public_news(session: Session) -> PublicNews:
    """Return what observers see of a session now."""
    world = session.simulation.world
    return PublicNews(public_view(world), [PublicFear(*fear) for fear in session.index_deal.public_fears(world)])


class ViewNews:
    """Sends each connected seat a new view after its news, and observers what is public.

    A seat gets a whole view at the start, at windows and calls, and what has changed in it otherwise.

    Args:
        session: the session.
        audience: its connections.
    """

    def __init__(self, session: Session, audience: Audience) -> None:
        self._session, self._audience = session, audience
        self._viewers = (*session.seats, OBSERVER)
        self._has_begun = session.phase != "lobby"
        self._owed: dict[str, float] = {}
        """The seats, and the observers, that have had news since their last view, with the time at which the next is due."""
        self._sent: dict[str, float] = {}
        """When each was sent the last view."""
        self._shown: dict[str, tuple[Observe, tuple[Connection, ...]]] = {}
        """The last view of each seat that all these connections have got: their next one may tell only what has changed."""

    def note(self, outgoing: Iterable[Outgoing], now: float) -> None:
        """Owe a view to everyone who gets news in these messages; ``now`` is in seconds of the monotonic clock."""
        if not self._has_begun and self._session.phase != "lobby":
            # Nobody was called in the lobby: now everyone is.
            self._has_begun = True
            self._shown.clear()
            self._owed.update(dict.fromkeys(self._session.seats, now))
        is_patient = self._session.pace.mode == "continuous" and self._session.phase == "running"
        for item in outgoing:
            if isinstance(item.to, Request):
                if isinstance(item.message, Observe):  # after a look this connection has another view than the others
                    self._shown.pop(item.message.view.own.id, None)
            elif item.to in self._viewers:
                viewer = item.to
                if isinstance(item.message, WindowNews):
                    self._shown.pop(viewer, None)
                if isinstance(item.message, WindowNews) or not is_patient:
                    if isinstance(item.message, IncidentNews | WindowNews):
                        self._owed[viewer] = now
                elif isinstance(item.message, IncidentNews):
                    self._owed.setdefault(viewer, max(now, self._sent.get(viewer, 0.0) + VIEW_SECONDS))

    def wait_seconds(self, now: float) -> float | None:
        """Return how long to wait before the next view is due; ``None`` if none is owed."""
        return max(0.0, min(self._owed.values()) - now) if self._owed else None

    async def send(self, now: float) -> None:
        """Send the views that are due. They are made in a thread, while the room waits."""
        due = [viewer for viewer in self._viewers if self._owed.get(viewer, now + 1.0) <= now]
        for viewer in due:
            del self._owed[viewer]
        present = [viewer for viewer in due if self._audience.at(viewer)]
        if not present:
            return
        # The connections write the news first: views take longer to make than a message to arrive.
        await asyncio.sleep(0)
        made = await asyncio.to_thread(lambda: [self._made(viewer) for viewer in present])
        for viewer, (whole, change) in zip(present, made, strict=True):
            connections = self._audience.at(viewer)
            encoded, encoded_change = EncodedMessage(whole), None if change is None else EncodedMessage(change)
            for connection in connections:
                connection.close_if_slow()
                connection.enqueue_view(encoded, encoded_change)
            if isinstance(whole, Observe):
                self._shown[viewer] = whole, connections
        self._sent.update(dict.fromkeys(present, now))

    def _made(self, viewer: str) -> tuple[Observe | PublicNews, ViewChange | None]:
        """Return what a viewer sees, and what has changed in it if all connections there have its last view."""
        if viewer == OBSERVER:
            return public_news(self._session), None
        whole = self._session.observe(ActorId(viewer))
        shown, connections = self._shown.get(viewer, (whole, ()))
        return whole, view_change(shown, whole) if connections == self._audience.at(viewer) else None
