"""Limits on guessing join codes: for each address, and for all together."""

from __future__ import annotations

from counterpoise.errors import ClassError
from counterpoise.wire.rates import Bucket

ADDRESSES_MAX = 10_000
WRONG_PER_MINUTE, WRONG_AT_ONCE = 20, 20
"""Of one address. A whole school may have one address: whoever has entered once comes back without a code."""
ALL_WRONG_PER_SECOND, ALL_WRONG_AT_ONCE = 10, 100
"""Of all addresses: against 894 million codes, a hit on one of five classes takes half a year on average."""


class GuessLimits:
    """Counts wrong codes. A code is not even looked up while its address, or all together, have guessed too often."""

    def __init__(self) -> None:
        self._levels: dict[str, tuple[float, float]] = {}
        """How many wrong codes an address may still send, and when that was so."""
        self._all: Bucket | None = None

    def require_patience(self, address: str, now: float) -> None:
        """Raise ``ClassError`` if no code may be tried from this address now."""
        waits = (1.0 - self._left(address, now)) * 60.0 / WRONG_PER_MINUTE
        if waits > 0:
            seconds = round(waits) + 1
            got = f"too many wrong codes. Try again in {seconds} seconds."
            raise ClassError("too_often", "$.code", "", got, "too_many_codes", {"seconds": seconds})
        if self._bucket(now).wait_ms(1, int(now * 1000)) > 0:
            raise ClassError(
                "too_often", "$.code", "", "too many wrong codes at this server. Try again in a few seconds."
            )

    def note_wrong(self, address: str, now: float) -> None:
        """Count a code that no class has."""
        left = self._left(address, now) - 1.0
        self._levels.pop(address, None)
        self._levels[address] = (left, now)
        while len(self._levels) > ADDRESSES_MAX:
            del self._levels[next(iter(self._levels))]
        self._bucket(now).take(1, int(now * 1000))

    def _left(self, address: str, now: float) -> float:
        level, since = self._levels.get(address, (float(WRONG_AT_ONCE), now))
        return min(float(WRONG_AT_ONCE), level + (now - since) * WRONG_PER_MINUTE / 60.0)

    def _bucket(self, now: float) -> Bucket:
        if self._all is None:
            self._all = Bucket(int(now * 1000), per_second=ALL_WRONG_PER_SECOND, burst=ALL_WRONG_AT_ONCE)
        return self._all
