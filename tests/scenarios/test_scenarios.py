"""Every scenario that is shipped: it parses, quickly, and its texts are fit for players."""

from __future__ import annotations

import re
from itertools import combinations
from math import fsum
from pathlib import Path
from statistics import median

import pytest

from counterpoise.session.records.record_playback import play_record
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.numbers.geography import great_circle_km
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.sim.reading.scenario_text import check_scenario, parse_scenario
from counterpoise.sim.scenario import Scenario

FOLDER = Path(__file__).resolve().parents[2] / "scenarios"
FILES = sorted(path for path in FOLDER.glob("*.toml") if not path.name.endswith(".history.toml"))
JARGON = re.compile(
    r"\b(balanc\w*|bandwagon\w*|hegemon\w*|deterrence|threat index|offen[cs]ive power|aggregate power|penetration|hypothes\w*)\b",
    re.IGNORECASE,
)


@pytest.fixture(params=FILES, ids=[file.stem for file in FILES])
def file(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def load(file: Path) -> Scenario:
    return parse_scenario(file.read_text(encoding="utf-8"), file.name)


def shares(scenario: Scenario, row: int) -> dict[str, float]:
    """Return the composite index over the scenario's states at the waypoint of that number."""
    figures = {actor.id: actor.waypoints[row].components for actor in scenario.actors}
    totals = [fsum(values[n] for values in figures.values()) for n in range(6)]
    return {code: fsum(v / t for v, t in zip(values, totals, strict=True)) / 6 for code, values in figures.items()}


def test_a_shipped_scenario_has_no_mistake_and_its_id_is_its_file_name(file: Path) -> None:
    assert check_scenario(file.read_text(encoding="utf-8"), file.name) == []
    assert load(file).id == file.stem


def test_every_seat_has_a_briefing_and_goals_in_plain_words(file: Path) -> None:
    for actor in load(file).actors:
        assert 40 <= len(actor.briefing.split()) <= 130, actor.id
        assert 2 <= len(actor.goals) <= 3, actor.id
        for words in (actor.briefing, *actor.goals):
            assert not JARGON.search(words), (actor.id, JARGON.search(words))


def test_a_shipped_scenario_has_sources_and_an_instructor_note(file: Path) -> None:
    scenario = load(file)
    assert scenario.sources
    assert scenario.minutes > 0
    assert len(scenario.instructor_note.split()) > 100


def test_the_table_in_the_readme_agrees_with_the_files() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    table = text.partition("<!-- scenarios:begin -->")[2].partition("<!-- scenarios:end -->")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.strip().splitlines()[2:]]
    said = []
    for file in FILES:
        scenario = load(file)
        calendar = Calendar(scenario.start, scenario.window_months)
        windows = calendar.window_of(calendar.tick_of(scenario.end)) + 1
        years = f"{scenario.start.year}-{scenario.end.year}"
        counts = [str(len(scenario.actors)), str(windows), str(scenario.minutes)]
        said.append([f"`{scenario.id}`", scenario.title, years, *counts])
    assert rows == said


def test_the_example_in_the_readme_is_a_scenario_with_and_without_the_parts_shown_before() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    *parts, example, _ = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert parts
    for shown in ("", *parts):
        assert [str(error) for error in check_scenario(f"{example}\n{shown}", "README.md")] == []


def test_the_record_in_the_readme_plays_on_the_scenario_before_it() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    *_, example, record = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    session = Session(
        scenario_text=example,
        seed="1",
        session_id="record",
        secret="s" * 32,
        setup=ScenarioSetup(source="two-shores.toml", recorded=True),
    )
    history = parse_history(record, "two-shores.history.toml", session.scenario)
    assert len(history.acts) >= 10
    play_record(session, history)
    assert session.phase == "ended"


def test_on_the_checkerboard_rivals_are_neighbours_with_different_regimes(checkerboard: str) -> None:
    scenario = parse_scenario(checkerboard, "checkerboard")
    family = {actor.id: actor.regimes[0].family for actor in scenario.actors}
    borders = {frozenset((border.a, border.b)) for border in scenario.contiguity}
    rivals = {frozenset((rivalry.a, rivalry.b)) for rivalry in scenario.rivalries}
    assert len(borders) == 10
    assert rivals < borders
    assert all(family[a] != family[b] for a, b in borders)


def test_the_checkerboards_distances_agree_with_its_coordinates(checkerboard: str) -> None:
    scenario = parse_scenario(checkerboard, "checkerboard")
    km = {
        frozenset((a.id, b.id)): great_circle_km(a.latitude, a.longitude, b.latitude, b.longitude)
        for a, b in combinations(scenario.actors, 2)
    }
    assert scenario.distance_scale_km == pytest.approx(median(km.values()), rel=0.01)
    borders = [km[frozenset((border.a, border.b))] for border in scenario.contiguity]
    assert max(borders) < 1.1 * min(borders)
    assert max(borders) < min(distance for distance in km.values() if distance not in borders)


def test_on_the_checkerboard_one_state_grows_stronger_than_the_rest(checkerboard: str) -> None:
    scenario = parse_scenario(checkerboard, "checkerboard")
    first, last = shares(scenario, 0), shares(scenario, -1)
    assert max(first.values()) < 1.25 * sorted(first.values())[-2]
    assert last["COR"] > 1.6 * first["COR"]
    assert last["COR"] > 2 * sorted(last.values())[-2]
    assert all(last[code] < first[code] for code in first if code != "COR")
