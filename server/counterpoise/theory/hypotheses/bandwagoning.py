"""H2: states align with the most threatening state."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.theory.choice import nested
from counterpoise.theory.decision import DecisionPoint
from counterpoise.theory.hypothesis import Hypothesis, nest_of, scores_by_partner
from counterpoise.theory.parameters import DEFAULT, Parameters


class Bandwagoning(Hypothesis):
    """States align with the most threatening state.

    Walt (1987), *The Origins of Alliances*, ch. 2, pp. 19-21 and 24-26, states it as the view of those who hold that
    strength attracts: the greater the threat the likelier its victims join it, and the less they join each other.
    """

    name: ClassVar[str] = "bandwagoning"
    title: ClassVar[str] = "Bandwagoning"

    def forecast(self, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
        """Return a score of a T for joining the threat and -a S for joining those who share the fear of it."""
        slope = parameters.bandwagon_slope
        partners = [-slope * k.shared for k in point.candidates]
        joining = slope * point.threat
        return nested(scores_by_partner(point, partners, joining), nest_of(point), parameters)
