"""Many simulations, one seed after the other, and a report of each that breaks a promise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from counterpoise.simulation.checks import Violation
from counterpoise.simulation.plans import Plan, plan_of
from counterpoise.simulation.shrinking import shrink
from counterpoise.simulation.simulation import Outcome, simulate

DETAIL_MAX = 400


@dataclass(frozen=True, slots=True)
class FailedSeed:
    """A seed whose simulation breaks a promise.

    Args:
        seed: the seed.
        violation: the first promise that broke.
        faults: the faults of the smallest simulation found that breaks it, as text.
        again: the call that runs this smallest simulation.
    """

    seed: int
    violation: Violation
    faults: tuple[str, ...]
    again: str

    def text(self) -> str:
        """Return the failure with how to run it again."""
        return "\n".join(
            [
                f"seed {self.seed} breaks a promise: {str(self.violation)[:DETAIL_MAX]}",
                *(f"  {fault}" for fault in self.faults or ("no fault is needed",)),
                f"  run it again: simulate({self.again})",
            ]
        )


@dataclass(frozen=True, slots=True)
class Campaign:
    """What many simulations have shown.

    Args:
        seeds: how many seeds were simulated.
        acks: orders and commands that were acknowledged.
        processes: processes that served the sessions.
        faults: what went wrong.
        failed: the seeds that broke a promise.
    """

    seeds: int = 0
    acks: int = 0
    processes: int = 0
    faults: int = 0
    failed: list[FailedSeed] = field(default_factory=list)

    def __add__(self, other: Campaign) -> Campaign:
        return Campaign(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Campaign)))


def run_seeds(seeds: Iterable[int]) -> Campaign:
    """Simulate seeds; shrink those that break a promise."""
    campaign = Campaign()
    for seed in seeds:
        plan = plan_of(seed)
        outcome = simulate(plan)
        failed = [] if not outcome.violations else [_failure(plan, outcome)]
        campaign += Campaign(1, outcome.acks, outcome.processes, len(plan.faults), failed)
    return campaign


def _failure(plan: Plan, outcome: Outcome) -> FailedSeed:
    promise = outcome.violations[0].promise
    shrunk = shrink(plan, promise)
    violation = next(found for found in shrunk.outcome.violations if found.promise == promise)
    return FailedSeed(plan.seed, violation, tuple(str(fault) for fault in shrunk.plan.faults), shrunk.plan.command())
