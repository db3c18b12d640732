"""The simulated people: each uses the real client over the simulated network, and keeps what the server told them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from random import Random
from typing import Any

import msgspec

from counterpoise.errors import CounterpoiseError
from counterpoise.sim.bot import Bot
from counterpoise.sim.move import Move
from counterpoise.simulation.network import Network
from counterpoise.simulation.plans import MODERATOR, PLAYERS
from counterpoise.wire.messages import (
    CLOSE_DONE,
    CLOSE_REPLACED,
    Ack,
    ForecastNews,
    IncidentNews,
    Observe,
    ServerMessage,
    WindowNews,
)
from counterpoise.wire.view_change import ViewChange
from counterpoise_clients import roster
from counterpoise_clients.client import Client, SeatLost
from counterpoise_clients.network.resume import OrderRefused

Numbered = Ack | IncidentNews | WindowNews | ForecastNews
PAUSE_SECONDS = 0.1, 1.2
"""How long a person waits between two acts."""
DEVICE_SECONDS = 3.0
"""How long a person waits for another device, and leaves the first one on."""
CONFIDENTIAL = "confidential:"
"""How the words begin that only those may read whom they name."""


class Heard:
    """What one address was told by the server, whichever of its clients was told."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.acks: dict[str, Ack] = {}
        self.numbered: dict[int, Numbered] = {}
        self.views: dict[tuple[int, int], bytes] = {}
        """The views of the seat by number of the last message and tick, encoded."""
        self.problems: list[str] = []
        """What a client must never be told."""

    def take(self, message: ServerMessage, latest: Observe | None) -> None:
        """Keep a message of the server.

        Args:
            message: the message.
            latest: the view that the client keeps now.
        """
        if latest is not None and isinstance(message, Observe | ViewChange):
            self.views[latest.vseq, latest.view.tick] = msgspec.json.encode(latest.view)
        if isinstance(message, Ack):
            self.acks[message.id] = message
        if isinstance(message, Numbered):
            known = self.numbered.setdefault(message.vseq, message)
            if known != message:
                self.problems.append(f"{self.name} got two messages with number {message.vseq}: {known} and {message}")


