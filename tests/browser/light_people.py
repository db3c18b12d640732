"""People of a class without a browser: they join by the code, take their seats, and are ready at every stop of the clock."""

from __future__ import annotations

import asyncio
import json
import secrets
import threading
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from counterpoise.wire.class_messages import CLASS_SUBPROTOCOL
from counterpoise_clients.client import Client


class LightPeople:
    """Runs people in a thread of their own until their games are over.

    Args:
        root: where the server answers.
        code: the join code.
        names: of the people.
    """

    def __init__(self, root: str, code: str, names: list[str]) -> None:
        self._root, self._code = root, code
        self.sat: dict[str, tuple[str, str]] = {}
        """The session and the seat of each person who has one."""
        self.failed: list[BaseException] = []
        self.debriefs = 0
        self._thread = threading.Thread(target=self._run, args=(names,), name="light people", daemon=True)

    def start(self) -> LightPeople:
        self._thread.start()
        return self

    def join(self, seconds: float) -> None:
        """Wait until every game is over."""
        self._thread.join(seconds)
        assert not self._thread.is_alive(), "the games of the light people are not over"
        assert not self.failed, self.failed[0]

    def _run(self, names: list[str]) -> None:
        asyncio.run(self._play_all(names))

    async def _play_all(self, names: list[str]) -> None:
        for outcome in await asyncio.gather(*(self._play(name) for name in names), return_exceptions=True):
            if isinstance(outcome, BaseException):
                self.failed.append(outcome)

    async def _play(self, name: str) -> None:
        way = await self._seat(name)
        self.sat[name] = (way["session"], way["seat"])
        async with Client(f"{self._root}/j/{way['session']}#{way['token']}", name=name) as client:
            await client.wait_until_started()
            told = -1
            async for observe in client.observations():
                if observe.called and observe.view.tick != told:
                    told = observe.view.tick
                    await client.ready(told)
            assert client.loss is None, client.loss
            report = await client.ask_debrief()
            self.debriefs += bool(report)

    async def _seat(self, name: str) -> dict[str, Any]:
        """Join the class, wait for a seat, and return the way to it."""
        url = self._root.replace("http://", "ws://") + "/c/ws"
        async with connect(url, subprotocols=[Subprotocol(CLASS_SUBPROTOCOL)], compression=None, proxy=None) as socket:

            async def hear(wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
                while True:
                    message: dict[str, Any] = json.loads(await socket.recv())
                    assert message["t"] != "refused", message
                    if wanted(message):
                        return message

            await socket.send(json.dumps({"t": "enter", "code": self._code, "name": name}))
            await hear(lambda message: message["t"] == "lobby" and message["place"] == "seated")
            await socket.send(json.dumps({"t": "take_seat", "id": secrets.token_hex(16)}))
            return await hear(lambda message: message["t"] == "your_seat")
