"""Planted weights of choices lie inside the intervals that the checker estimates."""

from __future__ import annotations

from collections.abc import Callable
from math import exp
from random import Random
from typing import Any

import pytest

from counterpoise.theory import statistics
from counterpoise.theory.decisions.decision_point import Candidate, DecisionPoint
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.evidence.sample import Sample

WEIGHTS = {"shared": 3.0, "similarity": 1.5, "penetration": 4.0}
COMPONENTS = {"relative_power": 1.0, "proximity": 1.0, "offense": 0.5, "intentions": 2.0}


def traits(k: Candidate) -> tuple[float, ...]:
    return tuple(float(getattr(k, name)) for name in WEIGHTS)


def by_weights(point: DecisionPoint, dice: Random) -> str:
    """Join a state, by a conditional logit on the traits."""
    labels = [option for option in point.options if option not in ("NEU", "HIDE")]
    known = {k.id: k for k in point.others}
    states = [known[label.partition(":")[2] or point.top_threat] for label in labels]  # type: ignore[index]
    strengths = [exp(sum(w * t for w, t in zip(WEIGHTS.values(), traits(k), strict=True))) for k in states]
    return dice.choices(labels, weights=strengths)[0]


def by_threat(point: DecisionPoint, dice: Random) -> str:
    """Balance or not, by a logit on the components of the top threat."""
    odds = -1.5 + sum(weight * float(getattr(point.source, name)) for name, weight in COMPONENTS.items())
    balancing = [option for option in point.options if option.startswith("BAL")]
    return dice.choice(balancing) if balancing and dice.random() < 1.0 / (1.0 + exp(-odds)) else "NEU"


ChosenBy = Callable[..., list[DecisionRecord]]


@pytest.mark.parametrize("name", WEIGHTS)
def test_planted_weights_of_partners_are_recovered(name: str, chosen_by: ChosenBy) -> None:
    sample = Sample(chosen_by(by_weights, sessions=24, windows=2))
    place = list(WEIGHTS).index(name)

    def covariates(_: Any, k: Candidate) -> tuple[float, ...]:
        row = traits(k)
        return (row[place], *(part for other, part in enumerate(row) if other != place))

    sets = sample.choice_sets(covariates)
    fit = statistics.conditional_logit(sets)
    size = statistics.standard_deviation([row[0] for choice in sets for row in choice.rows])
    assert fit is not None
    assert fit.low < WEIGHTS[name] * size < fit.high
    assert fit.low > 0.0


@pytest.mark.parametrize("name", COMPONENTS)
def test_planted_weights_of_threat_are_recovered(name: str, chosen_by: ChosenBy) -> None:
    sample = Sample(chosen_by(by_threat, sessions=40, windows=3, seed="threat"))
    cases = [case for case in sample.threatened if any(option.startswith("BAL") for option in case.point.options)]
    order = [name, *(other for other in COMPONENTS if other != name)]
    columns = [[float(getattr(case.point.source, part)) for case in cases] for part in order]
    fit = statistics.logit([case.did == "BAL" for case in cases], columns, [case.cluster for case in cases])
    assert fit is not None
    assert fit.low < COMPONENTS[name] * statistics.standard_deviation(columns[0]) < fit.high
