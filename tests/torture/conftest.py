"""Runs trials in their quick sizes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from counterpoise.torture.host_process import PROGRAM
from counterpoise.torture.running import chosen_trials, run_trials
from counterpoise.torture.torture_document import TrialReport

Run = Callable[..., TrialReport]


@pytest.fixture
def run_trial() -> Run:
    """Runs one trial in its quick size, and skips the test where the trial is skipped."""

    def run(name: str, *, program: Sequence[str] = PROGRAM) -> TrialReport:
        (report,) = run_trials(chosen_trials([name]), seed="1", quick=True, program=program).trials
        print(report)
        if report.outcome == "skipped":
            pytest.skip("; ".join(report.reasons))
        return report

    return run
