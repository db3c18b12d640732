"""The one door to numpy, scipy and statsmodels. Imported where it is used, by the debrief only: no forecast passes here.

Uncertainty is clustered on the chooser within the session, since one player's decisions resemble each other. Every
function is deterministic: its generator is seeded with a constant. Where data cannot carry an estimate (separation, a
column that does not vary, too few clusters) the answer is ``None``, never a warning.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

SEED = 19870101
RESAMPLES = 2000
PERMUTATIONS = 10_000
FEW_CLUSTERS = 40
LARGEST_COEFFICIENT = 12.0
"""Log-odds per standard deviation beyond which data are separated, whatever the optimiser says."""

Cluster = tuple[str, str]
"""Session and chooser."""


@dataclass(frozen=True, slots=True)
class Fit:
    """An estimate with its 95 % and 90 % intervals, two-sided p against the null, and what it rests on."""

    estimate: float
    low: float
    high: float
    low90: float
    high90: float
    p: float
    n: int
    clusters: int
    """Choosers that tell something about it."""


@dataclass(frozen=True, slots=True)
class ChoiceSet:
    """One choice among alternatives: the covariates of each, and the position of the one chosen."""

    rows: tuple[tuple[float, ...], ...]
    chosen: int
    cluster: Cluster


@contextmanager
def _quiet() -> Iterator[None]:
    import numpy as np

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def _codes(labels: Sequence[Any]) -> tuple[Any, int]:
    """Return labels as numbers from 0 in order of first appearance, and how many there are."""
    import numpy as np

    known: dict[Any, int] = {}
    codes = [known.setdefault(label, len(known)) for label in labels]
    return np.asarray(codes, dtype=int), len(known)


def _with_error(estimate: float, error: float, scores: Any, n: int, moved: int) -> Fit:
    """Return a fit from a clustered error; ``scores`` are the clusters' scores under the null, ``moved`` counts those in
    which the covariate varies at all, the others being no evidence.

    With few clusters p is that of the wild score bootstrap (Kline & Santos 2012), and the intervals are widened until
    they agree with it: with few clusters the sandwich is too sure of itself (Cameron, Gelbach & Miller 2008).
    """
    import numpy as np
    from scipy import stats

    degrees = max(1, moved - 1)
    p = float(2.0 * stats.t.sf(abs(estimate / error), degrees))
    if moved < FEW_CLUSTERS:
        flips = np.random.default_rng(SEED).integers(0, 2, size=(RESAMPLES - 1, len(scores))) * 2 - 1
        reached = np.abs(flips @ scores) >= abs(scores.sum()) * (1.0 - 1e-12)
        p = float((1 + reached.sum()) / RESAMPLES)
        if p < 1.0:
            error = max(error, abs(estimate) / float(stats.t.isf(p / 2.0, degrees)))
    wide, narrow = (float(stats.t.ppf(q, degrees)) * error for q in (0.975, 0.95))
    return Fit(estimate, estimate - wide, estimate + wide, estimate - narrow, estimate + narrow, p, n, moved)


def logit(
    outcomes: Sequence[bool],
    columns: Sequence[Sequence[float]],
    clusters: Sequence[Cluster],
    *,
    effects: Sequence[Any] | None = None,
) -> Fit | None:
    """Return the slope of a logit on the first column, in log-odds per standard deviation of it.

    Args:
        outcomes: what is explained.
        columns: the covariate of interest, then the controls; each as long as ``outcomes``.
        clusters: whose decision each is.
        effects: labels whose levels get an intercept each; levels in which the outcome never varies say nothing and
            are left out.
    """
    import numpy as np

    y = np.asarray(outcomes, dtype=float)
    keep = np.ones(len(y), dtype=bool)
    if effects is not None:
        level, count = _codes(effects)
        for code in range(count):
            mine = level == code
            keep[mine] = 0.0 < y[mine].mean() < 1.0
    y = y[keep]
    groups, number = _codes([cluster for cluster, kept in zip(clusters, keep, strict=True) if kept])
    if number < 2 or len(y) < len(columns) + 5 or y.min() == y.max():
        return None
    values = [np.asarray(column, dtype=float)[keep] for column in columns]
    if values[0].std() < 1e-9:
        return None
    design = [column / column.std() for column in values if column.std() > 1e-9]
    if effects is None:
        design.append(np.ones(len(y)))
    else:
        level, count = _codes([label for label, kept in zip(effects, keep, strict=True) if kept])
        design.extend((level == code).astype(float) for code in range(count))
    return _logit_fit(y, np.column_stack(design), groups, number)


def _logit_fit(y: Any, x: Any, groups: Any, number: int) -> Fit | None:
    import numpy as np
    from statsmodels.discrete.discrete_model import Logit
    from statsmodels.tools.sm_exceptions import PerfectSeparationError

    if np.linalg.matrix_rank(x) < x.shape[1]:
        return None
    with _quiet():
        try:
            fitted = Logit(y, x, hasconst=True, check_rank=False).fit(
                disp=0, maxiter=60, cov_type="cluster", cov_kwds={"groups": groups}, warn_convergence=False
            )
            restricted = Logit(y, x[:, 1:], hasconst=True, check_rank=False).fit(
                disp=0, maxiter=60, warn_convergence=False
            )
        except (np.linalg.LinAlgError, PerfectSeparationError, ValueError):
            return None
        estimate, error = float(fitted.params[0]), float(fitted.bse[0])
        if not _sound(fitted.mle_retvals["converged"], estimate, error):
            return None
        chance = restricted.predict(x[:, 1:])
        weight = chance * (1.0 - chance)
        controls = x[:, 1:]
        inside = np.linalg.pinv(controls.T @ (controls * weight[:, None]))
        left = x[:, 0] - controls @ (inside @ (controls.T @ (weight * x[:, 0])))
        scores = np.bincount(groups, weights=left * (y - chance), minlength=number)
    moved = int((np.bincount(groups, weights=np.abs(left), minlength=number) > 1e-9 * len(y)).sum())
    return _with_error(estimate, error, scores, len(y), moved)


def _sound(converged: bool, estimate: float, error: float) -> bool:
    import math

    finite = math.isfinite(estimate) and math.isfinite(error)
    return bool(converged) and finite and 0.0 < error < LARGEST_COEFFICIENT and abs(estimate) < LARGEST_COEFFICIENT


def conditional_logit(choices: Sequence[ChoiceSet]) -> Fit | None:
    """Return the coefficient of a conditional logit on the first covariate, in log-odds per standard deviation of it.

    McFadden (1974) with one choice from each set and a sandwich over clusters. Fitted by Newton's method on the whole
    data at once: the general routine of statsmodels, which allows several cases in a stratum, takes minutes where this
    takes milliseconds, and the tests hold the two against each other.
    """
    import numpy as np

    used = [choice for choice in choices if len(choice.rows) > 1]
    if len(used) < 5:
        return None
    x = np.asarray([row for choice in used for row in choice.rows], dtype=float)
    sizes = np.asarray([len(choice.rows) for choice in used])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    strata = np.repeat(np.arange(len(used)), sizes)
    picked = starts + np.asarray([choice.chosen for choice in used])
    groups, number = _codes([choice.cluster for choice in used])
    within = x - (np.add.reduceat(x, starts, axis=0) / sizes[:, None])[strata]
    spread = within.std(axis=0)
    if spread[0] < 1e-9 or number < 2:
        return None
    varying = spread > 1e-9
    x = (x / np.where(varying, x.std(axis=0), 1.0))[:, varying]
    if np.linalg.matrix_rank(within[:, varying]) < x.shape[1]:
        return None
    model = _Conditional(x, starts, strata, picked)
    with _quiet():
        coefficients, converged = model.solve()
        bread = np.linalg.pinv(model.information(coefficients))
        by_cluster = _by_group(model.scores(coefficients), groups, number)
        sandwich = bread @ (by_cluster.T @ by_cluster) @ bread * number / (number - 1)
        estimate, error = float(coefficients[0]), float(np.sqrt(max(0.0, sandwich[0, 0])))
        if not _sound(converged, estimate, error):
            return None
        null, _ = _Conditional(x[:, 1:], starts, strata, picked).solve() if x.shape[1] > 1 else (np.zeros(0), True)
        null = np.concatenate(([0.0], null))
        information, scores = model.information(null), _by_group(model.scores(null), groups, number)
        lean = scores[:, 0]
        if x.shape[1] > 1:
            lean = lean - scores[:, 1:] @ (np.linalg.pinv(information[1:, 1:]) @ information[1:, 0])
    moved = int((np.bincount(groups[strata], weights=np.abs(within[:, 0]), minlength=number) > 1e-9).sum())
    return _with_error(estimate, error, lean, len(used), moved)


def _by_group(scores: Any, groups: Any, number: int) -> Any:
    import numpy as np

    total = np.zeros((number, scores.shape[1]))
    np.add.at(total, groups, scores)
    return total


class _Conditional:
    """The likelihood of a conditional logit: covariates, where each stratum starts, and the rows chosen."""

    def __init__(self, x: Any, starts: Any, strata: Any, picked: Any) -> None:
        self.x, self.starts, self.strata, self.picked = x, starts, strata, picked

    def shares(self, coefficients: Any) -> Any:
        """Return the probability of each row in its stratum."""
        import numpy as np

        utility = self.x @ coefficients
        utility = utility - np.maximum.reduceat(utility, self.starts)[self.strata]
        weight = np.exp(utility)
        return weight / np.add.reduceat(weight, self.starts)[self.strata]

    def expected(self, share: Any) -> Any:
        """Return the mean covariates of each stratum."""
        import numpy as np

        return np.add.reduceat(self.x * share[:, None], self.starts, axis=0)

    def scores(self, coefficients: Any) -> Any:
        """Return the score of each stratum."""
        return self.x[self.picked] - self.expected(self.shares(coefficients))

    def information(self, coefficients: Any) -> Any:
        """Return minus the Hessian."""
        share = self.shares(coefficients)
        centred = self.x - self.expected(share)[self.strata]
        return centred.T @ (centred * share[:, None])

    def solve(self, rounds: int = 60) -> tuple[Any, bool]:
        """Return the coefficients that maximise the likelihood, and whether they were found."""
        import numpy as np

        coefficients = np.zeros(self.x.shape[1])
        for _ in range(rounds):
            step = np.linalg.pinv(self.information(coefficients)) @ self.scores(coefficients).sum(axis=0)
            coefficients = coefficients + np.clip(step, -2.0, 2.0)
            if np.abs(step).max() < 1e-8:
                return coefficients, True
        return coefficients, False


def binomial_p(successes: int, trials: int, chance: float = 0.5) -> float:
    """Return the exact two-sided p of a binomial."""
    from scipy import stats

    return float(stats.binomtest(successes, trials, chance).pvalue)


def ratio(
    numerators: Sequence[float], denominators: Sequence[float], clusters: Sequence[Cluster], *, null: float = 0.0
) -> Fit | None:
    """Return sum / sum with percentile intervals from resampling sessions and then choosers; p is the bootstrap's own.

    A mean is the ratio to a row of ones; a skill is one less the ratio of two sums of scores.
    """
    import numpy as np

    if not numerators or sum(denominators) == 0:
        return None
    groups, number = _codes(list(clusters))
    top = np.bincount(groups, weights=np.asarray(numerators, dtype=float), minlength=number)
    bottom = np.bincount(groups, weights=np.asarray(denominators, dtype=float), minlength=number)
    estimate = float(top.sum() / bottom.sum())
    drawn = _resample(list(dict.fromkeys(clusters)))
    with _quiet():
        values = (drawn @ top) / (drawn @ bottom)
    values = values[np.isfinite(values)]
    if number < 2 or len(values) < RESAMPLES // 2:
        return Fit(estimate, estimate, estimate, estimate, estimate, 1.0, len(numerators), number)
    low, low90, high90, high = (float(q) for q in np.quantile(values, (0.025, 0.05, 0.95, 0.975)))
    tail = min((values <= null).mean(), (values >= null).mean())
    p = min(1.0, 2.0 * (tail * len(values) + 1) / (len(values) + 1))
    return Fit(estimate, low, high, low90, high90, float(p), len(numerators), number)


def _resample(clusters: Sequence[Cluster]) -> Any:
    """Return how often each cluster is drawn in each resample: sessions first, then choosers within each drawn session."""
    import numpy as np

    dice = np.random.default_rng(SEED)
    session, count = _codes([cluster[0] for cluster in clusters])
    times = dice.multinomial(count, [1.0 / count] * count, size=RESAMPLES)
    drawn = np.zeros((RESAMPLES, len(clusters)))
    for code in range(count):
        members = np.flatnonzero(session == code)
        share = [1.0 / len(members)] * len(members)
        drawn[:, members] = dice.multinomial(times[:, code] * len(members), share)
    return drawn


def paired_permutation_p(differences: Sequence[float]) -> float:
    """Return the p of a mean difference when the two labels of each pair are swapped at random."""
    import numpy as np

    values = np.asarray(differences, dtype=float)
    dice = np.random.default_rng(SEED)
    observed = abs(values.mean()) * (1.0 - 1e-12)
    reached = 0
    for start in range(0, PERMUTATIONS, 500):
        flips = dice.integers(0, 2, size=(min(500, PERMUTATIONS - start), len(values))) * 2 - 1
        reached += int((np.abs(flips @ values / len(values)) >= observed).sum())
    return (1 + reached) / (PERMUTATIONS + 1)


def spread(values: Sequence[float]) -> float:
    """Return the standard deviation."""
    import numpy as np

    return float(np.std(np.asarray(values, dtype=float))) if len(values) else 0.0


Pairs = Sequence[tuple[int, int]]


def _shuffles(size: int) -> Any:
    """Return permutations of the labels, one a row."""
    import numpy as np

    dice = np.random.default_rng(SEED)
    return dice.permuted(np.tile(np.arange(size), (RESAMPLES, 1)), axis=1)


def checkerboard(signs: Sequence[Sequence[int]], near: Pairs, second: Pairs) -> tuple[float, float, float] | None:
    """Return half the mean sign over second neighbours less that over neighbours, its one-sided p and its z."""
    import numpy as np

    if not near or not second:
        return None
    matrix = np.asarray(signs, dtype=float)
    shuffles = _shuffles(len(matrix))

    def contrast(order: Any) -> Any:
        means = []
        for pairs in (second, near):
            i, j = np.asarray(pairs).T
            means.append(matrix[order[..., i], order[..., j]].mean(axis=-1))
        return (means[0] - means[1]) / 2.0

    observed = float(contrast(np.arange(len(matrix))))
    drawn = contrast(shuffles)
    p = (1 + int((drawn >= observed - 1e-12).sum())) / (RESAMPLES + 1)
    deviation = float(drawn.std())
    return observed, p, (observed - float(drawn.mean())) / deviation if deviation > 1e-12 else 0.0


def hostile_between(
    signs: Sequence[Sequence[int]], paths: Sequence[tuple[int, int, int]]
) -> tuple[float, float] | None:
    """Return the share of allied ends among paths i-k-j whose two steps are hostile, and its one-sided p."""
    import numpy as np

    if not paths:
        return None
    matrix = np.asarray(signs)
    i, k, j = np.asarray(paths).T

    def share(order: Any) -> tuple[Any, Any]:
        hostile = (matrix[order[..., i], order[..., k]] < 0) & (matrix[order[..., k], order[..., j]] < 0)
        allied = hostile & (matrix[order[..., i], order[..., j]] > 0)
        return allied.sum(axis=-1), hostile.sum(axis=-1)

    allied, hostile = share(np.arange(len(matrix)))
    if hostile == 0:
        return None
    observed = float(allied / hostile)
    drawn_allied, drawn_hostile = share(_shuffles(len(matrix)))
    drawn = drawn_allied / np.maximum(1, drawn_hostile)
    return observed, (1 + int((drawn >= observed - 1e-12).sum())) / (RESAMPLES + 1)


def sphere(rows: Sequence[Sequence[int]], cells: Sequence[int], weights: Sequence[float]) -> tuple[float, float]:
    """Return the weighted mean alignment with the hegemon of one's cell, and its mean when rows change places."""
    import numpy as np

    alignment = np.asarray(rows, dtype=float)
    cell, weight = np.asarray(cells), np.asarray(weights, dtype=float)
    total = float(weight.sum()) or 1.0
    observed = float((alignment[np.arange(len(cell)), cell] * weight).sum() / total)
    drawn = (alignment[_shuffles(len(cell)), cell] * weight).sum(axis=1) / total
    return observed, float(drawn.mean())
