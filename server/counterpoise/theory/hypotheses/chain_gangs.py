"""Christensen & Snyder: chain gangs if offence dominates, buck-passing if defence does."""

from __future__ import annotations

from math import fsum
from typing import ClassVar, Literal

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.weighing import Weighing


class ChainGangs(Hypothesis):
    """States chain themselves to allies if offence seems to dominate, and pass the buck if defence does.

    Christensen & Snyder (1990), *International Organization* 44(2), pp. 137-168: in multipolarity the perceived
    offence-defence balance decides between the two ways to balance badly.

    The utilities are those of balance of threat; aligning gains with the mean offensive capability that the actor sees
    in other states, more for a partner that fears the threat more; hiding gains with its opposite.
    """

    name: ClassVar[str] = "chain_gangs"
    title: ClassVar[str] = "Chain gangs and passed bucks"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "rival"

    def shares(self, weighing: Weighing) -> tuple[float, ...]:
        """Return the nested logit over the utilities of threat, tilted by the offence-defence balance."""
        partners, alone = weighing.by_threat
        point, parameters = weighing.point, weighing.parameters
        known = [k.offense for k in (point.source, *point.candidates, *point.barred)]
        if not point.threatened and any(k.id == point.source.id for k in point.candidates):
            known = known[1:]
        offense = fsum(known) / len(known)
        chained = parameters.chain_ganging * (offense - 0.5)
        gangs = [worth + chained * k.fear_of_top_threat for k, worth in zip(point.candidates, partners, strict=True)]
        if point.threatened:
            *rest, hiding = alone
            alone = [*rest, hiding + parameters.buck_passing * (0.5 - offense)]
        return weighing.choice(gangs, alone)
