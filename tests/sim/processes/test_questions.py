from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from counterpoise.sim.digest import digest
from counterpoise.sim.engine import Simulation
from counterpoise.sim.moves.give_reason import GiveReason
from counterpoise.sim.processes import questions
from counterpoise.sim.scenario import QuestionSpec, Scenario
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view import View
from counterpoise.sim.views.view_builder import build_view

Run = Callable[[Simulation, int], None]
A, B, F = ActorId("ARD"), ActorId("BEL"), ActorId("FAR")


def asking(calm: Scenario, *specs: QuestionSpec, recorded: bool = False) -> Simulation:
    return Simulation(replace(calm, questions=specs, recorded=recorded), "asked")


def seen(sim: Simulation, seat: ActorId) -> View:
    return build_view(sim.world, sim.scenario, seat)


def kinds(sim: Simulation, seat: ActorId) -> list[str]:
    return [i.kind for i in sim.world.incidents if i.kind.startswith("question") and i.audience == (seat,)]


def test_a_question_of_the_start_is_in_the_first_view(calm: Scenario) -> None:
    sim = asking(calm, QuestionSpec("belief", 0, words="Before we begin."))
    [question] = seen(sim, A).questions
    assert (question.ask, question.words, question.opened) == ("belief", "Before we begin.", 0)
    assert question.closes == sim.world.calendar.opening_of(1)
    assert [call.reason for call in seen(sim, A).calls] == []


def test_a_question_is_asked_when_the_first_window_on_its_date_or_later_opens(calm: Scenario, run_to: Run) -> None:
    sim = asking(calm, QuestionSpec("reason", 100))
    opening = sim.world.calendar.opening_of(sim.world.calendar.window_of(100) + 1)
    run_to(sim, opening - 1)
    assert seen(sim, A).questions == ()
    run_to(sim, opening)
    assert [question.ask for question in seen(sim, A).questions] == ["reason"]


def test_an_unanswered_question_lapses_before_the_next_window_opens(calm: Scenario, run_to: Run) -> None:
    sim = asking(calm, QuestionSpec("belief", 0), QuestionSpec("reason", 0, windows=2))
    run_to(sim, sim.world.calendar.opening_of(1))
    assert [question.ask for question in seen(sim, A).questions] == ["reason"]
    assert kinds(sim, A) == ["question_asked", "question_asked", "question_lapsed"]


def test_an_answer_closes_the_question_and_the_clock_stops_for_neither(calm: Scenario) -> None:
    sim = asking(calm, QuestionSpec("reason", 0))
    plain = Simulation(calm, "asked")
    sim.apply(A, GiveReason("threat"))
    for each in (sim, plain):
        each.advance(50)
    assert sim.now == plain.now
    assert sim.take_calls() == plain.take_calls() == []
    assert kinds(sim, A) == ["question_asked", "question_answered"]
    assert seen(sim, A).questions == ()
    assert len(seen(sim, B).questions) == 1


def test_a_question_comes_again_every_few_windows_up_to_its_last_date(calm: Scenario) -> None:
    world = Simulation(calm, "x").world
    last = world.calendar.window_of(world.end - 1)
    assert list(questions.windows_of(world, QuestionSpec("threats", 0, every_windows=3)))[:3] == [0, 3, 6]
    until = world.calendar.opening_of(6)
    assert list(questions.windows_of(world, QuestionSpec("threats", 1, every_windows=2, until=until))) == [1, 3, 5]
    assert list(questions.windows_of(world, QuestionSpec("belief"))) == [last]
    assert list(questions.windows_of(world, QuestionSpec("belief", world.end - 1))) in ([last], [])


def test_only_the_named_and_existing_seats_are_asked_and_none_about_itself(calm: Scenario) -> None:
    sim = asking(calm, QuestionSpec("prediction", 0, seats=(A, B, F), about=A), QuestionSpec("belief", 0, seats=(A, F)))
    asked = [(question.seat, question.ask) for question in sim.world.questions.values()]
    assert sorted(asked) == [(A, "belief"), (B, "prediction")]


def test_questions_and_answers_change_nothing_else(calm: Scenario, run_to: Run) -> None:
    plain, asked = Simulation(calm, "asked"), asking(calm, QuestionSpec("reason", 0, seats=(A,), every_windows=1))
    asked.apply(A, GiveReason("aid"))
    for sim in (plain, asked):
        run_to(sim, 400)
    assert digest(plain.world) != digest(asked.world)
    assert seen(plain, B) == seen(asked, B)
    assert plain.world.actors == asked.world.actors
    assert plain.world.dyads == asked.world.dyads


def test_nobody_is_asked_while_the_world_follows_a_record(calm: Scenario) -> None:
    assert asking(calm, QuestionSpec("belief", 0), recorded=True).world.questions == {}


@pytest.mark.parametrize("to", [0, 40, 91])
def test_open_questions_survive_a_snapshot(calm: Scenario, run_to: Run, to: int) -> None:
    sim = asking(calm, QuestionSpec("belief", 0), QuestionSpec("threats", 80, every_windows=1))
    run_to(sim, to)
    again = Simulation.restore(sim.scenario, sim.snapshot())
    for each in (sim, again):
        run_to(each, 300)
    assert again.snapshot() == sim.snapshot()
