"""A map shows exactly what its seat may know: at twenty dates of the record of the Middle East, for six seats."""

from __future__ import annotations

import json
import shutil
import subprocess
from copy import deepcopy
from pathlib import Path
from typing import Any

import msgspec
import pytest

from counterpoise.scenario_files import history_text, scenario_map, scenario_text
from counterpoise.session.records.record_playback import play_record
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.sim.relations.influence import Aid
from counterpoise.sim.relations.pacts import Alignment
from counterpoise.sim.types import ActorId
from counterpoise.sim.views.view_builder import build_view

SCENARIO = "middle-east-1955"
SEATS = [ActorId(seat) for seat in ("EGY", "JOR", "ISR", "SAU", "TUR", "USA")]
WARS = ["1956-11-01", "1967-06-06", "1973-10-10"]
DATES = sorted([*WARS, *(f"{year}-{month}" for year in range(1957, 1979, 4) for month in ("01", "05", "09"))][:20])
INFORMAL = ("arms", "basing", "joint_operation")
SCRIPT = Path(__file__).parent / "map_of_views.mjs"


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[dict[str, Any], dict[str, Any], list[str]]]:
    """For each date and seat: what the seat observed, what its map shows, and the pacts that are hidden from it."""
    text, source = scenario_text(SCENARIO)
    setup = ScenarioSetup(source=source, recorded=True)
    session = Session(scenario_text=text, seed="1", session_id="record", secret="s" * 32, setup=setup)
    looks: list[Any] = []
    hidden: list[list[str]] = []
    due = list(DATES)

    def look(session: Session) -> None:
        world = session.simulation.world
        if due and world.calendar.iso(world.tick) >= due[0]:
            due.pop(0)
            for seat in SEATS:
                looks.append(session.observe(seat, with_index=True))
                secret = [a for a in world.alignments.values() if a.secret and seat not in a.members + a.known_to]
                hidden.append([str(a.id) for a in secret])

    play_record(session, parse_history(*history_text(SCENARIO), session.scenario), after_stop=look)
    pictures = drawn(looks, session, tmp_path_factory.mktemp("map"))
    return list(zip(json.loads(msgspec.json.encode(looks)), pictures, hidden, strict=True))


def drawn(looks: list[Any], session: Session, folder: Path) -> list[dict[str, Any]]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed; it is needed to draw the map here, not to run the server")
    actors = session.scenario.actors
    order = [{"id": a.id, "name": a.name, "latitude": a.latitude, "longitude": a.longitude} for a in actors]
    outlines = scenario_map(SCENARIO, [actor.id for actor in actors])
    assert outlines is not None
    file = folder / "views.json"
    file.write_bytes(msgspec.json.encode({"outlines": msgspec.Raw(outlines), "order": order, "looks": looks}))
    done = subprocess.run([node, str(SCRIPT), str(file)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


Looked = list[tuple[dict[str, Any], dict[str, Any], list[str]]]


def test_the_map_has_the_states_pacts_crises_and_wars_of_the_view(looked: Looked) -> None:
    assert len(looked) == len(DATES) * len(SEATS) == 120
    for seen, shown, _ in looked:
        view = seen["view"]
        own = view["own"]["id"]
        treaties = [a for a in view["alignments"] if a["commitment"] not in INFORMAL or own in a["members"]]
        assert sorted(shown["states"]) == sorted([own, *(other["id"] for other in view["others"])])
        assert sorted(shown["pacts"]) == sorted(str(a["id"]) for a in treaties)
        assert shown["crises"] == [str(crisis["id"]) for crisis in view["crises"]]
        assert shown["wars"] == [str(war["id"]) for war in view["wars"]]
    assert sum(len(shown["crises"]) for _, shown, _ in looked) > 20
    assert sum(len(shown["wars"]) for _, shown, _ in looked) >= len(WARS) * len(SEATS)


def test_the_arrows_are_the_three_greatest_threats_that_are_not_at_war_with_the_seat(looked: Looked) -> None:
    for seen, shown, _ in looked:
        view, threats = seen["view"], {of: parts["threat"] for of, parts in seen["threats"].items()}
        own = view["own"]["id"]
        greatest = sorted((of for of in threats if threats[of] >= 0.3), key=lambda of: (-threats[of], of))[:3]
        fought = {other["id"] for other in view["others"] if other["at_war"]}
        assert shown["fears"] == [f"{of} {own}" for of in greatest if of not in fought]
    assert sum(len(shown["fears"]) for _, shown, _ in looked) > 60


def test_no_secret_pact_is_on_the_map_of_a_seat_that_does_not_know_it(looked: Looked) -> None:
    assert any(hidden for _, _, hidden in looked)
    assert any(shown["locks"] for _, shown, _ in looked)
    for _, shown, hidden in looked:
        assert not set(shown["pacts"]) & set(hidden)


def test_a_secret_of_others_changes_nothing_in_a_seats_picture(tmp_path: Path) -> None:
    text, source = scenario_text(SCENARIO)
    session = Session(scenario_text=text, seed="1", session_id="s", secret="s" * 32, setup=ScenarioSetup(source=source))
    world, plotted = session.simulation.world, deepcopy(session.simulation.world)
    egypt, israel, syria = (ActorId(state) for state in ("EGY", "ISR", "SYR"))
    plotted.alignments[900] = Alignment(900, (egypt, syria), "offence", 0, against=israel, secret=True)
    plotted.aid[egypt, syria, "military"] = Aid(egypt, syria, "military", 0.3, 0)
    looks = []
    for seat in (israel, egypt):
        for one in (world, plotted):
            view = build_view(one, session.scenario, seat)
            looks += [{"view": view, "threats": session.index_deal.threats(view, with_index=True)}] * 2
    wide, narrow, *rest = (picture["hash"] for picture in drawn(looks, session, tmp_path))
    assert rest[:2] == [wide, narrow]
    assert rest[2:4] != rest[4:6]
