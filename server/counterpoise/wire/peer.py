"""The protocol state of one connection: hello, roles, rates. It owns no socket and no clock.

The connection passes frames to ``receive`` and the time to ``tick``. It sends what ``take_to_send`` returns, and it closes
with ``close_code`` if that is not zero. Each frame has exactly one outcome: ``receive`` returns a message for the session
to answer, or an ``error`` is queued, or the connection closes after a ``bye`` that says why.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

from counterpoise.errors import OrderError, ProtocolError
from counterpoise.wire.cleaning import clean_name
from counterpoise.wire.codec import CLOSE_MALFORMED, CLOSE_TOO_BIG, HELLO_BYTES_MAX, Codec
from counterpoise.wire.messages import (
    CLOSE_BAD_TOKEN,
    CLOSE_HELLO_TIMEOUT,
    CLOSE_POLICY,
    CLOSE_RATE,
    CLOSE_VERSION,
    PROTOCOL_VERSION,
    Bye,
    ClientMessage,
    Error,
    Hello,
    Phase,
    SeatRole,
    ServerMessage,
)
from counterpoise.wire.rates import Bucket
from counterpoise.wire.roles import is_allowed, refusal_of, verb_of
from counterpoise.wire.typed_messages import is_other_version, name_in, name_of, order_id, typed_message

HELLO_WITHIN_MS = 5000
MALFORMED_MAX = 3
"""After this many frames in a row that are not a map of clean values, the connection closes."""
PEEK_BYTES_MAX = 2048
"""A frame refused for its rate is decoded only up to this size, to name what is refused."""

State = Literal["awaiting_hello", "claiming", "seated", "closed"]


class Peer:
    """The protocol state of one client.

    ``receive`` returns the ``hello`` of a new client; the connection checks its token and calls ``seat_client`` or
    ``refuse``. ``phase`` is the phase of the session; the room keeps it up to date.

    Args:
        codec: encoding agreed on in the handshake.
        now_ms: milliseconds on a monotonic clock, as in every other call.
        bucket: rate limit of this client; several connections of one seat share one.
    """

    def __init__(self, codec: Codec, now_ms: int, *, bucket: Bucket | None = None) -> None:
        self.codec = codec
        self.state: State = "awaiting_hello"
        self.role: SeatRole = "observer"
        self.seat = ""
        self.name = ""
        self.phase: Phase = "lobby"
        self.close_code = 0
        self.close_reason = ""
        self.bucket = bucket or Bucket(now_ms)
        self._to_send: list[ServerMessage] = []
        self._hello_due_ms = now_ms + HELLO_WITHIN_MS
        self._malformed = 0

    def receive(self, frame: bytes | str, now_ms: int) -> ClientMessage | None:
        """Process one frame; return its message if the session must answer it."""
        if self._is_closed(now_ms):
            return None
        if self.state == "awaiting_hello":
            return self._hello(frame)
        if not self.bucket.take(len(frame), now_ms):
            self._refuse_fast(frame, now_ms)
            return None
        try:
            data = self.codec.unpack(frame)
        except ProtocolError as error:
            self._refuse_broken(error)
            return None
        self._malformed = 0
        try:
            message = typed_message(data)
        except ProtocolError as error:
            self.answer(error, order_id(data), name_in(data))
            return None
        return self._permitted(message, order_id(data))

    def tick(self, now_ms: int) -> None:
        """Close a client that has not said hello in time."""
        if self.state == "awaiting_hello" and now_ms >= self._hello_due_ms:
            self.close(CLOSE_HELLO_TIMEOUT, f"no hello within {HELLO_WITHIN_MS // 1000} s")

    def seat_client(self, role: SeatRole, seat: str, phase: Phase) -> None:
        """Give the client that said hello its role; from now on its messages are checked against the permissions."""
        if self.state == "claiming":
            self.role, self.seat, self.phase, self.state = role, seat, phase, "seated"

    def refuse(
        self, reason: str = "this link is not valid: it was used, withdrawn or mistyped, or it is too old"
    ) -> None:
        """Close the client that said hello, because its token is not valid."""
        self.close(CLOSE_BAD_TOKEN, reason)

    def answer(self, error: ProtocolError | OrderError, order: str = "", name: str = "") -> None:
        """Answer a frame with an error; ``order`` is the id of the order or command in the frame, ``name`` its ``t``."""
        if isinstance(error, ProtocolError) and error.close_code:
            self.close(error.close_code, str(error))
        elif self.state != "closed":
            self._to_send.append(Error(error.code, error.path, error.expected, error.got, order, name))

    def close(self, code: int, reason: str) -> None:
        """Close the connection with ``code``, after a ``bye`` that says why. Only the first call counts."""
        if self.state == "closed":
            return
        self.state = "closed"
        self.close_code = code
        # A close frame holds 123 bytes; the bye has the whole reason.
        self.close_reason = reason.encode()[:120].decode(errors="ignore")
        self._to_send.append(Bye(reason, code))

    def take_to_send(self) -> list[ServerMessage]:
        """Return the queued messages, oldest first, and clear the queue."""
        waiting, self._to_send = self._to_send, []
        return waiting

    def _is_closed(self, now_ms: int) -> bool:
        self.tick(now_ms)
        return self.state == "closed"

    def _hello(self, frame: bytes | str) -> Hello | None:
        if len(frame) > HELLO_BYTES_MAX:
            self.close(CLOSE_TOO_BIG, f"too_large: expected at most {HELLO_BYTES_MAX} bytes before the welcome")
            return None
        try:
            data = self.codec.unpack(frame)
            if is_other_version(data, PROTOCOL_VERSION):
                self._refuse_version(data["protocol"])
                return None
            message = typed_message(data)
        except ProtocolError as error:
            self.close(error.close_code or CLOSE_MALFORMED, str(error))
            return None
        if not isinstance(message, Hello):
            self.close(CLOSE_POLICY, f"unexpected: $.t: expected hello as the first frame, got {data['t']}")
            return None
        self.state = "claiming"
        self.name = clean_name(message.name)
        return message

    def _refuse_version(self, spoken: int) -> None:
        """Tell a client of another version, in a form that every version reads, which one this server speaks."""
        self._to_send.append(Error("other_version", "$.protocol", f"protocol {PROTOCOL_VERSION}", f"protocol {spoken}"))
        self.close(
            CLOSE_VERSION,
            f"this server speaks protocol {PROTOCOL_VERSION}, not {spoken}. Use a client of that version.",
        )

    def _permitted(self, message: ClientMessage, order: str) -> ClientMessage | None:
        if isinstance(message, Hello):
            self.answer(
                ProtocolError("unexpected", "$.t", "", "this connection has said hello already; send hello once"),
                name=name_of(message),
            )
            return None
        if self.state == "claiming":
            self.answer(
                ProtocolError("not_seated", "$.t", "", "wait for the welcome, then send this again"),
                order,
                name_of(message),
            )
            return None
        verb = verb_of(message, self.seat)
        if is_allowed(verb, self.role, self.phase):
            return message
        code, expected, got = refusal_of(verb, self.role, self.phase)
        self.answer(ProtocolError(code, "$.t", expected, got), order, name_of(message))
        return None

    def _refuse_broken(self, error: ProtocolError) -> None:
        if error.order:
            self._malformed = 0
            self.answer(error, error.order)
            return
        self._malformed += 1
        if self._malformed >= MALFORMED_MAX and not error.close_code:
            self.close(CLOSE_MALFORMED, f"{MALFORMED_MAX} malformed frames in a row; the last one: {error}")
        else:
            self.answer(error)

    def _refuse_fast(self, frame: bytes | str, now_ms: int) -> None:
        if self.bucket.is_abused(now_ms):
            self.close(CLOSE_RATE, f"more than {self.bucket.per_second} messages in 1 s, again and again")
            return
        order = name = ""
        if len(frame) <= PEEK_BYTES_MAX:
            with suppress(ProtocolError):
                data = self.codec.unpack(frame)
                order, name = order_id(data), name_in(data)
        wait = max(100, self.bucket.wait_ms(len(frame), now_ms)) / 1000
        problem = f"more than {self.bucket.per_second} messages in 1 s. Send this one again after {wait:.1f} s."
        self.answer(ProtocolError("rate_limited", "$", "", problem), order, name)
