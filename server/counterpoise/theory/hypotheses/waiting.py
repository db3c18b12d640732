"""Powell: to wait is the common answer, to balance the rare one."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.weighing import Weighing


class Waiting(Hypothesis):
    """States wait, and when they align they join the strong where force has increasing returns.

    Powell (1999), *In the Shadow of Power*, ch. 5: of balancing, bandwagoning and waiting the last is common, and
    bandwagoning grows with the returns to scale in force; Wagner (2004) reads balancing as insurance against later shifts.

    The utilities are those of balance of threat; staying out gains an option value in peace, less as the threat grows, and
    joining gains with how far the threat outweighs the actor.
    """

    name: ClassVar[str] = "waiting"
    title: ClassVar[str] = "Waiting"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "rival"

    def shares(self, weighing: Weighing) -> tuple[float, ...]:
        """Return the nested logit over the utilities of threat, with the value of waiting."""
        partners, alone = weighing.by_threat
        point, parameters = weighing.point, weighing.parameters
        patience = 0.0 if point.war else parameters.waiting * (1.0 - point.threat)
        if not point.threatened:
            return weighing.choice(partners, [worth + patience for worth in alone])
        bandwagon, *rest = alone
        joined = bandwagon + parameters.returns * max(0.0, 1.0 - 2.0 * point.weight)
        return weighing.choice(partners, [joined, *[worth + patience for worth in rest]])
