"""Simulate the whole server: real hub, rooms, connections and clients, virtual time, and the faults of a plan."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from counterpoise.scenario_files import scenario_text
from counterpoise.simulation.checks import FrameCheck, Violation, check_journal, check_replay
from counterpoise.simulation.disk import Disk
from counterpoise.simulation.nemesis import Nemesis, Operator
from counterpoise.simulation.network import Frame, Network, SocketEnd
from counterpoise.simulation.people import Person, loss_of
from counterpoise.simulation.plans import MODERATOR, OBSERVER, PLAYERS, Plan
from counterpoise.simulation.server_process import World
from counterpoise.simulation.virtual_loop import StalledError, VirtualLoop
from counterpoise.wire.codec import codec_for
from counterpoise.wire.messages import SUBPROTOCOLS

SCENARIO = "checkerboard"
CONVERGED_WITHIN_SECONDS = 30.0
LOOK_EVERY_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a simulation showed.

    Args:
        violations: the promises that were broken.
        fingerprint: of every frame that the server sent, with its time, and of the journal: equal for equal seeds.
        acks: how many orders and commands were acknowledged.
        processes: how many processes served the session, one after the other.
        frames: how many frames the server sent.
        seconds: how long it took, in virtual seconds.
    """

    violations: tuple[Violation, ...]
    fingerprint: str
    acks: int
    processes: int
    frames: int
    seconds: float


def simulate(plan: Plan) -> Outcome:
    """Run a simulation. Equal plans have equal outcomes."""
    loop = VirtualLoop(Random(f"{plan.seed}/threads"))  # type: ignore[abstract]  # it lacks what needs the real world
    with _quiet():
        try:
            outcome: Outcome = loop.run_until_complete(_Run(plan, loop).run())
        except StalledError as error:
            outcome = Outcome((Violation("nothing waits for ever", str(error)),), "", 0, 0, 0, loop.time())
        finally:
            loop.close()
    return outcome


class _Run:
    """One simulation on its loop."""

    def __init__(self, plan: Plan, loop: VirtualLoop) -> None:
        self._plan, self._loop = plan, loop
        self._hash = hashlib.sha256()
        self._frames = 0

    async def run(self) -> Outcome:
        plan, loop = self._plan, self._loop
        self._disk = Disk(Random(f"{plan.seed}/disk"), loop.time, is_shared=plan.is_shared)
        self._network = Network(Random(f"{plan.seed}/network"))
        self._check = FrameCheck(self._disk, codec_for(SUBPROTOCOLS[0]))
        world = World(
            plan.seed, scenario_text(SCENARIO)[0], self._disk, self._network, self._look, not plan.is_moderated
        )
        self._operator = Operator(world)
        links = await self._operator.start()
        addresses = {
            **{seat: links.seats[seat] for seat in PLAYERS},
            MODERATOR: links.moderator,
            OBSERVER: links.observer,
        }
        self._people = {
            name: Person(
                name, link, self._network, Random(f"{plan.seed}/{name}"), Random(f"{plan.seed}/{name}'s client")
            )
            for name, link in addresses.items()
        }
        self._nemesis = Nemesis(world, self._operator, self._people)
        present = [person for person in self._people.values() if plan.is_moderated or person.name != MODERATOR]
        playing = [loop.create_task(person.play()) for person in present]
        minding = [loop.create_task(person.mind()) for person in self._people.values()]
        faults = loop.create_task(self._nemesis.run(plan.faults))
        await asyncio.sleep(plan.seconds)
        for person in self._people.values():
            person.is_playing = False
        await asyncio.gather(*playing, faults)
        self._nemesis.heal()
        violations = await self._converge()
        violations.extend(self._violations())
        for task in minding:
            task.cancel()
        await asyncio.gather(*(person.leave() for person in self._people.values()))
        self._operator.stop()
        self._hash.update("".join(entry.chain for entry in self._disk.entries()).encode())
        return Outcome(
            tuple(violations),
            self._hash.hexdigest(),
            sum(len(person.heard.acks) for person in self._people.values()),
            self._operator.started,
            self._frames,
            loop.time(),
        )

    def _look(self, end: SocketEnd, frame: Frame) -> None:
        self._frames += 1
        data = frame if isinstance(frame, bytes) else frame.encode()
        self._hash.update(f"{self._loop.time():.9f} {end.client} ".encode() + data)
        self._check.look(end.client, frame)
        self._nemesis.before_frame(end, data)

    async def _converge(self) -> list[Violation]:
        """Wait until every client has everything."""
        self._people[MODERATOR].pause()
        until = self._loop.time() + CONVERGED_WITHIN_SECONDS
        while (late := self._unconverged()) and self._loop.time() < until:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
        if self._disk.has_lost:
            return self._check_loss_noticed()
        return [Violation("every client converges", each) for each in late]

    def _unconverged(self) -> list[str]:
        """Return who has not caught up with the server."""
        room = self._operator.room
        if room is None:
            return ["no process serves the session"]
        late = []
        for person in self._people.values():
            received = person.client.connection.received
            if not person.is_served:
                late.append(f"{person.name} waits for {len(person.client.unanswered_orders)} answers")
            elif not room.audience.at(person.name):
                late.append(f"{person.name} is not connected")
            elif (received.last, received.receipt) != room.session.messages.head(person.name):
                late.append(
                    f"{person.name} has {received.last} of {room.session.messages.head(person.name)[0]} messages"
                )
        return late

    def _check_loss_noticed(self) -> list[Violation]:
        """The disk has lost what it had claimed: a server that was told of it by a client's receipt must not go on."""
        room = self._operator.room
        if room is None or room.loss.is_found or room.session.phase == "ended":
            return []
        messages = room.session.messages
        return [
            Violation("a loss is noticed", f"{person.name} has message {received.last}, which the server does not know")
            for person in self._people.values()
            if (received := person.client.connection.received).last
            and (
                received.last > messages.head(person.name)[0]
                or messages.receipt_of(person.name, received.last) != received.receipt
            )
        ]

    def _violations(self) -> list[Violation]:
        """Return what the checks find at the end."""
        found = [*self._check.violations]
        found.extend(Violation("a fenced owner writes nothing", each) for each in self._disk.fenced_writes)
        found.extend(Violation("a server does not fail", each) for each in self._operator.problems())
        found.extend(Violation("no exception is left uncaught", each) for each in self._loop.failures)
        if self._disk.has_lost:
            return found
        heard = {name: person.heard for name, person in self._people.items()}
        for person in self._people.values():
            found.extend(Violation("messages are what a replay sends", each) for each in person.heard.problems)
            if (loss := loss_of(person)) is not None:
                found.append(Violation("nobody loses a seat", f"{person.name}: {loss}"))
        entries = self._disk.entries()
        found.extend(check_journal(entries, heard.values()))
        room = self._operator.room
        found.extend(check_replay(entries, heard, None if room is None else room.session))
        return found


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the log of the simulated servers and clients to themselves: it tells of the faults that were planned."""
    loggers = [logging.getLogger(name) for name in ("counterpoise", "counterpoise_clients")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
