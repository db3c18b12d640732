"""The bootstrap over sessions and choosers, and permutations."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from counterpoise.theory.statistics.fitting import RESAMPLES, SEED, Fit, codes, quiet

PERMUTATIONS = 10_000


def binomial_p(successes: int, trials: int, chance: float = 0.5) -> float:
    """Return the exact two-sided p of a binomial."""
    from scipy import stats

    return float(stats.binomtest(successes, trials, chance).pvalue)


def mean_interval(values: Any) -> tuple[float, float] | None:
    """Return Student's 95 % interval of a mean; ``None`` where the values do not vary, which tells nothing of how they might."""
    from scipy import stats

    known = np.asarray(values, dtype=float)
    if len(known) < 2 or not known.std() > 0.0:
        return None
    error = float(known.std(ddof=1) / np.sqrt(len(known)) * stats.t.ppf(0.975, len(known) - 1))
    return float(known.mean()) - error, float(known.mean()) + error


def ratio(numerators: Any, denominators: Any, clusters: Any, *, null: float = 0.0, sessions: Any = None) -> Fit | None:
    """Return sum / sum with percentile intervals from resampling sessions and then choosers; p is the bootstrap's own.

    A mean is the ratio to a row of ones; a skill is one less the ratio of two sums of scores.

    Args:
        numerators: one a decision.
        denominators: one a decision.
        clusters: whose decision each is: pairs of session and chooser, or numbers.
        null: value against which p is computed.
        sessions: the session of each decision where ``clusters`` are numbers.
    """
    top, bottom = np.asarray(numerators, dtype=float), np.asarray(denominators, dtype=float)
    if not len(top) or bottom.sum() == 0:
        return None
    values, estimate, number = resampled(
        np.column_stack([top, bottom]), clusters, lambda sums: sums[..., 0] / sums[..., 1], sessions=sessions
    )
    if number < 2 or len(values) < RESAMPLES // 2:
        return Fit(estimate, estimate, estimate, estimate, estimate, 1.0, len(top), number)
    return percentile_fit(values, estimate, null, len(top), number)


def percentile_fit(values: Any, estimate: float, null: float, n: int, clusters: int) -> Fit:
    """Return a fit from what an estimate came to in each resample."""
    low, low90, high90, high = (float(q) for q in np.quantile(values, (0.025, 0.05, 0.95, 0.975)))
    tail = min((values <= null).mean(), (values >= null).mean())
    p = min(1.0, 2.0 * (tail * len(values) + 1) / (len(values) + 1))
    return Fit(estimate, low, high, low90, high90, float(p), n, clusters)


def resampled(columns: Any, clusters: Any, statistic: Any, *, sessions: Any = None) -> tuple[Any, float, int]:
    """Return what a statistic of column sums comes to in each resample, on the data, and over how many clusters.

    Args:
        columns: one row a decision.
        clusters: whose decision each is.
        statistic: from sums (last axis: columns) to a number.
        sessions: the session of each decision where ``clusters`` are numbers.
    """
    groups, number = codes(clusters)
    if sessions is None:
        labels = list(dict.fromkeys(clusters)) if not isinstance(clusters, np.ndarray) else []
        whose = codes([label[0] for label in labels])[0] if labels else np.zeros(number, dtype=int)
    else:
        whose = np.zeros(number, dtype=int)
        whose[groups] = np.asarray(sessions)
        whose = codes(whose)[0]
    sums = np.column_stack([np.bincount(groups, weights=column, minlength=number) for column in columns.T])
    order = np.argsort(whose, kind="stable")
    sizes = tuple(int(size) for size in np.bincount(whose))
    with quiet():
        estimate = float(statistic(sums.sum(axis=0)))
        values = statistic(_draws(sizes) @ sums[order])
    return values[np.isfinite(values)], estimate, number


@lru_cache(maxsize=6)
def _draws(sizes: tuple[int, ...]) -> Any:
    """Return how often each chooser is drawn in each resample: sessions first, then choosers within each drawn session.

    Args:
        sizes: choosers of each session; they stand session by session.
    """
    dice = np.random.default_rng(SEED)
    count = len(sizes)
    times = dice.multinomial(count, [1.0 / count] * count, size=RESAMPLES)
    drawn = np.zeros((RESAMPLES, int(np.sum(sizes))), dtype=np.float32 if np.sum(sizes) > 500 else np.float64)
    start = 0
    for place, size in enumerate(sizes):
        drawn[:, start : start + size] = dice.multinomial(times[:, place] * size, [1.0 / size] * size)
        start += size
    return drawn


def paired_permutation_p(differences: Any) -> float:
    """Return the p of a mean difference when the two labels of each pair are swapped at random."""
    values = np.asarray(differences, dtype=float)
    dice = np.random.default_rng(SEED)
    observed = abs(values.mean()) * (1.0 - 1e-12)
    if len(values) > 5000:
        # The swaps' mean is normal to any precision that matters here.
        from scipy import stats

        spread = float(np.sqrt((values**2).sum())) / len(values)
        return float(2.0 * stats.norm.sf(observed / spread)) if spread > 0.0 else 1.0
    reached = 0
    for start in range(0, PERMUTATIONS, 500):
        flips = dice.integers(0, 2, size=(min(500, PERMUTATIONS - start), len(values))) * 2 - 1
        reached += int((np.abs(flips @ values / len(values)) >= observed).sum())
    return (1 + reached) / (PERMUTATIONS + 1)
