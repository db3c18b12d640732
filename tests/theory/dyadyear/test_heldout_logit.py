"""Forecasts of later years use earlier years only."""

from __future__ import annotations

import numpy as np

from counterpoise.theory.dyadyear.heldout_logit import expanding_forecasts, first_forecast_year


def test_a_forecast_does_not_depend_on_years_after_its_block() -> None:
    dice = np.random.default_rng(6)
    year = np.repeat(np.arange(1950, 1980), 40)
    column = dice.normal(size=len(year))
    event = dice.random(len(year)) < 1.0 / (1.0 + np.exp(2.0 - column))
    before = expanding_forecasts([column], event, year, 1950, 1979)
    changed = event.copy()
    changed[year >= 1970] = ~changed[year >= 1970]
    after = expanding_forecasts([column], changed, year, 1950, 1979)
    start = first_forecast_year(1950, 1979)
    early = (year >= start) & (year < 1970)
    assert np.isnan(before[year < start]).all()
    assert (before[early] == after[early]).all()
    assert (before[year >= 1975] != after[year >= 1975]).any()


def test_too_few_events_give_no_forecast() -> None:
    year = np.repeat(np.arange(1950, 1970), 5)
    event = np.zeros(len(year), dtype=bool)
    event[0] = True
    assert np.isnan(expanding_forecasts([], event, year, 1950, 1969)).all()
