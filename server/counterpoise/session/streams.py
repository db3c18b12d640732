"""What one address has been sent: numbered without gaps, chained, and kept for those who come back."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable
from typing import Generic, Literal, TypeVar

from counterpoise.errors import ProtocolError
from counterpoise.session.journal import canonical
from counterpoise.wire.messages import CLOSE_POLICY, Ack, ForecastNews, IncidentNews, WindowNews

Numbered = Ack | IncidentNews | WindowNews | ForecastNews
M = TypeVar("M", bound=Numbered)

REMEMBERED = 4096
"""How many messages a returning client can be sent one by one; beyond that it starts from a snapshot."""


class SeatStream(Generic[M]):
    """The numbered messages of one address: a seat, the moderator or the observers.

    ``vseq`` is the number of the last message, ``receipt`` the head of the chain over all of them (32 hex digits).
    A client that shows a number and receipt this stream never gave out has seen a future this server has lost.
    """

    def __init__(self) -> None:
        self.vseq = 0
        self._receipts = [""]
        self._recent: deque[Numbered] = deque(maxlen=REMEMBERED)

    @property
    def receipt(self) -> str:
        """The head of the chain; empty before the first message."""
        return self._receipts[-1]

    def push(self, content: dict[str, object], make: Callable[[int, str], M]) -> M:
        """Number and chain a message; ``content`` is what the receipt covers."""
        self.vseq += 1
        self._receipts.append(hashlib.sha256(self.receipt.encode() + canonical(content)).hexdigest()[:32])
        message = make(self.vseq, self.receipt)
        self._recent.append(message)
        return message

    def missed(self, last_vseq: int, last_receipt: str) -> tuple[Literal["fresh", "delta", "snapshot"], list[Numbered]]:
        """Return what a client that saw ``last_vseq`` has missed.

        Raises:
            ProtocolError: ``log_regressed``, when the client holds a receipt this stream never gave.
        """
        if last_vseq == 0:
            return "fresh", []
        if last_vseq > self.vseq or self._receipts[last_vseq] != last_receipt:
            raise ProtocolError(
                "log_regressed",
                "$.last_receipt",
                f"a receipt of this session, whose last number for you is {self.vseq}",
                f"number {last_vseq} with receipt {last_receipt or 'none'}",
                CLOSE_POLICY,
            )
        behind = self.vseq - last_vseq
        if behind > len(self._recent):
            return "snapshot", []
        return "delta", [message for message in self._recent if message.vseq > last_vseq]
