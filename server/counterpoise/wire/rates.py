"""How fast a client may send."""

from __future__ import annotations

BYTES_PER_TOKEN = 8192
STRIKES_MAX = 3
REFUSED_MAX = 100


class Bucket:
    """A token bucket: so many messages at once, so many a second after that; a long frame counts as several.

    A client that goes on when it is refused collects a strike for each second in which it does; a full bucket clears them.

    Args:
        now_ms: milliseconds on a monotonic clock.
        per_second: messages a second in the long run.
        burst: messages at once.
    """

    def __init__(self, now_ms: int, *, per_second: int = 20, burst: int = 40) -> None:
        self.per_second, self.burst = per_second, burst
        self._full = burst * 1000
        self._level = self._full  # in thousandths of a message, so that milliseconds stay whole numbers
        self._filled_ms = now_ms
        self._strikes = 0
        self._strike_ms = now_ms
        self._refused = 0

    def take(self, size: int, now_ms: int) -> bool:
        """Return whether a frame of ``size`` bytes may pass now, and count it if so."""
        self._fill(now_ms)
        cost = 1000 * max(1, -(-size // BYTES_PER_TOKEN))
        if cost > self._level:
            return False
        self._level -= cost
        return True

    def abused(self, now_ms: int) -> bool:
        """Note that a frame was refused; return whether that has now happened in too many seconds, or too often in one."""
        self._refused += 1
        if self._strikes == 0 or now_ms - self._strike_ms >= 1000:
            self._strikes += 1
            self._strike_ms = now_ms
        return self._strikes >= STRIKES_MAX or self._refused >= REFUSED_MAX

    def _fill(self, now_ms: int) -> None:
        passed = max(0, now_ms - self._filled_ms)
        self._filled_ms += passed
        self._level = min(self._full, self._level + passed * self.per_second)
        if self._level == self._full:
            self._strikes = self._refused = 0
