"""A policy that gives aid to everybody."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.moves.give_aid import GiveAid
from counterpoise.sim.views.view import View

AMOUNT = 0.05
"""The yearly aid, as a share of each recipient's budget."""


class Bot:
    """Gives every state money, and does nothing else."""

    name: ClassVar[str] = "aid-all"

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Begin economic aid to each state that gets none."""
        if view.occasion != "window":
            return []
        fed = [flow.recipient for flow in view.aid if flow.donor == view.own.id and flow.kind == "economic"]
        return [GiveAid(other.id, "economic", AMOUNT) for other in view.others if other.id not in fed]
