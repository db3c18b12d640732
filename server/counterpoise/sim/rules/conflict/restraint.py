"""What restrains war between two states in dispute: the target's allies, the costs of war, hopeless odds, and strong mediators.

Each function gives a factor on the odds that a dispute becomes a war. None knows a state, a pair or the theory under test. The
counts are of MID 2.2.1's disputes between two originators, 1870-2010, n = 1676 (Gibler, Miller & Little 2016), with the
capabilities of NMC (Singer 1987), the defence pacts of ATOP (Leeds et al. 2002) and CoW's major powers.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, fsum

from counterpoise.sim.relations.conflicts import Crisis, War
from counterpoise.sim.rules.conflict.war_odds import attackers_win_chance, force_at
from counterpoise.sim.types import ActorId, Commitment
from counterpoise.sim.world import World

PLEDGES_OF_HELP: tuple[Commitment, ...] = ("defence", "guarantee", "union")
"""Commitments that promise to fight for a state that is attacked."""
BONDS: tuple[Commitment, ...] = (*PLEDGES_OF_HELP, "offence", "joint_operation")
"""Commitments that bind a state to one side of a dispute."""
ALLIES_DETER = -0.67
"""Effect on the log-odds of war of the share h / (h + a): the force of the target's allies h beside the initiator's a.

Estimated on the disputes above with rivalry, issue and period held constant (s.e. 0.29). Capable and committed allies restrain
the escalation of a dispute as well as its start (Leeds 2003; Johnson, Leeds & Wu 2015)."""
GREAT_FROM = 0.5
"""Power, in units of the average state's, from which a state weighs in the balance of power (chosen)."""
ALLIES_KEEP = 0.31
"""Share of allies that both sides expect to fight.

It lies between the 22 % of all promises and the 41 % of those to defend that were kept (Berkemeier & Fuhrmann 2018). The war that
the two must reckon with is the one that their alliances make of it (Snyder 1997, ch. 9)."""
COST_OF_WAR = -1.8
"""Effect on the log-odds of war of the weaker side's weight: its power above that, in units of the average state's (-3 to 0).

War between the strong costs both so much that more bargains are better than war (Fearon 1995). Disputes of two major powers
became wars in 2 of 32 cases in 1870-1913 and in 2 of 74 since 1946, those of other pairs in 26 of 215 and in 38 of 949: odds
ratios of 0.5 and 0.7. In 1914-45 they became wars more often (5 of 42, and 25 of 354). The size was fitted to the wars of
great powers in the bundled scenarios."""
CONCERT = -2.5
"""Effect on the log-odds of war of the concert: the weaker side's weight times the free share of the bystanders' power (-4 to 0).

Powers without a side of their own meet, mediate and hold both sides back, the more so the more is at stake for the balance of
power; once the bystanders are bound to one side or the other, nobody is left to do so (Schroeder 1994; Richardson 1994; Snyder
1997, ch. 9, on crises in bipolar and multipolar systems). The size was fitted to the wars of great powers in the bundled
scenarios."""
HOPELESS_CHANCE = 0.15
"""Chance of winning below which an attack is hopeless (chosen)."""
HOPELESS_ODDS = 0.38
"""Factor on the odds of war in a dispute whose initiator could not hope to win.

Where the initiator had less than 15 % of the pair's capabilities, 7 of 272 disputes became wars; of the rest 93 of 1404."""
MEDIATED_ODDS = 0.6
"""Factor of mediation on the odds of the next level (chosen; 0.4-0.8)."""
CONCERT_ODDS = 0.35
"""The same factor where the mediators together are as strong as the weaker side (chosen; 0.2-0.6).

Such powers can threaten either side with their weight, as the concert's congresses and conferences did (Schroeder 1994;
Richardson 1994); mediation with leverage ends crises more often than mediation without (Beardsley et al. 2006)."""


def restraint(world: World, crisis: Crisis) -> float:
    """Return the factor of deterrence, costs and hopelessness on the odds that a crisis becomes a war."""
    hopeless = HOPELESS_ODDS if initiators_chance(world, crisis) < HOPELESS_CHANCE else 1.0
    costs = cost_factor(world, crisis) * concert_factor(world, crisis)
    return deterrence(world, crisis.initiator, crisis.target) * costs * hopeless


def deterrence(world: World, initiator: ActorId, target: ActorId) -> float:
    """Return the factor of the help that the target's allies can bring against an initiator that knows of their pledges."""
    return exp(ALLIES_DETER * help_share(world, initiator, target))


