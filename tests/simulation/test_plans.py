"""A seed decides the faults; part of them can be chosen."""

from __future__ import annotations

from typing import get_args

from counterpoise.simulation.plans import CLIENTS, FAULTS_MAX, FAULTS_MIN, OF_CLIENTS, FaultKind, plan_of


def test_a_seed_always_gives_the_same_plan() -> None:
    assert plan_of(5) == plan_of(5)
    assert plan_of(5) != plan_of(6)


def test_every_kind_of_fault_happens_in_some_seed() -> None:
    faults = [fault for seed in range(200) for fault in plan_of(seed).faults]
    assert {fault.kind for fault in faults} == set(get_args(FaultKind))
    assert all((fault.client in CLIENTS) == (fault.kind in OF_CLIENTS) for fault in faults)


def test_faults_come_in_order_and_within_the_play() -> None:
    for seed in range(50):
        plan = plan_of(seed)
        assert FAULTS_MIN <= len(plan.faults) <= FAULTS_MAX
        assert sorted(fault.at for fault in plan.faults) == [fault.at for fault in plan.faults]
        assert all(fault.at < plan.seconds for fault in plan.faults)


def test_the_call_that_a_report_prints_gives_the_same_plan() -> None:
    plan = plan_of(5)
    some = plan.with_faults(plan.faults[1:3]).until(20.0)
    for each in (plan, some, plan.with_faults(())):
        assert eval(each.command(), {"plan_of": plan_of}) == each
