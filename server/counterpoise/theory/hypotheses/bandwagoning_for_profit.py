"""Schweller: revisionist states join a rising power for gain."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.weighing import Weighing


class BandwagoningForProfit(Hypothesis):
    """Revisionist states join a rising power; satisfied states balance it.

    Schweller (1994), *International Security* 19(1), pp. 72-107: states bandwagon for gain, not only out of fear; jackals
    follow a rising revisionist, lions defend what they have.

    The utilities are those of balance of threat; joining the threat gains with the actor's own revisionism and the threat's
    rise: its lead in a war, and in peace its power relative to the strongest state.
    """

    name: ClassVar[str] = "bandwagoning_for_profit"
    title: ClassVar[str] = "Bandwagoning for profit"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "rival"

    def shares(self, weighing: Weighing) -> tuple[float, ...]:
        """Return the nested logit over the utilities of threat, with profit for revisionist states."""
        partners, alone = weighing.by_threat
        point = weighing.point
        if point.threatened:
            rise = max(0.0, 2.0 * point.win_chance - 1.0) if point.war else point.relative_power
            bandwagon, *rest = alone
            alone = [bandwagon + weighing.parameters.profit * point.revisionism * rise, *rest]
        return weighing.choice(partners, alone)
