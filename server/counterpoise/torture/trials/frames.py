"""The trial ``frames``."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from collections import Counter
from random import Random
from typing import Any

from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from counterpoise.errors import OrderError
from counterpoise.gateway.seating.administration import is_administration
from counterpoise.session.commands import decode_command
from counterpoise.sim.catalogue import decode_move
from counterpoise.torture.attack import attacked
from counterpoise.torture.guest import Guest
from counterpoise.torture.host_process import HostProcess
from counterpoise.torture.malformed_frames import malformed_frame, odd_message, websocket_frame
from counterpoise.torture.process_usage import usage_of
from counterpoise.torture.silent_sockets import handshake
from counterpoise.torture.trial import Trial, TrialRun
from counterpoise.wire.codec import CODECS
from counterpoise.wire.messages import SUBPROTOCOLS, Command, Order
from counterpoise.wire.peer import Peer
from counterpoise.wire.rates import Bucket

MSGPACK, JSON = SUBPROTOCOLS
TURN = 500
"""Frames between two looks at whether the trial is to end."""
UNLIMITED = 10**9
MEGABYTES_MAX = 20.0
CLOSED_SECONDS = 20.0
"""A socket with a broken or an incomplete frame is closed within so long; a silent one has five seconds for its hello."""
AT_ONCE = 250
POLITE_SECONDS = 0.07
"""Between two frames of a moderator, who keeps to the rate limit."""
ODD_KINDS: tuple[Any, ...] = ({}, [], {"kind": {}})
"""Kinds of a command that cannot be looked up."""


class MalformedFrames(Trial):
    """Sends frames that break the protocol."""

    name = "frames"
    does = "Gives malformed frames to the codec, to the websocket protocol, to sockets, and from a moderator's seat."
    passes = (
        "Every frame has exactly one outcome: an answer, a typed error or a close. Nothing crashes, and others play on."
    )
    seconds_max = (3600.0, 240.0)

    async def run(self, run: TrialRun) -> None:
        """Send to each layer in turn."""
        before = usage_of(os.getpid())
        await _through_codec(run, run.size(500_000, 8_000))
        await _through_websockets(run, run.size(490_000, 4_000))
        after = usage_of(os.getpid())
        if before is not None and after is not None:
            grown = after.megabytes - before.megabytes
            run.figure("memory taken by codec and protocol", grown, "MB")
            run.require(
                grown < MEGABYTES_MAX, f"codec and protocol took {grown:.0f} MB, expected under {MEGABYTES_MAX:g}"
            )
        async with run.host(days_per_second=1.0) as host, attacked(run, host, megabytes_peak=60):
            await _through_sockets(run, host.port, run.size(10_000, 150))
            await _from_moderator(run, host, run.size(600, 40))


async def _through_codec(run: TrialRun, count: int) -> None:
    random, outcomes = run.random("codec"), Counter[str]()
    for number in range(count):
        frame = malformed_frame(random)
        try:
            outcomes[_outcome(frame, random)] += 1
        except Exception as error:
            run.require(False, f"the codec raised {type(error).__name__} for {frame[:80]!r}: {error}")
            return
        if number % TURN == 0:
            run.show(0.4 * number / count)
            await asyncio.sleep(0)
    run.figure("frames to the codec", count)
    for name in ("message", "error", "close"):
        run.figure(f"codec: {name}", outcomes.pop(name, 0))
    run.require(not outcomes, f"frames without exactly one outcome: {dict(outcomes)}")


def _outcome(frame: bytes | str, random: Random) -> str:
    """Return what became of a frame: ``message``, ``error`` or ``close``; anything else is wrong."""
    codec = CODECS[JSON if isinstance(frame, str) else MSGPACK]
    peer = Peer(codec, 0, bucket=Bucket(0, per_second=UNLIMITED, burst=UNLIMITED))
    if random.random() < 0.8:
        peer.state = "claiming"
        peer.seat_client(random.choice(("player", "moderator", "observer")), "ARD", "running")
    message = peer.receive(frame, 0)
    answers = [str(sent.__struct_config__.tag) for sent in peer.take_to_send()]
    if message is not None:
        with contextlib.suppress(OrderError):  # the typed error that the room would answer with
            _read_inside(message)
    if peer.close_code:
        return "close" if message is None and answers[-1:] == ["bye"] else f"close and {answers}"
    found = ["message"] * (message is not None) + answers
    return found[0] if len(found) == 1 else f"outcomes {found}"


def _read_inside(message: Any) -> None:
    """Read the part of a message that the codec leaves untyped, as the room does."""
    is_administration(message)
    if isinstance(message, Order):
        decode_move(message.move)
    elif isinstance(message, Command) and not is_administration(message):
        decode_command(message.command)


async def _through_websockets(run: TrialRun, count: int) -> None:
    random = run.random("websockets")
    closed = 0
    for number in range(count):
        protocol = ServerProtocol(max_size=64 * 1024)
        protocol.receive_data(handshake())
        (request,) = protocol.events_received()
        protocol.send_response(protocol.accept(request))  # type: ignore[arg-type]
        data = websocket_frame(random, malformed_frame(random))
        try:
            protocol.receive_data(data)
        except Exception as error:
            run.require(False, f"the protocol raised {type(error).__name__} for {data[:80]!r}: {error}")
            return
        closed += protocol.state is not OPEN
        if number % TURN == 0:
            run.show(0.4 + 0.3 * number / count)
            await asyncio.sleep(0)
    run.figure("frames to the websocket protocol", count)
    run.figure("websocket protocol: closed at once", closed)


async def _through_sockets(run: TrialRun, port: int, count: int) -> None:
    random, gate = run.random("sockets"), asyncio.Semaphore(AT_ONCE)
    ended = 0

    async def send(data: bytes, subprotocol: str) -> bool:
        nonlocal ended
        async with gate:
            is_closed = await _is_closed(port, data, subprotocol)
        ended += 1
        run.show(0.7 + 0.2 * ended / count)
        return is_closed

    frames = [malformed_frame(random) for _ in range(count)]
    closed = await asyncio.gather(
        *(send(websocket_frame(random, frame), JSON if isinstance(frame, str) else MSGPACK) for frame in frames)
    )
    run.figure("frames to sockets", count)
    run.figure("sockets not closed", closed.count(False))
    run.require(all(closed), f"{closed.count(False)} sockets with a broken frame stayed open for {CLOSED_SECONDS:g} s")


async def _is_closed(port: int, data: bytes, subprotocol: str) -> bool:
    """Send bytes as the first frame of a websocket; return whether the server closes it in time."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        async with asyncio.timeout(CLOSED_SECONDS):
            writer.write(handshake(subprotocol=subprotocol))
            await reader.readuntil(b"\r\n\r\n")
            writer.write(data)
            while await reader.read(65_536):
                pass
    except (ConnectionError, asyncio.IncompleteReadError):
        return True
    except TimeoutError:
        return False
    finally:
        writer.transport.abort()
    return True


