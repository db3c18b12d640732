"""People of a class without a browser: they join by the code, take their seats, and are ready at every stop of the clock.

``python light_people.py ROOT CODE NUMBER`` plays so many of them in a process of its own until their games are
over and each has a debrief.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from counterpoise.wire.class_messages import CLASS_SUBPROTOCOL
from counterpoise_clients.client import Client


def start_light_people(root: str, code: str, number: int) -> subprocess.Popen[str]:
    """Start the process; it ends with 0 once everybody has a debrief."""
    command = [sys.executable, __file__, root, code, str(number)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


async def play(root: str, code: str, name: str) -> None:
    """Play one person from the door to the debrief."""
    way = await take_seat(root, code, name)
    async with Client(f"{root}/j/{way['session']}#{way['token']}", name=name) as client:
        await client.wait_until_started()
        told = -1
        async for observe in client.observations():
            if observe.called and observe.view.tick != told:
                told = observe.view.tick
                await client.ready(told)
        if client.loss is not None:
            raise client.loss
        assert await client.ask_debrief()


async def take_seat(root: str, code: str, name: str) -> dict[str, Any]:
    """Join the class, wait for a seat, and return the way to it."""
    url = root.replace("http://", "ws://") + "/c/ws"
    async with connect(url, subprotocols=[Subprotocol(CLASS_SUBPROTOCOL)], compression=None, proxy=None) as socket:

        async def hear(wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
            while True:
                message: dict[str, Any] = json.loads(await socket.recv())
                assert message["t"] != "refused", message
                if wanted(message):
                    return message

        await socket.send(json.dumps({"t": "enter", "code": code, "name": name}))
        await hear(lambda message: message["t"] == "lobby" and message["place"] == "seated")
        await socket.send(json.dumps({"t": "take_seat", "id": secrets.token_hex(16)}))
        return await hear(lambda message: message["t"] == "your_seat")


async def play_all(root: str, code: str, number: int) -> None:
    """Play people until all their games are over."""
    await asyncio.gather(*(play(root, code, f"Light {each + 1}") for each in range(number)))


if __name__ == "__main__":
    asyncio.run(play_all(sys.argv[1], sys.argv[2], int(sys.argv[3])))
