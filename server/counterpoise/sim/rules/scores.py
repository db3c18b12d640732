"""Scores pay for what a state wants: survival, security, influence and its own objectives, never conformity with a theory.

The score of a year is

    100 x (0.30 survival + 0.20 security + 0.20 influence + 0.30 objectives) - upkeep

with the four parts in [0, 1]; a state without objectives shares their weight among the other three. That states want survival
first and security next is Waltz (1979, ch. 6); the weights are chosen.

- survival is the state's capability factor, at most 1, times a factor of its regime's legitimacy, from a half (no legitimacy) to
  one (full legitimacy);
- security halves with every 2.5 full wars' worth of remembered hostile acts against the state, and again for every war it
  fights;
- influence is the mean of two ratios: its power to that of the strongest state of its role, and the power that would stand by it
  to that of the strongest other state, at most 1. Each partner counts by what its tie is worth (``commitments``): paper is worth
  next to nothing, and whether a partner shares the threat or is the threat is nothing to the score;
- objectives are those of the state's seat in the scenario, by their weights (``objectives``);
- upkeep is the autonomy that commitments cost, which grows faster than their burden (``commitments``), and the aid that the
  state pays, by its share of a year's budget. It takes no more than the rest of the score.

A seat is told its score by the power that its state believes others to have and by the pacts that it may see: a score by the
truth would tell it of a planted error or of a secret. What counts at the end is the true score.

A state that does not exist scores nothing. The total score is the mean over the years of the state's existence, so that a late
entrant can be compared with the rest.
"""

from __future__ import annotations

from math import fsum

from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.rules import commitments
from counterpoise.sim.rules.aid_bills import yearly_share
from counterpoise.sim.rules.objectives import Judgement, share_met
from counterpoise.sim.rules.power import clip
from counterpoise.sim.score_parts import ScoreParts
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Actor, World

SURVIVAL, SECURITY, INFLUENCE, OBJECTIVES = 0.30, 0.20, 0.20, 0.30
HALVING_HOSTILITY = 2.5
AUTONOMY_POINTS = 0.5
"""What a burden of 1 costs in points (chosen)."""
BURDEN_EXPONENT = 1.5
"""How fast the cost grows: four times the burden costs eight times as much (chosen)."""
AID_POINTS = 15.0
"""What a whole budget of aid costs in points (chosen)."""


def yearly_score(world: World, actor: Actor, *, believed: bool = False) -> float:
    """Return a state's score of the present year, from 0 to 100; ``believed`` reckons with what the state believes."""
    return yearly_parts(world, actor, believed=believed).total


def yearly_parts(world: World, actor: Actor, *, believed: bool = False) -> ScoreParts:
    """Return the parts of a state's score of the present year, in points."""
    if not actor.active:
        return ScoreParts()
    scale = 100.0 if world.objectives.get(actor.id) else 100.0 / (1.0 - OBJECTIVES)
    case = Judgement(world, actor, believed)
    gains = (
        quantised(scale * SURVIVAL * survival(actor)),
        quantised(scale * SECURITY * security(world, actor.id)),
        quantised(scale * INFLUENCE * influence(case)),
        quantised(scale * OBJECTIVES * share_met(case)),
    )
    return ScoreParts(*gains, -quantised(min(upkeep(world, actor.id), fsum(gains))))


def is_undeceived(world: World, actor: ActorId) -> bool:
    """Tell whether a state believes its true score, since it errs about no power and sees every pact."""
    return all(world.dyads[actor, other].power_factor == 1.0 for other in world.actors if other != actor) and all(
        pact.seen_by(actor) for pact in world.alignments.values() if not pact.ended
    )


def survival(actor: Actor) -> float:
    """Return the survival part of a score, in [0, 1]."""
    return clip(actor.capability_factor) * (0.5 + 0.5 * actor.legitimacy)


def security(world: World, actor: ActorId) -> float:
    """Return the security part of a score, in [0, 1]."""
    suffered = fsum(world.dyad(actor, other).hostility.at(world.tick) for other in world.actors if other != actor)
    wars = len(list(world.wars_of(actor)))
    return float(0.5 ** (suffered / HALVING_HOSTILITY + wars))


def influence(case: Judgement) -> float:
    """Return the influence part of a score, in [0, 1]."""
    actor, active = case.actor, list(case.world.active())
    powers = {other.id: case.power(other.id) for other in active}
    peers = max((powers[other.id] for other in active if other.role == actor.role), default=0.0)
    weight = actor.power / peers if peers > 0 else 0.0
    strongest = max((power for other, power in powers.items() if other != actor.id), default=0.0)
    aligned = fsum(worth * powers[partner] for partner, worth in case.worths.items())
    return (weight + (clip(aligned / strongest) if strongest > 0 else 0.0)) / 2


def upkeep(world: World, actor: ActorId) -> float:
    """Return what a state's commitments and its aid cost it in a year, in points."""
    autonomy = AUTONOMY_POINTS * float(commitments.burden(world, actor) ** BURDEN_EXPONENT)
    return autonomy + AID_POINTS * yearly_share(world, actor)
