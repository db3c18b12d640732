"""Who is connected to a session, and how messages reach them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from counterpoise.gateway.connection import Announcement, Connection, Request
from counterpoise.gateway.requests import Outgoing
from counterpoise.wire.messages import Phase, ServerMessage


class Audience:
    """The connections that have been let in, by the address under which the session numbers their messages."""

    def __init__(self) -> None:
        self._at: dict[str, list[Connection]] = {}

    def add(self, address: str, connection: Connection) -> None:
        """Let a connection hear what is said to an address."""
        self._at.setdefault(address, []).append(connection)

    def remove(self, connection: Connection) -> bool:
        """Forget a connection; tells whether it was known."""
        for listeners in self._at.values():
            if connection in listeners:
                listeners.remove(connection)
                return True
        return False

    def at(self, address: str) -> tuple[Connection, ...]:
        """Return who listens at an address."""
        return tuple(self._at.get(address, ()))

    def everyone(self) -> Iterator[tuple[str, Connection]]:
        """Yield every connection with its address."""
        for address, listeners in self._at.items():
            for connection in tuple(listeners):
                yield address, connection

    def deliver(self, outgoing: Iterable[Outgoing]) -> None:
        """Queue messages for those they are for; a connection that has fallen too far behind is closed instead."""
        for _, connection in self.everyone():
            connection.drop_if_slow()
        for item in outgoing:
            announcement = Announcement(item.message)
            if isinstance(item.to, Request):
                item.to.connection.announce(announcement)
            else:
                for connection in self.at(item.to):
                    connection.announce(announcement)

    def tell_all(self, message: ServerMessage) -> None:
        """Queue one message for everyone."""
        announcement = Announcement(message)
        for _, connection in self.everyone():
            connection.announce(announcement)

    def end_all(self, code: int, reason: str) -> None:
        """Close every connection."""
        for _, connection in self.everyone():
            connection.end(code, reason)

    def follow(self, phase: Phase) -> None:
        """Let the table of roles know the session's phase."""
        for _, connection in self.everyone():
            connection.peer.phase = phase
