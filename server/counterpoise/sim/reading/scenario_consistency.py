"""Checks that the parts of a scenario file are consistent: names exist, dates are in order, no row is repeated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from counterpoise.sim.numbers.rounding import quantised
from counterpoise.sim.reading.scenario_schema import ActorTable, ScenarioFile
from counterpoise.sim.scenario import ObjectiveKind
from counterpoise.sim.types import ONE_SIDED
from counterpoise.validation_errors import TOML, Problem, one_of, one_of_states

ACTORS_MIN, ACTORS_MAX = 2, 200
YEARS_MAX = 200
STATES_NEEDED: dict[ObjectiveKind, int] = {"gain": 1, "apart": 2, "isolated": 1}
"""How many states an objective must name, for the kinds that make no sense about all."""
DateRange = tuple[date | None, date | None]


def consistency_problems(file: ScenarioFile) -> list[Problem]:
    """Return every inconsistency of a file that matches the schema."""
    span = time_span_problems(file)
    checks = (_ideology,) if span else (_ideology, _actors, _borders, _rivalries, _claims, _disputes, _alignments, _aid)
    return span + [problem for check in checks for problem in check(file)]


def time_span_problems(file: ScenarioFile) -> list[Problem]:
    """Return the problems of a file's start and end. If there are any, no other date can be checked against them."""
    return list(_scenario(file)) or list(_contradicted_dates(file))


def state_names(file: ScenarioFile) -> dict[str, str]:
    """Return the name of each state of a file by its code."""
    return {code: actor.name for code, actor in file.actors.items()}


def _unknown_state(file: ScenarioFile, code: str, path: str) -> Iterator[Problem]:
    """Yield a problem unless ``code`` is the code of an actor of the file."""
    if code not in file.actors:
        yield Problem(path, one_of_states(state_names(file), code), TOML.shown(code))


def _scenario(file: ScenarioFile) -> Iterator[Problem]:
    start, end = file.scenario.start, file.scenario.end
    if end <= start:
        yield Problem("scenario.end", f"a date after the start, {start}", TOML.shown(end))
    elif (end - start).days > YEARS_MAX * 366:
        yield Problem("scenario.end", f"at most {YEARS_MAX} years after the start, {start}", TOML.shown(end))


def _contradicted_dates(file: ScenarioFile) -> Iterator[Problem]:
    """Yield a problem for a start or an end that the rows of most states contradict: then this date is wrong, not theirs."""
    start, end = file.scenario.start, file.scenario.end
    series = [
        days
        for actor in file.actors.values()
        for days in ([row[0] for row in actor.waypoints], [row.start for row in actor.regimes])
        if days and actor.enters is None
    ]
    most = len(file.actors)  # each has two series
    late = [days[-1] for days in series if days[-1] > end]
    if 2 * len(late) > most:
        yield Problem(
            "scenario.end", f"a date from {max(late)} on, which the rows of the states reach", TOML.shown(end)
        )
    early = [days[0] for days in series if days[0] > start]
    if 2 * len(early) > most:
        yield Problem(
            "scenario.start", f"a date from {max(early)} on, when the rows of the states begin", TOML.shown(start)
        )


def _ideology(file: ScenarioFile) -> Iterator[Problem]:
    families, similarity = file.ideology.families, file.ideology.similarity
    if not families:
        yield Problem("ideology.families", "at least one family", "none")
    yield from _repeated_names(families, "ideology.families")
    yield from _repeated_names(file.ideology.divisive, "ideology.divisive")
    for number, family in enumerate(file.ideology.divisive):
        yield from _family(file, family, f"ideology.divisive[{number}]")
    for family, row in similarity.items():
        yield from _family(file, family, f"ideology.similarity.{family}")
        for other, share in row.items():
            path = f"ideology.similarity.{family}.{other}"
            yield from _family(file, other, path)
            back = similarity.get(other, {}).get(family, share)
            if back != share and family < other:
                yield Problem(path, f"the same share both ways; {other} to {family} has {back}", TOML.shown(share))
    for number, family in enumerate(families):
        for other in families[:number]:
            if other != family and other not in similarity.get(family, {}) and family not in similarity.get(other, {}):
                yield Problem("ideology.similarity", f"a share for {other} and {family}", "nothing")


