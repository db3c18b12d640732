"""A first bot: accepts every alliance, and asks its nearest friend for help against the gravest threat.

counterpoise run checkerboard --bots COR=clients/examples/first_bot.py
"""

from __future__ import annotations

from counterpoise.sim.catalogue import legal_moves
from counterpoise.sim.move import Move
from counterpoise.sim.moves.answer_proposal import AnswerProposal
from counterpoise.sim.moves.propose_alliance import ProposeAlliance
from counterpoise.sim.views.view import View
from counterpoise.theory.threat import threats_from_view


class Bot:
    """Accepts every alliance, and asks its nearest friend for help against the gravest threat."""

    name = "sociable"

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Return the moves to make now; the list may be empty."""
        moves: list[Move] = [move for move in legal_moves(view) if isinstance(move, AnswerProposal) and move.accept]
        if view.occasion == "window":
            threats = threats_from_view(view)
            gravest = max(threats, key=lambda state: threats[state].threat)
            friends = [o for o in view.others if o.id != gravest and not o.aligned and not o.at_war]
            if friends:
                nearest = min(friends, key=lambda other: other.km)
                moves.append(ProposeAlliance(nearest.id, "defence", against=gravest))
        return moves
