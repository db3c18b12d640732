"""The leverage that aid gives its donor: the recipient grows dependent while aid flows, and suffers when it stops.

All numbers are chosen. The mechanism is that a cut hurts in proportion to the dependence and to the donor's monopoly.
"""

from __future__ import annotations

from math import fsum

from counterpoise.sim.move import Stage
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.relations.influence import Aid
from counterpoise.sim.rules import power
from counterpoise.sim.types import ActorId, AidKind
from counterpoise.sim.world import World

DEPENDENCE_PER_SHARE = 3.0
"""Dependence that lasting aid leads to, per share of the budget; at most 1 in all (2-4)."""
HABIT_MONTHS = 18.0
"""Time constant in months with which dependence approaches that value (12-36)."""
FORCES_LOST = 0.10
"""Share of its forces that the recipient loses when military aid ends (0.05-0.2), times the pain."""
TREASURY_LOST = 20.0
"""Treasury that the recipient loses when economic aid ends, in per cent of a year's budget, times the pain."""
LEGITIMACY_CHANGE = -0.08
"""Change of the recipient's legitimacy when economic aid ends, times the pain."""
RIVALRY_STAKE, CLAIM_STAKE, HOSTILITY_STAKE, ALIGNMENT_STAKE = 0.4, 0.3, 0.3, 0.5
"""Weights of a state's stake in another: a rivalry, a claim, remembered hostility, an alignment."""


def monopoly(world: World, donor: ActorId, recipient: ActorId, kind: AidKind) -> float:
    """Return a donor's share of all aid of one kind that a recipient gets, in [0, 1]."""
    total = fsum(aid.amount for (_, to, what), aid in world.aid.items() if (to, what) == (recipient, kind))
    given = world.aid.get((donor, recipient, kind))
    return given.amount / total if given is not None and total > 0 else 0.0


def stake(world: World, actor: ActorId, about: ActorId | None) -> float:
    """Return how much a state cares what happens to another, as enemy or as friend, in [0, 1]; 1 for itself."""
    if about is None or about == actor:
        return 1.0
    towards, back = world.dyad(actor, about), world.dyad(about, actor)
    enmity = RIVALRY_STAKE * towards.rivalry + CLAIM_STAKE * (towards.claim is not None or back.claim is not None)
    enmity += HOSTILITY_STAKE * min(1.0, towards.hostility.at(world.tick))
    return power.clip(enmity + ALIGNMENT_STAKE * any(True for _ in world.alignments_between(actor, about)))


def leverage_terms(world: World, aid: Aid, about: ActorId | None) -> dict[str, float]:
    """Return the components of a donor's leverage when it makes a demand about a state, every number rounded.

    ``amount`` is the aid as a share of the recipient's budget, ``monopoly`` the donor's share of all aid of that kind,
    ``dependence`` the recipient's dependence on it, ``asymmetry`` how much weaker the recipient is, in [0, 1], ``motivation``
    the donor's stake minus the recipient's, in [-1, 1], ``constraint`` the donor's domestic constraint, ``cumulative`` the
    aid given since the start.
    """
    donor, recipient = world.actors[aid.donor], world.actors[aid.recipient]
    values = {
        "amount": aid.amount,
        "monopoly": monopoly(world, aid.donor, aid.recipient, aid.kind),
        "dependence": aid.dependence,
        "asymmetry": max(0.0, 1.0 - recipient.power / max(donor.power, power.SMALLEST_SHARE)),
        "motivation": stake(world, aid.donor, about) - stake(world, aid.recipient, about),
        "constraint": donor.constraint,
        "cumulative": world.dyad(aid.recipient, aid.donor).aid_received,
    }
    return {name: quantised(value) for name, value in values.items()}


def pain_of_cut(world: World, aid: Aid) -> float:
    """Return how much the recipient would suffer if this aid ended now, in [0, 1]: its dependence times the monopoly."""
    return aid.dependence * monopoly(world, aid.donor, aid.recipient, aid.kind)


def set_flow(world: World, aid: Aid) -> None:
    """Start or change a flow of aid; dependence on the donor's earlier aid of the same kind stays."""
    key = (aid.donor, aid.recipient, aid.kind)
    before = world.aid.get(key)
    if before is not None:
        aid.dependence = before.dependence
    world.aid[key] = aid


def count_month(world: World, aid: Aid) -> None:
    """Add a month of aid to the recipient's total and to its dependence."""
    dyad = world.dyad(aid.recipient, aid.donor)
    dyad.aid_received = quantised(dyad.aid_received + aid.amount / 12)
    aid.dependence = quantised(aid.dependence + (settled_dependence(aid) - aid.dependence) / HABIT_MONTHS)


def settled_dependence(aid: Aid) -> float:
    """Return the dependence that aid of this amount leads to if it lasts."""
    return quantised(min(1.0, DEPENDENCE_PER_SHARE * aid.amount))


def cut_flow(stage: Stage, aid: Aid, reason: str) -> None:
    """End a flow of aid and let its recipient suffer for it; ``reason`` is a few words for the log."""
    world, recipient = stage.world, stage.world.actors[aid.recipient]
    loss = pain_of_cut(world, aid)
    if world.aid.pop((aid.donor, aid.recipient, aid.kind), None) is None:
        return
    if aid.kind == "military":
        power.multiply_capability(recipient, 1.0 - FORCES_LOST * loss)
        power.refresh(world)
    else:
        recipient.treasury = quantised(max(0.0, recipient.treasury - TREASURY_LOST * loss))
        recipient.legitimacy = quantised(power.clip(recipient.legitimacy + LEGITIMACY_CHANGE * loss))
    audience = None if aid.kind == "economic" else (aid.donor, aid.recipient)
    stage.record("aid_cut", aid.donor, aid.recipient, audience=audience, aid=aid.kind, amount=aid.amount, reason=reason)