def _actors(file: ScenarioFile) -> Iterator[Problem]:
    if not ACTORS_MIN <= len(file.actors) <= ACTORS_MAX:
        yield Problem("actors", f"{ACTORS_MIN} to {ACTORS_MAX} actors", str(len(file.actors)))
    names: dict[str, str] = {}
    for code, actor in file.actors.items():
        path = f"actors.{code}"
        if not re.fullmatch(r"[A-Z][A-Z0-9]{1,4}", code):
            yield Problem(path, "a code of 2 to 5 capital letters and digits, such as EGY", TOML.shown(code))
        if actor.name in names:
            yield Problem(
                f"{path}.name", f"a name that differs from that of {names[actor.name]}", TOML.shown(actor.name)
            )
        names.setdefault(actor.name, code)
        yield from _lifetime(file, actor, path)
        yield from _waypoints(file, actor, path)
        yield from _regimes(file, actor, path)
        yield from _objectives(file, code, actor, path)


def _lifetime(file: ScenarioFile, actor: ActorTable, path: str) -> Iterator[Problem]:
    start, end = file.scenario.start, file.scenario.end
    enters = actor.enters or start
    if not start <= enters < end:
        yield Problem(f"{path}.enters", f"a date from {start} and before {end}", TOML.shown(enters))
    if actor.leaves is not None and not enters < actor.leaves <= end:
        yield Problem(f"{path}.leaves", f"a date after {enters} and up to {end}", TOML.shown(actor.leaves))
    for key in ("nuclear_from", "great_power_from"):
        day = getattr(actor, key)
        if day is not None and day > end:
            yield Problem(f"{path}.{key}", f"a date up to {end}", TOML.shown(day))
    if actor.great_power_until is not None and actor.great_power_from is None:
        yield Problem(f"{path}.great_power_until", "the key great_power_from beside it", "nothing")
    elif actor.great_power_until is not None and actor.great_power_until <= (actor.great_power_from or start):
        expected = f"a date after {actor.great_power_from}"
        yield Problem(f"{path}.great_power_until", expected, TOML.shown(actor.great_power_until))


def _waypoints(file: ScenarioFile, actor: ActorTable, path: str) -> Iterator[Problem]:
    days = [row[0] for row in actor.waypoints]
    yield from _series(file, actor, days, f"{path}.waypoints")
    for number, row in enumerate(actor.waypoints):
        if row[5] <= 0:
            yield Problem(f"{path}.waypoints[{number}][5]", "a total population above 0", TOML.shown(row[5]))
        if row[6] > row[5]:
            yield Problem(
                f"{path}.waypoints[{number}][6]", f"at most the total population, {row[5]:g}", TOML.shown(row[6])
            )


def _regimes(file: ScenarioFile, actor: ActorTable, path: str) -> Iterator[Problem]:
    yield from _series(file, actor, [row.start for row in actor.regimes], f"{path}.regimes", ".from")
    yield from _successors(file, actor.successors, f"{path}.successors")
    for number, row in enumerate(actor.regimes):
        yield from _family(file, row.family, f"{path}.regimes[{number}].family")
        yield from _successors(file, row.successors or {}, f"{path}.regimes[{number}].successors")


def _objectives(file: ScenarioFile, code: str, actor: ActorTable, path: str) -> Iterator[Problem]:
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for number, row in enumerate(actor.objectives):
        where = f"{path}.objectives[{number}]"
        yield from _repeated_names(row.states, f"{where}.states")
        for place, state in enumerate(row.states):
            yield from _unknown_state(file, state, f"{where}.states[{place}]")
            if state == code:
                yield Problem(
                    f"{where}.states[{place}]", "another state than the one that wants this", TOML.shown(state)
                )
        least = STATES_NEEDED.get(row.kind, 0)
        if len(row.states) < least:
            yield Problem(
                f"{where}.states", f"at least {least} for an objective of the kind {row.kind}", str(len(row.states))
            )
        elif row.states and row.count > len(row.states):
            yield Problem(f"{where}.count", f"at most {len(row.states)}, the number of its states", str(row.count))
        if (row.kind, row.states) in seen:
            yield Problem(where, "each objective once", "a second one of the same kind about the same states")
        seen.add((row.kind, row.states))


