"""Newton's method: find the coefficients at which a concave log likelihood is largest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

ITERATIONS_MAX = 100
HALVINGS_MAX = 30
STEP_MAX = 2.0
"""Largest change of a coefficient in one step."""
TOLERANCE = 1e-8
"""The search has converged when no coefficient changes by more than this in a full step."""
ROUNDING = 1e-12
"""Relative loss of log likelihood that counts as rounding error, not as a step too far."""

NewtonFailure = Literal["no_step_gains", "too_many_iterations"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A log likelihood at some coefficients, with its derivatives."""

    log_likelihood: float
    score: Any
    """The gradient."""
    information: Any
    """Minus the Hessian."""

    def newton_step(self) -> Any:
        """Return the change of the coefficients that a Newton step makes, scaled so that none exceeds ``STEP_MAX``."""
        step = np.linalg.pinv(self.information) @ self.score
        return step / max(1.0, float(np.abs(step).max(initial=0.0)) / STEP_MAX)


class CutEvaluation(Evaluation):
    """An evaluation whose step is cut coefficient by coefficient instead of scaled.

    The two searches find the same maximum. Where a few observations let neither converge, they stop at different numbers; the
    models that have always cut their steps keep doing so.
    """

    def newton_step(self) -> Any:
        """Return the change of the coefficients that a Newton step makes, each at most ``STEP_MAX``."""
        return np.clip(np.linalg.pinv(self.information) @ self.score, -STEP_MAX, STEP_MAX)


@dataclass(frozen=True, slots=True)
class Maximum:
    """Where the search ended. Without a ``failure`` the log likelihood is largest there."""

    estimate: Any
    evaluation: Evaluation
    failure: NewtonFailure | None = None

    @property
    def is_found(self) -> bool:
        """Whether the search converged."""
        return self.failure is None


def maximise(evaluate: Callable[[Any], Evaluation], start: Any) -> Maximum:
    """Search for the largest log likelihood by Newton's method.

    The log likelihood has to be concave. A full step may still jump over the maximum, and back again without end. So each
    step is halved until the log likelihood no longer falls. A point without a finite log likelihood counts as too far.

    Args:
        evaluate: the log likelihood with its derivatives, at given coefficients.
        start: the coefficients to begin from; may be empty.
    """
    estimate, current = start, evaluate(start)
    if not len(start):
        return Maximum(estimate, current)
    for _ in range(ITERATIONS_MAX):
        step = current.newton_step()
        has_converged = bool(np.abs(step).max() < TOLERANCE)
        lowest = current.log_likelihood - ROUNDING * abs(current.log_likelihood)
        for _ in range(HALVINGS_MAX + 1):
            trial = evaluate(estimate + step)
            if trial.log_likelihood >= lowest and np.isfinite(trial.information).all():
                break
            step = step / 2.0
        else:
            return Maximum(estimate, current, "no_step_gains")
        estimate, current = estimate + step, trial
        if has_converged:
            return Maximum(estimate, current)
    return Maximum(estimate, current, "too_many_iterations")
