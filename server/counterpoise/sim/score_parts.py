"""What a score is made of, in points: the parts of a year, or their means over the years of a state's existence."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

from counterpoise.sim.numbers.rounding import quantised


@dataclass(frozen=True, slots=True)
class ScoreParts:
    """The parts of a score, which is their sum, from 0 to 100. ``upkeep`` is at most 0."""

    survival: float = 0.0
    """What is left of the state's forces and of its regime's legitimacy."""
    security: float = 0.0
    """How little hostility it has suffered, and how few wars it fights."""
    influence: float = 0.0
    """Its own power, and the power of the states that would stand by it."""
    objectives: float = 0.0
    """How far its own objectives are met."""
    upkeep: float = 0.0
    """What its commitments and its aid cost it."""

    @property
    def total(self) -> float:
        """The score."""
        return quantised(fsum((self.survival, self.security, self.influence, self.objectives, self.upkeep)))
