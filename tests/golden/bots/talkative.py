"""A bot for a golden journal: it writes messages, gives reasons and makes demands, so that the journal holds texts."""

from __future__ import annotations

from counterpoise.sim.move import Move
from counterpoise.sim.moves.demand import Demand
from counterpoise.sim.moves.give_reason import GiveReason
from counterpoise.sim.moves.message import Message
from counterpoise.sim.views.view import View


class Bot:
    """Writes to the nearest state in every window and demands something of it."""

    name = "talkative"

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Return a message, a reason and a demand when a window opens."""
        if view.occasion != "window":
            return []
        nearest = min(view.others, key=lambda other: other.km)
        return [
            Message((nearest.id,), f"Good day from {view.own.id}. Shall we talk about the border?"),
            GiveReason("threat"),
            Demand(nearest.id, "policy", f"{nearest.name} shall open its ports to our ships."),
        ]
