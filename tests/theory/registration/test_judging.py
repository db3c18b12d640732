"""Predictions pass, fail or stay undecided by their own criteria."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec import structs
from tests.theory.registration.test_registration import registered

from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.sample import Sample
from counterpoise.theory.evidence.verdict import Finding
from counterpoise.theory.forecasts import HYPOTHESES
from counterpoise.theory.registration.judging import finding_of, outcome_of
from counterpoise.theory.registration.power import simulated_power
from counterpoise.theory.registration.prediction import Prediction, PredictionTable, complete
from counterpoise.theory.registration.registration_document import judged_registration

Planted = Callable[..., list[DecisionRecord]]
FOUND = Finding(n=200, estimate=0.7, low=0.6, high=0.8, low90=0.62, high90=0.78, p=0.001, clusters=12)


def prediction(**how: Any) -> Prediction:
    [made], problems = complete([PredictionTable(**how)], HYPOTHESES)
    assert not problems
    return made


@pytest.fixture(scope="module")
def threatened() -> Callable[[], Sample]:
    class Threatened(Sample):
        def __init__(self) -> None:
            super().__init__([])
            self.threatened = [object()] * 60  # type: ignore[list-item]

    return Threatened


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({}, "passed"),
        ({"p": 0.06}, "undecided"),
        ({"low": 0.49}, "undecided"),
        ({"estimate": 0.54, "low": 0.51, "high": 0.57, "low90": 0.515, "high90": 0.565}, "undecided"),
        ({"estimate": 0.51, "low": 0.48, "high": 0.54, "low90": 0.485, "high90": 0.535}, "failed"),
        ({"estimate": 0.3, "low": 0.2, "high": 0.4, "low90": 0.22, "high90": 0.38}, "failed"),
        ({"n": 10}, "undecided"),
        ({"clusters": 4}, "undecided"),
        ({"enough": False}, "undecided"),
        ({"blind": 0.59}, "passed"),
        ({"blind": 0.61}, "undecided"),
        ({"estimate": None}, "undecided"),
    ],
)
def test_the_criteria_decide(threatened: Callable[[], Sample], change: dict[str, Any], outcome: str) -> None:
    from dataclasses import replace

    assert outcome_of(prediction(claim="W3.1"), replace(FOUND, **change), threatened()) == outcome


def test_the_other_direction_mirrors_the_criteria(threatened: Callable[[], Sample]) -> None:
    assert outcome_of(prediction(claim="W3.1", direction="below"), FOUND, threatened()) == "failed"
    assert outcome_of(prediction(claim="W2.1", direction="above"), FOUND, threatened()) == "passed"


@pytest.mark.parametrize("on", ["choices", "partners"])
def test_the_planted_hypothesis_is_found_better_and_its_rival_is_not(planted: Planted, on: str) -> None:
    sample = Sample(planted("ideology", sessions=16, windows=2))
    better = prediction(better="ideology", than="aid", on=on, smallest=0.001)
    worse = prediction(better="aid", than="ideology", on=on, smallest=0.001)
    found, mirrored = finding_of(better, sample), finding_of(worse, sample)
    assert found.estimate is not None
    assert mirrored.estimate == pytest.approx(-found.estimate)
    assert outcome_of(better, found, sample) == "passed"
    assert outcome_of(worse, mirrored, sample) == "failed"


def test_a_claim_is_judged_by_its_own_test(planted: Planted) -> None:
    sample = Sample(planted("bandwagoning", sharp=True, sessions=10))
    joined, balanced = prediction(claim="W2.1"), prediction(claim="W3.1")
    assert outcome_of(joined, finding_of(joined, sample), sample) == "passed"
    assert outcome_of(balanced, finding_of(balanced, sample), sample) == "failed"


def test_an_obstacle_leaves_every_prediction_undecided_and_says_why(planted: Planted) -> None:
    sample = Sample(planted("bandwagoning", sessions=4))
    judged = judged_registration(registered(), "a" * 64, sample, 4, ["The plan has 12 sessions."], ["Another program."])
    assert judged.remarks == ["The plan has 12 sessions.", "Another program."]
    for row in judged.predictions:
        assert (row.outcome, row.reason) == ("undecided", "The plan has 12 sessions.")
        assert row.estimate is not None


def test_power_grows_with_sessions_and_finds_how_many_it_takes(planted: Planted) -> None:
    records = planted("base_rate", sessions=3, windows=2)
    games = [[r for r in records if r.session == f"s{number}"] for number in range(3)]
    counted: list[int] = []
    claim = prediction(claim="W4.1", assuming="ideology")
    found = simulated_power(claim, games, 1, 5, lambda: counted.append(1))
    assert found.planned is not None
    assert found.needed is not None
    more = simulated_power(claim, games, 2 * found.needed, 5, lambda: None)
    assert more.planned is not None
    assert more.planned >= 0.8
    assert more.planned >= found.planned
    assert 1 <= len(counted) <= 13


def test_players_who_choose_otherwise_give_a_prediction_no_power(planted: Planted) -> None:
    records = planted("base_rate", sessions=2, windows=2)
    games = [[r for r in records if r.session == f"s{number}"] for number in range(2)]
    wrong = structs.replace(prediction(claim="W2.1"), assuming="balance_of_threat")
    found = simulated_power(wrong, games, 6, 1, lambda: None)
    assert (found.planned, found.needed) == (0.0, None)


def test_a_claim_about_more_than_choices_cannot_be_simulated(planted: Planted) -> None:
    records = planted("base_rate", sessions=2, windows=2)
    found = simulated_power(prediction(claim="W1.6"), [records], 4, 3, lambda: None)
    assert (found.planned, found.needed) == (None, None)
