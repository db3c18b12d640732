"""H5: access to another state's politics makes allies."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.scores import Scores
from counterpoise.theory.forecasting.window import Window


class Penetration(Hypothesis):
    """States align with states that have access to their politics.

    Walt (1987), *The Origins of Alliances*, ch. 2, pp. 46-49, and ch. 7: the greater a state's access to another's domestic
    politics, the likelier they ally, most of all in open societies.
    """

    name: ClassVar[str] = "penetration"
    title: ClassVar[str] = "Transnational penetration"

    def scores(self, window: Window) -> Scores:
        """Return a score that rises with access to the actor's politics, in proportion to their openness."""
        slope = window.parameters.penetration_slope * window.openness
        return window.scores_of_alignments(slope * window.alignments.penetration)
