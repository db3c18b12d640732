"""``counterpoise tournament``: many games, a table of ratings."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from typing import Annotated, Any, TypeVar

import msgspec
import typer
from rich.table import Table

from counterpoise.cli.output import console, notes, print_json, progress_bar
from counterpoise.cli.sources import scenario_text, text_of
from counterpoise.complaints import shown
from counterpoise.errors import InputError, StorageError
from counterpoise.session.journal import Entry, export_lines
from counterpoise.tournament.plan import Tournament, parse
from counterpoise.tournament.results import GameResult, decode, encode
from counterpoise.tournament.runner import run
from counterpoise.tournament.standings import Estimate, Standing, document, standings
from counterpoise_clients import roster

T = TypeVar("T")

RESULT_BEGINS = b'{"counts":{'
"""How every stored result begins, torn or not."""


def tournament(
    file: Annotated[
        Path,
        typer.Argument(
            help="The tournament file, in TOML: name, seed, games, scenarios, entrants; server/README.md has an example."
        ),
    ],
    jobs: Annotated[int, typer.Option(min=1, max=256, help="Games played at once, each in a process of its own.")] = 1,
    results: Annotated[
        Path | None,
        typer.Option(help="Keep each game's result here as it comes; started again, it goes on from there."),
    ] = None,
    journals: Annotated[
        Path | None,
        typer.Option(help="Keep every game's journal in this folder, for `debrief FOLDER`.", metavar="FOLDER"),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document: the same for any number of jobs.")
    ] = False,
) -> None:
    """Play a tournament of bots and rate them; seeds and seats are dealt before the first game."""
    plan = parse(text_of(file), str(file))
    scenarios = {name: scenario_text(name)[0] for name in plan.scenarios}
    done = [] if results is None else list(_stored(results))
    with _pool(jobs) as executor, progress_bar(plan.name, plan.games) as show, _sink(results) as store:
        known = {result.game for result in done}

        def progress(result: GameResult, count: int, _total: int) -> None:
            if result.game not in known:
                store(result)
            show(count)

        keep = None if journals is None else partial(_keep, _made(journals))
        played = run(
            plan, scenarios, roster.load, executor=executor, jobs=jobs, done=done, progress=progress, keep=keep
        )
    if json:
        print_json(document(plan, played))
    else:
        _print(plan, standings(plan, played))


def _made(folder: Path) -> Path:
    """Make a folder, if it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(str(folder), error.strerror or str(error)) from error
    return folder


def _keep(folder: Path, game: int, entries: Sequence[Entry]) -> None:
    """Write a game's journal; in the process that played it."""
    path = folder / f"game-{game:05d}.jsonl"
    try:
        path.write_bytes(b"".join(line + b"\n" for line in export_lines(entries)))
    except OSError as error:
        raise StorageError(str(path), error.strerror or str(error)) from error


def _stored(results: Path) -> Iterator[GameResult]:
    """Yield what an earlier run stored; a last line torn by a crash is dropped, for its game is played again.

    Raises:
        InputError: the file holds something else, which must not be written to.
        StorageError: it cannot be read.
    """
    if not results.exists():
        return
    try:
        lines = results.read_bytes().split(b"\n")
    except OSError as error:
        raise StorageError(str(results), error.strerror or str(error)) from error
    for number, line in enumerate(lines, start=1):
        if line:
            try:
                yield decode(line)
            except msgspec.MsgspecError as error:
                if not (line.startswith(RESULT_BEGINS) or RESULT_BEGINS.startswith(line)):
                    raise InputError(
                        str(results),
                        f"line {number}",
                        "the stored results of a tournament, one game a line",
                        shown(line.decode(errors="replace")),
                    ) from error
                notes.print(f"{results}: a torn line was dropped; its game is played again", markup=False)


@contextmanager
def _sink(results: Path | None) -> Iterator[Callable[[GameResult], None]]:
    """Open the file of results for appending; yields the function that stores one."""
    if results is None:
        yield lambda _result: None
        return
    try:
        torn = results.is_file() and results.stat().st_size > 0 and not results.read_bytes().endswith(b"\n")
        with results.open("ab") as file:
            if torn:
                file.write(b"\n")

            def store(result: GameResult) -> None:
                file.write(encode(result) + b"\n")
                file.flush()

            yield store
    except OSError as error:
        raise StorageError(str(results), error.strerror or str(error)) from error


@contextmanager
def _pool(jobs: int) -> Iterator[Executor | None]:
    if jobs == 1:
        yield None
        return
    # A forked child would inherit whatever threads the parent runs; a fresh process is the same on every platform.
    executor = _Workers(jobs, mp_context=get_context("spawn"), initializer=_follow)
    try:
        yield executor
    except BaseException:
        # A bot may never decide: whoever breaks off must not have to wait for it.
        executor.shutdown(wait=False, cancel_futures=True)
        for worker in active_children():
            worker.terminate()
        raise
    executor.shutdown()


class _Workers(ProcessPoolExecutor):
    """Processes that leave an interruption by the keyboard, which reaches all of them, to the one that started them."""

    def submit(self, task: Callable[..., T], /, *args: Any, **named: Any) -> Future[T]:
        """Submit a task, for which a process may be started; it has the signal blocked from its first instruction on."""
        if not hasattr(signal, "pthread_sigmask"):  # Windows
            return super().submit(task, *args, **named)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(task, *args, **named)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _follow() -> None:
    """Let this process end when the one that started it does."""
    parent = parent_process()
    assert parent is not None, "only started processes are initialised"

    def end() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=end, name="follow", daemon=True).start()


def _interval(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return f"{estimate.mean:.3f}"
    return f"{estimate.mean:.3f} ({estimate.low:.3f} to {estimate.high:.3f})"


def _print(plan: Tournament, rows: tuple[Standing, ...]) -> None:
    table = Table(title=f"{plan.name}: {plan.games} games", title_justify="left", header_style="bold")
    for heading in (
        "",
        "entrant",
        "rating",
        "mu",
        "sigma",
        "games",
        "wins",
        "score above its seats' mean (95 %)",
        "errors",
    ):
        table.add_column(heading)
    for place, row in enumerate(rows, start=1):
        table.add_row(
            str(place), row.entrant, f"{row.ordinal:.2f}", f"{row.mu:.2f}", f"{row.sigma:.2f}", str(row.games),
            f"{row.win_share:.0%}", _interval(row.adjusted), str(row.errors),
        )  # fmt: skip
    console.print(table)
    for row in rows:
        for sample in row.error_samples:
            notes.print(f"{row.entrant}: {sample}", markup=False)
