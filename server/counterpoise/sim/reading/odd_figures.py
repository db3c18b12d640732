"""Finds figures and codes of a scenario file that are valid but odd, such as latitude and longitude swapped. It still plays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from math import fsum
from statistics import median
from typing import NamedTuple

from counterpoise.sim.numbers.geography import great_circle_km
from counterpoise.sim.reading.scenario_conversion import convert_file
from counterpoise.sim.reading.scenario_schema import ActorTable, ScenarioFile
from counterpoise.sim.reading.toml_lines import LineIndex
from counterpoise.sim.reading.toml_text import read_toml
from counterpoise.validation_errors import Problem

LAND = 1
"""The kind of a border by land or river."""
FAR_FACTOR = 5.0
"""A capital so many times as far from every land neighbour's as is usual in the file is odd; bundled scenarios reach 3.3."""
SWAPPED_FACTOR = 0.7
"""Swapped coordinates that shorten the way to the neighbours to this share are likely the right ones; 0.85 in bundled ones."""
STEP_FACTOR = 100.0
"""Spending that differs so much from the state's next row is odd; bundled scenarios reach 8."""
LEVEL_FACTOR = 300.0
"""Spending a head so many times the median of the states is odd; bundled scenarios reach 106."""
_READ_OTHERWISE = (
    (re.compile("NA|NAN|NULL"), "pandas and R read this code as a missing value"),
    (re.compile("TRUE|FALSE"), "R and Excel read this code as a truth value"),
    (re.compile("INF"), "R and pandas read this code as an infinite number"),
    (re.compile("(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|SEPT|OCT|NOV|DEC)[0-9]{1,2}"), "Excel reads this code as a date"),
)
"""Codes, and what programs make of them in a column of a table."""
Place = tuple[float, float]
"""Latitude and longitude."""


class OddFigure(NamedTuple):
    """A figure that looks like a slip.

    Args:
        path: its place in the file.
        line: its line; 0 if unknown.
        words: what is odd, and what may be wrong.
    """

    path: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.path} (line {self.line}): {self.words}" if self.line else f"{self.path}: {self.words}"


def odd_figures(text: str) -> list[OddFigure]:
    """Return the odd figures of a scenario file, in the order of its states. A file with mistakes has none."""
    raw = read_toml(text)
    file = raw if isinstance(raw, Problem) else convert_file(raw, ScenarioFile)
    if not isinstance(file, ScenarioFile):
        return []
    found = [*_odd_codes(file), *_odd_places(file), *_odd_spending(file)]
    lines = LineIndex(text) if found else None
    return [OddFigure(path, lines.line_of(path) if lines else 0, words) for path, words in found]


def _odd_codes(file: ScenarioFile) -> Iterator[tuple[str, str]]:
    """Yield the codes of states that programs for tables read as something else: exports then lose or rename those states."""
    for code in file.actors:
        reading = next((reading for pattern, reading in _READ_OTHERWISE if pattern.fullmatch(code)), None)
        if reading is not None:
            yield f"actors.{code}", f"{reading}, so this state is lost from exported tables. Give it another code."


def _odd_places(file: ScenarioFile) -> Iterator[tuple[str, str]]:
    by_land: dict[str, list[str]] = {}
    neighbours: dict[str, list[str]] = {}
    for row in file.geography.borders:
        first, second = row.between
        for code, other in ((first, second), (second, first)):
            if code in file.actors and other in file.actors and code != other:
                neighbours.setdefault(code, []).append(other)
                if row.kind == LAND:
                    by_land.setdefault(code, []).append(other)
    places = {code: (actor.latitude, actor.longitude) for code, actor in file.actors.items()}
    swapped = _set_right(places, neighbours)
    nearest = {code: min(_kilometres(places, code, other) for other in others) for code, others in by_land.items()}
    usual = median(nearest.values()) if nearest else 0.0
    for code, actor in file.actors.items():
        path = f"actors.{code}.latitude"
        if code in swapped:
            place = f"{actor.longitude:g} north, {actor.latitude:g} east"
            words = f"{actor.capital} would lie nearer to the neighbours of {code} at {place}"
            yield path, f"{words}; latitude and longitude may be swapped"
        elif code in nearest and nearest[code] > FAR_FACTOR * usual:
            words = f"{actor.capital} is {nearest[code]:.0f} km from the nearest capital of a land neighbour"
            usually = f"where {usual:.0f} km are usual in this file"
            yield path, f"{words}, {usually}; look at its latitude and longitude, and at the borders"


def _set_right(places: dict[str, Place], neighbours: dict[str, list[str]]) -> set[str]:
    """Swap the coordinates that look swapped, and return the states they belong to.

    The swap that shortens the ways most comes first: beside a state with swapped coordinates its neighbours look swapped too, and
    no longer do once it is set right.
    """
    found: set[str] = set()
    while True:
        shortened = {code: _shortened(places, code, others) for code, others in neighbours.items() if code not in found}
        code = max(shortened, key=lambda state: shortened[state], default="")
        if not code or shortened[code] <= 0:
            return found
        found.add(code)
        latitude, longitude = places[code]
        places[code] = (longitude, latitude)


def _shortened(places: dict[str, Place], code: str, others: list[str]) -> float:
    """Return by how many kilometres swapped coordinates shorten the ways to the neighbours; 0 if they look right as they are."""
    latitude, longitude = places[code]
    if abs(longitude) > 90.0:
        return 0.0
    given = fsum(great_circle_km(latitude, longitude, *places[other]) for other in others)
    swapped = fsum(great_circle_km(longitude, latitude, *places[other]) for other in others)
    return given - swapped if swapped < SWAPPED_FACTOR * given else 0.0


def _kilometres(places: dict[str, Place], a: str, b: str) -> float:
    return great_circle_km(*places[a], *places[b])


def _odd_spending(file: ScenarioFile) -> Iterator[tuple[str, str]]:
    heads = {code: median(_spending_a_head(actor) or [0.0]) for code, actor in file.actors.items()}
    spent = [value for value in heads.values() if value > 0]
    usual = median(spent) if spent else 0.0
    for code, actor in file.actors.items():
        path = f"actors.{code}.waypoints"
        if usual and heads[code] > LEVEL_FACTOR * usual:
            times = f"{heads[code] / usual:.0f} times as much a head on its forces as the median state of this file"
            yield path, f"{code} spends {times}; its military expenditure may have three digits too many"
        else:
            yield from _odd_steps(actor, path)


def _odd_steps(actor: ActorTable, path: str) -> Iterator[tuple[str, str]]:
    """Yield the first row whose spending is far above that of the row beside it."""
    spending = [expenditure for _, expenditure, *_ in actor.waypoints]
    for number, (before, after) in enumerate(pairwise(spending)):
        low, high = min(before, after), max(before, after)
        if low > 0 and high > STEP_FACTOR * low:
            place, other = (number, "next row") if before > after else (number + 1, "row before")
            words = f"military expenditure of {high:g} is {high / low:.0f} times that of the {other}"
            yield f"{path}[{place}][1]", f"{words}; one of the two may have three digits too many or too few"
            return


def _spending_a_head(actor: ActorTable) -> list[float]:
    return [expenditure / people for _, expenditure, _, _, _, people, _ in actor.waypoints if people > 0]
