"""What the states on the winning side of a war take from the losers: the money and the claims of each.

To share in the spoils is the motive of the states that join the stronger side for profit (Schweller 1994; Walt 1987, ch. 2).
Members of victorious coalitions were paid by their weight in them (Starr 1972). The sizes are chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import fsum

from counterpoise.sim.types import ActorId, Issue

INDEMNITY = 30.0
"""What each loser pays, in per cent of its year's budget (10-100).

France paid some two years' budgets after 1871, Greece half a year's after 1897."""
GAIN_MAX = 50.0
"""The most that a victor gets, in per cent of its own year's budget: a small ally of the victor is not paid for the whole war."""


@dataclass(frozen=True, slots=True)
class Spoils:
    """What a state gets if a side of a war wins: money in per cent of its own year's budget, and claims that are met."""

    money: float
    claims: tuple[ActorId, ...]
    """The losers on which the state has a claim."""


def expected_spoils(
    victors: Iterable[ActorId],
    losers: Iterable[ActorId],
    actor: ActorId,
    power_of: Callable[[ActorId], float],
    claim_on: Callable[[ActorId], Issue | None],
) -> Spoils:
    """Return what a state gets if it is among the victors of a war.

    The losers' payments are shared in proportion to the victors' power.

    Args:
        victors: the side that wins, with or without the state.
        losers: the side that loses.
        actor: the state.
        power_of: returns a state's power: the true one, or an observer's estimate.
        claim_on: returns the issue of the state's claim on a loser.
    """
    losers = tuple(losers)
    won = fsum([power_of(victor) for victor in dict.fromkeys((*victors, actor))])
    paid = INDEMNITY * fsum([power_of(loser) for loser in losers])
    money = min(GAIN_MAX, paid / won) if won > 0 else 0.0
    return Spoils(round(money, 2), tuple([loser for loser in losers if claim_on(loser) is not None]))
