"""What the entrants do beside winning, beside what random players do in the same scenarios.

Each measure is a ratio of sums over all games of an entrant; ``theory/evidence/behaviour.py`` has the list. The noise is that
ratio in the games of random players that the scenario's noise benchmark holds, weighted by how much of the entrant's denominator
comes from each scenario. In these games all states are random players, and they are played to their end. Intervals come from
drawing the worlds anew, as in ``strength.py``.

The best forecast is that with the most skill, and not that with the most skill beyond noise: a skill has no lower end, so that a
hypothesis that is absurdly wrong about random players would lead by being less wrong about anybody else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from counterpoise.theory.evidence.behaviour import MEASURES, SKILL, Measures
from counterpoise.tournament.result_document import (
    BestForecast,
    EntrantBehaviour,
    Estimate,
    GameResult,
    MeasureEstimate,
)
from counterpoise.tournament.strength import DIGITS, DRAWS, TAIL, world_of

WORLDS_MIN = 5
"""Fewest worlds with a denominator for an interval."""
TINY = 1e-9
"""Drawings that lie closer together tell nothing about how sure the ratio is: the player did it always, or never."""


@dataclass(frozen=True, slots=True)
class _Ratio:
    """A ratio, and the same ratio in each drawing of the worlds in which it has a denominator."""

    value: float
    drawn: Any
    worlds: int
    """Worlds with a denominator."""

    def estimate(self) -> Estimate:
        known = self.drawn[np.isfinite(self.drawn)]
        if self.worlds < WORLDS_MIN or np.ptp(known) < TINY:
            return Estimate(_rounded(self.value), None, None)
        low, high = np.percentile(known, [TAIL, 100 - TAIL])
        return Estimate(_rounded(self.value), _rounded(low), _rounded(high))


def behaviours(
    names: Sequence[str], results: Sequence[GameResult], noise: Mapping[str, Measures]
) -> tuple[EntrantBehaviour, ...]:
    """Return what each entrant does.

    Args:
        names: the entrants.
        results: the games, in an order that does not depend on their numbers.
        noise: by scenario, the measures of random players; scenarios without a benchmark are absent.
    """
    worlds = sorted(dict.fromkeys(world_of(result) for result in results))
    seed = hashlib.sha256("".join(result.key for result in results).encode()).digest()
    stream = np.random.Generator(np.random.PCG64(int.from_bytes(seed[8:16], "big")))
    size = len(worlds)
    times = (
        stream.multinomial(size, np.full(size, 1 / size), size=DRAWS).astype(float) if size > 1 else np.zeros((0, size))
    )
    places = {world: place for place, world in enumerate(worlds)}
    sums = {name: np.zeros((len(MEASURES), 2, size)) for name in names}
    for result in results:
        for row in result.entrants:
            for number, measure in enumerate(MEASURES):
                if measure in row.behaviour:
                    sums[row.entrant][number, :, places[world_of(result)]] += row.behaviour[measure]
    return tuple(_entrant(name, sums[name], [scenario for scenario, _ in worlds], times, noise) for name in names)


def _entrant(
    name: str, sums: Any, scenarios: Sequence[str], times: Any, noise: Mapping[str, Measures]
) -> EntrantBehaviour:
    rows, skills = [], {}
    for measure, (numerators, denominators) in zip(MEASURES, sums, strict=True):
        if not denominators.any():
            continue
        expected = _expected(measure, scenarios, denominators, noise)
        own = _ratio(numerators, denominators, times)
        above = None if expected is None else _ratio(numerators - expected, denominators, times)
        if measure.startswith(SKILL):
            skills[measure.removeprefix(SKILL)] = own
        rows.append(
            MeasureEstimate(
                measure=measure,
                n=_rounded(denominators.sum()),
                value=own.estimate(),
                noise=None if expected is None else _rounded(expected.sum() / denominators.sum()),
                above=None if above is None else above.estimate(),
            )
        )
    return EntrantBehaviour(entrant=name, measures=tuple(rows), best_forecast=_best(skills))


def _expected(measure: str, scenarios: Sequence[str], denominators: Any, noise: Mapping[str, Measures]) -> Any | None:
    """Return what random players' ratio makes of the denominator of each world; ``None`` if it is not known for one of them."""
    expected = np.zeros(len(scenarios))
    for place, scenario in enumerate(scenarios):
        if denominators[place]:
            found = noise.get(scenario, {}).get(measure)
            if found is None:
                return None
            expected[place] = denominators[place] * found[0] / found[1]
    return expected


def _ratio(numerators: Any, denominators: Any, times: Any) -> _Ratio:
    drawn = times @ denominators
    shares = np.divide(times @ numerators, drawn, out=np.full(len(drawn), np.nan), where=drawn > 0)
    return _Ratio(float(numerators.sum() / denominators.sum()), shares, int((denominators > 0).sum()))


def _best(skills: Mapping[str, _Ratio]) -> BestForecast | None:
    if not skills:
        return None
    best = max(skills, key=lambda name: (round(skills[name].value, DIGITS), name))
    drawn = np.nan_to_num(np.array([ratio.drawn for ratio in skills.values()]), nan=-np.inf)
    wins = np.argmax(drawn, axis=0) == list(skills).index(best)
    return BestForecast(
        hypothesis=best, skill=skills[best].estimate(), share=_rounded(wins.mean()) if drawn.size else None
    )


def _rounded(value: Any) -> float:
    return round(float(value), DIGITS) + 0.0
