"""How fast a seat may write messages. The session bounds their number in a window; this bounds their pace."""

from __future__ import annotations

from counterpoise.errors import ProtocolError
from counterpoise.sim.types import ActorId
from counterpoise.wire.rates import Bucket

MESSAGES_PER_SECOND, MESSAGES_BURST = 4, 40


class TalkRates:
    """The rates of the seats of one session. All connections of a seat share one."""

    def __init__(self) -> None:
        self._buckets: dict[ActorId, Bucket] = {}

    def require_pace(self, seat: ActorId, now: float) -> None:
        """Count a message of a seat.

        Args:
            seat: the seat that writes.
            now: seconds of a monotonic clock.

        Raises:
            ProtocolError: the seat writes too fast; the error says when to send the message again.
        """
        now_ms = int(now * 1000)
        bucket = self._buckets.setdefault(seat, Bucket(now_ms, per_second=MESSAGES_PER_SECOND, burst=MESSAGES_BURST))
        if not bucket.take(0, now_ms):
            wait = max(100, bucket.wait_ms(0, now_ms)) / 1000
            problem = (
                f"more than {MESSAGES_PER_SECOND} messages of this seat in 1 s. Send this one again after {wait:.1f} s."
            )
            raise ProtocolError("rate_limited", "$", "", problem)
