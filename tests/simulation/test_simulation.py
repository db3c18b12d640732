"""The whole server keeps its promises under faults, and equal seeds give equal bytes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from counterpoise.simulation.campaign import run_seeds
from counterpoise.simulation.plans import plan_of
from counterpoise.simulation.simulation import simulate

CHUNK = 10
CHUNKS = 15
OTHER_PROCESS = """
from counterpoise.simulation.plans import plan_of
from counterpoise.simulation.simulation import simulate
print(simulate(plan_of(6)).fingerprint)
"""


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_server_keeps_its_promises_whatever_fails(chunk: int) -> None:
    campaign = run_seeds(range(chunk * CHUNK, (chunk + 1) * CHUNK))
    assert campaign.failed == [], "\n".join(failure.text() for failure in campaign.failed)
    assert campaign.seeds == CHUNK
    assert campaign.acks > 100
    assert campaign.processes > CHUNK


@pytest.mark.parametrize("seed", [765652646, 765653134, 765653180, 5167, 5359])
def test_nobody_loses_a_seat_who_opens_it_twice_around_a_kill(seed: int) -> None:
    """In each, a person once lost the seat in both tabs or at both devices."""
    outcome = simulate(plan_of(seed))
    assert [str(found) for found in outcome.violations] == []


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_equal_seeds_give_equal_bytes_in_every_process(hash_seed: str) -> None:
    here = simulate(plan_of(6))
    there = subprocess.run(
        [sys.executable, "-c", OTHER_PROCESS],
        capture_output=True, text=True, check=True, timeout=120, env={"PYTHONHASHSEED": hash_seed},
    )  # fmt: skip
    assert there.stdout.strip() == here.fingerprint


def test_other_seeds_give_other_games() -> None:
    assert simulate(plan_of(1)).fingerprint != simulate(plan_of(2)).fingerprint
