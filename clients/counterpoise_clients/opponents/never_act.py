"""A policy that never acts."""

from __future__ import annotations

from typing import ClassVar

from counterpoise.sim.move import Move
from counterpoise.sim.views.view import View


class Bot:
    """Does nothing and answers nothing: its ministers decide what must be decided."""

    name: ClassVar[str] = "never-act"

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Do nothing."""
        return []
