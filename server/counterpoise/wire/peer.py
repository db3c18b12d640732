"""What one connection may do next: hello, roles, rates. It owns no socket and no clock.

The shell feeds frames in with ``receive`` and the time with ``tick``, then sends what ``take_to_send`` returns and, if
``close_code`` is not zero, closes the connection with it. Each frame has exactly one outcome: a message is returned for the
session to answer, or an ``error`` waits to be sent, or the connection is to be closed (with a ``bye`` that says why).
"""

from __future__ import annotations

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
from counterpoise.wire.roles import allowed, verb_of, why_not
from counterpoise.wire.shaping import is_other_version, order_id, shape

HELLO_WITHIN_MS = 5000
MALFORMED_MAX = 3
"""So many frames in a row that are not even a map of clean values, and the connection is closed."""
PEEK_BYTES_MAX = 2048
"""A frame refused for its rate is read no further than this, to name the order that was refused."""

State = Literal["awaiting_hello", "claiming", "seated", "closed"]


class Peer:
    """The protocol state of one client.

    ``receive`` returns the ``hello`` of a new client; the shell checks its token and calls ``sit`` or ``refuse``.
    ``phase`` is the session's; the shell keeps it up to date.

    Args:
        codec: the written form agreed on in the handshake.
        now_ms: milliseconds on a monotonic clock, as in every other call.
        bucket: the rate of this client; give several connections of one seat the same one.
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
        """Take one frame; return its message if it is for the session. Then send what waits, and close if told to."""
        if self._over(now_ms):
            return None
        if self.state == "awaiting_hello":
            return self._hello(frame)
        if not self.bucket.take(len(frame), now_ms):
            self._too_fast(frame, now_ms)
            return None
        try:
            data = self.codec.unpack(frame)
        except ProtocolError as error:
            self._broken(error)
            return None
        self._malformed = 0
        try:
            message = shape(data)
        except ProtocolError as error:
            self.answer(error, order_id(data))
            return None
        return self._authorised(message, order_id(data))

    def tick(self, now_ms: int) -> None:
        """Let time pass: a client that has not said hello in time is closed."""
        if self.state == "awaiting_hello" and now_ms >= self._hello_due_ms:
            self.close(CLOSE_HELLO_TIMEOUT, f"no hello within {HELLO_WITHIN_MS // 1000} s")

    def sit(self, role: SeatRole, seat: str, phase: Phase) -> None:
        """Seat the client whose hello was returned; from now on its messages pass by the table of roles."""
        if self.state == "claiming":
            self.role, self.seat, self.phase, self.state = role, seat, phase, "seated"

    def refuse(self, reason: str = "this link is not valid: it was used, withdrawn or mistyped") -> None:
        """Turn the client whose hello was returned away."""
        self.close(CLOSE_BAD_TOKEN, reason)

    def answer(self, error: ProtocolError | OrderError, order: str = "") -> None:
        """Let a frame be answered with an error; ``order`` is the id of the order or command it was about."""
        if isinstance(error, ProtocolError) and error.close_code:
            self.close(error.close_code, str(error))
        elif self.state != "closed":
            self._to_send.append(Error(error.code, error.path, error.expected, error.got, order))

    def close(self, code: int, reason: str) -> None:
        """Let the connection be closed with ``code``, after a ``bye`` that says why. The first call counts."""
        if self.state == "closed":
            return
        self.state = "closed"
        self.close_code = code
        # A close frame has room for 123 bytes; the bye says it in full.
        self.close_reason = reason.encode()[:120].decode(errors="ignore")
        self._to_send.append(Bye(reason, code))

    def take_to_send(self) -> list[ServerMessage]:
        """Return what waits to be sent, oldest first, and forget it."""
        waiting, self._to_send = self._to_send, []
        return waiting

    def _over(self, now_ms: int) -> bool:
        self.tick(now_ms)
        return self.state == "closed"

    def _hello(self, frame: bytes | str) -> Hello | None:
        if len(frame) > HELLO_BYTES_MAX:
            self.close(CLOSE_TOO_BIG, f"too_large at $: expected at most {HELLO_BYTES_MAX} bytes before welcome")
            return None
        try:
            data = self.codec.unpack(frame)
            if is_other_version(data, PROTOCOL_VERSION):
                self.close(CLOSE_VERSION, f"this server speaks protocol {PROTOCOL_VERSION}, not {data['protocol']}")
                return None
            message = shape(data)
        except ProtocolError as error:
            self.close(error.close_code or CLOSE_MALFORMED, str(error))
            return None
        if not isinstance(message, Hello):
            self.close(CLOSE_POLICY, f"unexpected at $.t: expected hello as the first frame, got {data['t']}")
            return None
        self.state = "claiming"
        self.name = clean_name(message.name)
        return message

    def _authorised(self, message: ClientMessage, order: str) -> ClientMessage | None:
        if isinstance(message, Hello):
            self.answer(ProtocolError("unexpected", "$.t", "one hello for each connection", "another"))
            return None
        if self.state == "claiming":
            self.answer(ProtocolError("not_seated", "$.t", "nothing before the welcome", "a message"), order)
            return None
        verb = verb_of(message, self.seat)
        if allowed(verb, self.role, self.phase):
            return message
        code, expected, got = why_not(verb, self.role, self.phase)
        self.answer(ProtocolError(code, "$.t", expected, got), order)
        return None

    def _broken(self, error: ProtocolError) -> None:
        if error.order:
            self._malformed = 0
            self.answer(error, error.order)
            return
        self._malformed += 1
        if self._malformed >= MALFORMED_MAX and not error.close_code:
            self.close(CLOSE_MALFORMED, f"{MALFORMED_MAX} malformed frames in a row; the last: {error}")
        else:
            self.answer(error)

    def _too_fast(self, frame: bytes | str, now_ms: int) -> None:
        if self.bucket.abused(now_ms):
            self.close(CLOSE_RATE, f"more than {self.bucket.per_second} messages a second, again and again")
            return
        order = ""
        if len(frame) <= PEEK_BYTES_MAX:
            try:
                order = order_id(self.codec.unpack(frame))
            except ProtocolError:
                order = ""
        expected = f"at most {self.bucket.per_second} messages a second, {self.bucket.burst} at once"
        self.answer(ProtocolError("rate_limited", "$", expected, "more: send this one again later"), order)
