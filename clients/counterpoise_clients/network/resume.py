"""The state that a client keeps between two connections, and the pauses between them. No socket, no clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from counterpoise.errors import OrderError
from counterpoise.wire.messages import CLOSE_RESTARTING, Ack, Command, Error, Order, Read, Withdraw
from counterpoise.wire.seat_messages import Drop, PassOn, Propose
from counterpoise.wire.talk_messages import ToModerator

Identified = Order | Command | Withdraw | Read | Propose | Drop | PassOn | ToModerator
"""A message that the client gives an id, and sends again until it is answered."""

EARLY_NUMBERS_MAX = 4096
"""Messages that may arrive ahead of a missing one before the missing one is given up."""


class OrderRefused(OrderError):  # noqa: N818 (it names what happened)
    """The server refused an order or a command; the error names the field, what was expected and what came."""


@dataclass(slots=True)
class SequenceTracker:
    """The numbered messages that have arrived: all up to ``last``, and some beyond.

    Numbers can arrive slightly out of order, because an ack overtakes other messages of the same moment.
    ``receipt`` is the receipt of message ``last``.
    """

    last: int = 0
    receipt: str = ""
    _ahead: dict[int, str] = field(default_factory=dict)

    def accept(self, vseq: int, receipt: str) -> bool:
        """Record a numbered message and return whether it is new."""
        if vseq <= self.last or vseq in self._ahead:
            return False
        self._ahead[vseq] = receipt
        while self.last + 1 in self._ahead:
            self.last += 1
            self.receipt = self._ahead.pop(self.last)
        if len(self._ahead) > EARLY_NUMBERS_MAX:
            # If a number never arrives, all numbers after it would stay in memory for ever.
            self.restart_at(*max(self._ahead.items()))
        return True

    def restart_at(self, vseq: int, receipt: str) -> None:
        """Start from a snapshot that includes all messages up to ``vseq``."""
        self.last, self.receipt = vseq, receipt
        self._ahead = {number: head for number, head in self._ahead.items() if number > vseq}


class UnansweredOrders:
    """Orders and commands without an answer, oldest first. The client resends them after a reconnect only."""

    def __init__(self) -> None:
        self._waiting: dict[str, Identified] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, message: Identified) -> None:
        """Store a message; call this before it is first sent."""
        self._waiting[message.id] = message

    def get(self, order: str) -> Identified | None:
        """Return the message with this id, or ``None`` if it has been answered."""
        return self._waiting.get(order)

    def resolve(self, answer: Ack | Error) -> Identified | None:
        """Remove and return the message that ``answer`` answers; ``None`` if no message waits for it.

        A ``rate_limited`` error leaves the message in place, because it is sent again.
        """
        if isinstance(answer, Error) and answer.code == "rate_limited":
            return None
        return self._waiting.pop(answer.id, None)

    def in_order(self) -> tuple[Identified, ...]:
        """Return the unanswered messages in the order in which they were first sent."""
        return tuple(self._waiting.values())


@dataclass(frozen=True, slots=True)
class Backoff:
    """The pause before an attempt to reconnect: doubles from ``first_s`` to ``max_s``, with full jitter.

    After a server says that it restarts, the first pause is at most ``restart_s``. The jitter covers the whole range, so
    that a class whose server restarts does not reconnect in the same instant.
    """

    first_s: float = 0.25
    max_s: float = 15.0
    restart_s: float = 2.0

    def delay(self, attempt: int, close_code: int, random: Random) -> float:
        """Return the seconds to wait before attempt number ``attempt``; 0 is the first attempt after a loss."""
        if attempt == 0 and close_code == CLOSE_RESTARTING:
            return random.uniform(0.0, self.restart_s)
        return random.uniform(0.0, min(self.max_s, self.first_s * 2.0 ** min(attempt, 16)))
