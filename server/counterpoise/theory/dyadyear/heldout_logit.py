"""A logit that forecasts later years from earlier ones, block after block."""

from __future__ import annotations

from typing import Any

import numpy as np

from counterpoise.theory.statistics import logistic, ridged_logit

BLOCK_YEARS = 5
WARM_YEARS_MIN = 5
RIDGE = 1e-3
"""Light, to steady the estimates; the constant has none."""
EVENTS_MIN = 5
"""Fewest events in the training years for a forecast."""


def first_forecast_year(first: int, last: int) -> int:
    """Return the first year with a forecast: a quarter of the span, at least five years, is for training only."""
    return first + max(WARM_YEARS_MIN, (last - first + 1) // 4)


def expanding_forecasts(columns: list[Any], event: Any, year: Any, first: int, last: int) -> Any:
    """Return each row's forecast from the years before its block; rows of the training years have ``nan``.

    Without columns the forecast is the share of events in the earlier years.
    """
    shares = np.full(len(event), np.nan)
    for begin in range(first_forecast_year(first, last), last + 1, BLOCK_YEARS):
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
    """Return the log of the probability that each forecast gave to the outcome."""
    safe = np.clip(shares, 1e-6, 1.0 - 1e-6)
    return np.log(np.where(event, safe, 1.0 - safe))
