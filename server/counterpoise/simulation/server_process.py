"""One simulated process of the server: the real hub, rooms and connections, on a simulated machine."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counterpoise.errors import CounterpoiseError, JournalError, StorageError
from counterpoise.gateway.config import BotFactory, ServerConfig
from counterpoise.gateway.hub import Hub, Links
from counterpoise.gateway.listener.reception import Reception
from counterpoise.gateway.machine import Machine
from counterpoise.gateway.metrics import Metrics
from counterpoise.gateway.room import Room
from counterpoise.session.commands import Pace
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise.simulation.disk import Disk
from counterpoise.simulation.memory_journal import MemoryShelf
from counterpoise.simulation.network import Frame, Network, SocketEnd
from counterpoise.simulation.virtual_loop import Process
from counterpoise.store.writer import Job, Worker
from counterpoise_clients import roster

SESSION = "game"
ADDRESS = "http://server"
BOT_SECONDS = 3.0
THINKING_SECONDS = 0.05
"""How long a bot takes at most, unless it is slow."""
EPOCH = 1_700_000_000.0
"""The wall clock's time when a simulation starts."""
PACE = Pace(window_seconds=5.0, call_seconds=2.5)


def _bots(session: Session) -> Mapping[ActorId, Bot]:
    return {seat: roster.load_bot("random")(f"bot {seat}") for seat in session.seats}


@dataclass(slots=True)
class World:
    """What outlives the processes of the server."""

    seed: int
    scenario_text: str
    disk: Disk
    network: Network
    look: Callable[[SocketEnd, Frame], None]
    """Looks at each frame before the server sends it."""
    starts_itself: bool
    """Whether the session needs no moderator to start."""
    pace: Pace = PACE
    """How the clock of a new session runs."""
    answer_seconds: float = 0.0
    """See ``ServerConfig``."""
    bots: BotFactory = _bots
    is_next_bot_slow: bool = False


