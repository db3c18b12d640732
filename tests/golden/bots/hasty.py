"""A bot for a golden journal: it orders twelve moves at once, so that many of them are no longer legal when they act."""

from __future__ import annotations

from itertools import islice
from random import Random

from counterpoise.sim.catalogue import legal_moves
from counterpoise.sim.move import Move
from counterpoise.sim.views.view import View

MOVES_AT_ONCE = 12


class Bot:
    """Orders twelve of its legal moves at once, drawn by chance."""

    name = "hasty"

    def __init__(self, seed: str) -> None:
        self._chances = Random(seed)

    def decide(self, view: View) -> list[Move]:
        """Return up to twelve legal moves."""
        moves = legal_moves(view)
        self._chances.shuffle(moves)
        return list(islice(moves, MOVES_AT_ONCE))
