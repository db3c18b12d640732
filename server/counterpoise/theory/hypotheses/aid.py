"""H4: aid makes allies."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.theory.choice import nested
from counterpoise.theory.decision import DecisionPoint
from counterpoise.theory.hypothesis import Hypothesis, nest_of, scores_by_partner
from counterpoise.theory.parameters import DEFAULT, Parameters


class Aid(Hypothesis):
    """States align with those who give them aid.

    Walt (1987), *The Origins of Alliances*, ch. 2, pp. 41-46, and ch. 7: the more aid from one state to another, the likelier
    they ally, most of all where the donor has a monopoly of it.
    """

    name: ClassVar[str] = "aid"
    title: ClassVar[str] = "Foreign aid"

    def forecast(self, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
        """Return a score that rises with aid already flowing, weighted by the donor's share of the supply."""
        slope = parameters.aid_slope
        partners = [slope * k.aid * k.monopoly for k in point.candidates]
        joining = slope * point.source.aid * point.source.monopoly
        return nested(scores_by_partner(point, partners, joining), nest_of(point), parameters)
