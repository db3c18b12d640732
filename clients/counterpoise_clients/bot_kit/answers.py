"""Answers to the questions that a seat is asked for the debrief. They change nothing in the game and draw no chance."""

from __future__ import annotations

from collections.abc import Iterator

from counterpoise.sim.move import Move
from counterpoise.sim.moves.assess_threats import RATED_MIN, AssessThreats
from counterpoise.sim.moves.give_reason import GiveReason
from counterpoise.sim.moves.predict import Predict
from counterpoise.sim.moves.skip_question import SkipQuestion
from counterpoise.sim.moves.state_belief import StateBelief
from counterpoise.sim.views.view import QuestionView
from counterpoise_clients.bot_kit.assessment import Assessment

QUIET_SHARE = 0.7
"""The confidence that a state makes no new alignment in a window, which most do not."""
MIDDLE = 0.5
"""A belief about what a bot has no view of."""


def answers_to_questions(assessment: Assessment, bandwagoning: float) -> Iterator[Move]:
    """Yield an answer to each open question, or skip it where the bot has none.

    Args:
        assessment: the seat's assessment of its view.
        bandwagoning: how the bot sees it, in [-1, 1]: 1 if threatened states join the threat, -1 if they ally against it.
    """
    for question in assessment.view.questions:
        yield _answer(assessment, question, bandwagoning) or SkipQuestion(question.id)


def _answer(assessment: Assessment, question: QuestionView, bandwagoning: float) -> Move | None:
    if question.ask == "threats":
        ratings = {str(other): threat for other, threat in assessment.threats.items()}
        return AssessThreats(ratings) if len(ratings) >= RATED_MIN else None
    if question.ask == "prediction":
        return Predict(question.about, "NEU", QUIET_SHARE) if question.about in assessment.others else None
    if question.ask == "reason":
        return GiveReason("habit" if assessment.top_threat is None else "threat")
    return StateBelief(round(MIDDLE - bandwagoning / 2.0, 6), MIDDLE, MIDDLE)
