from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
import scalar_forecasts
from hypothesis import given
from hypothesis import strategies as st

from counterpoise.theory.forecasting.choice_rule import flattened, floored, menu_total, nested
from counterpoise.theory.parameters import DEFAULT, Parameters
from counterpoise.theory.portable import Mask, Numbers

OTHERS = 3
Menu = tuple[list[float], list[float]]
"""The scores of the partners, and those of joining the threat, neutrality and hiding or of neutrality alone."""


def laid_out(menus: Sequence[Menu]) -> tuple[Numbers, Mask, Mask]:
    """Return scores, nests and options of some menus as arrays."""
    most = max(len(partners) for partners, _ in menus)
    scores = np.zeros((len(menus), most + OTHERS))
    options, nest = np.zeros(scores.shape, dtype=np.bool_), np.zeros(scores.shape, dtype=np.bool_)
    for row, (partners, alone) in enumerate(menus):
        scores[row, : len(partners)] = partners
        nest[row, : len(partners)] = True
        places = [most, most + 1, most + 2] if len(alone) == OTHERS else [most + 1]
        scores[row, places] = alone
        options[row] = nest[row]
        options[row, places] = True
    return scores, nest, options


def shares_of(menus: Sequence[Menu], parameters: Parameters = DEFAULT) -> list[list[float]]:
    """Return the shares of each menu, without the columns that are no options."""
    scores, nest, options = laid_out(menus)
    return [
        row[option].tolist() for row, option in zip(nested(scores, nest, options, parameters), options, strict=True)
    ]


def test_chances_sum_to_one_and_respect_the_floor() -> None:
    [shares] = shares_of([([0.0, 3.0], [-50.0, 1.0, 0.0])])
    assert sum(shares) == pytest.approx(1.0)
    assert min(shares) >= DEFAULT.epsilon / 5 - 1e-12


def test_a_longer_menu_of_equal_partners_does_not_make_alignment_likelier() -> None:
    short, long = shares_of([([1.0], [0.0]), ([1.0] * 12, [0.0])])
    floors = DEFAULT.epsilon * (12 / 13 - 1 / 2)
    assert sum(long[:12]) == pytest.approx(short[0] + floors)


def test_without_partners_the_other_options_share_all_probability() -> None:
    assert shares_of([([], [0.0, 0.0, 0.0])])[0] == pytest.approx([1 / 3] * 3)


def test_huge_scores_do_not_overflow() -> None:
    assert shares_of([([1e6, -1e6], [0.0])])[0][0] > 0.9


def test_less_noise_makes_the_best_option_more_probable() -> None:
    [calm], [usual] = (shares_of([([1.0], [0.0])], p) for p in (replace(DEFAULT, noise=0.4), DEFAULT))
    assert calm[0] > usual[0]


def test_mixing_with_uniform_probabilities_keeps_the_sum() -> None:
    options = np.array([[True, True, False]])
    assert floored(np.array([[1.0, 0.0, 0.0]]), options, DEFAULT)[0] == pytest.approx([0.99, 0.01, 0.0])


def test_flattening_leaves_the_sum_of_the_alignments_and_the_other_options_alone() -> None:
    sharp = np.array([[0.5, 0.1, 0.1, 0.2, 0.1]])
    flat = flattened(sharp, np.array([0.2]), np.array([0.0]))
    assert flat[0, :3].sum() == pytest.approx(0.7)
    assert flat[0, 3:].tolist() == [0.2, 0.1]
    assert 1.0 < flat[0, 0] / flat[0, 1] == pytest.approx(5.0**0.2)
    assert flattened(sharp, np.array([1.0]), np.array([0.0])).tolist() == sharp.tolist()


def test_a_constant_makes_joining_the_threat_less_likely_than_other_alignments_alone() -> None:
    sharp = np.array([[0.3, 0.2, 0.2, 0.2, 0.1], [0.5, 0.3, 0.0, 0.2, 0.0]])
    flat = flattened(sharp, np.array([1.0]), np.array([-1.0]))
    assert flat[0, :3].sum() == pytest.approx(0.7)
    assert flat[0, 3:].tolist() == [0.2, 0.1]
    assert flat[0, 2] / flat[0, 1] == pytest.approx(np.exp(-1.0))
    assert flat[0, 0] / flat[0, 1] == pytest.approx(1.5)
    assert flat[1] == pytest.approx(sharp[1]), "without a threat there is nothing to join"


MENUS = st.tuples(
    st.lists(st.floats(-9.0, 9.0) | st.sampled_from([0.0, -0.0]), max_size=9),
    st.lists(st.floats(-9.0, 9.0), min_size=3, max_size=3) | st.lists(st.floats(-9.0, 9.0), min_size=1, max_size=1),
)
PARAMETERS = st.sampled_from(
    [DEFAULT, replace(DEFAULT, noise=1.5), replace(DEFAULT, nest=1.0), replace(DEFAULT, epsilon=0.05)]
)


@given(st.lists(MENUS, min_size=1, max_size=6), PARAMETERS)
def test_the_rule_is_the_one_that_plain_arithmetic_follows(menus: list[Menu], parameters: Parameters) -> None:
    for menu, shares in zip(menus, shares_of(menus, parameters), strict=True):
        assert shares == pytest.approx(list(scalar_forecasts.nested(*menu, parameters)), abs=1e-13)


@given(st.lists(MENUS, min_size=1, max_size=6), PARAMETERS)
def test_a_menu_has_the_same_shares_to_the_last_bit_whatever_menus_stand_beside_it(
    menus: list[Menu], parameters: Parameters
) -> None:
    assert shares_of(menus, parameters) == [shares_of([menu], parameters)[0] for menu in menus]


def test_the_total_of_a_menu_counts_every_option() -> None:
    assert menu_total(np.array([[1.0, 2.0, 4.0, 8.0, 16.0]])).tolist() == [[31.0]]
