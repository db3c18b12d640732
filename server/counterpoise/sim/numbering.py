"""The numbers of things."""

from __future__ import annotations

from counterpoise.sim.chance import whole
from counterpoise.sim.streams import Streams
from counterpoise.sim.world import World

LARGEST_STEP = 9
"""Numbers grow by leaps of chance: counted one by one, a gap would tell how many hidden things lie in it."""


def next_number(world: World, streams: Streams) -> int:
    """Return a number that no other thing of this world has, larger than all before it."""
    world.last_id += whole(streams("numbers"), 1, LARGEST_STEP)
    return world.last_id
