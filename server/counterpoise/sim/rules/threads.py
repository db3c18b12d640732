"""To which thread a message belongs. Threads only order what players read; nothing in the world depends on them."""

from __future__ import annotations

from counterpoise.sim.relations.talk import EVERYONE, Thread
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World


def thread_for(world: World, writer: ActorId, to: tuple[ActorId, ...], alliance: int | None) -> Thread:
    """Return the thread of a message, begun if the message is its first, with its readers among the thread's.

    Args:
        world: holds the threads.
        writer: the state that writes.
        to: the states that it writes to; empty for everyone.
        alliance: the number of the alliance whose members it writes to, if it named one.
    """
    readers = (writer, *to) if to else ()
    name = "+".join(sorted(readers)) or EVERYONE
    if alliance is not None:
        name = f"alliance {alliance}"
    thread = world.talk.threads.setdefault(name, Thread(name, ()))
    thread.readers = (*thread.readers, *(reader for reader in readers if reader not in thread.readers))
    return thread
