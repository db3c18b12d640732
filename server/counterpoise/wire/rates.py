"""Limit how fast a client may send."""

from __future__ import annotations

BYTES_PER_TOKEN = 8192
STRIKES_MAX = 3
REFUSED_MAX = 100


class Bucket:
    """A token bucket. A long frame counts as several messages.

    A client that keeps sending after a refusal gets one strike for each second in which it does. A full bucket clears the
    strikes.

    Args:
        now_ms: milliseconds on a monotonic clock.
        per_second: messages per second in the long run.
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
        cost = _cost(size)
        if cost > self._level:
            return False
        self._level -= cost
        return True

    def wait_ms(self, size: int, now_ms: int) -> int:
        """Return in how many milliseconds a frame of ``size`` bytes may pass."""
        self._fill(now_ms)
        return max(0, -(-(_cost(size) - self._level) // self.per_second))

    def is_abused(self, now_ms: int) -> bool:
        """Count a refused frame; return whether the client was refused in too many seconds or too often."""
        self._refused += 1
        if self._strikes == 0 or now_ms - self._strike_ms >= 1000:
            self._strikes += 1
            self._strike_ms = now_ms
        return self._strikes >= STRIKES_MAX or self._refused >= REFUSED_MAX

    def _fill(self, now_ms: int) -> None:
        passed = now_ms - self._filled_ms
        if passed > 0:
            self._filled_ms = now_ms
            self._level = min(self._full, self._level + passed * self.per_second)
        if self._level == self._full:
            self._strikes = self._refused = 0


def _cost(size: int) -> int:
    """Return what a frame of ``size`` bytes takes from the bucket, in thousandths of a message."""
    return 1000 if size <= BYTES_PER_TOKEN else 1000 * -(-size // BYTES_PER_TOKEN)
