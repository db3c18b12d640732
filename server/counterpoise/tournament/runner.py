"""Playing all games of a tournament on an executor, in any order, and resuming after an interruption."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from functools import partial
from itertools import islice

from counterpoise.errors import InputError, TournamentError
from counterpoise.tournament.plan import Entrant, Tournament
from counterpoise.tournament.played_game import KeepJournal, KeepLogs, Loader, play_game
from counterpoise.tournament.result_document import GameResult
from counterpoise.tournament.schedule import GameSpec, deal
from counterpoise.tournament.stopping import is_narrow, looks

Progress = Callable[[GameResult, int, int], None]
"""Called in the caller's thread with each new result, the number of results so far, and the number of games."""


def check(tournament: Tournament, load: Loader) -> dict[str, str]:
    """Load every bot once, to find a mistake in a file before anything is played.

    Returns:
        The version of each entrant by name: the ``fingerprint`` of its constructor, or an empty text.

    Raises:
        TournamentError: a bot cannot be loaded; the error names the entrant.
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
    specs: Sequence[GameSpec],
    load: Loader,
    keep: KeepJournal | None = None,
    keep_logs: KeepLogs | None = None,
    versions: Mapping[str, str] | None = None,
) -> list[GameResult]:
    """Play several games in this process, one after the other.

    Args:
        specs: the games.
        load: returns a bot's constructor.
        keep: see ``run``.
        keep_logs: see ``run``.
        versions: by entrant what ``check`` found where the tournament was started; ``None`` compares nothing.

    Raises:
        TournamentError: a bot is missing here, or is another one than where the tournament was started.
    """
    entrants = {who.name: who for spec in specs for _, who in spec.seating}
    for name, version in (versions or {}).items():
        if name in entrants:
            _require_same_bot(entrants[name], load, version)
    return [play_game(spec, load, keep, keep_logs) for spec in specs]


def _require_same_bot(entrant: Entrant, load: Loader, version: str) -> None:
    expected = "the bot as it was when the tournament was started, on this machine and every other that plays"
    try:
        found = str(getattr(load(entrant.bot), "fingerprint", ""))
    except InputError as error:
        raise TournamentError(entrant.bot, f"entrant {entrant.name}", expected, f"{error}") from error
    if found != version:
        raise TournamentError(entrant.bot, f"entrant {entrant.name}", expected, "a bot with other files")


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
    keep_logs: KeepLogs | None = None,
) -> tuple[GameResult, ...]:
    """Play a tournament and return all results in the order of the games: of all games, or of those up to where it may stop.

    Args:
        tournament: the plan.
        scenarios: the text of each scenario by name.
        load: returns a bot's constructor for its name or path; a function of a module, because it crosses processes.
        executor: where games are played; ``None`` plays them in this process. It is not shut down.
        jobs: how many batches the executor plays at once; twice as many are handed to it.
        batch: games that one task plays, to spread the cost of starting a task.
        done: results of an earlier run; their games are not played again.
        progress: called with every result, the results in ``done`` first.
        keep: called with the journal of every game, in the process that played it.
        keep_logs: called with what is told to the authors of the bots, in the process that played the game.

    Raises:
        TournamentError: a result in ``done`` belongs to another tournament.
    """
    versions = check(tournament, load)
    specs = deal(tournament, scenarios, versions)
    play = partial(play_games, load=load, keep=keep, keep_logs=keep_logs, versions=versions)
    results: dict[int, GameResult] = {}

    def add(result: GameResult) -> None:
        if result.game not in results:
            results[result.game] = result
            if progress is not None:
                progress(result, len(results), len(specs))

    for result in done:
        _require_same_tournament(tournament, specs, result)
        add(result)
    played: tuple[GameResult, ...] = ()
    for count in looks(tournament):
        missing = [spec for spec in specs[:count] if spec.number not in results]
        if executor is None:
            for spec in missing:
                add(*play([spec]))
        else:
            for result in _played(
                tournament.source, executor, missing, play, in_flight=2 * max(1, jobs), batch=max(1, batch),
            ):  # fmt: skip
                add(result)
        played = tuple(results[spec.number] for spec in specs[:count])
        if is_narrow(tournament, played):
            break
    return played


def _require_same_tournament(tournament: Tournament, specs: Sequence[GameSpec], result: GameResult) -> None:
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
    """Yield results as games end. At most ``in_flight`` tasks wait at a time, so that a long tournament fits in memory."""
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
            "bots that do not end their process",
            f"a bot that ended it; the entrants in these games: {', '.join(names)}",
        ) from error
    finally:
        for future in running:
            future.cancel()
