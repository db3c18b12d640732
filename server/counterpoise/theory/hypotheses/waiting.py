"""Powell: waiting is the common answer, balancing the rare one."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.weighing import Weighing


class Waiting(Hypothesis):
    """States wait; if they align and force has increasing returns, they join the strong.

    Powell (1999), *In the Shadow of Power*, ch. 5: waiting is more common than balancing and bandwagoning, and
    bandwagoning grows with the returns to scale in force; Wagner (2004) reads balancing as insurance against later shifts.

    The utilities are those of balance of threat; in peace staying out gains an option value, which shrinks as the threat
    grows, and joining gains more, the more the threat outweighs the actor.
    """

    name: ClassVar[str] = "waiting"
    title: ClassVar[str] = "Waiting"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "rival"

    def shares(self, weighing: Weighing) -> tuple[float, ...]:
        """Return the nested logit over the utilities of threat, with the value of waiting."""
        partners, alone = weighing.by_threat
        point, parameters = weighing.point, weighing.parameters
        option_value = 0.0 if point.war else parameters.waiting * (1.0 - point.threat)
        if not point.threatened:
            return weighing.choice(partners, [worth + option_value for worth in alone])
        bandwagon, *rest = alone
        joined = bandwagon + parameters.returns * max(0.0, 1.0 - 2.0 * point.weight)
        return weighing.choice(partners, [joined, *[worth + option_value for worth in rest]])
