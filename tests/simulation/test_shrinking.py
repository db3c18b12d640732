"""A failing simulation is shrunk to the faults and the time that it needs."""

from __future__ import annotations

import pytest
from simulated.planted_server_bugs import BUGS

from counterpoise.simulation.campaign import run_seeds
from counterpoise.simulation.checks import Violation
from counterpoise.simulation.plans import Plan, plan_of
from counterpoise.simulation.shrinking import RUNS_MAX, shrink
from counterpoise.simulation.simulation import Outcome


def outcome(*violations: Violation) -> Outcome:
    return Outcome(violations, "", 0, 0, 0, 0.0)


def test_only_the_faults_that_a_failure_needs_are_left() -> None:
    plan = plan_of(3)
    needed = {plan.faults[1].number, plan.faults[4].number}

    def run(tried: Plan) -> Outcome:
        fails = needed <= {fault.number for fault in tried.faults}
        return outcome(Violation("promise", "broken")) if fails else outcome()

    shrunk = shrink(plan, "promise", run)
    assert {fault.number for fault in shrunk.plan.faults} == needed
    assert plan.faults[4].at < shrunk.plan.seconds <= plan.faults[4].at + 1.0
    assert shrunk.runs <= RUNS_MAX


def test_another_broken_promise_does_not_count() -> None:
    def run(tried: Plan) -> Outcome:
        return outcome(Violation("promise" if len(tried.faults) == len(plan.faults) else "other", "broken"))

    plan = plan_of(3)
    assert shrink(plan, "promise", run).plan.faults == plan.faults


def test_a_report_says_how_to_run_a_failure_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("counterpoise.simulation.shrinking.RUNS_MAX", 4)
    with BUGS["ack before commit"].planted():
        campaign = run_seeds([1])
        text = campaign.failed[0].text()
    assert "seed 1 breaks a promise" in text
    assert "run it again: simulate(plan_of(1, seconds=" in text
