"""The base class of hypotheses. A new hypothesis is one new file in ``hypotheses/``: a class with a name, a title and shares."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.forecasting.choice_rule import flattened
from counterpoise.theory.forecasting.weighing import Weighing
from counterpoise.theory.parameters import DEFAULT, Parameters


class Hypothesis:
    """A model that forecasts, before a decision, the probability of each option.

    A forecast depends on the frozen point alone, gives each option at least the floor, sums to 1, and does not depend on
    the names or the order of states.
    """

    name: ClassVar[str]
    """Its name in journals and documents."""
    title: ClassVar[str]
    """Its name for readers."""
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "hypothesis"
    code: str = ""
    """The SHA-256 of its file, if it is a user's own; empty for a hypothesis of the program."""

    def forecast(self, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
        """Return one probability for each of ``point.options``."""
        return self.weighed_forecast(Weighing(point, parameters))

    def weighed_forecast(self, weighing: Weighing) -> tuple[float, ...]:
        """Return the forecast from a weighing: the shares, flattened by the hypothesis's own exponent."""
        shares = self.shares(weighing)
        return flattened(shares, weighing.point.alignments, weighing.parameters.sharpness(self.name))

    def shares(self, weighing: Weighing) -> tuple[float, ...]:
        """Return one probability for each of the point's options, as sharp as the theory itself.

        All hypotheses share the weighing: do not change it.
        """
        raise TypeError(f"{type(self).__name__} has no shares method and cannot forecast")
