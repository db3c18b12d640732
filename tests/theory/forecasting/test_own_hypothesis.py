"""A user's own hypothesis is held to what every hypothesis promises."""

from __future__ import annotations

from collections.abc import Callable
from math import fsum, nan
from typing import Any, ClassVar

import pytest

from counterpoise.errors import InputError
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.own_hypothesis import OwnHypothesis
from counterpoise.theory.forecasting.weighing import Weighing
from counterpoise.theory.forecasts import forecast
from counterpoise.theory.parameters import DEFAULT

CODE = "c" * 64


def own(answer: Callable[[Weighing], Any]) -> OwnHypothesis:
    class Mine(Hypothesis):
        name: ClassVar[str] = "mine"
        title: ClassVar[str] = "Mine"

        def shares(self, weighing: Weighing) -> tuple[float, ...]:
            found: tuple[float, ...] = answer(weighing)
            return found

    return OwnHypothesis(Mine(), "mine.py", CODE)


@pytest.fixture
def point(point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]) -> DecisionPoint:
    return point_of((candidate_of("K01"), candidate_of("K02")))


def test_its_probabilities_get_the_floor_of_all_hypotheses(point: DecisionPoint) -> None:
    sure = own(lambda weighing: (1.0, *[0.0] * (len(weighing.point.options) - 1)))
    [shares] = forecast(point, hypotheses={"mine": sure}).values()
    assert fsum(shares) == pytest.approx(1.0)
    assert min(shares) == pytest.approx(DEFAULT.epsilon / len(point.options))


def test_probabilities_above_the_floor_are_left_as_they_are(point: DecisionPoint) -> None:
    even = own(lambda weighing: tuple(1.0 / len(weighing.point.options) for _ in weighing.point.options))
    assert even.forecast(point) == pytest.approx([1.0 / len(point.options)] * len(point.options))


@pytest.mark.parametrize(
    ("answer", "got"),
    [
        (lambda w: (1.0,), "got 1 of them"),
        (lambda w: [0.5] * len(w.point.options), "got a sum of 2.5"),
        (lambda w: [-1.0, 2.0, *[0.0] * (len(w.point.options) - 2)], "got -1.0"),
        (lambda w: [nan] * len(w.point.options), "got nan"),
        (lambda w: None, "got None"),
        (lambda w: ["x"] * len(w.point.options), "got \\['x'"),
        (lambda w: w.point.nothing, "got AttributeError"),
    ],
)
def test_a_wrong_answer_is_named_with_the_file_and_the_decision(
    point: DecisionPoint, answer: Callable[[Weighing], Any], got: str
) -> None:
    with pytest.raises(InputError, match=rf"^mine\.py: Mine\.shares, for EGO on 1955-01-01: expected .*{got}"):
        own(answer).forecast(point)
