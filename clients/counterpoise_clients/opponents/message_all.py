"""A policy that writes to everybody."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.message import Message
from counterpoise.sim.views.view import View


class Bot:
    """Sends every state a friendly message, and does nothing else."""

    name: ClassVar[str] = "message-all"

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Write to each state."""
        if view.occasion != "window":
            return []
        return [Message(tuple(other.id for other in view.others), "We wish for good relations.")]
