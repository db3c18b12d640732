"""All sessions of one server: created, resumed after a restart, and closed together."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

from counterpoise.errors import (
    ConfigurationError,
    CounterpoiseError,
    JournalError,
    LeaseLostError,
    LockedError,
    StorageError,
)
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.loading.journal_watch import watch_journals
from counterpoise.gateway.loading.recovery import EndedSession, RecoveredSession, ended_session, recover
from counterpoise.gateway.loading.room_opening import RoomOpener
from counterpoise.gateway.loading.session_names import SESSION_ID, check_name, check_pace
from counterpoise.gateway.loading.take_over import take_over_sessions
from counterpoise.gateway.loading.visits import Visits
from counterpoise.gateway.machine import Machine
from counterpoise.gateway.metrics import Metrics
from counterpoise.gateway.room import Room
from counterpoise.gateway.signing.server_key import ServerKey
from counterpoise.session.commands import SERVER, Pace, local_id
from counterpoise.session.forking import Listeners
from counterpoise.session.forks.continuation import JournalMoment, continued_session
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import JournalSettings, ScenarioSetup
from counterpoise.session.stored_snapshots import SnapshotSeries
from counterpoise.sim.bot import Bot
from counterpoise.sim.scenario import IndexSetting
from counterpoise.sim.types import ActorId
from counterpoise.store.journal import Journal
from counterpoise.store.shelf import Shelf
from counterpoise.wire.roles import PHASES

CLOSE_ALL_SECONDS = 3.5
UNLOAD_EVERY_SECONDS = 30.0
"""How often the server looks for ended sessions to unload."""
_log = logging.getLogger("counterpoise.gateway")


@dataclass(frozen=True, slots=True)
class Links:
    """The join links of a session. Each player's link is valid for the first person who uses it."""

    session: str
    moderator: str
    observer: str
    seats: dict[str, str]


