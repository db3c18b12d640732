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
from counterpoise.wire.messages import CLOSE_BAD_TOKEN
from counterpoise_clients.client import Client, SeatLost

GIVEN_TO_A_BOT = "the moderator has given this seat to its bot"


def start_light_people(root: str, code: str, number: int) -> subprocess.Popen[str]:
    """Start the process; it ends with 0 once everybody has a debrief."""
    command = [sys.executable, __file__, root, code, str(number)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


async def play(root: str, code: str, name: str) -> None:
    """Play one person from the door to the debrief; who loses the seat to a bot comes back by the lobby."""
    person, link = await take_seat(root, {"code": code, "name": name})
    while not await play_seat(link, name):
        _, link = await take_seat(root, {"token": person})


async def play_seat(link: str, name: str) -> bool:
    """Play a seat, and return whether it came to the debrief. It does not if a bot gets the seat."""
    try:
        async with Client(link, name=name) as client:
            await client.wait_until_started()
            told = -1
            async for observe in client.observations():
                if observe.called and observe.view.tick != told:
                    told = observe.view.tick
                    await client.ready(told)
            if client.loss is not None:
                raise client.loss
            assert await client.ask_debrief()
            return True
    except SeatLost as loss:
        # A bot has the seat now: the server has said so, or, if the person was away then, does not know the token any more.
        if loss.code != CLOSE_BAD_TOKEN and loss.reason != GIVEN_TO_A_BOT:
            raise
        return False


async def take_seat(root: str, door: dict[str, str]) -> tuple[str, str]:
    """Enter the class, wait for a seat, and return the token of the person and the link to the seat."""
    url = root.replace("http://", "ws://") + "/c/ws"
    async with connect(url, subprotocols=[Subprotocol(CLASS_SUBPROTOCOL)], compression=None, proxy=None) as socket:

        async def hear(wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
            while True:
                message: dict[str, Any] = json.loads(await socket.recv())
                assert message["t"] != "refused", message
                if wanted(message):
                    return message

        await socket.send(json.dumps({"t": "enter", **door}))
        person: str = (await hear(lambda message: message["t"] == "entered"))["token"]
        await hear(lambda message: message["t"] == "lobby" and message["place"] == "seated")
        await socket.send(json.dumps({"t": "take_seat", "id": secrets.token_hex(16)}))
        way = await hear(lambda message: message["t"] == "your_seat")
        return person, f"{root}/j/{way['session']}#{way['token']}"


async def play_all(root: str, code: str, number: int) -> None:
    """Play people until all their games are over."""
    await asyncio.gather(*(play(root, code, f"Light {each + 1}") for each in range(number)))


if __name__ == "__main__":
    asyncio.run(play_all(sys.argv[1], sys.argv[2], int(sys.argv[3])))