class ServerProcess:
    """A process that serves the session from its start to its end.

    Args:
        number: of the process, from 1; the first makes the session.
        world: what it runs in.
    """

    def __init__(self, number: int, world: World) -> None:
        self.process = Process(f"server {number}")
        self.links: asyncio.Future[Links] = asyncio.get_running_loop().create_future()
        """The links of a new session."""
        self.problems: list[str] = []
        """What a server must never come to."""
        self.hub: Hub | None = None
        self._reception: Reception | None = None
        self._number, self._world = number, world
        self._random = Random(f"{world.seed}/server {number}")
        self._ends: list[SocketEnd] = []
        self.process.at_death.append(self._leave_network)
        self.process.start(self._run())

    def cut_power(self) -> None:
        """End the process without a word to anybody."""
        for end in self._ends:
            if not end.is_closed:
                end.vanish()
        self.process.kill()

    @property
    def room(self) -> Room | None:
        """The room of the session; ``None`` if this process does not serve it."""
        room = None if self.hub is None or self.process.is_dead else self.hub.rooms.get(SESSION)
        return None if room is None or room.failure is not None else room

    def drain(self) -> None:
        """Let the process end as SIGTERM does."""
        if self in self._world.network.listeners:
            self._world.network.listeners.remove(self)
            self.process.start(self._drain())

    async def takes(self, url: str) -> bool:
        """Return whether this process serves the session, or has taken it over now."""
        asked = self.process.start(self._owns(url))
        await asyncio.wait([asked])
        return not asked.cancelled() and asked.exception() is None and asked.result()

    def accept(self, end: SocketEnd, url: str) -> None:
        """Serve a new connection."""
        assert self._reception is not None, "a process that listens has a reception"
        self._ends.append(end)
        end.on_send = self._world.look
        self.process.start(self._reception.serve(end, _session_of(url)))

    def room_failures(self) -> list[str]:
        """Return the failures of rooms that are not those of a disk."""
        rooms = () if self.hub is None else self.hub.rooms.values()
        return [f"{room.failure!r}" for room in rooms if not isinstance(room.failure, StorageError | None)]

    async def _run(self) -> None:
        world, loop = self._world, asyncio.get_running_loop()

        def wall() -> float:
            return EPOCH + loop.time()

        shelf = MemoryShelf(world.disk, self.process, wall, Random(f"{world.seed}/tokens {self._number}"))
        metrics = Metrics()
        config = ServerConfig(
            Path(),
            bots=world.bots,
            bot_seconds=BOT_SECONDS,
            autostart=world.starts_itself,
            answer_seconds=world.answer_seconds,
        )
        machine = Machine(self._random, self._start_bots, self._start_worker, wall, lambda path: self._key())
        self.hub = hub = Hub(config, shelf, metrics, _link, machine)
        try:
            await hub.open(ADDRESS)
            if not hub.unreadable:
                if not world.disk.has_journal:
                    self.links.set_result(
                        await hub.create(
                            scenario_text=world.scenario_text,
                            seed=str(world.seed),
                            session_id=SESSION,
                            pace=world.pace,
                        )
                    )
                self._reception = Reception(hub, config, metrics)
                world.network.listeners.append(self)
                await hub.failed()
        except CounterpoiseError as error:
            self._note(error)
        for unreadable in hub.unreadable.values():
            self._note(unreadable)
        self.problems.extend(self.room_failures())
        self.process.kill()

    async def _drain(self) -> None:
        assert self.hub is not None, "a process that serves has a hub"
        await self.hub.close()
        self.problems.extend(self.room_failures())
        self.process.kill()

    def _note(self, error: CounterpoiseError) -> None:
        if isinstance(error, JournalError):
            self.problems.append(str(error))

    async def _owns(self, url: str) -> bool:
        assert self._reception is not None, "a process that listens has a reception"
        return await self._reception.owner_elsewhere(_session_of(url)) is None

    def _leave_network(self) -> None:
        if self in self._world.network.listeners:
            self._world.network.listeners.remove(self)
        for end in self._ends:
            if not end.is_closed:
                end.abort()

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"{self._world.seed}/key".encode()).digest())

    def _start_bots(self, decisions: Iterator[None], name: str) -> None:
        loop = asyncio.get_running_loop()

        def decide() -> None:
            if not self.process.is_dead:
                with contextlib.suppress(StopIteration):
                    next(decisions)
                    loop.call_later(self._thinking_seconds(), decide)

        loop.call_later(self._thinking_seconds(), decide)

    def _thinking_seconds(self) -> float:
        slow, self._world.is_next_bot_slow = self._world.is_next_bot_slow, False
        return self._random.uniform(0.001, THINKING_SECONDS) + (2 * BOT_SECONDS if slow else 0.0)

    def _start_worker(self, work: Callable[[list[Job]], None], at_end: Callable[[], None], name: str) -> Worker:
        return _DiskWorker(self._world.disk, self.process, work, at_end)


class _DiskWorker:
    """Works through the jobs of a journal on virtual time: those that have come until the disk is free, together."""

    def __init__(
        self, disk: Disk, process: Process, work: Callable[[list[Job]], None], at_end: Callable[[], None]
    ) -> None:
        self._disk, self._process, self._work, self._at_end = disk, process, work, at_end
        self._waiting: list[Job] = []
        self._is_busy = False
        self._idle = asyncio.Event()
        self._idle.set()

    def put(self, job: Job) -> None:
        """Add a job."""
        self._waiting.append(job)
        if not self._is_busy:
            self._begin()

    async def end(self) -> None:
        """Let the jobs that wait be done, then close the journal."""
        await self._idle.wait()
        self._at_end()

    def _begin(self) -> None:
        self._is_busy = True
        self._idle.clear()
        asyncio.get_running_loop().call_later(self._disk.sync_seconds(), self._do)

    def _do(self) -> None:
        if self._process.is_dead:
            return
        jobs, self._waiting = self._waiting, []
        self._work(jobs)
        self._is_busy = False
        if self._waiting:
            self._begin()
        else:
            self._idle.set()


def _session_of(url: str) -> str:
    return url.split("/")[-2]


def _link(session: str, token: str) -> str:
    return f"{ADDRESS}/j/{session}#{token}"
