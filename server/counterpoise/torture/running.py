"""Runs trials one after another, each in a folder of its own and for a bounded time."""

from __future__ import annotations

import asyncio
import os
import platform
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from counterpoise import __version__
from counterpoise.errors import ConfigurationError
from counterpoise.gateway.listener.http_connection import raise_file_limit
from counterpoise.registry import subclasses_in
from counterpoise.store.sqlite import sqlite3
from counterpoise.torture import trials
from counterpoise.torture.host_process import PROGRAM
from counterpoise.torture.torture_document import Outcome, TortureReport, TrialReport
from counterpoise.torture.trial import Trial, TrialRun, TrialSkipped

T = TypeVar("T")
ORDER = (
    "kill", "fsync", "storage", "flip", "restore", "walrm", "slow", "frames", "connect", "pending", "hoard", "evil-files",
    "simulation", "soak", "determinism",
)  # fmt: skip
"""The order in which trials run; one that is not named here comes last."""


def all_trials() -> dict[str, Trial]:
    """Return every trial by its name, in the order in which they run."""
    found = {kind.name: kind() for kind in subclasses_in(trials, Trial)}  # type: ignore[type-abstract]
    rank = {name: place for place, name in enumerate(ORDER)}
    return {name: found[name] for name in sorted(found, key=lambda name: (rank.get(name, len(rank)), name))}


def chosen_trials(names: Sequence[str]) -> list[Trial]:
    """Return the named trials, or all if none is named.

    Raises:
        ConfigurationError: there is no trial with a name.
    """
    known = all_trials()
    for name in names:
        if name not in known:
            raise ConfigurationError(f"no trial has the name {name}. Choose from {', '.join(known)}.")
    return [trial for name, trial in known.items() if not names or name in names]


def run_trials(
    chosen: Sequence[Trial],
    *,
    seed: str,
    quick: bool,
    program: Sequence[str] = PROGRAM,
    show: Callable[[str, float], None] = lambda name, share: None,
) -> TortureReport:
    """Run trials and report on them.

    SIGINT and SIGTERM end the run: every server and every file of it is gone before ``KeyboardInterrupt`` is raised.

    Args:
        chosen: the trials.
        seed: the seed of all.
        quick: whether to run them in the sizes of continuous integration.
        program: the command ``counterpoise``.
        show: called with the name of a trial and the share of it that is done, from 0 to 1.
    """
    raise_file_limit()
    reports: list[TrialReport] = []
    for trial in chosen:
        with tempfile.TemporaryDirectory(prefix="counterpoise-torture-") as folder:
            run = TrialRun(Path(folder), seed, quick, program, partial(show, trial.name))
            show(trial.name, 0.0)
            reports.append(interruptible(_reported(trial, run)))
            show(trial.name, 1.0)
    return TortureReport(
        version=__version__,
        python=platform.python_version(),
        sqlite=sqlite3.sqlite_version,
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        processors=os.cpu_count() or 1,
        seed=seed,
        quick=quick,
        passed=all(report.outcome != "failed" for report in reports),
        trials=reports,
    )


def interruptible(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a loop of its own; SIGTERM cancels it as SIGINT does, and then ``KeyboardInterrupt`` is raised."""

    async def run() -> T:
        task = asyncio.current_task()
        assert task is not None
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await work

    try:
        return asyncio.run(run())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


async def _reported(trial: Trial, run: TrialRun) -> TrialReport:
    """Run one trial and report on it. Whatever it raises is a problem of the trial."""
    began = time.monotonic()
    reasons, is_skipped = run.problems, False
    limit = trial.seconds_max[run.quick]
    try:
        async with asyncio.timeout(limit) as bound:
            await trial.run(run)
            run.require_quiet_logs()
    except TrialSkipped as skipped:
        reasons, is_skipped = [skipped.reason], True
    except TimeoutError as error:
        late = f"it took longer than {limit:g} s" if bound.expired() else "something did not happen in time"
        run.problems.append(f"{late} ({_place_of(error)})")
    except Exception as error:  # whatever a trial meets, the trials after it run
        run.problems.append(f"{type(error).__name__}: {error} ({_place_of(error)})")
    finally:
        for host in run.hosts:
            await host.end()
    outcome: Outcome = "skipped" if is_skipped else "failed" if run.problems else "passed"
    return TrialReport(
        trial=trial.name,
        does=trial.does,
        passes=trial.passes,
        outcome=outcome,
        reasons=list(reasons),
        notes=run.notes,
        figures=run.figures,
        seconds=round(time.monotonic() - began, 1),
        again=f"counterpoise torture {trial.name} --seed {run.seed}{' --quick' if run.quick else ''}",
    )


def _place_of(error: Exception) -> str:
    """Return the last place in a trial that an error passed."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).parent.name == trials.__name__.rpartition(".")[2]]
    frame = (own or frames)[-1]
    return f"{Path(frame.filename).name}, line {frame.lineno}"
