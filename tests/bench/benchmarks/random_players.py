"""Random legal orders in the engine alone, beside the engine of the package ``diplomacy`` (``pip install diplomacy``).

On both sides a random player finds legal orders and the engine carries them out, its clock included; the processor time of both
is counted. counterpoise plays the Middle East of 1955 without the theory, the journal or a session; every state orders three
times a month. diplomacy plays the standard map; every unit gets an order in every phase. The two games differ, so
the ratio says which engine lets a random player, such as a learner that explores, act more often.
"""

from __future__ import annotations

import gc
import importlib
import time
from dataclasses import dataclass
from random import Random
from typing import Any

from measurement import Report, figure, ratio, scenario, tracked

from counterpoise.sim.catalogue import legal_moves, sample_move
from counterpoise.sim.engine import Simulation
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.views.view_builder import ViewBuilder
from counterpoise.sim.views.view_position import ViewPosition

SCENARIO = "middle-east-1955"
STOP_DAYS = 30
ORDERS_PER_STOP = 3


def measure(*, tiny: bool) -> Report:
    """Let random players order in both engines by turns, and compare the orders per second."""
    title = "Random legal orders, beside the package diplomacy"
    try:
        games = importlib.import_module("diplomacy")
    except ImportError:
        return Report(
            title, (), ("The package diplomacy is not installed; pip install diplomacy, then run this again.",)
        )
    repetitions, stops, phases = (1, 6, 2) if tiny else (5, 48, 40)
    parsed = parse_scenario(scenario(SCENARIO), SCENARIO)
    drawn: list[Played] = []
    listed: list[Played] = []
    reference: list[Played] = []
    for repetition in tracked(range(repetitions), "random players", repetitions):
        gc.collect()
        drawn.append(play(parsed, str(repetition), stops, listing=False))
        reference.append(play_diplomacy(games, str(repetition), phases))
        listed.append(play(parsed, str(repetition), stops, listing=True))
    both, alone = Played.rate, Played.rate_without_finding
    return Report(
        title,
        (
            ratio("orders, drawn, over those of diplomacy", [*map(both, drawn)], [*map(both, reference)]),
            ratio(
                "orders, all legal ones listed, over those of diplomacy", [*map(both, listed)], [*map(both, reference)]
            ),
            ratio("orders carried out, without finding them", [*map(alone, drawn)], [*map(alone, reference)]),
            figure("orders, drawn", "per CPU second", *map(both, drawn)),
            figure("orders, all legal ones listed", "per CPU second", *map(both, listed)),
            figure("reference: orders in diplomacy", "per CPU second", *map(both, reference)),
            figure("orders carried out", "per CPU second", *map(alone, drawn)),
            figure("reference: orders carried out in diplomacy", "per CPU second", *map(alone, reference)),
        ),
        (
            f"{SCENARIO}: every state orders {ORDERS_PER_STOP} times in every {STOP_DAYS} days; views are counted.",
            "Drawn: a kind of move, then a move of that kind, which asks the rules about few moves.",
            "diplomacy lists the legal orders of all units in every phase; it offers no way to draw one.",
        ),
    )


@dataclass(frozen=True, slots=True)
class Played:
    """How many orders were given, and the processor time for finding them and for carrying them out."""

    orders: int
    finding_seconds: float
    engine_seconds: float

    def rate(self) -> float:
        """Return the orders per second of processor time."""
        return self.orders / (self.finding_seconds + self.engine_seconds)

    def rate_without_finding(self) -> float:
        """Return the orders per second that the engine takes to carry them out, with its clock."""
        return self.orders / self.engine_seconds


def play(parsed: Scenario, seed: str, stops: int, *, listing: bool) -> Played:
    """Let random players order in the simulation.

    Args:
        parsed: the scenario.
        seed: decides every chance and every order.
        stops: how many times each state orders.
        listing: whether a player lists all its legal moves and draws one of them. Otherwise it draws without a list.
    """
    simulation, chances = Simulation(parsed, seed), Random(f"{seed}/players")
    ordered, finding, carrying_out = 0, 0.0, 0.0
    for stop in range(1, stops + 1):
        began = time.process_time()
        builder = ViewBuilder(simulation.world, parsed)
        chosen = []
        for actor in simulation.world.active():
            view = builder.view(actor.id)
            moves, position = legal_moves(view) if listing else [], ViewPosition(view)
            for _ in range(ORDERS_PER_STOP):
                move = (chances.choice(moves) if moves else None) if listing else sample_move(position, chances)
                if move is not None:
                    chosen.append((actor.id, move))
        found = time.process_time()
        for seat, move in chosen:
            simulation.apply(seat, move)
        while simulation.now < stop * STOP_DAYS:
            simulation.advance(stop * STOP_DAYS)
        ordered += len(chosen)
        finding += found - began
        carrying_out += time.process_time() - found
    return Played(ordered, finding, carrying_out)


def play_diplomacy(games: Any, seed: str, phases: int) -> Played:
    """Let random players order in the package's engine. A game that is over is followed by another."""
    chances, game = Random(seed), games.Game()
    ordered, finding, carrying_out = 0, 0.0, 0.0
    for _ in range(phases):
        if game.is_game_done:
            game = games.Game()
        began = time.process_time()
        possible = game.get_all_possible_orders()
        chosen = {
            power: [chances.choice(possible[unit]) for unit in game.get_orderable_locations(power) if possible[unit]]
            for power in game.powers
        }
        found = time.process_time()
        for power, orders in chosen.items():
            game.set_orders(power, orders)
        game.process()
        ordered += sum(map(len, chosen.values()))
        finding += found - began
        carrying_out += time.process_time() - found
    return Played(ordered, finding, carrying_out)
