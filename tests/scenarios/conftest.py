"""What tests of scenarios share: reading one, its threats at a date, and playing it out."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from counterpoise.session.game import Session
from counterpoise.session.policy import play
from counterpoise.sim.engine import Simulation
from counterpoise.sim.scenario import Scenario
from counterpoise.sim.scenario_text import parse
from counterpoise.theory.threat import Matrix, true
from counterpoise_clients import roster

FOLDER = Path(__file__).resolve().parents[2] / "scenarios"


@pytest.fixture(scope="session")
def scenario_named() -> Callable[[str], Scenario]:
    """Reads a bundled scenario."""

    def read(name: str) -> Scenario:
        return parse((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")

    return read


@pytest.fixture(scope="session")
def threats_at() -> Callable[[Scenario, int], Matrix]:
    """Tells the true threats of a scenario at a tick that is reached without anybody moving."""

    def threats(scenario: Scenario, tick: int) -> Matrix:
        simulation = Simulation(scenario, "1")
        while simulation.now < tick:
            simulation.advance(tick)
        return true(simulation.world)

    return threats


@pytest.fixture(scope="session")
def play_out() -> Callable[[str, str], Session]:
    """Plays a bundled scenario with bots that move at random, and refuses a world that cannot be."""

    def run(name: str, seed: str) -> Session:
        text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
        session = Session(scenario_text=text, seed=seed, session_id="s", secret="secret")
        bots = {seat: roster.load("random")(f"{seed}/{seat}") for seat in session.seats}
        conduct = play(session, bots, after_stop=_drained)
        assert conduct.failures == {}
        return session

    return run


def _drained(session: Session) -> None:
    session.take_entries()
    session.take_outputs()
    world = session.simulation.world
    assert all(value >= 0 for actor in world.actors.values() for value in actor.components)
    fought = [frozenset((a, d)) for war in world.wars.values() for a in war.attackers for d in war.defenders]
    assert len(fought) == len(set(fought)), "two wars of one pair"
    for found in world.alignments.values():
        assert found.ended or all(world.actors[member].active for member in found.members), "a treaty of the gone"
    assert all(a != b for war in world.wars.values() for a, b in combinations(war.parties, 2)), "at war with itself"
