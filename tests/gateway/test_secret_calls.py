"""Time does not tell who negotiates: the clock that everyone sees is the same whether or not a secret call is open.

The games run in virtual time, so that the times are those of the server's clock and not of a busy machine.
"""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from random import Random
from typing import Any

import pytest
from msgspec import structs
from tests.gateway.conftest import quiet_bots

from counterpoise.gateway.session_status import STATUS_SECONDS
from counterpoise.session.commands import Pace
from counterpoise.sim.types import ActorId
from counterpoise.simulation.disk import Disk
from counterpoise.simulation.network import Network
from counterpoise.simulation.server_process import ServerProcess, World
from counterpoise.simulation.virtual_loop import VirtualLoop
from counterpoise.torture.guest import Guest
from counterpoise.wire.checkpoints import Checkpoint

WATCHER, PROPOSER, ASKED = ActorId("HAR"), ActorId("ARD"), ActorId("FEN")
OFFER = {"kind": "propose_alliance", "to": ASKED, "commitment": "defence", "secret": True}
ANSWER_SECONDS = 2.0
THINKING_SECONDS = 0.8


class EvenNetwork(Network):
    """A network on which every frame takes the same time."""

    def delay(self) -> float:
        return 0.001


class SimulatedGuest(Guest):
    """A guest on the simulated network, until the end of the stack."""

    def __init__(self, link: str, network: Network, stack: AsyncExitStack) -> None:
        super().__init__(link)
        self._network, self._stack = network, stack

    async def open(self, **options: Any) -> Guest:
        connection = self._network.dialler(self.token)(self.url, str(self.subprotocol))
        self.socket = await self._stack.enter_async_context(connection)  # type: ignore[arg-type]
        self._reader = asyncio.create_task(self._read())
        return self

    async def _read(self) -> None:
        async for frame in self.socket:
            self._note(frame)
            self._news.set()


def seen_by_a_bystander(text: str, **how: bool) -> tuple[list[Any], float, list[str]]:
    """Play the first window; return the bystander's frames until the second, how long it took, and why the other was called."""
    loop = VirtualLoop(Random(1))  # type: ignore[abstract]

    async def play() -> tuple[list[Any], float, list[str]]:
        async with AsyncExitStack() as stack:
            return await first_window(loop, stack, text, **how)

    try:
        return loop.run_until_complete(play())  # type: ignore[no-any-return]
    finally:
        loop.close()


async def first_window(
    loop: VirtualLoop, stack: AsyncExitStack, text: str, *, offers: bool, answers: bool = True, counters: bool = False
) -> tuple[list[Any], float, list[str]]:
    network = EvenNetwork(Random(1))
    pace = Pace("windows", 600.0, 600.0)
    disk = Disk(Random(1), loop.time, is_shared=False)
    world = World(1, text, disk, network, lambda end, frame: None, False, pace, ANSWER_SECONDS, quiet_bots)
    links = await ServerProcess(1, world).links
    watcher, proposer, asked = guests = [
        SimulatedGuest(links.seats[seat], network, stack) for seat in (WATCHER, PROPOSER, ASKED)
    ]
    moderator = SimulatedGuest(links.moderator, network, stack)
    for guest in (*guests, moderator):
        await guest.join()
    await moderator.command("start")
    await watcher.hear("status", lambda m: m.phase == "running")
    await asyncio.sleep(0.5)  # the bots have decided
    first = len(watcher.heard)
    if offers:
        sent = await proposer.order(OFFER)
        await proposer.hear("ack", lambda m: m.id == sent)
    for guest in guests:
        await asyncio.sleep(2 * STATUS_SECONDS)  # the bystander has seen the last change
        began = loop.time()
        await guest.say("ready", tick=0)
    reasons: list[str] = []
    if offers:
        called = await asked.hear("observe", lambda m: m.called and m.view.tick > 0)
        reasons = [call.reason for call in called.view.calls]
        await asyncio.sleep(THINKING_SECONDS)
        if counters:
            sent = await asked.order({**OFFER, "to": PROPOSER, "commitment": "neutrality"})
            refused = await asked.hear("error", lambda m: m.id == sent)
            reasons.append(f"{refused.code} {refused.path}: {refused.got}")
        if answers:
            await asked.order({"kind": "answer_proposal", "proposal": called.view.calls[0].subject, "accept": True})
            await asked.hear("ack")
        await asked.say("ready", tick=called.view.tick)
    await watcher.hear("window", lambda m: m.window == 1)
    took = loop.time() - began
    await watcher.hear("observe")
    return watcher.heard[first:], took, reasons


def timeless(message: Any) -> Any:
    """Return a message as it is however the seconds were rounded, and a checkpoint without its salted hash."""
    if isinstance(message, Checkpoint):
        return structs.replace(message, journal="", signature="")
    return (
        structs.replace(message, seconds_left=round(message.seconds_left))
        if hasattr(message, "seconds_left")
        else message
    )


@pytest.mark.parametrize("answers", [True, False], ids=["answered", "left open"])
def test_a_bystander_sees_the_same_clock_at_the_same_time_whether_two_others_negotiate_or_not(
    checkerboard: str, answers: bool
) -> None:
    text = checkerboard.replace("dispute_rate = 2.5", "dispute_rate = 0.0")
    quiet, quiet_seconds, _ = seen_by_a_bystander(text, offers=False)
    secret, secret_seconds, reasons = seen_by_a_bystander(text, offers=True, answers=answers)
    assert reasons == ["proposal"]
    assert [timeless(message) for message in secret] == [timeless(message) for message in quiet]
    assert {message.tick for message in quiet if hasattr(message, "days_per_second")} >= {1}
    for seconds in (quiet_seconds, secret_seconds):
        assert ANSWER_SECONDS - 0.05 < seconds < ANSWER_SECONDS + 0.5
    assert abs(secret_seconds - quiet_seconds) < 0.1


def test_a_secret_offer_in_answer_to_a_call_does_not_stop_the_clock_a_day_later(checkerboard: str) -> None:
    text = checkerboard.replace("dispute_rate = 2.5", "dispute_rate = 0.0")
    heard, _, reasons = seen_by_a_bystander(text, offers=True, counters=True)
    assert reasons[0] == "proposal"
    assert reasons[1].startswith("late $.move: such an offer can be made only while a window is open.")
    assert "The next window opens on 1901-07-01." in reasons[1]
    ticks = [message.tick for message in heard if hasattr(message, "days_per_second")]
    assert set(ticks[:-1]) <= {0, 1}, "no other stop before the next window"
