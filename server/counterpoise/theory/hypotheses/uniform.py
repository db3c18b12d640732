"""B0: every option is as likely as any other."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.weighing import Weighing


class Uniform(Hypothesis):
    """Every option is as likely as any other.

    The forecast without any theory, from the menu alone (Laplace's principle of indifference).
    """

    name: ClassVar[str] = "uniform"
    title: ClassVar[str] = "Uniform"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "baseline"

    def shares(self, weighing: Weighing) -> tuple[float, ...]:
        """Return 1 / n for each option."""
        options = len(weighing.point.options)
        return (1.0 / options,) * options
