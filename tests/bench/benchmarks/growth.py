"""Growth of the cost of a simulated year with the number of states, and the speed of play beside another game's engine.

Games with default bots in all seats and all forecasts written stand beside the simulation alone. The exponent is the slope of
the logarithm of cost on that of states by least squares.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from functools import partial
from random import Random

import numpy as np
from bot_games import new_game, play_years
from large_scenarios import grid_scenario
from measurement import Report, cpu_seconds, figure, ratio, scenario

from counterpoise.sim.engine import Simulation
from counterpoise.sim.reading.scenario_text import parse_scenario

ENGINE = "diplomacy"
"""A package that plays the board game Diplomacy in process; it is measured only if it is installed."""


def measure(*, tiny: bool) -> Report:
    """Play grid scenarios of several sizes, and the two engines in turns."""
    sizes, years = ((10, 20), 0.25) if tiny else ((10, 20, 50, 100, 200), 0.5)
    whole = [_played(size, years) for size in sizes]
    rounds = [[_simulated(size, tiny=tiny) for size in sizes] for _ in range(1 if tiny else 3)]
    figures = [
        figure("exponent of the cost of a year in the number of states", "x", _slope(sizes, whole)),
        figure("exponent of the simulation alone", "x", *(_slope(sizes, costs) for costs in rounds)),
        *(figure(f"a year of {size} states", "CPU seconds", cost) for size, cost in zip(sizes, whole, strict=True)),
        *(
            figure(f"a year of {size} states in the simulation alone", "CPU seconds", *costs)
            for size, *costs in zip(sizes, *rounds, strict=True)
        ),
    ]
    repetitions, length = (1, 0.25) if tiny else (3, 2.0)
    ours = [_orders(length) for _ in range(repetitions)]
    figures.append(figure("orders of the default bots, with all forecasts", "per CPU second", *ours))
    notes = [
        "Every hypothesis scores every other state in every decision, so cost grows with the square of the number of states.",
        f"States on a grid, {years:g} years with bots; orders in {length:g} years of middle-east-1955.",
        "The simulation alone: "
        + ", ".join(f"{_years_alone(size, tiny=tiny)} years of {size} states" for size in sizes)
        + ".",
    ]
    if importlib.util.find_spec(ENGINE) is None:
        notes.append(f"The other engine is not measured: install {ENGINE} to measure it.")
        return Report("Growth and pace", tuple(figures), tuple(notes))
    theirs = [_their_orders(2 if tiny else 10) for _ in range(repetitions)]
    figures.insert(0, ratio(f"our orders over those of {ENGINE}, random and legal", ours, theirs))
    figures.append(figure(f"reference: orders in {ENGINE}", "per CPU second", *theirs))
    return Report("Growth and pace", tuple(figures), tuple(notes))


def _slope(sizes: tuple[int, ...], costs: list[float]) -> float:
    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])


def _played(size: int, years: float) -> float:
    """Return the processor seconds of a year with bots in all seats."""
    session, bots = new_game(grid_scenario(size), "7")
    seconds, passed = cpu_seconds(partial(play_years, session, bots, years))
    return seconds / passed


def _years_alone(size: int, *, tiny: bool) -> int:
    """Return how many years of a scenario are simulated: the fewer states, the more, so that every size takes a while."""
    return 1 if tiny else max(4, 400 // size)


def _simulated(size: int, *, tiny: bool) -> float:
    """Return the processor seconds of a year without orders and without a journal."""
    years = _years_alone(size, tiny=tiny)
    simulation = Simulation(parse_scenario(grid_scenario(size, years), "crowd"), "7")
    days = 365 * years

    def run() -> None:
        while simulation.now < days:
            simulation.advance(days)

    seconds, _ = cpu_seconds(run)
    return seconds / years


def _orders(years: float) -> float:
    """Return accepted orders per processor second, with all their costs."""
    session, bots = new_game(scenario("middle-east-1955"), "7")
    seconds, _ = cpu_seconds(partial(play_years, session, bots, years))
    return sum(1 for entry in session.take_entries() if entry.kind == "order") / seconds


def _their_orders(phases: int) -> float:
    """Return orders per processor second of players that pick random possible orders."""
    make: Callable[[], object] = importlib.import_module(ENGINE).Game
    dice, given = Random("orders"), 0

    def run() -> None:
        nonlocal given
        game: object = make()
        for _ in range(phases):
            if game.is_game_done:  # type: ignore[attr-defined]
                game = make()
            possible = game.get_all_possible_orders()  # type: ignore[attr-defined]
            for power in game.powers:  # type: ignore[attr-defined]
                places = game.get_orderable_locations(power)  # type: ignore[attr-defined]
                orders = [dice.choice(possible[place]) for place in places if possible[place]]
                given += len(orders)
                game.set_orders(power, orders)  # type: ignore[attr-defined]
            game.process()  # type: ignore[attr-defined]

    seconds, _ = cpu_seconds(run)
    return given / seconds
