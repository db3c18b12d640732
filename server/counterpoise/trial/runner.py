"""Plays the games of a trial, in this process or on an executor. Equal arguments give equal records for any number of jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, as_completed
from dataclasses import dataclass

from counterpoise.errors import InputError
from counterpoise.session.in_process_play import ENDED_PROCESS, play
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import JournalSettings, ScenarioSetup
from counterpoise.sim.bot import Bot
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.types import ActorId
from counterpoise.trial.game_record import GameRecord
from counterpoise.trial.recorder import GameRecorder

MONTHS_IN_YEAR = 12
MakeBots = Callable[[Scenario, Sequence[str], str], Mapping[ActorId, Bot]]
"""Returns the bot of each seat for a scenario, the options that choose bots, and a seed. It must cross processes."""


@dataclass(frozen=True, slots=True)
class TrialGame:
    """A game to play, with all that a process needs for it."""

    number: int
    """From 1."""
    scenario_text: str
    source: str
    seed: str
    years: int
    """How many years to play; 0 plays to the end."""
    bots: tuple[str, ...]
    make_bots: MakeBots


def play_trial_game(game: TrialGame) -> GameRecord:
    """Play one game without forecasts and a journal, in any process."""
    scenario = parse_scenario(game.scenario_text, game.source)
    session = Session(
        scenario_text=game.scenario_text,
        seed=game.seed,
        session_id=f"trial-{game.number}",
        secret=game.seed,
        setup=ScenarioSetup(source=game.source, parsed=scenario),
        journal=JournalSettings(kept=False),
    )
    recorder = GameRecorder(session, game.number)
    calendar = session.simulation.world.calendar
    until = calendar.opening_of(game.years * MONTHS_IN_YEAR // calendar.window_months) if game.years else None
    bots = game.make_bots(scenario, game.bots, game.seed)
    conduct = play(session, bots, until=until, after_stop=recorder.record)
    return recorder.close([failures[-1] for failures in conduct.failures.values()])


def play_trial(games: Sequence[TrialGame], executor: Executor | None = None) -> Iterator[GameRecord]:
    """Yield the records of games as they end.

    Args:
        games: the games.
        executor: where they are played; ``None`` plays them in this process.

    Raises:
        InputError: a bot ended its process.
    """
    if executor is None:
        yield from map(play_trial_game, games)
        return
    try:
        for future in as_completed([executor.submit(play_trial_game, game) for game in games]):
            yield future.result()
    except BrokenExecutor as error:
        raise InputError("--bots", "", "", ENDED_PROCESS) from error
