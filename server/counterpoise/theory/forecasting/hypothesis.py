"""The base class of hypotheses. A new hypothesis is one new file in ``hypotheses/``: a class with a name, a title and scores."""

from __future__ import annotations

from typing import ClassVar, Literal

from counterpoise.theory.forecasting.choice_rule import nested
from counterpoise.theory.forecasting.scores import Scores
from counterpoise.theory.forecasting.window import Window
from counterpoise.theory.portable import Numbers


class Hypothesis:
    """A model that forecasts, before a decision, the probability of each option.

    It has ``scores``, which the choice rule of all hypotheses turns into shares, or ``shares`` of its own. A forecast depends
    on the frozen point alone, gives each option at least the floor, sums to 1, and does not depend on the names or the order
    of states, nor on the other decisions in the window.
    """

    name: ClassVar[str]
    """Its name in journals and documents."""
    title: ClassVar[str]
    """Its name for readers."""
    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "hypothesis"
    code: str = ""
    """The SHA-256 of its file, if it is a user's own; empty for a hypothesis of the program."""

    def scores(self, window: Window) -> Scores:
        """Return what each option of each decision is worth."""
        raise TypeError(f"{type(self).__name__} has neither scores nor shares and cannot forecast")

    def shares(self, window: Window) -> Numbers:
        """Return the probability of each option of each decision, as sharp as the theory itself; actors by options.

        What stands in columns that are no options of a decision does not count.
        """
        scores = self.scores(window)
        return nested(scores.values, scores.nest, window.options, window.parameters)
