"""Treasury: monthly income, the upkeep of commitments, and aid from one treasury to another."""

from __future__ import annotations

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.relations.influence import Aid
from counterpoise.sim.rules import aid_leverage, commitments, memory, power
from counterpoise.sim.rules.aid_bills import YEARS_BUDGET, monthly_cost
from counterpoise.sim.timing import repeat_monthly, start_monthly

TREASURY_MAX = 200.0
"""A treasury holds at most two years' budgets; the state spends the rest at home."""
GOODWILL_PER_SHARE, GOODWILL_MAX = 5.0, 1.0
"""Goodwill of a year of aid: the first times the aid's share of the recipient's budget, at most that of a new alliance."""
ARMS_EFFECT = 0.10
"""Relative growth of capability by a year of military aid, times its share of the recipient's budget (chosen)."""


def start(stage: Stage) -> None:
    """Start the process."""
    start_monthly(stage, "treasury.collect")


def _collect(stage: Stage) -> None:
    """Collect a month of income less the upkeep of commitments, and pay a month of aid."""
    world = stage.world
    for actor in world.active():
        income = YEARS_BUDGET / 12 * max(0.0, 1.0 - commitments.TREASURY_SHARE * commitments.burden(world, actor.id))
        actor.treasury = quantised(min(TREASURY_MAX, actor.treasury + income))
    for aid in list(world.aid.values()):
        _pay(stage, aid)
    if world.aid:
        power.refresh(world)
    repeat_monthly(stage, "treasury.collect")


def _pay(stage: Stage, aid: Aid) -> None:
    """Pay a month of aid, or end the aid if its donor cannot."""
    world = stage.world
    donor, recipient = world.actors[aid.donor], world.actors[aid.recipient]
    if not (donor.active and recipient.active):
        return
    cost = monthly_cost(world, aid)
    if cost > donor.treasury:
        aid_leverage.cut_flow(stage, aid, "the treasury is empty")
        return
    donor.treasury = quantised(donor.treasury - cost)
    memory.add_goodwill(stage, donor.id, recipient.id, min(GOODWILL_MAX, GOODWILL_PER_SHARE * aid.amount) / 12)
    aid_leverage.count_month(world, aid)
    if aid.kind == "military" and stage.recorded:
        return  # the recorded components include the effect of the arms
    if aid.kind == "military":
        power.multiply_capability(recipient, 1.0 + ARMS_EFFECT * aid.amount / 12)
    else:
        recipient.treasury = quantised(min(TREASURY_MAX, recipient.treasury + aid.amount * YEARS_BUDGET / 12))


STEPS: Steps = {"collect": _collect}
