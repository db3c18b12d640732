"""All sessions of one server: made, found again after a restart, and closed together."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from counterpoise.errors import (
    ConfigurationError,
    CounterpoiseError,
    JournalError,
    LockedError,
    OrderError,
    StorageError,
)
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.metrics import Metrics
from counterpoise.gateway.room import Room
from counterpoise.gateway.seats import Seating
from counterpoise.session.commands import Pace, Start, command_from, command_to, local_id
from counterpoise.session.journal import SALT_BYTES, Entry
from counterpoise.session.replay import replay
from counterpoise.session.running_session import SERVER, Session
from counterpoise.sim.types import ActorId
from counterpoise.store.journal_file import JournalFile
from counterpoise.store.lock import FileLock
from counterpoise.store.writer import JournalWriter
from counterpoise.wire.roles import PHASES

SESSION_ID = re.compile(r"^[A-Za-z0-9][A-Za-z0-9-]{0,39}$")
SUFFIX = ".db"
GOODBYE_SECONDS = 3.5
FREE_BYTES_MIN = 200 * 1024 * 1024
"""No session is begun on a disk with less room than this; those that run go on to the end of it."""
_log = logging.getLogger("counterpoise.gateway")


@dataclass(frozen=True, slots=True)
class Links:
    """What to hand out for a session. Each player's link is good for the first who uses it."""

    session: str
    moderator: str
    observer: str
    seats: dict[str, str]