class Hub:
    """The rooms of one server and the shelf of their journals.

    Args:
        config: settings of the server.
        shelf: where the journals are kept.
        metrics: metrics of the server.
        link: returns the join link for a session and a token.
        machine: chance and threads; by default those of this machine.
    """

    def __init__(
        self,
        config: ServerConfig,
        shelf: Shelf,
        metrics: Metrics,
        link: Callable[[str, str], str],
        machine: Machine | None = None,
    ) -> None:
        self.rooms: dict[str, Room] = {}
        self.unreadable: dict[str, CounterpoiseError] = {}
        """Journals on the shelf that could not be resumed, by name."""
        self.ended: dict[str, EndedSession] = {}
        """Sessions that have ended and are not loaded: nobody has asked for them yet."""
        self.is_draining = False
        self.on_locked: Callable[[], Awaitable[None]] = partial(asyncio.sleep, 0)  # called before any room is opened
        self.on_served: Callable[[Room], None] = lambda room: None  # told of each room that is opened
        self.shelf, self.machine = shelf, machine or Machine()
        self.key: ServerKey
        self.loading, self._opener = asyncio.Lock(), RoomOpener(config, metrics, link, self.machine)
        self._config, self.link, self._loop = config, link, asyncio.get_running_loop()
        self._serving: dict[str, asyncio.Task[None]] = {}
        self._failed: asyncio.Future[StorageError] = self._loop.create_future()
        self._visits = Visits(config.ended_idle_seconds, config.ended_open_max)
        self._loaded = asyncio.Event()
        """An ended session was loaded, so there may be too many."""
        self._upkeep: list[asyncio.Task[None]] = []
        self._dropping: set[asyncio.Task[None]] = set()

    async def open(self, url: str) -> None:
        """Open the shelf and resume every session on it that has not ended.

        Args:
            url: where this server answers.

        Raises:
            LockedError: another server uses this shelf.
            StorageError: the shelf cannot be used, or the server's key cannot be read or made.
            ConfigurationError: others may read the server's key, its file holds no key, or the shelf expects another.
        """
        await asyncio.to_thread(self.shelf.open, url)
        self.key = await asyncio.to_thread(self.machine.server_key, self._config.server_key_file)
        await asyncio.to_thread(self.shelf.require_key, self.key.public)
        await self.on_locked()
        for name in await asyncio.to_thread(self.shelf.unclaimed if self.shelf.is_shared else self.shelf.names):
            await self._list(name)
        self._upkeep.append(asyncio.create_task(self._unload_idle(), name="unload ended sessions"))
        self._upkeep.append(asyncio.create_task(watch_journals(self.rooms, self.shelf), name="renew journals"))
        if self.shelf.is_shared:
            taking = take_over_sessions(self.shelf, self._load)
            self._upkeep.append(asyncio.create_task(taking, name="take over sessions"))

    def has_session(self, session_id: str) -> bool:
        """Tell whether there is a session with this name, loaded or not."""
        return session_id in self.rooms or session_id in self.ended

    def session_ids(self) -> list[str]:
        """Return the names of all sessions, loaded or not."""
        return [*self.rooms, *self.ended]

    async def room(self, session_id: str) -> Room:
        """Return the room of a session. An ended session is loaded for it, and one that no process serves is taken over.

        Raises:
            KeyError: there is no such session.
            JournalError: its journal is damaged.
            StorageError: its journal cannot be opened; ``LockedError`` if another process holds it.
        """
        if session_id not in self.rooms:
            async with self.loading:
                if session_id in self.ended:
                    await self._resume(self.ended[session_id].journal)
                    del self.ended[session_id]
                    self._loaded.set()
                elif session_id not in self.rooms and await self._is_on_shared_shelf(session_id):
                    await self._resume(self.shelf.name_for(session_id))
                    self._loaded.set()
        room = self.rooms[session_id]
        self._visits.touch(session_id, self._loop.time())
        return room

    @asynccontextmanager
    async def visit(self, session_id: str) -> AsyncIterator[Room]:
        """Return the room of a session, as ``room`` does, and keep it loaded until the block ends."""
        room = await self.room(session_id)
        self._visits.enter(session_id)
        try:
            yield room
        finally:
            self._visits.leave(session_id, self._loop.time())

    async def create(
        self,
        *,
        scenario_text: str,
        source: str = "scenario",
        seed: str = "",
        session_id: str = "",
        secret: str = "",
        pace: Pace | None = None,
        threat_index: IndexSetting | None = None,
    ) -> Links:
        """Create a session, write the start of its journal and serve it.

        Args:
            scenario_text: text of the scenario file.
            source: name of the scenario file, for errors.
            seed: seed of all chance in the session; drawn if empty.
            session_id: name of the session in links; drawn if empty.
            secret: salt of the commitment to the seed; drawn if empty.
            pace: how the clock runs until a moderator changes it.
            threat_index: whether seats are shown the threat index; ``None`` for what the scenario says.

        Raises:
            ScenarioError: the scenario is wrong.
            ConfigurationError: the name is malformed or taken, or the pace is not valid.
            StorageError: the journal cannot be written.
        """
        identity, key = session_id or self.machine.hex(4), self.key

        def make() -> Session:
            return Session(
                scenario_text=scenario_text,
                seed=seed or self.machine.hex(8),
                session_id=identity,
                secret=secret or self.machine.hex(16),
                streaming=True,
                setup=ScenarioSetup(source=source, threat_index=threat_index),
                journal=JournalSettings(secrets=key.secrets),
            )

        return await self._create(identity, make, pace)

    async def continue_from(
        self, moment: JournalMoment, *, session_id: str = "", seed: str = "", pace: Pace | None = None
    ) -> Links:
        """Create a session that goes on from a moment of a journal, and serve it. It waits for a moderator to resume it.

        Args:
            moment: the moment.
            session_id: name of the session in links; drawn if empty.
            seed: seed of all chance from the moment on; drawn if empty.
            pace: how the clock runs until a moderator changes it.

        Raises:
            ConfigurationError: the name is malformed or taken, the pace is not valid, or the session of the journal had stopped
                or ended before the moment.
            JournalError: this release cannot replay the journal.
            StorageError: the new journal cannot be written.
        """
        identity = session_id or self.machine.hex(4)
        listeners = Listeners(self.machine.hex(16), self.key.secrets)

        def make() -> Session:
            chance = seed or self.machine.hex(8)
            return continued_session(moment, identity, chance, listeners, paused=not self._config.autostart)

        return await self._create(identity, make, pace)

    async def _create(self, identity: str, make: Callable[[], Session], pace: Pace | None) -> Links:
        """Serve a new session; ``make`` returns it."""
        check_name(identity)
        if pace is not None:
            check_pace(pace)
        await asyncio.to_thread(self.shelf.require_space)
        name = self.shelf.name_for(identity)
        found = await asyncio.to_thread(self.shelf.find, name)
        if self.has_session(identity) or found is not None:
            raise ConfigurationError(
                f"session name {identity!r} is taken, because {found or 'another journal with it'} exists. Choose another name."
            )
        session = await asyncio.to_thread(make)
        if pace is not None:
            session.command(SERVER, local_id(session.id, SERVER, 0), pace)
        bots = self._config.bots(session)  # before the file: a wrong bot must not leave an empty journal behind
        journal = await asyncio.to_thread(self.shelf.create, name)
        await self._serve(RecoveredSession(session, SnapshotSeries()), name, journal, bots)
        return await self.links(identity)

    async def links(self, session_id: str) -> Links:
        """Issue new links for the moderator, the observers and every seat without a human.

        Older links of observers and seats stay valid. That of the moderator does not: each restart would add a way into the role.
        """
        room = await self.room(session_id)
        unclaimed = [seat for seat in room.session.seats if not room.seats.is_human(seat)]

        def issue(journal: Journal) -> tuple[str, str, dict[str, str]]:
            seats = {str(seat): journal.tokens.issue("player", seat) for seat in unclaimed}
            return journal.tokens.replace_link("moderator"), journal.tokens.issue("observer", shared=True), seats

        moderator, observer, seats = await room.writer.call(issue)
        return Links(
            session_id,
            self.link(session_id, moderator),
            self.link(session_id, observer),
            {seat: self.link(session_id, token) for seat, token in seats.items()},
        )

    def phase_counts(self) -> dict[str, int]:
        """Return the number of sessions in each phase."""
        counts = Counter(room.session.phase for room in self.rooms.values())
        counts["ended"] += len(self.ended)
        return {phase: counts[phase] for phase in PHASES}

    @property
    def is_ready(self) -> bool:
        """Whether the server takes clients. A session that has failed for another reason than its disk fails alone."""
        return not self.is_draining and not self._failed.done()

    async def failed(self) -> StorageError:
        """Wait for the first failure of a journal and return it."""
        return await asyncio.shield(self._failed)

    async def close(self) -> None:
        """Close every room, tell the clients to reconnect, and let go of the shelf."""
        self.is_draining = True
        async with self.loading:  # no session is half unloaded now
            for task in self._upkeep:
                task.cancel()
        await asyncio.gather(*(room.close(self._serving[name]) for name, room in self.rooms.items()), *self._dropping)
        until = self._loop.time() + CLOSE_ALL_SECONDS
        while self._loop.time() < until and any(
            True for room in self.rooms.values() for _ in room.audience.connections()
        ):
            await asyncio.sleep(0.02)
        await asyncio.to_thread(self.shelf.close)

    async def _list(self, name: str) -> None:
        """Resume the session of a journal; one that has ended is only listed, until somebody asks for it."""
        try:
            ended = await asyncio.to_thread(ended_session, self.shelf, name)
            if ended is None:
                await self._resume(name)
                return
            self._require_new_name(name, ended.id)
            self.ended[ended.id] = ended
        except LockedError:
            if not self.shelf.is_shared:
                raise
        except CounterpoiseError as error:
            _log.error("not served: %s", error)
            if isinstance(error, JournalError) or not self.shelf.is_shared:  # a database may answer again
                self.unreadable[name] = error

    async def _load(self, name: str) -> None:
        """Resume the session of a journal on a shared shelf, unless this or another process serves it."""
        async with self.loading:
            if name not in self.rooms and name not in self.unreadable:
                await self._list(name)

    async def _is_on_shared_shelf(self, session_id: str) -> bool:
        """Return whether another process can have made this session, and has."""
        if not self.shelf.is_shared:
            return False
        return await asyncio.to_thread(self.shelf.find, self.shelf.name_for(session_id)) is not None

    async def _unload_idle(self) -> None:
        """Unload ended sessions that nobody has visited for a while, and those that are too many."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(min(UNLOAD_EVERY_SECONDS, self._config.ended_idle_seconds)):
                    await self._loaded.wait()
            self._loaded.clear()
            ended = [
                name for name, room in self.rooms.items() if room.session.phase == "ended" and room.failure is None
            ]
            for name in self._visits.to_unload(ended, self._loop.time()):
                async with self.loading:
                    if self._visits.is_empty(name):
                        await self._unload(name)

    async def _unload(self, session_id: str) -> None:
        """Close the room of an ended session; the session is listed again, as after a restart."""
        room = self.rooms.pop(session_id)
        session = room.session
        self.ended[session_id] = EndedSession(session_id, session.scenario.id, session.seed, room.journal)
        self._visits.forget(session_id)
        await room.close(self._serving.pop(session_id))
        _log.info("unloaded session=%s", session_id)

    async def _resume(self, name: str) -> None:
        journal = await asyncio.to_thread(self.shelf.claim, name)
        try:
            recovered = await asyncio.to_thread(lambda: recover(journal, secrets=self.key.secrets))
            session = recovered.session
            self._require_new_name(name, session.id)
            bots = self._config.bots(session)
        except BaseException:
            journal.close()
            raise
        await self._serve(recovered, name, journal, bots)
        replayed = recovered.replayed
        _log.info("resumed session=%s phase=%s entries_replayed=%d", session.id, session.phase, replayed)

    def _require_new_name(self, name: str, session_id: str) -> None:
        other = self.ended.get(session_id)
        is_taken = session_id in self.rooms or (other is not None and other.journal != name)
        if is_taken or not SESSION_ID.match(session_id):
            raise JournalError(
                self.shelf.find(name) or name, f"its session name {session_id!r} is malformed or already served"
            )

    async def _serve(
        self, recovered: RecoveredSession, name: str, journal: Journal, bots: Mapping[ActorId, Bot]
    ) -> None:
        room = await self._opener.open(recovered, name, journal, bots, self.key)
        self.rooms[room.session.id] = room
        serving = asyncio.create_task(room.run(), name=f"room {room.session.id}")
        serving.add_done_callback(partial(self._ended, room))
        self._serving[room.session.id] = serving
        self.on_served(room)

    def _ended(self, room: Room, serving: asyncio.Task[None]) -> None:
        if serving.cancelled():
            return
        error = serving.exception()
        if isinstance(error, LeaseLostError) and not self.is_draining:
            _log.warning("session=%s is no longer served here: %s", room.session.id, error)
            self._dropping.add(dropping := asyncio.create_task(self._drop(room)))
            dropping.add_done_callback(self._dropping.discard)
        elif isinstance(error, StorageError) and not self._failed.done():
            self._failed.set_result(error)

    async def _drop(self, room: Room) -> None:
        """Let go of a session whose journal another process may write now."""
        name = room.session.id
        del self.rooms[name]
        self._visits.forget(name)
        await room.close(self._serving.pop(name))
