"""A hypothesis of a user's own, from a file outside the program: checked on every decision and known by the hash of its file."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Literal

import numpy as np

from counterpoise.errors import InputError
from counterpoise.sim.bot import describe_error
from counterpoise.theory.forecasting.choice_rule import floored, menu_total, nested
from counterpoise.theory.forecasting.hypothesis import Hypothesis
from counterpoise.theory.forecasting.scores import Scores
from counterpoise.theory.forecasting.window import Window
from counterpoise.theory.portable import Numbers

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

    def shares(self, window: Window) -> Numbers:
        """Return the user's probabilities, none below the floor.

        Raises:
            InputError: the user's method raised an error, or a row of what it returned is no distribution over the options.
        """
        if self._method == "scores":
            shares = self._shares_of_scores(window)
        else:
            shares = np.where(window.options, self._array(window, self._answer(window), "probabilities"), 0.0)
        self._check(window, shares)
        least = window.parameters.epsilon / np.count_nonzero(window.options, axis=1, keepdims=True)
        low = (window.options & (shares < least * (1.0 - SUM_TOLERANCE))).any(axis=1, keepdims=True)
        return np.where(low, floored(shares, window.options, window.parameters), shares)

    @property
    def _method(self) -> Literal["scores", "shares"]:
        """The method that the user's class defines."""
        return "scores" if type(self.given).shares is Hypothesis.shares else "shares"

    def _answer(self, window: Window) -> Any:
        """Return what the user's method returns; no error or warning of it ends the program."""
        try:
            with np.errstate(all="ignore"):
                return getattr(self.given, self._method)(window)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # SystemExit would end the debrief without a word
            expected = "scores" if self._method == "scores" else "probabilities"
            raise self._wrong(window, 0, expected, describe_error(error)) from error

    def _shares_of_scores(self, window: Window) -> Numbers:
        """Return the shares that the choice rule makes of the user's scores."""
        found = self._answer(window)
        if not isinstance(found, Scores):
            decisions, columns = window.alignments.threat.shape
            expected = (
                f"what window.scores_of_alignments returns for an array of {decisions} x {columns} scores, decisions by "
                "partners and the top threat"
            )
            raise self._wrong(window, 0, expected, _shown(found))
        values = self._array(window, found.values, "scores")
        bad = window.options & (np.isnan(values) | (values == np.inf))
        if bad.any():
            row = int(np.flatnonzero(bad.any(axis=1))[0])
            raise self._wrong(window, row, "a number for each option", f"{values[row][bad[row]][0]}")
        with np.errstate(all="ignore"):
            return nested(values, found.nest, window.options, window.parameters)

    def _array(self, window: Window, found: Any, what: str) -> Numbers:
        """Return an answer as an array of the menu's shape."""
        decisions, columns = window.options.shape
        expected = f"an array of {decisions} x {columns} {what}, decisions by columns of the menu"
        try:
            given = np.asarray(found, dtype=np.float64)
        except (TypeError, ValueError) as error:
            raise self._wrong(window, 0, expected, _shown(found)) from error
        if given.shape != window.options.shape:
            raise self._wrong(window, 0, expected, _shown(found))
        return given

    def _check(self, window: Window, shares: Numbers) -> None:
        """Raise an error for the first decision whose shares are no distribution over its options."""
        bad = ~np.isfinite(shares) | (shares < 0.0)
        sums = menu_total(np.where(bad, 0.0, shares))[:, 0]
        wrong = np.flatnonzero(bad.any(axis=1) | (np.abs(sums - 1.0) > SUM_TOLERANCE))
        if wrong.size:
            row = int(wrong[0])
            got = f"{shares[row][bad[row]][0]}" if bad[row].any() else f"a sum of {sums[row]:.6g}"
            count = len(window.points[row].options)
            raise self._wrong(window, row, f"{count} probabilities that sum to 1, one for each option", got)

    def _wrong(self, window: Window, row: int, expected: str, got: str) -> InputError:
        point = window.points[row]
        where = f"{type(self.given).__name__}.{self._method}, for {point.actor} on {point.date}"
        return InputError(self.source, where, expected, got)


def _shown(found: Any) -> str:
    """Return a wrong answer for an error: the shape of an array, or the start of anything else."""
    shape = getattr(found, "shape", ())
    return f"an array of {' x '.join(map(str, shape))}" if shape else f"{found!r:.80}"
