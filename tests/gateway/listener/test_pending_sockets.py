"""Sockets that never say hello do not keep honest clients out."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from tests.gateway.conftest import Guest

from counterpoise.gateway.hub import Links
from counterpoise.gateway.listener.pending_sockets import PendingSockets, network_of
from counterpoise.gateway.server import Server

if TYPE_CHECKING:
    from tests.gateway.conftest import Invite

Host = Callable[..., Awaitable[tuple[Server, Links]]]

HANDSHAKE = (
    b"GET /s/s/ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Protocol: counterpoise.v2.json\r\n\r\n"
)


class NamedSocket:
    """A socket that notes that it was dropped."""

    def __init__(self, name: str, host: str, dropped: list[str]) -> None:
        self.name, self.remote_address = name, (host, 1)
        self._dropped = dropped

    def drop(self) -> None:
        self._dropped.append(self.name)


def test_the_oldest_socket_of_the_address_with_the_most_makes_room() -> None:
    dropped: list[str] = []
    pending = PendingSockets(4)
    honest = NamedSocket("honest", "10.0.0.1", dropped)
    pending.add(honest)
    for number in range(6):
        pending.add(NamedSocket(f"silent {number}", "10.0.0.2", dropped))
    assert dropped == ["silent 0", "silent 1", "silent 2"]
    assert len(pending) == 4
    pending.remove(honest)
    pending.remove(honest)
    assert len(pending) == 3


def test_a_network_of_ipv6_addresses_counts_as_one_address() -> None:
    assert network_of(("2001:db8::1", 5, 0, 0)) == network_of(("2001:db8::ffff:2", 6, 0, 0)) == "2001:db8::/64"
    assert network_of(("2001:db8:0:1::1", 5, 0, 0)) != network_of(("2001:db8::1", 5, 0, 0))
    assert network_of(("::ffff:10.0.0.1", 5, 0, 0)) == network_of(("10.0.0.1", 5)) == "10.0.0.1"
    assert network_of(("fe80::1%eth0", 5, 0, 0)) == "fe80::/64"
    assert network_of("") == ""


class SilentSockets:
    """Opens sockets again and again that say nothing, most of them after a websocket handshake."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open: list[asyncio.StreamWriter] = []
        self.opened = 0

    async def open(self, count: int) -> None:
        for _ in range(count):
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", self._port)
                if self.opened % 10:
                    writer.write(HANDSHAKE)
                self._open.append(writer)
                self.opened += 1

    async def go_on(self) -> None:
        while True:
            await self.open(1)
            await asyncio.sleep(0.002)

    def close(self) -> None:
        for writer in self._open:
            writer.transport.abort()


@asynccontextmanager
async def silent_sockets(server: Server, count: int) -> AsyncIterator[SilentSockets]:
    """Open so many at once, and further ones all the time."""
    silent = SilentSockets(server.port)
    await silent.open(count)
    more = asyncio.create_task(silent.go_on())
    try:
        yield silent
    finally:
        more.cancel()
        silent.close()


async def is_welcomed(guest: Guest) -> bool:
    try:
        await guest.join()
    except (OSError, EOFError, AssertionError, TimeoutError):
        return False
    return True


async def test_two_hundred_people_behind_one_address_get_in_beside_a_thousand_silent_sockets(
    host: Host, invite: Invite
) -> None:
    server, links = await host(pending_max=1000)
    async with silent_sockets(server, 1300) as silent:
        honest = [invite(links.observer) for _ in range(200)]
        welcomed = await asyncio.gather(*(is_welcomed(guest) for guest in honest))
        assert silent.opened > 1300
    assert welcomed.count(True) == 200


async def test_a_client_that_has_said_hello_is_never_dropped_for_a_new_one(host: Host, invite: Invite) -> None:
    server, links = await host(pending_max=5)
    player = invite(links.seats["ARD"])
    await player.join()
    async with silent_sockets(server, 40):
        await player.say("ping", n=1)
        await player.hear("pong")
        late = invite(links.observer)
        await late.join()
    assert player.closed is None
