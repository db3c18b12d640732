"""Snyder: allies are chosen between the fear of abandonment and the fear of entrapment."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.choice import nested
from counterpoise.theory.decision import DecisionPoint
from counterpoise.theory.hypothesis import Hypothesis, nest_of
from counterpoise.theory.parameters import DEFAULT, Parameters
from counterpoise.theory.utility import own_danger, scores


class AllianceDilemma(Hypothesis):
    """States avoid allies who may abandon them and allies who may drag them into war.

    Snyder (1984), *World Politics* 36(4), pp. 461-495, and (1997), *Alliance Politics*, ch. 6: the fear of abandonment rises
    with one's dependence and with the vagueness of the other's commitment, the fear of entrapment with the firmness of one's
    own to a reckless ally.

    The utilities are those of balance of threat less both costs. Dependence is the threat times what the actor lacks in
    weight against it; the commitment is the chance that the partner honours it; recklessness is its offensive capability.
    """

    name: ClassVar[str] = "alliance_dilemma"
    title: ClassVar[str] = "Alliance security dilemma"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "rival"

    def forecast(self, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
        """Return the nested logit over the utilities of threat less the two fears."""
        fears = [k.threatened for k in point.candidates]
        worth = scores(point, own_danger(point), fears, parameters, full=False)
        dependence = point.threat * (1.0 - point.weight)
        for place, k in enumerate(point.candidates):
            worth[place] -= parameters.abandonment * (1.0 - k.will) * dependence
            worth[place] -= parameters.entanglement * k.will * k.offense
        return nested(worth, nest_of(point), parameters)
