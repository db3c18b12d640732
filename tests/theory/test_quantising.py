from __future__ import annotations

from math import copysign, inf, isnan, nan, nextafter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpoise.theory.quantising import quantised_array


@given(st.lists(st.floats(allow_nan=False) | st.floats(0.0, 1.0) | st.floats(-1e-6, 1e-6)))
def test_many_values_are_rounded_like_round(values: list[float]) -> None:
    expected = [round(value, 6) for value in values]
    assert quantised_array(np.array(values)).tolist() == expected
    assert [copysign(1.0, value) for value in quantised_array(np.array(values)).tolist()] == [
        copysign(1.0, value) for value in expected
    ]


@given(st.integers(0, 10**9))
def test_values_near_a_tie_are_rounded_like_round(tie: int) -> None:
    near = (tie + 0.5) / 1e6
    values = [nextafter(near, 0.0), near, nextafter(near, inf)]
    assert quantised_array(np.array(values)).tolist() == [round(value, 6) for value in values]


@pytest.mark.parametrize("value", [0.0, -0.0, inf, -inf, 0.0078125, 999.9999995, 1e300, 5e-324])
def test_unusual_values_are_rounded_like_round(value: float) -> None:
    assert quantised_array(np.array([value])).tolist() == [round(value, 6)]


def test_none_stays_none() -> None:
    assert isnan(quantised_array(np.array([nan])).tolist()[0])
