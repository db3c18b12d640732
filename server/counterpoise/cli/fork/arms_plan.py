"""What several forks do: arms beside one baseline, or a fork at each window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from counterpoise.cli.fork.arm_options import NamedArm
from counterpoise.cli.fork.fork_plan import ArmPlan, Changes, ForkPlanner
from counterpoise.errors import ConfigurationError
from counterpoise.session.forks.arms_document import Arm, Design
from counterpoise.session.journal.entries import Entry
from counterpoise.session.running_session import Session

BASELINE = "baseline"
DESIGN_NAMES: dict[Design, str] = {"arms": "--arm", "sweep": "--sweep", "each_window": "--each-window"}
"""The option that asks for each design."""


@dataclass(frozen=True, slots=True)
class PlannedArm:
    """An arm, how its games come to the fork, and what a report says of it."""

    key: str
    """Its name in the names of its games: small letters, digits and hyphens."""
    plan: ArmPlan
    described: Arm


def planned_arms(planner: ForkPlanner, arms: Sequence[NamedArm], opening: Session, tick: int) -> list[PlannedArm]:
    """Return the baseline and an arm for each change, all forked on one date."""
    on = opening.simulation.world.calendar.iso(tick)
    planned = [_planned(BASELINE, BASELINE, on, planner.unchanged(), None)]
    for number, arm in enumerate(arms, 1):
        plan = planner.changed(arm.changes)
        assert plan is not None, "an arm has a change"
        key = arm.name if arm.dose is None and "=" not in arm.name else f"value-{number}"
        planned.append(_planned(key, arm.name, on, plan, BASELINE, arm.dose))
    return planned


def planned_windows(
    entries: Sequence[Entry],
    opening: Session,
    journal: Path,
    record: Path | None,
    tick: int,
    end: int,
    changes: Changes,
) -> list[PlannedArm]:
    """Return a fork with nothing changed at ``tick`` and at the opening of each window up to ``end``, and one with the changes.

    A fork with nothing changed is compared with that of the window before: the journal's orders of one more opening are in
    its past. A fork with the changes is compared with the one on the same day without them.

    Raises:
        ConfigurationError: the journal goes on for no window after the first fork.
    """
    calendar = opening.simulation.world.calendar
    last = min(end - 1, entries[-1].tick)
    openings = (
        calendar.opening_of(number) for number in range(calendar.window_of(tick) + 1, calendar.window_of(last) + 1)
    )
    ticks = [tick, *(opens for opens in openings if tick < opens <= last)]
    if len(ticks) < 2:
        raise ConfigurationError(
            f"--each-window: expected a journal with a window that opens after {calendar.iso(tick)} and before "
            f"{calendar.iso(end)}, got none"
        )
    planned: list[PlannedArm] = []
    before: str | None = None
    for number, at in enumerate(ticks, 1):
        planner = ForkPlanner(entries, opening, journal, at, record)
        name = calendar.iso(at)
        planned.append(_planned(f"at-{number}", name, name, planner.unchanged(), before))
        changed = planner.changed(changes)
        if changed is not None:
            planned.append(_planned(f"at-{number}-changed", f"{name} changed", name, changed, name))
        before = name
    return planned


def _planned(
    key: str, name: str, on: str, plan: ArmPlan, compared_with: str | None, dose: float | None = None
) -> PlannedArm:
    described = Arm(
        name=name,
        on=on,
        dose=dose,
        without=plan.without,
        added=plan.added,
        impossible=plan.impossible,
        void=plan.script.void,
        limits=list(plan.script.limits),
        compared_with=compared_with,
    )
    return PlannedArm(key, plan, described)
