"""The record of Europe can be played, and agrees with the data by which its rows were chosen."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from counterpoise.session.running_session import Session
from counterpoise.sim.history import History
from counterpoise.sim.world import World
from counterpoise.theory.forecasts import HYPOTHESES

NAME = "europe-1870"
Alignments = dict[frozenset[str], list[tuple[str, date, date]]]
"""The alignments of each pair: the commitment, the first day, and the day on which it ends."""
FIRST, LAST = date(1871, 6, 1), date(1914, 12, 31)
NEAR = timedelta(days=6)
CODES = {
    "2": "USA", "200": "UKG", "211": "BEL", "220": "FRN", "255": "GMY", "300": "AUH", "325": "ITA", "345": "SER",
    "350": "GRC", "355": "BUL", "360": "ROM", "365": "RUS", "640": "TUR", "740": "JPN",
}  # fmt: skip
ENTERS = {"SER": date(1878, 7, 13), "ROM": date(1878, 7, 13), "BUL": date(1908, 10, 5)}
LEFT_OUT = {"1295": "lapses in 1872, as in the scenario", "1300": "lapses in 1872, as in the scenario"}


def rows(data: Path, name: str) -> list[dict[str, str]]:
    with (data / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def in_force(alignments: Alignments, both: frozenset[str], day: date) -> bool:
    return any(begin <= day < end for _, begin, end in alignments.get(both, ()))


def treaties(data: Path) -> Iterator[tuple[str, frozenset[str], date, date]]:
    """Yield each treaty of the data with two of our states, the first and the last day on which it binds both."""
    bound: dict[str, dict[str, tuple[date, date]]] = {}
    for row in rows(data, "alliance_members.csv"):
        if row["member"] not in CODES or row["atopid"] in LEFT_OUT:
            continue
        code = CODES[row["member"]]
        if int(row["yrent"]) > LAST.year:
            continue
        begin = date(int(row["yrent"]), int(row["moent"]), int(row["dayent"]))
        ends = row["yrexit"] and int(row["yrexit"]) <= LAST.year
        end = date(int(row["yrexit"]), int(row["moexit"]), int(row["dayexit"])) if ends else LAST
        members = bound.setdefault(row["atopid"], {})
        known = members.get(code, (begin, end))
        members[code] = (min(begin, known[0]), max(end, known[1]))
    for atop, members in bound.items():
        for a, b in combinations(members, 2):
            begin = max(members[a][0], members[b][0], FIRST, ENTERS.get(a, FIRST), ENTERS.get(b, FIRST))
            end = min(members[a][1], members[b][1], LAST)
            if begin < end:
                yield atop, frozenset({a, b}), begin, end


def test_the_record_plays_to_its_end_and_every_act_is_possible(played: Session) -> None:
    assert played.phase == "ended"
    kinds = [incident.kind for incident in played.simulation.world.incidents]
    assert "inject_void" not in kinds
    assert "order_void" not in kinds
    assert kinds.count("war_began") == 7
    assert kinds.count("alliance_formed") > 40


def test_treaties_are_in_force_when_the_data_say_so(
    played: Session, alignments_of: Callable[[World], Alignments], reference_data: Path
) -> None:
    pairs, checked = alignments_of(played.simulation.world), 0
    for atop, both, begin, end in treaties(reference_data):
        first, last = begin + NEAR, end - NEAR
        for day in (first, first + (last - first) / 2, last) if first < last else ():
            assert in_force(pairs, both, day), f"ATOP {atop}: {sorted(both)} on {day}"
            checked += 1
    assert checked > 150


def test_treaties_are_over_when_the_data_say_so(
    played: Session, record: History, alignments_of: Callable[[World], Alignments], reference_data: Path
) -> None:
    world, known, checked = played.simulation.world, list(treaties(reference_data)), 0
    pairs = alignments_of(world)
    informal = [
        (frozenset(act.fields["members"]), act.tick)
        for act in record.acts
        if act.kind == "form_alignment" and not act.source.startswith("ATOP")
    ]
    for atop, both, _, end in known:
        day = end + NEAR
        if end >= LAST - NEAR or any(pair == both and since <= day <= until for _, pair, since, until in known):
            continue
        if any(pair == both and world.calendar.date_of(tick) <= day for pair, tick in informal):
            continue
        if both == {"AUH", "RUS"} and date(1897, 5, 8) <= day < date(1908, 10, 6):
            continue  # the entente of 1897
        assert not in_force(pairs, both, day), f"ATOP {atop}: {sorted(both)} on {day}"
        checked += 1
    assert checked > 15


def test_wars_have_the_historical_belligerents_and_dates(played: Session, reference_data: Path) -> None:
    world = played.simulation.world
    sides: dict[str, dict[str, set[str]]] = {}
    days: dict[str, list[date]] = {}
    for row in rows(reference_data, "wars.csv"):
        begin, end = (
            date(*(int(row[f"{at}_{part}1"]) for part in ("year", "month", "day"))) for at in ("start", "end")
        )
        if row["ccode"] in CODES and FIRST <= begin <= LAST:
            sides.setdefault(row["war_num"], {}).setdefault(row["side"], set()).add(CODES[row["ccode"]])
            days.setdefault(row["war_num"], []).extend((begin, min(end, LAST)))
    fought = {number: both for number, both in sides.items() if len(both) == 2}
    ours: dict[object, set[str]] = {}
    when: dict[object, list[date]] = {}
    for incident in world.incidents:
        if incident.kind in ("war_began", "war_joined", "war_ended"):
            war = incident.detail["war"]
            ours.setdefault(war, set()).update(incident.actors[: 1 if incident.kind == "war_joined" else None])
            when.setdefault(war, []).append(world.calendar.date_of(incident.tick))
    assert sorted(map(sorted, ours.values())) == sorted(sorted(set.union(*both.values())) for both in fought.values())
    assert sorted(min(d) for d in when.values()) == sorted(min(days[number]) for number in fought)
    ends = {max(days[number]) for number in fought} - {LAST}
    assert {max(d) for war, d in when.items() if war not in world.wars} == ends


def test_disputes_of_the_data_happen_in_their_year(played: Session, record: History, reference_data: Path) -> None:
    calendar, checked = played.simulation.world.calendar, 0
    told: dict[str, list[tuple[int, set[str]]]] = {}
    for act in record.acts:
        for number in re.findall(r"GML-MID (\d+)", act.source):
            parties = set(act.fields.get("between") or (act.fields["by"], act.fields["to"]))
            told.setdefault(number, []).append((calendar.date_of(act.tick).year, parties))
    for row in rows(reference_data, "mid_dyad_year.csv"):
        if not 1871 <= int(row["year"]) <= 1914 or not {row["ccode1"], row["ccode2"]} <= set(CODES):
            continue
        if not row["orig1"] == row["orig2"] == row["onset"] == "1" or row["hostlev"] == "5":
            continue
        dispute = (int(row["year"]), {CODES[row["ccode1"]], CODES[row["ccode2"]]})
        assert dispute in told.get(row["dispnum"], []), f"{row['dispnum']}: {dispute}"
        checked += 1
    assert checked > 80


def test_every_half_year_of_every_state_is_a_decision_with_a_class_and_forecasts(played: Session) -> None:
    records = played.ledger.records
    assert len(records) > 1000
    classes = [record.outcome.alignment_class for record in records if record.outcome is not None]
    assert classes.count("BAL") > 10
    assert all(set(record.forecasts) == set(HYPOTHESES) for record in records)
