"""The record of the Middle East can be played, and agrees with the data it is taken from."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from counterpoise.session.running_session import Session
from counterpoise.sim.history import History, RecordedAct
from counterpoise.sim.types import ActorId
from counterpoise.sim.world import World
from counterpoise.theory.forecasts import HYPOTHESES

NAME = "middle-east-1955"
Alignments = dict[frozenset[str], list[tuple[str, date, date]]]
"""The alignments of each pair: the commitment, the first day, and the day on which it ends."""
MASS = {"3015", "3205", "3740"}
"""The Arab League's pacts and Helsinki, which bind everybody."""
ELSEWHERE = {"3180"}
"""Of the opening."""
SEATS = {"RUS": "USR"}
NEAR = timedelta(days=6)
CODES = {
    "2": "USA", "200": "UKG", "220": "FRN", "365": "USR", "615": "ALG", "620": "LIB", "625": "SUD", "630": "IRN",
    "640": "TUR", "645": "IRQ", "651": "EGY", "652": "SYR", "660": "LEB", "663": "JOR", "666": "ISR", "670": "SAU",
    "678": "YAR", "680": "YPR", "690": "KUW",
}  # fmt: skip
NO_CRISIS = {
    "162": "the union itself is told",
    "185": "told as GML-MID 27",
    "211": "the Congo",
    "232": "the war of attrition is told",
    "255": "the war of October is told",
    "260": "Angola",
    "292": "Zaire",
    "303": "America's part begins after 1979",
}
"""Crises with two states of the scenario that the record leaves out, and why."""
ATLANTIC = {"USA", "UKG", "FRN", "TUR"}
BINDING = {"defence", "offence", "neutrality", "nonaggression"}
"""What states promise in treaties only; they consult without one too."""
INTO_WAR = {"152", "222"}
"""They end in a war, which the record tells."""


