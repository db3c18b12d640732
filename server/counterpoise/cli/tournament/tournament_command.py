"""``counterpoise tournament``: play many games between bots and rank the bots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, cast

import typer

from counterpoise.cli.export.table_files import require_parquet
from counterpoise.cli.options.bot_limits import BotMemory, BotSeconds, TrustBots, bot_limits
from counterpoise.cli.options.schema import schema_option
from counterpoise.cli.output_files import (
    ensure_folder,
    replace_text,
    require_no_files,
    require_no_journals,
    require_page,
)
from counterpoise.cli.terminal import notes, print_json, progress_bar
from counterpoise.cli.tournament import tournament_options as of
from counterpoise.cli.tournament.dask_cluster import dask_cluster, require_dask
from counterpoise.cli.tournament.leaderboard_page import leaderboard_page
from counterpoise.cli.tournament.replay_folder import ReplayFolder, replays_beside
from counterpoise.cli.tournament.tournament_files import (
    appending,
    keep_in_all,
    noise_of_scenarios,
    stored_results,
    write_bot_logs,
    write_game_journal,
)
from counterpoise.cli.tournament.tournament_tables import table_files, write_tables
from counterpoise.cli.tournament.tournament_text import print_tournament, unsound
from counterpoise.cli.worker_processes import process_pool
from counterpoise.errors import InputError, TournamentError
from counterpoise.scenario_files import scenario_text, text_of
from counterpoise.tournament.plan import Replays, Tournament, check, parse
from counterpoise.tournament.played_game import KeepJournal
from counterpoise.tournament.result_document import GameResult, tournament_schema
from counterpoise.tournament.runner import check as check_bots
from counterpoise.tournament.runner import run
from counterpoise.tournament.schedule import deal
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
    replays: of.Replays = None,
    replay_games: of.ReplayGames = None,
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
    plan = _with_replays(_plan_in(file), html, replays, replay_games)
    scenarios = _scenario_texts(plan, file.parent)
    _warn_of_part_worlds(plan)
    done = [] if results is None else stored_results(results)
    kept = _kept_journals(journals)
    keep_logs = None if bot_logs is None else partial(write_bot_logs, ensure_folder(bot_logs).absolute())
    models = "" if journals is None else str((journals / MODELS).absolute())
    private = [file, results, journals, bot_logs, tables, html, None if html is None else replays_beside(html)]
    limits = bot_limits(bot_seconds, bot_memory, trusted=trust_bots, private=private)
    load = SeatLoader(limits, str(file.parent), models, is_quiet=bot_logs is not None)
    with _workers(cluster, jobs) as (executor, at_once):
        watched = _watched(html, plan, scenarios, load)
        keep = [*kept, *([] if watched is None else [watched.keep])]
        with progress_bar(plan.name, plan.games) as show, appending(results) as store:
            known = {result.game for result in done}

            def progress(result: GameResult, count: int, _total: int) -> None:
                if watched is not None:
                    watched.add(result)
                if result.game not in known:
                    store(result)
                show(count)

            played = run(
                plan, scenarios, load, executor=executor, jobs=at_once, done=done, progress=progress,
                keep=partial(keep_in_all, keep) if keep else None, keep_logs=keep_logs,
            )  # fmt: skip
        result = tournament_result(plan, played, noise_of_scenarios(scenarios, file.parent))
        if watched is not None:
            result = watched.finish(result, executor)
    if tables is not None:
        write_tables(tables, result, parquet=parquet)
    if html is not None:
        replace_text(html, leaderboard_page(result))
    print_json(result) if json else print_tournament(result)
    if unsound(result):
        raise typer.Exit(1)


def _require_possible(html: Path | None, tables: Path | None, cluster: str | None, jobs: int, *, parquet: bool) -> None:
    """Refuse, before anything is played, options that cannot be done or that exclude each other."""
    if html is not None:
        require_page(html)
    if tables is not None:
        require_no_files(tables, table_files(parquet=parquet), "--tables")
    if parquet:
        if tables is None:
            raise typer.BadParameter("it needs --tables FOLDER, which says where", param_hint="--parquet")
        require_parquet()
    if cluster is not None:
        if jobs != 1:
            raise typer.BadParameter("it takes the place of --jobs", param_hint="--cluster")
        require_dask()


def _with_replays(plan: Tournament, html: Path | None, replays: str | None, replay_games: int | None) -> Tournament:
    """Return the plan with what the command says about replays, in place of what the file says."""
    if html is None and (replays not in (None, "none") or replay_games is not None):
        option = "--replays" if replays is not None else "--replay-games"
        raise typer.BadParameter("it needs --html FILE, the leaderboard that links to them", param_hint=option)
    which = plan.replays if replays is None else cast("Replays", replays)
    return replace(plan, replays=which, replay_games=replay_games or plan.replay_games)


def _scenario_texts(plan: Tournament, folder: Path) -> dict[str, str]:
    """Return the text of each scenario. A file is looked for beside the tournament file, like that of a bot."""
    places = {name: str(folder / name) if name.endswith(".toml") else name for name in plan.scenarios}
    texts = {}
    for index, (name, place) in enumerate(places.items()):
        try:
            texts[name] = scenario_text(place)[0]
        except InputError as error:
            path = f"$.scenarios[{index}]: {error.source}" + (f": {error.path}" if error.path else "")
            raise TournamentError(plan.source, path, error.expected, error.got) from error
    return texts


def _warn_of_part_worlds(plan: Tournament) -> None:
    """Say which games belong to worlds that will not be whole, where there are some."""
    over = plan.games % plan.round
    if over:
        fewer = f"{plan.games - over} or " if plan.games > over else ""
        notes.print(
            f"{plan.source}: games = {plan.games} is no multiple of {plan.round}, which is entrants times scenarios. So some "
            f"worlds are not whole: they count for the strengths, but not for intervals and pairs. games = {fewer}"
            f"{plan.games - over + plan.round} plays whole worlds only.",
            markup=False,
        )


def _kept_journals(journals: Path | None) -> list[KeepJournal]:
    """Return what keeps the journals of all games, if that is asked for."""
    if journals is None:
        return []
    require_no_journals(journals, "--journals")
    return [partial(write_game_journal, ensure_folder(journals).absolute())]


def _watched(
    html: Path | None, plan: Tournament, scenarios: Mapping[str, str], load: SeatLoader
) -> ReplayFolder | None:
    """Return the folder of the replays beside the leaderboard, if there will be some."""
    if html is None or plan.replays == "none":
        return None
    return ReplayFolder(html, plan, deal(plan, scenarios, check_bots(plan, load)))


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
