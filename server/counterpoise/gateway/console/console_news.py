"""What only moderators are told while a session runs: how the seats stand, what is to come, and the whole world."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from msgspec import structs

from counterpoise.gateway.audience import Audience
from counterpoise.gateway.connection import Connection
from counterpoise.gateway.console.pause_limit import PauseLimit
from counterpoise.gateway.console.rehearsing import rehearse
from counterpoise.gateway.outbox import EncodedMessage
from counterpoise.gateway.pacing import Pacer
from counterpoise.gateway.seating.absence import AbsenceKeeper
from counterpoise.gateway.seats import Seats
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.rehearsal import MakeBots, Rehearsal
from counterpoise.session.running_session import Session
from counterpoise.sim.rules.events.coming_events import coming_events
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.whole_view import whole_view
from counterpoise.wire.console_messages import (
    Bookmark,
    ComingEvent,
    ConsoleNews,
    RehearsalNews,
    WaitedSeat,
    WaitingEvent,
    WholeNews,
)

Listener = Callable[[RehearsalNews], None]
NEWS_SECONDS = 0.5
"""The news are sent at most once in so many seconds."""
LOOK_SECONDS = 5.0
"""How often it is looked whether anything has changed without a message, such as who is away."""
SILENT_SECONDS = 60.0
"""A player of whom nothing was heard for longer is told to be away."""


def _nobody(news: RehearsalNews) -> None:
    """Take news for nobody."""


class ConsoleReporter:
    """Sends the moderators of one session the news of their console, when they have changed.

    Args:
        session: the session.
        seats: its seats.
        audience: its connections.
        pacer: knows who is waited for.
        pause: knows when a pause ends by itself.
        absence: knows when a bot plays for somebody who is away.
        start: starts work beside the room's.
    """

    def __init__(
        self,
        session: Session,
        seats: Seats,
        audience: Audience,
        pacer: Pacer,
        pause: PauseLimit,
        absence: AbsenceKeeper,
        start: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        self._session, self._seats, self._audience, self._pacer, self._pause = session, seats, audience, pacer, pause
        self._absence, self._start = absence, start
        self._since: dict[ActorId, float] = {}
        """Since when each seat that is waited for has been."""
        self._stop = -1
        self._heard: dict[ActorId, float] = {}
        """When each seat's players were last heard of."""
        self._noted = 0.0
        """When that was noted last."""
        self._sent = 0.0
        self._is_late = False
        """Whether something may have changed since the news were sent last."""
        self._last: dict[Connection, ConsoleNews] = {}
        self._whole: dict[Connection, tuple[int, int]] = {}
        """Which state of the world each moderator's map shows."""
        self._marks: tuple[int, list[Bookmark]] = 0, []
        """How many incidents were searched for bookmarks, and those found."""
        self._rehearsal: RehearsalNews | None = None
        self._wanted: tuple[MakeBots, str, Listener] | None = None

    @property
    def rehearsal(self) -> RehearsalNews | None:
        """How far the newest rehearsal is; ``None`` before the first."""
        return self._rehearsal

    def want_rehearsal(self, make_bots: MakeBots, seed: str, listener: Listener = _nobody) -> bool:
        """Let a rehearsal begin after the next commit; return whether it does, because none is under way.

        Args:
            make_bots: makes the bots of the rehearsal.
            seed: of all chance in it.
            listener: takes the news of it, beside the moderators.
        """
        if self._wanted is not None or (self._rehearsal is not None and not self._rehearsal.done):
            return False
        self._wanted = make_bots, seed, listener
        return True

    def wait_seconds(self, now: float) -> float | None:
        """Return how long to wait before the next look; ``None`` if no moderator is here or nothing changes any more."""
        if not self._audience.at(MODERATOR) or (self._session.phase == "ended" and not self._is_late):
            return None
        return max(0.0, self._sent + (NEWS_SECONDS if self._is_late else LOOK_SECONDS) - now)

    def follow(self, now: float) -> None:
        """Take up what has been committed, and send it if it is time: call it after every commit and admission."""
        self._note(now)
        if self._wanted is not None and not self._session.has_entries:
            (make_bots, seed, listener), self._wanted = self._wanted, None
            self._rehearsal = RehearsalNews(0.0, False)
            # Made here, where the session stands still; the thread that plays it runs beside the session.
            self._start(self._rehearse(Rehearsal(self._session, make_bots, seed), listener))
        moderators = self._audience.at(MODERATOR)
        self._is_late = bool(moderators) and now < self._sent + NEWS_SECONDS
        if not moderators or self._is_late:
            return
        self._sent = now
        news = self._news(now)
        compared, message = _timeless(news), EncodedMessage(news)
        version = self._session.views.changes, self._session.now
        whole: EncodedMessage | None = None
        for connection in moderators:
            if self._last.get(connection) != compared:
                connection.enqueue(message)
            if self._whole.get(connection) != version:
                whole = whole or EncodedMessage(WholeNews(whole_view(self._session.simulation.world)))
                connection.enqueue(whole)
        self._last, self._whole = dict.fromkeys(moderators, compared), dict.fromkeys(moderators, version)

    def _note(self, now: float) -> None:
        """Note who is waited for and who is here."""
        if self._session.now != self._stop:
            self._stop = self._session.now
            self._since.clear()
        waiting = self._pacer.waiting_for() if self._session.phase in ("running", "paused") else ()
        if waiting != tuple(self._since):
            self._since = {seat: self._since.get(seat, now) for seat in waiting}
        if now >= self._noted + NEWS_SECONDS:
            self._noted = now
            for seat in self._seats.by_id:
                for connection in self._audience.at(seat):
                    self._heard[seat] = max(self._heard.get(seat, 0.0), connection.heard)

    def _news(self, now: float) -> ConsoleNews:
        session = self._session
        world = session.simulation.world
        skip = self._pacer.skip
        coming = coming_events(world)
        return ConsoleNews(
            seats=[self._seat(seat, now) for seat in self._seats.by_id],
            pause_left=round(self._pause.left(), 1),
            skipping=skip.goal if skip is not None else "",
            bookmarks=self._bookmarks(),
            waiting=[
                WaitingEvent(one.id, session.texts.filled(one.inject), session.texts.text(one.reason), one.instead_of)
                for one in session.injects.waiting()
            ],
            coming=[
                ComingEvent(index, spec.id, spec.plain(), world.calendar.iso(tick) if spec.when is None else "")
                for index, spec in enumerate(session.scenario.injects)
                if (tick := coming.get(index)) is not None
            ],
            absent_windows=self._absence.windows,
        )

    def _seat(self, seat: ActorId, now: float) -> WaitedSeat:
        since, heard = self._since.get(seat), self._heard.get(seat)
        connections = self._audience.at(seat)
        lag = max((connection.lag for connection in connections), default=0.0)
        return WaitedSeat(
            seat=seat,
            waited=-1.0 if since is None else round(now - since, 1),
            orders=len(self._session.orders.moves_of(seat)),
            lag=round(lag * 1000) if lag > 0.0 else -1.0,
            seen=-1.0 if heard is None else round(now - heard, 1),
        )

    def _bookmarks(self) -> list[Bookmark]:
        incidents, (searched, known) = self._session.simulation.world.incidents, self._marks
        if len(incidents) != searched:
            iso = self._session.simulation.world.calendar.iso
            found = [
                Bookmark(one.tick, iso(one.tick), str(one.detail["note"]))
                for one in incidents[searched:]
                if one.kind == "bookmark"
            ]
            self._marks = len(incidents), [*known, *found]
        return [structs.replace(one, note=self._session.texts.text(one.note)) for one in self._marks[1]]

    async def _rehearse(self, rehearsal: Rehearsal, listener: Listener) -> None:
        def tell(news: RehearsalNews) -> None:
            self._rehearsal = news
            message = EncodedMessage(news)
            for connection in self._audience.at(MODERATOR):
                connection.enqueue(message)
            listener(news)

        await rehearse(rehearsal, self._session.id, tell)


def _timeless(news: ConsoleNews) -> ConsoleNews:
    """Return the news without what every client counts on by itself, and without small changes of the lag."""
    seats = [
        structs.replace(
            one,
            waited=-1.0 if one.waited < 0.0 else 0.0,
            lag=one.lag // 100,
            seen=one.seen if one.seen < 0.0 else float(one.seen > SILENT_SECONDS),
        )
        for one in news.seats
    ]
    return structs.replace(news, seats=seats, pause_left=float(news.pause_left >= 0.0))
