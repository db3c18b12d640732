"""H2: states align with the most threatening state."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.weighing import Weighing


class Bandwagoning(Hypothesis):
    """States align with the most threatening state.

    Walt (1987), *The Origins of Alliances*, ch. 2, pp. 19-21 and 24-26, describes the view that strength attracts:
    the greater the threat, the likelier its victims join it, and the less they join each other.
    """

    name: ClassVar[str] = "bandwagoning"
    title: ClassVar[str] = "Bandwagoning"

    def shares(self, weighing: Weighing) -> tuple[float, ...]:
        """Return a score of a T for joining the threat and -a S for joining states that share the fear of it."""
        slope = weighing.parameters.bandwagon_slope
        partners = [-slope * k.shared for k in weighing.candidates]
        return weighing.choice_of_partner(partners, slope * weighing.point.threat)
