"""Snyder: states choose allies between the fear of abandonment and the fear of entrapment."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.weighing import Weighing


class AllianceDilemma(Hypothesis):
    """States avoid allies that may abandon them and allies that may drag them into war.

    Snyder (1984), *World Politics* 36(4), pp. 461-495, and (1997), *Alliance Politics*, ch. 6: the fear of abandonment rises
    with a state's dependence and with the vagueness of the ally's commitment; the fear of entrapment rises with the firmness
    of the state's own commitment to a reckless ally.

    The utilities are those of balance of threat less both costs. Dependence is the threat times one less the actor's
    weight; the commitment is the chance that the partner honours it; recklessness is the partner's offensive capability.
    """

    name: ClassVar[str] = "alliance_dilemma"
    title: ClassVar[str] = "Alliance security dilemma"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "rival"

    def shares(self, weighing: Weighing) -> tuple[float, ...]:
        """Return the nested logit over the utilities of threat less the two fears."""
        partners, alone = weighing.by_threat
        point, parameters = weighing.point, weighing.parameters
        abandonment, entanglement = parameters.abandonment, parameters.entanglement
        dependence = point.threat * (1.0 - point.weight)
        feared = [
            worth - abandonment * (1.0 - k.will) * dependence - entanglement * k.will * k.offense
            for k, worth in zip(weighing.candidates, partners, strict=True)
        ]
        return weighing.choice(feared, alone)