def help_share(world: World, initiator: ActorId, target: ActorId) -> float:
    """Return h / (h + a) in [0, 1]: the force of the target's pledged allies beside the initiator's, on the target's ground.

    A pact deters only if it is known to the initiator, and only as far as the ally's force reaches: a distant ally without the
    means to come deters little.
    """
    helpers = {
        member: True
        for alignment in world.alignments_of(target)
        if alignment.commitment in PLEDGES_OF_HELP and alignment.lead != target and alignment.seen_by(initiator)
        for member in alignment.members
        if member not in (target, initiator)
    }
    if not helpers:
        return 0.0
    force = fsum(force_at(world, helper, target, attacking=False) for helper in helpers)
    against = force_at(world, initiator, target, attacking=True)
    return force / (force + against) if force > 0 else 0.0


def cost_factor(world: World, crisis: Crisis) -> float:
    """Return the factor of the costs that both sides expect of a war: the stronger the weaker side, the costlier."""
    return exp(COST_OF_WAR * weight_of(world, crisis))


def concert_factor(world: World, crisis: Crisis) -> float:
    """Return the factor of the powers that are bound to neither side: 1 once all bystanders have taken sides.

    Only public bonds count: a power with a secret pact is still asked to the conference.
    """
    parties = (crisis.initiator, crisis.target)
    bound = _bound_to(world, parties[0]) | _bound_to(world, parties[1])
    bystanders = [actor for actor in world.active() if actor.id not in parties]
    total = fsum(actor.power for actor in bystanders)
    free = fsum(actor.power for actor in bystanders if actor.id not in bound and actor.id not in crisis.supporters)
    return exp(CONCERT * weight_of(world, crisis) * free / total) if total > 0 else 1.0


def weight_of(world: World, crisis: Crisis) -> float:
    """Return the weight of the weaker side in the balance of power, expected allies included.

    It is the side's power above ``GREAT_FROM``, in units of the average state's.
    """
    powers = [actor.power for actor in world.active()]
    average = fsum(powers) / len(powers)
    weaker = min(_expected_power(world, crisis.initiator), _expected_power(world, crisis.target))
    return max(0.0, weaker / average - GREAT_FROM) if average > 0 else 0.0


def _expected_power(world: World, side: ActorId) -> float:
    """Return a state's power with that of its publicly bound allies, of which a share is expected to fight."""
    allies = [member for member in _bound_to(world, side) if member != side]
    return world.actors[side].power + ALLIES_KEEP * fsum(world.actors[ally].power for ally in allies)


def _bound_to(world: World, state: ActorId) -> dict[ActorId, bool]:
    """Return the states that public bonds tie to a state, itself included if there are any."""
    return {
        member: True
        for alignment in world.alignments_of(state)
        if alignment.commitment in BONDS and not alignment.secret
        for member in alignment.members
    }


def mediation_factor(world: World, crisis: Crisis) -> float:
    """Return the factor of the crisis' mediators on the odds that it rises a level; 1 without mediators."""
    if not crisis.mediators:
        return 1.0
    weaker = min(world.actors[crisis.initiator].power, world.actors[crisis.target].power)
    weight = fsum(world.actors[mediator].power for mediator in crisis.mediators)
    return CONCERT_ODDS if weight >= weaker else MEDIATED_ODDS


def side_that_strikes(world: World, crisis: Crisis) -> ActorId:
    """Return the side that attacks when a crisis becomes a war: its initiator, or the target if the initiator had no hope.

    Nobody attacks at hopeless odds, so in such a dispute it is the stronger side that goes to war.
    """
    return crisis.target if initiators_chance(world, crisis) < HOPELESS_CHANCE else crisis.initiator


def initiators_chance(world: World, crisis: Crisis) -> float:
    """Return the initiator's chance of winning if it attacked now, with each side's supporters."""
    ours = (crisis.initiator, *supporters_of(crisis, crisis.initiator))
    theirs = (crisis.target, *supporters_of(crisis, crisis.target))
    return prospective_chance(world, ours, theirs)


def supporters_of(crisis: Crisis, side: ActorId) -> list[ActorId]:
    """Return the third states that support a side of a crisis."""
    return [supporter for supporter, supported in crisis.supporters.items() if supported == side]


def prospective_chance(world: World, attackers: Iterable[ActorId], defenders: Iterable[ActorId]) -> float:
    """Return the chance that attackers would win a war that began now, in [0, 1]; principals first."""
    war = War(0, tuple(attackers), tuple(defenders), "policy", since=world.tick)
    war.losses = dict.fromkeys(war.parties, 0.0)
    return attackers_win_chance(world, war)
