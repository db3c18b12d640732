"""How far a further mean may lie from those that were seen, by chance alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from counterpoise.theory.statistics.distributions import student_cdf, student_quantile


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a further estimate is expected to be: its mean, its standard error, and the degrees of freedom of the error."""

    mean: float
    error: float
    degrees: int

    def interval(self, share: float = 0.95) -> tuple[float, float]:
        """Return the interval that holds this share of further estimates."""
        reach = student_quantile(self.degrees, (1.0 + share) / 2.0) * self.error
        return self.mean - reach, self.mean + reach

    def p(self, value: float) -> float:
        """Return the two-sided p of an estimate."""
        if not self.error > 0.0:
            return float(value == self.mean)
        return 2.0 * student_cdf(self.degrees, -abs(value - self.mean) / self.error)


def predicted(estimates: Sequence[float], size: float) -> Prediction | None:
    """Return what a further estimate is expected to be, if it rests on ``size`` times as much as each of those seen.

    Student's prediction interval (Hahn & Meeker 1991, ch. 4): the further estimate has its own error, which falls with the root
    of its size, and the mean of those seen has one too.

    Args:
        estimates: independent of each other.
        size: above 0.

    Returns:
        ``None`` for fewer than two estimates.
    """
    count = len(estimates)
    if count < 2:
        return None
    mean = fsum(estimates) / count
    variance = fsum((one - mean) ** 2 for one in estimates) / (count - 1)
    return Prediction(mean, sqrt(variance * (1.0 / size + 1.0 / count)), count - 1)


def mixed_prediction(parts: Sequence[tuple[float, Prediction]]) -> Prediction | None:
    """Return the prediction of a weighted mean of independent estimates; the weights sum to 1. ``None`` without any."""
    if not parts:
        return None
    return Prediction(
        fsum(weight * part.mean for weight, part in parts),
        sqrt(fsum((weight * part.error) ** 2 for weight, part in parts)),
        min(part.degrees for _, part in parts),
    )
