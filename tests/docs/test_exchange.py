"""The exchange on the protocol page is what a real server says and takes, frame by frame."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from counterpoise.gateway.config import ServerConfig
from counterpoise.gateway.server import Server
from counterpoise.session.commands import Pace
from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise.wire.codec import JsonCodec
from counterpoise.wire.messages import SUBPROTOCOLS, Ack, Noted, Observe, Order, Ready, Welcome
from counterpoise_clients import roster
from counterpoise_clients.client import Client
from exchange import CLIENT, exchange, exchange_text
from protocol_page import protocol_page


def quiet_bots(session: Session) -> Mapping[ActorId, Bot]:
    return {seat: roster.load_bot("status-quo")(str(seat)) for seat in session.seats}


def test_the_page_shows_the_exchange_and_its_client_frames_are_whole() -> None:
    assert exchange_text() in protocol_page()
    lines = exchange_text().splitlines()[1:-1]
    for step, line in zip(exchange(), lines, strict=True):
        arrow, _, frame = line.partition(" ")
        assert arrow == step.arrow
        if arrow == CLIENT:
            assert JsonCodec().decode(frame) == step.message


async def test_a_server_takes_the_frames_of_the_page_and_answers_as_it_shows(
    scenarios: dict[str, str], tmp_path: Path
) -> None:
    lines = exchange_text().splitlines()[1:-1]
    config = ServerConfig(data_dir=tmp_path, port=0, bots=quiet_bots, autostart=False)
    async with Server(config) as server:
        links = await server.hub.create(
            scenario_text=scenarios["middle-east-1955"], seed="7", session_id="s1", pace=Pace("windows", 60.0, 60.0)
        )
        token = links.seats["EGY"].partition("#")[2]
        address = f"ws://127.0.0.1:{server.port}/s/s1/ws"
        told: dict[str, dict[str, Any]] = {}
        async with connect(address, subprotocols=[Subprotocol(SUBPROTOCOLS[1])], proxy=None) as socket:
            for step, line in zip(exchange(), lines, strict=True):
                if step.arrow == CLIENT:
                    frame = json.loads(line.partition(" ")[2])
                    await socket.send(json.dumps(frame | ({"token": token} if "token" in frame else {})))
                    continue
                kind = json.loads(JsonCodec().encode(step.message))["t"]
                while kind not in told or (kind == "observe" and not told[kind]["called"]):
                    said = json.loads(await socket.recv())
                    assert said["t"] != "error", said
                    told[said["t"]] = said
                for name in step.shown:
                    outer, _, inner = name.partition(".")
                    assert (inner in told[kind][outer]) if inner else (outer in told[kind])
                if kind == "welcome":  # the first window waits for the seat only if somebody is in it when play begins
                    async with Client(links.moderator) as moderator:
                        await moderator.command({"kind": "start"})
    shown: dict[type[Any], Any] = {type(step.message): step.message for step in exchange()}
    assert (told["welcome"]["resume"], told["welcome"]["seat"]) == (shown[Welcome].resume, shown[Welcome].seat)
    view = shown[Observe].view
    for name in ("tick", "date", "window", "occasion", "calls"):
        assert told["observe"]["view"][name] == (list(view.calls) if name == "calls" else getattr(view, name))
    assert told["observe"]["called"] is shown[Observe].called
    assert told["ack"]["id"] == shown[Ack].id == shown[Order].id
    assert (told["noted"]["tick"], told["noted"]["open"]) == (shown[Noted].tick, shown[Noted].open)
    assert shown[Ready].tick == view.tick
