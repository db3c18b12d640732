"""Sanctions: while they last, both sides lose money, and the target loses legitimacy or arms.

Of 204 uses of economic sanctions from 1914 to 2006 about a third brought what the sender asked (Hufbauer, Schott, Elliott &
Oegg 2007, ch. 6); by a stricter count it was one in twenty (Pape 1997), since targets would rather bear the cost than give way.
Threats work better than measures that are already in force, and allies give way sooner than enemies (Drezner 1999). Sanctions
shorten the time in office of the leaders under them (Marinov 2005). So a sanction here hurts and decides nothing: what the
target does about it is the target's choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import fsum

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.relations.influence import Sanction
from counterpoise.sim.rules import aid_leverage, memory, power
from counterpoise.sim.rules.aid_bills import YEARS_BUDGET
from counterpoise.sim.rules.conflict.endings import change_legitimacy
from counterpoise.sim.rules.trade import share_cut, trade_shares
from counterpoise.sim.timing import repeat_monthly, start_monthly
from counterpoise.sim.types import ActorId, AidKind, SanctionScope
from counterpoise.sim.world import World

TRADE_INCOME = 0.30
"""Share of a year's budget that the target loses in a year without any trade (0.1-0.5).

The targets of sanctions lost 1 to 3 % of their product a year on average, those that lost all trade far more (Hufbauer et al.
2007, ch. 4)."""
SENDER_COST = 0.5
"""The sender's loss relative to that of a target with the same share of trade cut (0.2-0.8): it chose the goods."""
ARMS_INCOME = 0.05
"""Share of a year's budget that a sender loses in a year by selling no arms to all its trade partners (0-0.1; chosen)."""
HARDSHIP_LEGITIMACY = -0.004
"""Change of the target's legitimacy by a month without any trade (0 to -0.01; sign by Marinov 2005, size chosen)."""
SPARE_PARTS = 0.05
"""Share of its forces that the target loses in a year without any arms from abroad (0-0.1; chosen)."""
IMPOSED_GOODWILL, LIFTED_GOODWILL = -0.5, 0.25
"""Changes of the target's goodwill when a sanction is imposed and lifted; an alliance adds 1."""
AID_UNDER: dict[SanctionScope, AidKind] = {"trade": "economic", "arms": "military"}
"""The kind of aid that a sanction of each scope ends."""


def start(stage: Stage) -> None:
    """Start the process."""
    start_monthly(stage, "sanctioning.run_month")


def impose(stage: Stage, sender: ActorId, target: ActorId, scope: SanctionScope) -> None:
    """Put a sanction in force. It ends the aid of its kind, and the target remembers it as a hostile statement."""
    world = stage.world
    world.sanctions[sender, target, scope] = Sanction(sender, target, scope, world.tick)
    memory.add_goodwill(stage, sender, target, IMPOSED_GOODWILL)
    memory.remember_hostile_statement(stage, sender, target)
    stage.record("sanctions_imposed", sender, target, scope=scope)
    flow = world.aid.get((sender, target, AID_UNDER[scope]))
    if flow is not None:
        aid_leverage.cut_flow(stage, flow, "sanctions")


def lift(stage: Stage, sender: ActorId, target: ActorId, scope: SanctionScope) -> None:
    """End a sanction."""
    found = stage.world.sanctions.pop((sender, target, scope))
    memory.add_goodwill(stage, sender, target, LIFTED_GOODWILL)
    stage.record("sanctions_lifted", sender, target, scope=scope, days=stage.world.tick - found.since)


def drop_all_of(world: World, actor: ActorId) -> None:
    """Drop the sanctions by and against a state that leaves the world."""
    for key in [key for key in world.sanctions if actor in key[:2]]:
        del world.sanctions[key]


def embargo_share(world: World, target: ActorId) -> float:
    """Return the share of a state's usual suppliers that sell it no arms, in [0, 1]."""
    senders = senders_of(world, target, "arms")
    return share_cut(trade_shares(world, target), senders) if senders else 0.0


def senders_of(world: World, target: ActorId, scope: SanctionScope) -> list[ActorId]:
    """Return the states with a sanction of a scope against a state, the oldest sanction first."""
    return [s.sender for s in world.sanctions.values() if s.target == target and s.scope == scope]


def monthly_loss(world: World, actor: ActorId, shares: Mapping[ActorId, float]) -> float:
    """Return the money that a state loses in a month by sanctions, its own included, in per cent of a year's budget.

    Args:
        world: the world.
        actor: the state.
        shares: its trade (``trade_shares``).
    """
    endured = share_cut(shares, senders_of(world, actor, "trade"))
    given_up = fsum(
        [
            shares.get(s.target, 0.0) * (TRADE_INCOME * SENDER_COST if s.scope == "trade" else ARMS_INCOME)
            for s in world.sanctions.values()
            if s.sender == actor
        ]
    )
    return (TRADE_INCOME * endured + given_up) * YEARS_BUDGET / 12


def _run_month(stage: Stage) -> None:
    """Take the month's losses of every state under sanctions and of every sender."""
    world = stage.world
    involved = dict.fromkeys(state for s in world.sanctions.values() for state in (s.sender, s.target))
    trade = {state: trade_shares(world, state) for state in involved}
    losses = {state: monthly_loss(world, state, trade[state]) for state in involved}
    hardship = {state: share_cut(trade[state], senders_of(world, state, "trade")) for state in involved}
    embargoes = {state: share_cut(trade[state], senders_of(world, state, "arms")) for state in involved}
    for state in involved:
        actor = world.actors[state]
        actor.treasury = quantised(max(0.0, actor.treasury - losses[state]))
        if hardship[state] > 0.0:
            change_legitimacy(actor, HARDSHIP_LEGITIMACY * hardship[state])
        if embargoes[state] > 0.0 and not stage.recorded:  # the recorded components include the effect
            power.multiply_capability(actor, 1.0 - SPARE_PARTS * embargoes[state] / 12)
    if any(embargoes.values()) and not stage.recorded:
        power.refresh(world)
    repeat_monthly(stage, "sanctioning.run_month")


STEPS: Steps = {"run_month": _run_month}
