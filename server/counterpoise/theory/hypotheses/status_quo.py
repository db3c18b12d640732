"""B3: states change nothing."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from counterpoise.theory.forecasting.choice_rule import floored
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.scores import OTHERS
from counterpoise.theory.forecasting.window import Window
from counterpoise.theory.portable import Numbers


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

    def shares(self, window: Window) -> Numbers:
        """Return 1 - delta for doing nothing new, delta spread over the alignments."""
        alignments = window.options[:, : 1 - OTHERS]
        count = np.count_nonzero(alignments, axis=1, keepdims=True)
        change = np.where(count, window.parameters.change, 0.0)
        hiding = np.where(window.sheltered, self.PERSISTENCE, 1.0 - self.PERSISTENCE) * window.threatened
        each = np.where(alignments, change / np.maximum(count, 1), 0.0)
        staying = 1.0 - change
        shares = np.concatenate((each, staying * (1.0 - hiding), staying * hiding), axis=1)
        return floored(shares, window.options, window.parameters)
