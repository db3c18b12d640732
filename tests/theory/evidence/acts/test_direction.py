"""What a hypothesis gives the entries of a menu follows from its forecast of the alignments."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log
from typing import Any

import pytest

from counterpoise.theory.evidence.acts.direction import among, answering, leanings

Made = Callable[..., Any]
SHARES = (0.1, 0.2, 0.05, 0.4, 0.25)
"""Two candidates, the top threat, and two ways to align with nobody."""


def test_the_leaning_towards_a_state_is_its_share_against_an_equal_one(point_of: Made, candidate_of: Made) -> None:
    point = point_of((candidate_of("A"), candidate_of("B")))
    found = leanings(SHARES, point)
    assert list(found) == ["A", "B", "FOE"], "the top threat has a leaning too: the share of joining it"
    assert [exp(value) for value in found.values()] == pytest.approx([3 * 0.1 / 0.35, 3 * 0.2 / 0.35, 3 * 0.05 / 0.35])
    calm = point_of((candidate_of("A"), candidate_of("B")), threatened=False)
    assert list(leanings((0.1, 0.3, 0.6), calm)) == ["A", "B"]


def test_how_likely_any_alliance_is_changes_no_leaning(point_of: Made, candidate_of: Made) -> None:
    point = point_of((candidate_of("A"), candidate_of("B")))
    eager, shy = leanings((0.2, 0.4, 0.1, 0.2, 0.1), point), leanings((0.02, 0.04, 0.01, 0.5, 0.43), point)
    assert eager == pytest.approx(shy)


def test_friendly_acts_follow_the_shares_and_hostile_acts_their_inverse() -> None:
    leaning = [log(2.0), log(1.0), log(0.5)]
    assert [exp(value) for value in among(leaning)] == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert [exp(value) for value in among(leaning, hostile=True)] == pytest.approx([1 / 7, 2 / 7, 4 / 7])
    assert [exp(value) for value in among([0.0, 0.0])] == pytest.approx([0.5, 0.5]), "chance gives each the same"


def test_answers_lean_on_the_rate_of_earlier_ones() -> None:
    assert [exp(value) for value in answering(0.0, 0.25)] == pytest.approx([0.75, 0.25]), "chance gives the rate"
    no, yes = (exp(value) for value in answering(log(3.0), 0.25))
    assert (yes / no, no + yes) == pytest.approx((1.0, 1.0))
    assert answering(900.0, 0.5)[1] == pytest.approx(0.0), "a leaning that is sure does not overflow"
    assert answering(-900.0, 0.5)[0] == pytest.approx(0.0)
