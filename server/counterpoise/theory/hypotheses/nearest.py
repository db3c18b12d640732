"""B4: states ally with whoever is near."""

from __future__ import annotations

from math import fsum, log
from typing import ClassVar, Literal

from counterpoise.theory.choice import nested
from counterpoise.theory.decision import DecisionPoint
from counterpoise.theory.hypothesis import Hypothesis, nest_of, scores_by_partner
from counterpoise.theory.parameters import DEFAULT, Parameters


class Nearest(Hypothesis):
    """States align with whoever is near.

    Distance is the strongest single predictor of new ties in 1945-2010 (ATOP: Leeds, Ritter, Mitchell & Long 2002), and has
    nothing to say about threat. Scores fall with log distance, centred on the geometric mean distance of all feasible
    partners, so that an average one is worth as much as none.
    """

    name: ClassVar[str] = "nearest"
    title: ClassVar[str] = "Nearest state"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "baseline"

    def forecast(self, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
        """Return -1.4 for each unit of log distance above the mean."""
        logs = [log(max(1.0, k.km)) for k in point.candidates]
        own = log(max(1.0, point.source.km))
        known = [*logs, own] if point.threatened else logs
        centre = fsum(known) / max(1, len(known))
        partners = [-parameters.distance_slope * (value - centre) for value in logs]
        joining = -parameters.distance_slope * (own - centre)
        return nested(scores_by_partner(point, partners, joining), nest_of(point), parameters)
