"""Schweller: revisionist states join a rising power for gain."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.scores import Scores
from counterpoise.theory.forecasting.window import Window
from counterpoise.theory.portable import Numbers


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

    def scores(self, window: Window) -> Scores:
        """Return the utilities of threat, with profit for revisionist states."""
        lead = np.maximum(2.0 * window.win_chance - 1.0, 0.0)
        rise = np.where(window.war, lead, _share_of_strongest(window))
        return window.by_threat.plus(bandwagon=window.parameters.profit * window.revisionism * rise)


def _share_of_strongest(window: Window) -> Numbers:
    """Return the power of each top threat over that of the strongest state that the actor could align with, itself included.

    It lies in [0, 1]; A x 1.
    """
    strongest = np.maximum(window.alignments.power.max(axis=1, keepdims=True), window.power)
    return np.where(strongest > 0.0, window.source.power / np.where(strongest > 0.0, strongest, 1.0), 0.0)
