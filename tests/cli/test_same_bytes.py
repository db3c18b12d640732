"""The same seed gives the same journal, byte for byte, under every hash seed and on every Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

# The libraries that a game needs: the clock, the validation and the arrays. Everything else is our own pure Python.
NEEDED = ("simpy", "msgspec", "numpy")
GAME = """
import hashlib, sys
from pathlib import Path
from counterpoise.session.running_session import Session
from counterpoise.session.journal.entries import export_lines
from counterpoise.session.in_process_play import play
from counterpoise_clients import roster
text = Path(sys.argv[1]).read_text(encoding="utf-8")
session = Session(scenario_text=text, seed="7", session_id="s", secret="x")
bots = {seat: roster.load_bot(roster.default_bot(seat, "7"))(f"7/bot/{seat}") for seat in session.seats}
play(session, bots, until=int(sys.argv[2]))
print(hashlib.sha256(b"".join(export_lines(session.take_entries()))).hexdigest())
"""


def journal_hash(
    python: str,
    repository: Path,
    hash_seed: str,
    days: int = 1500,
    scenario: str = "middle-east-1955",
    **variables: str,
) -> str:
    """Play in a new process of an interpreter, with environment variables; return the hash of the exported journal."""
    paths = os.pathsep.join((str(repository / "server"), str(repository / "clients")))
    done = subprocess.run(
        [python, "-c", GAME, str(repository / "scenarios" / f"{scenario}.toml"), str(days)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": paths, **variables},
        capture_output=True, text=True, timeout=150, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def other_pythons() -> list[str]:
    """The interpreters from 3.11 up on this machine, other than the one that runs the tests."""
    found: dict[str, str] = {}
    names = [shutil.which(f"python3.{minor}") for minor in range(11, 20)]
    installed = sorted(str(path) for path in Path.home().glob(".pyenv/versions/3.*/bin/python3"))
    for path in [name for name in names if name] + installed:
        answer = subprocess.run(
            [path, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=False,
        )
        version = answer.stdout.strip()
        newer = answer.returncode == 0 and tuple(map(int, version.split("."))) >= (3, 11)
        if newer and version != "{}.{}".format(*sys.version_info[:2]):
            found.setdefault(version, path)
    return list(found.values())


@pytest.fixture(scope="module")
def expected(repository: Path) -> str:
    return journal_hash(sys.executable, repository, "0")


@pytest.mark.parametrize("hash_seed", ["1", "random"])
def test_journals_are_the_same_bytes_under_every_hash_seed(repository: Path, expected: str, hash_seed: str) -> None:
    assert journal_hash(sys.executable, repository, hash_seed) == expected


def test_journals_are_the_same_bytes_on_a_processor_without_any_extension(repository: Path, expected: str) -> None:
    features = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    assert journal_hash(sys.executable, repository, "0", NPY_DISABLE_CPU_FEATURES=" ".join(features)) == expected


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_journals_are_the_same_bytes_on_every_python(repository: Path, expected: str, tmp_path: Path) -> None:
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
        assert journal_hash(inside, repository, "random") == expected, python
    if not tried:
        pytest.skip("the packages a game needs cannot be had for the other Pythons here")