def rows(data: Path, name: str) -> list[dict[str, str]]:
    with (data / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def pair(act: RecordedAct) -> set[str]:
    """Return the two sides of a crisis, where it opens and where it ends."""
    return set(act.fields.get("between") or (act.fields["by"], act.fields["to"]))


def day_of(row: dict[str, str], what: str) -> date | None:
    """Return a date of the crisis data; codes stand for days that are not known."""
    year, month, day = (row[f"{part}{what}"] for part in ("yr", "mo", "da"))
    return date(int(year), int(month), int(day)) if day and int(day) <= 31 else None


def in_force(alignments: Alignments, a: str, b: str, day: date, only: set[str] | None = None) -> bool:
    known = alignments.get(frozenset({a, b}), ())
    return any(begin <= day < end and (only is None or commitment in only) for commitment, begin, end in known)


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


def test_the_record_plays_to_its_end_and_every_act_is_possible(played: Session) -> None:
    assert played.phase == "ended"
    kinds = [incident.kind for incident in played.simulation.world.incidents]
    assert "inject_void" not in kinds
    assert kinds.count("war_began") == 4
    assert kinds.count("alliance_formed") > 60


def test_treaties_are_in_force_when_the_data_say_so(
    played: Session, alignments_of: Callable[[World], Alignments], reference_data: Path
) -> None:
    world, checked = played.simulation.world, 0
    alignments = alignments_of(world)
    for atop, (a, b), begin, end in treaties(reference_data):
        if a not in world.actors or b not in world.actors:
            continue
        first, last = max(begin, date(1955, 1, 1)) + NEAR, min(end or date(1979, 12, 31), date(1979, 12, 31)) - NEAR
        if first > last:
            continue
        for day in (first, first + (last - first) / 2, last):
            assert in_force(alignments, a, b, day), f"ATOP {atop}: {a} and {b} on {day}"
            checked += 1
    assert checked > 100


def test_treaties_are_over_when_the_data_say_so(
    played: Session, alignments_of: Callable[[World], Alignments], reference_data: Path
) -> None:
    world, known, checked = played.simulation.world, list(treaties(reference_data)), 0
    alignments = alignments_of(world)
    for atop, both, _, end in known:
        day = None if end is None else end + NEAR
        if day is None or day > date(1979, 12, 31) or not set(both) <= set(world.actors) or set(both) <= ATLANTIC:
            continue
        if any(set(pair) == set(both) and since <= day and (until or day) >= day for _, pair, since, until in known):
            continue
        assert not in_force(alignments, both[0], both[1], day, only=BINDING), f"ATOP {atop}: {both} on {day}"
        checked += 1
    assert checked > 25


def test_wars_have_the_historical_belligerents_and_dates(played: Session, reference_data: Path) -> None:
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


def test_crises_open_and_end_when_the_data_say_so(played: Session, record: History, reference_data: Path) -> None:
    calendar = played.simulation.world.calendar
    told: dict[str, list[RecordedAct]] = {}
    for act in record.acts:
        if act.kind in ("start_crisis", "end_crisis"):
            told.setdefault(act.source.removeprefix("ICB ").partition(",")[0], []).append(act)
    known = {row["crisno"]: row for row in rows(reference_data, "icb_crises.csv")}
    assert set(told) < set(known)
    for number, row in known.items():
        seats = {CODES[code] for code in row["actor_ccodes"].split(";") if code in CODES}
        if len(seats) > 1 and 1955 <= int(row["yrtrig"]) <= 1979:
            assert (number in told) != (number in NO_CRISIS), row["crisname"]
        for act in told.get(number, []):
            assert pair(act) & seats, row["crisname"]
            day = day_of(row, "trig" if act.kind == "start_crisis" else "term")
            if day is not None and not (number in INTO_WAR and act.kind == "end_crisis"):
                assert abs(calendar.date_of(act.tick) - day) <= NEAR, row["crisname"]


def test_disputes_of_the_data_happen_in_their_year(played: Session, record: History, reference_data: Path) -> None:
    calendar, checked = played.simulation.world.calendar, Counter[str]()
    cited = {n for act in record.acts for n in re.findall(r"GML-MID (\d+)", f"{act.source} {act.note}")}
    crises = {(frozenset(pair(d)), calendar.date_of(d.tick).year) for d in record.acts if d.kind == "start_crisis"}
    fought = {(frozenset({a, b}), y) for a, b, y in (("EGY", "ISR", 1967), ("ISR", "SYR", 1967), ("ISR", "JOR", 1967))}
    for row in rows(reference_data, "mid_dyad_year.csv"):
        sides, year = (row["ccode1"], row["ccode2"]), int(row["year"])
        originate = row["orig1"] == row["orig2"] == row["onset"] == "1"
        if not originate or not 1955 <= year <= 1979 or not all(code in CODES for code in sides):
            continue
        both = frozenset(CODES[code] for code in sides)
        how = "cited" if row["dispnum"] in cited else "crisis" if (both, year) in crises else ""
        how = how or ("war" if row["hostlev"] == "5" or (both, year) in fought else "")
        assert how, f"{row['dispnum']}: {sorted(both)} in {year}"
        checked[how] += 1
    assert checked["cited"] > 120


def test_arms_and_american_aid_match_the_figures_they_cite(record: History, reference_data: Path) -> None:
    names = {"USA": "United States", "USR": "Soviet Union", "UKG": "United Kingdom", "FRN": "France"}
    tiv: Counter[tuple[str, str, str]] = Counter()
    for row in rows(reference_data, "arms_transfers_middle_east_1955_1979.csv"):
        if row["recipient_nonstate"] != "1":
            tiv[row["supplier"], CODES.get(row["recipient_ccode"], ""), row["year"]] += int(float(row["tiv_million"]))
    given = {
        (CODES[row["ccode"]], int(row["year"]), kind): float(row[f"{kind}_usd_current"] or 0) / 1e6
        for row in rows(reference_data, "us_aid.csv")
        if row["ccode"] in CODES
        for kind in ("economic", "military")
    }
    checked: Counter[str] = Counter()
    for act in record.acts:
        if act.fields.get("commitment") == "arms" and act.kind == "form_alignment":
            supplier = act.fields["lead"]
            [recipient] = [member for member in act.fields["members"] if member != supplier]
            [(amount, year)] = re.findall(r"deliveries of (\d+) million TIV in (\d{4})", act.source)
            assert int(amount) == tiv[names[supplier], recipient, year] >= 30, act.source
            checked["arms"] += 1
        figures = re.match(r"Greenbook, (-?[\d.]+), (-?[\d.]+) and (-?[\d.]+) million dollars in FY(\d{4})", act.source)
        if figures is not None:
            for place in range(3):
                of = (act.fields["recipient"], int(figures[4]) + place, act.fields["aid"])
                assert abs(float(figures[place + 1]) - given.get(of, 0.0)) < 0.06, act.source
            mean = sum(float(figures[place]) for place in (1, 2, 3)) / 3
            assert abs(mean / float(act.note.removeprefix("budget ")) - act.fields["amount"]) <= 0.03, act.source
            checked["aid"] += 1
    assert checked["arms"] > 25
    assert checked["aid"] > 50


def test_access_to_another_states_politics_rises_and_falls_with_campaigns(played: Session) -> None:
    world = played.simulation.world
    told = [(world.calendar.iso(i.tick), i.actors[:2]) for i in world.incidents if i.kind == "expelled"]
    assert ("1972-07-18", ("EGY", "USR")) in told
    assert not [i for i in world.incidents if i.detail.get("reason") == "the treasury is empty"]
    decided = {world.calendar.iso(r.point.opened): r.point for r in played.ledger.records if r.point.actor == "EGY"}
    before, after = (decided[day].candidate(ActorId("USR")) for day in ("1972-07-01", "1972-10-01"))
    assert before is not None
    assert after is not None
    assert before.penetration > 3 * after.penetration > 0.0


def test_every_quarter_of_every_state_is_a_decision_with_a_class_and_forecasts(played: Session) -> None:
    records = played.ledger.records
    assert len(records) > 1700
    classes = [record.outcome.alignment_class for record in records if record.outcome is not None]
    assert classes.count("BAL") > 50
    assert 0 < classes.count("BW") < classes.count("BAL")
    assert all(set(record.forecasts) == set(HYPOTHESES) for record in records)
