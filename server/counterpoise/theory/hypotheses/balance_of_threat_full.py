"""H1 with everything Walt allows beside the threat."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.theory.choice import nested
from counterpoise.theory.decision import DecisionPoint
from counterpoise.theory.hypothesis import Hypothesis, nest_of
from counterpoise.theory.parameters import DEFAULT, Parameters
from counterpoise.theory.utility import own_danger, scores


class BalanceOfThreatFull(Hypothesis):
    """States align against threats, and ideology, aid, penetration and habit decide what security leaves open.

    Walt (1987), *The Origins of Alliances*, ch. 2, pp. 17-49: threat first, with ideology, aid and penetration as
    secondary causes whose weight shrinks as the threat grows, and the inertia of alliances that exist.
    """

    name: ClassVar[str] = "balance_of_threat_full"
    title: ClassVar[str] = "Balance of threat, with secondary causes"

    def forecast(self, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
        """Return the nested logit over the full utilities."""
        fears = [k.threatened for k in point.candidates]
        return nested(scores(point, own_danger(point), fears, parameters, full=True), nest_of(point), parameters)
