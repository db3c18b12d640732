"""What noise would give in the sessions of a debrief, from the benchmarks of their scenarios.

A benchmark holds independent estimates, each from one pool of games. The range of a further estimate is Student's prediction
interval, for as many observations as the sessions have: an estimate from more of them varies less. A verdict that an effect is
there takes an interval that leaves out the mean of random players, and the larger p of two: the proposition's own, and that of
the estimate if random players had made it, corrected together for the family (Holm 1979). So random players reach it for no
proposition in more than 5 % of games, whatever is wrong with the null or the errors of its test.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import fsum
from typing import NamedTuple

from counterpoise.theory.check.noise_benchmark import Noise, NoiseBenchmark, Series
from counterpoise.theory.check.noise_document import NoiseBeside, NoiseRange
from counterpoise.theory.quantising import DIGITS, rounded
from counterpoise.theory.statistics import Prediction, mixed_prediction, predicted

ESTIMATES_MIN = 8
"""Fewest estimates of a benchmark for a range."""
Found = Callable[[Noise], tuple[float, Series] | None]
"""Returns the observations behind each estimate of something, and the estimates."""


class _Expected(NamedTuple):
    """What one kind of noise would give, and how many estimates of the benchmarks say so."""

    prediction: Prediction
    estimates: int


class ExpectedNoise:
    """What noise would give in some sessions.

    Args:
        counted: the benchmark of each scenario, with how many sessions play it.
    """

    def __init__(self, counted: Sequence[tuple[NoiseBenchmark, int]]) -> None:
        self.counted = counted

    def random(self, proposition: str, n: int) -> Prediction | None:
        """Return what random players would give for a proposition from ``n`` observations; ``None`` if it is not known."""
        expected = self._expected(_random, _of_proposition(proposition), n)
        return None if expected is None else expected.prediction

    def beside_estimate(self, proposition: str, n: int, estimate: float) -> NoiseBeside:
        """Return both kinds of noise beside an estimate from ``n`` observations."""
        return self._beside(_of_proposition(proposition), n, estimate)

    def beside_skill(self, hypothesis: str, n: int, skill: float) -> NoiseBeside:
        """Return both kinds of noise beside the skill of a hypothesis over ``n`` decisions."""

        def found(noise: Noise) -> tuple[float, Series] | None:
            skills = noise.hypotheses.get(hypothesis)
            return None if skills is None else (skills.n, skills.skill)

        return self._beside(found, n, skill)

    def beside_partner_skill(self, hypothesis: str, n: int, skill: float) -> NoiseBeside:
        """Return both kinds of noise beside the skill of a hypothesis in naming ``n`` partners."""

        def found(noise: Noise) -> tuple[float, Series] | None:
            skills = noise.hypotheses.get(hypothesis)
            return None if skills is None else (skills.partners, skills.partner_skill)

        return self._beside(found, n, skill)

    def _beside(self, found: Found, n: int, value: float) -> NoiseBeside:
        random, shuffled = (self._expected(noise, found, n) for noise in (_random, _shuffled))
        return NoiseBeside(
            random=_range(random),
            p=None if random is None else rounded(random.prediction.p(value)),
            shuffled=_range(shuffled),
        )

    def _expected(self, noise: Callable[[NoiseBenchmark], Noise], found: Found, n: int) -> _Expected | None:
        """Return what one kind of noise would give, the scenarios weighted by the observations that they should have."""
        rows = []
        for benchmark, sessions in self.counted:
            size, series = found(noise(benchmark)) or (0.0, [])
            values = [value for value in series if value is not None]
            if size > 0.0 and len(values) >= ESTIMATES_MIN:
                rows.append((size * sessions / benchmark.pool, size, values))
        whole = fsum(observations for observations, _, _ in rows)
        parts = []
        for observations, size, values in rows:
            weight = observations / whole
            prediction = predicted(values, weight * n / size) if n else None
            if prediction is not None:
                parts.append((weight, prediction))
        prediction = mixed_prediction(parts)
        return None if prediction is None else _Expected(prediction, sum(1 for _, _, values in rows for _ in values))


def _random(benchmark: NoiseBenchmark) -> Noise:
    return benchmark.random


def _shuffled(benchmark: NoiseBenchmark) -> Noise:
    return benchmark.shuffled


def _of_proposition(name: str) -> Found:
    def found(noise: Noise) -> tuple[float, Series] | None:
        estimates = noise.propositions.get(name)
        return None if estimates is None else (estimates.n, estimates.values)

    return found


def _range(expected: _Expected | None) -> NoiseRange | None:
    if expected is None:
        return None
    low, high = expected.prediction.interval()
    return NoiseRange(
        round(expected.prediction.mean, DIGITS), (round(low, DIGITS), round(high, DIGITS)), expected.estimates
    )
