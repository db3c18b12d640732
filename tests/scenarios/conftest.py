"""What tests of scenarios share: reading one, its threats at a date, playing it out, and the data sets behind it."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from counterpoise.scenario_files import history_text, scenario_text
from counterpoise.session.in_process_play import play
from counterpoise.session.records.record_playback import play_record
from counterpoise.session.running_session import Session
from counterpoise.session.session_setup import ScenarioSetup
from counterpoise.sim.clock.calendar import Calendar
from counterpoise.sim.engine import Simulation
from counterpoise.sim.history import History
from counterpoise.sim.reading.history_text import parse_history
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.scenario import COMPONENTS, Scenario
from counterpoise.sim.world import World
from counterpoise.theory.threat import Matrix, true
from counterpoise_clients import roster

FOLDER = Path(__file__).resolve().parents[2] / "scenarios"

PROMISES = {
    "defense": "defence",
    "offense": "offence",
    "neutral": "neutrality",
    "nonagg": "nonaggression",
    "consul": "consultation",
}
"""The columns of ATOP, the strongest first, and what scenarios call them."""

Row = dict[str, str]


@pytest.fixture(scope="session")
def scenario_named() -> Callable[[str], Scenario]:
    """Reads a bundled scenario."""

    def read(name: str) -> Scenario:
        return parse_scenario((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")

    return read


@pytest.fixture(scope="module")
def scenario(request: pytest.FixtureRequest, scenario_named: Callable[[str], Scenario]) -> Scenario:
    """The bundled scenario that a test module names in its constant ``SCENARIO``."""
    return scenario_named(request.module.SCENARIO)


@pytest.fixture(scope="module")
def calendar(scenario: Scenario) -> Calendar:
    """The calendar of the module's scenario."""
    return Calendar(scenario.start, scenario.window_months)


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
def play_record_of() -> Callable[[str], Session]:
    """Plays the record of a bundled scenario to its end."""

    def run(name: str) -> Session:
        text, source = scenario_text(name)
        session = Session(
            scenario_text=text,
            seed="1",
            session_id="record",
            secret="s" * 32,
            setup=ScenarioSetup(source=source, recorded=True),
        )
        play_record(session, parse_history(*history_text(name), session.scenario))
        return session

    return run


@pytest.fixture(scope="module")
def played(request: pytest.FixtureRequest, play_record_of: Callable[[str], Session]) -> Session:
    """The record of the scenario that a test module names in its constant ``NAME``, played to its end."""
    return play_record_of(request.module.NAME)


@pytest.fixture(scope="module")
def record(request: pytest.FixtureRequest, played: Session) -> History:
    """The record that ``played`` played."""
    return parse_history(*history_text(request.module.NAME), played.scenario)


@pytest.fixture(scope="session")
def alignments_of() -> Callable[[World], dict[frozenset[str], list[tuple[str, date, date]]]]:
    """Tells what bound each pair of a world, and from when to when.

    A world remembers the members that an alignment has had only in its incidents.
    """

    def alignments(world: World) -> dict[frozenset[str], list[tuple[str, date, date]]]:
        date_of = world.calendar.date_of
        members: dict[object, dict[str, date]] = {
            one.id: dict.fromkeys(one.members, date_of(one.since)) for one in world.alignments.values() if one.since < 0
        }
        found: dict[frozenset[str], list[tuple[str, date, date]]] = defaultdict(list)

        def part(alignment: int, leavers: Collection[str], day: date) -> None:
            known, commitment = members[alignment], world.alignments[alignment].commitment
            for leaver in leavers:
                begin = known.pop(leaver)
                for other, since in known.items():
                    found[frozenset({leaver, other})].append((commitment, max(begin, since), day))

        for incident in world.incidents:
            day, alignment = date_of(incident.tick), incident.detail.get("alignment")
            if incident.kind == "alliance_formed":
                members[alignment] = dict.fromkeys(incident.actors, day)
            elif incident.kind == "alliance_joined":
                members[alignment][incident.actors[0]] = day
            elif incident.kind in ("alliance_left", "alliance_ended"):
                leavers = incident.actors if incident.kind == "alliance_ended" else incident.actors[:1]
                part(int(str(alignment)), [one for one in leavers if one in members[alignment]], day)
        for one in world.alignments.values():
            part(one.id, tuple(members.get(one.id, ())), date_of(world.end))
        return found

    return alignments


@pytest.fixture(scope="session")
def play_out() -> Callable[[str, str], Session]:
    """Plays a bundled scenario with bots that move at random, and refuses a world that cannot be."""

    def run(name: str, seed: str) -> Session:
        text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
        session = Session(scenario_text=text, seed=seed, session_id="s", secret="secret")
        bots = {seat: roster.load_bot("random")(f"{seed}/{seat}") for seat in session.seats}
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


