"""The random player: draws from its legal moves."""

from __future__ import annotations

from random import Random
from typing import ClassVar

from counterpoise.sim.catalogue import MOVES
from counterpoise.sim.move import Move
from counterpoise.sim.moves.skip_question import SkipQuestion
from counterpoise.sim.views.view import View

MOVE_CHANCE = 0.3
"""The chance that it makes a move of its own in a window."""
RESPONSE_KINDS = (
    "answer_call",
    "answer_condition",
    "answer_peace",
    "answer_proposal",
    "respond_crisis",
    "vote_on_member",
)
"""The kinds of move that respond to something; it makes them only in response."""
ASKED_KINDS = ("skip_question", "state_belief")
"""The kinds of move with which a seat responds to questions for the debrief. It skips them all, without a draw."""
SUBJECT_FIELDS = ("crisis", "proposal", "war", "condition", "vote")
"""The fields of a response that name its subject."""


class Bot:
    """Draws a kind of move, then a legal move of that kind, all equally likely; draws a response to each call.

    The baseline for every strategy: a checker that finds the theory in its games finds it in noise (compare the
    zero-intelligence trader of Gode & Sunder 1993).
    """

    name: ClassVar[str] = "random"

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def decide(self, view: View) -> list[Move]:
        """Draw a response to each call; when a window opens, sometimes draw a move. Skip every question."""
        stream = Random(f"{self.seed}/random/{view.tick}")
        moves = self._responses(view, stream)
        if view.occasion == "window" and stream.random() < MOVE_CHANCE:
            kinds = [move_class for kind, move_class in MOVES.items() if kind not in (*RESPONSE_KINDS, *ASKED_KINDS)]
            while kinds:
                kind = kinds.pop(int(stream.random() * len(kinds)))
                legal = list(kind.legal(view))
                if legal:
                    moves.append(legal[int(stream.random() * len(legal))])
                    break
        return [*moves, *(SkipQuestion(question.id) for question in view.questions)]

    @staticmethod
    def _responses(view: View, stream: Random) -> list[Move]:
        """Return one legal response for each subject that waits for one, all equally likely."""
        moves: list[Move] = []
        for kind in RESPONSE_KINDS:
            choices: dict[object, list[Move]] = {}
            for move in MOVES[kind].legal(view):
                subject = next(getattr(move, name) for name in SUBJECT_FIELDS if hasattr(move, name))
                choices.setdefault(subject, []).append(move)
            moves.extend(options[int(stream.random() * len(options))] for options in choices.values())
        return moves
