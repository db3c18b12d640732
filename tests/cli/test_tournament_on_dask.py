"""A tournament on the workers of a real Dask scheduler, one of which is killed half-way."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="the extra dask is not installed")

Command = Callable[..., "subprocess.CompletedProcess[str]"]
DASK = (sys.executable, "-m", "dask")
PLAN = """
name = "Cup"
seed = "1"
games = 24
years = 1
scenarios = ["checkerboard"]
entrants = ["balancer", "hedger", { name = "quiet", bot = "quiet.py" }]
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "cup.toml"
    path.write_text(PLAN)
    (tmp_path / "quiet.py").write_text(
        "class Bot:\n    def __init__(self, seed): ...\n    def decide(self, view): return []\n"
    )
    return path


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its two workers, in folders of their own."""
    known = tmp_path / "scheduler.json"
    at = ("--scheduler-file", str(known), "--no-dashboard")
    with ExitStack() as stack:

        def start(name: str, *arguments: str) -> subprocess.Popen[bytes]:
            folder = tmp_path / name
            folder.mkdir()
            made = subprocess.Popen(
                [*DASK, *arguments, *at], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
            )
            stack.callback(made.communicate)
            stack.callback(made.kill)
            return made

        start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", "0")
        until = time.monotonic() + 60
        while not known.exists():
            assert time.monotonic() < until, "no scheduler"
            time.sleep(0.05)
        one = ("--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
        yield (
            json.loads(known.read_text())["address"],
            [start(f"worker-{number}", "worker", *one) for number in (1, 2)],
        )


def test_a_tournament_on_two_workers_of_which_one_is_killed_gives_the_same_bytes_as_one_job(
    counterpoise: Command, plan: Path, workers: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, (first, second) = workers
    page = plan.with_name("cup.html")
    kept = ("--html", page, "--replays", "chosen")
    alone = counterpoise("tournament", plan, "--json", *kept)
    assert alone.returncode == 0, alone.stderr
    replays = plan.with_name("cup-replays")
    before = {path.name: path.read_bytes() for path in (page, *replays.iterdir())}
    assert len(before) > 3 * len(json.loads(alone.stdout)["standings"])
    page.unlink()
    shutil.rmtree(replays)
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    results = plan.with_name("results.jsonl")
    command = [sys.executable, "-m", "counterpoise", "tournament", str(plan), "--json", "--results", str(results)]
    command += map(str, kept)
    started = subprocess.Popen(
        [*command, "--cluster", address], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while not results.exists() or results.read_bytes().count(b"\n") < 6:
        assert started.poll() is None, started.communicate()
        time.sleep(0.02)
    first.kill()
    told, error = started.communicate(timeout=100)
    assert started.returncode == 0, error
    assert second.poll() is None
    assert told == alone.stdout
    assert {path.name: path.read_bytes() for path in (page, *replays.iterdir())} == before

    plan.with_name("quiet.py").unlink()
    missing = counterpoise("tournament", plan, "--cluster", address)
    assert missing.returncode == 65
    assert "quiet" in missing.stderr


def test_an_address_without_a_scheduler_is_named(
    counterpoise: Command, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counterpoise.cli.tournament.dask_cluster.CONNECTING_SECONDS", 0.5)
    done = counterpoise("tournament", plan, "--cluster", "tcp://127.0.0.1:1")
    assert done.returncode == 78
    assert "--cluster tcp://127.0.0.1:1" in done.stderr
    assert "Traceback" not in done.stderr
