"""Who counts as a great power in reports. No rule of the simulation and no bot asks."""

from __future__ import annotations

from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World

LEAST_SHARE = 0.10
"""The share of all power from which a state counts where the scenario names no great powers (chosen)."""


class GreatPowers:
    """Tells who is a great power: whom the scenario's author dates as one, or else the states with a tenth of all power."""

    def __init__(self, scenario: Scenario) -> None:
        self._periods = {
            actor.id: (actor.great_power_from, actor.great_power_until)
            for actor in scenario.actors
            if actor.great_power_from is not None
        }

    def at(self, world: World, tick: int) -> list[ActorId]:
        """Return the great powers of a world on a day, in the scenario's order. Powers by share are those of the present."""
        if not self._periods:
            return [actor.id for actor in world.active() if actor.power >= LEAST_SHARE]
        return [actor.id for actor in world.active() if self._is_dated(actor.id, tick)]

    def _is_dated(self, state: ActorId, tick: int) -> bool:
        if state not in self._periods:
            return False
        start, end = self._periods[state]
        return start is not None and start <= tick and (end is None or tick < end)
