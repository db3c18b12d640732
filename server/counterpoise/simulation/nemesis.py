"""What goes wrong, and the operator who starts the server again."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from random import Random
from typing import Any

from counterpoise.gateway.hub import Links
from counterpoise.gateway.room import Room
from counterpoise.simulation.network import SocketEnd
from counterpoise.simulation.people import Person
from counterpoise.simulation.plans import Fault
from counterpoise.simulation.server_process import ServerProcess, World

RESTART_SECONDS = 0.2, 2.0
"""How long it takes until the server is started again."""
SHARING = 2
"""How many processes run where they share the journals."""
KILLED_WITHIN_STEPS = 400
SLOW_SYNC_SECONDS, SLOW_SYNCS_SECONDS = 1.5, 5.0
LYING_SECONDS = 3.0
SLOW_READER_SECONDS = 12.0
FROZEN_SECONDS = 10.0
_WELCOME = b"\xa1t\xa7welcome"


class Operator:
    """Starts a process of the server whenever none runs.

    Args:
        world: what the processes run in.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._random = Random(f"{world.seed}/operator")
        self._processes: list[ServerProcess] = []
        self._watching: asyncio.Task[None] | None = None

    @property
    def started(self) -> int:
        """How many processes were started."""
        return len(self._processes)

    @property
    def current(self) -> ServerProcess:
        """The process that serves the session; the newest if none does."""
        return next((each for each in reversed(self._processes) if each.room is not None), self._processes[-1])

    @property
    def room(self) -> Room | None:
        """The room of the session; ``None`` if no process serves it."""
        return self.current.room

    async def start(self) -> Links:
        """Start the first process, which makes the session; return its links."""
        first = self._start_process()
        links = await first.links
        self._watching = asyncio.get_running_loop().create_task(self._watch())
        return links

    def thaw(self) -> None:
        """Let stopped processes go on, and take back kills that have not come yet."""
        for each in self._processes:
            each.process.steps_max = None
            each.process.thaw()

    def cut_power(self) -> None:
        """End every process at once, and what the disk has only claimed."""
        for each in self._processes:
            if not each.process.is_dead:
                each.cut_power()
        self._world.disk.cut_power()

    def stop(self) -> None:
        """End every process."""
        if self._watching is not None:
            self._watching.cancel()
        for each in self._processes:
            each.process.kill()

    def problems(self) -> list[str]:
        """Return what no server must come to, whatever fails around it."""
        return [f"{each.process.name}: {problem}" for each in self._processes for problem in self._problems_of(each)]

    def _problems_of(self, each: ServerProcess) -> list[str]:
        return [*each.problems, *([] if each.process.is_dead else each.room_failures())]

    def _start_process(self) -> ServerProcess:
        self._processes.append(ServerProcess(len(self._processes) + 1, self._world))
        return self.current

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._random.uniform(*RESTART_SECONDS))
            running = [each for each in self._processes if not each.process.is_dead and not each.process.is_frozen]
            if len(running) < (SHARING if self._world.disk.is_shared else 1):
                self._start_process()


class Nemesis:
    """Makes the faults of a plan happen.

    Args:
        world: to whom.
        operator: of the server.
        people: the clients.
    """

    def __init__(self, world: World, operator: Operator, people: Mapping[str, Person]) -> None:
        self._world, self._operator, self._people = world, operator, people
        self._welcomes_to_lose: dict[str, None] = {}
        self._tasks: list[asyncio.Task[None]] = []

    async def run(self, faults: Sequence[Fault]) -> None:
        """Make every fault happen at its time."""
        loop = asyncio.get_running_loop()
        for fault in faults:
            await asyncio.sleep(max(0.0, fault.at - loop.time()))
            self._happen(fault)
        await asyncio.gather(*self._tasks)

    def heal(self) -> None:
        """Let nothing go wrong any more."""
        disk = self._world.disk
        disk.fails_next, disk.slow_until = False, 0.0
        disk.stop_lying()
        self._world.is_next_bot_slow = False
        self._welcomes_to_lose.clear()
        self._world.network.heal()
        self._operator.thaw()

    def before_frame(self, end: SocketEnd, frame: bytes) -> None:
        """Cut the connection instead of a frame, if the frame is a welcome that is to be lost."""
        if end.client in self._welcomes_to_lose and frame[1:].startswith(_WELCOME):
            del self._welcomes_to_lose[end.client]
            end.reset()

    def _happen(self, fault: Fault) -> None:
        world, server, loop = self._world, self._operator.current, asyncio.get_running_loop()
        match fault.kind:
            case "kill":
                server.process.steps_max = server.process.steps + int(fault.amount * KILLED_WITHIN_STEPS)
            case "power_cut":
                self._operator.cut_power()
            case "drain":
                server.drain()
            case "sync_fails":
                world.disk.fails_next = True
            case "sync_slow":
                world.disk.slow_seconds = fault.amount * SLOW_SYNC_SECONDS
                world.disk.slow_until = loop.time() + SLOW_SYNCS_SECONDS
            case "sync_lies":
                self._start(self._lie(fault.amount * LYING_SECONDS))
            case "frozen_process":
                self._start(self._freeze(server, fault.amount * FROZEN_SECONDS))
            case "break":
                world.network.break_connection(fault.client)
            case "silence":
                world.network.silence(fault.client)
            case "slow_reader":
                world.network.slow_down(fault.client, fault.amount * SLOW_READER_SECONDS)
            case "welcome_lost":
                self._welcomes_to_lose[fault.client] = None
                world.network.break_connection(fault.client)
            case "reload":
                self._start(self._people[fault.client].reload())
            case "second_device":
                self._start(self._people[fault.client].open_second_device())
            case "slow_bot":
                world.is_next_bot_slow = True

    async def _lie(self, seconds: float) -> None:
        """Let the disk lie for a while, until the power is cut."""
        self._world.disk.start_lying()
        await asyncio.sleep(seconds)
        self._operator.cut_power()

    async def _freeze(self, server: ServerProcess, seconds: float) -> None:
        """Stop a process for a while. The operator takes it for dead and starts another, which wants the lease."""
        server.process.freeze()
        await asyncio.sleep(seconds)
        server.process.thaw()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.get_running_loop().create_task(work))
