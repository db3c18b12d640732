"""Checks the rows of expectations of a scenario file: ranges, names of states and families, dates, and injects they speak of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from counterpoise.sim.expectation import (
    SHARES,
    CampsExpectation,
    CoupsExpectation,
    CrisesExpectation,
    Dated,
    Expectation,
    FoughtExpectation,
    InitiatorExpectation,
    InjectExpectation,
    RegimeExpectation,
    TieExpectation,
    UnalignedExpectation,
    WarsExpectation,
    inject_words,
    kind_of,
)
from counterpoise.sim.reading.scenario_consistency import state_names
from counterpoise.sim.reading.scenario_schema import ScenarioFile
from counterpoise.validation_errors import TOML, Problem, one_of, one_of_states


def expectation_problems(file: ScenarioFile) -> Iterator[Problem]:
    """Yield every problem of the rows of a file that matches the schema."""
    for number, row in enumerate(file.expect):
        path = f"expect[{number}]"
        yield from _range_problems(row, path)
        for key, code in _states(row):
            if code not in file.actors:
                yield Problem(f"{path}.{key}", one_of_states(state_names(file), code), TOML.shown(code))
        if isinstance(row, CoupsExpectation | RegimeExpectation):
            for place, family in enumerate(row.families):
                if family not in file.ideology.families:
                    where = f"{path}.families[{place}]"
                    yield Problem(where, one_of(file.ideology.families, family), TOML.shown(family))
        yield from _period_problems(file, row, path)
        yield from _form_problems(row, path)
        yield from _impossible_problems(file, row, path)
        if isinstance(row, InjectExpectation):
            yield from _inject_problems(file, row, path)


def _range_problems(row: Expectation, path: str) -> Iterator[Problem]:
    if row.at_least is None and row.at_most is None:
        yield Problem(path, "at_least, at_most or both", "neither")
    if row.at_least is not None and row.at_most is not None and row.at_most < row.at_least:
        yield Problem(f"{path}.at_most", f"a number of at least {row.at_least:g}", TOML.shown(row.at_most))
    if kind_of(row) in SHARES:
        for key, limit in (("at_least", row.at_least), ("at_most", row.at_most)):
            if limit is not None and limit > 1:
                yield Problem(f"{path}.{key}", "a share of games, from 0 to 1", TOML.shown(limit))


def _states(row: Expectation) -> Iterator[tuple[str, str]]:
    """Yield the place and the code of each state that a row names."""
    if isinstance(row, CampsExpectation):
        for number, camp in enumerate(row.camps or ()):
            yield from ((f"camps[{number}][{place}]", code) for place, code in enumerate(camp))
        return
    if isinstance(row, InitiatorExpectation):
        yield from (("by", row.by), ("against", row.against))
    if isinstance(row, UnalignedExpectation | RegimeExpectation):
        yield "of", row.of
    if isinstance(row, TieExpectation):
        for number, pair in enumerate(row.or_between):
            yield from ((f"or_between[{number}][{place}]", code) for place, code in enumerate(pair))
    for key in ("between", "partners", "among"):
        codes = getattr(row, key, ())
        if not isinstance(codes, str):
            yield from ((f"{key}[{place}]", code) for place, code in enumerate(codes))


def _form_problems(row: Expectation, path: str) -> Iterator[Problem]:
    """Yield a problem where a row names one state twice."""
    pairs: dict[str, tuple[str, str]] = {}
    if isinstance(row, TieExpectation | FoughtExpectation):
        pairs["between[1]"] = row.between
    if isinstance(row, TieExpectation):
        pairs |= {f"or_between[{number}][1]": pair for number, pair in enumerate(row.or_between)}
    if isinstance(row, InitiatorExpectation):
        pairs["against"] = (row.by, row.against)
    for key, (first, second) in pairs.items():
        if first == second:
            yield Problem(f"{path}.{key}", "another state than the first", TOML.shown(second))
    if isinstance(row, UnalignedExpectation) and row.of in row.partners:
        yield Problem(f"{path}.partners", "other states than the row is about", TOML.shown(row.of))
    if isinstance(row, CampsExpectation) and row.camps is not None:
        for place, code in enumerate(row.camps[1]):
            if code in row.camps[0]:
                yield Problem(f"{path}.camps[1][{place}]", "a state of one camp only", TOML.shown(code))


def _impossible_problems(file: ScenarioFile, row: Expectation, path: str) -> Iterator[Problem]:
    """Yield a problem where no game can show what a row counts, so that its range decides the verdict before a game is played."""
    among = row.among if isinstance(row, WarsExpectation | CrisesExpectation) else ()
    if not isinstance(among, str) and len(set(among)) == 1:
        yield Problem(f"{path}.among", "two states or more, because each side needs one of them", f"{among[0]} alone")
    if isinstance(row, CampsExpectation):
        powers = 0 if row.camps else row.great_powers
        sizes = [max(row.states, powers, len(set(camp))) for camp in row.camps or ((), ())]
        if sum(sizes) > len(file.actors):
            key = "great_powers" if powers > row.states else "states"
            expected = f"two camps that the {len(file.actors)} states of the file can fill"
            yield Problem(f"{path}.{key}", expected, f"camps of at least {sizes[0]} and {sizes[1]} states")


def _period_problems(file: ScenarioFile, row: Expectation, path: str) -> Iterator[Problem]:
    start, end = file.scenario.start, file.scenario.end
    days: list[tuple[str, date | None]] = []
    if isinstance(row, CampsExpectation):
        days = [("on", row.on)]
    elif isinstance(row, Dated):
        days = [("since", row.since), ("until", row.until)]
    for key, day in days:
        if day is not None and not start <= day <= end:
            yield Problem(f"{path}.{key}", f"a date from {start} to {end}", TOML.shown(day))
    if isinstance(row, Dated) and row.since is not None and row.until is not None and row.until < row.since:
        yield Problem(f"{path}.until", f"a date from {row.since} on", TOML.shown(row.until))


def _inject_problems(file: ScenarioFile, row: InjectExpectation, path: str) -> Iterator[Problem]:
    words = [inject_words(inject, str(inject.get("optional", ""))) for inject in file.injects]
    found = sum(text.startswith(row.begins) for text in words)
    if found != 1:
        got = "the beginning of none" if found == 0 else f"the beginning of {found}"
        yield Problem(f"{path}.begins", "the beginning of the text, the demand or the kind of one inject", got)