class Facts:
    """What the data sets say of the states of a scenario, in the scenario's own codes, beside what the scenario says."""

    def __init__(self, folder: Path, scenario: Scenario, codes: Mapping[str, str]) -> None:
        self.folder, self.scenario, self.codes = folder, scenario, codes
        self.calendar = Calendar(scenario.start, scenario.window_months)

    def rows(self, name: str) -> list[Row]:
        """Return a data set."""
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def of_pairs(self, name: str) -> list[tuple[str, str, Row]]:
        """Return the rows of a dyadic data set in which both are states of the scenario."""
        return [
            (self.codes[row["ccode1"]], self.codes[row["ccode2"]], row)
            for row in self.rows(name)
            if row["ccode1"] in self.codes and row["ccode2"] in self.codes
        ]

    def year(self, tick: int) -> int:
        """Return the year of a tick."""
        return self.calendar.date_of(tick).year

    def wrong_waypoints(
        self, estimated: Collection[tuple[str, int, str]] = (), opening: int | None = None
    ) -> list[object]:
        """Return the figures that differ from the capability data of their year, and gaps that are not said to be.

        Args:
            estimated: state, year and component where the data have a gap.
            opening: the year whose figures stand on the first day, if not its own.
        """
        data = {(self.codes.get(r["ccode"]), r["year"]): r for r in self.rows("nmc.csv")}
        wrong: list[object] = []
        for actor in self.scenario.actors:
            for point in actor.waypoints:
                year = opening if opening is not None and point.tick == 0 else self.year(point.tick)
                source = data[actor.id, str(year)]
                for name, ours in zip(COMPONENTS, point.components, strict=True):
                    gap = (actor.id, year, name) in estimated
                    if (source[name] == "") != gap or (not gap and ours != float(source[name])):
                        wrong.append((actor.id, year, name, ours, source[name]))
        return wrong

    def borders(self, day: str) -> dict[frozenset[str], int]:
        """Return the borders of a day, by kind."""
        return {
            frozenset((a, b)): int(row["conttype"])
            for a, b, row in self.of_pairs("contiguity.csv")
            if row["start_date"] <= day <= row["end_date"] and row["conttype"] != "0"
        }

    def own_borders(self, tick: int = 0) -> dict[frozenset[str], int]:
        """Return the scenario's borders at a tick."""
        return {
            frozenset((b.a, b.b)): b.kind
            for b in self.scenario.contiguity
            if b.start <= tick and (b.end is None or b.end > tick)
        }

    def rivalries(self, first: int, last: int) -> set[tuple[frozenset[str], int, int | None]]:
        """Return the rivalries of some years with the years in which they begin and end, none if after the last."""
        return {
            (frozenset((a, b)), int(row["start_year"]), int(row["end_year"]) if int(row["end_year"]) < last else None)
            for a, b, row in self.of_pairs("rivalries.csv")
            if int(row["start_year"]) <= last and int(row["end_year"]) >= first
        }

    def own_rivalries(self) -> set[tuple[frozenset[str], int, int | None]]:
        """Return the scenario's."""
        return {
            (frozenset((r.a, r.b)), self.year(r.start), None if r.end is None else self.year(r.end))
            for r in self.scenario.rivalries
        }

    def disputes(self, first: int, last: int) -> dict[tuple[str, str, int], list[int]]:
        """Return the levels of the disputes begun in some years by initiator, target and year; originators only."""
        levels: dict[tuple[str, str, int], list[int]] = defaultdict(list)
        for a, b, row in self.of_pairs("mid_dyad_year.csv"):
            if first <= int(row["year"]) <= last and row["onset"] == row["orig1"] == row["orig2"] == "1":
                initiator, target = (a, b) if row["sidea1"] == "1" else (b, a)
                levels[initiator, target, int(row["year"])].append(max(int(row["hostlev1"]), int(row["hostlev2"])))
        return {key: sorted(found) for key, found in levels.items()}

    def own_disputes(self) -> dict[tuple[str, str, int], list[int]]:
        """Return the scenario's."""
        levels: dict[tuple[str, str, int], list[int]] = defaultdict(list)
        for dispute in self.scenario.disputes:
            levels[dispute.initiator, dispute.target, self.year(dispute.tick)].append(dispute.level)
        return {key: sorted(found) for key, found in levels.items()}

    def treaties(self, day: str, without: Collection[str] = ()) -> set[tuple[frozenset[str], str]]:
        """Return who is bound by treaty on a day, and by what strongest promise."""
        members: dict[str, set[str]] = defaultdict(set)
        promises: dict[str, str] = {}
        for row in self.rows("alliance_members.csv"):
            entry = f"{int(row['yrent']):04}-{int(row['moent']):02}-{int(row['dayent'] or 1):02}"
            left = f"{int(row['yrexit']):04}-{int(row['moexit']):02}" if row["yrexit"] else "9999"
            if row["member"] in self.codes and entry <= day and left > day[:7] and row["atopid"] not in without:
                members[row["atopid"]].add(self.codes[row["member"]])
                promises[row["atopid"]] = next(word for name, word in PROMISES.items() if row[name] == "1")
        return {(frozenset(who), promises[number]) for number, who in members.items() if len(who) > 1}

    def own_treaties(self) -> set[tuple[frozenset[str], str]]:
        """Return the scenario's mutual ones."""
        return {(frozenset(a.members), a.commitment) for a in self.scenario.alignments if a.lead is None}

    def odd_traits(self) -> dict[str, tuple[float, float]]:
        """Return openness and constraint of the opening regimes that are not those of the year they begin the game in,
        or of the year before."""
        data = {(self.codes.get(r["ccode"]), int(r["year"])): r for r in self.rows("polity.csv")}
        odd: dict[str, tuple[float, float]] = {}
        for actor in self.scenario.actors:
            regime = [r for r in actor.regimes if r.tick <= actor.enters][-1]
            year = self.year(actor.enters)
            coded = [
                ((int(row["polity2"]) + 10) / 20, (int(row["xconst"]) - 1) / 6)
                for row in (data.get((actor.id, year)), data.get((actor.id, year - 1)))
                if row and row["polity2"] and 1 <= int(row["xconst"]) <= 7
            ]
            ours = (regime.openness, regime.constraint)
            if not any(abs(a - ours[0]) < 0.006 and abs(b - ours[1]) < 0.006 for a, b in coded):
                odd[actor.id] = ours
        return odd


@pytest.fixture(scope="module")
def known(request: pytest.FixtureRequest, scenario: Scenario, reference_data: Path) -> Facts:
    """The facts about the module's scenario, by the country codes that its constant ``CODES`` gives."""
    return Facts(reference_data, scenario, request.module.CODES)
