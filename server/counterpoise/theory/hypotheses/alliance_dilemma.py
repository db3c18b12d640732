"""Snyder: states choose allies between the fear of abandonment and the fear of entrapment."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.scores import Scores
from counterpoise.theory.forecasting.window import Window


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

    def scores(self, window: Window) -> Scores:
        """Return the utilities of threat less the two fears."""
        p, k = window.parameters, window.partners
        dependence = window.threat * (1.0 - window.weight)
        abandonment = p.abandonment * (1.0 - k.will) * dependence
        return window.by_threat.plus(partners=-abandonment - p.entanglement * k.will * k.offense)
