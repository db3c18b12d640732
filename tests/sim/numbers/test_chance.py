from __future__ import annotations

from math import exp
from random import Random
from statistics import median

import pytest

from counterpoise.sim.numbers import chance
from counterpoise.sim.numbers.random_streams import CountingRandom


def test_an_event_happens_with_its_probability() -> None:
    stream = Random("often")
    share = len([1 for _ in range(20_000) if chance.happens(stream, 0.3)]) / 20_000
    assert share == pytest.approx(0.3, abs=0.01)


def test_certain_events_always_happen_and_impossible_events_never() -> None:
    stream = Random("sure")
    assert all(chance.happens(stream, 1.0) for _ in range(1000))
    assert not any(chance.happens(stream, 0.0) for _ in range(1000))


def test_whole_numbers_include_both_ends() -> None:
    stream = Random("ends")
    assert sorted({chance.whole_number(stream, 3, 6) for _ in range(500)}) == [3, 4, 5, 6]


def test_normal_deviates_have_the_standard_mean_and_spread() -> None:
    stream = Random("normal")
    draws = [chance.normal(stream) for _ in range(20_000)]
    mean = sum(draws) / len(draws)
    assert mean == pytest.approx(0, abs=0.03)
    assert sum((x - mean) ** 2 for x in draws) / len(draws) == pytest.approx(1, abs=0.05)


def test_lognormal_days_are_whole_and_have_the_published_median() -> None:
    stream = Random("days")
    days = [chance.lognormal_days(stream, 1.61, 1.85, high=10_000) for _ in range(20_000)]
    assert median(days) == pytest.approx(exp(1.61), abs=1)
    assert min(days) >= 1
    assert all(type(day) is int for day in days)


def test_weibull_days_have_the_published_median() -> None:
    stream = Random("days")
    assert median(chance.weibull_days(stream, 0.50, 82.0) for _ in range(20_000)) == pytest.approx(39.4, abs=2)


def test_pick_follows_the_weights() -> None:
    stream = Random("pick")
    picks = [chance.pick(stream, (("a", 0.2), ("b", 0.5), ("c", 0.3))) for _ in range(20_000)]
    assert picks.count("b") / len(picks) == pytest.approx(0.5, abs=0.01)
    assert picks.count("c") / len(picks) == pytest.approx(0.3, abs=0.01)


def test_scaling_odds_can_be_reversed() -> None:
    assert chance.multiply_odds(0.06, 3.0) == pytest.approx(0.18 / 1.12)
    assert chance.multiply_odds(chance.multiply_odds(0.2, 5), 0.2) == pytest.approx(0.2)
    assert chance.sigmoid(chance.logit(0.37)) == pytest.approx(0.37)
    assert chance.sigmoid(-800) == pytest.approx(0)


def test_several_normal_deviates_are_those_of_single_draws() -> None:
    alone, together = CountingRandom("normal"), CountingRandom("normal")
    assert chance.normals(together, 1000) == [chance.normal(alone) for _ in range(1000)]
    assert chance.normals(together, 0) == []
    assert together.draws == alone.draws == 1000


def test_several_events_happen_as_if_drawn_one_after_another() -> None:
    alone, together = CountingRandom("often"), CountingRandom("often")
    probabilities = [0.1, 0.6, 0.0, 0.3] * 200
    bounds = [2 * probability for probability in probabilities]
    found = [
        (place, together.random()) for place in chance.places_that_happen(together, bounds, probabilities.__getitem__)
    ]
    expected = []
    for place, (bound, probability) in enumerate(zip(bounds, probabilities, strict=True)):
        if chance.happens_with_bound(alone, bound, lambda value: value, probability):
            expected.append((place, alone.random()))
    assert found == expected
    assert together.draws == alone.draws == 800 + len(found)


class OneNumber(Random):
    """Gives the same number at every draw."""

    number = 0.0

    def random(self) -> float:
        return self.number


def test_a_probability_is_rounded_only_where_that_decides() -> None:
    stream = OneNumber()
    for stream.number in (0.3, 0.3 - 4e-10, 0.3 + 4e-10, 0.3 - 2e-9, 0.3 + 2e-9):
        for probability in (0.3, 0.3 + 4e-10, 0.3 - 4e-10, 0.3 + 6e-10):
            assert chance.happens(stream, probability) == (stream.number < round(probability, 9))