def _successors(file: ScenarioFile, successors: Mapping[str, float], path: str) -> Iterator[Problem]:
    for family in successors:
        yield from _family(file, family, f"{path}.{family}")
    if successors and sum(successors.values()) == 0:
        yield Problem(path, "at least one weight above 0", "none")


def _series(file: ScenarioFile, actor: ActorTable, days: list[date], path: str, key: str = "[0]") -> Iterator[Problem]:
    """Yield a problem unless a dated series starts with the actor, is in order, and ends by the end of the scenario."""
    first = actor.enters or file.scenario.start
    if not days:
        yield Problem(path, "at least one row", "none")
        return
    if days[0] > first:
        yield Problem(f"{path}[0]{key}", f"a date no later than {first}, when the state begins", TOML.shown(days[0]))
    for number, (before, after) in enumerate(pairwise(days), start=1):
        if after <= before:
            yield Problem(f"{path}[{number}]{key}", f"a date after the row before, {before}", TOML.shown(after))
    if days[-1] > file.scenario.end:
        yield Problem(f"{path}[{len(days) - 1}]{key}", f"a date up to {file.scenario.end}", TOML.shown(days[-1]))


def _borders(file: ScenarioFile) -> Iterator[Problem]:
    periods: dict[tuple[str, ...], list[DateRange]] = {}
    for number, row in enumerate(file.geography.borders):
        path = f"geography.borders[{number}]"
        yield from _pair(file, row.between, f"{path}.between[0]", f"{path}.between[1]")
        yield from _date_range(file, row.start, row.end, path)
        yield from _overlap(periods, tuple(sorted(row.between)), (row.start, row.end), path)


def _rivalries(file: ScenarioFile) -> Iterator[Problem]:
    periods: dict[tuple[str, ...], list[DateRange]] = {}
    for number, row in enumerate(file.history.rivalries):
        path = f"history.rivalries[{number}]"
        yield from _pair(file, row.between, f"{path}.between[0]", f"{path}.between[1]")
        yield from _date_range(file, row.start, row.end, path)
        yield from _overlap(periods, tuple(sorted(row.between)), (row.start, row.end), path)


def _claims(file: ScenarioFile) -> Iterator[Problem]:
    periods: dict[tuple[str, ...], list[DateRange]] = {}
    for number, row in enumerate(file.history.claims):
        path = f"history.claims[{number}]"
        yield from _pair(file, (row.challenger, row.target), f"{path}.challenger", f"{path}.target")
        yield from _date_range(file, row.start, row.end, path)
        yield from _overlap(periods, (row.challenger, row.target), (row.start, row.end), path)


def _disputes(file: ScenarioFile) -> Iterator[Problem]:
    seen: set[tuple[str, str, date]] = set()
    for number, row in enumerate(file.history.disputes):
        path = f"history.disputes[{number}]"
        yield from _pair(file, (row.initiator, row.target), f"{path}.initiator", f"{path}.target")
        if row.on >= file.scenario.start:
            yield Problem(f"{path}.on", f"a date before the start, {file.scenario.start}", TOML.shown(row.on))
        if (row.initiator, row.target, row.on) in seen:
            yield Problem(path, "one dispute per pair and day", "a second one")
        seen.add((row.initiator, row.target, row.on))


