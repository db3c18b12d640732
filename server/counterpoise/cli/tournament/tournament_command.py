"""``counterpoise tournament``: play many games between bots and rank the bots."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from counterpoise.cli.export.table_files import require_parquet
from counterpoise.cli.options.bot_limits import BotMemory, BotSeconds, TrustBots, bot_limits
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.output_files import ensure_folder, replace_text, require_no_journals, require_page
from counterpoise.cli.terminal import notes, print_json, progress_bar
from counterpoise.cli.tournament import tournament_options as of
from counterpoise.cli.tournament.dask_cluster import dask_cluster, require_dask
from counterpoise.cli.tournament.leaderboard_page import leaderboard_page
from counterpoise.cli.tournament.tournament_files import (
    appending,
    noise_of_scenarios,
    stored_results,
    write_bot_logs,
    write_game_journal,
)
from counterpoise.cli.tournament.tournament_tables import write_tables
from counterpoise.cli.tournament.tournament_text import print_tournament, unsound
from counterpoise.cli.worker_processes import process_pool
from counterpoise.scenario_files import scenario_text, text_of
from counterpoise.tournament.plan import Tournament, check, parse
from counterpoise.tournament.result_document import GameResult, tournament_schema
from counterpoise.tournament.runner import run
from counterpoise.tournament.standings import tournament_result
from counterpoise_clients.isolation.bot_limits import MEMORY, SECONDS
from counterpoise_clients.language_models.recording import MODELS
from counterpoise_clients.roster import SeatLoader


def tournament(
    file: of.File,
    jobs: of.Jobs = 1,
    cluster: of.Cluster = None,
    results: of.Results = None,
    journals: of.Journals = None,
    bot_logs: of.BotLogs = None,
    tables: of.Tables = None,
    parquet: of.Parquet = False,
    html: of.Html = None,
    bot_seconds: BotSeconds = SECONDS,
    bot_memory: BotMemory = MEMORY,
    trust_bots: TrustBots = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document: the same for any number of jobs.")
    ] = False,
    schema: Annotated[bool, schema_option(tournament_schema)] = False,
) -> None:
    """Play a tournament of bots and rank them.

    Seeds and seats are dealt before the first game. The exit code is 1 if a game does not replay as it was played.
    """
    _require_possible(html, tables, cluster, jobs, parquet=parquet)
    if cluster is not None:
        file = file.absolute()  # workers run in folders of their own
    plan = _plan_in(file)
    # Like the file of a bot, that of a scenario is looked for beside the tournament file, from whatever folder this runs.
    places = {name: str(file.parent / name) if name.endswith(".toml") else name for name in plan.scenarios}
    scenarios = {name: scenario_text(place)[0] for name, place in places.items()}
    done = [] if results is None else list(stored_results(results))
    with (
        _workers(cluster, jobs) as (executor, at_once),
        progress_bar(plan.name, plan.games) as show,
        appending(results) as store,
    ):
        known = {result.game for result in done}

        def progress(result: GameResult, count: int, _total: int) -> None:
            if result.game not in known:
                store(result)
            show(count)

        if journals is not None:
            require_no_journals(journals, "--journals")
        keep = None if journals is None else partial(write_game_journal, ensure_folder(journals).absolute())
        keep_logs = None if bot_logs is None else partial(write_bot_logs, ensure_folder(bot_logs).absolute())
        models = "" if journals is None else str(journals / MODELS)
        load = SeatLoader(bot_limits(bot_seconds, bot_memory, trusted=trust_bots), str(file.parent), models)
        played = run(
            plan,
            scenarios,
            load,
            executor=executor,
            jobs=at_once,
            done=done,
            progress=progress,
            keep=keep,
            keep_logs=keep_logs,
        )
    result = tournament_result(plan, played, noise_of_scenarios(scenarios, file.parent))
    if tables is not None:
        write_tables(tables, result, parquet=parquet)
    if html is not None:
        replace_text(html, leaderboard_page(result))
    if json:
        print_json(result)
    else:
        print_tournament(result)
    if unsound(result):
        raise typer.Exit(1)


def _require_possible(html: Path | None, tables: Path | None, cluster: str | None, jobs: int, *, parquet: bool) -> None:
    """Refuse, before anything is played, options that cannot be done or that exclude each other."""
    if html is not None:
        require_page(html)
    if parquet:
        if tables is None:
            raise typer.BadParameter("it needs --tables FOLDER, which says where", param_hint="--parquet")
        require_parquet()
    if cluster is not None:
        if jobs != 1:
            raise typer.BadParameter("it takes the place of --jobs", param_hint="--cluster")
        require_dask()


@contextmanager
def _workers(cluster: str | None, jobs: int) -> Iterator[tuple[Executor | None, int]]:
    """Yield where games are played, ``None`` for this process, and how many at once."""
    if cluster is not None:
        with dask_cluster(cluster) as workers:
            yield workers
    else:
        with process_pool(jobs) as executor:
            yield executor, jobs


def _plan_in(file: Path) -> Tournament:
    """Read a tournament file; print all its mistakes but the last, and raise that."""
    text = text_of(file, "a tournament file")
    for problem in (problems := check(text, str(file)))[:-1]:
        notes.print(str(problem), markup=False)
    if problems:
        raise problems[-1]
    return parse(text, str(file))
