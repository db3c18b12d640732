"""Questions: the scenario's questions are asked when a window opens, and those left open lapse."""

from __future__ import annotations

from counterpoise.sim.clock.agenda import Steps
from counterpoise.sim.move import Stage
from counterpoise.sim.rules import questions
from counterpoise.sim.scenario import QuestionSpec
from counterpoise.sim.timing import start_on_eve_of
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World


def start(stage: Stage) -> None:
    """Start a process for each window in which the scenario asks; those of the first window are asked at once."""
    calendar = stage.world.calendar
    for index, spec in enumerate(stage.scenario.questions):
        for window in windows_of(stage.world, spec):
            if window == 0:
                _ask(stage, index, 0)
            else:
                start_on_eve_of(stage, calendar.opening_of(window), "questions.ask", index, window)


def windows_of(world: World, spec: QuestionSpec) -> range:
    """Return the windows in which a question is asked: the first that opens on its date or later, and then every few."""
    calendar = world.calendar
    last = calendar.window_of(world.end - 1)
    first = last if spec.tick is None else calendar.window_of(spec.tick)
    if spec.tick is not None and calendar.opening_of(first) < spec.tick:
        first += 1
    until = first if not spec.every_windows else last if spec.until is None else calendar.window_of(spec.until)
    return range(first, min(until, last) + 1, spec.every_windows or 1)


def _ask(stage: Stage, index: int, window: int) -> None:
    """Ask a question of the scenario for a window. Nobody plays while the world follows a record, so nobody is asked."""
    if stage.recorded:
        return
    spec, calendar = stage.scenario.questions[index], stage.world.calendar
    seats = [ActorId(seat) for seat in spec.seats] or list(stage.world.actors)
    questions.ask(stage, spec.ask, seats, spec.about, spec.words, calendar.opening_of(window + spec.windows))


def _lapse(stage: Stage, number: int) -> None:
    questions.lapse(stage, number)


STEPS: Steps = {"ask": _ask, "lapse": _lapse}
