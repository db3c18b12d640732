"""A logit that forecasts only what it has not seen: fitted on earlier years, block after block of later ones."""

from __future__ import annotations

from typing import Any

import numpy as np

BLOCK_YEARS = 5
WARM_YEARS_MIN = 5
RIDGE = 1e-3
HALVINGS = 30
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
        coefficients = solve(scaled[past], event[past].astype(float))
        shares[block] = _chance(scaled[block] @ coefficients)
    return np.round(shares, 9)


def solve(x: Any, y: Any, rounds: int = 50) -> Any:
    """Return the coefficients of a logit by Newton's method; a light ridge, not on the constant, steadies it."""
    ridge = RIDGE * np.eye(x.shape[1])
    ridge[-1, -1] = 0.0
    base = min(max(float(y.mean()), 1e-6), 1.0 - 1e-6)
    coefficients = np.zeros(x.shape[1])
    coefficients[-1] = np.log(base / (1.0 - base))
    worth = _worth(x, y, coefficients, ridge)
    for _ in range(rounds):
        chance = _chance(x @ coefficients)
        lean = x.T @ (y - chance) - ridge @ coefficients
        inside = x.T @ (x * (chance * (1.0 - chance))[:, None]) + ridge
        step = np.clip(np.linalg.solve(inside, lean), -2.0, 2.0)
        # A full step may jump over the summit where events are rare, and back again for ever.
        for _ in range(HALVINGS):
            found = _worth(x, y, coefficients + step, ridge)
            if found >= worth - 1e-9 * abs(worth):
                break
            step = step / 2.0
        coefficients, worth = coefficients + step, found
        if np.abs(step).max() < 1e-8:
            break
    return coefficients


def _worth(x: Any, y: Any, coefficients: Any, ridge: Any) -> float:
    """Return the log likelihood, less the ridge."""
    value = x @ coefficients
    return float((y * value - np.logaddexp(0.0, value)).sum() - coefficients @ ridge @ coefficients / 2.0)


def _chance(value: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-np.clip(value, -30.0, 30.0)))


def log_scores(shares: Any, event: Any) -> Any:
    """Return ln of the probability given to what happened."""
    safe = np.clip(shares, 1e-6, 1.0 - 1e-6)
    return np.log(np.where(event, safe, 1.0 - safe))
