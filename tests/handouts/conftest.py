"""What every seat sees on the first day of a scenario."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise.sim.views.view_builder import ViewBuilder

Opening = Callable[[Scenario], Mapping[ActorId, View]]


@pytest.fixture(scope="session")
def first_day() -> Opening:
    """Returns each seat's view of the first day of a scenario."""

    def views(scenario: Scenario) -> Mapping[ActorId, View]:
        seats = ViewBuilder(Simulation(scenario, seed="").world, scenario, misperceiving=False)
        return {actor.id: seats.view(actor.id) for actor in scenario.actors}

    return views
