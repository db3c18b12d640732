from __future__ import annotations

from math import copysign, nextafter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from counterpoise.sim.numbers.rounding import quantised, rounded

PLACES = st.integers(min_value=0, max_value=9)


@given(st.floats(allow_nan=False, allow_infinity=False), PLACES)
@example(0.5, 0)
@example(2.5, 0)
@example(1e15 + 0.5, 3)
@example(-1e-9, 6)
@example(1e308, 9)
def test_a_number_is_rounded_as_python_rounds_it(value: float, places: int) -> None:
    assert rounded([value], places) == [round(value, places)]


@given(st.integers(min_value=-(10**7), max_value=10**7), PLACES, st.sampled_from([-2, -1, 0, 1, 2]))
def test_numbers_near_a_half_are_rounded_as_python_rounds_them(whole: int, places: int, step: int) -> None:
    value = (whole + 0.5) / 10**places
    for _ in range(abs(step)):
        value = nextafter(value, copysign(float("inf"), step))
    assert rounded([value, value], places) == [round(value, places)] * 2


@given(st.floats(allow_nan=False))
@example(0.0)
@example(-0.0)
@example(-1e-9)
@example(0.0000005)
@example(1e15 + 0.5)
@example(float("inf"))
def test_a_quantised_number_is_rounded_as_python_rounds_it_to_the_sign_of_a_zero(value: float) -> None:
    assert quantised(value).hex() == round(value, 6).hex()


@given(st.integers(min_value=-(10**9), max_value=10**9), st.sampled_from([-2, -1, 0, 1, 2]))
def test_a_quantised_number_near_a_half_is_rounded_as_python_rounds_it(whole: int, step: int) -> None:
    value = (whole + 0.5) / 1e6
    for _ in range(abs(step)):
        value = nextafter(value, copysign(float("inf"), step))
    assert quantised(value).hex() == round(value, 6).hex()


@pytest.mark.parametrize("value", [0.0, -0.0, -1e-9])
def test_a_zero_is_positive(value: float) -> None:
    assert [copysign(1.0, found) for found in rounded([value], 6)] == [1.0]
