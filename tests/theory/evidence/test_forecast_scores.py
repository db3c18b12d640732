from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from math import isnan, log

import pytest
import scalar_scores
from scalar_scores import Score

from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.decisions.outcome import Outcome
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.forecast_scores import ScoredMenus, Scores, skill, usable


def record_of(point: DecisionPoint, shares: tuple[float, ...], choice: str, *, on_menu: bool = True) -> DecisionRecord:
    outcome = Outcome(point.actor, 0, 0, 90, "formation", choice, "BAL", (), (), (), False, False, on_menu)
    return DecisionRecord(point, {"h": shares}, outcome)


def score(record: DecisionRecord, hypothesis: str) -> Score:
    (found,) = rows(ScoredMenus([record]).scores(hypothesis))
    return found


def rows(scores: Scores) -> list[Score]:
    columns = [[None if isnan(value) else value for value in column.tolist()] for column in scores]
    return [Score(*row) for row in zip(*columns, strict=True)]


@pytest.fixture
def point(point_of: Callable[..., DecisionPoint], candidate_of: Callable[..., Candidate]) -> DecisionPoint:
    return point_of((candidate_of("AAA"), candidate_of("BBB")))


def test_scores_of_one_forecast(point: DecisionPoint) -> None:
    made = score(record_of(point, (0.5, 0.2, 0.1, 0.1, 0.1), "BAL:BBB"), "h")
    assert made.log_score == pytest.approx(log(0.2))
    assert made.brier == pytest.approx(0.25 + 0.64 + 0.01 + 0.04)
    assert (made.first, made.third) == (0.0, 1.0)
    assert made.percentile == pytest.approx(0.5)
    assert made.aligned == pytest.approx(log(0.2 / 0.8))


def test_ties_share_the_places(point: DecisionPoint) -> None:
    made = score(record_of(point, (0.2, 0.2, 0.2, 0.1, 0.1), "BW"), "h")
    assert (made.first, made.third) == pytest.approx((0.25, 0.75))


def test_neutrality_and_hiding_are_one_option_with_the_sum_of_their_shares(point: DecisionPoint) -> None:
    shares = (0.1, 0.2, 0.1, 0.25, 0.35)
    made, again = (score(record_of(point, shares, choice), "h") for choice in ("NEU", "HIDE"))
    assert made == again
    assert made.log_score == pytest.approx(log(0.6))
    assert made.brier == pytest.approx(0.01 + 0.04 + 0.01 + 0.16)
    assert made.first == 1.0
    menus = ScoredMenus([record_of(point, shares, "HIDE")])
    assert menus.shares("h").tolist() == [[0.1, 0.2, 0.1, 0.6, 0.0]]
    assert menus.present.tolist() == [[True, True, True, True, False]]


def test_a_decision_without_a_partner_has_no_partner_score(point: DecisionPoint) -> None:
    made = score(record_of(point, (0.2,) * 5, "NEU"), "h")
    assert made.percentile is None
    assert made.aligned is None


def test_the_true_probabilities_score_best_on_average(point: DecisionPoint) -> None:
    truth = (0.6, 0.1, 0.1, 0.1, 0.1)
    for other in ((0.2,) * 5, (0.9, 0.025, 0.025, 0.025, 0.025)):
        gain = loss = 0.0
        for option, chance in zip(point.options, truth, strict=True):
            mine, theirs = (score(record_of(point, shares, option), "h") for shares in (truth, other))
            gain += chance * (mine.log_score - theirs.log_score)
            loss += chance * (mine.brier - theirs.brier)
        assert gain > 0.0
        assert loss < 0.0


def test_the_scores_of_many_decisions_are_those_of_plain_arithmetic(
    planted: Callable[..., list[DecisionRecord]],
) -> None:
    records = planted("base_rate", sessions=2)
    menus = ScoredMenus(records)
    for name in ("balance_of_threat", "base_rate", "uniform"):
        for record, found in zip(records, rows(menus.scores(name)), strict=True):
            assert asdict(found) == pytest.approx(asdict(scalar_scores.score(record, name)), abs=1e-12)


def test_skill_is_zero_for_the_reference_and_positive_for_better_forecasts() -> None:
    assert skill([-2.0, -1.0], [-2.0, -1.0]) == 0.0
    assert skill([-1.0, -0.5], [-2.0, -1.0]) == pytest.approx(0.5)
    assert skill([], []) is None


def test_decisions_off_the_menu_or_unfinished_are_not_scored(point: DecisionPoint) -> None:
    assert not usable(record_of(point, (0.2,) * 5, "", on_menu=False))
    assert not usable(DecisionRecord(point, {}))
    assert usable(record_of(point, (0.2,) * 5, "NEU"))
