"""The games of a noise benchmark: random players, and default bots whose threats then change places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from counterpoise.cli.options.seats import bots_by_seat
from counterpoise.session.in_process_play import play
from counterpoise.session.journal.journal_contents import JournalContents, journal_contents
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import Scenario
from counterpoise.theory.check.noise_estimates import PoolEstimates, pool_estimates
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.decisions.shuffled_threats import with_shuffled_threats
from counterpoise.theory.evidence.behaviour import added, behaviour
from counterpoise.theory.forecasts import with_forecasts

DECISIONS_MIN = 600
"""Fewest decisions behind an estimate: a short game alone carries hardly any, so that several make one estimate."""
Kind = Literal["random", "shuffled"]


@dataclass(frozen=True, slots=True)
class NoisePool:
    """The games of one estimate, with all that a process needs for them."""

    kind: Kind
    number: int
    """From 0."""
    games: int
    scenario_text: str
    source: str
    seed: str


def games_in_pool(scenario: Scenario) -> int:
    """Return how many games make one estimate."""
    calendar = Calendar(scenario.start, scenario.window_months)
    windows = calendar.window_of(calendar.tick_of(scenario.end) - 1) + 1
    return ceil(DECISIONS_MIN / (len(scenario.actors) * windows))


def play_pool(pool: NoisePool) -> PoolEstimates:
    """Play the games of one pool, in any process, and return their estimates."""
    scenario = parse_scenario(pool.scenario_text, pool.source)
    records: list[DecisionRecord] = []
    played = [_play(pool, scenario, pool.number * pool.games + place) for place in range(pool.games)]
    for contents in played:
        if pool.kind == "random":
            records += contents.records
        else:
            records += with_forecasts(with_shuffled_threats(contents.records, f"{pool.seed}/{contents.session}"))
    structures = [structure for contents in played for structure in contents.structures]
    estimates = pool_estimates(records, structures, {contents.session: contents.incidents for contents in played})
    if pool.kind == "shuffled":
        return estimates
    done = [behaviour(contents.records, contents.incidents) for contents in played]
    return replace(estimates, behaviour=added(measured for by_state in done for measured in by_state.values()))


def _play(pool: NoisePool, scenario: Scenario, number: int) -> JournalContents:
    session = Session(
        scenario_text=pool.scenario_text,
        seed=f"noise/{pool.seed}/{pool.kind}/{number}",
        session_id=f"{pool.kind}-{number}",
        secret=pool.seed,
        setup=ScenarioSetup(source=pool.source, parsed=scenario),
    )
    named = ("random",) if pool.kind == "random" else ()
    play(session, bots_by_seat(session.scenario, named, session.seed))
    return journal_contents(session.take_entries(), session.id)


def play_pools(
    pools: Sequence[NoisePool], executor: Executor | None = None
) -> Iterator[tuple[NoisePool, PoolEstimates]]:
    """Yield the estimates of each pool as its games end.

    Args:
        pools: what to play.
        executor: where to play; ``None`` plays in this process.
    """
    if executor is None:
        for pool in pools:
            yield pool, play_pool(pool)
        return
    futures = {executor.submit(play_pool, pool): pool for pool in pools}
    for future in as_completed(futures):
        yield futures[future], future.result()
