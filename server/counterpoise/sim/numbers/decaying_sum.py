"""A sum that decays with time: remembered hostility, cooperation, broken promises."""

from __future__ import annotations

from dataclasses import dataclass

from counterpoise.sim.clock.calendar import DAYS_PER_YEAR

HALF_LIFE_DAYS = 5 * DAYS_PER_YEAR
"""Half-life of remembered acts, five years (chosen, not tuned)."""


@dataclass(slots=True)
class DecayingSum:
    """A sum of past acts that halves every ``half_life_days``; ``value`` is the sum at ``tick``, that of the last act."""

    value: float = 0.0
    tick: int = 0

    def at(self, tick: int, half_life_days: float = HALF_LIFE_DAYS) -> float:
        """Return the decayed sum at ``tick``, which must not be before the last act."""
        if self.value == 0.0:
            return 0.0
        return self.value * float(0.5 ** ((tick - self.tick) / half_life_days))

    def add(self, amount: float, tick: int) -> None:
        """Add an act of ``amount`` at ``tick``; the sum never falls below zero."""
        self.value = max(0.0, self.at(tick) + amount)
        self.tick = tick
