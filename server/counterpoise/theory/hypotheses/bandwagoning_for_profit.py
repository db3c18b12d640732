"""Schweller: revisionist states join whoever is on the rise, for gain."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.choice import nested
from counterpoise.theory.decision import DecisionPoint
from counterpoise.theory.hypothesis import Hypothesis, nest_of
from counterpoise.theory.parameters import DEFAULT, Parameters
from counterpoise.theory.utility import own_danger, scores


class BandwagoningForProfit(Hypothesis):
    """Revisionist states join a power on the rise, satisfied ones balance it.

    Schweller (1994), *International Security* 19(1), pp. 72-107: states bandwagon for gain, not only out of fear; jackals
    follow a rising revisionist, lions defend what they have.

    The utilities are those of balance of threat; joining the threat gains with the actor's own revisionism and the threat's
    rise: its lead in a war, and in peace its power relative to the strongest state.
    """

    name: ClassVar[str] = "bandwagoning_for_profit"
    title: ClassVar[str] = "Bandwagoning for profit"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "rival"

    def forecast(self, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
        """Return the nested logit over the utilities of threat, with profit for those who want change."""
        fears = [k.threatened for k in point.candidates]
        worth = scores(point, own_danger(point), fears, parameters, full=False)
        if point.threatened:
            rise = max(0.0, 2.0 * point.win_chance - 1.0) if point.war else point.relative_power
            worth[len(point.candidates)] += parameters.profit * point.revisionism * rise
        return nested(worth, nest_of(point), parameters)
