from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import scalar_forecasts

from counterpoise.sim.engine import Simulation
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.sim.world import World
from counterpoise.theory.decisions.decision_point import DecisionPoint
from counterpoise.theory.decisions.freezing import freeze
from counterpoise.theory.forecasts import HYPOTHESES, forecast, sharp_forecast
from counterpoise.theory.parameters import DEFAULT

REPOSITORY = Path(__file__).resolve().parents[2]
SCENARIOS = [path for path in sorted(REPOSITORY.glob("scenarios/*.toml")) if not path.name.endswith(".history.toml")]
ENOUGH, DAYS_BETWEEN = 60, 200
"""Decisions of each scenario, and the days between the windows that they are taken from."""


def test_all_hypotheses_forecast_the_same_options_in_millionths(world: World) -> None:
    points = freeze(world)
    for point, shares in zip(points, forecast(points), strict=True):
        assert list(shares) == list(HYPOTHESES)
        for row in shares.values():
            assert len(row) == len(point.options)
            assert sum(row) == pytest.approx(1.0, abs=1e-4)
            assert all(round(share, 6) == share > 0.0 for share in row)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.stem)
def test_arrays_agree_with_plain_arithmetic_in_every_scenario(scenario: Path) -> None:
    simulation = Simulation(parse_scenario(scenario.read_text(encoding="utf-8"), scenario.name), "7")
    points: list[DecisionPoint] = []
    while len(points) < ENOUGH:
        points += freeze(simulation.world)
        simulation.advance(simulation.now + DAYS_BETWEEN)
    for point, sharp, flat in zip(points, sharp_forecast(points), forecast(points), strict=True):
        for found, plain in ((sharp, scalar_forecasts.sharp_shares), (flat, scalar_forecasts.shares)):
            expected = plain(point, DEFAULT)
            assert found == {name: tuple(round(share, 6) for share in expected[name]) for name in HYPOTHESES}


def test_hypotheses_come_before_rivals_and_baselines() -> None:
    standings = [hypothesis.standing for hypothesis in HYPOTHESES.values()]
    assert standings == sorted(standings, key=["hypothesis", "rival", "baseline"].index)


def test_the_same_world_gives_the_same_forecasts(world_of: Callable[..., World]) -> None:
    first, second = (forecast(freeze(world_of(9, 4))) for _ in range(2))
    assert first == second


def test_forecasts_need_no_statistics_library() -> None:
    code = (
        "import sys; import counterpoise.theory.forecasts\n"
        "import counterpoise.theory.decisions.record, counterpoise.theory.decisions.structure\n"
        "sys.exit(any(name in sys.modules for name in ('scipy', 'statsmodels', 'pandas')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_a_client_s_threat_index_needs_no_hypotheses() -> None:
    code = (
        "import sys; import counterpoise.theory.threat, counterpoise.theory.parameters\n"
        "sys.exit(any(name.startswith(('counterpoise.theory.hyp', 'counterpoise.theory.stat')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
