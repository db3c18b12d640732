"""The sockets whose clients have not said hello. Their number is bounded: the oldest of the busiest address makes room."""

from __future__ import annotations

import ipaddress
from typing import Protocol

Address = str


class Droppable(Protocol):
    """A socket that can be dropped without waiting for its client."""

    @property
    def remote_address(self) -> object:
        """The address of the peer as the operating system gives it: a tuple that begins with the host, or something else."""

    def drop(self) -> None:
        """Drop the connection at once."""


class PendingSockets:
    """Every accepted connection from its first byte to its hello, oldest first.

    An honest client says hello within a round trip, so the oldest socket is the least likely to be one. A class may sit behind
    one address, and so may everyone behind a proxy: an address loses a socket only when all sockets together are too many.

    Args:
        limit: how many connections may wait.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._waiting: dict[Address, dict[Droppable, None]] = {}
        self._addresses: dict[Droppable, Address] = {}

    def __len__(self) -> int:
        return len(self._addresses)

    def add(self, socket: Droppable) -> None:
        """Count a new connection. If there are too many, drop the oldest of the address that has the most."""
        if len(self) >= self._limit:
            busiest = max(self._waiting.values(), key=len)
            oldest = next(iter(busiest))
            self.remove(oldest)
            oldest.drop()
        address = self._addresses[socket] = network_of(socket.remote_address)
        self._waiting.setdefault(address, {})[socket] = None

    def remove(self, socket: Droppable) -> None:
        """Count a connection out that has said hello or has ended; does nothing for one that was counted out before."""
        address = self._addresses.pop(socket, None)
        if address is not None:
            del self._waiting[address][socket]
            if not self._waiting[address]:
                del self._waiting[address]


def network_of(remote: object) -> Address:
    """Return what one client cannot easily change of its address: an IPv4 address, or the /64 network of an IPv6 address."""
    host = str(remote[0]) if isinstance(remote, tuple) and remote else str(remote)
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
