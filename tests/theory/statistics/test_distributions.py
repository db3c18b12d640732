"""Every distribution function agrees with scipy's, over the whole range in which the statistics use it."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, special

from counterpoise.theory.statistics.distributions import (
    log_lower_gamma_ratio,
    normal_cdf,
    normal_quantile,
    student_cdf,
    student_quantile,
)

degrees = st.floats(0.5, 5000.0)
shares = st.floats(1e-12, 1.0 - 1e-12)


@given(st.floats(-35.0, 35.0))
def test_the_normal_distribution_is_scipys(value: float) -> None:
    assert normal_cdf(value) == pytest.approx(special.ndtr(value), rel=1e-11)


@given(shares)
def test_the_quantiles_of_the_normal_are_scipys(share: float) -> None:
    assert normal_quantile(share) == pytest.approx(special.ndtri(share), rel=1e-9, abs=1e-11)


@given(degrees, st.floats(-200.0, 200.0))
def test_students_distribution_is_scipys(freedom: float, value: float) -> None:
    assert student_cdf(freedom, value) == pytest.approx(special.stdtr(freedom, value), rel=1e-9, abs=1e-280)


@given(degrees, shares)
def test_a_quantile_of_students_t_leads_back_to_its_share(freedom: float, share: float) -> None:
    quantile = student_quantile(freedom, share)

    assert special.stdtr(freedom, quantile) == pytest.approx(share, rel=1e-8)


def test_quantiles_at_the_ends_are_infinite_and_the_middle_one_is_zero() -> None:
    assert [student_quantile(3.0, share) for share in (0.0, 0.5, 1.0)] == [-np.inf, 0.0, np.inf]


@given(st.floats(0.02, 3000.0), st.floats(0.001, 3000.0))
def test_the_lower_gamma_function_is_scipys_where_scipy_has_it(shape: float, rate: float) -> None:
    share = special.gammainc(shape, rate)
    if share < 1e-290:
        return
    expected = special.gammaln(shape) + log(share) - shape * log(rate) + rate

    assert float(log_lower_gamma_ratio(shape, rate)) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@given(st.floats(1.0, 300.0), st.floats(-300.0, 0.0))
def test_the_ratio_for_rates_below_zero_is_the_integral_itself(shape: float, rate: float) -> None:
    # Most of the integral lies near 1, so the points of the quadrature are told where.
    near = [1.0 - reach for reach in (0.5, 0.1, 0.02, 0.004)]
    expected, _ = integrate.quad(lambda u: exp(rate * (1.0 - u)) * u ** (shape - 1.0), 0.0, 1.0, points=near, limit=400)

    assert float(log_lower_gamma_ratio(shape, rate)) == pytest.approx(log(expected), rel=1e-8, abs=1e-8)


def test_shapes_and_rates_of_all_kinds_stand_in_one_array() -> None:
    shapes, rates = np.array([[0.5, 2.0], [40.0, 3.0]]), np.array([[-3.0, 2.5], [400.0, 0.0]])

    found = log_lower_gamma_ratio(shapes, rates)

    assert found.shape == (2, 2)
    assert found.tolist() == [
        [float(log_lower_gamma_ratio(a, z)) for a, z in zip(*rows, strict=True)]
        for rows in zip(shapes, rates, strict=True)
    ]
