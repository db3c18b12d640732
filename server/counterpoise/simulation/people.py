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
    CLOSE_OTHER_DEVICE,
    CLOSE_REPLACED,
    Ack,
    ForecastNews,
    IncidentNews,
    Observe,
    ServerMessage,
    WindowNews,
)
from counterpoise.wire.seat_messages import AskDevice, Device
from counterpoise.wire.view_change import ViewChange
from counterpoise_clients import roster
from counterpoise_clients.client import Client, KeptToken, SeatLost
from counterpoise_clients.network.links import parse_link
from counterpoise_clients.network.resume import OrderRefused

Numbered = Ack | IncidentNews | WindowNews | ForecastNews
PAUSE_SECONDS = 0.1, 1.2
"""How long a person waits between two acts."""
DEVICE_SECONDS = 3.0
"""How long a person waits for a code and for another device, and leaves the first tab on."""
DEVICE_SHARE = 0.5
"""How often a player goes on at another device and not in another tab."""
MIND_SECONDS = 0.5
"""How often a person looks whether the page still has the seat."""
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
        self._browser = KeptToken()
        """What the tabs of the person's present device share."""
        self._codes: list[Device] = []
        self._is_moving = False
        self._tasks: dict[asyncio.Task[None], None] = {}
        self.client = self._open(self._browser)

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
        """Close the page and open it again: what the page knew is gone, but for the token that the browser keeps."""
        left, self.client = self.client, self._open(self._browser)
        await left.close()
        self._start(self._connect(self.client))

    async def open_second_device(self) -> None:
        """Go on at another device, by a code that the first one shows, or in another tab of the same browser."""
        if self._is_moving:
            return
        self._is_moving = True
        try:
            has_code = self.name in PLAYERS and self._random.random() < DEVICE_SHARE
            await (self._move_to_device() if has_code else self._open_second_tab())
        finally:
            self._is_moving = False

    async def _open_second_tab(self) -> None:
        """Open the seat in another tab, and close the first one after a while, if the server has not closed it."""
        first, self.client = self.client, self._open(self._browser)
        self._start(self._connect(self.client))
        await asyncio.sleep(self._random.uniform(0.0, DEVICE_SECONDS))
        await first.close()

    async def _move_to_device(self) -> None:
        """Ask for a code and open its link on another device; stay at the first if the other does not get in."""
        self._codes.clear()
        await self.client.connection.send(AskDevice())
        await asyncio.sleep(DEVICE_SECONDS)
        if not self._codes:
            return
        browser = KeptToken(parse_link(self._codes[-1].url).token)
        second = self._open(browser)
        with suppress(SeatLost, TimeoutError):
            async with asyncio.timeout(DEVICE_SECONDS):
                await second.connect()
        if second.welcome is None:
            await second.close()
            return
        left, self.client, self._browser = self.client, second, browser
        await left.close()

    async def mind(self) -> None:
        """Go on here, as the page offers, whenever the seat was opened elsewhere and the person is still here."""
        while True:
            await asyncio.sleep(MIND_SECONDS)
            loss = self.client.loss
            if loss is not None and loss.code in (CLOSE_REPLACED, CLOSE_OTHER_DEVICE) and not self._is_moving:
                await self.reload()

    async def leave(self) -> None:
        """Close the client for good."""
        await self.client.close()
        for task in tuple(self._tasks):
            task.cancel()

    def _open(self, browser: KeptToken) -> Client:
        client = Client(
            self._link,
            browser,
            name=self.name,
            on_message=lambda message: self._hear(client, message),
            dial=self._network.dialler(self.name),
            random=self._pauses,
        )
        return client

    def _hear(self, client: Client, message: ServerMessage) -> None:
        self.heard.take(message, client.latest)
        if isinstance(message, Device):
            self._codes.append(message)

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
