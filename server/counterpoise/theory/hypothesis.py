"""What every hypothesis is. A new one is one new file in ``hypotheses/``: a class with a name, a title and a forecast."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.decision import DecisionPoint
from counterpoise.theory.parameters import DEFAULT, Parameters


class Hypothesis:
    """A model that says, before a decision, how likely each option is.

    A forecast depends on the frozen point alone, gives each option at least the floor, sums to 1, and does not depend on
    the names or the order of states.
    """

    name: ClassVar[str]
    """Its name on the wire."""
    title: ClassVar[str]
    """What a table calls it."""
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "hypothesis"

    def forecast(self, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
        """Return one probability for each of ``point.options``."""
        raise TypeError(f"{type(self).__name__} forecasts nothing")


def nest_of(point: DecisionPoint) -> range:
    """Return the positions of the options that mean aligning with a candidate."""
    return range(len(point.candidates))


def scores_by_partner(point: DecisionPoint, partners: list[float], bandwagon: float) -> list[float]:
    """Return scores for all options from those of the partners and of joining the threat; doing nothing scores 0."""
    if not point.threatened:
        return [*partners, 0.0]
    return [*partners, bandwagon, 0.0, 0.0]
