"""Play games with random legal orders, in which the simulation is stored and restored at random ticks."""

from __future__ import annotations

from random import Random

from counterpoise.sim.catalogue import legal_moves
from counterpoise.sim.engine import Simulation
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.views.view_builder import build_view

ORDERS_PER_STOP = 3


def order_at_random(simulation: Simulation, chances: Random) -> None:
    """Let a few seats make random legal moves at the present tick."""
    seats = [actor.id for actor in simulation.world.active()]
    for seat in chances.sample(seats, min(ORDERS_PER_STOP, len(seats))):
        moves = legal_moves(build_view(simulation.world, simulation.scenario, seat))
        if moves:
            kind = chances.choice(sorted({move.kind for move in moves}))
            simulation.apply(seat, chances.choice([move for move in moves if move.kind == kind]))


def play(
    scenario: Scenario, seed: str, years: int, stop_every_days: int, snapshots: int
) -> tuple[Simulation, Simulation, int]:
    """Play one game twice: once without a break, once stored and restored at random stops.

    Args:
        scenario: what is played.
        seed: decides the game, the orders and the ticks of the snapshots.
        years: how long to play.
        stop_every_days: the mean number of days between two stops of the clock, at which seats give orders.
        snapshots: how many stops are followed by a snapshot, at most.

    Returns:
        Both simulations at the end, and how often the second was restored.
    """
    end = min(Simulation(scenario, seed).world.end, years * 365)
    plan = Random(f"stops/{seed}")
    stops = sorted(plan.sample(range(1, end), min(end - 1, max(1, end // stop_every_days))))
    broken = set(plan.sample(stops, min(snapshots, len(stops))))
    games = []
    for restores in (False, True):
        simulation, chances = Simulation(scenario, seed), Random(f"orders/{seed}")
        for stop in [*stops, end]:
            order_at_random(simulation, chances)
            while simulation.now < stop and not simulation.ended:
                simulation.advance(stop)
                if restores and stop in broken:
                    simulation = Simulation.restore(scenario, simulation.snapshot())
        games.append(simulation)
    return games[0], games[1], len(broken)