def _odd_command(random: Random, number: int) -> dict[str, Any]:
    """Return a command with something odd in it, every fourth with an odd kind."""
    if number % 4 == 0:
        return {"t": "command", "command": {"kind": ODD_KINDS[number // 4 % len(ODD_KINDS)]}}
    while True:
        message = odd_message(random)
        if message.get("t") == "command" and isinstance(message.get("command"), dict):
            return message


async def _from_moderator(run: TrialRun, host: HostProcess, count: int) -> None:
    """Send odd commands from a moderator's seat: each has one answer, and the session goes on."""
    random, moderator = run.random("moderator"), Guest(host.links["moderator"])
    await moderator.join()
    sent: list[str] = []
    for number in range(count):
        message = _odd_command(random, number)
        message["id"] = request_id = f"{random.getrandbits(128):032x}"
        if moderator.closed is not None:
            await moderator.join()
        sent.append(request_id)
        await moderator.raw(json.dumps(message, default=repr))
        await asyncio.sleep(POLITE_SECONDS)
        run.show(0.9 + 0.1 * number / count)
    await moderator.command("resume")
    probe = await moderator.command("show_evidence", show=True)
    await moderator.until(lambda: any(getattr(heard, "id", "") == probe for heard in moderator.heard))
    answers = Counter(heard.id for tag in ("ack", "error") for heard in moderator.all(tag))
    wrong = [one for one in sent if answers[one] != 1]
    run.figure("frames of a moderator", len(sent))
    run.figure("not answered exactly once", len(wrong))
    run.require(not wrong, f"{len(wrong)} of {len(sent)} frames of a moderator were not answered exactly once")
    await moderator.leave()
