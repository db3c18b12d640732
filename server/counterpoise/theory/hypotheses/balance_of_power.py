"""B2: states align against the strongest state."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.scores import OTHERS, Scores
from counterpoise.theory.forecasting.utility import Danger, Utilities
from counterpoise.theory.forecasting.window import Window
from counterpoise.theory.portable import Mask, Numbers, logistic
from counterpoise.theory.threat import POWER_MIN


class BalanceOfPower(Hypothesis):
    """States align against the strongest state.

    Waltz (1979), *Theory of International Politics*, ch. 6, pp. 117-128: states balance against power itself.

    The utilities are those of balance of threat, but the danger is the strongest other state, its threat is its power
    alone in relation to the actor's, and distance does not weaken it. Since power itself is the danger, whatever its holder
    intends, joining the strongest state gives no safety. The menu is that of the decision: its option of joining the top
    threat is an ordinary alignment here, unless the top threat is the strongest state.
    """

    name: ClassVar[str] = "balance_of_power"
    title: ClassVar[str] = "Balance of power"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "rival"

    def scores(self, window: Window) -> Scores:
        """Return the utilities of power."""
        p, k, feasible = window.parameters, window.alignments, window.options[:, : 1 - OTHERS]
        strongest = _strongest(np.where(feasible, k.power, -1.0), window.is_top_threat)
        power = _of(k.power, strongest)
        # The component of power in the index, with nothing lost over the distance (``threat.relative_power``).
        theirs, own = np.sqrt(np.maximum(power, POWER_MIN)), np.sqrt(np.maximum(window.power, POWER_MIN))
        relative = theirs / (theirs + own)
        danger = Danger(
            power=power,
            reach=np.ones(power.shape),
            offense=_of(k.offense, strongest),
            intentions=_of(k.intentions, strongest),
            threat=logistic(p.steepness * (relative - p.centre)),
            appeasable=False,
        )
        utilities = Utilities(window, danger)
        partners = feasible & ~strongest
        worth = utilities.balance(k.will, utilities.accepted(k, strongest), utilities.neutral)
        hide = utilities.hide(np.where(partners, k.power * k.will * danger.threat, 0.0))
        alignments = np.where(strongest, utilities.bandwagon(), worth)
        # The strongest state is an option outside the nest; on the menu it keeps its place.
        nest = np.concatenate((partners, np.zeros((len(partners), OTHERS - 1), dtype=np.bool_)), axis=1)
        return Scores(np.concatenate((alignments, utilities.neutral, hide), axis=1), nest)


def _strongest(powers: Numbers, preferred: Mask) -> Mask:
    """Return for each row the one place with the most power; of several the preferred one, or else the first."""
    most = powers == powers.max(axis=1, keepdims=True)
    rank = 2 * most + (most & preferred)
    found = np.zeros(powers.shape, dtype=np.bool_)
    found[np.arange(len(powers)), rank.argmax(axis=1)] = True
    return found


def _of(values: Numbers, place: Mask) -> Numbers:
    """Return for each row the value at its place; A x 1."""
    return values[place][:, None]
