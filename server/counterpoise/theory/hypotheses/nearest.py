"""B4: states ally with near states."""

from __future__ import annotations

from math import fsum, log
from typing import ClassVar, Literal

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.weighing import Weighing


class Nearest(Hypothesis):
    """States align with near states.

    Distance is the strongest single predictor of new ties in 1945-2010 (ATOP: Leeds, Ritter, Mitchell & Long 2002), and
    does not depend on threat. Scores fall with log distance, centred on the geometric mean distance of all feasible
    partners, so that an average partner scores as much as none.
    """

    name: ClassVar[str] = "nearest"
    title: ClassVar[str] = "Nearest state"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "baseline"

    def shares(self, weighing: Weighing) -> tuple[float, ...]:
        """Return a score that falls by ``distance_slope`` for each unit of log distance above the mean."""
        logs = [log(k.km if k.km > 1.0 else 1.0) for k in weighing.candidates]
        own = log(max(1.0, weighing.point.source.km))
        known = [*logs, own] if weighing.point.threatened else logs
        centre = fsum(known) / max(1, len(known))
        slope = weighing.parameters.distance_slope
        return weighing.choice_of_partner([-slope * (value - centre) for value in logs], -slope * (own - centre))
