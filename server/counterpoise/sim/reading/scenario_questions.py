"""Checks the rows of ``questions`` of a scenario file: names exist, and dates and keys make sense together."""

from __future__ import annotations

from collections.abc import Iterator

from counterpoise.sim.reading.scenario_consistency import state_names
from counterpoise.sim.reading.scenario_schema import QuestionRow, ScenarioFile
from counterpoise.validation_errors import TOML, Problem, one_of_states


def question_problems(file: ScenarioFile) -> Iterator[Problem]:
    """Yield every problem of the questions of a file that matches the schema."""
    for number, row in enumerate(file.questions):
        path = f"questions[{number}]"
        named = [(f"{path}.seats[{place}]", code) for place, code in enumerate(row.seats or ())]
        named += [(f"{path}.about", row.about)] if row.about is not None else []
        for where, code in named:
            if code not in file.actors:
                yield Problem(where, one_of_states(state_names(file), code), TOML.shown(code))
        if row.ask == "prediction" and row.about is None:
            yield Problem(f"{path}.about", "the code of the state whose choice is to be predicted", "nothing")
        if row.ask != "prediction" and row.about is not None:
            yield Problem(f"{path}.about", f"no state, because {row.ask} is about no single one", TOML.shown(row.about))
        if row.about is not None and row.seats is not None and set(row.seats) == {row.about}:
            shown = TOML.shown(row.about)
            yield Problem(
                f"{path}.seats", f"a state other than {shown}, for none is asked about itself", f"only {shown}"
            )
        yield from _date_problems(file, row, path)


def _date_problems(file: ScenarioFile, row: QuestionRow, path: str) -> Iterator[Problem]:
    start, end = file.scenario.start, file.scenario.end
    if (row.on is None) == (row.at is None):
        yield Problem(path, "one of on and at", "neither" if row.on is None else "both")
    if row.on is not None and not start <= row.on < end:
        yield Problem(f"{path}.on", f"a date from {start} and before the end, {end}", TOML.shown(row.on))
    if row.until is not None and row.every_windows is None:
        yield Problem(
            f"{path}.until", "every_windows beside it: a question that is asked once needs no end", "until alone"
        )
    if row.at == "end" and row.every_windows is not None:
        expected = "no repetition of a question of the last window"
        yield Problem(f"{path}.every_windows", expected, TOML.shown(row.every_windows))
    begins = row.on or start
    if row.until is not None and row.until < begins:
        yield Problem(f"{path}.until", f"a date from {begins} on", TOML.shown(row.until))
