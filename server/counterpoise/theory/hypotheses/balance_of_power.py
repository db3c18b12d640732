"""B2: states align against the strongest state."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.utility import Danger, Utilities
from counterpoise.theory.forecasting.weighing import Weighing
from counterpoise.theory.parameters import WEIGHTS
from counterpoise.theory.threat import index


class BalanceOfPower(Hypothesis):
    """States align against the strongest state.

    Waltz (1979), *Theory of International Politics*, ch. 6, pp. 117-128: states balance against power itself.

    The utilities are those of balance of threat, but the danger is the strongest other state, its threat is its power
    alone, and distance does not weaken it. Since power itself is the danger, whatever its holder
    intends, joining the strongest state gives no safety. The menu is that of the decision: its option of joining the top
    threat is an ordinary alignment here, unless the top threat is the strongest state.
    """

    name: ClassVar[str] = "balance_of_power"
    title: ClassVar[str] = "Balance of power"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "rival"

    def shares(self, weighing: Weighing) -> tuple[float, ...]:
        """Return the nested logit over the utilities of power."""
        point, parameters = weighing.point, weighing.parameters
        states = [*point.candidates, point.source] if point.threatened else list(point.candidates)
        if not states:
            return (1.0,)
        place = max(range(len(states)), key=lambda n: (states[n].power, states[n].id == point.top_threat))
        strongest, partners = states[place], states[:place] + states[place + 1 :]
        best = max(point.power, strongest.power)
        threat = index(
            WEIGHTS["power_alone"], (strongest.power / best if best > 0.0 else 0.0, 1.0, 0.0, 0.0), parameters
        )
        utilities = Utilities(point, Danger(strongest, threat, 1.0, appeasable=False), parameters)
        alone = [utilities.bandwagon(), utilities.neutral]
        if point.threatened:
            alone.append(utilities.hide(partners, [threat] * len(partners)))
        worth = utilities.balance(partners, utilities.accepted(partners), utilities.neutral)
        shares = weighing.choice(worth, alone)
        count = len(partners)
        # In the choice the strongest state is an option outside the nest; on the menu it keeps its place.
        return (*shares[:place], shares[count], *shares[place:count], *shares[count + 1 :])
