"""What aid costs its donor."""

from __future__ import annotations

from math import fsum

from counterpoise.sim.relations.influence import Aid
from counterpoise.sim.rules import power
from counterpoise.sim.rules.power_estimates import believed_power
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World

YEARS_BUDGET = 100.0
"""A year's income, the unit of all treasuries: per cent of a year's budget."""


def monthly_cost(world: World, aid: Aid) -> float:
    """Return what a month of aid costs its donor, in per cent of the donor's yearly budget.

    Budgets are assumed to be proportional to power, the only measure of size that every scenario has. The donor reckons with
    the power that it believes the recipient to have: a bill by its true power would tell the donor of a planted error.
    """
    budget = believed_power(world, aid.donor, aid.recipient)
    return aid.amount * YEARS_BUDGET / 12 * budget / max(world.actors[aid.donor].power, power.SMALLEST_SHARE)


def yearly_share(world: World, donor: ActorId) -> float:
    """Return what all aid that flows costs a donor in a year, as a share of its budget."""
    bills = fsum(monthly_cost(world, aid) for aid in world.aid.values() if aid.donor == donor)
    return 12 * bills / YEARS_BUDGET
