"""H3: birds of a feather flock together."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.theory.choice import nested
from counterpoise.theory.decision import DecisionPoint
from counterpoise.theory.hypothesis import Hypothesis, nest_of, scores_by_partner
from counterpoise.theory.parameters import DEFAULT, Parameters


class Ideology(Hypothesis):
    """States with like domestic orders align.

    Walt (1987), *The Origins of Alliances*, ch. 2, pp. 33-40, and ch. 6: the more alike two states' domestic orders, the
    likelier they ally. The divisive kind and the effect of security belong to the full model, not to this rival.
    """

    name: ClassVar[str] = "ideology"
    title: ClassVar[str] = "Ideology"

    def forecast(self, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
        """Return a score that rises with likeness, from -b for strangers to b for twins."""
        slope = parameters.ideology_slope
        partners = [slope * (2.0 * k.similarity - 1.0) for k in point.candidates]
        joining = slope * (2.0 * point.source.similarity - 1.0)
        return nested(scores_by_partner(point, partners, joining), nest_of(point), parameters)
