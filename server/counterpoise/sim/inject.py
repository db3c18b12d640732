"""The base class of injects: events from outside play that a moderator or the scenario triggers."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.sim.move import Stage
from counterpoise.sim.world import World


class Inject:
    """An event from outside play. Subclasses are frozen, slotted dataclasses with plain values as fields, one file each."""

    __slots__ = ()
    kind: ClassVar[str]
    """The inject's name in scenario files and on the wire."""
    title: ClassVar[str]
    """The text of its button."""

    def check(self, world: World) -> None:
        """Raise ``OrderError`` unless the inject is consistent and possible in the present world."""
        self.require_consistent()
        self.require_possible(world)

    def require_consistent(self) -> None:
        """Raise ``OrderError`` if the inject's fields contradict each other, so that it is possible in no world.

        The reader of scenario files calls this, so that an author learns of a mistake before there is a world.
        """

    def require_possible(self, world: World) -> None:
        """Raise ``OrderError`` if a consistent inject is not possible in the present world.

        An inject of the scenario that is not possible is recorded as an ``inject_void`` incident with the error's texts, and
        digests hash incidents. So these texts are part of the rules: old journals verify only while they stay the same.
        """

    def depends_on_secrets(self, world: World) -> bool:
        """Tell whether the inject is possible only because of something that not everyone can see now."""
        return False

    def apply(self, stage: Stage) -> None:
        """Apply the inject at the present tick."""
        raise TypeError(f"{type(self).__name__} does nothing")
