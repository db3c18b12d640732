"""A month of war: the losses, and whether the war ends (theory 4.4 and theory 4.5)."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, fsum, log
from random import Random

from counterpoise.sim.numbers.chance import happens, uniform
from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.relations.conflicts import War
from counterpoise.sim.rules.conflict.endings import WarOutcome
from counterpoise.sim.rules.conflict.war_odds import FORCE_MIN, side_force
from counterpoise.sim.types import ActorId, Issue
from counterpoise.sim.world import World

DAILY_ATTRITION = (0.002, 0.005)
"""Range of the share of the engaged force lost in a day."""
ENGAGED_SHARE = (0.01, 0.10)
"""Range of the share of the committed force that is engaged in a month.

Chosen: most months of most wars are quiet, and only a few wars in ten end because a side is worn out."""
BREAK_POINT_RANGE = (0.25, 0.35)
"""Range of the cumulative loss of committed force at which a side gives up."""
AIM_THRESHOLD: dict[Issue, float] = {"territory": 0.20, "policy": 0.25, "regime": 0.15}
"""Chance of winning below which attackers give up the aim (chosen)."""
WIN_CHANCE_DROP = 0.5
"""Attackers give up only if their chance has also fallen below this share of the chance they started with (chosen).

Attackers who started a war against the odds accepted them."""
MONTHLY_ENDING = 0.030
"""Monthly hazard that a war ends, without duration dependence: Weibull's k is near 1 (CoW inter-state wars; Bennett & Stam 1996).

Their 0.038, a mean of 784 days, counts every ending; here a quarter of wars end because a side breaks or peace is made."""
TYPICAL_IMBALANCE = 1.6
"""The log force ratio at which a war ends at that rate.

It is the mean over 68 of CoW's inter-state wars, with the capabilities of each side's members summed; wars of equals last
longer."""
IMBALANCE, MANOEUVRE, MONTHLY_ENDING_MAX = 0.4, 0.6, 0.5
"""Effects on the ending hazard of the log force ratio and of the attackers' offensive posture (manoeuvre), and its cap (chosen).

With 0.7 for the ratio, a third of wars ended within four months; of the wars since 1945 an eighth did."""
STALEMATE_SHARE = 0.10
"""Share of endings without a decision; the front adds others, so that a fifth of all wars end so (CoW)."""
LOST_WAR_SHARE = 0.5
"""Share of its land whose loss rules out a state's victory until its fortune turns (chosen).

Up to it the chance of winning falls with the square of what is lost: what is held at the end decides what is gained (Clausewitz
1832, book 8; Reiter 2009, ch. 2, on news from the battlefield)."""


@dataclass(frozen=True, slots=True)
class Endurance:
    """The cumulative losses at which each side breaks, and the attackers' chance of winning at the start."""

    attackers: float
    defenders: float
    opening_win_chance: float = 1.0


@dataclass(frozen=True, slots=True)
class WarEnding:
    """The outcome of a war and the side that won, if one did."""

    outcome: WarOutcome
    winners: tuple[ActorId, ...] = ()


def draw_endurance(stream: Random, opening_win_chance: float) -> Endurance:
    """Draw both sides' break points."""
    return Endurance(uniform(stream, *BREAK_POINT_RANGE), uniform(stream, *BREAK_POINT_RANGE), opening_win_chance)


def add_losses(stream: Random, world: World, war: War, days: int) -> None:
    """Add the losses of some days of war; both sides engage the same share, and the weaker side loses the larger share."""
    a, b = side_force(world, war, war.attackers), side_force(world, war, war.defenders)
    loss_shares = {"attackers": b / max(a + b, FORCE_MIN), "defenders": a / max(a + b, FORCE_MIN)}
    engaged_loss = days * uniform(stream, *DAILY_ATTRITION) * uniform(stream, *ENGAGED_SHARE)
    for actor in war.parties:
        share = loss_shares["attackers" if actor in war.attackers else "defenders"]
        loss = 2 * share * engaged_loss * (1.0 - war.losses[actor])
        war.losses[actor] = quantised(min(1.0, war.losses[actor] + loss))


def draw_ending(stream: Random, world: World, war: War, endurance: Endurance) -> WarEnding | None:
    """Return how the war ends at this review, or ``None`` if it goes on.

    A side whose losses exceed its endurance loses. Attackers with too small a chance give up. Otherwise the war may end by the
    monthly hazard: without a decision in some cases, else with a winner drawn by the chance of winning and the front.
    """
    worn_attackers = _side_loss(world, war, war.attackers) - endurance.attackers
    worn_defenders = _side_loss(world, war, war.defenders) - endurance.defenders
    if max(worn_attackers, worn_defenders) >= 0:
        return _victory(world, war, war.defenders if worn_attackers >= worn_defenders else war.attackers)
    if war.win_chance < min(AIM_THRESHOLD[war.aim], quantised(WIN_CHANCE_DROP * endurance.opening_win_chance)):
        defended = happens(stream, 1 - STALEMATE_SHARE)
        return _victory(world, war, war.defenders) if defended else WarEnding("STALEMATE")
    if not happens(stream, ending_hazard(world, war)):
        return None
    if happens(stream, STALEMATE_SHARE):
        return WarEnding("STALEMATE")
    chance = victory_chance(world, war)
    if chance is None:
        return WarEnding("STALEMATE")
    return WarEnding("WIN", war.attackers if happens(stream, chance) else war.defenders)


def victory_chance(world: World, war: War) -> float | None:
    """Return the chance that the attackers are the winners if the war ends with one now: the front weighs with the forces.

    A principal's chance falls with the share of its land that it has lost, to nothing at ``LOST_WAR_SHARE``. ``None`` if both
    principals have lost as much.
    """
    attackers = war.win_chance * _hold(world, war.attackers[0])
    defenders = (1.0 - war.win_chance) * _hold(world, war.defenders[0])
    total = attackers + defenders
    return attackers / total if total > 0 else None


def _victory(world: World, war: War, side: tuple[ActorId, ...]) -> WarEnding:
    """Return the victory of a side, or a stalemate if its principal has lost too much of its land to be the winner."""
    return WarEnding("WIN", side) if _hold(world, side[0]) > 0 else WarEnding("STALEMATE")


def _hold(world: World, principal: ActorId) -> float:
    """Return how far a principal still holds its land, in [0, 1]: 0 from ``LOST_WAR_SHARE`` on."""
    lost = world.actors[principal].occupied / LOST_WAR_SHARE
    return max(0.0, 1.0 - lost * lost)


def ending_hazard(world: World, war: War) -> float:
    """Return the monthly probability that the war ends by itself; war aims of punishment and terrain have no effect here."""
    a, b = side_force(world, war, war.attackers), side_force(world, war, war.defenders)
    imbalance = abs(log(max(a, FORCE_MIN) / max(b, FORCE_MIN)))
    manoeuvre = MANOEUVRE if world.actors[war.attackers[0]].posture == "offensive" else 0.0
    return min(MONTHLY_ENDING_MAX, MONTHLY_ENDING * exp(IMBALANCE * (imbalance - TYPICAL_IMBALANCE) + manoeuvre))


def _side_loss(world: World, war: War, side: tuple[ActorId, ...]) -> float:
    """Return a side's loss, weighted by its members' power."""
    weights = [world.actors[actor].power for actor in side]
    total = fsum(weights)
    if total <= 0:
        return 1.0
    return fsum(weight * war.losses[actor] for weight, actor in zip(weights, side, strict=True)) / total
