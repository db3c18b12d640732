"""One running session behind its door: everything that touches the game happens here, one thing after another.

The room drains its inbox, feeds the session, commits what the session wrote, and only then lets answers and news out.
Steps of the clock run in a worker thread, so that a long one does not hold up the other rooms; the room itself waits.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from counterpoise.errors import ConfigurationError, OrderError, ProtocolError, StorageError
from counterpoise.gateway.admission import Reception
from counterpoise.gateway.audience import Audience
from counterpoise.gateway.bot_pool import Bench
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.connection import Arrival, Connection, Departure, Request, Visit
from counterpoise.gateway.debrief_worker import Reporter
from counterpoise.gateway.metrics import Metrics
from counterpoise.gateway.pacing import Advance, AskBots, Pacer, Step
from counterpoise.gateway.requests import ADMINISTRATION, Administration, CarryOn, Outgoing, Requests
from counterpoise.gateway.seats import Seating
from counterpoise.gateway.session_status import status_of
from counterpoise.session.published_messages import MODERATOR
from counterpoise.session.running_session import Session
from counterpoise.sim.types import ActorId
from counterpoise.store.tokens import Grant
from counterpoise.store.writer import JournalWriter
from counterpoise.wire.messages import (
    CLOSE_BAD_TOKEN,
    CLOSE_POLICY,
    CLOSE_RESTARTING,
    Ack,
    AskDebrief,
    Command,
    Error,
    IncidentNews,
    Link,
    Order,
    ServerMessage,
    WindowNews,
)
from counterpoise.wire.roles import ROLES

BATCH_MAX = 256
STATUS_SECONDS = 0.25
CLOSE_INTERNAL = 1011
_log = logging.getLogger("counterpoise.gateway")


class _Alarm:
    """Wakes the room to a failure of its journal that somebody else has met."""


_ALARM = _Alarm()


class Room:
    """Serves one session.

    Args:
        session: new, or rebuilt from its journal.
        writer: owns the session's journal; the room closes it.
        seating: who sits where.
        config: the server's.
        metrics: the server's.
        link: makes the link a token is handed out in.
        asked: the bots whose orders for this stop are in the journal already.
    """

    def __init__(
        self,
        session: Session,
        writer: JournalWriter,
        seating: Seating,
        config: ServerConfig,
        metrics: Metrics,
        *,
        link: Callable[[str, str], str],
        asked: Iterable[ActorId] = (),
    ) -> None:
        self.session, self.writer, self.seating = session, writer, seating
        self.failure: BaseException | None = None
        self.is_frozen = False
        self._metrics = metrics
        self._link = link
        self._loop = asyncio.get_running_loop()
        self._pacer = Pacer(session, seating, self._loop.time(), asked, bots_window_seconds=config.bots_window_seconds)
        self.audience = Audience()
        self._reception = Reception(session, writer, seating, self.audience, config, metrics)
        self._requests = Requests(
            session, administer=self._administer, ready=self._mark_ready, close_stop=self._pacer.close_stop
        )
        self._inbox: asyncio.Queue[Visit | _Alarm | None] = asyncio.Queue()
        self._outgoing: list[Outgoing] = []
        self._answered: list[Request] = []
        self._is_open = True
        self._is_put_away = False
        self._status_due = True
        self._status_sent = 0.0
        self._tasks: set[asyncio.Task[None]] = set()
        self._reporter = Reporter(writer)
        self._bench = Bench(seating, metrics, session.id, config.bot_seconds)

    async def identify(self, token: str) -> Grant | None:
        """Tell what a token allows; ``None`` if nothing. A journal that fails here wakes the room, which then stops."""
        try:
            return await self.writer.call(lambda journal: journal.tokens.find(token))
        except StorageError:
            self._inbox.put_nowait(_ALARM)
            raise

    def post(self, visit: Visit) -> None:
        """Put something into the inbox; once the room is closed, whoever comes is shown out."""
        if self._is_open:
            self._inbox.put_nowait(visit)
        elif isinstance(visit, Departure):
            self._depart(visit.connection)
        else:
            self._show_out(visit.connection)

    async def run(self) -> None:
        """Serve until ``close``; raises ``StorageError`` when the journal can no longer be written.

        Any other failure ends this session only: its clients are closed, and the reason is in ``failure``.
        """
        try:
            await self._settle()
            while await self._turn():
                pass
        except StorageError as error:
            self._fail(
                error, Error("storage", "$", "a disk that takes the journal", "one that does not: the server stops")
            )
            raise
        except asyncio.CancelledError:
            raise
        except Exception as error:
            _log.exception("session %s failed", self.session.id)
            self._fail(error, Error("internal", "$", "a server without this fault", "one with it: the session stops"))

    async def close(self, serving: asyncio.Task[None]) -> None:
        """Answer what has arrived, let everyone know that the server restarts, and close the journal."""
        self._inbox.put_nowait(None)
        self._bench.hurry()
        with contextlib.suppress(StorageError):
            await serving
        self._is_open = False
        for task in tuple(self._tasks):
            task.cancel()
        self.audience.end_all(CLOSE_RESTARTING, "the server restarts: reconnect and resume")
        await self.writer.close()

    async def reissue(self, role: str, seat: str = "") -> str:
        """Void the tokens of a role or seat and return a new join link.

        Raises:
            ConfigurationError: there is no such role or seat.
            StorageError: the journal cannot be written.
        """
        seated = role in ("player", "team")
        if role not in ROLES or (seat in self.session.seats) != seated:
            raise ConfigurationError(f"no link for role {role!r} and seat {seat!r}")
        shared = role != "player"
        token = await self.writer.call(lambda journal: journal.tokens.reissue(role, seat, shared=shared))
        return self._link(self.session.id, token)

    async def _turn(self) -> bool:
        """Do one round: what has arrived, then what the clock asks for; False when it was the last."""
        visits, goes_on = await self._gather()
        arrivals: list[Arrival] = []
        for visit in visits:
            if isinstance(visit, Request):
                await self._answer(visit)
            elif isinstance(visit, Arrival):
                arrivals.append(visit)
            else:
                self._depart(visit.connection)
        if visits:
            self._pacer.adjust(self._loop.time())
            await self._settle()
        if arrivals:
            await self._admit(arrivals)
        if not goes_on:
            return False
        step = None if self.is_frozen else self._pacer.next_step(self._loop.time())
        if step is not None:
            await self._step(step)
            await self._settle()
        self._show_status()
        return True

    async def _gather(self) -> tuple[list[Visit], bool]:
        """Wait for visitors or for the clock; return the visits, and False with the last."""
        now = self._loop.time()
        waits = [] if self.is_frozen else [self._pacer.patience(now)]
        if not self.is_frozen and self._pacer.next_step(now) is not None:
            waits.append(0.0)
        if self._status_due:
            waits.append(max(0.0, self._status_sent + STATUS_SECONDS - now))
        limits = [wait for wait in waits if wait is not None]
        try:
            async with asyncio.timeout(max(0.0, min(limits)) if limits else None):
                arrived = [await self._inbox.get()]
        except TimeoutError:
            return [], True
        while len(arrived) < BATCH_MAX and not self._inbox.empty():
            arrived.append(self._inbox.get_nowait())
        if self.writer.failure is not None:
            raise self.writer.failure
        visits = [visit for visit in arrived if visit is not None and not isinstance(visit, _Alarm)]
        return visits, None not in arrived

    async def _answer(self, request: Request) -> None:
        """Let the game answer a request; its answers wait for the commit."""
        message, connection = request.message, request.connection
        if connection.peer.state == "closed":
            connection.answered()  # by its close code: the seat may belong to somebody else by now
            return
        if isinstance(message, AskDebrief):
            self._start(self._reporter.answer(request))
            return
        self._answered.append(request)
        request_id = getattr(message, "id", "")
        try:
            self._refuse_while_frozen(request)
            self._outgoing.extend(await self._requests.answer(request))
        except (OrderError, ProtocolError) as error:
            self._metrics.errors.labels(error.code).inc()
            self._outgoing.append(Outgoing(request, _error(error, request_id)))
        except StorageError:
            raise
        except Exception:
            if not isinstance(message, Order):
                raise  # a command may have been carried out by half
            _log.exception("session %s: order of %s failed in its check", self.session.id, connection.seat)
            fault = OrderError(
                "internal", "$.move", "a move whose rules are sound", "one whose are not: tell the operator"
            )
            self._outgoing.append(Outgoing(request, _error(fault, request_id)))
        self._status_due = True

    async def _settle(self) -> None:
        """Commit what the session wrote, then send what was said meanwhile."""
        session = self.session
        await self.writer.append(session.take_entries())
        news = session.take_outputs()
        outgoing, self._outgoing = self._outgoing, []
        outgoing.extend(Outgoing(address, message) for address, message in news)
        self.audience.follow(session.phase)
        self.audience.deliver(outgoing)
        now = self._loop.time()
        for request in self._answered:
            request.connection.answered()
            self._metrics.answer_seconds.observe(now - request.received)
        self._metrics.acks.inc(sum(1 for item in outgoing if isinstance(item.message, Ack) and item.message.id))
        self._answered.clear()
        await self._refresh(outgoing)
        if session.phase == "ended" and not self._is_put_away:
            self._is_put_away = True
            await self.writer.call(lambda journal: journal.checkpoint())

    async def _refresh(self, outgoing: list[Outgoing]) -> None:
        """Send a new view to every seat that heard of something, if anybody sits there."""
        heard = {item.to for item in outgoing if isinstance(item.message, IncidentNews | WindowNews)}
        present = [seat for seat in self.session.seats if seat in heard and self.audience.at(seat)]
        if not present:
            return
        views = await asyncio.to_thread(lambda: [Outgoing(seat, self.session.observe(seat)) for seat in present])
        self.audience.deliver(views)

    async def _admit(self, arrivals: list[Arrival]) -> None:
        regressed = await self._reception.admit(arrivals, int(self._loop.time() * 1000))
        for arrival, error in regressed:
            if error.code == "log_regressed":
                self._freeze(arrival, error)
            else:
                arrival.connection.refuse(error.code, error.path, error.expected, error.got)
                arrival.connection.end(CLOSE_POLICY, "bad_receipt: this session never gave that receipt")
        self._status_due = True
        self._show_status(at_once=True)

    async def _step(self, step: Step) -> None:
        """Carry out a step of the clock in a worker thread."""
        started_at, began = self.session.now, self._loop.time()
        if isinstance(step, AskBots):
            if not await self._bench.decide(step.seats):
                return
        else:
            self.seating.note_players()
            await asyncio.to_thread(self.session.advance, step.to)
        now = self._loop.time()
        self._metrics.advance_seconds.observe(now - began)
        self._pacer.done(step, now, started_at)
        self._pacer.adjust(now)
        self._status_due = self._status_due or isinstance(step, Advance)

    def _mark_ready(self, seat: ActorId) -> None:
        self._pacer.ready.add(seat)

    async def _administer(self, act: Administration) -> ServerMessage | None:
        """Carry out what a moderator asks of the server and not of the game."""
        if isinstance(act, CarryOn):
            self.is_frozen = False
            return None
        seat = ActorId(act.seat)
        if seat not in self.session.seats:
            raise OrderError("unknown_seat", "$.command.seat", "a seat of this session", act.seat)
        url = await self.reissue("player", seat) if act.to == "open" else ""
        if act.to == "bot":
            await self.writer.call(lambda journal: journal.tokens.revoke("player", seat))
        for connection in self.audience.at(seat):
            connection.end(CLOSE_BAD_TOKEN, "the moderator has given this seat to somebody else")
            self._depart(connection)
        if act.to == "bot" and self.seating.is_human(seat):
            self.seating.free(seat)
            self._pacer.ask_again(seat)
        elif self.seating.is_human(seat):
            self.seating.keep(seat)
        return Link(seat, url) if url else None

    def _refuse_while_frozen(self, request: Request) -> None:
        message = request.message
        if not self.is_frozen or not isinstance(message, Order | Command):
            return
        if isinstance(message, Command) and message.command.get("kind") in ADMINISTRATION:
            return
        raise ProtocolError(
            "log_regressed", "$", "a server that has kept its whole journal", "one that may have lost its end"
        )

    def _freeze(self, arrival: Arrival, error: ProtocolError) -> None:
        """Stop everything: a client holds a receipt for something this server does not remember."""
        _log.error("log_regressed session=%s seat=%s: %s", self.session.id, arrival.grant.seat, error)
        if self.session.phase != "ended":
            self.is_frozen = True
        arrival.connection.refuse(error.code, error.path, error.expected, error.got)
        arrival.connection.end(CLOSE_POLICY, "log_regressed: the server has lost something you were told")
        who = arrival.grant.seat or arrival.grant.role
        self.audience.deliver(
            [Outgoing(MODERATOR, Error(error.code, error.path, error.expected, f"{who}: {error.got}"))]
        )

    def _depart(self, connection: Connection) -> None:
        if self.audience.remove(connection):
            self._metrics.connections.dec()
            self._status_due = True

    def _show_status(self, *, at_once: bool = False) -> None:
        """Tell everyone how the session stands, if that has changed, and not too often."""
        now = self._loop.time()
        if not self._status_due or (not at_once and now < self._status_sent + STATUS_SECONDS):
            return
        self._status_due, self._status_sent = False, now
        for_moderators, for_players = (
            status_of(
                self.session, self.seating, self.audience, self._pacer, now, moderator=moderator, frozen=self.is_frozen
            )
            for moderator in (True, False)
        )
        addresses = dict.fromkeys(address for address, _ in self.audience.everyone())
        self.audience.deliver(
            Outgoing(address, for_moderators if address == MODERATOR else for_players) for address in addresses
        )

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _fail(self, error: BaseException, message: Error) -> None:
        """Stop serving: nothing that waits is sent, because nothing of it is known to be on disk."""
        self.failure = error
        self._is_open = False
        self._outgoing.clear()
        self.audience.tell_all(message)
        self.audience.end_all(CLOSE_INTERNAL, f"{message.code}: {message.got}")
        while not self._inbox.empty():
            visit = self._inbox.get_nowait()
            if visit is not None and not isinstance(visit, _Alarm):
                self.post(visit)

    def _show_out(self, connection: Connection) -> None:
        if self.failure is not None:
            connection.end(CLOSE_INTERNAL, "the session has stopped")
        else:
            connection.end(CLOSE_RESTARTING, "the server restarts: reconnect and resume")


def _error(error: OrderError | ProtocolError, request_id: str) -> Error:
    return Error(error.code, error.path, error.expected, error.got, request_id)
