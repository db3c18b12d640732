"""Dyad-year worlds: the threat of each state to each other when a year begins, from data of the years before.

The world of year t uses capabilities, borders, rivalries and claims of t - 1, and disputes begun before t. The four
components and the index are those of play (``theory.threat``, theory 5.1); alliances are not among them.

- power: CINC in relation to the observer's, less what is lost over the distance. The distance counts a third for a great power
  seen from another region, which stands for an outside power.
- proximity: 1 for neighbours by land or within 24 miles of water, else exp(-km / L), with km between capitals, or else as
  the files have it, and L = 3000 km (theory 3.2).
- offense: the rank of militarisation (soldiers for each thousand people), a proxy. No series shows which share of a force
  can strike.
- intentions: disputes that the other state began, level / 5 each, halved every five years; rivalry; a claim on the observer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from msgspec.structs import astuple

from counterpoise.sim.numbers.geography import ADJACENT, OUTSIDE_REACH, great_circle_km
from counterpoise.theory.dyadyear.data_tables import DyadYearTables, Pair, Selection, region_of
from counterpoise.theory.parameters import BY_ROLE, DEFAULT, Parameters
from counterpoise.theory.quantising import DIGITS, quantised_array
from counterpoise.theory.threat import (
    Components,
    WeightColumns,
    index,
    intentions,
    power_root,
    relative_power,
    threat_floor,
)

SCALE_KM = 3000.0
HALF_LIFE = 5.0
STALE_YEARS = 5
"""The age up to which an earlier count of soldiers or people fills a missing one."""
UNKNOWN_RANK = 0.5


@dataclass(slots=True)
class WorldYear:
    """The world of one year. Matrices are indexed by the observer, then by the observed state."""

    year: int
    states: tuple[int, ...]
    cinc: Any
    power: Any
    """Power of the observed state in relation to the observer's."""
    offense: Any
    """By the observed state alone."""
    km: Any
    border: Any
    """Type of contiguity, 0 for none."""
    proximity: Any
    reach: Any
    """The share of the observed state's force that is left on the observer's ground."""
    hostility: Any
    intentions: Any
    threat: Any
    floor: float
    """theta: the threat from which a state counts as threatened."""
    rivalry: Any
    major: Any
    outside: Any
    """Whether the observer is a great power and the other state lies in another region."""
    relevant: Any
    """Politically relevant: neighbours within 400 miles of water, or one of the two a great power (Maoz & Russett 1993)."""
    tied: Any
    """Allied in the year before."""
    signed: Any
    """Allied this year and not in the year before."""
    began: Any
    """Whether the observed state began a dispute against the observer this year."""
    place: dict[int, int] = field(default_factory=dict)


