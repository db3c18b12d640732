"""The record of the Middle East can be played, and agrees with the data it is taken from."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from counterpoise.cli.sources import history_text, scenario_text
from counterpoise.session.game import Session
from counterpoise.session.recorded import play_record
from counterpoise.sim.history_text import parse_history
from counterpoise.sim.world import World
from counterpoise.theory.forecasts import HYPOTHESES

NAME = "middle-east-1955"
MASS = {"3015", "3205", "3740"}
"""The Arab League's pacts and Helsinki, which bind everybody."""
ELSEWHERE = {"3180"}
"""Of the opening."""
SEATS = {"RUS": "USR"}
NEAR = timedelta(days=4)


@pytest.fixture(scope="module")
def played() -> Session:
    text, source = scenario_text(NAME)
    session = Session(scenario_text=text, seed="1", session_id="record", secret="s" * 32, source=source, recorded=True)
    play_record(session, parse_history(*history_text(NAME), session.scenario))
    return session


def in_force(world: World, a: str, b: str, day: date) -> bool:
    tick = world.calendar.tick_of(day)
    return any(
        a in x.members and b in x.members and x.since <= tick and (x.until is None or tick < x.until)
        for x in world.alignments.values()
    )


def treaties(data: Path) -> Iterator[tuple[str, list[str], date, date | None]]:
    """Yield, of each treaty of the data, the seats it binds together and when."""
    with (data / "middle_east_alliances_1955_1979.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["atopid"] in MASS | ELSEWHERE:
                continue
            spells = {}
            for spell in row["member_spells"].split(" | "):
                who, _, when = spell.partition(" ")
                begin, _, end = when.partition("..")
                spells[SEATS.get(who, who)] = (
                    date.fromisoformat(begin),
                    None if end == "open" else date.fromisoformat(end),
                )
            for a, b in combinations(spells, 2):
                ends = [end for _, end in (spells[a], spells[b]) if end is not None]
                yield row["atopid"], [a, b], max(spells[a][0], spells[b][0]), min(ends, default=None)


def test_it_is_played_to_its_end_without_a_deed_that_could_not_be_done(played: Session) -> None:
    assert played.phase == "ended"
    kinds = [incident.kind for incident in played.simulation.world.incidents]
    assert "inject_void" not in kinds
    assert kinds.count("war_began") == 4
    assert kinds.count("alliance_formed") > 60


def test_every_deed_cites_where_it_is_known_from(played: Session) -> None:
    record = parse_history(*history_text(NAME), played.scenario)
    assert len(record.deeds) > 300
    assert all(deed.source.strip() for deed in record.deeds)


def test_treaties_are_in_force_when_the_data_say_so(played: Session, reference_data: Path) -> None:
    world, checked = played.simulation.world, 0
    for atop, (a, b), begin, end in treaties(reference_data):
        if a not in world.actors or b not in world.actors:
            continue
        first, last = max(begin, date(1955, 1, 1)) + NEAR, min(end or date(1979, 12, 31), date(1979, 12, 31)) - NEAR
        if first > last:
            continue
        for day in (first, first + (last - first) / 2, last):
            assert in_force(world, a, b, day), f"ATOP {atop}: {a} and {b} on {day}"
            checked += 1
    assert checked > 100


def test_wars_are_fought_by_those_who_fought_them_from_their_first_day_to_their_last(
    played: Session, reference_data: Path
) -> None:
    world = played.simulation.world
    codes = {
        "200": "UKG",
        "220": "FRN",
        "651": "EGY",
        "652": "SYR",
        "663": "JOR",
        "666": "ISR",
        "645": "IRQ",
        "670": "SAU",
    }
    fought: dict[str, set[str]] = {}
    days: dict[str, tuple[date, date]] = {}
    with (reference_data / "wars.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["war_num"] in ("155", "169", "172", "181"):
                fought.setdefault(row["war_num"], set()).add(codes[row["ccode"]])
                begin, end = (
                    date(*(int(row[f"{side}_{part}1"]) for part in ("year", "month", "day")))
                    for side in ("start", "end")
                )
                known = days.get(row["war_num"], (begin, end))
                days[row["war_num"]] = (min(begin, known[0]), max(end, known[1]))
    ours: dict[object, set[str]] = {}
    when: dict[object, list[date]] = {}
    for incident in world.incidents:
        if incident.kind in ("war_began", "war_joined", "war_ended"):
            war = incident.detail["war"]
            ours.setdefault(war, set()).update(incident.actors[: 1 if incident.kind == "war_joined" else None])
            when.setdefault(war, []).append(date.fromisoformat(world.calendar.iso(incident.tick)))
    assert sorted(ours.values(), key=sorted) == sorted(fought.values(), key=sorted)
    assert sorted((min(d), max(d)) for d in when.values()) == sorted(days.values())


def test_every_quarter_of_every_state_is_a_decision_with_a_class_and_forecasts(played: Session) -> None:
    records = played.ledger.records
    assert len(records) > 1700
    classes = [record.outcome.alignment_class for record in records if record.outcome is not None]
    assert classes.count("BAL") > 50
    assert 0 < classes.count("BW") < classes.count("BAL")
    assert all(set(record.forecasts) == set(HYPOTHESES) for record in records)
