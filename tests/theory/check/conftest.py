"""Noise benchmarks that a test makes up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from counterpoise.theory.check.noise_benchmark import Estimates, Noise, NoiseBenchmark, Skills

Make = Callable[..., NoiseBenchmark]


def made_benchmark(
    values: Sequence[float | None] = (), *, proposition: str = "W3.1", n: float = 100.0, pool: int = 1, **changes: Any
) -> NoiseBenchmark:
    """Return a benchmark with these estimates of one proposition, and half of them as skills of one hypothesis."""
    estimates = {proposition: Estimates(n, list(values))}
    halves = [None if value is None else value / 2.0 for value in values]
    skills = {"ideology": Skills(n, n / 4.0, halves, halves)}
    noise = Noise(len(values) * pool, estimates, skills)
    fields: dict[str, Any] = {
        "scenario": "checkerboard", "scenario_hash": "a" * 64, "rules_version": 6, "theory_version": 2,
        "counterpoise": "0", "seed": "1", "pool": pool, "random": noise, "shuffled": Noise(0, {}, {}),
    }  # fmt: skip
    return NoiseBenchmark(**{**fields, **changes})


@pytest.fixture
def benchmark_of() -> Make:
    return made_benchmark
