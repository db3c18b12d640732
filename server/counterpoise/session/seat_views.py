"""The views of a session's seats, built when they are asked for and kept while the world stays as it is."""

from __future__ import annotations

from counterpoise.sim.catalogue import legal_kinds
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise.sim.views.view_builder import ViewBuilder
from counterpoise.sim.views.view_position import ViewPosition
from counterpoise.sim.world import World


class SeatViews:
    """The views of one session.

    Args:
        world: the model.
        scenario: the scenario, for the seats' briefings and goals.
    """

    def __init__(self, world: World, scenario: Scenario) -> None:
        self.changes = 0
        """How often the world may have changed. While this number stays, so does everything that can be seen of the world."""
        self._world, self._scenario = world, scenario
        self._builder: ViewBuilder | None = None

    def view(self, seat: ActorId) -> View:
        """Return what a seat sees now, with references in place of texts."""
        if self._builder is None:
            self._builder = ViewBuilder(self._world, self._scenario)
        return self._builder.view(seat)

    def kinds(self, seat: ActorId) -> list[str]:
        """Return the kinds of which a seat has a legal move now, by its own view."""
        return list(legal_kinds(ViewPosition(self.view(seat))))

    def forget(self) -> None:
        """Note that the world is about to change."""
        self.changes += 1
        self._builder = None
