"""Sockets that never say hello do not keep honest clients out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from counterpoise.gateway.hub import Links
from counterpoise.gateway.listener.pending_sockets import PendingSockets, network_of
from counterpoise.gateway.server import Server
from counterpoise.torture.guest import ConnectionEnded, Guest
from counterpoise.torture.silent_sockets import silent_sockets

if TYPE_CHECKING:
    from tests.gateway.conftest import Invite

Host = Callable[..., Awaitable[tuple[Server, Links]]]
JOIN_SECONDS = 60.0
"""How long a guest waits: the server takes fewer connections in a second on a busy machine, but it refuses no guest."""


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


async def is_welcomed(guest: Guest) -> bool:
    try:
        await guest.open(open_timeout=JOIN_SECONDS)
        await guest.say_hello()
        await guest.hear("welcome", within=JOIN_SECONDS)
    except (OSError, EOFError, ConnectionEnded, TimeoutError):
        return False
    return True


async def test_two_hundred_people_behind_one_address_get_in_beside_a_thousand_silent_sockets(
    host: Host, invite: Invite
) -> None:
    server, links = await host(pending_max=1000)
    async with silent_sockets(server.port, 1300) as silent:
        honest = [invite(links.observer) for _ in range(200)]
        welcomed = await asyncio.gather(*(is_welcomed(guest) for guest in honest))
        assert silent.opened > 1300
    assert welcomed.count(True) == 200


async def test_a_client_that_has_said_hello_is_never_dropped_for_a_new_one(host: Host, invite: Invite) -> None:
    server, links = await host(pending_max=5)
    player = invite(links.seats["ARD"])
    await player.join()
    async with silent_sockets(server.port, 40):
        await player.say("ping", n=1)
        await player.hear("pong")
        late = invite(links.observer)
        await late.join()
    assert player.closed is None
