"""Cox models with covariates that change during a spell, by statsmodels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from counterpoise.theory.statistics.fitting import Fit, codes, moved_in, quiet, sound, with_error


def cox(
    starts: Any, stops: Any, ended: Any, columns: Sequence[Any], clusters: Any, *, standardise: bool = True
) -> Fit | None:
    """Return the log hazard ratio of the first column, per standard deviation of it if ``standardise``.

    Each row is a piece of a spell in which nothing changes: at risk from ``starts`` to ``stops``, ended at ``stops`` or not.
    Cox (1972); statsmodels' ``PHReg`` with delayed entry; a sandwich over clusters (Lin & Wei 1989).
    """
    from statsmodels.duration.hazard_regression import PHReg

    start, stop = np.asarray(starts, dtype=float), np.asarray(stops, dtype=float)
    status = np.asarray(ended, dtype=int)
    valid = stop > start
    if not valid.any() or int(status[valid].sum()) < len(columns) + 4:
        return None
    start, stop, status = start[valid], stop[valid], status[valid]
    groups, number = codes(np.asarray(clusters)[valid])
    values = [np.asarray(column, dtype=float)[valid] for column in columns]
    if number < 2 or values[0].std() < 1e-9:
        return None
    unit = values[0].std() if standardise else 1.0
    kept = [values[0] / unit, *(column / column.std() for column in values[1:] if column.std() > 1e-9)]
    x = np.column_stack(kept)
    if np.linalg.matrix_rank(x - x.mean(axis=0)) < x.shape[1]:
        return None
    with quiet():
        try:
            fitted = PHReg(stop, x, status=status, entry=start, ties="breslow").fit(groups=groups, disp=0)
        except (np.linalg.LinAlgError, ValueError, IndexError):
            return None
        # The sandwich of statsmodels has no correction for few clusters; the plain error is its lower bound here.
        scale = float(np.sqrt(number / (number - 1)))
        estimate, error = float(fitted.params[0]), float(fitted.bse[0]) * scale
    events = status > 0
    if not sound(True, estimate, error) or not _both_sides_end(values[0], events):
        return None
    spells = len(np.unique(groups))
    moved = moved_in(groups, x[:, 0] - x[:, 0].mean(), number)
    return with_error(estimate, error, None, int(status.sum()), min(spells, moved))


def _both_sides_end(column: Any, events: Any) -> bool:
    """Tell whether spells end on either side of the column's mean: otherwise the hazard ratio is zero or infinite."""
    high = column > column.mean()
    return bool((events & high).any() and (events & ~high).any())
