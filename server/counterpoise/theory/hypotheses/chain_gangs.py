"""Christensen & Snyder: chain gangs if offence dominates, buck-passing if defence does."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.scores import Scores
from counterpoise.theory.forecasting.window import Window


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

    def scores(self, window: Window) -> Scores:
        """Return the utilities of threat, tilted by the offence-defence balance."""
        p, surplus = window.parameters, window.offense_of_others - 0.5
        chained = p.chain_ganging * surplus * window.partners.fear_of_top_threat
        return window.by_threat.plus(partners=chained, hide=-p.buck_passing * surplus)
