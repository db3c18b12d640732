"""H1: states align against the most threatening state."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.theory.choice import nested
from counterpoise.theory.decision import DecisionPoint
from counterpoise.theory.hypothesis import Hypothesis, nest_of
from counterpoise.theory.parameters import DEFAULT, Parameters
from counterpoise.theory.utility import own_danger, scores


class BalanceOfThreat(Hypothesis):
    """States align against the most threatening state.

    Walt (1987), *The Origins of Alliances*, ch. 2, pp. 17-33, and ch. 5: power is only one source of threat. The conditions
    under which states bandwagon instead (weakness, no allies, a war nearly won, pp. 28-33) are in the utilities. Ideology,
    aid, penetration and habit play no part.
    """

    name: ClassVar[str] = "balance_of_threat"
    title: ClassVar[str] = "Balance of threat"

    def forecast(self, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
        """Return the nested logit over the utilities of threat."""
        fears = [k.threatened for k in point.candidates]
        return nested(scores(point, own_danger(point), fears, parameters, full=False), nest_of(point), parameters)
