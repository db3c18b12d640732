"""H4: aid makes allies."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.scores import Scores
from counterpoise.theory.forecasting.window import Window


class Aid(Hypothesis):
    """States align with their donors of aid.

    Walt (1987), *The Origins of Alliances*, ch. 2, pp. 41-46, and ch. 7: the more aid one state gives another, the likelier
    they ally, most of all where the donor has a monopoly.
    """

    name: ClassVar[str] = "aid"
    title: ClassVar[str] = "Foreign aid"

    def scores(self, window: Window) -> Scores:
        """Return a score that rises with the present aid, weighted by the donor's share of the supply."""
        k = window.alignments
        return window.scores_of_alignments(window.parameters.aid_slope * k.aid * k.monopoly)
