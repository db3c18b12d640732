"""A hypothesis of a user's own, from a file outside the program: checked on every decision and known by the hash of its file."""

from __future__ import annotations

import re
from math import fsum, isfinite
from typing import Any, ClassVar, Literal

from counterpoise.errors import InputError
from counterpoise.theory.forecasting.choice_rule import floored
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.weighing import Weighing

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
SUM_TOLERANCE = 1e-6


class OwnHypothesis(Hypothesis):
    """A user's hypothesis, whose every forecast is checked and gets the floor that all hypotheses have.

    Args:
        given: the user's hypothesis.
        source: the name of its file, for errors.
        code: the SHA-256 of the file.
    """

    standing: ClassVar[Literal["hypothesis", "rival", "baseline"]] = "rival"

    def __init__(self, given: Hypothesis, source: str, code: str) -> None:
        self.given, self.source, self.code = given, source, code
        self.name, self.title = given.name, given.title  # type: ignore[misc]  # the name of each is its own

    def shares(self, weighing: Weighing) -> tuple[float, ...]:
        """Return the user's probabilities, none below the floor.

        Raises:
            InputError: the user's method raised an error, or what it returned is no distribution over the options.
        """
        point = weighing.point
        where = f"{type(self.given).__name__}.shares, for {point.actor} on {point.date}"
        try:
            found: Any = self.given.shares(weighing)
        except Exception as error:
            wrong = f"{type(error).__name__}: {error}"
            raise InputError(self.source, where, "one probability for each option", wrong) from error
        expected = f"{len(point.options)} probabilities that sum to 1, one for each option"
        try:
            shares = tuple(float(share) for share in found)
        except (TypeError, ValueError) as error:
            raise InputError(self.source, where, expected, f"{found!r:.80}") from error
        if len(shares) != len(point.options):
            raise InputError(self.source, where, expected, f"{len(shares)} of them")
        if not all(isfinite(share) and share >= 0.0 for share in shares):
            raise InputError(
                self.source, where, expected, f"{next(s for s in shares if not (isfinite(s) and s >= 0.0))}"
            )
        if abs(fsum(shares) - 1.0) > SUM_TOLERANCE:
            raise InputError(self.source, where, expected, f"a sum of {fsum(shares):.6g}")
        least = weighing.parameters.epsilon / len(shares)
        return shares if min(shares) >= least * (1.0 - SUM_TOLERANCE) else floored(shares, weighing.parameters)
