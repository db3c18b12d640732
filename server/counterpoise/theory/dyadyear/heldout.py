"""A logit that forecasts only what it has not seen: fitted on earlier years, block after block of later ones."""

from __future__ import annotations

from typing import Any

import numpy as np

from counterpoise.theory.statistics import logistic, ridged_logit

BLOCK_YEARS = 5
WARM_YEARS_MIN = 5
RIDGE = 1e-3
"""Light, to steady the estimates; the constant has none."""
EVENTS_MIN = 5
"""Events in the training years below which nothing is forecast."""


def first_forecast(first: int, last: int) -> int:
    """Return the first year forecast: a quarter of the span, at least five years, is for training only."""
    return first + max(WARM_YEARS_MIN, (last - first + 1) // 4)


def expanding(columns: list[Any], event: Any, year: Any, first: int, last: int) -> Any:
    """Return each row's forecast from years before its block; rows of the training years have ``nan``.

    Without columns the forecast is the share of events in those years.
    """
    shares = np.full(len(event), np.nan)
    for begin in range(first_forecast(first, last), last + 1, BLOCK_YEARS):
        past = year < begin
        block = (year >= begin) & (year < begin + BLOCK_YEARS)
        if int(event[past].sum()) < EVENTS_MIN:
            continue
        if not columns:
            shares[block] = event[past].mean()
            continue
        x = np.column_stack(columns)
        centre, scale = x[past].mean(axis=0), np.maximum(x[past].std(axis=0), 1e-9)
        scaled = np.column_stack([(x - centre) / scale, np.ones(len(x))])
        ridge = np.array([RIDGE] * len(columns) + [0.0])
        shares[block] = logistic(scaled[block] @ ridged_logit(scaled[past], event[past].astype(float), ridge))
    return np.round(shares, 9)


def log_scores(shares: Any, event: Any) -> Any:
    """Return ln of the probability given to what happened."""
    safe = np.clip(shares, 1e-6, 1.0 - 1e-6)
    return np.log(np.where(event, safe, 1.0 - safe))
