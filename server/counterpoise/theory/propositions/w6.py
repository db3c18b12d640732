"""Family W6: transnational penetration (Walt 1987, ch. 2, pp. 46-49; tested on the region in ch. 7)."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.theory.proposition import Proposition, Sample, pull
from counterpoise.theory.verdict import Finding


class AccessMakesAlliance(Proposition):
    """Walt (1987), pp. 46-47 and 49; on intervention in elections Levin (2016)."""

    id: ClassVar[str] = "W6.1"
    family: ClassVar[str] = "W6"
    claim: ClassVar[str] = "The greater one state's access to another's politics, the likelier they ally."
    statistic: ClassVar[str] = (
        "log-odds of being chosen per s.d. of penetration; shared threat, distance and power held"
    )
    n_min: ClassVar[int] = 60

    def test(self, sample: Sample) -> Finding:
        """Return the pull of access."""
        return pull(sample, lambda _, k: k.penetration)
