"""H2: states align with the most threatening state."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.scores import Scores
from counterpoise.theory.forecasting.window import Window


class Bandwagoning(Hypothesis):
    """States align with the most threatening state.

    Walt (1987), *The Origins of Alliances*, ch. 2, pp. 19-21 and 24-26, describes the view that strength attracts:
    the greater the threat, the likelier its victims join it, and the less they join each other.
    """

    name: ClassVar[str] = "bandwagoning"
    title: ClassVar[str] = "Bandwagoning"

    def scores(self, window: Window) -> Scores:
        """Return a score of a T for joining the threat and -a S for joining states that share the fear of it."""
        slope = window.parameters.bandwagon_slope
        scores = -slope * window.alignments.shared
        scores[:, -1:] = slope * window.threat
        return window.scores_of_alignments(scores)
