"""States' estimates of each other's power, with noise, and of offensive capability, a year late (theory 5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import repeat
from math import fsum

from counterpoise.sim.numbers.chance import normals
from counterpoise.sim.numbers.random_streams import CountingRandom
from counterpoise.sim.numbers.rounding import quantised, rounded
from counterpoise.sim.rules.power import clip
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import Dyad, World

STREAM = "perception"
"""Name of the random stream of the windows' errors."""
POWER_NOISE = 0.03
"""Standard deviation of the error about power, as a share of the largest power."""
POWER_NOISE_SMALL = 0.10
"""Upper limit of that error, as a share of the other state's own power.

Without it an error of a great power's size would hide every small state.
"""
OFFENSE_NOISE = 0.10
YIELD_MIN = 0.1
"""The least share of its power that an estimate keeps when another state is overrated (chosen)."""
LAG_DAYS = 365
"""Age in days at which offensive capability becomes known."""


def current_offense(world: World) -> dict[ActorId, float]:
    """Return every state's present offensive capability; others see it ``LAG_DAYS`` later."""
    return {actor.id: actor.offense for actor in world.actors.values()}


def update_estimates(
    world: World,
    stream: CountingRandom,
    offense: Mapping[ActorId, float],
    pairs: Iterable[Dyad] | None = None,
    *,
    errs: bool = True,
) -> None:
    """Update the observers' estimates of the other states.

    Two deviates are drawn for every pair, whether the states exist or not, so that the entry or exit of one state does not
    change the errors about the others.

    Args:
        world: the model.
        stream: the random stream of the errors.
        offense: each state's offensive capability as observers know it now.
        pairs: the dyads to update; all by default.
        errs: whether estimates have random errors. When the world follows a record they have none, because a record does not
            say how large they were.
    """
    _set_factors(world)
    largest = max((actor.power for actor in world.active()), default=0.0)
    powers = {actor.id: actor.power for actor in world.actors.values()}
    noises = {other: min(POWER_NOISE * largest, POWER_NOISE_SMALL * power) for other, power in powers.items()}
    dyads = list(world.dyads.values() if pairs is None else pairs)
    errors = iter(normals(stream, 2 * len(dyads)) if errs else repeat(0.0))
    seen_powers: list[float] = []
    seen_offenses: list[float] = []
    for dyad, power_error, offense_error in zip(dyads, errors, errors, strict=False):
        other = dyad.other
        power = powers[other] + noises[other] * power_error
        seen = offense[other] + OFFENSE_NOISE * offense_error
        seen = seen if 0.0 <= seen <= 1.0 else clip(seen)
        # Most estimates have no bias, and a factor of 1 changes nothing.
        if dyad.power_factor != 1.0:
            power *= dyad.power_factor
        if dyad.offense_bias:
            seen = clip(seen * (1.0 + dyad.offense_bias))
        seen_powers.append(power if 0.0 <= power <= 1.0 else clip(power))
        seen_offenses.append(seen)
    for dyad, power, seen in zip(dyads, rounded(seen_powers, 6), rounded(seen_offenses, 6), strict=True):
        dyad.seen_power, dyad.seen_offense = power, seen


def believed_power(world: World, observer: ActorId, other: ActorId) -> float:
    """Return a state's power as another believes it to be: with its planted errors and without the noise of estimates."""
    power = world.actors[other].power
    return power if observer == other else power * world.dyads[observer, other].power_factor


def _set_factors(world: World) -> None:
    """Set what planted errors make of each estimate.

    Shares of power add up to one, and every state knows its own. So an observer that overrates one state must underrate the
    rest, or the sum of its estimates would give the error away. The rest gives way to ``YIELD_MIN`` of its power at most.
    """
    erring = dict.fromkeys(dyad.observer for dyad in world.dyads.values() if dyad.power_bias)
    for dyad in world.dyads.values():
        if dyad.power_factor != 1.0 and dyad.observer not in erring:
            dyad.power_factor = 1.0
    for observer in erring:
        dyads = [world.dyads[observer, other.id] for other in world.actors.values() if other.id != observer]
        powers = [world.actors[dyad.other].power for dyad in dyads]
        whole = fsum(powers)
        misjudged = fsum(p * (1.0 + d.power_bias) for p, d in zip(powers, dyads, strict=True) if d.power_bias)
        rest = fsum(p for p, d in zip(powers, dyads, strict=True) if not d.power_bias)
        yielding = max(YIELD_MIN, (whole - misjudged) / rest) if rest > 0.0 else 1.0
        total = misjudged + yielding * rest
        scale = whole / total if total > 0.0 else 1.0
        for dyad in dyads:
            dyad.power_factor = quantised(scale * (1.0 + dyad.power_bias if dyad.power_bias else yielding))
