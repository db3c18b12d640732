"""Games a second of a tournament, and what isolation, the check of each game, a second job and Dask cost or bring.

Each entrant is the same bundled bot: once by its name, which plays in the process of the game, and once as a file of a user,
which plays in a process of its own. Times are those of a clock on the wall, because a game in several processes has no processor
time of its own: run this on free cores.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

from measurement import Figure, Report, figure, ratio, scenario

from counterpoise.cli.tournament.dask_cluster import dask_cluster
from counterpoise.cli.worker_processes import process_pool
from counterpoise.tournament.plan import Entrant, Tournament
from counterpoise.tournament.runner import run
from counterpoise_clients.bots import balancer
from counterpoise_clients.roster import SeatLoader

TITLE = "Tournaments of eight balancers, on checkerboard"
SCENARIO, SEATS, JOBS = "checkerboard", 8, 2
HAS_DASK = find_spec("distributed") is not None
START_SECONDS = 60


def measure(*, tiny: bool) -> Report:
    """Play the same games in each way in turns."""
    repetitions, games = (1, 2) if tiny else (5, 48)
    plain, isolated = _plan(games, "balancer"), _plan(games, balancer.__file__ or "")
    checked = _plan(games, "balancer", verified=True)
    taken: dict[str, list[float]] = {}

    def timed(name: str, work: Callable[[], object]) -> None:
        gc.collect()
        began = time.perf_counter()
        work()
        taken.setdefault(name, []).append(time.perf_counter() - began)

    with ExitStack() as stack:
        pool = stack.enter_context(process_pool(JOBS, runs_user_code=False))
        dask = stack.enter_context(_dask_workers()) if HAS_DASK and not tiny else None
        for executor in filter(None, (pool, dask)):
            _play(_plan(2 * JOBS, "balancer"), executor)  # workers import what they need before they are timed
        for _ in range(repetitions):
            timed("one job", lambda: _play(plain))
            timed("isolated", lambda: _play(isolated))
            timed("verified", lambda: _play(checked))
            timed("two jobs", lambda: _play(plain, pool))
            if dask is not None:
                timed("dask", lambda: _play(plain, dask))
    figures: list[Figure] = [
        ratio("isolated bots over bots in the process of the game", taken["isolated"], taken["one job"]),
        ratio("verified games over others", taken["verified"], taken["one job"]),
        ratio("one job over two jobs", taken["one job"], taken["two jobs"]),
    ]
    if dask is not None:
        figures.append(ratio("two Dask workers over two jobs", taken["dask"], taken["two jobs"]))
    figures.append(figure("games, one job", "per second", *(games / seconds for seconds in taken["one job"])))
    notes = (f"{games} games in each repetition.", *(() if HAS_DASK else ("Dask is not installed.",)))
    return Report(TITLE, tuple(figures), notes)


def _plan(games: int, bot: str, *, verified: bool = False) -> Tournament:
    """Return a tournament of the same bot under eight names; no game is verified unless asked."""
    entrants = tuple(Entrant(f"entrant-{number}", bot) for number in range(SEATS))
    return Tournament("bench", "1", games, (SCENARIO,), entrants, verify="all" if verified else "none")


def _play(plan: Tournament, executor: Executor | None = None) -> None:
    run(plan, {SCENARIO: scenario(SCENARIO)}, SeatLoader(), executor=executor, jobs=JOBS if executor else 1)


@contextmanager
def _dask_workers() -> Iterator[Executor]:
    """Start a scheduler and two workers of one thread each, and yield them as an executor."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        known = Path(folder) / "scheduler.json"

        def start(*arguments: str) -> None:
            command = [sys.executable, "-m", "dask", *arguments, "--scheduler-file", str(known), "--no-dashboard"]
            made = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            stack.callback(made.wait)
            stack.callback(made.kill)

        start("scheduler", "--host", "127.0.0.1", "--port", "0")
        until = time.monotonic() + START_SECONDS
        while not known.exists():
            if time.monotonic() > until:
                raise TimeoutError(f"no Dask scheduler after {START_SECONDS} s")
            time.sleep(0.05)
        for _ in range(JOBS):
            start("worker", "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
        from distributed import Client  # here, because the package is an extra and takes long to load

        address = json.loads(known.read_text())["address"]
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(JOBS, timeout=START_SECONDS)
        with dask_cluster(address) as cluster:
            yield cluster.executor
