"""The Inspect task runs with a mock model, in a process of its own: the package warns as it is imported."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[3] / "clients" / "examples" / "evaluate_model.py"


@pytest.mark.skipif(
    importlib.util.find_spec("inspect_ai") is None,
    reason="Inspect is not installed: pip install 'counterpoise[inspect]'",
)
def test_a_mock_model_is_scored_on_play_promises_sides_and_theories() -> None:
    done = subprocess.run([sys.executable, str(EXAMPLE)], capture_output=True, text=True, check=False, timeout=170)
    assert done.returncode == 0, done.stderr
    status, *lines = done.stdout.splitlines()
    assert status == "success", done.stdout
    scores = {tuple(line.split()[:2]): float(line.split()[2]) for line in lines}
    assert scores["adjusted_score", "mean"] != 0.0
    assert scores["balancing", "mean_where_known"] == 0.0
    assert ("promises_kept", "mean_where_known") in scores
    assert scores["balance_of_threat", "mean_where_known"] < 0.0
