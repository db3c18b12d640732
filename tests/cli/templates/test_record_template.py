"""The record that ``new record`` writes has the states and dates of its scenario, and plays."""

from __future__ import annotations

from importlib import resources

import pytest

from counterpoise.cli.templates.record_template import record_text
from counterpoise.errors import ConfigurationError
from counterpoise.scenario_files import bundled_scenarios, scenario_text
from counterpoise.session.records.record_playback import play_record
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.sim.reading.scenario_text import parse_scenario

TEMPLATE = (resources.files("counterpoise") / "cli" / "templates" / "record.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", bundled_scenarios())
def test_the_template_plays_on_every_bundled_scenario(name: str) -> None:
    text, source = scenario_text(name)
    record = record_text(TEMPLATE, parse_scenario(text, source), name, f"{name} --history")
    assert "NOR" not in record
    assert "my-scenario" not in record
    setup = ScenarioSetup(source=source, recorded=True)
    session = Session(scenario_text=text, seed="1", session_id="record", secret="s" * 32, setup=setup)
    history = parse_history(record, "record", session.scenario)
    assert len(history.acts) > 10
    play_record(session, history, until=history.acts[-1].tick + 2)
    kinds = {incident.kind for incident in session.simulation.world.incidents}
    assert {"alliance_formed", "penetration_begun", "crisis_opened", "war_began", "war_ended"} <= kinds


def test_a_scenario_whose_states_are_all_bound_has_no_template(checkerboard: str) -> None:
    codes = [actor.id for actor in parse_scenario(checkerboard, "checkerboard").actors]
    members = ", ".join(f'"{code}"' for code in codes)
    pact = f'{{ members = [{members}], commitment = "defence", start = 1890-01-01 }}'
    head, opening, rest = checkerboard.partition("[opening]")
    kept = rest[rest.index("[[") :] if opening else checkerboard
    bound = parse_scenario(f"{head}\n[opening]\nalignments = [{pact}]\n{kept if opening else ''}", "checkerboard")
    with pytest.raises(ConfigurationError, match="without an alignment"):
        record_text(TEMPLATE, bound, "bound", "bound --history")
