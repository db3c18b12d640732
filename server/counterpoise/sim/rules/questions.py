"""Asking seats for the debrief, and closing what they have answered, skipped or let pass.

Each question is a seat's own affair: its number, and the incidents about it, reach nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable

from counterpoise.sim.move import Stage
from counterpoise.sim.relations.questions import Question
from counterpoise.sim.types import ActorId, QuestionKind


def ask(
    stage: Stage, ask: QuestionKind, seats: Iterable[ActorId], about: ActorId | None, words: str, closes: int
) -> None:
    """Ask existing states a question that they may answer before ``closes``; none is asked about itself."""
    world = stage.world
    for seat in seats:
        if seat == about or not world.actors[seat].active:
            continue
        number = stage.next_id((seat,))
        world.questions[number] = Question(number, seat, ask, about, words, world.tick, closes)
        stage.record("question_asked", seat, audience=(seat,), question=number, ask=ask, about=about or "", words=words)
        if closes < world.end:
            # On the eve, so that the view of the day on which the next window opens no longer has it.
            stage.start_at(closes - 1, "questions.lapse", number)


def answer(stage: Stage, seat: ActorId, kind: QuestionKind, about: ActorId | None = None) -> None:
    """Close the open questions of a seat that a statement of this kind answers."""
    for question in list(stage.world.questions.values()):
        if (question.seat, question.ask, question.about) == (seat, kind, about):
            _close(stage, question, "question_answered")


def skip(stage: Stage, number: int) -> None:
    """Close a question that its seat does not want to answer."""
    _close(stage, stage.world.questions[number], "question_skipped")


def lapse(stage: Stage, number: int) -> None:
    """Close a question, if it is still open, that its seat has neither answered nor skipped in time."""
    question = stage.world.questions.get(number)
    if question is not None:
        _close(stage, question, "question_lapsed")


def _close(stage: Stage, question: Question, how: str) -> None:
    del stage.world.questions[question.id]
    stage.record(how, question.seat, audience=(question.seat,), question=question.id, ask=question.ask)
