"""The registry of hypotheses, and their forecasts of a decision from its frozen point alone."""

from __future__ import annotations

from collections.abc import Mapping

from counterpoise.registry import subclasses_in
from counterpoise.theory import hypotheses
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.weighing import Weighing
from counterpoise.theory.parameters import DEFAULT, Parameters
from counterpoise.theory.quantising import quantised_all

_RANKS = {"hypothesis": 0, "rival": 1, "baseline": 2}
HYPOTHESES: dict[str, Hypothesis] = {
    kind.name: kind()
    for kind in sorted(subclasses_in(hypotheses, Hypothesis), key=lambda kind: (_RANKS[kind.standing], kind.name))
}


def forecast(
    point: DecisionPoint, parameters: Parameters = DEFAULT, hypotheses: Mapping[str, Hypothesis] = HYPOTHESES
) -> dict[str, tuple[float, ...]]:
    """Return each hypothesis's probabilities for the point's options, flattened and quantised to 1e-6."""
    weighing = Weighing(point, parameters)
    return {name: tuple(quantised_all(one.weighed_forecast(weighing))) for name, one in hypotheses.items()}


def sharp_forecast(point: DecisionPoint, parameters: Parameters = DEFAULT) -> dict[str, tuple[float, ...]]:
    """Return each hypothesis's probabilities before they are flattened, quantised to 1e-6.

    Whoever fits the sharpness starts from these.
    """
    weighing = Weighing(point, parameters)
    return {name: tuple(quantised_all(one.shares(weighing))) for name, one in HYPOTHESES.items()}
