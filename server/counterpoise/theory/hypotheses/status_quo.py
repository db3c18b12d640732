"""B3: states change nothing."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.decisions.decision_point import HIDE, NEUTRAL
from counterpoise.theory.forecasting.choice_rule import floored
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.weighing import Weighing


class StatusQuo(Hypothesis):
    """States change nothing.

    Persistence is the forecast to beat where politics moves slowly: alliances mostly last until something changes
    (Leeds & Savun 2007, *Journal of Politics* 69, pp. 1118-1132).

    With probability 1 - delta the state signs nothing new. That counts as hiding if others align against the threat in the
    window, and as neutrality if not; others mostly do so if they have done so lately.
    """

    name: ClassVar[str] = "status_quo"
    title: ClassVar[str] = "Status quo"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "baseline"
    PERSISTENCE: ClassVar[float] = 0.85
    """Chance that shelter, or its absence, lasts through the window (prior)."""

    def shares(self, weighing: Weighing) -> tuple[float, ...]:
        """Return 1 - delta for doing nothing new, delta spread over the alignments."""
        point, parameters = weighing.point, weighing.parameters
        changes = point.alignments
        staying = 1.0 - parameters.change if changes else 1.0
        hiding = 0.0
        if point.threatened:
            hiding = self.PERSISTENCE if point.sheltered else 1.0 - self.PERSISTENCE
        shares = {NEUTRAL: staying * (1.0 - hiding), HIDE: staying * hiding}
        change = parameters.change / max(1, changes)
        return floored([shares.get(option, change) for option in point.options], parameters)
