"""The random player: any legal move, for no reason."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.catalogue import MOVES
from counterpoise.sim.move import Move
from counterpoise.sim.view import View

ACTS_IN = 0.3
"""The chance that it makes a move of its own in a window."""
NEVER = ("answer_call", "answer_condition", "answer_peace", "answer_proposal", "respond_crisis")
"""Kinds that only answer; it uses them when it is asked, and only then."""
SUBJECTS = ("crisis", "proposal", "war", "condition")
"""The field of an answer that says what it answers."""


class Bot:
    """Draws a kind of move, then a move of that kind, all equally likely; answers every call by lot.

    The baseline against which any strategy must show itself: a checker that finds theory in its games finds it in noise
    (the zero-intelligence trader of Gode & Sunder 1993 in another market).
    """

    name: ClassVar[str] = "random"

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Answer by lot; when a window opens, sometimes do anything."""
        stream = Random(f"{self.seed}/random/{view.tick}")
        moves = self._answers(view, stream)
        if view.occasion == "window" and stream.random() < ACTS_IN:
            kinds = [found for kind, found in MOVES.items() if kind not in NEVER]
            while kinds:
                kind = kinds.pop(int(stream.random() * len(kinds)))
                legal = list(kind.legal(view))
                if legal:
                    moves.append(legal[int(stream.random() * len(legal))])
                    break
        return moves

    @staticmethod
    def _answers(view: View, stream: Random) -> list[Move]:
        """Take one legal answer to each thing that waits for one, each as likely as the others."""
        moves: list[Move] = []
        for kind in NEVER:
            choices: dict[object, list[Move]] = {}
            for move in MOVES[kind].legal(view):
                subject = next(getattr(move, name) for name in SUBJECTS if hasattr(move, name))
                choices.setdefault(subject, []).append(move)
            moves.extend(options[int(stream.random() * len(options))] for options in choices.values())
        return moves
