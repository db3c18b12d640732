"""Draws of the threat index are always the same, and they separate robust verdicts from fragile ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import fsum
from random import Random

import pytest

from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.check.sensitivity import FORMS, Draws, agreement, codings
from counterpoise.theory.check.verdicts import judged, verdicts_of
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.proposition import Sample
from counterpoise.theory.forecasts import HYPOTHESES, forecast
from counterpoise.theory.parameters import DEFAULT

Planted = Callable[..., list[DecisionRecord]]


def test_draws_are_always_the_same_and_a_longer_list_begins_with_the_shorter_one() -> None:
    assert codings(12) == codings(12)
    assert codings(12)[:5] == codings(5)
    assert codings(0) == []


def test_draws_cover_the_forms_the_floors_and_the_weights() -> None:
    drawn = codings(600)
    assert {coding.form for coding in drawn} == set(FORMS)
    floors = [coding.parameters.floor_quantile for coding in drawn]
    assert 0.20 <= min(floors) < 0.22
    assert 0.48 < max(floors) <= 0.50
    for coding in drawn:
        for weights in (coding.regional, coding.outside):
            assert fsum((weights.power, weights.proximity, weights.offense, weights.intentions)) == pytest.approx(1.0)
    # A Dirichlet(2, 2, 2, 2) has means of one quarter and variances of (1/4)(3/4)/9.
    first = [coding.regional.power for coding in drawn]
    centre = fsum(first) / len(first)
    assert centre == pytest.approx(0.25, abs=0.02)
    assert fsum((value - centre) ** 2 for value in first) / len(first) == pytest.approx(0.25 * 0.75 / 9, rel=0.2)


def test_a_verdict_that_does_not_use_the_index_is_robust(planted: Planted) -> None:
    records = planted("ideology", sessions=30, windows=1)
    sample = Sample(records)
    verdicts = {name: found.verdict for name, found in judged(PROPOSITIONS, sample).items() if name in ("W4.1", "W6.1")}
    assert verdicts["W4.1"] == "SUPPORT"
    shares = agreement(PROPOSITIONS, verdicts, records, Sample(records), Draws(6))
    assert shares["W4.1"] >= 0.8
    assert ("W6.1" in shares) == (verdicts["W6.1"] != "NOT_ENOUGH_DATA")


def test_without_draws_or_verdicts_there_is_no_agreement(planted: Planted) -> None:
    records = planted("base_rate", sessions=2, windows=1)
    assert agreement(PROPOSITIONS, {"W4.1": "SUPPORT"}, records, Sample(records), Draws(0)) == {}
    assert agreement(PROPOSITIONS, {"W4.1": "NOT_ENOUGH_DATA"}, records, Sample(records), Draws(5)) == {}


def as_forecast_but_sharp(point: DecisionPoint, dice: Random) -> str:
    """Choose as balance of threat forecasts, its constant for joining the threat included, before it is flattened."""
    name = "balance_of_threat"
    sharp = replace(DEFAULT, sharpness_balance_of_threat=1.0)
    [shares] = forecast([point], sharp, {name: HYPOTHESES[name]})
    return dice.choices(point.options, shares[name])[0]


def test_comparisons_of_hypotheses_use_forecasts_with_the_drawn_index(chosen_by: Planted) -> None:
    records = chosen_by(as_forecast_but_sharp, sessions=120, windows=1)
    sample = Sample(records)
    verdict = judged(PROPOSITIONS, sample)["WX.1"].verdict
    assert verdict == "SUPPORT"
    shares = agreement(PROPOSITIONS, {"WX.1": verdict}, records, Sample(records), Draws(6))
    assert 0.0 <= shares["WX.1"] < 1.0, "other weights of threat cannot all forecast what the default made"


@pytest.mark.parametrize("hypothesis", ["balance_of_threat", "bandwagoning", "ideology", "base_rate"])
def test_testing_only_what_can_change_a_verdict_gives_the_same_verdicts(planted: Planted, hypothesis: str) -> None:
    sample = Sample(planted(hypothesis, sharp=True, sessions=24, windows=1))
    whole = {name: found.verdict for name, found in judged(PROPOSITIONS, sample).items()}
    assert verdicts_of(PROPOSITIONS, PROPOSITIONS, sample) == whole
    for name, verdict in whole.items():
        if verdict != "NOT_ENOUGH_DATA":
            assert verdicts_of([name], PROPOSITIONS, sample) == {name: verdict}
