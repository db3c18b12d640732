from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from counterpoise.sim.world import World
from counterpoise.theory.decisions.freezing import freeze
from counterpoise.theory.forecasts import HYPOTHESES, forecast


def test_all_hypotheses_forecast_the_same_options_in_millionths(world: World) -> None:
    for point in freeze(world):
        shares = forecast(point)
        assert list(shares) == list(HYPOTHESES)
        for row in shares.values():
            assert len(row) == len(point.options)
            assert sum(row) == pytest.approx(1.0, abs=1e-4)
            assert all(round(share, 6) == share > 0.0 for share in row)


def test_hypotheses_come_before_rivals_and_baselines() -> None:
    standings = [hypothesis.standing for hypothesis in HYPOTHESES.values()]
    assert standings == sorted(standings, key=["hypothesis", "rival", "baseline"].index)


def test_the_same_world_gives_the_same_forecasts(world_of: Callable[..., World]) -> None:
    first, second = ([forecast(point) for point in freeze(world_of(9, 4))] for _ in range(2))
    assert first == second


def test_forecasts_need_no_statistics_library() -> None:
    code = (
        "import sys; import counterpoise.theory.forecasts\n"
        "import counterpoise.theory.decisions.record, counterpoise.theory.decisions.structure\n"
        "sys.exit(any(name in sys.modules for name in ('numpy', 'scipy', 'statsmodels')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_a_client_s_threat_index_needs_no_hypotheses() -> None:
    code = (
        "import sys; import counterpoise.theory.threat, counterpoise.theory.parameters\n"
        "sys.exit(any(name.startswith(('counterpoise.theory.hyp', 'counterpoise.theory.stat')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
