"""Christensen & Snyder: chain gangs where offence dominates, passed bucks where defence does."""

from __future__ import annotations

from math import fsum
from typing import ClassVar, Literal

from counterpoise.theory.choice import nested
from counterpoise.theory.decision import DecisionPoint
from counterpoise.theory.hypothesis import Hypothesis, nest_of
from counterpoise.theory.parameters import DEFAULT, Parameters
from counterpoise.theory.utility import own_danger, scores


class ChainGangs(Hypothesis):
    """States chain themselves to allies where offence seems to dominate, and pass the buck where defence does.

    Christensen & Snyder (1990), *International Organization* 44(2), pp. 137-168: in multipolarity the perceived
    offence-defence balance decides between the two ways to balance badly.

    The utilities are those of balance of threat; aligning gains with the mean offensive capability that the actor sees
    around it, the more the partner's help is needed, and hiding gains with its opposite.
    """

    name: ClassVar[str] = "chain_gangs"
    title: ClassVar[str] = "Chain gangs and passed bucks"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "rival"

    def forecast(self, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
        """Return the nested logit over the utilities of threat, tilted by the offence-defence balance."""
        fears = [k.threatened for k in point.candidates]
        worth = scores(point, own_danger(point), fears, parameters, full=False)
        known = [k.offense for k in (point.source, *point.candidates, *point.barred)]
        if not point.threatened and any(k.id == point.source.id for k in point.candidates):
            known = known[1:]
        offense = fsum(known) / len(known)
        for place, k in enumerate(point.candidates):
            worth[place] += parameters.chain_ganging * (offense - 0.5) * k.threatened
        if point.threatened:
            worth[-1] += parameters.buck_passing * (0.5 - offense)
        return nested(worth, nest_of(point), parameters)
