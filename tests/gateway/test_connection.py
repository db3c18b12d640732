"""A hostile or slow client gets an answer or is closed, and no other client notices."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import time
from collections.abc import Awaitable, Callable
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from counterpoise.gateway.hub import Links
from counterpoise.gateway.server import Server
from counterpoise.session.journal.entries import canonical
from counterpoise.wire.messages import IncidentNews

if TYPE_CHECKING:
    from tests.gateway.conftest import Begin, Invite, Letter

Host = Callable[..., Awaitable[tuple[Server, Links]]]


def is_echo_of(number: int, pong: Any) -> bool:
    return bool(pong.n == number)


async def test_a_client_that_says_nothing_is_closed_with_4005(host: Host, invite: Invite) -> None:
    _, links = await host()
    guest = await invite(links.seats["ARD"]).open()
    began = time.monotonic()
    assert (await guest.until_closed(8))[0] == 4005
    assert 4.5 < time.monotonic() - began < 6.5


async def test_anything_but_hello_first_is_refused(host: Host, invite: Invite) -> None:
    _, links = await host()
    for frame, codes in (
        ('{"t":"ready","tick":0}', (1008,)),
        ("not json", (1007,)),
        ('{"t":"hello","protocol":1,"token":"' + "x" * 32 + '"}', (4006,)),
        ('{"t":"hello","protocol":2,"token":"' + "x" * 5000 + '"}', (1009,)),
        (b"\xff\x00\x01", (1003, 1007)),
    ):
        guest = await invite(links.seats["ARD"]).open()
        await guest.raw(frame)
        assert (await guest.until_closed())[0] in codes, frame[:40]


async def test_the_server_survives_garbage_of_every_kind(
    host: Host, invite: Invite, begin: Begin, letter: Letter
) -> None:
    """Sends raw bytes that are not websocket frames, and frames that are not messages."""
    server, links = await host(rate_per_second=100_000, rate_burst=100_000)
    bystander = invite(links.seats["BEL"])
    await bystander.join()
    await begin(links)
    random = Random("garbage")
    for number in range(40):
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        if number % 2:
            key = "dGhlIHNhbXBsZSBub25jZQ=="
            writer.write(
                f"GET /s/s/ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
            )
            await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        writer.write(random.randbytes(random.randrange(1, 400)))
        with contextlib.suppress(ConnectionError):
            await writer.drain()
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
    guest = invite(links.seats["ARD"], "counterpoise.v2.msgpack")
    await guest.join()
    answered = 0
    for _ in range(300):
        if guest.closed is not None:
            guest.last = (0, "")
            await guest.join()
        before = len(guest.all("error"))
        with contextlib.suppress(Exception):
            await guest.raw(random.randbytes(random.randrange(0, 300)))
        deadline = time.monotonic() + 5
        while guest.closed is None and len(guest.all("error")) == before:
            assert time.monotonic() < deadline, "a frame got no answer"
            await asyncio.sleep(0.001)
        answered += 1
    assert answered == 300
    await bystander.order(letter("ARD"))
    assert await bystander.hear("ack")


async def test_a_frame_that_is_too_large_closes_with_1009(host: Host, invite: Invite) -> None:
    _, links = await host()
    ard = invite(links.seats["ARD"])
    await ard.join()
    with contextlib.suppress(Exception):
        await ard.raw("x" * 70_000)
    assert (await ard.until_closed())[0] == 1009


async def test_a_client_that_floods_is_told_to_slow_down_and_then_closed_with_4004(
    host: Host, invite: Invite, begin: Begin, letter: Letter
) -> None:
    _, links = await host()
    flood, victim = invite(links.seats["ARD"]), invite(links.seats["BEL"])
    await flood.join()
    await victim.join()
    await begin(links)
    with contextlib.suppress(Exception):
        for _ in range(400):
            await flood.say("ping", n=1)
    assert (await flood.until_closed())[0] == 4004
    assert any(error.code == "rate_limited" for error in flood.all("error"))
    await victim.order(letter("ARD"))
    assert await victim.hear("ack", within=2)


async def test_a_ping_is_answered(host: Host, invite: Invite) -> None:
    _, links = await host()
    ard = invite(links.seats["ARD"])
    await ard.join()
    await ard.say("ping", n=7)
    assert (await ard.hear("pong")).n == 7


async def _stalled(guest: Any, server: Server) -> None:
    """Join with a small receive buffer, then stop reading."""
    raw = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.setblocking(False)
    await asyncio.get_running_loop().sock_connect(raw, ("127.0.0.1", server.port))
    await guest.open(sock=raw, max_queue=1)
    await guest.say("hello", protocol=2, token=guest.token)
    await guest.hear("welcome")
    guest.socket.transport.pause_reading()


@pytest.mark.slow
async def test_a_client_that_stops_reading_is_closed_with_4003_and_misses_nothing(host: Host, invite: Invite) -> None:
    server, links = await host()
    slow, quick = invite(links.moderator), invite(links.moderator)
    await quick.join()
    await _stalled(slow, server)
    room = server.hub.rooms["s"]
    stream = room.session.messages.streams["moderator"]
    first = stream.vseq
    delays: list[float] = []
    sent = 0
    closed = server.metrics.registry.get_sample_value
    while closed("counterpoise_closes_total", {"code": "4003"}) is None and sent < 20_000:
        # No game sends so many messages, so the test makes numbered news for every moderator.
        for _ in range(20):
            sent += 1
            plain = {
                "id": sent,
                "date": "1901-01-01",
                "tick": 0,
                "kind": "noise",
                "actors": [],
                "detail": {"x": "y" * 400},
            }
            news = stream.push(canonical(plain), partial(IncidentNews, incident=plain))
            room.session.messages._waiting.append(("moderator", news))
        began = time.perf_counter()
        await quick.say("ping", n=sent)
        await room._commit_and_send()
        await quick.hear("pong", partial(is_echo_of, sent))
        delays.append(time.perf_counter() - began)
    assert closed("counterpoise_closes_total", {"code": "4003"}) == 1
    assert max(delays) < 1.0
    slow.socket.transport.resume_reading()
    assert (await slow.until_closed(15))[0] in (4003, 1006)
    resumed = await slow.join(last=slow.last)
    assert resumed.resume == "delta"
    await slow.hear("incident", lambda m: m.incident["id"] == sent)
    numbers = [m.vseq for m in slow.all("incident") if m.incident["kind"] == "noise"]
    assert numbers == list(range(first + 1, first + 1 + sent))


async def test_a_killed_client_is_removed_from_the_audience(host: Host, invite: Invite) -> None:
    server, links = await host()
    base = len(os.listdir("/proc/self/fd"))
    tasks = len(asyncio.all_tasks())
    for _ in range(20):
        guest = invite(links.observer)
        await guest.join()
        guest.vanish()
        await guest.until_closed()
    async with asyncio.timeout(20):
        while (
            server.metrics.registry.get_sample_value("counterpoise_connections") != 0
            or len(os.listdir("/proc/self/fd")) > base + 3
            or len(asyncio.all_tasks()) > tasks + 2
        ):
            await asyncio.sleep(0.02)
