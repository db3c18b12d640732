"""B0: every option is as likely as any other."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.decision import DecisionPoint
from counterpoise.theory.hypothesis import Hypothesis
from counterpoise.theory.parameters import DEFAULT, Parameters


class Uniform(Hypothesis):
    """Every option is as likely as any other.

    No theory at all: what a forecaster knows who has only read the menu (Laplace's principle of indifference)."""

    name: ClassVar[str] = "uniform"
    title: ClassVar[str] = "Uniform"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "baseline"

    def forecast(self, point: DecisionPoint, parameters: Parameters = DEFAULT) -> tuple[float, ...]:
        """Return 1 / n for each option."""
        return (1.0 / len(point.options),) * len(point.options)
