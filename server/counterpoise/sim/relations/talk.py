"""What states may write to each other, and the threads of what they wrote. No rule reads the threads."""

from __future__ import annotations

from dataclasses import dataclass, field

from counterpoise.sim.types import ActorId, TalkLevel

EVERYONE = "everyone"
"""The name of the thread that every state reads."""


@dataclass(slots=True)
class Thread:
    """The messages between the same states, to the members of one alliance, or to everyone.

    ``readers`` have written or got a message of it, in the order in which they first did; empty if everyone reads it.
    ``count`` is how many messages it has.
    """

    name: str
    readers: tuple[ActorId, ...]
    count: int = 0

    def is_read_by(self, actor: ActorId) -> bool:
        """Tell whether a state has written or got a message of this thread."""
        return self.name == EVERYONE or actor in self.readers


@dataclass(slots=True)
class Talk:
    """The talk of a world: what states may write to each other, and the threads of messages by name."""

    level: TalkLevel = "free"
    threads: dict[str, Thread] = field(default_factory=dict)
