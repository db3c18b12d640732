"""Exponentials, logarithms and powers against exact decimals; sums whose order is fixed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, getcontext, localcontext
from math import fsum, inf, nextafter, ulp
from random import Random

import numpy as np
import pytest

from counterpoise.theory.portable import HIGHEST, LOWEST, Numbers, exp, exp_of, log, logistic, power, total

DIGITS = 40
"""Decimal digits of the exact values: more than twice those of a double."""


def units_off(found: float, exact: Decimal) -> float:
    """Return the error of a number in units of its last place."""
    with localcontext() as context:
        context.prec = DIGITS
        return float(abs(Decimal(found) - exact) / Decimal(ulp(float(exact))))


def exact(function: Callable[[Decimal], Decimal], x: float) -> Decimal:
    with localcontext() as context:
        context.prec = DIGITS
        return function(Decimal(x))


def exponents() -> list[float]:
    dice = Random("exponents")
    whole = [dice.uniform(LOWEST, HIGHEST) for _ in range(2000)]
    small = [dice.uniform(-1.0, 1.0) for _ in range(2000)] + [dice.gauss(0.0, 1e-9) for _ in range(200)]
    halves = [0.6931471805599453 * (n + 0.5) for n in range(-900, 900, 7)]
    return [*whole, *small, *halves, 0.0, -0.0, LOWEST, HIGHEST]


def positives() -> list[float]:
    dice = Random("positives")
    near_one = [1.0, nextafter(1.0, 2.0), nextafter(1.0, 0.0), *(1.0 + dice.gauss(0.0, 1e-9) for _ in range(200))]
    wide = [2.0 ** dice.uniform(-1020.0, 1020.0) for _ in range(2000)]
    return [*near_one, *wide, *(dice.uniform(0.4, 2.1) for _ in range(2000)), 0.5**0.5, 2.0**0.5]


def test_exponentials_are_within_one_unit_in_the_last_place() -> None:
    for x, found in zip(exponents(), exp(np.array(exponents())).tolist(), strict=True):
        assert units_off(found, exact(Decimal.exp, x)) < 1.0, x


def test_the_exponential_of_one_number_is_that_of_an_array_to_the_last_bit() -> None:
    arguments = [*exponents(), LOWEST - 1.0, HIGHEST + 1.0]
    assert [exp_of(x) for x in arguments] == exp(np.array(arguments)).tolist()


def test_logarithms_are_within_one_unit_in_the_last_place() -> None:
    for x, found in zip(positives(), log(np.array(positives())).tolist(), strict=True):
        if x == 1.0:
            assert found == 0.0
        else:
            assert units_off(found, exact(Decimal.ln, x)) < 1.0, x


@pytest.mark.parametrize("exponent", [0.2, 0.45, 1.0, 2.0, 6.0])
def test_powers_are_as_exact_as_their_logarithms(exponent: float) -> None:
    dice = Random("powers")
    bases = [dice.uniform(0.0, 1.0) ** 3 for _ in range(1000)]
    for x, found in zip(bases, power(np.array(bases), exponent).tolist(), strict=True):
        assert found == pytest.approx(x**exponent, rel=1e-14), x
    assert power(np.array([0.0, 1.0]), exponent).tolist() == [0.0, 1.0]


def test_beyond_its_ends_an_exponential_is_that_of_the_end() -> None:
    low, high = exp(np.array([LOWEST - 1.0, HIGHEST + 1.0])).tolist()
    assert (low, high) == tuple(exp(np.array([LOWEST, HIGHEST])).tolist())
    assert 0.0 < low < high < inf


def test_a_logistic_is_a_share() -> None:
    found = logistic(np.array([-1e6, -1.0, 0.0, 1.0, 1e6])).tolist()
    assert 0.0 < found[0] < found[1] < found[2] == 0.5 < found[3] < found[4] <= 1.0
    assert found[1] + found[3] == pytest.approx(1.0)


def rows(width: int) -> Numbers:
    dice = Random(f"rows {width}")
    return np.array([[dice.gauss(0.0, 1.0) for _ in range(width)] for _ in range(5)]).reshape(5, width)


@pytest.mark.parametrize("width", [0, 1, 2, 3, 7, 8, 19, 200])
def test_a_total_is_the_sum_of_each_row(width: int) -> None:
    values = rows(width)
    assert total(values).shape == (5, 1)
    assert total(values)[:, 0].tolist() == pytest.approx([fsum(row) for row in values.tolist()], abs=1e-12)


@pytest.mark.parametrize("width", [1, 3, 8, 19])
def test_zeros_at_the_end_change_no_bit_of_a_total(width: int) -> None:
    values = rows(width)
    for more in (1, 5, 40):
        longer = np.concatenate((values, np.zeros((5, more))), axis=1)
        assert total(longer).tobytes() == total(values).tobytes()


def test_the_exact_values_have_more_digits_than_a_double() -> None:
    assert getcontext().prec < DIGITS