class WorldBuilder:
    """Builds the world of each year of a selection."""

    def __init__(self, tables: DyadYearTables, selection: Selection, parameters: Parameters = DEFAULT) -> None:
        self.tables, self.selection, self.parameters = tables, selection, parameters
        self._members: dict[int, list[int]] = {}
        for state, year in tables.capability:
            self._members.setdefault(year, []).append(state)
        self._distance: dict[tuple[float, float, float, float], float] = {}
        self.filled = 0
        """How many values of militarisation are from an earlier year or from the middle of the ranking."""

    def years(self, progress: Callable[[int], None] | None = None) -> Iterator[WorldYear]:
        """Yield the world of each year in turn."""
        for year in range(self.selection.first, self.selection.last + 1):
            yield self.build(year)
            if progress is not None:
                progress(year - self.selection.first + 1)

    def build(self, year: int) -> WorldYear:
        """Return the world at the beginning of a year, with the disputes and alliances that the year then brought."""
        before = year - 1
        majors = {spell.pair[0]: True for spell in self.tables.majors if spell.first <= before <= spell.last}
        chosen = [s for s in self._members.get(before, []) if self.selection.focal(s)]
        if self.selection.region is not None and not self.selection.states:
            chosen += [s for s in self._members.get(before, []) if s in majors and s not in chosen]
        states = tuple(sorted(chosen))
        place = {state: rank for rank, state in enumerate(states)}
        size = len(states)
        cinc = np.array([self.tables.capability[s, before].cinc for s in states])
        major = np.array([s in majors for s in states], dtype=bool)
        home = np.array([region_of(s) for s in states])
        outside = major[:, None] & (home[:, None] != home[None, :])
        border, km = self._geography(states, place, before)
        near = _share_left(km, border, SCALE_KM)
        reach = np.where(outside.T, _share_left(km, border, SCALE_KM * OUTSIDE_REACH), near)
        hostility, began = self._disputes(place, year)
        rivalry, claim = self._spells(place, before)
        intent = self._intentions(hostility, rivalry, claim)
        power = _relative_power(cinc, reach)
        offense = self._offense(states, before)
        threat = self._threat(power, near, offense, intent, outside)
        floor = threat_floor(threat.max(axis=1).tolist(), self.parameters) if size else 0.0
        world = WorldYear(
            year, states, cinc, power, offense, km, border, near, reach, hostility, intent, threat, floor,
            rivalry, major, outside, (border > 0) | major[:, None] | major[None, :],
            *self._ties(place, year), began, place,
        )  # fmt: skip
        focal = np.array([self.selection.focal(s) for s in states], dtype=bool)
        world.relevant &= (focal[:, None] | focal[None, :]) & ~np.eye(size, dtype=bool)
        if self.selection.all_dyads:
            world.relevant = (focal[:, None] | focal[None, :]) & ~np.eye(size, dtype=bool)
        return world

    def _geography(self, states: tuple[int, ...], place: dict[int, int], before: int) -> tuple[Any, Any]:
        border = np.zeros((len(states), len(states)), dtype=int)
        for spell in self.tables.borders:
            a, b = spell.pair
            if a in place and b in place and spell.first <= before <= spell.last:
                known = border[place[a], place[b]]
                border[place[a], place[b]] = border[place[b], place[a]] = (
                    min(known, spell.kind) if known else spell.kind
                )
        where = {c.state: (c.latitude, c.longitude) for c in self.tables.capitals if c.first <= before <= c.last}
        km = np.zeros((len(states), len(states)))
        for a, one in enumerate(states):
            for b in range(a):
                km[a, b] = km[b, a] = self._km(where.get(one), where.get(states[b]), (states[b], one, before))
        return border, km

    def _km(
        self, one: tuple[float, float] | None, other: tuple[float, float] | None, pair_year: tuple[int, int, int]
    ) -> float:
        """Return the distance between two capitals, or else the distance in the files; a long one if both are unknown."""
        if one is None or other is None:
            every_year = self.tables.distances.get((*pair_year[:2], 0), 2.0 * SCALE_KM)
            return self.tables.distances.get(pair_year, every_year)
        key = (*one, *other)
        if key not in self._distance:
            self._distance[key] = great_circle_km(*key)
        return self._distance[key]

    def _disputes(self, place: dict[int, int], year: int) -> tuple[Any, Any]:
        hostility = np.zeros((len(place), len(place)))
        began = np.zeros((len(place), len(place)), dtype=bool)
        for dispute in self.tables.disputes:
            if dispute.year > year:
                break
            a, b = place.get(dispute.against), place.get(dispute.by)
            if a is None or b is None:
                continue
            if dispute.year == year:
                began[a, b] |= dispute.originators
            else:
                hostility[a, b] += dispute.level / 5.0 * 2.0 ** ((dispute.year - year) / HALF_LIFE)
        return np.round(hostility, DIGITS), began

    def _spells(self, place: dict[int, int], before: int) -> tuple[Any, Any]:
        rivalry = np.zeros((len(place), len(place)), dtype=bool)
        claim = np.zeros_like(rivalry)
        for table, matrix, mutual in ((self.tables.rivalries, rivalry, True), (self.tables.claims, claim, False)):
            for spell in table:
                a, b = (place.get(state) for state in spell.pair)
                if a is not None and b is not None and spell.first <= before <= spell.last:
                    matrix[b, a] = True
                    if mutual:
                        matrix[a, b] = True
        return rivalry, claim

    def _intentions(self, hostility: Any, rivalry: Any, claim: Any) -> Any:
        looks = np.zeros_like(hostility)
        for a, b in zip(*np.nonzero((hostility > 0) | rivalry | claim), strict=True):
            looks[a, b] = intentions(
                hostility=float(hostility[a, b]), rivalry=bool(rivalry[a, b]), claim=bool(claim[a, b]),
                statements=0.0, subversion=0.0, promises=0.0, cooperation=0.0, parameters=self.parameters,
            )  # fmt: skip
        return np.round(looks, DIGITS)

    def _offense(self, states: tuple[int, ...], before: int) -> Any:
        levels = [self._militarisation(state, before) for state in states]
        known = sorted(level for level in levels if level is not None)
        scale = max(1, len(known) - 1)
        ranks = [UNKNOWN_RANK if level is None else bisect_left(known, level) / scale for level in levels]
        return np.round(np.array(ranks), DIGITS)

    def _militarisation(self, state: int, before: int) -> float | None:
        for year in range(before, before - STALE_YEARS - 1, -1):
            found = self.tables.capability.get((state, year))
            if found is not None and found.soldiers is not None and found.people:
                self.filled += year != before
                return round(found.soldiers / found.people, 9)
        self.filled += 1
        return None

    def _threat(self, power: Any, near: Any, offense: Any, intent: Any, outside: Any) -> Any:
        regional, far = BY_ROLE["regional"], BY_ROLE["outside"]
        weights = WeightColumns(
            *(np.where(outside, one, other) for one, other in zip(astuple(far), astuple(regional), strict=True))
        )
        parts = Components(power, near, np.broadcast_to(offense, near.shape), intent)
        threat = quantised_array(index(weights, parts, self.parameters))
        np.fill_diagonal(threat, 0.0)
        return threat

    def _ties(self, place: dict[int, int], year: int) -> tuple[Any, Any]:
        tied, now = (np.zeros((len(place), len(place)), dtype=bool) for _ in range(2))
        for matrix, when in ((tied, year - 1), (now, year)):
            for a, b in self._pairs_tied.get(when, ()):
                if a in place and b in place:
                    matrix[place[a], place[b]] = matrix[place[b], place[a]] = True
        return tied, now & ~tied

    @property
    def _pairs_tied(self) -> dict[int, list[Pair]]:
        if not hasattr(self, "_tied_by_year"):
            found: dict[int, list[Pair]] = {}
            for a, b, year in self.tables.ties:
                found.setdefault(year, []).append((a, b))
            self._tied_by_year = found
        return self._tied_by_year


def _share_left(km: Any, border: Any, scale_km: float) -> Any:
    """Return exp(-km / L), 1 for neighbours and 0 for a state and itself, quantised."""
    left = np.where(np.isin(border, ADJACENT), 1.0, np.exp(-km / scale_km))
    np.fill_diagonal(left, 0.0)
    return np.round(left, DIGITS)


def _relative_power(cinc: Any, reach: Any) -> Any:
    """Return the power of each observed state in relation to each observer's, quantised (``threat.relative_power``)."""
    roots = power_root(quantised_array(cinc))
    return quantised_array(relative_power(roots[None, :] * np.sqrt(reach), roots[:, None]))


def shared_threat(threat: Any) -> Any:
    """Return S_ik = max over third states j of sqrt(T_ij T_kj) for all i and k."""
    root = np.sqrt(threat)
    shared = np.zeros_like(root)
    for i in range(len(root)):
        product = root[i][None, :] * root
        product[:, i] = 0.0
        np.fill_diagonal(product, 0.0)
        shared[i] = product.max(axis=1)
        shared[i, i] = 0.0
    return np.round(shared, DIGITS)
