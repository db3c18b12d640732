"""Differences of means and proportions, adjusted by least squares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from counterpoise.theory.statistics.fitting import (
    Fit,
    fit_from_standard_error,
    group_leverage,
    group_sums,
    numbered,
    numpy_warnings_off,
)
from counterpoise.theory.statistics.model_rows import (
    Columns,
    cluster_columns,
    keeps_rows,
    numbered_columns,
    plain,
    window_column,
)
from counterpoise.theory.statistics.sandwich import cluster_robust_standard_error
from counterpoise.theory.statistics.shared_shocks import shift_p, windows_of, with_two_way_errors


def _linear_rows(values: Any, treated: Any, clusters: Any, controls: Any, windows: Any) -> Columns:
    return {
        "y": plain(values),
        **numbered_columns([treated, *controls]),
        **cluster_columns(clusters),
        **window_column(windows),
    }


@keeps_rows("least squares y ~ x1{controls}; the estimate is the coefficient of x1", _linear_rows)
def adjusted_difference(
    values: Any, treated: Any, clusters: Any, controls: Sequence[Any] = (), *, windows: Sequence[int] | None = None
) -> Fit | None:
    """Return how much more the treated have than the others, controls fixed, by least squares with clustered errors.

    Args:
        values: zeros and ones for a proportion, or any quantity.
        treated: marks the rows whose mean is compared with that of the rest.
        clusters: the cluster of each row.
        controls: columns held fixed; a column that does not vary is left out.
        windows: the number of each row's window in its session, for the measures of shared shocks.
    """
    y, mark = np.asarray(values, dtype=float), np.asarray(treated, dtype=float)
    if len(y) < 5 + len(controls) or mark.min(initial=1.0) == mark.max(initial=0.0):
        return None
    groups, number = numbered(clusters)
    if number < 2:
        return None
    constant = np.ones(len(y))
    varying = [column for column in (np.asarray(c, dtype=float) for c in controls) if column.std() > 1e-9]
    held = np.column_stack([constant, *varying])
    with numpy_warnings_off():
        residual = mark - held @ np.linalg.lstsq(held, mark, rcond=None)[0]
        size = float(residual @ residual)
        if size < 1e-9 * len(y):
            return None
        estimate = float(residual @ y) / size
        rest = y - held @ np.linalg.lstsq(held, y, rcond=None)[0]
        influences = residual * (rest - residual * estimate) / size
        standard_error = cluster_robust_standard_error(group_sums(influences, groups, number))
        if not standard_error > 0.0:
            return None
        scores, leverage = group_sums(residual * rest, groups, number), group_leverage(groups, residual, number)
    fit = fit_from_standard_error(estimate, standard_error, scores, len(y), leverage)
    places = windows_of(clusters, windows)
    return replace(with_two_way_errors(fit, influences, places), p_shift=shift_p(residual, rest, places))
