"""B4: states ally with near states."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.scores import OTHERS, Scores
from counterpoise.theory.forecasting.window import Window
from counterpoise.theory.portable import log, total


class Nearest(Hypothesis):
    """States align with near states.

    Distance is the strongest single predictor of new ties in 1945-2010 (ATOP: Leeds, Ritter, Mitchell & Long 2002), and
    does not depend on threat. Scores fall with log distance, centred on the geometric mean distance of all feasible
    partners, so that an average partner scores as much as none.
    """

    name: ClassVar[str] = "nearest"
    title: ClassVar[str] = "Nearest state"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "baseline"

    def scores(self, window: Window) -> Scores:
        """Return a score that falls by ``distance_slope`` for each unit of log distance above the mean."""
        feasible = window.options[:, : 1 - OTHERS]
        distance = log(np.maximum(window.alignments.km, 1.0))
        known = np.where(feasible, distance, 0.0)
        count = np.maximum(np.count_nonzero(feasible, axis=1, keepdims=True), 1)
        centre = (total(known[:, :-1]) + known[:, -1:]) / count
        return window.scores_of_alignments(window.parameters.distance_slope * (centre - distance))
