"""Plays all games of a tournament on an executor, in any order, resuming where an earlier run stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from functools import partial
from itertools import islice

from counterpoise.errors import InputError, TournamentError
from counterpoise.session.in_process_play import AskBot
from counterpoise.sim.bot import decide_moves
from counterpoise.tournament.plan import Tournament
from counterpoise.tournament.played_game import KeepJournal, Loader, play_game
from counterpoise.tournament.result_document import GameResult
from counterpoise.tournament.schedule import GameSpec, deal

Progress = Callable[[GameResult, int, int], None]
"""Called in the caller's thread for each result as it comes: the result, how many are in, how many there are."""


def check(tournament: Tournament, load: Loader) -> dict[str, str]:
    """Load every bot once, so that a mistake in a file shows before anything is played.

    Returns the version of each entrant by name: the ``fingerprint`` its constructor has, if it has one.

    Raises:
        TournamentError: naming the entrant; the cause is the loader's own error.
    """
    versions = {}
    for index, entrant in enumerate(tournament.entrants):
        try:
            versions[entrant.name] = str(getattr(load(entrant.bot), "fingerprint", ""))
        except InputError as error:
            path = f"$.entrants[{index}] ({entrant.name}): {error.source}" + (f": {error.path}" if error.path else "")
            raise TournamentError(tournament.source, path, error.expected, error.got) from error
    return versions


def play_games(
    specs: Sequence[GameSpec], load: Loader, keep: KeepJournal | None = None, asking: AskBot = decide_moves
) -> list[GameResult]:
    """Play several games in this process, one after the other."""
    return [play_game(spec, load, keep, asking) for spec in specs]


def run(
    tournament: Tournament,
    scenarios: Mapping[str, str],
    load: Loader,
    *,
    executor: Executor | None = None,
    jobs: int = 1,
    batch: int = 1,
    done: Iterable[GameResult] = (),
    progress: Progress | None = None,
    keep: KeepJournal | None = None,
    asking: AskBot = decide_moves,
) -> tuple[GameResult, ...]:
    """Play a tournament and return all results in the order of the games.

    Args:
        tournament: the plan.
        scenarios: the text of each scenario by name.
        load: gives a bot's constructor for its name or path; a module's function, so that it can cross processes.
        executor: where games are played; ``None`` plays them here. It is not shut down.
        jobs: how many batches the executor plays at once; twice as many are handed to it.
        batch: games a task plays, to spread the cost of starting one.
        done: results of an earlier run; those whose key fits a game of this tournament are not played again.
        progress: told of every result as it comes, old ones first.
        keep: given the journal of every game that is played, where it is played.
        asking: how the bots are asked, where they play; it must cross processes. What it raises but ``BotError`` ends the
            tournament.

    Raises:
        TournamentError: a result in ``done`` is of another tournament.
    """
    specs = deal(tournament, scenarios, check(tournament, load))
    results: dict[int, GameResult] = {}

    def take(result: GameResult) -> None:
        if result.game not in results:
            results[result.game] = result
            if progress is not None:
                progress(result, len(results), len(specs))

    for result in done:
        _require_ours(tournament, specs, result)
        take(result)
    missing = [spec for spec in specs if spec.number not in results]
    if executor is None:
        for spec in missing:
            take(play_game(spec, load, keep, asking))
    else:
        for result in _played(
            tournament.source, executor, missing, partial(play_games, load=load, keep=keep, asking=asking),
            in_flight=2 * max(1, jobs), batch=max(1, batch),
        ):  # fmt: skip
            take(result)
    return tuple(results[spec.number] for spec in specs)


def _require_ours(tournament: Tournament, specs: Sequence[GameSpec], result: GameResult) -> None:
    if not 0 <= result.game < len(specs) or specs[result.game].key != result.key:
        raise TournamentError(
            tournament.source,
            f"stored result of game {result.game}",
            "a game of this tournament (same seed, scenarios, entrants and bots)",
            f"a game with key {result.key}",
        )


def _played(
    source: str,
    executor: Executor,
    specs: Sequence[GameSpec],
    play: Callable[[Sequence[GameSpec]], list[GameResult]],
    *,
    in_flight: int,
    batch: int,
) -> Iterator[GameResult]:
    """Yield results as they come; only ``in_flight`` tasks wait at a time, so that a long tournament fits in memory."""
    batches = iter([specs[start : start + batch] for start in range(0, len(specs), batch)])
    running: dict[Future[list[GameResult]], Sequence[GameSpec]] = {}

    def submit(count: int) -> None:
        for task in islice(batches, count):
            running[executor.submit(play, task)] = task

    try:
        submit(in_flight)
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                results = future.result()
                del running[future]
                submit(1)
                yield from results
    except BrokenExecutor as error:
        lost = [spec for task in running.values() for spec in task]
        names = sorted({entrant.name for spec in lost for _, entrant in spec.seating})
        raise TournamentError(
            source,
            "games " + ", ".join(str(spec.number) for spec in lost),
            "bots that leave their process alone",
            f"one that ended it; seated there: {', '.join(names)}",
        ) from error
    finally:
        for future in running:
            future.cancel()
