"""B3: states go on as they are."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.decisions.decision_point import HIDE, NEUTRAL
from counterpoise.theory.forecasting.choice_rule import floored
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.weighing import Weighing


class StatusQuo(Hypothesis):
    """States go on as they are.

    Persistence, the forecast to beat wherever politics moves slowly: alliances mostly last until something changes
    (Leeds & Savun 2007, *Journal of Politics* 69, pp. 1118-1132).

    With probability 1 - delta nothing new is signed. Whether that counts as hiding or as neutrality depends on whether
    others align against the threat meanwhile; they mostly do if they did lately.
    """

    name: ClassVar[str] = "status_quo"
    title: ClassVar[str] = "Status quo"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "baseline"
    PERSISTENCE: ClassVar[float] = 0.85
    """Chance that cover, or its absence, lasts through the window (prior)."""

    def shares(self, weighing: Weighing) -> tuple[float, ...]:
        """Return 1 - delta for doing nothing new, delta spread over the alignments."""
        point, parameters = weighing.point, weighing.parameters
        changes = len(point.options) - (2 if point.threatened else 1)
        staying = 1.0 - parameters.change if changes else 1.0
        hiding = 0.0
        if point.threatened:
            hiding = self.PERSISTENCE if point.sheltered else 1.0 - self.PERSISTENCE
        shares = {NEUTRAL: staying * (1.0 - hiding), HIDE: staying * hiding}
        change = parameters.change / max(1, changes)
        return floored([shares.get(option, change) for option in point.options], parameters)