class Person:
    """Somebody at one address: acts at random, leaves the page and comes back.

    Args:
        name: a seat, the moderator or the observer.
        link: the join link.
        network: the network.
        random: draws what the person does.
        pauses: draws the client's ids and pauses.
    """

    def __init__(self, name: str, link: str, network: Network, random: Random, pauses: Random) -> None:
        self.name = name
        self.heard = Heard(name)
        self.is_playing = True
        self._link, self._network, self._random, self._pauses = link, network, random, pauses
        self._bot: Bot = roster.load_bot("random")(name)
        self._decided_at = -1
        self._ordered: list[str] = []
        """The ids of acknowledged orders, to take back."""
        self._told = 0
        self._tasks: dict[asyncio.Task[None], None] = {}
        self.client = self._open("")

    @property
    def is_served(self) -> bool:
        """Whether the client is connected, or was, and waits for no answer."""
        return self.client.welcome is not None and not len(self.client.unanswered_orders)

    async def play(self) -> None:
        """Act until ``is_playing`` is false."""
        self._start(self._connect(self.client))
        if self.name == MODERATOR:
            self._start(self._command({"kind": "start"}))
        while self.is_playing:
            await asyncio.sleep(self._random.uniform(*PAUSE_SECONDS))
            self._act()

    def pause(self) -> None:
        """Stop the clock, as the moderator; join first."""
        self._start(self._connect(self.client))
        self._start(self._command({"kind": "pause"}))

    async def reload(self) -> None:
        """Close the page and open it again: what the page knew is gone, but for the token."""
        left, self.client = self.client, self._open(self.client.connection.token)
        await left.close()
        self._start(self._connect(self.client))

    async def open_second_device(self) -> None:
        """Open the seat on another device with the same token; the server closes the first.

        If the first reconnects meanwhile and gets a new token, the second may be refused or replaced: then the person stays at
        the first.
        """
        first, second = self.client, self._open(self.client.connection.token)
        with suppress(SeatLost, TimeoutError):
            async with asyncio.timeout(DEVICE_SECONDS):
                await second.connect()
        if first is self.client and second.welcome is not None:
            self.client = second
            await asyncio.sleep(self._random.uniform(0.0, DEVICE_SECONDS))
            await first.close()
            if self.client is second and second.loss is not None and second.loss.code == CLOSE_REPLACED:
                # The first had not heard that it was replaced, came back and replaced the second. Only it has a valid token.
                self.client = self._open(first.connection.token)
                self._start(self._connect(self.client))
        else:
            await second.close()

    async def leave(self) -> None:
        """Close the client for good."""
        await self.client.close()
        for task in tuple(self._tasks):
            task.cancel()

    def _open(self, token: str) -> Client:
        client = Client(
            self._link,
            token,
            name=self.name,
            on_message=lambda message: self.heard.take(message, client.latest),
            dial=self._network.dialler(self.name),
            random=self._pauses,
        )
        return client

    async def _connect(self, client: Client) -> None:
        with suppress(SeatLost):
            await client.connect()

    def _act(self) -> None:
        client, chance = self.client, self._random.random()
        if client.welcome is None or client.status is None or client.status.phase == "lobby":
            return
        if self.name == MODERATOR:
            if chance < 0.3:
                self._start(self._command(self._some_command()))
        elif self.name not in PLAYERS or chance < 0.1:
            self._start(self._attempt(lambda: client.look(self._random.choice(PLAYERS))))
        elif chance < 0.4:
            self._start(self._attempt(lambda: client.order(self._letter())))
        elif chance < 0.5 and self._ordered:
            self._start(self._attempt(lambda: client.withdraw(self._ordered.pop())))
        elif chance < 0.6 and client.messages:
            detail = self._random.choice(client.messages)["detail"]
            self._start(self._attempt(lambda: client.mark_read(detail["thread"], detail["number"])))
        elif client.latest is not None and client.latest.called:
            self._decide(client, client.latest)

    def _decide(self, client: Client, seen: Observe) -> None:
        """Order what a random bot would, all at once, and say that the seat is ready."""
        view = seen.view
        if view.tick != self._decided_at:
            self._decided_at = view.tick
            for move in self._bot.decide(view):
                self._start(self._order(client, move, view.window))
        elif self._random.random() < 0.5:
            self._start(client.ready(view.tick))

    def _letter(self) -> dict[str, Any]:
        """Return a message whose words name those who may read it."""
        others = [seat for seat in PLAYERS if seat != self.name]
        readers = self._random.sample(others, self._random.randint(1, len(others)))
        self._told += 1
        return {
            "kind": "message",
            "to": readers,
            "text": f"{CONFIDENTIAL} {'+'.join(sorted([self.name, *readers]))} number {self._told}",
        }

    def _some_command(self) -> dict[str, Any]:
        return self._random.choice(
            [
                {"kind": "pause"},
                {"kind": "resume"},
                {"kind": "close_window"},
                {"kind": "talk", "level": self._random.choice(["free", "public"])},
                {"kind": "show_evidence", "shown": self._random.random() < 0.5},
            ]
        )

    async def _order(self, client: Client, move: Move, window: int) -> None:
        await self._attempt(lambda: client.order(move, window=window))

    async def _command(self, command: dict[str, Any]) -> None:
        await self._attempt(lambda: self.client.command(command))

    async def _attempt(self, send: Callable[[], Coroutine[Any, Any, object]]) -> None:
        """Send something; a refusal is an answer."""
        with suppress(OrderRefused):
            try:
                answer = await send()
            except SeatLost:
                return
            if isinstance(answer, Ack) and self.name in PLAYERS:
                self._ordered.append(answer.id)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks[task] = None
        task.add_done_callback(lambda done: self._tasks.pop(done, None))


def loss_of(person: Person) -> CounterpoiseError | None:
    """Return why a person's client has given up, unless the person closed it."""
    loss = person.client.loss
    return None if loss is None or loss.code == CLOSE_DONE else loss
