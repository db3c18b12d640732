"""``counterpoise register``: write down predictions, with their power and a hash to publish, before any data."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from msgspec import structs

from counterpoise import __version__
from counterpoise.cli.options.journals import Json
from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.options.seats import bots_by_seat
from counterpoise.cli.output_files import replace_text, require_free
from counterpoise.cli.register.hypothesis_files import HypothesisFiles, own_hypotheses
from counterpoise.cli.run import create_session
from counterpoise.cli.terminal import console, print_json, progress_bar, session_bar
from counterpoise.errors import InputError
from counterpoise.scenario_files import bundled_scenarios, scenario_text, text_of
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.journal_contents import journal_contents
from counterpoise.sim import RULES_VERSION
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.reading.toml_text import errors_with_lines
from counterpoise.sim.scenario import Scenario
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasts import HYPOTHESES, with_forecasts
from counterpoise.theory.registration.power import ENOUGH, SESSIONS_MAX, STEPS, simulated_power
from counterpoise.theory.registration.prediction import Prediction, complete
from counterpoise.theory.registration.registration import (
    OwnHypothesis,
    PredictionsFile,
    Registration,
    hash_of,
    read_predictions,
    registration_text,
    theory_fingerprint,
)
from counterpoise.theory.registration.registration_document import (
    RegisteredPrediction,
    RegistrationDocument,
    register_schema,
    registration_document,
)

DRAWS, GAMES = 60, 3


def register(
    predictions: Annotated[
        Path, typer.Argument(help="What is predicted, in TOML; server/README.md has an example.", metavar="PREDICTIONS")
    ],
    to: Annotated[Path, typer.Option("--to", help="Write the registration to this file.", metavar="FILE")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    hypothesis: HypothesisFiles = None,
    draws: Annotated[
        int, number_option("--draws", "Samples to simulate for each number of sessions.", int, 1, 10_000)
    ] = DRAWS,
    games: Annotated[
        int, number_option("--games", "Games of bots from which the situations of the simulation come.", int, 1, 100)
    ] = GAMES,
    json: Json = False,
    schema: Annotated[bool, schema_option(register_schema)] = False,
) -> None:
    """Register predictions before any data.

    The power of each prediction is simulated first: how often the planned sessions would pass if players chose by the hypothesis
    that it assumes. Publish the hash that the command prints.
    """
    require_free(to, force=force)
    text = text_of(predictions, "a file of predictions")
    file = read_predictions(text, str(predictions))
    own = own_hypotheses(hypothesis)
    known: dict[str, Hypothesis] = {**HYPOTHESES, **own}
    made, problems = complete(file.predictions, known)
    if problems:
        raise errors_with_lines(problems, text, InputError, str(predictions))[0]
    scenario = file.scenario if file.scenario in bundled_scenarios() else str(predictions.parent / file.scenario)
    played, source = scenario_text(scenario)
    parsed = parse_scenario(played, source)
    records = [_decisions(scenario, parsed, number, made, known) for number in range(1, games + 1)]
    registration = Registration(
        by=file.by,
        date=datetime.now(tz=UTC).date().isoformat(),
        scenario=parsed.id,
        scenario_hash=hashlib.sha256(played.encode()).hexdigest(),
        rules_version=RULES_VERSION,
        counterpoise=__version__,
        theory=theory_fingerprint(),
        sessions=file.sessions,
        players=len(parsed.actors),
        whose=file.whose,
        hypotheses=tuple(OwnHypothesis(name=name, code=one.code) for name, one in own.items()),
        predictions=_with_power(made, records, file, draws),
    )
    written = registration_text(registration)
    replace_text(to, written)
    document = registration_document(registration, str(to), hash_of(written))
    if json:
        print_json(document)
    else:
        _print(document)


def _decisions(
    name: str, scenario: Scenario, number: int, predictions: Sequence[Prediction], known: Mapping[str, Hypothesis]
) -> tuple[DecisionRecord, ...]:
    """Play one game with default bots, and return its decisions with the forecasts that the predictions need."""
    session = create_session(name, f"power {number}")
    bots = bots_by_seat(scenario, (), session.seed)
    with session_bar(f"Game {number} for situations", session.end) as show:
        play(session, bots, after_stop=show)
    used = dict.fromkeys(name for p in predictions for name in (p.assuming, *p.hypotheses))
    hypotheses = {name: known[name] for name in used}
    contents = journal_contents(session.take_entries(), session.id)
    return with_forecasts(contents.records, hypotheses=hypotheses)


def _with_power(
    predictions: Sequence[Prediction], games: Sequence[Sequence[DecisionRecord]], file: PredictionsFile, draws: int
) -> tuple[Prediction, ...]:
    """Return the predictions with their simulated power."""
    found = []
    with progress_bar("Simulating power", len(predictions) * STEPS) as show:
        for place, prediction in enumerate(predictions):
            done = [place * STEPS]

            def advance(count: list[int] = done) -> None:
                count[0] += 1
                show(count[0])

            power = simulated_power(prediction, games, file.sessions, draws, advance)
            found.append(structs.replace(prediction, power=power.planned, sessions_needed=power.needed))
            show((place + 1) * STEPS)
    return tuple(found)


def _print(document: RegistrationDocument) -> None:
    """Print what was registered, how much it takes to find out, and the hash."""
    console.print(f"Predictions by {document.by} on {document.scenario}", style="bold", markup=False)
    for number, prediction in enumerate(document.predictions, start=1):
        console.print(f"  {number}. {prediction.title}", markup=False)
        for sentence in (prediction.passes, prediction.fails, _power_sentence(document, prediction)):
            console.print(f"     {sentence}", markup=False)
    console.print(f"wrote {document.file}", markup=False)
    console.print(f"Publish this hash before the first session: {document.hash}", markup=False)


def _power_sentence(document: RegistrationDocument, prediction: RegisteredPrediction) -> str:
    """Return the power of a prediction in words."""
    if prediction.power is None:
        return "power: it cannot be simulated, since the test reads more than choices"
    players = f"session{'' if prediction.sessions_needed == 1 else 's'} of {document.players} players"
    needed = f"over {SESSIONS_MAX}" if prediction.sessions_needed is None else str(prediction.sessions_needed)
    return (
        f"power: if players choose by {prediction.assuming}, this needs {needed} {players} to pass in {ENOUGH:.0%} of "
        f"simulations; the planned {document.sessions} pass in {prediction.power:.0%}"
    )
