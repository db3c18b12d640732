"""The registry of hypotheses, and their forecasts of decisions from the frozen points alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import structs

from counterpoise.registry import subclasses_in
from counterpoise.theory import hypotheses
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.decisions.record import DecisionRecord
from counterpoise.theory.forecasting.choice_rule import flattened, nested
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.window import Window
from counterpoise.theory.parameters import DEFAULT, Parameters
from counterpoise.theory.portable import Numbers
from counterpoise.theory.quantising import quantised_array

_RANKS = {"hypothesis": 0, "rival": 1, "baseline": 2}
HYPOTHESES: dict[str, Hypothesis] = {
    kind.name: kind()
    for kind in sorted(subclasses_in(hypotheses, Hypothesis), key=lambda kind: (_RANKS[kind.standing], kind.name))
}
TOGETHER = 400
"""How many decisions are laid out at once: enough that arrays are fast, few enough that they fit into a processor's cache."""

Forecasts = dict[str, tuple[float, ...]]
"""By hypothesis, one probability for each of the point's options."""


def forecast(
    points: Sequence[DecisionPoint],
    parameters: Parameters = DEFAULT,
    hypotheses: Mapping[str, Hypothesis] = HYPOTHESES,
) -> list[Forecasts]:
    """Return each hypothesis's forecasts of each decision, flattened and quantised to 1e-6."""
    exponents = np.array([parameters.sharpness(name) for name in hypotheses])[:, None, None]
    joining = np.array([parameters.joining(name) for name in hypotheses])[:, None, None]
    return [
        one
        for window in _windows(points, parameters)
        for one in _by_decision(window, flattened(_shares(window, hypotheses), exponents, joining), hypotheses)
    ]


def with_forecasts(
    records: Sequence[DecisionRecord],
    parameters: Parameters = DEFAULT,
    hypotheses: Mapping[str, Hypothesis] = HYPOTHESES,
) -> tuple[DecisionRecord, ...]:
    """Return decisions with other forecasts instead of theirs, made from their frozen points."""
    made = forecast([record.point for record in records], parameters, hypotheses)
    return tuple(structs.replace(record, forecasts=one) for record, one in zip(records, made, strict=True))


def sharp_forecast(
    points: Sequence[DecisionPoint],
    parameters: Parameters = DEFAULT,
    hypotheses: Mapping[str, Hypothesis] = HYPOTHESES,
) -> list[Forecasts]:
    """Return each hypothesis's forecasts of each decision before they are flattened, quantised to 1e-6.

    Whoever fits the sharpness starts from these.
    """
    return [
        one
        for window in _windows(points, parameters)
        for one in _by_decision(window, _shares(window, hypotheses), hypotheses)
    ]


def _windows(points: Sequence[DecisionPoint], parameters: Parameters) -> Iterator[Window]:
    for first in range(0, len(points), TOGETHER):
        yield Window(points[first : first + TOGETHER], parameters)


def _shares(window: Window, hypotheses: Mapping[str, Hypothesis]) -> Numbers:
    """Return the shares of all hypotheses: hypotheses by actors by options.

    Those that follow the choice rule go through it together, since a call of numpy costs more than the arithmetic.
    """
    shares = np.empty((len(hypotheses), *window.options.shape))
    scored = []
    for place, hypothesis in enumerate(hypotheses.values()):
        if type(hypothesis).shares is Hypothesis.shares:
            scored.append((place, hypothesis.scores(window)))
        else:
            shares[place] = hypothesis.shares(window)
    if scored:
        values = np.stack([scores.values for _, scores in scored])
        nests = np.stack([scores.nest for _, scores in scored])
        shares[[place for place, _ in scored]] = nested(values, nests, window.options, window.parameters)
    return shares


def _by_decision(window: Window, shares: Numbers, names: Mapping[str, Hypothesis]) -> Iterator[Forecasts]:
    """Yield the shares of each decision under all hypotheses, quantised."""
    rows = [window.on_menus(one) for one in quantised_array(shares)]
    for decision in zip(*rows, strict=True):
        yield dict(zip(names, decision, strict=True))
