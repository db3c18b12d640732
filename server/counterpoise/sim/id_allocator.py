"""Ids of things in a world. The ids that a seat sees must not reveal things that it may not see."""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.sim.numbers.chance import whole_number
from counterpoise.sim.numbers.random_streams import Streams
from counterpoise.sim.world import Audience, World

STEP = 10_000_000
"""Difference between two public ids. The ids between them are for things that only some states may see."""


class IdAllocator:
    """Allocates unique ids for the things of a world.

    Public things are counted in steps of ``STEP``. A thing with an audience gets an id between the last public id and the next,
    drawn from a random stream of that audience. Hidden things therefore leave no gaps in the ids that a seat sees and do not
    change them, whether the seat looks at one game or compares two.
    """

    def __init__(self, world: World, streams: Streams, taken: Iterable[int]) -> None:
        self._world, self._streams = world, streams
        self._taken = dict.fromkeys(taken)

    @property
    def taken(self) -> list[int]:
        """The ids given to hidden things since the last public id."""
        return list(self._taken)

    def next(self, audience: Audience = None) -> int:
        """Return an unused id for a thing that ``audience`` may see; ``None`` is everyone."""
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
