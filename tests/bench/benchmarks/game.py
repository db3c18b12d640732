"""Speed of a game of the Middle East of 1955-79 with default bots in all seats, all forecasts written and no waiting.

The reference is a bare SimPy loop, one process that waits for one timeout after the other; times are processor times.
A further game, not counted in the rates, is timed from inside and tells where the time goes.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import simpy
from bot_games import new_game, play_years
from measurement import Figure, Report, Stopwatch, cpu_seconds, figure, ratio, scenario

from counterpoise.session import window_records
from counterpoise.sim.reading.scenario_text import parse_scenario

WHOLE = 25
"""Years of the whole scenario."""


def measure(*, tiny: bool) -> Report:
    """Play the whole game and run the loop in turns, then time the parts of one game."""
    text = scenario("middle-east-1955")
    years, repetitions, timeouts = (0.5, 1, 5_000) if tiny else (float(WHOLE), 3, 400_000)
    year_rates, decision_rates, timeout_rates, readings = [], [], [], []
    for _ in range(repetitions):
        seconds, _ = cpu_seconds(partial(parse_scenario, text, "middle-east-1955"))
        readings.append(1000 * seconds)
        session, bots = new_game(text, "7")
        seconds, passed = cpu_seconds(partial(play_years, session, bots, years))
        year_rates.append(passed / seconds)
        decision_rates.append(len(session.ledger.records) / seconds)
        seconds, _ = cpu_seconds(partial(_bare_loop, timeouts))
        timeout_rates.append(timeouts / seconds)
    return Report(
        "The game in process",
        (
            ratio("a simulated year costs as much as", timeout_rates, year_rates, "bare timeouts"),
            ratio("a decision costs as much as", timeout_rates, decision_rates, "bare timeouts"),
            *_split(text, years),
            figure(f"games of {WHOLE} years", "per CPU second", *(rate / WHOLE for rate in year_rates)),
            figure("simulated years", "per CPU second", *year_rates),
            figure("decisions, each with all its forecasts", "per CPU second", *decision_rates),
            figure("reading the scenario", "ms", *readings),
            figure("reference: timeouts of a bare SimPy loop", "per CPU second", *timeout_rates),
        ),
        (
            f"{years:g} years of middle-east-1955 in each repetition, seed 7; a decision is one state's choice in one window.",
        ),
    )


def _bare_loop(timeouts: int) -> None:
    env = simpy.Environment()

    def wait() -> Any:
        for _ in range(timeouts):
            yield env.timeout(1)

    env.process(wait())
    env.run()


def _split(text: str, years: float) -> list[Figure]:
    """Return the share of each part of a game, in per cent of its processor time."""
    stopwatch = Stopwatch()
    session, bots = new_game(text, "7")
    hooks: list[tuple[str, object, tuple[str, ...]]] = [
        ("the simulation", session.simulation, ("advance", "apply")),
        ("freezing decisions, forecasts, outcomes", session.ledger, ("open", "close", "take_structure")),
        ("views", session, ("view",)),
        ("bots", None, ()),
        ("checking orders", session, ("submit",)),
        ("writing the journal's entries", session.journal, ("write",)),
        ("digests of the world", window_records, ("digest",)),
    ]
    originals = {
        name: getattr(window_records, name) for _, owner, names in hooks if owner is window_records for name in names
    }
    for part, owner, names in hooks:
        for name in names:
            setattr(owner, name, stopwatch.wrap(part, getattr(owner, name)))
    for bot in bots.values():
        bot.decide = stopwatch.wrap("bots", bot.decide)  # type: ignore[method-assign]
    try:
        whole, _ = cpu_seconds(lambda: play_years(session, bots, years))
    finally:
        for name, original in originals.items():
            setattr(window_records, name, original)
    parts = sorted(stopwatch.spent.items(), key=lambda item: -item[1])
    rest = whole - sum(stopwatch.spent.values())
    return [figure(f"of it in {part}", "%", 100 * spent / whole) for part, spent in [*parts, ("everything else", rest)]]
