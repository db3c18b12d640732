"""H5: manipulation of politics from outside makes allies."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.theory.choice import nested
from counterpoise.theory.decision import DecisionPoint
from counterpoise.theory.hypothesis import Hypothesis, nest_of, scores_by_partner
from counterpoise.theory.parameters import DEFAULT, Parameters


class Penetration(Hypothesis):
    """States align with those who have access to their politics.

    Walt (1987), *The Origins of Alliances*, ch. 2, pp. 46-49, and ch. 7: the greater a state's access to another's domestic
    politics, the likelier they ally, most of all in open societies.
    """

    name: ClassVar[str] = "penetration"
    title: ClassVar[str] = "Transnational penetration"

    def forecast(self, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
        """Return a score that rises with access to the actor's politics, in proportion to their openness."""
        slope = parameters.penetration_slope * point.openness
        partners = [slope * k.penetration for k in point.candidates]
        joining = slope * point.source.penetration
        return nested(scores_by_partner(point, partners, joining), nest_of(point), parameters)
