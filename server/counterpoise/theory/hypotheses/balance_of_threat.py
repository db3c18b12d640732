"""H1: states align against the most threatening state."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.scores import Scores
from counterpoise.theory.forecasting.window import Window


class BalanceOfThreat(Hypothesis):
    """States align against the most threatening state.

    Walt (1987), *The Origins of Alliances*, ch. 2, pp. 17-33, and ch. 5: power is only one source of threat. The conditions
    under which states bandwagon instead (weakness, no allies, a war nearly won, pp. 28-33) are in the utilities. Ideology,
    aid, penetration and habit play no part.
    """

    name: ClassVar[str] = "balance_of_threat"
    title: ClassVar[str] = "Balance of threat"

    def scores(self, window: Window) -> Scores:
        """Return the utilities of threat."""
        return window.by_threat
