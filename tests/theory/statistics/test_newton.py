from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from counterpoise.theory.statistics.newton import Evaluation, maximise


def flat_away_from_the_maximum(place: Any) -> Evaluation:
    """Return -log cosh at a place: far from 0 a full Newton step jumps over the maximum."""
    (x,) = place
    return Evaluation(-float(np.log(np.cosh(x))), -np.tanh(place), np.array([[1.0 / np.cosh(x) ** 2]]))


def test_the_search_halves_a_step_that_jumps_over_the_maximum() -> None:
    maximum = maximise(flat_away_from_the_maximum, np.array([1.5]))
    assert maximum.is_found
    assert maximum.estimate == pytest.approx([0.0], abs=1e-9)
    assert maximum.evaluation.log_likelihood == pytest.approx(0.0, abs=1e-15)


def test_the_search_reports_that_no_step_gains() -> None:
    def downhill(place: Any) -> Evaluation:
        return Evaluation(-float(np.abs(place).sum()), np.ones(1), np.eye(1))

    maximum = maximise(downhill, np.zeros(1))
    assert maximum.failure == "no_step_gains"
    assert not maximum.is_found


def test_the_search_reports_that_there_is_no_maximum() -> None:
    def uphill(place: Any) -> Evaluation:
        return Evaluation(float(place.sum()), np.ones(1), np.eye(1))

    assert maximise(uphill, np.zeros(1)).failure == "too_many_iterations"


def test_a_model_without_coefficients_is_at_its_maximum() -> None:
    maximum = maximise(lambda place: Evaluation(-3.0, place, np.zeros((0, 0))), np.zeros(0))
    assert maximum.is_found
    assert maximum.evaluation.log_likelihood == -3.0
