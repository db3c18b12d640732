"""What a state makes of another's intentions: remembered deeds, and the errors that injects plant in them.

An error must look like a judgement of the state's own services. So it is planted where nobody else can check it:

- A state that is feared too much is suspected of subversion. Only the two states know of subversion, and services need no proof
  to suspect it.
- A state that is trusted too much is remembered as more cooperative than it was. How much a favour counts is for each to judge.

Deeds that everyone sees (disputes, statements, broken promises, rivalries, claims) stay as they were. An error takes hold when
states next form their estimates, and then fades like any memory.
"""

from __future__ import annotations

from counterpoise.sim.numbers.decaying_sum import DecayingSum
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.world import Dyad, World

SUSPICION = 2.0
"""The subversion that a state suspects at the largest error: as much as two exposed plots against its government (chosen)."""
TRUST = 5.0
"""The cooperation that it remembers at the largest error the other way: as much as five new alliances (chosen)."""


def form_errors(world: World) -> None:
    """Let the errors about intent that were planted since the last time take hold."""
    for dyad in world.dyads.values():
        if dyad.misperception != dyad.misperception_felt:
            dyad.misperception_felt = amount = dyad.misperception
            dyad.suspicion = DecayingSum(SUSPICION * max(0.0, amount), world.tick)
            dyad.trust = DecayingSum(TRUST * max(0.0, -amount), world.tick)


def seen_subversion(dyad: Dyad, tick: int) -> float:
    """Return the subversion by ``other`` that ``observer`` has discovered or suspects, rounded to six places."""
    return _sum(dyad.subversion, dyad.suspicion, tick)


def seen_cooperation(dyad: Dyad, tick: int) -> float:
    """Return the cooperation by ``other`` that ``observer`` remembers, rounded to six places."""
    return _sum(dyad.cooperation, dyad.trust, tick)


def _sum(real: DecayingSum, imagined: DecayingSum, tick: int) -> float:
    if not imagined.value:
        return quantised(real.at(tick)) if real.value else 0.0
    return quantised(real.at(tick) + imagined.at(tick))
