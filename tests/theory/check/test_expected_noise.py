"""What noise would give, and that a verdict lies beyond it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from counterpoise.theory.check.debrief import debrief, proposition_table
from counterpoise.theory.check.expected_noise import ESTIMATES_MIN, ExpectedNoise
from counterpoise.theory.check.noise_benchmark import NoiseBenchmark
from counterpoise.theory.check.proposition_registry import PROPOSITIONS
from counterpoise.theory.check.verdicts import judged
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.sample import Sample

Make = Callable[..., NoiseBenchmark]
ChosenBy = Callable[..., list[DecisionRecord]]
AROUND = [-0.3, -0.2, -0.1, 0.0, 0.0, 0.0, 0.1, 0.2, 0.3]


def around(centre: float) -> list[float]:
    return [centre + value for value in AROUND]


def against_the_threat(point: DecisionPoint, dice: Random) -> str:
    return dice.choice([option for option in point.options if option.startswith("BAL")] or ["NEU"])


@pytest.fixture(scope="module")
def balancers() -> Callable[[ChosenBy], Sample]:
    made: list[Sample] = []

    def sample(chosen_by: ChosenBy) -> Sample:
        if not made:
            made.append(Sample(chosen_by(against_the_threat, sessions=6)))
        return made[0]

    return sample


def verdict(sample: Sample, noise: ExpectedNoise | None) -> str:
    return judged({"W3.1": PROPOSITIONS["W3.1"]}, sample, noise)["W3.1"].verdict


def test_an_effect_beyond_random_players_keeps_its_verdict(
    balancers: Callable[[ChosenBy], Sample], chosen_by: ChosenBy, benchmark_of: Make
) -> None:
    sample = balancers(chosen_by)
    noise = ExpectedNoise([(benchmark_of(around(0.1), n=len(sample.sided)), 1)])
    assert verdict(sample, None) == "SUPPORT"
    assert verdict(sample, noise) == "SUPPORT"


@pytest.mark.parametrize("centre", [0.9, 1.0, 3.0])
def test_an_effect_that_random_players_reach_gives_no_verdict(
    balancers: Callable[[ChosenBy], Sample], chosen_by: ChosenBy, benchmark_of: Make, centre: float
) -> None:
    sample = balancers(chosen_by)
    noise = ExpectedNoise([(benchmark_of(around(centre), n=len(sample.sided)), 1)])
    found = judged({"W3.1": PROPOSITIONS["W3.1"]}, sample, noise)["W3.1"]
    assert found.verdict == "NOT_ENOUGH_DATA"
    assert found.within_noise


def test_the_range_narrows_with_the_observations_not_with_the_sessions(benchmark_of: Make) -> None:
    noise, twice = (ExpectedNoise([(benchmark_of(around(0.0), n=100.0), sessions)]) for sessions in (1, 2))
    usual, more = (noise.beside_estimate("W3.1", n, 0.1) for n in (100, 1600))
    assert usual.random is not None
    assert more.random is not None
    assert usual.random.range[1] > more.random.range[1] > 0.0
    assert usual.random.mean == more.random.mean == 0.0
    assert usual.p is not None
    assert more.p is not None
    assert usual.p > more.p
    assert twice.beside_estimate("W3.1", 100, 0.1) == usual


def test_too_few_estimates_are_no_noise(benchmark_of: Make) -> None:
    few = [0.1] * (ESTIMATES_MIN - 1)
    assert ExpectedNoise([(benchmark_of([*few, None, None]), 1)]).random("W3.1", 100) is None
    assert ExpectedNoise([(benchmark_of([*few, 0.1, None]), 1)]).random("W3.1", 100) is not None
    assert ExpectedNoise([(benchmark_of([*few, 0.1]), 1)]).random("W3.1", 0) is None
    assert ExpectedNoise([(benchmark_of([*few, 0.1]), 1)]).random("W2.1", 100) is None


def test_scenarios_count_by_the_observations_that_their_sessions_should_have(benchmark_of: Make) -> None:
    one = benchmark_of(around(0.2), n=100.0, pool=10)
    other = benchmark_of(around(0.8), n=30.0, scenario="other")
    found = ExpectedNoise([(one, 3), (other, 1)]).random("W3.1", 60)
    assert found is not None
    assert found.mean == pytest.approx(0.5), "three games of a tenth of 100, and one of 30"


def test_both_skills_stand_beside_those_of_random_players(planted: ChosenBy, benchmark_of: Make) -> None:
    records = planted("ideology", sessions=3)
    report = debrief(records, noise=ExpectedNoise([(benchmark_of(around(0.0)), 3)]))
    rows = {row.name: row for row in report.hypotheses}
    for noise in (rows["ideology"].noise, rows["ideology"].partner_noise):
        assert noise is not None
        assert noise.random is not None
        assert noise.random.estimates == len(AROUND)
        assert noise.shuffled is None
    assert rows["aid"].noise is not None
    assert rows["aid"].noise.random is None, "the benchmark says nothing of it"
    assert all(row.noise is None for row in debrief(records).hypotheses)


def test_a_table_without_a_benchmark_says_nothing_of_noise(planted: ChosenBy) -> None:
    assert all(row.noise is None for row in proposition_table(Sample(planted("ideology", sessions=3))))
