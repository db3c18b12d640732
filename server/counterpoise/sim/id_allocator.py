"""The numbers of things: what a seat may not see leaves no mark on the numbers it sees."""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.sim.chance import whole_number
from counterpoise.sim.random_streams import Streams
from counterpoise.sim.world import Audience, World

STEP = 10_000_000
"""From one public number to the next; between them lie those of things that not everyone may see."""


class IdAllocator:
    """Hands out numbers that no other thing of a world has.

    Public things are counted by themselves. A thing that few may see takes a place between the last public number and the
    next, drawn from a stream of its audience: a seat finds neither gaps that tell of hidden things nor numbers that their
    coming has moved, whether it looks at one game or compares two.
    """

    def __init__(self, world: World, streams: Streams, taken: Iterable[int]) -> None:
        self._world, self._streams = world, streams
        self._taken = dict.fromkeys(taken)

    @property
    def taken(self) -> list[int]:
        """The numbers given to hidden things since the last public one."""
        return list(self._taken)

    def next(self, audience: Audience = None) -> int:
        """Return a number for a thing that those of ``audience`` may see; ``None`` is everyone."""
        world = self._world
        if audience is None:
            world.last_id += STEP
            self._taken.clear()
            return world.last_id
        stream = self._streams("numbers/" + ",".join(sorted(audience)))
        number = world.last_id + whole_number(stream, 1, STEP - 1)
        while number in self._taken:
            number = world.last_id + whole_number(stream, 1, STEP - 1)
        self._taken[number] = None
        return number
