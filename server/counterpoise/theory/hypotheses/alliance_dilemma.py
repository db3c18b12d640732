"""Snyder: allies are chosen between the fear of abandonment and the fear of entrapment."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.weighing import Weighing


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

    def shares(self, weighing: Weighing) -> tuple[float, ...]:
        """Return the nested logit over the utilities of threat less the two fears."""
        partners, alone = weighing.by_threat
        point, parameters = weighing.point, weighing.parameters
        abandonment, entanglement = parameters.abandonment, parameters.entanglement
        dependence = point.threat * (1.0 - point.weight)
        dreaded = [
            worth - abandonment * (1.0 - k.will) * dependence - entanglement * k.will * k.offense
            for k, worth in zip(weighing.candidates, partners, strict=True)
        ]
        return weighing.choice(dreaded, alone)
