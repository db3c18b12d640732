"""Powell: to wait is the common answer, to balance the rare one."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.choice import nested
from counterpoise.theory.decision import DecisionPoint
from counterpoise.theory.hypothesis import Hypothesis, nest_of
from counterpoise.theory.parameters import DEFAULT, Parameters
from counterpoise.theory.utility import own_danger, scores


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

    def forecast(self, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
        """Return the nested logit over the utilities of threat, with the value of waiting."""
        fears = [k.threatened for k in point.candidates]
        worth = scores(point, own_danger(point), fears, parameters, full=False)
        patience = 0.0 if point.war else parameters.waiting * (1.0 - point.threat)
        first = len(point.candidates)
        if not point.threatened:
            worth[first] += patience
        else:
            worth[first] += parameters.returns * max(0.0, 1.0 - 2.0 * point.weight)
            worth[first + 1] += patience
            worth[first + 2] += patience
        return nested(worth, nest_of(point), parameters)
