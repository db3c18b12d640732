from __future__ import annotations

from math import exp, log
from random import Random

import numpy as np
import pytest

from counterpoise.theory import statistics
from counterpoise.theory.statistics import ChoiceSet, Cluster

CLUSTERS: list[Cluster] = [("s", f"c{n}") for n in range(20)]


def random_choices(slope: float, n: int = 400, seed: int = 2) -> list[ChoiceSet]:
    dice = Random(seed)
    made = []
    for k in range(n):
        rows = tuple((dice.gauss(0, 1), dice.gauss(0, 1)) for _ in range(6))
        weights = [exp(slope * a - 0.5 * b) for a, b in rows]
        chosen = dice.choices(range(6), weights)[0]
        made.append(ChoiceSet(rows, chosen, CLUSTERS[k % 20]))
    return made


def test_the_conditional_logit_finds_a_planted_coefficient() -> None:
    fit = statistics.conditional_logit(random_choices(0.7))
    assert fit is not None
    assert fit.low < 0.7 < fit.high
    assert fit.p < 0.01
    random_fit = statistics.conditional_logit(random_choices(0.0, seed=4))
    assert random_fit is not None
    assert random_fit.low < 0.0 < random_fit.high


def test_the_conditional_logit_agrees_with_statsmodels() -> None:
    from statsmodels.discrete.conditional_models import ConditionalLogit

    made = random_choices(0.6, 60)
    y = [float(place == c.chosen) for c in made for place in range(6)]
    x = np.array([row for c in made for row in c.rows])
    groups = np.repeat(np.arange(60), 6)
    reference = ConditionalLogit(np.array(y), x / x.std(axis=0), groups=groups).fit(disp=0)
    fit = statistics.conditional_logit(made)
    assert fit is not None
    assert fit.estimate == pytest.approx(float(reference.params[0]), abs=1e-3)


def test_the_conditional_logit_converges_with_few_near_and_many_far_alternatives() -> None:
    dice, made = Random(1), []
    for k in range(60):
        rows = [-dice.uniform(0.0, 1.0) if place < 2 else -dice.uniform(5.0, 7.0) for place in range(80)]
        chosen = dice.choices(range(80), [exp(0.8 * value) for value in rows])[0]
        made.append(ChoiceSet(tuple((value,) for value in rows), chosen, ("s", f"c{k}")))
    fit = statistics.conditional_logit(made)
    assert fit is not None, "full steps jump over the summit and back"
    assert fit.estimate == pytest.approx(0.957, abs=0.01)
    x = np.array([row for choice in made for row in choice.rows])
    chosen_, sizes = np.array([choice.chosen for choice in made]), np.full(60, 80)
    scores = statistics.heldout_choice_scores(x, sizes, chosen_, np.arange(60) % 5)
    assert scores.mean() > -log(80) + 0.3


def test_the_conditional_logit_returns_none_if_the_data_carry_no_estimate() -> None:
    assert statistics.conditional_logit([]) is None
    flat = [ChoiceSet(((1.0, k * 0.1), (1.0, 0.0)), k % 2, CLUSTERS[k]) for k in range(20)]
    assert statistics.conditional_logit(flat) is None
    split = [ChoiceSet(((1.0 + k * 0.01,), (0.0,)), 0, CLUSTERS[k]) for k in range(20)]
    assert statistics.conditional_logit(split) is None


def test_the_conditional_logit_converges_where_full_newton_steps_cycle() -> None:
    dice = Random("circles")
    menus = []
    for number in range(200):
        rows = tuple((float(place == 0), dice.gauss(0, 1), dice.expovariate(0.2) ** 2) for place in range(12))
        chosen = 0 if dice.random() < 0.5 else dice.randrange(1, 12)
        menus.append(ChoiceSet(rows, chosen, ("s", str(number % 20))))
    fit = statistics.conditional_logit(menus)
    assert fit is not None
    assert fit.estimate > 0.0
    assert fit.low < fit.estimate < fit.high


def test_the_same_choices_give_the_same_numbers() -> None:
    assert statistics.conditional_logit(random_choices(0.3)) == statistics.conditional_logit(random_choices(0.3))
