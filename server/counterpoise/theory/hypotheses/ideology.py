"""H3: states with similar regimes align."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.scores import Scores
from counterpoise.theory.forecasting.window import Window


class Ideology(Hypothesis):
    """States with similar domestic orders align.

    Walt (1987), *The Origins of Alliances*, ch. 2, pp. 33-40, and ch. 6: the more alike two states' domestic orders, the
    likelier they ally. Divisive ideologies and the effect of security are part of the full model, not of this hypothesis.
    """

    name: ClassVar[str] = "ideology"
    title: ClassVar[str] = "Ideology"

    def scores(self, window: Window) -> Scores:
        """Return a score that rises with similarity, from -b for opposite regimes to b for equal ones."""
        return window.scores_of_alignments(
            window.parameters.ideology_slope * (2.0 * window.alignments.similarity - 1.0)
        )
