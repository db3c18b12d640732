"""What a client must not forget between two connections, and how long it waits between them. No socket, no clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from counterpoise.errors import OrderError
from counterpoise.wire.messages import CLOSE_RESTARTING, Ack, Command, Error, Order

LOOKAHEAD_MAX = 4096


class OrderRefused(OrderError):  # noqa: N818 (it names what happened)
    """The server did not take an order or a command: which field, what was expected there, what came."""


@dataclass(slots=True)
class Tally:
    """Which numbered messages have come: ``last`` is the number up to which none is missing.

    Numbers may come slightly out of order, because an ack overtakes what else was said in the same moment.
    """

    last: int = 0
    receipt: str = ""
    _ahead: dict[int, str] = field(default_factory=dict)

    def take(self, vseq: int, receipt: str) -> bool:
        """Note a numbered message; return whether it is new."""
        if vseq <= self.last or vseq in self._ahead:
            return False
        self._ahead[vseq] = receipt
        while self.last + 1 in self._ahead:
            self.last += 1
            self.receipt = self._ahead.pop(self.last)
        if len(self._ahead) > LOOKAHEAD_MAX:
            # A number that does not come any more would hold everything after it in memory for ever.
            self.restart(*max(self._ahead.items()))
        return True

    def restart(self, vseq: int, receipt: str) -> None:
        """Begin again from a snapshot that includes everything up to ``vseq``."""
        self.last, self.receipt = vseq, receipt
        self._ahead = {number: head for number, head in self._ahead.items() if number > vseq}


class Outbox:
    """Orders and commands without an answer, oldest first. They are sent again after a reconnect, never before."""

    def __init__(self) -> None:
        self._waiting: dict[str, Order | Command] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, message: Order | Command) -> None:
        """Keep a message from before it is first sent until it is answered."""
        self._waiting[message.id] = message

    def get(self, order: str) -> Order | Command | None:
        """Return the message with this id, if it still waits."""
        return self._waiting.get(order)

    def settle(self, answer: Ack | Error) -> Order | Command | None:
        """Take the message that ``answer`` is about out of the box and return it; None if nothing waited for it."""
        if isinstance(answer, Error) and answer.code == "rate_limited":
            return None
        return self._waiting.pop(answer.id, None)

    def unanswered(self) -> tuple[Order | Command, ...]:
        """Return what is to be sent again after a reconnect, in the order it was first sent."""
        return tuple(self._waiting.values())


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long to wait before trying again: doubling from ``first`` to ``most`` seconds, with full jitter.

    A server that says it restarts is asked again within ``restart`` seconds. The jitter is over the whole range, so that
    a class whose server went away does not come back all in the same instant.
    """

    first: float = 0.25
    most: float = 15.0
    restart: float = 2.0

    def delay(self, attempt: int, close_code: int, jitter: Random) -> float:
        """Return seconds to wait before attempt number ``attempt`` (0 is the first after a loss)."""
        if attempt == 0 and close_code == CLOSE_RESTARTING:
            return jitter.uniform(0.0, self.restart)
        return jitter.uniform(0.0, min(self.most, self.first * 2.0 ** min(attempt, 16)))
