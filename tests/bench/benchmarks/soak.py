"""Play every scenario to its end under many seeds, with every bot in all seats and with the usual mixture of bots.

A planner simulates every decision many times, so only one sits among the usual mixture, in another seat for each seed. The
benchmark checks only that there is no exception and that the world violates no invariant at any window. It takes an hour or
two on a small machine, so ``run.py`` starts it only by name.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

from measurement import REPOSITORY, Report, figure, scenario, tracked
from world_invariants import invariant_violations

from counterpoise.session.in_process_play import OrderStatistics, play
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.bot import Bot
from counterpoise.sim.types import ActorId
from counterpoise_clients import roster

SEEDS = 20
MIXED = "mixed"
"""The line-up with a random bot in each seat."""
ALONE = ("planner",)
"""Bots too slow to sit in all seats."""
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Game:
    """A scenario, the bot in its seats, and the seed."""

    scenario: str
    bot: str
    seed: int

    def __str__(self) -> str:
        return f"{self.scenario} with {self.bot}, seed {self.seed}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a game; ``broken`` and ``wrong`` hold the first exception and the first violation, or are empty."""

    game: Game
    windows: int
    orders: int
    refused: int
    broken: str
    wrong: str
    finished: bool


def measure(
    *, tiny: bool, seeds: int = SEEDS, scenarios: Iterable[str] = (), bots: Iterable[str] = (), processes: int = 0
) -> Report:
    """Play all games, one process for each available processor."""
    played = list(scenarios) or shipped()
    seated = list(bots) or [*roster.bot_names(), MIXED]
    if tiny:
        played, seated, seeds, processes = ["weak-and-alone"], [MIXED], 1, 1
    games = [Game(name, bot, seed) for seed in range(1, seeds + 1) for name in played for bot in seated]
    outcomes = list(_all(games, processes or len(os.sched_getaffinity(0)), until=400 if tiny else None))
    broken = [o for o in outcomes if o.broken]
    wrong = [o for o in outcomes if o.wrong]
    unfinished = [o for o in outcomes if not o.finished and not o.broken and not tiny]
    faulty = len([o for o in outcomes if o.broken or o.wrong or o in unfinished])
    notes = (
        f"{len(played)} scenarios, {len(seated)} line-ups, {seeds} seeds; the world is checked whenever a window opens.",
        *[f"exception in {o.game}: {o.broken}" for o in islice(broken, SHOWN)],
        *[f"violation in {o.game}: {o.wrong}" for o in islice(wrong, SHOWN)],
        *[f"did not reach its end: {o.game}" for o in islice(unfinished, SHOWN)],
    )
    return Report(
        "Every scenario with every bot to its end",
        (
            figure("games without a fault", "%", 100 * (1 - faulty / len(outcomes))),
            figure("games", "", len(outcomes)),
            figure("windows checked", "", sum(o.windows for o in outcomes)),
            figure("orders", "", sum(o.orders for o in outcomes)),
            figure("orders of bots refused", "%", 100 * sum(o.refused for o in outcomes) / _at_least_one(outcomes)),
            figure("games with an exception", "%", 100 * len(broken) / len(outcomes)),
            figure("games with a violated invariant", "%", 100 * len(wrong) / len(outcomes)),
            figure("games that did not reach their end", "%", 100 * len(unfinished) / len(outcomes)),
        ),
        notes,
    )


def shipped() -> list[str]:
    """Return the names of the shipped scenarios."""
    return sorted(
        path.stem for path in (REPOSITORY / "scenarios").glob("*.toml") if not path.name.endswith(".history.toml")
    )


def seated(game: Game, seats: Sequence[ActorId]) -> dict[ActorId, Bot]:
    """Return the bots of a game by seat."""
    named = dict.fromkeys(seats, game.bot)
    if game.bot == MIXED or game.bot in ALONE:
        named = {seat: roster.default_bot(seat, f"soak {game.seed}") for seat in seats}
    if game.bot in ALONE:
        named[seats[game.seed % len(seats)]] = game.bot
    return {seat: roster.load_bot(name)(f"{game.seed}/{seat}") for seat, name in named.items()}


def run(game: Game, until: int | None = None) -> Outcome:
    """Play one game to its end, or to a tick."""
    session = Session(
        scenario_text=scenario(game.scenario),
        seed=str(game.seed),
        session_id="soak",
        secret="soak",
        setup=ScenarioSetup(source=game.scenario),
    )
    bots = seated(game, session.seats)
    windows, wrong, broken = 0, "", ""
    calendar = session.simulation.world.calendar

    def look(session: Session) -> None:
        nonlocal windows, wrong
        session.take_entries()
        if session.phase == "ended" or calendar.opens_window(session.now):
            windows += 1
            faults = [] if wrong else invariant_violations(session.simulation.world)
            if faults:
                wrong = f"{calendar.iso(session.now)}: {faults[0]}"

    try:
        conduct = play(session, bots, until=until, after_stop=look)
    except Exception as error:  # the other games run in any case
        frame = traceback.extract_tb(error.__traceback__)[-1]
        broken = f"{calendar.iso(session.now)}: {type(error).__name__}: {error} ({frame.name}, line {frame.lineno})"
        conduct = OrderStatistics()
    for failures in conduct.failures.values():
        broken = broken or failures[0]
    orders, refused = sum(conduct.orders.values()), sum(conduct.refusals.values())
    return Outcome(game, windows, orders, refused, broken, wrong, session.phase == "ended")


def _all(games: list[Game], processes: int, until: int | None) -> Iterable[Outcome]:
    if processes == 1:
        yield from tracked((run(game, until) for game in games), "games", len(games))
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("forkserver")) as pool:
        yield from tracked(pool.map(run, games, [until] * len(games)), "games", len(games))


def _at_least_one(outcomes: list[Outcome]) -> int:
    return max(1, sum(o.orders + o.refused for o in outcomes))
