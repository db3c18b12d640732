"""The same seed gives the same journal, byte for byte, under every hash seed and on every Python."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from counterpoise.scenario_files import scenario_text
from counterpoise.torture.game_hash import NEEDED, game_hash, other_pythons


def journal_hash(python: str, hash_seed: str, **variables: str) -> str:
    """Play in a new process of an interpreter, with environment variables; return the hash of the exported journal."""
    text, _ = scenario_text("middle-east-1955")
    return asyncio.run(
        game_hash(text, 1500, seed="7", python=python, variables={"PYTHONHASHSEED": hash_seed, **variables})
    )


@pytest.fixture(scope="module")
def expected() -> str:
    return journal_hash(sys.executable, "0")


@pytest.mark.parametrize("hash_seed", ["1", "random"])
def test_journals_are_the_same_bytes_under_every_hash_seed(expected: str, hash_seed: str) -> None:
    assert journal_hash(sys.executable, hash_seed) == expected


def test_journals_are_the_same_bytes_on_a_processor_without_any_extension(expected: str) -> None:
    features = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    assert journal_hash(sys.executable, "0", NPY_DISABLE_CPU_FEATURES=" ".join(features)) == expected


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_journals_are_the_same_bytes_on_every_python(expected: str, tmp_path: Path) -> None:
    pythons = other_pythons()
    if not pythons:
        pytest.skip("no other Python from 3.11 up is installed here")
    tried = 0
    for number, python in enumerate(pythons):
        place = tmp_path / str(number)
        subprocess.run([python, "-m", "venv", str(place)], check=True, capture_output=True, timeout=120)
        inside = str(place / "bin" / "python")
        fetched = subprocess.run(
            [inside, "-m", "pip", "install", "--quiet", *NEEDED], capture_output=True, timeout=240, check=False
        )
        if fetched.returncode != 0:
            continue  # no package for this Python, or no way to get one
        tried += 1
        assert journal_hash(inside, "random") == expected, python
    if not tried:
        pytest.skip("the packages a game needs cannot be had for the other Pythons here")
