"""Family W4: ideology (Walt 1987, ch. 2, pp. 33-40; tested on the region in ch. 6)."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.theory.proposition import Proposition, Sample, pull
from counterpoise.theory.verdict import Finding


class LikenessMakesAlliance(Proposition):
    """Walt (1987), pp. 33-35 and 40; for treaties since 1816 Simon & Gartzke (1996), Lai & Reiter (2000)."""

    id: ClassVar[str] = "W4.1"
    family: ClassVar[str] = "W4"
    claim: ClassVar[str] = "The more alike two states' domestic ideology, the likelier they ally."
    statistic: ClassVar[str] = "log-odds of being chosen per s.d. of similarity; shared threat, distance and power held"
    n_min: ClassVar[int] = 60

    def test(self, sample: Sample) -> Finding:
        """Return the pull of likeness."""
        return pull(sample, lambda _, k: k.similarity)
