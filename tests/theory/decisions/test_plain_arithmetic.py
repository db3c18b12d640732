"""Frozen and recoded decisions are those that plain arithmetic gives, field for field."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
import scalar_freezing
import scalar_recoding
from msgspec.structs import asdict

from counterpoise.session.in_process_play import play
from counterpoise.session.journal.journal_contents import journal_contents
from counterpoise.session.running_session import Session
from counterpoise.sim.engine import Simulation
from counterpoise.sim.injects.misperceive import Misperceive
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.theory.check.sensitivity import codings
from counterpoise.theory.decisions.freezing import freeze
from counterpoise.theory.decisions.recoding import recoded
from counterpoise.theory.decisions.recoding_table import RecodingTable
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.parameters import DEFAULT
from counterpoise_clients import roster

REPOSITORY = Path(__file__).resolve().parents[3]
SCENARIOS = [path for path in sorted(REPOSITORY.glob("scenarios/*.toml")) if not path.name.endswith(".history.toml")]
OTHER = replace(DEFAULT, steepness=4.0, centre=0.6, will_near=1.2, shared_floor=0.2, floor_quantile=0.5)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.stem)
def test_every_field_of_a_frozen_decision_is_that_of_plain_arithmetic(scenario: Path) -> None:
    simulation = Simulation(parse_scenario(scenario.read_text(encoding="utf-8"), scenario.name), "7")
    first, second = [actor.id for actor in simulation.world.active()][:2]
    simulation.inject(Misperceive(first, second, 0.6, "intent"))
    for _ in range(6):
        for parameters in (DEFAULT, OTHER):
            arrays, plain = (freezing(simulation.world, parameters) for freezing in (freeze, scalar_freezing.freeze))
            assert arrays == plain
            assert msgspec.msgpack.encode(arrays) == msgspec.msgpack.encode(plain), "the journal tells 1 from 1.0"
        simulation.advance(simulation.now + 400)


@pytest.fixture(scope="module")
def records() -> list[DecisionRecord]:
    text = (REPOSITORY / "scenarios" / "middle-east-1955.toml").read_text(encoding="utf-8")
    session = Session(scenario_text=text, seed="7", session_id="s", secret="x", streaming=False)
    play(session, {seat: roster.load_bot("hedger")(f"7/{seat}") for seat in session.seats}, until=365 * 5)
    made = [record for record in journal_contents(session.take_entries(), "s").records if record.outcome is not None]
    return [*made, *(msgspec.structs.replace(record, session="t") for record in made[: len(made) // 2])]


def test_every_field_of_a_recoded_decision_is_that_of_plain_arithmetic(records: list[DecisionRecord]) -> None:
    table = RecodingTable(records)
    for coding in codings(9):
        arrays, plain = recoded(table, coding), scalar_recoding.recoded(records, coding)
        assert len(arrays) == len(plain)
        for one, other in zip(arrays, plain, strict=True):
            assert asdict(one.point) == asdict(other.point)
            assert one == other


def test_a_world_too_large_for_one_look_has_the_same_shared_threats(large_world: Simulation) -> None:
    assert freeze(large_world.world) == scalar_freezing.freeze(large_world.world)


@pytest.fixture
def large_world() -> Simulation:
    from large_scenarios import grid_scenario

    return Simulation(parse_scenario(grid_scenario(40), "grid"), "3")