def _alignments(file: ScenarioFile) -> Iterator[Problem]:
    start = file.scenario.start
    seen: set[tuple[str, ...]] = set()
    for number, row in enumerate(file.opening.alignments):
        path = f"opening.alignments[{number}]"
        yield from _repeated_names(row.members, f"{path}.members")
        for place, code in enumerate(row.members):
            yield from _absent_at_start(file, code, f"{path}.members[{place}]")
        if row.start > start:
            yield Problem(f"{path}.start", f"a date up to the start, {start}", TOML.shown(row.start))
        if row.end is not None and row.end <= start:
            yield Problem(f"{path}.end", f"a date after the start, {start}", TOML.shown(row.end))
        if row.against is not None:
            yield from _unknown_state(file, row.against, f"{path}.against")
            if row.against in row.members:
                yield Problem(f"{path}.against", "a state that is not a member", TOML.shown(row.against))
        if row.lead is not None and row.lead not in row.members:
            yield Problem(f"{path}.lead", one_of(row.members, row.lead), TOML.shown(row.lead))
        if row.lead is None and row.commitment in ONE_SIDED:
            yield Problem(f"{path}.lead", f"the member that gives the {row.commitment}", "nothing")
        key = (row.commitment, row.lead or "", *sorted(row.members))
        if key in seen:
            yield Problem(path, "one alignment of a kind among the same members", "a second one")
        seen.add(key)


def _aid(file: ScenarioFile) -> Iterator[Problem]:
    seen: set[tuple[str, str, str]] = set()
    totals: dict[str, float] = {}
    for number, row in enumerate(file.opening.aid):
        path = f"opening.aid[{number}]"
        yield from _absent_at_start(file, row.donor, f"{path}.donor")
        yield from _absent_at_start(file, row.recipient, f"{path}.recipient")
        if row.donor == row.recipient:
            yield Problem(f"{path}.recipient", "another state than the donor", TOML.shown(row.recipient))
        if (row.donor, row.recipient, row.kind) in seen:
            yield Problem(path, "one flow of each kind of aid between two states", "a second one")
        seen.add((row.donor, row.recipient, row.kind))
        totals[row.recipient] = quantised(totals.get(row.recipient, 0.0) + row.amount)
        if totals[row.recipient] > 1:
            yield Problem(
                f"{path}.amount",
                f"amounts of all aid to {row.recipient} that sum to at most 1",
                TOML.shown(totals[row.recipient]),
            )


def _absent_at_start(file: ScenarioFile, code: str, path: str) -> Iterator[Problem]:
    yield from _unknown_state(file, code, path)
    enters = file.actors[code].enters if code in file.actors else None
    if enters is not None and enters > file.scenario.start:
        yield Problem(path, "a state that exists at the start", f"{code}, which enters on {enters}")


def _pair(file: ScenarioFile, pair: tuple[str, str], first: str, second: str) -> Iterator[Problem]:
    yield from _unknown_state(file, pair[0], first)
    yield from _unknown_state(file, pair[1], second)
    if pair[0] == pair[1]:
        yield Problem(second, "another state than the first", TOML.shown(pair[1]))


def _date_range(file: ScenarioFile, start: date | None, end: date | None, path: str) -> Iterator[Problem]:
    if start is not None and start > file.scenario.end:
        yield Problem(f"{path}.start", f"a date up to {file.scenario.end}", TOML.shown(start))
    if end is not None and end <= (start or file.scenario.start):
        yield Problem(f"{path}.end", f"a date after {start or file.scenario.start}", TOML.shown(end))
    elif end is not None and end < file.scenario.start:
        yield Problem(f"{path}.end", f"a date from {file.scenario.start} on", TOML.shown(end))


def _overlap(
    periods: dict[tuple[str, ...], list[DateRange]], key: tuple[str, ...], period: DateRange, path: str
) -> Iterator[Problem]:
    for start, end in periods.setdefault(key, []):
        if (period[0] or date.min) < (end or date.max) and (start or date.min) < (period[1] or date.max):
            yield Problem(
                path, f"one period at a time for {' and '.join(key)}", "a period that overlaps that of an earlier row"
            )
            break
    periods[key].append(period)


def _family(file: ScenarioFile, family: str, path: str) -> Iterator[Problem]:
    if family not in file.ideology.families:
        yield Problem(path, one_of(file.ideology.families, family), TOML.shown(family))


def _repeated_names(names: Iterable[str], path: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            yield Problem(f"{path}[{number}]", "each name once", TOML.shown(name))
        seen.add(name)