class Hub:
    """The rooms of one server and the folder their journals lie in.

    Args:
        config: the server's.
        metrics: the server's.
        link: makes the link a token is handed out in.
    """

    def __init__(self, config: ServerConfig, metrics: Metrics, link: Callable[[str, str], str]) -> None:
        self.rooms: dict[str, Room] = {}
        self.unreadable: dict[str, CounterpoiseError] = {}
        """The journals found at the start that could not be resumed, by file name."""
        self.is_draining = False
        self._config, self._metrics, self._link = config, metrics, link
        self._lock: FileLock | None = None
        self._serving: dict[str, asyncio.Task[None]] = {}
        self._failed: asyncio.Future[StorageError] = asyncio.get_running_loop().create_future()

    async def open(self) -> None:
        """Lock the folder and resume every session found in it.

        Raises:
            LockedError: another server works in this folder.
            StorageError: the folder cannot be made or read.
        """
        folder = self._config.data_dir
        try:
            folder.mkdir(parents=True, exist_ok=True)
            found = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX)
        except OSError as error:
            raise StorageError(str(folder), error.strerror or str(error)) from error
        self._lock = FileLock(folder / "server")
        for path in found:
            await self._resume(path)

    async def create(
        self,
        *,
        scenario_text: str,
        source: str = "scenario",
        seed: str = "",
        session_id: str = "",
        secret: str = "",
        pace: Pace | None = None,
    ) -> Links:
        """Make a session, write its journal's beginning and serve it.

        Args:
            scenario_text: the scenario file, whole.
            source: its name, for errors.
            seed: of all its chances; empty draws one.
            session_id: its name in links; empty draws one.
            secret: salts its journal; empty draws one.
            pace: how the clock runs until a moderator says otherwise.

        Raises:
            ScenarioError: the scenario is wrong.
            ConfigurationError: no such name can be given, it is taken, or no clock can run at that pace.
            StorageError: its journal cannot be written.
        """
        identity = session_id or secrets.token_hex(4)
        if not SESSION_ID.match(identity):
            raise ConfigurationError(f"session name {identity!r}: expected up to 40 letters, digits and hyphens")
        if pace is not None:
            _require_sound(pace)
        self._require_room_on_disk()
        path = self._config.data_dir / f"{identity}{SUFFIX}"
        if identity in self.rooms or path.exists():
            raise ConfigurationError(f"session name {identity!r} is taken: {path} exists")
        session = await asyncio.to_thread(
            lambda: Session(
                scenario_text=scenario_text,
                seed=seed or secrets.token_hex(8),
                session_id=identity,
                secret=secret or secrets.token_hex(16),
                streaming=True,
                source=source,
                text_salt=random_salt,
            )
        )
        if pace is not None:
            session.command(SERVER, local_id(session.id, SERVER, 0), pace)
        journal = JournalFile.create(path)
        await self._serve(session, journal, ())
        return await self.links(identity)

    async def links(self, session_id: str) -> Links:
        """Make new links for the moderator, the observers and every seat nobody has claimed; older ones stay good."""
        room = self.rooms[session_id]
        unclaimed = [seat for seat in room.session.seats if not room.seating.is_human(seat)]

        def issue(journal: JournalFile) -> tuple[str, str, dict[str, str]]:
            seats = {str(seat): journal.tokens.issue("player", seat) for seat in unclaimed}
            moderator = journal.tokens.issue("moderator", shared=True)
            return moderator, journal.tokens.issue("observer", shared=True), seats

        moderator, observer, seats = await room.writer.call(issue)
        return Links(
            session_id,
            self._link(session_id, moderator),
            self._link(session_id, observer),
            {seat: self._link(session_id, token) for seat, token in seats.items()},
        )

    def phases(self) -> dict[str, int]:
        """Return how many sessions are in each phase."""
        counts = Counter(room.session.phase for room in self.rooms.values())
        return {phase: counts[phase] for phase in PHASES}

    async def failed(self) -> StorageError:
        """Return the first failure of a journal, when there is one."""
        return await asyncio.shield(self._failed)

    async def close(self) -> None:
        """Let every room finish what it has, tell the clients to come back, and give the folder free."""
        self.is_draining = True
        await asyncio.gather(*(room.close(self._serving[name]) for name, room in self.rooms.items()))
        loop = asyncio.get_running_loop()
        until = loop.time() + GOODBYE_SECONDS
        while loop.time() < until and any(True for room in self.rooms.values() for _ in room.audience.everyone()):
            await asyncio.sleep(0.02)
        if self._lock is not None:
            self._lock.release()

    def _require_room_on_disk(self) -> None:
        free = shutil.disk_usage(self._config.data_dir).free
        if free < FREE_BYTES_MIN:
            problem = f"{free >> 20} MiB free; a new session needs {FREE_BYTES_MIN >> 20} MiB"
            raise StorageError(str(self._config.data_dir), problem)

    async def _resume(self, path: Path) -> None:
        try:
            journal = await asyncio.to_thread(JournalFile.open, path)
        except LockedError:
            raise
        except CounterpoiseError as error:
            self._give_up(path, error)
            return
        try:
            entries = list(journal.entries())
            session = await asyncio.to_thread(lambda: replay(entries, str(path), streaming=True, text_salt=random_salt))
            if not SESSION_ID.match(session.id) or session.id in self.rooms:
                raise JournalError(str(path), f"its session is called {session.id!r}, which cannot be served here")
        except CounterpoiseError as error:
            journal.close()
            self._give_up(path, error)
            return
        await self._serve(session, journal, _asked(entries, session.now))
        _log.info("resumed session=%s phase=%s entries=%d", session.id, session.phase, len(entries))

    def _give_up(self, path: Path, error: CounterpoiseError) -> None:
        _log.error("not served: %s", error)
        self.unreadable[path.name] = error

    async def _serve(self, session: Session, journal: JournalFile, asked: tuple[ActorId, ...]) -> None:
        writer = JournalWriter(journal, measure=self._metrics.committed)
        try:
            if self._config.autostart and session.phase == "lobby":
                session.command(SERVER, local_id(session.id, SERVER, 1), Start())
            holders = await writer.call(lambda held: held.tokens.holders())
            seating = Seating(session, self._config.policies(session), holders)
            await writer.append(session.take_entries())
            room = Room(session, writer, seating, self._config, self._metrics, link=self._link, asked=asked)
        except BaseException:
            await writer.close()
            raise
        self.rooms[session.id] = room
        serving = asyncio.create_task(room.run(), name=f"room {session.id}")
        serving.add_done_callback(self._ended)
        self._serving[session.id] = serving

    def _ended(self, serving: asyncio.Task[None]) -> None:
        if serving.cancelled():
            return
        error = serving.exception()
        if isinstance(error, StorageError) and not self._failed.done():
            self._failed.set_result(error)


def random_salt() -> bytes:
    """Return the salt of a text entry: unguessable, so that an erased text cannot be found by trial from its commitment."""
    return secrets.token_bytes(SALT_BYTES)


def _require_sound(pace: Pace) -> None:
    """Refuse a pace that a replay would refuse: once it is in the journal, the session could never go on."""
    try:
        command_from(command_to(pace))
    except OrderError as error:
        raise ConfigurationError(f"pace: {error.path}: expected {error.expected}, got {error.got}") from error


def _asked(entries: list[Entry], now: int) -> tuple[ActorId, ...]:
    """Return the seats whose orders for the present stop are in the journal."""
    seats = (entry.content()["seat"] for entry in entries if entry.kind == "order" and entry.tick == now)
    return tuple(ActorId(seat) for seat in dict.fromkeys(seats))
