"""What every inject is: something from outside play that a moderator or the scenario makes happen."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.sim.move import Stage
from counterpoise.sim.world import World


class Inject:
    """An outside event. Subclasses are frozen, slotted dataclasses whose fields are plain values, one file each."""

    __slots__ = ()
    kind: ClassVar[str]
    """The inject's name in scenario files and on the wire."""
    title: ClassVar[str]
    """What a button for it says."""

    def check(self, world: World) -> None:
        """Raise ``OrderError`` unless this can happen in the world as it is."""
        self.require_consistent()
        self.require_possible(world)

    def require_consistent(self) -> None:
        """Raise ``OrderError`` if this could happen in no world: what its fields say by themselves is wrong.

        Whoever writes a scenario hears it at once, long before there is a world.
        """

    def require_possible(self, world: World) -> None:
        """Raise ``OrderError`` if this, which makes sense by itself, cannot happen in the world as it is."""

    def apply(self, stage: Stage) -> None:
        """Make it happen at the present tick."""
        raise TypeError(f"{type(self).__name__} does nothing")
