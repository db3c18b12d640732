from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpoise.theory.forecasting.choice_rule import floored, nested, nested_again
from counterpoise.theory.parameters import DEFAULT, Parameters


def test_chances_sum_to_one_and_respect_the_floor() -> None:
    shares = nested([0.0, 3.0], [-50.0, 1.0], DEFAULT)
    assert sum(shares) == pytest.approx(1.0)
    assert min(shares) >= DEFAULT.epsilon / 4 - 1e-12


def test_a_longer_menu_of_equal_partners_does_not_make_alignment_likelier() -> None:
    short = nested([1.0], [0.0], DEFAULT)
    long = nested([1.0] * 12, [0.0], DEFAULT)
    floors = DEFAULT.epsilon * (12 / 13 - 1 / 2)
    assert sum(long[:12]) == pytest.approx(short[0] + floors)


def test_without_partners_the_other_options_share_all_probability() -> None:
    assert nested([], [0.0, 0.0], DEFAULT) == pytest.approx((0.5, 0.5))


def test_huge_scores_do_not_overflow() -> None:
    assert nested([1e6, -1e6], [0.0], DEFAULT)[0] > 0.9


def test_less_noise_makes_the_best_option_more_probable() -> None:
    calm = nested([1.0], [0.0], replace(DEFAULT, noise=0.4))
    assert calm[0] > nested([1.0], [0.0], DEFAULT)[0]


def test_mixing_with_uniform_probabilities_keeps_the_sum() -> None:
    assert floored([1.0, 0.0], DEFAULT) == pytest.approx((0.99, 0.01))


@given(
    st.lists(st.floats(-9.0, 9.0) | st.sampled_from([0.0, -0.0]), max_size=5),
    st.lists(st.floats(-9.0, 9.0) | st.sampled_from([0.0, -0.0]), min_size=1, max_size=3),
    st.sampled_from([DEFAULT, replace(DEFAULT, noise=1.5), replace(DEFAULT, nest=1.0), replace(DEFAULT, epsilon=0.05)]),
)
def test_a_remembered_result_is_the_same_to_the_last_bit_for_other_signs_of_zero(
    partners: list[float], alone: list[float], parameters: Parameters
) -> None:
    numbers = parameters.noise, parameters.nest, parameters.epsilon
    nested_again(tuple(partners), tuple(alone), *numbers)
    turned = [-score if score == 0.0 else score for score in partners]
    assert nested_again(tuple(turned), tuple(alone), *numbers) == nested(turned, alone, parameters)
