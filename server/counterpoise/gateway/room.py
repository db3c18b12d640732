"""One running session. Everything that changes the session happens here, one thing after another.

The room empties its inbox, passes the messages to the session, commits the new journal entries, and only then sends answers
and news. Steps of the clock run in a worker thread, so that a long step does not delay other rooms; the room itself waits.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from typing import Any

from counterpoise.errors import LeaseLostError, OrderError, ProtocolError, StorageError
from counterpoise.gateway.admission import Admission
from counterpoise.gateway.audience import Audience, Outgoing
from counterpoise.gateway.bot_pool import BotPool
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.connection import Arrival, Confirmation, Connection, Departure, InboxItem, Request
from counterpoise.gateway.console.advisor import Advisor
from counterpoise.gateway.console.console_news import ConsoleReporter
from counterpoise.gateway.console.pause_limit import KeptPause, PauseLimit
from counterpoise.gateway.debriefs.beside import BesideAnswers
from counterpoise.gateway.debriefs.computing import DebriefComputing
from counterpoise.gateway.ending.farewell import Farewell
from counterpoise.gateway.evidence_news import EvidenceReporter
from counterpoise.gateway.failure_texts import (
    MOVED,
    NOT_SERVED,
    RESTARTING,
    SESSION_FAILED,
    STORAGE_FAILED,
)
from counterpoise.gateway.loading.ended_memory import EndedMemory
from counterpoise.gateway.loading.found_loss import FoundLoss
from counterpoise.gateway.loading.lost_messages import refuse_receipts, refuse_while_frozen
from counterpoise.gateway.machine import Machine
from counterpoise.gateway.metrics import Metrics
from counterpoise.gateway.pacing import Advance, AskBots, KeptStop, LetBotHear, Pacer, Step
from counterpoise.gateway.requests import RequestHandler, failed_check, refusal
from counterpoise.gateway.seating.absence import KeptAbsence
from counterpoise.gateway.seating.administration import is_administration
from counterpoise.gateway.seating.administrator import Administrator
from counterpoise.gateway.seating.seating import Seating
from counterpoise.gateway.seats import Seats
from counterpoise.gateway.session_status import StatusNews
from counterpoise.gateway.signing.checkpoints import CheckpointSigner
from counterpoise.gateway.stop_keeper import StopKeeper
from counterpoise.gateway.token_checks import TokenChecks
from counterpoise.gateway.turns.errand import Errand, Errands
from counterpoise.gateway.turns.inbox import Inbox
from counterpoise.gateway.view_news import ViewNews
from counterpoise.session.running_session import Session
from counterpoise.session.stored_snapshots import SnapshotSeries
from counterpoise.sim.types import ActorId
from counterpoise.store.tokens import Grant, Holder
from counterpoise.store.writer import JournalWriter
from counterpoise.wire.messages import CLOSE_RESTARTING, Ack, Command, Error

CLOSE_INTERNAL = 1011
_log = logging.getLogger("counterpoise.gateway")


class Room:
    """Serves one session.

    Args:
        session: the session, new or rebuilt from its journal.
        journal: the name of its journal on the shelf.
        writer: writer of the session's journal; the room closes it.
        seats: seats of the session.
        config: settings of the server.
        metrics: metrics of the server.
        snapshots: makes the snapshots that are stored with the entries.
        debriefs: computes the debriefs of the server.
        link: returns the join link for a session and a token.
        signer: signs the checkpoints.
        asked: bots whose orders at this stop are in the journal already.
        kept: what was left of the present stop when the last server of the session kept it.
        kept_pause: when the present pause ends by itself, as the last server kept it.
        away: who was away then.
        holders: the people who hold seats, from their tokens.
        loss: what earlier servers of the session knew of lost messages.
        machine: gives the time of day, and starts the thread in which bots decide.
    """

    def __init__(
        self,
        session: Session,
        journal: str,
        writer: JournalWriter,
        seats: Seats,
        config: ServerConfig,
        metrics: Metrics,
        *,
        snapshots: SnapshotSeries,
        debriefs: DebriefComputing,
        link: Callable[[str, str], str],
        signer: CheckpointSigner,
        asked: Iterable[ActorId] = (),
        kept: KeptStop | None = None,
        kept_pause: KeptPause | None = None,
        away: KeptAbsence | None = None,
        holders: Iterable[Holder] = (),
        loss: str = "",
        machine: Machine | None = None,
    ) -> None:
        machine = machine or Machine()
        self.session, self.journal, self.writer, self.seats = session, journal, writer, seats
        self.failure: BaseException | None = None
        self._metrics, self._snapshots, self._signer, self._play = metrics, snapshots, signer, signer.play
        self._loop = asyncio.get_running_loop()
        now, spectated, answered = self._loop.time(), config.bots_window_seconds, config.answer_seconds
        self.pacer = Pacer(session, seats, now, asked, spectated, answered, kept=kept, wall=machine.wall)
        self._stop_keeper = StopKeeper(self.pacer, writer, kept)
        self.audience = Audience(self._play.left)
        self._farewell = Farewell(session, self.audience)
        self.loss = FoundLoss(writer, loss)
        self.seating = Seating(
            session, seats, self.audience, self.pacer, writer, config,
            holders=holders, kept=away, random=machine.random, link=partial(link, session.id),
        )  # fmt: skip
        self.admission = Admission(session, writer, self.audience, config, metrics, self.loss, self.seating, self._play)
        self._inbox, self._tasks = Inbox(), set[asyncio.Task[None]]()
        self._outgoing, self._answered = list[Outgoing](), list[Request]()
        self.errands = Errands(self.post)
        self._is_open, self._is_checkpointed = True, False
        self._token_checks, self._views = TokenChecks(writer, self.wake), ViewNews(session, self.audience)
        self.pause = PauseLimit(session, writer, machine.wall, config.pause_seconds, kept_pause)
        self._status = StatusNews(session, seats, self.audience, self.pacer, self.pause.left)
        self.console = ConsoleReporter(
            session, seats, self.audience, self.pacer, self.pause, self.seating.absence, self._start
        )
        advisor = Advisor(session, self.console, config.bots, lambda: machine.hex(8))
        self.administrator = Administrator(
            session, writer, seats, self.pacer, self.audience, self.loss, self._status, advisor, self.seating,
            link=link, remove=self._remove, readmit=self.post, now=self._loop.time,
        )  # fmt: skip
        self._requests = RequestHandler(session, self.pacer, self.seating, administer=self.administrator.carry_out)
        self._memory = EndedMemory(session, writer, snapshots, now)
        self.beside = BesideAnswers(writer, debriefs)
        self._evidence = EvidenceReporter(session, self.audience, self._start)
        self._bot_pool = BotPool(seats, metrics, session.id, config.bot_seconds, machine.start_bots)

    async def identify(self, token: str) -> Grant | None:
        """Return what a token allows; ``None`` if it is not valid. A failing journal wakes the room, which then stops.

        Raises:
            ProtocolError: too many wrong device codes were tried.
        """
        self.seating.devices.require_try(token, self._loop.time())
        return await self._token_checks.grant_of(token)

    def wake(self) -> None:
        """Let the room look again: its journal has failed in another task, or its people have changed."""
        self._inbox.wake()

    def post(self, item: InboxItem) -> None:
        """Put an item into the inbox. Once the room is closed, the item's connection is closed instead."""
        if self._is_open:
            self._inbox.put(item)
        elif isinstance(item, Errand):
            item.fail(StorageError(self.writer.address, NOT_SERVED))
        elif isinstance(item, Departure):
            self._remove(item.connection)
        else:
            self._close_connection(item.connection)

    async def command(self, command: dict[str, Any], command_id: str) -> None:
        """Give the session a moderator's command in the name of the moderator of its class; raise as ``Errands.ask``."""

        async def give() -> None:
            refuse_while_frozen(self.loss, Command(command_id, command))
            self._outgoing.extend(await self._requests.give(command, command_id))
            self._status.note()

        await self.errands.ask(give)

    async def run(self) -> None:
        """Serve until ``close``.

        A failure other than of the journal closes the connections of this session only; ``failure`` has the reason.

        Raises:
            StorageError: the journal can no longer be written.
        """
        try:
            await self._commit_and_send()
            while await self._run_once():
                pass
        except LeaseLostError as error:
            self._stop(error, CLOSE_RESTARTING, MOVED)
            raise
        except StorageError as error:
            self._fail(error, Error("storage", "$", "", STORAGE_FAILED.format(reason=error.problem)))
            raise
        except asyncio.CancelledError:
            raise
        except Exception as error:
            _log.exception("session %s failed", self.session.id)
            self._fail(error, Error("internal", "$", "", SESSION_FAILED))

    async def close(self, serving: asyncio.Task[None]) -> None:
        """Answer the messages in the inbox, tell the clients that the server restarts, and close the journal."""
        self._is_open = False
        self._inbox.close()
        self._bot_pool.stop_waiting()
        with contextlib.suppress(StorageError):
            await serving
        for task in tuple(self._tasks):
            task.cancel()
        self.audience.close_all(CLOSE_RESTARTING, RESTARTING)
        with contextlib.suppress(StorageError):
            await self._stop_keeper.save(self._loop.time(), at_once=True)
            await self._play.close()
        await self.writer.close()

    async def _run_once(self) -> bool:
        """Take a turn at the inbox, then the step that the clock needs; return whether the room stays open."""
        await self._inbox.wait(self._wait_seconds())
        if self.writer.failure is not None:
            raise self.writer.failure
        is_last = self._inbox.is_closed
        items, has_observers = self._inbox.take(), self._inbox.has_requests_of_observers
        if has_observers or not all(isinstance(item, Departure | Confirmation) for item in items):
            await self._memory.make_whole(self._loop.time())
        arrivals = [item for item in items if isinstance(item, Arrival)]
        confirmed = [item.grant for item in items if isinstance(item, Confirmation)]
        if confirmed:
            # Before what those clients ask for: a new device code would void the one by which they came.
            await self.writer.call(lambda journal: journal.tokens.confirm(confirmed))
        for item in items:
            if isinstance(item, Request):
                await self._answer(item)
            elif isinstance(item, Departure):
                self._remove(item.connection)
            elif isinstance(item, Errand):
                await self.errands.carry_out(item)
        for request in self._inbox.requests_of_observers():
            await self._answer(request)
        if items or has_observers:
            self.pacer.follow_session(self._loop.time())
            await self._commit_and_send()
        if arrivals:
            await self._admit(arrivals)
        if self.seating.follow(self._loop.time()) or arrivals:
            await self._commit_and_send()
        if is_last:
            return len(self._inbox) > 0
        await self._follow_pause()
        step = None if self.loss.is_found else self.pacer.next_step(self._loop.time())
        if step is not None:
            await self._step(step)
            await self._commit_and_send()
        await self._views.send(self._loop.time())
        self._evidence.follow()
        self.console.follow(self._loop.time())
        self._status.send(self._loop.time(), frozen=self.loss.is_found)
        self._farewell.follow(self._loop.time())
        await self._stop_keeper.save(self._loop.time())
        await self.seating.absence.save()
        await self._play.save()
        await self._memory.save(self._loop.time())
        return True

    async def _follow_pause(self) -> None:
        """Let a pause begin its time, and end it once that is over."""
        if not self.loss.is_found:
            self.pause.follow()
        if self.session.has_entries:
            self.pacer.follow_session(self._loop.time())
            self._status.note()
            await self._commit_and_send()
        await self.pause.save()

    def _wait_seconds(self) -> float | None:
        """Return how long the room may wait for an item; ``None`` for ever."""
        now = self._loop.time()
        waits = [self._views.wait_seconds(now), self._memory.wait_seconds(now), self.console.wait_seconds(now)]
        waits += [self.seating.teams.wait_seconds(now), self._farewell.wait_seconds(now)]
        if self.pause.left() >= 0.0 and not self.loss.is_found:
            waits.append(self.pause.left())
        if not self.loss.is_found:
            waits.append(0.0 if self.pacer.next_step(now) is not None else self.pacer.wait_seconds(now))
        if self._status.is_due:
            waits.append(self._status.wait_seconds(now))
        limits = [wait for wait in (*waits, self._play.wait_seconds()) if wait is not None]
        return max(0.0, min(limits)) if limits else None

    async def _answer(self, request: Request) -> None:
        """Pass a request to the session; its answers wait for the commit."""
        message, connection = request.message, request.connection
        if connection.peer.state == "closed":
            connection.answered(request)  # the close code was the answer; the seat may have another player by now
            return
        if (work := self.beside.answer(request)) is not None:
            self._start(work)
            return
        self._answered.append(request)
        written = self.session.journal.length
        try:
            refuse_while_frozen(self.loss, message)
            self._outgoing.extend(await self._requests.answer(request))
        except (OrderError, ProtocolError) as error:
            self._metrics.errors.labels(error.code).inc()
            self._outgoing.append(Outgoing(request, refusal(error, message)))
        except StorageError:
            raise
        except Exception:
            if self.session.journal.length != written or is_administration(message):
                raise  # half of it may have been carried out
            _log.exception("session %s: the check of a message of %s failed", self.session.id, connection.seat)
            self._outgoing.append(Outgoing(request, failed_check(message)))
        self._status.note()

    async def _commit_and_send(self) -> None:
        """Commit the session's new entries, then send the answers and the news."""
        session = self.session
        written = self._signer.take_entries(self._answered, self._outgoing)
        await self.writer.append(written, self._snapshots.due(session, written), self._play.take(written))
        outgoing, self._outgoing = self._outgoing, []
        outgoing.extend(Outgoing(address, message) for address, message in session.take_outputs())
        self.audience.set_phase(session.phase)
        self.audience.deliver(outgoing)
        self._signer.send_news(self.audience)
        now = self._loop.time()
        for request in self._answered:
            request.connection.answered(request)
            self._metrics.answer_seconds.observe(now - request.received)
        self._metrics.acks.inc(sum(1 for item in outgoing if isinstance(item.message, Ack) and item.message.id))
        self._answered.clear()
        self.errands.finish()
        self._views.note(outgoing, now)
        self.seating.desks.send()
        await self._views.send(now)
        if session.phase == "ended" and not self._is_checkpointed:
            self._is_checkpointed = True
            await self.writer.call(lambda journal: journal.tidy())

    async def _admit(self, arrivals: list[Arrival]) -> None:
        refused = await self.admission.admit(arrivals, int(self._loop.time() * 1000))
        await refuse_receipts(refused, self.session, self.loss, self.audience)
        self._status.note()
        self._status.send(self._loop.time(), frozen=self.loss.is_found, at_once=True)

    async def _step(self, step: Step) -> None:
        """Carry out a step of the clock in a worker thread."""
        started_at, began = self.session.now, self._loop.time()
        if isinstance(step, AskBots):
            if not await self._bot_pool.decide(step.seats):
                return
        elif isinstance(step, LetBotHear):
            await self._bot_pool.answer_message()
        else:
            self.seats.note_players()
            await asyncio.to_thread(self.session.advance, step.to)
        now = self._loop.time()
        self._metrics.advance_seconds.observe(now - began)
        self.pacer.step_done(step, now, started_at)
        self.seating.follow(now)
        self.pacer.follow_session(now)
        if isinstance(step, Advance):
            self._status.note()

    def _remove(self, connection: Connection) -> None:
        self.seating.devices.forget(connection)
        self.beside.forget(connection)
        if self.audience.remove(connection):
            self._metrics.connections.dec()
            self._status.note()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _fail(self, error: BaseException, message: Error) -> None:
        """Stop serving, and tell the clients why."""
        self.audience.send_to_all(message)
        self._stop(error, CLOSE_INTERNAL, f"{message.code}: {message.got}")

    def _stop(self, error: BaseException, code: int, reason: str) -> None:
        """Stop serving. Waiting answers are dropped, because they may not be on disk."""
        self.failure, self._is_open = error, False
        self._outgoing.clear()
        self.audience.close_all(code, reason)
        self.errands.give_up(StorageError(self.writer.address, NOT_SERVED))
        for item in self._inbox.drain():
            self.post(item)

    def _close_connection(self, connection: Connection) -> None:
        if self.failure is None or isinstance(self.failure, LeaseLostError):
            connection.close(CLOSE_RESTARTING, RESTARTING)
        else:
            connection.close(CLOSE_INTERNAL, "the session has failed: the server log says why")
