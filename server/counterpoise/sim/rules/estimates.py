"""What states see of each other's power: public figures with noise, and offensive capability a year late (theory 5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random
from typing import Literal

from counterpoise.sim.chance import normal
from counterpoise.sim.rules.power import clip
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Dyad, World

STREAM = "perception"
POWER_NOISE = 0.03
"""Standard deviation, as a share of the largest power..."""
POWER_NOISE_SMALL = 0.10
"""... but no more than this share of the state's own power: else a great power's error would drown every small state."""
OFFENSE_NOISE = 0.10
LAG_DAYS = 365
"""Offensive capability is seen as it was a year ago."""


def current_offense(world: World) -> dict[ActorId, float]:
    """Return every state's offensive capability, to be seen a year from now."""
    return {actor.id: actor.offense for actor in world.actors.values()}


def update_estimates(
    world: World,
    stream: Random,
    offense: Mapping[ActorId, float],
    pairs: Iterable[Dyad] | None = None,
    *,
    errs: bool = True,
) -> None:
    """Let observers look at the others anew.

    Two deviates are drawn for every pair, whether the states exist or not, so that a state's fate moves nobody else's errors.

    Args:
        world: the model.
        stream: where errors of perception come from.
        offense: each state's offensive capability as it was when it became known.
        pairs: the dyads to refresh; all of them by default.
        errs: whether observers err by chance; a record does not tell by how much they did.
    """
    largest = max((actor.power for actor in world.active()), default=0.0)
    for dyad in world.dyads.values() if pairs is None else pairs:
        power_error, offense_error = (normal(stream), normal(stream)) if errs else (0.0, 0.0)
        power = world.actors[dyad.other].power
        noise = min(POWER_NOISE * largest, POWER_NOISE_SMALL * power)
        seen = clip(offense[dyad.other] + OFFENSE_NOISE * offense_error)
        dyad.seen_power = round(clip((power + noise * power_error) * (1.0 + dyad.power_bias)), 6)
        dyad.seen_offense = round(clip(seen * (1.0 + dyad.offense_bias)), 6)


def bias_estimate(dyad: Dyad, what: Literal["power", "offense"], amount: float) -> None:
    """Bend an estimate from now on, by a share of its value; 0 ends it."""
    before = getattr(dyad, f"{what}_bias")
    setattr(dyad, f"{what}_bias", amount)
    if before > -1.0:  # what was taken for nothing comes back only when one looks again
        seen = getattr(dyad, f"seen_{what}") * (1.0 + amount) / (1.0 + before)
        setattr(dyad, f"seen_{what}", round(clip(seen), 6))
