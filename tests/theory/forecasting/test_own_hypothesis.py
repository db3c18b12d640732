"""A user's own hypothesis is held to what every hypothesis promises."""

from __future__ import annotations

import sys
from collections.abc import Callable
from math import fsum, nan
from typing import Any, ClassVar

import numpy as np
import pytest

from counterpoise.errors import InputError
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.own_hypothesis import OwnHypothesis
from counterpoise.theory.forecasting.scores import Scores
from counterpoise.theory.forecasting.window import Window
from counterpoise.theory.forecasts import forecast
from counterpoise.theory.parameters import DEFAULT
from counterpoise.theory.portable import Numbers

CODE = "c" * 64


def own(answer: Callable[[Window], Any]) -> OwnHypothesis:
    class Mine(Hypothesis):
        name: ClassVar[str] = "mine"
        title: ClassVar[str] = "Mine"

        def shares(self, window: Window) -> Numbers:
            found: Numbers = answer(window)
            return found

    return OwnHypothesis(Mine(), "mine.py", CODE)


def even(window: Window) -> Numbers:
    """Return equal shares for all options."""
    found: Numbers = window.options / window.options.sum(axis=1, keepdims=True)
    return found


@pytest.fixture
def point(point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]) -> DecisionPoint:
    return point_of((candidate_of("K01"), candidate_of("K02")))


@pytest.fixture
def calm(point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]) -> DecisionPoint:
    return point_of((candidate_of("K01"),), threatened=False, actor="CALM")


def test_its_probabilities_get_the_floor_of_all_hypotheses(point: DecisionPoint, calm: DecisionPoint) -> None:
    sure = own(lambda window: np.where(np.arange(window.options.shape[1]) == 0, 1.0, 0.0) * np.ones((2, 1)))
    for one, forecasts in zip((point, calm), forecast([point, calm], hypotheses={"mine": sure}), strict=True):
        assert fsum(forecasts["mine"]) == pytest.approx(1.0)
        assert min(forecasts["mine"]) == pytest.approx(DEFAULT.epsilon / len(one.options))


def test_probabilities_above_the_floor_are_left_as_they_are(point: DecisionPoint, calm: DecisionPoint) -> None:
    window = Window([point, calm], DEFAULT)
    assert own(even).shares(window).tolist() == even(window).tolist()


def test_it_may_give_scores_instead_of_shares(point: DecisionPoint) -> None:
    class Strong(Hypothesis):
        name: ClassVar[str] = "strong"
        title: ClassVar[str] = "Strong"

        def scores(self, window: Window) -> Scores:
            return window.scores_of_alignments(window.alignments.power)

    [forecasts] = forecast([point], hypotheses={"strong": OwnHypothesis(Strong(), "strong.py", CODE)})
    assert forecasts == forecast([point], hypotheses={"strong": Strong()})[0]


def test_what_it_says_of_columns_that_are_no_options_does_not_count(point: DecisionPoint, calm: DecisionPoint) -> None:
    window = Window([point, calm], DEFAULT)
    filled = own(lambda w: np.where(w.options, even(w), 7.0))
    assert filled.shares(window).tolist() == own(even).shares(window).tolist()


@pytest.mark.parametrize(
    ("answer", "got"),
    [
        (lambda w: np.ones((2, 1)), "got an array of 2 x 1"),
        (lambda w: np.where(w.options, 0.5, 0.0), "got a sum of 2.5"),
        (lambda w: np.where(w.options, -1.0, 0.0), "got -1.0"),
        (lambda w: w.options * nan, "got nan"),
        (lambda w: None, "got None"),
        (lambda w: ["x"], "got \\['x'"),
        (lambda w: w.nothing, "got AttributeError: .*line [0-9]+"),
        (lambda w: w.threat.fill(0.0), "got ValueError"),
        (lambda w: sys.exit(3), "got SystemExit: 3"),
    ],
)
def test_a_wrong_answer_is_named_with_the_file_and_the_decision(
    point: DecisionPoint, calm: DecisionPoint, answer: Callable[[Window], Any], got: str
) -> None:
    with pytest.raises(InputError, match=rf"^mine\.py: Mine\.shares, for EGO on 1955-01-01: expected .*{got}"):
        forecast([point, calm], hypotheses={"mine": own(answer)})


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            lambda w: w.alignments.power,
            "expected what window.scores_of_alignments returns for an array of 2 x 3 scores.*2 x 3",
        ),
        (lambda w: None, "expected what window.scores_of_alignments returns .*, got None"),
        (
            lambda w: w.scores_of_alignments(np.ones((2, 1))),
            "expected scores, got ValueError: .* 3 scores, .* 2 x 1",
        ),
        (lambda w: w.scores_of_alignments(w.alignments.power * nan), "expected a number for each option, got nan"),
        (lambda w: w.scores_of_alignments(w.alignments.power / 0.0), "expected a number for each option, got inf"),
        (lambda w: Scores(np.ones((2, 2)), w.options), "expected an array of 2 x 5 scores, .*, got an array of 2 x 2"),
        (lambda w: sys.exit(3), "expected scores, got SystemExit: 3"),
    ],
)
@pytest.mark.filterwarnings("error")
def test_wrong_scores_are_named_as_scores(
    point: DecisionPoint, calm: DecisionPoint, answer: Callable[[Window], Any], message: str
) -> None:
    class Mine(Hypothesis):
        name: ClassVar[str] = "mine"
        title: ClassVar[str] = "Mine"

        def scores(self, window: Window) -> Scores:
            found: Scores = answer(window)
            return found

    mine = OwnHypothesis(Mine(), "mine.py", CODE)
    with pytest.raises(InputError, match=rf"^mine\.py: Mine\.scores, for EGO on 1955-01-01: {message}"):
        forecast([point, calm], hypotheses={"mine": mine})


def test_ctrl_c_in_a_hypothesis_is_no_mistake_of_its_file(point: DecisionPoint) -> None:
    def interrupted(window: Window) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        forecast([point], hypotheses={"mine": own(interrupted)})


def test_every_row_is_checked(point: DecisionPoint, calm: DecisionPoint) -> None:
    wrong = own(lambda window: even(window) * np.array([[1.0], [1.0], [0.5]]))
    with pytest.raises(
        InputError, match=r"for CALM on .*: expected 2 probabilities that sum to 1.*, got a sum of 0\.5"
    ):
        forecast([point, point, calm], hypotheses={"mine": wrong})
