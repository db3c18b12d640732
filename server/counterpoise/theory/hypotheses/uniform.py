"""B0: every option is as likely as any other."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.window import Window
from counterpoise.theory.portable import Numbers


class Uniform(Hypothesis):
    """Every option is as likely as any other.

    The forecast without any theory, from the menu alone (Laplace's principle of indifference).
    """

    name: ClassVar[str] = "uniform"
    title: ClassVar[str] = "Uniform"
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "baseline"

    def shares(self, window: Window) -> Numbers:
        """Return 1 / n for each option."""
        return window.options / np.count_nonzero(window.options, axis=1, keepdims=True)
