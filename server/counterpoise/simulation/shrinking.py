"""Shrink a simulation that breaks a promise: fewer faults and less play, as long as the same promise breaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from counterpoise.simulation.plans import Fault, Plan
from counterpoise.simulation.simulation import Outcome, simulate

RUNS_MAX = 80
SECONDS_STEP = 1.0
"""Play is shortened in whole steps of so many seconds."""


@dataclass(frozen=True, slots=True)
class Shrunk:
    """The smallest simulation found that breaks the promise.

    Args:
        plan: the simulation.
        outcome: what it shows.
        runs: how many simulations were tried.
    """

    plan: Plan
    outcome: Outcome
    runs: int


def shrink(plan: Plan, promise: str, run: Callable[[Plan], Outcome] = simulate) -> Shrunk:
    """Return a small simulation of the same seed that breaks a promise.

    Faults are left out in halves, quarters and one by one; then play ends as soon as the promise still breaks.

    Args:
        plan: breaks the promise.
        promise: the promise, as in ``Violation.promise``.
        run: runs a simulation.
    """
    runs = 0

    def broken(tried: Plan) -> Outcome | None:
        nonlocal runs
        if runs >= RUNS_MAX:
            return None
        runs += 1
        outcome = run(tried)
        return outcome if any(found.promise == promise for found in outcome.violations) else None

    best, outcome = plan, run(plan)
    size = max(1, len(best.faults) // 2)
    while size:
        found = _without(best, size, broken)
        if found is not None:
            best, outcome = found
            size = min(size, len(best.faults))
        else:
            size //= 2
    short, long = 0, int(best.seconds / SECONDS_STEP)
    while short + 1 < long:
        middle = (short + long) // 2
        tried = best.until(middle * SECONDS_STEP)
        still = broken(tried) if len(tried.faults) == len(best.faults) else None
        if still is None:
            short = middle
        else:
            best, outcome, long = tried, still, middle
    return Shrunk(best, outcome, runs)


def _without(plan: Plan, size: int, broken: Callable[[Plan], Outcome | None]) -> tuple[Plan, Outcome] | None:
    """Leave out so many faults in a row; return the first plan that still breaks the promise, with its outcome."""
    faults: tuple[Fault, ...] = plan.faults
    for start in range(0, len(faults), size):
        tried = plan.with_faults(faults[:start] + faults[start + size :])
        outcome = broken(tried)
        if outcome is not None:
            return tried, outcome
    return None
