"""H1 with Walt's secondary causes beside the threat."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.scores import Scores
from counterpoise.theory.forecasting.window import Window


class BalanceOfThreatFull(Hypothesis):
    """States align against threats; ideology, aid, penetration and habit decide between equally secure options.

    Walt (1987), *The Origins of Alliances*, ch. 2, pp. 17-49: threat first, with ideology, aid and penetration as
    secondary causes whose weight shrinks as the threat grows, and the inertia of existing alliances.
    """

    name: ClassVar[str] = "balance_of_threat_full"
    title: ClassVar[str] = "Balance of threat, with secondary causes"

    def scores(self, window: Window) -> Scores:
        """Return the full utilities."""
        return window.by_threat_and_affinity
