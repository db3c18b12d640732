from __future__ import annotations

from math import sqrt

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.numbers.random_streams import Streams
from counterpoise.sim.rules import power_estimates
from counterpoise.sim.types import ActorId

A, E = ActorId("ARD"), ActorId("EMP")


def test_errors_have_the_published_spread(sim: Simulation) -> None:
    world, stream = sim.world, Streams("errors")("perception")
    largest = world.actors[E].power
    for actor in world.actors.values():
        actor.offense = 0.5
    errors: list[float] = []
    lags: list[float] = []
    for _ in range(300):
        power_estimates.update_estimates(world, stream, power_estimates.current_offense(world))
        errors += [dyad.seen_power - largest for dyad in world.dyads.values() if dyad.other == E]
        lags += [dyad.seen_offense - 0.5 for dyad in world.dyads.values()]
    assert sqrt(sum(e * e for e in errors) / len(errors)) == pytest.approx(0.03 * largest, rel=0.1)
    assert sqrt(sum(e * e for e in lags) / len(lags)) == pytest.approx(0.10, rel=0.05)


def test_estimates_are_shares_rounded_to_six_places(sim: Simulation) -> None:
    for dyad in sim.world.dyads.values():
        assert 0 <= dyad.seen_power <= 1
        assert dyad.seen_power == round(dyad.seen_power, 6)
        assert dyad.seen_offense == round(dyad.seen_offense, 6)


def test_the_exit_of_a_state_does_not_change_errors_about_others(sim: Simulation) -> None:
    world = sim.world
    power_estimates.update_estimates(world, Streams("x")("p"), power_estimates.current_offense(world))
    before = {key: dyad.seen_power for key, dyad in world.dyads.items()}
    world.actors[A].active = False
    power_estimates.update_estimates(world, Streams("x")("p"), power_estimates.current_offense(world))
    assert {key: dyad.seen_power for key, dyad in world.dyads.items()} == before
