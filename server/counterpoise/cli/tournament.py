"""``counterpoise tournament``: play many games between bots and rate the bots."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.table import Table

from counterpoise.cli.journals import write_journal
from counterpoise.cli.options.bot_limits import BotMemory, BotSeconds, TrustBots, bot_limits
from counterpoise.cli.options.numbers import number_option
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.output_files import ensure_folder, replace_text, require_no_journals
from counterpoise.cli.terminal import console, notes, print_json, progress_bar
from counterpoise.cli.worker_processes import process_pool
from counterpoise.errors import InputError, StorageError
from counterpoise.scenario_files import scenario_text, text_of
from counterpoise.session.journal.entries import Entry
from counterpoise.tournament.plan import Tournament, check, parse
from counterpoise.tournament.result_document import (
    Estimate,
    GameResult,
    SeatLog,
    Standing,
    decode_result,
    encode_result,
    tournament_schema,
)
from counterpoise.tournament.runner import run
from counterpoise.tournament.standings import standings, tournament_result
from counterpoise.validation_errors import JSON
from counterpoise_clients.isolation.bot_limits import MEMORY, SECONDS
from counterpoise_clients.roster import SeatLoader

RESULT_BEGINS = b'{"counts":{'
"""How every stored result begins."""


def tournament(
    file: Annotated[
        Path,
        typer.Argument(
            help="The tournament file, in TOML: name, seed, games, scenarios, entrants; server/README.md has an example."
        ),
    ],
    jobs: Annotated[int, number_option("--jobs", "Games played at once, each in its own process.", int, 1, 256)] = 1,
    results: Annotated[
        Path | None,
        typer.Option(help="Append each game's result to this file. Started again with it, the tournament resumes."),
    ] = None,
    journals: Annotated[
        Path | None,
        typer.Option(help="Keep the journal of every game in this folder, for `debrief FOLDER`.", metavar="FOLDER"),
    ] = None,
    bot_logs: Annotated[
        Path | None,
        typer.Option(
            help="Keep in this folder, for each game, what each bot wrote to standard error and how long its answers took.",
            metavar="FOLDER",
        ),
    ] = None,
    bot_seconds: BotSeconds = SECONDS,
    bot_memory: BotMemory = MEMORY,
    trust_bots: TrustBots = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document: the same for any number of jobs.")
    ] = False,
    schema: Annotated[bool, schema_option(tournament_schema)] = False,
) -> None:
    """Play a tournament of bots and rate them.

    Seeds and seats are dealt before the first game.
    """
    text = text_of(file, "a tournament file")
    for problem in (problems := check(text, str(file)))[:-1]:
        notes.print(str(problem), markup=False)
    if problems:
        raise problems[-1]
    plan = parse(text, str(file))
    # Like the file of a bot, that of a scenario is looked for beside the tournament file, from whatever folder this runs.
    places = {name: str(file.parent / name) if name.endswith(".toml") else name for name in plan.scenarios}
    scenarios = {name: scenario_text(place)[0] for name, place in places.items()}
    done = [] if results is None else list(_stored_results(results))
    with process_pool(jobs) as executor, progress_bar(plan.name, plan.games) as show, _appending(results) as store:
        known = {result.game for result in done}

        def progress(result: GameResult, count: int, _total: int) -> None:
            if result.game not in known:
                store(result)
            show(count)

        if journals is not None:
            require_no_journals(journals, "--journals")
        keep = None if journals is None else partial(_write_game_journal, ensure_folder(journals))
        keep_logs = None if bot_logs is None else partial(_write_bot_logs, ensure_folder(bot_logs))
        load = SeatLoader(bot_limits(bot_seconds, bot_memory, trusted=trust_bots), str(file.parent))
        played = run(
            plan,
            scenarios,
            load,
            executor=executor,
            jobs=jobs,
            done=done,
            progress=progress,
            keep=keep,
            keep_logs=keep_logs,
        )
    if json:
        print_json(tournament_result(plan, played))
    else:
        _print(plan, standings(plan, played))


def _write_game_journal(folder: Path, game: int, entries: Sequence[Entry]) -> None:
    """Write the journal of a game, in the process that played it."""
    write_journal(folder / f"game-{game:05d}.jsonl", entries)


def _write_bot_logs(folder: Path, game: int, logs: Sequence[SeatLog]) -> None:
    """Write what is told to the authors of the bots of a game, in the process that played it."""
    lines = b"".join(msgspec.json.encode(log) + b"\n" for log in logs)
    replace_text(folder / f"game-{game:05d}.bots.jsonl", lines.decode())


def _stored_results(results: Path) -> Iterator[GameResult]:
    """Yield the results of an earlier run. A last line cut off by a crash is dropped, and its game is played again.

    Raises:
        InputError: the file holds something else and must not be written to.
        StorageError: the file cannot be read.
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
                yield decode_result(line)
            except msgspec.MsgspecError as error:
                if not (line.startswith(RESULT_BEGINS) or RESULT_BEGINS.startswith(line)):
                    raise InputError(
                        str(results),
                        f"line {number}",
                        "the stored results of a tournament, one game a line",
                        JSON.shown(line.decode(errors="replace")),
                    ) from error
                notes.print(f"{results}: an incomplete line was dropped; its game is played again", markup=False)


@contextmanager
def _appending(results: Path | None) -> Iterator[Callable[[GameResult], None]]:
    """Open the file of results for appending. Yield the function that appends a result."""
    if results is None:
        yield lambda _result: None
        return
    try:
        torn = results.is_file() and results.stat().st_size > 0 and not results.read_bytes().endswith(b"\n")
        with results.open("ab") as file:
            if torn:
                file.write(b"\n")

            def store(result: GameResult) -> None:
                file.write(encode_result(result) + b"\n")
                file.flush()

            yield store
    except OSError as error:
        raise StorageError(str(results), error.strerror or str(error)) from error


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
