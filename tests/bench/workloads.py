"""What ``against.py`` measures: each workload prints one rate. The script runs with the code of any commit on its path.

Modules were renamed over time, so a workload asks for a thing by all the names it has had, the newest first.
"""

from __future__ import annotations

import argparse
import importlib
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"


def find(*places: str) -> Any:
    """Return the first of several ``module:name`` that this commit has.

    Raises:
        LookupError: the commit has none of them.
    """
    for place in places:
        module_name, _, name = place.partition(":")
        try:
            module = importlib.import_module(module_name)
        except ImportError:
            continue
        if hasattr(module, name):
            return getattr(module, name)
    raise LookupError(f"this commit has none of {', '.join(places)}")


def text_of(scenario: str) -> str:
    """Return the text of a scenario of this checkout, so that both commits play the same file."""
    return (SCENARIOS / f"{scenario}.toml").read_text(encoding="utf-8")


def parsed(scenario: str) -> Any:
    """Return a scenario, parsed."""
    parse = find(
        "counterpoise.sim.reading.scenario_text:parse_scenario",
        "counterpoise.sim.reading.scenario_text:parse",
        "counterpoise.sim.scenario_text:parse",
    )
    return parse(text_of(scenario), scenario)


def new_session(scenario: str) -> tuple[Any, dict[Any, Any]]:
    """Return a session in its lobby, and the default bots."""
    session_class = find("counterpoise.session.running_session:Session", "counterpoise.session.game:Session")
    line_up = find("counterpoise_clients.roster:line_up")
    load = find("counterpoise_clients.roster:load_bot", "counterpoise_clients.roster:load")
    session = session_class(scenario_text=text_of(scenario), seed="7", session_id="against", secret="against")
    seats = line_up(session.scenario.actors, "7")
    return session, {seat: load(name)(f"7/bot/{seat}") for seat, name in seats.items()}


def play(session: Any, bots: dict[Any, Any], years: float) -> None:
    """Play a session in process for some years."""
    find("counterpoise.session.in_process_play:play", "counterpoise.session.policy:play")(
        session, bots, until=session.now + round(years * 365)
    )


def timed(work: Callable[[], float]) -> float:
    """Return what ``work`` counts for each second of processor time."""
    began = time.process_time()
    count = work()
    return count / (time.process_time() - began)


def game(size: float) -> float:
    """Years of middle-east-1955 with bots, views, forecasts and journal, per CPU second."""
    session, bots = new_session("middle-east-1955")
    years = 5 * size

    def work() -> float:
        play(session, bots, years)
        return years

    return timed(work)


def simulation(size: float) -> float:
    """Years of cold-war-1947 in the simulation alone, without orders, per CPU second."""
    engine = find("counterpoise.sim.engine:Simulation")(parsed("cold-war-1947"), "7")
    days = round(365 * 20 * size)

    def work() -> float:
        while engine.now < days:
            engine.advance(days)
        return days / 365

    return timed(work)


def orders(size: float) -> float:
    """Random legal orders applied in the simulation of middle-east-1955, per CPU second of the engine alone."""
    engine = find("counterpoise.sim.engine:Simulation")(parsed("middle-east-1955"), "7")
    legal_moves = find("counterpoise.sim.catalogue:legal_moves")
    view = find(
        "counterpoise.sim.views.view_builder:build_view",
        "counterpoise.sim.view_builder:build_view",
        "counterpoise.sim.viewing:view",
    )
    dice, given, spent = Random("orders"), 0, 0.0
    for stop in range(30, round(365 * 2 * size), 30):
        chosen = []
        for actor in list(engine.world.active()):
            moves = legal_moves(view(engine.world, engine.scenario, actor.id))
            chosen += [(actor.id, dice.choice(moves)) for _ in range(3) if moves]
        began = time.process_time()
        for seat, move in chosen:
            engine.apply(seat, move)
        while engine.now < stop:
            engine.advance(stop)
        spent += time.process_time() - began
        given += len(chosen)
    return given / spent


def views(size: float) -> float:
    """Views of all seats on the days after two years of middle-east-1955, per CPU second."""
    session, bots = new_session("middle-east-1955")
    play(session, bots, 2)
    built, spent = 0, 0.0
    for _ in range(round(60 * size)):
        session.advance(session.now + 1)  # a session keeps the views of a day on which nothing has happened
        began = time.process_time()
        for seat in session.seats:
            session.view(seat)
        spent += time.process_time() - began
        built += len(session.seats)
    return built / spent


def legal(size: float) -> float:
    """Lists of all legal moves of a seat after two years of middle-east-1955, per CPU second."""
    session, bots = new_session("middle-east-1955")
    play(session, bots, 2)
    legal_moves = find("counterpoise.sim.catalogue:legal_moves")
    seen = [session.view(seat) for seat in session.seats]
    rounds = max(1, round(8 * size))

    def work() -> float:
        for _ in range(rounds):
            for view in seen:
                legal_moves(view)
        return rounds * len(seen)

    return timed(work)


def digests(size: float) -> float:
    """Digests of the world after two years of middle-east-1955, per CPU second."""
    session, bots = new_session("middle-east-1955")
    play(session, bots, 2)
    digest = find("counterpoise.sim.digest:digest")
    rounds = round(200 * size)

    def work() -> float:
        for _ in range(rounds):
            digest(session.simulation.world)
        return rounds

    return timed(work)


def replay(size: float) -> float:
    """Entries of a journal of middle-east-1955 replayed and compared, per CPU second."""
    session, bots = new_session("middle-east-1955")
    play(session, bots, 5 * size)
    entries = session.take_entries()
    again = find("counterpoise.session.replay:replay")

    def work() -> float:
        again(entries, "against")
        return len(entries)

    return timed(work)


def memory(size: float) -> float:
    """Sessions of middle-east-1955, played for five years, that fit into a gigabyte."""
    session, bots = new_session("middle-east-1955")
    play(session, bots, 5 * size)
    return 1024 * 1024 / resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


WORKLOADS: dict[str, Callable[[float], float]] = {
    work.__name__: work for work in (game, simulation, orders, views, legal, digests, replay, memory)
}


def main() -> None:
    """Run one workload and print its rate as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("name", choices=WORKLOADS)
    parser.add_argument("--size", type=float, default=1.0, help="how much of it")
    arguments = parser.parse_args()
    try:
        rate: float | None = WORKLOADS[arguments.name](arguments.size)
    except LookupError as error:
        print(error, file=sys.stderr)
        rate = None
    print(json.dumps({"rate": rate}))


if __name__ == "__main__":
    main()
