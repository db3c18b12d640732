"""The noise benchmarks that are shipped with the scenarios."""

from __future__ import annotations

from functools import cache

from counterpoise.scenario_files import bundled_scenarios, scenario_folder
from counterpoise.theory.check.noise_benchmark import NoiseBenchmark, read_benchmark

ENDING = ".noise.json"
"""How the file of a scenario's benchmark ends, after the scenario's name."""


@cache
def shipped_noise() -> tuple[NoiseBenchmark, ...]:
    """Return the noise benchmark of every bundled scenario that has one."""
    files = [scenario_folder() / f"{name}{ENDING}" for name in bundled_scenarios()]
    return tuple(read_benchmark(file.read_text(encoding="utf-8"), file.name) for file in files if file.is_file())
