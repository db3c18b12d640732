from __future__ import annotations

from dataclasses import replace

import pytest

from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.assess_threats import AssessThreats
from counterpoise.sim.moves.give_reason import GiveReason
from counterpoise.sim.moves.predict import Predict
from counterpoise.sim.moves.skip_question import SkipQuestion
from counterpoise.sim.moves.state_belief import StateBelief
from counterpoise.sim.scenario import QuestionSpec, Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise.sim.views.view_builder import build_view
from counterpoise_clients import roster
from counterpoise_clients.bot_kit.answers import answers_to_questions
from counterpoise_clients.bot_kit.assessment import Assessment

A, B = ActorId("ARD"), ActorId("BEL")


@pytest.fixture
def view(checkerboard_scenario: Scenario) -> View:
    asked = (
        QuestionSpec("threats", 0),
        QuestionSpec("prediction", 0, about=B),
        QuestionSpec("reason", 0),
        QuestionSpec("belief", 0),
    )
    sim = Simulation(replace(checkerboard_scenario, questions=asked), "asked")
    return build_view(sim.world, sim.scenario, A)


def test_each_question_is_answered_with_what_the_bot_sees(view: View) -> None:
    assessment = Assessment(view)
    threats, prediction, reason, belief = answers_to_questions(assessment, -0.5)
    assert threats == AssessThreats(dict(assessment.threats))  # type: ignore[arg-type]
    assert prediction == Predict("BEL", "NEU", 0.7)
    assert reason == GiveReason("threat")
    assert belief == StateBelief(0.75, 0.5, 0.5)
    for move in (threats, prediction, reason, belief):
        assert move in type(move).legal(view) or move.kind != "give_reason"


def test_what_a_bot_cannot_answer_it_skips(view: View) -> None:
    alone = replace(view, others=view.others[:2])
    kinds = [move.kind for move in answers_to_questions(Assessment(alone), 0.0)]
    assert kinds[0] == "skip_question"


@pytest.mark.parametrize("name", roster.bot_names())
def test_every_bot_can_be_asked(view: View, name: str) -> None:
    moves = roster.load_bot(name)("1").decide(view)
    skipped = [move.question for move in moves if isinstance(move, SkipQuestion)]
    if name == "random":
        assert sorted(skipped) == sorted(question.id for question in view.questions)
    else:
        kinds = [move.kind for move in moves]
        assert all(kind in kinds for kind in ("assess_threats", "predict", "give_reason", "state_belief"))
