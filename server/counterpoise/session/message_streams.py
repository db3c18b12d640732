"""The messages sent to one address: numbered without gaps, hash-chained, and kept for clients that return."""

from __future__ import annotations

import hashlib
import hmac
from collections import deque
from collections.abc import Callable
from typing import Generic, Literal, TypeVar

import msgspec
from msgspec import structs

from counterpoise.errors import ProtocolError
from counterpoise.session.keyed_hash import KeyedHash
from counterpoise.wire.messages import CLOSE_POLICY, Ack, ForecastNews, IncidentNews, WindowNews

Numbered = Ack | IncidentNews | WindowNews | ForecastNews
Resume = Literal["fresh", "delta", "snapshot"]
"""How a client goes on: from a first start, with the messages that it missed, or from a new start."""
M = TypeVar("M", bound=Numbered)
N = TypeVar("N", Ack, IncidentNews, WindowNews, ForecastNews, Numbered)

REMEMBERED = 4096
"""How many messages a returning client can be sent one by one; beyond that it starts from a snapshot."""
_PACKER = msgspec.msgpack.Encoder()
_UNPACKER: msgspec.msgpack.Decoder[Numbered] = msgspec.msgpack.Decoder(Numbered)
CHAIN_DIGITS = 16
"""How many digits of a receipt are the chain; the others are its seal."""
LATEST = 200
"""How many of the latest messages a client without a seat, and so without a view, gets on arrival."""


class StreamState(msgspec.Struct, frozen=True):
    """The state of a stream, or what is new in it since an earlier snapshot."""

    chain: str
    """The chain over all messages, in full."""
    receipts: list[str]
    """The receipt of every number from 0, without its seal."""
    recent: list[bytes]
    """The latest messages, packed, with receipts that have no seal."""


class SeatStream(Generic[M]):
    """The numbered messages of one address: a seat, the moderator or the observers.

    ``vseq`` is the number of the last message. Its ``receipt`` has two halves of 16 hex digits: the chain over all messages
    so far, and a seal over it that only this server can make. If a client shows a sealed receipt that this stream does not
    have, the server has lost messages that the client saw. If the seal is false, the client is mistaken or lying.

    Receipts are sealed on their way out. What is kept, and with it what a journal holds, has no seal: nobody who has the
    journal can make a receipt.

    Args:
        address: the seat, the moderator or the observers.
        key: seals the receipts.
        state: what ``state`` returned, for a session that is restored.
    """

    def __init__(self, address: str, key: bytes, state: StreamState | None = None) -> None:
        self._address, self._sealing = address, KeyedHash(key)
        self._head = "" if state is None else state.chain
        self._receipts = [""] if state is None else list(state.receipts)
        self.vseq = len(self._receipts) - 1
        # Forecasts are packed: as objects those of 25 years take ten times the memory. Incidents are shared by all addresses.
        self._recent: deque[Numbered | bytes] = deque([] if state is None else state.recent, maxlen=REMEMBERED)

    def since(self, count: int) -> StreamState:
        """Return what is new since there were ``count`` receipts, for a snapshot; everything for 0."""
        receipts = self._receipts[count:]
        recent = [_packed(message) for message in list(self._recent)[-len(receipts) :]] if receipts else []
        return StreamState(self._head, receipts, recent)

    @property
    def receipt(self) -> str:
        """The receipt of the last message; empty before the first."""
        return self.receipt_of(self.vseq)

    @property
    def head(self) -> str:
        """The chain over all messages so far, in full: 64 hex digits, empty before the first message."""
        return self._head

    def seal(self, vseq: int, chain: str) -> str:
        """Return the seal of a number and its chain, which only this server can make."""
        return self._sealing.hexdigest(f"{self._address}|{vseq}|{chain}".encode())[:16]

    def push(self, content: bytes, make: Callable[[int, str], M]) -> M:
        """Number and chain a message. The receipt covers ``content``, which is encoded once for all addresses.

        The message that is returned has no seal, see ``sealed``.
        """
        self.vseq += 1
        self._head = hashlib.sha256(self._head.encode() + content).hexdigest()
        chain = self._head[:CHAIN_DIGITS]
        self._receipts.append(chain)
        message = make(self.vseq, chain)
        self._recent.append(_packed(message) if isinstance(message, ForecastNews) else message)
        return message

    def sealed(self, message: N) -> N:
        """Return a message of this stream with the seal on its receipt."""
        return structs.replace(message, receipt=message.receipt + self.seal(message.vseq, message.receipt))

    def receipt_of(self, vseq: int) -> str:
        """Return the receipt that goes with a number up to ``vseq``, with its seal; empty for 0."""
        chain = self._receipts[vseq]
        return chain + self.seal(vseq, chain) if chain else ""

    def has_lost(self, vseq: int, receipt: str) -> bool:
        """Tell whether a receipt was made by this server for this address and is not known to it any more."""
        if vseq <= self.vseq and self.receipt_of(vseq) == receipt:
            return False
        return hmac.compare_digest(self.seal(vseq, receipt[:CHAIN_DIGITS]).encode(), receipt[CHAIN_DIGITS:].encode())

    def resume(self, last_vseq: int, last_receipt: str) -> Resume:
        """Return how a client goes on.

        Args:
            last_vseq: the last number that the client has; 0 if it has none.
            last_receipt: the receipt that came with that number.

        Raises:
            ProtocolError: ``log_regressed`` if the client holds a receipt that this session gave and has lost;
                ``bad_receipt`` if this session never gave it.
        """
        if last_vseq == 0:
            return "fresh"
        if last_vseq > self.vseq or self.receipt_of(last_vseq) != last_receipt:
            raise self.refusal(
                "log_regressed" if self.has_lost(last_vseq, last_receipt) else "bad_receipt", last_vseq, last_receipt
            )
        return "snapshot" if self.vseq - last_vseq > len(self._recent) else "delta"

    def after(self, last_vseq: int) -> list[Numbered]:
        """Return the messages after one of those that are kept; see ``resume``."""
        return self.latest(self.vseq - last_vseq)

    def refusal(self, code: str, vseq: int, receipt: str) -> ProtocolError:
        """Return the error for a receipt that this stream does not have."""
        return ProtocolError(
            code,
            "$.last_receipt",
            f"a receipt of this session, whose last number for you is {self.vseq}",
            f"number {vseq} with receipt {receipt or 'none'}",
            CLOSE_POLICY,
        )

    def latest(self, number: int) -> list[Numbered]:
        """Return so many of the latest messages, or all that are kept."""
        return [self.sealed(_unpacked(message)) for message in list(self._recent)[-number:]] if number else []


def _packed(message: Numbered | bytes) -> bytes:
    return message if isinstance(message, bytes) else _PACKER.encode(message)


def _unpacked(message: Numbered | bytes) -> Numbered:
    return _UNPACKER.decode(message) if isinstance(message, bytes) else message
