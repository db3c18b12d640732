"""The connections of a session, and the delivery of messages to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from counterpoise.gateway.connection import Connection, Letter, Request
from counterpoise.gateway.outbox import EncodedMessage
from counterpoise.session.published_messages import MODERATOR, OBSERVER
from counterpoise.wire.messages import Phase, ServerMessage

_MODERATING = ("moderator", "admin")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message and its receivers: all connections at an address, or the one connection that asked."""

    to: str | Request
    message: ServerMessage
    encoded: EncodedMessage | None = None
    """The message with its frames, if it is sent more than once."""


def address_of(role: str, seat: str) -> str:
    """Return the address under which the session numbers the messages of a client."""
    if role in ("player", "team"):
        return seat
    return MODERATOR if role in _MODERATING else OBSERVER


class Audience:
    """The admitted connections, by the address under which the session numbers their messages.

    Args:
        left: called with each connection that is removed.
    """

    def __init__(self, left: Callable[[Connection], None]) -> None:
        self._left = left
        self._at: dict[str, dict[Connection, None]] = {}
        self._phase: Phase = "lobby"

    def add(self, address: str, connection: Connection) -> None:
        """Deliver messages for an address to this connection too."""
        self._at.setdefault(address, {})[connection] = None

    def remove(self, connection: Connection) -> bool:
        """Remove a connection; return whether it was in the audience."""
        for listeners in self._at.values():
            if connection in listeners:
                del listeners[connection]
                self._left(connection)
                return True
        return False

    def at(self, address: str) -> tuple[Connection, ...]:
        """Return the connections at an address."""
        return tuple(self._at.get(address, ()))

    def connections(self) -> Iterator[tuple[str, Connection]]:
        """Yield every connection with its address."""
        for address, listeners in self._at.items():
            for connection in tuple(listeners):
                yield address, connection

    def deliver(self, outgoing: Iterable[Outgoing]) -> None:
        """Send each message to its address. A connection that has fallen too far behind is closed instead."""
        letters: dict[Connection, list[Letter]] = {}
        for item in outgoing:
            is_answer = isinstance(item.to, Request)
            letter = Letter(item.encoded or EncodedMessage(item.message), is_answer)
            for connection in (item.to.connection,) if isinstance(item.to, Request) else self._at.get(item.to, ()):
                letters.setdefault(connection, []).append(letter)
        for connection, theirs in letters.items():
            connection.deliver(theirs)

    def send_to_all(self, message: ServerMessage) -> None:
        """Queue one message at every connection."""
        encoded = EncodedMessage(message)
        for _, connection in self.connections():
            connection.enqueue(encoded)

    def close_all(self, code: int, reason: str) -> None:
        """Close every connection."""
        for _, connection in self.connections():
            connection.close(code, reason)

    def set_phase(self, phase: Phase) -> None:
        """Set the session's phase for the permissions of every connection."""
        if phase != self._phase:
            self._phase = phase
            for _, connection in self.connections():
                connection.peer.phase = phase
