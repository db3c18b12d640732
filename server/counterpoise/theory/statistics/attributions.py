"""How much of a fitted choice each group of reasons accounts for."""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial, fsum
from typing import Any

import numpy as np

from counterpoise.theory.statistics.choices import ChoiceSet, choice_fit, log_likelihood_gain
from counterpoise.theory.statistics.fitting import numbered


def attributions(sets: Sequence[ChoiceSet], groups: Sequence[Sequence[int]]) -> Any:
    """Return, for each choice, the share of each group of covariates in the fitted log-odds of the chosen alternative.

    In a linear predictor the Shapley value of a group, against the average alternative on the menu, is its coefficients
    times the distance of the chosen alternative from that average (Lundberg & Lee 2017). Shares are of the absolute values;
    where the alternatives do not differ, all groups have equal shares. ``None`` if nothing can be fitted.

    Args:
        sets: the choices.
        groups: the columns of each group.
    """
    several = np.asarray([len(choice.rows) > 1 for choice in sets], dtype=bool)
    used = [choice for choice in sets if len(choice.rows) > 1]
    if not used:
        return None
    x = np.asarray([row for choice in used for row in choice.rows], dtype=float)
    sizes, chosen = np.asarray([len(c.rows) for c in used]), np.asarray([c.chosen for c in used])
    clusters = numbered([choice.cluster for choice in used])[0]
    weights = np.zeros(x.shape[1])
    for place in range(x.shape[1]):
        order = [place, *(other for other in range(x.shape[1]) if other != place)]
        fit = choice_fit(x[:, order], sizes, chosen, clusters)
        deviation = float(x[:, place].std())
        if fit is not None and deviation > 0.0:
            weights[place] = fit.estimate / deviation
    if not weights.any():
        return None
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(int)
    away = (x[starts + chosen] - np.add.reduceat(x, starts, axis=0) / sizes[:, None]) * weights
    parts = np.abs(np.column_stack([away[:, list(group)].sum(axis=1) for group in groups]))
    whole = parts.sum(axis=1)
    differs = whole > 1e-12
    shares = np.full((len(sets), len(groups)), 1.0 / len(groups))
    shares[np.flatnonzero(several)[differs]] = parts[differs] / whole[differs, None]
    return shares


def shapley_shares(sets: Sequence[ChoiceSet], groups: Sequence[Sequence[int]]) -> list[float] | None:
    """Return each group's share in the gain of log likelihood of a conditional logit over a choice at random.

    A share is the mean gain of a group over all orders of entry (Shapley 1953; Lipovetsky & Conklin 2001). ``None`` without
    a gain.
    """
    used = [choice for choice in sets if len(choice.rows) > 1]
    if not used:
        return None
    x = np.asarray([row for choice in used for row in choice.rows], dtype=float)
    sizes, chosen = np.asarray([len(c.rows) for c in used]), np.asarray([c.chosen for c in used])
    count = len(groups)
    gains = []
    for members in range(2**count):
        columns = [column for place in range(count) if members >> place & 1 for column in groups[place]]
        gains.append(log_likelihood_gain(x[:, columns], sizes, chosen) if columns else 0.0)
    if gains[-1] <= 1e-9:
        return None
    values = []
    for place in range(count):
        terms = []
        for members in range(2**count):
            if not members >> place & 1:
                size = members.bit_count()
                weight = factorial(size) * factorial(count - size - 1) / factorial(count)
                terms.append(weight * (gains[members | 1 << place] - gains[members]))
        values.append(fsum(terms) / gains[-1])
    return values
