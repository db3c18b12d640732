"""All sessions of one server: created, resumed after a restart, and closed together."""

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
    comparison,
)
from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.metrics import Metrics
from counterpoise.gateway.room import Room
from counterpoise.gateway.seats import Seats
from counterpoise.session.commands import Pace, Start, decode_command, encode_command, local_id
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
CLOSE_ALL_SECONDS = 3.5
FREE_BYTES_MIN = 200 * 1024 * 1024
"""No session starts on a disk with less free space. Running sessions may use all of it."""
_log = logging.getLogger("counterpoise.gateway")


@dataclass(frozen=True, slots=True)
class Links:
    """The join links of a session. Each player's link is valid for the first person who uses it."""

    session: str
    moderator: str
    observer: str
    seats: dict[str, str]


class Hub:
    """The rooms of one server and the folder of their journals.

    Args:
        config: settings of the server.
        metrics: metrics of the server.
        link: returns the join link for a session and a token.
    """

    def __init__(self, config: ServerConfig, metrics: Metrics, link: Callable[[str, str], str]) -> None:
        self.rooms: dict[str, Room] = {}
        self.unreadable: dict[str, CounterpoiseError] = {}
        """Journals in the folder that could not be resumed, by file name."""
        self.is_draining = False
        self._config, self._metrics, self._link = config, metrics, link
        self._lock: FileLock | None = None
        self._serving: dict[str, asyncio.Task[None]] = {}
        self._failed: asyncio.Future[StorageError] = asyncio.get_running_loop().create_future()

    async def open(self) -> None:
        """Lock the folder and resume every session found in it.

        Raises:
            LockedError: another server uses this folder.
            StorageError: the folder cannot be created or read.
        """
        folder = self._config.data_dir
        try:
            folder.mkdir(parents=True, exist_ok=True)
            found = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX)
        except OSError as error:
            raise StorageError(str(folder), f"cannot use this data folder ({error.strerror or error})") from error
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
        """Create a session, write the start of its journal and serve it.

        Args:
            scenario_text: text of the scenario file.
            source: name of the scenario file, for errors.
            seed: seed of all chance in the session; drawn if empty.
            session_id: name of the session in links; drawn if empty.
            secret: salt of the journal; drawn if empty.
            pace: how the clock runs until a moderator changes it.

        Raises:
            ScenarioError: the scenario is wrong.
            ConfigurationError: the name is malformed or taken, or the pace is not valid.
            StorageError: the journal cannot be written.
        """
        identity = session_id or secrets.token_hex(4)
        if not SESSION_ID.match(identity):
            raise ConfigurationError(
                f"session name {identity!r}: expected 1 to 40 letters, digits and hyphens, no hyphen first"
            )
        if pace is not None:
            _check_pace(pace)
        self._require_free_space()
        path = self._config.data_dir / f"{identity}{SUFFIX}"
        if identity in self.rooms or path.exists():
            raise ConfigurationError(f"session name {identity!r} is taken, because {path} exists. Choose another name.")
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
        """Issue new links for the moderator, the observers and every seat without a human; older links stay valid."""
        room = self.rooms[session_id]
        unclaimed = [seat for seat in room.session.seats if not room.seats.is_human(seat)]

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

    def phase_counts(self) -> dict[str, int]:
        """Return the number of sessions in each phase."""
        counts = Counter(room.session.phase for room in self.rooms.values())
        return {phase: counts[phase] for phase in PHASES}

    async def failed(self) -> StorageError:
        """Wait for the first failure of a journal and return it."""
        return await asyncio.shield(self._failed)

    async def close(self) -> None:
        """Close every room, tell the clients to reconnect, and unlock the folder."""
        self.is_draining = True
        await asyncio.gather(*(room.close(self._serving[name]) for name, room in self.rooms.items()))
        loop = asyncio.get_running_loop()
        until = loop.time() + CLOSE_ALL_SECONDS
        while loop.time() < until and any(True for room in self.rooms.values() for _ in room.audience.connections()):
            await asyncio.sleep(0.02)
        if self._lock is not None:
            self._lock.release()

    def _require_free_space(self) -> None:
        free = shutil.disk_usage(self._config.data_dir).free
        if free < FREE_BYTES_MIN:
            problem = f"{free >> 20} MiB free; a new session needs {FREE_BYTES_MIN >> 20} MiB. Free space or use another disk."
            raise StorageError(str(self._config.data_dir), problem)

    async def _resume(self, path: Path) -> None:
        try:
            journal = await asyncio.to_thread(JournalFile.open, path)
        except LockedError:
            raise
        except CounterpoiseError as error:
            self._leave_unserved(path, error)
            return
        try:
            entries = list(journal.entries())
            session = await asyncio.to_thread(lambda: replay(entries, str(path), streaming=True, text_salt=random_salt))
            if not SESSION_ID.match(session.id) or session.id in self.rooms:
                raise JournalError(str(path), f"its session name {session.id!r} is malformed or already served")
        except CounterpoiseError as error:
            journal.close()
            self._leave_unserved(path, error)
            return
        await self._serve(session, journal, _seats_asked(entries, session.now))
        _log.info("resumed session=%s phase=%s entries=%d", session.id, session.phase, len(entries))

    def _leave_unserved(self, path: Path, error: CounterpoiseError) -> None:
        _log.error("not served: %s", error)
        self.unreadable[path.name] = error

    async def _serve(self, session: Session, journal: JournalFile, asked: tuple[ActorId, ...]) -> None:
        writer = JournalWriter(journal, measure=self._metrics.committed)
        try:
            if self._config.autostart and session.phase == "lobby":
                session.command(SERVER, local_id(session.id, SERVER, 1), Start())
            holders = await writer.call(lambda held: held.tokens.holders())
            seats = Seats(session, self._config.bots(session), holders)
            await writer.append(session.take_entries())
            room = Room(session, writer, seats, self._config, self._metrics, link=self._link, asked=asked)
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


def _check_pace(pace: Pace) -> None:
    """Raise ``ConfigurationError`` for a pace that a replay would refuse: such a journal could never be resumed."""
    try:
        decode_command(encode_command(pace))
    except OrderError as error:
        raise ConfigurationError(f"pace: {error.path}: {comparison(error.expected, error.got)}") from error


def _seats_asked(entries: list[Entry], now: int) -> tuple[ActorId, ...]:
    """Return the seats whose orders at the current stop are in the journal."""
    seats = (entry.content()["seat"] for entry in entries if entry.kind == "order" and entry.tick == now)
    return tuple(ActorId(seat) for seat in dict.fromkeys(seats))
