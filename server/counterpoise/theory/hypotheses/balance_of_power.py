"""B2: states align against the strongest state."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.choice import nested
from counterpoise.theory.decision import DecisionPoint
from counterpoise.theory.hypothesis import Hypothesis
from counterpoise.theory.parameters import DEFAULT, WEIGHTS, Parameters
from counterpoise.theory.threat import index
from counterpoise.theory.utility import Danger, Partner, Utilities


class BalanceOfPower(Hypothesis):
    """States align against the strongest state.

    Waltz (1979), *Theory of International Politics*, ch. 6, pp. 117-128: states balance against power itself.

    The utilities are those of balance of threat, but the danger is the strongest other state, its threat is its power
    alone, and distance does not weaken it. Since power itself is the danger, whoever holds it and whatever they intend,
    joining it buys no safety. The menu stays that of the decision: its option of joining the top threat is
    here an alignment like any other, unless the top threat is the strongest state.
    """

    name: ClassVar[str] = "balance_of_power"
    title: ClassVar[str] = "Balance of power"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "rival"

    def forecast(self, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
        """Return the nested logit over the utilities of power."""
        states = list(point.candidates)
        if point.threatened:
            states.append(point.source)
        elif not states:
            return (1.0,)
        strongest = max(states, key=lambda k: (k.power, k.id == point.top_threat))
        best = max(point.power, strongest.power)
        threat = index(WEIGHTS["W5"], (strongest.power / best if best > 0.0 else 0.0, 1.0, 0.0, 0.0), parameters)
        utilities = Utilities(point, Danger(strongest, threat, 1.0, appeasable=False), parameters, full=False)
        worth = [utilities.bandwagon() if k is strongest else utilities.balance(k) for k in states]
        nest = [place for place, k in enumerate(states) if k is not strongest]
        if not point.threatened:
            return nested([*worth, utilities.neutral], nest, parameters)
        cover = [Partner(k, threat) for k in states if k is not strongest]
        return nested([*worth, utilities.neutral, utilities.hide(cover)], nest, parameters)
