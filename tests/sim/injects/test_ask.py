from __future__ import annotations

from collections.abc import Callable

import pytest

from counterpoise.errors import OrderError
from counterpoise.sim.engine import Simulation
from counterpoise.sim.inject import Inject
from counterpoise.sim.injects.ask import Ask
from counterpoise.sim.moves.predict import Predict
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import build_view
from counterpoise.sim.world import Incident

Run = Callable[[Simulation, int], None]
Happen = Callable[[Simulation, Inject], list[Incident]]
A, B = ActorId("ARD"), ActorId("BEL")


def test_each_seat_hears_of_its_own_question_only(sim: Simulation, happen: Happen) -> None:
    asked = happen(sim, Ask("threats", seats=["ARD", "BEL"], words="Whom do you fear?"))
    assert [(i.kind, i.audience, i.detail["words"]) for i in asked] == [
        ("question_asked", ("ARD",), "Whom do you fear?"),
        ("question_asked", ("BEL",), "Whom do you fear?"),
    ]
    own = build_view(sim.world, sim.scenario, A).questions
    other = build_view(sim.world, sim.scenario, B).questions
    assert len(own) == len(other) == 1
    assert own[0].id != other[0].id


def test_it_stays_open_through_the_window_in_which_seats_first_see_it(sim: Simulation, run_to: Run) -> None:
    calendar = sim.world.calendar
    sim.inject(Ask("reason", seats=["ARD"]))
    run_to(sim, 5)
    sim.inject(Ask("belief", seats=["ARD"]))
    assert [q.closes for q in sim.world.questions.values()] == [calendar.opening_of(1), calendar.opening_of(2)]


def test_a_prediction_answers_the_question_about_the_same_state(sim: Simulation) -> None:
    sim.inject(Ask("prediction", about="BEL", seats=["ARD", "BEL"]))
    assert [q.seat for q in sim.world.questions.values()] == [A]
    sim.apply(A, Predict("COR", "BAL", 0.5))
    assert len(sim.world.questions) == 1
    sim.apply(A, Predict("BEL", "BAL", 0.5))
    assert sim.world.questions == {}


@pytest.mark.parametrize(
    ("inject", "path"),
    [
        (Ask("prediction"), "$.inject.about"),
        (Ask("belief", about="BEL"), "$.inject.about"),
        (Ask("belief", seats=["FAR"]), "$.inject.seats"),
        (Ask("prediction", about="BEL", seats=["BEL"]), "$.inject.seats"),
    ],
)
def test_what_makes_no_sense_is_refused(sim: Simulation, inject: Ask, path: str) -> None:
    with pytest.raises(OrderError) as error:
        sim.inject(inject)
    assert error.value.path == path
