"""Every trial passes in its quick size. ``counterpoise torture`` runs the whole sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from counterpoise.torture.running import all_trials

if TYPE_CHECKING:
    from tests.torture.conftest import Run


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", sorted(all_trials()))
def test_a_trial_passes_in_its_quick_size(name: str, run_trial: Run) -> None:
    report = run_trial(name)
    assert (report.outcome, report.reasons) == ("passed", [])
    assert report.figures
