"""Differences of proportions, adjusted for what the menu alone would make of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from counterpoise.theory.statistics.fitting import Fit, by_group, codes, leverage_of, quiet, with_error


def difference(values: Any, treated: Any, clusters: Any, controls: Sequence[Any] = ()) -> Fit | None:
    """Return how much more the treated have than the others, other things equal, by least squares with clustered errors.

    Args:
        values: a proportion's zeros and ones, or any quantity.
        treated: whose mean is compared with that of the rest.
        clusters: whose each is.
        controls: held fixed; one that does not vary is left out.
    """
    y, mark = np.asarray(values, dtype=float), np.asarray(treated, dtype=float)
    if len(y) < 5 + len(controls) or mark.min(initial=1.0) == mark.max(initial=0.0):
        return None
    groups, number = codes(clusters)
    if number < 2:
        return None
    others = [np.ones(len(y))]
    others += [column for column in (np.asarray(c, dtype=float) for c in controls) if column.std() > 1e-9]
    held = np.column_stack(others)
    with quiet():
        left = mark - held @ np.linalg.lstsq(held, mark, rcond=None)[0]
        size = float(left @ left)
        if size < 1e-9 * len(y):
            return None
        estimate = float(left @ y) / size
        rest = y - held @ np.linalg.lstsq(held, y, rcond=None)[0]
        score = by_group(left * (rest - left * estimate), groups, number)
        error = float(np.sqrt(score @ score * number / (number - 1))) / size
        if not error > 0.0:
            return None
        scores = by_group(left * rest, groups, number)
    return with_error(estimate, error, scores, len(y), leverage_of(groups, left, number))
