"""The games of a fork: played on both sides of the comparison, in this process or in several, and checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from counterpoise.cli.fork.past_places import SnapshotPlace, past_in
from counterpoise.cli.journals import write_journal
from counterpoise.cli.options.seats import bots_by_seat
from counterpoise.cli.terminal import notes, progress_bar
from counterpoise.cli.worker_processes import process_pool
from counterpoise.errors import InputError
from counterpoise.session.debrief.matching_noise import matching_noise
from counterpoise.session.forking import ForkScript, past_at_fork, play_on, session_at_fork
from counterpoise.session.forks.fork_comparison import GamesCheck, check_games
from counterpoise.session.forks.fork_document import Side
from counterpoise.session.forks.game_summary import GameSummary, encode_check_input, summarize_game
from counterpoise.session.forks.shared_past import SharedPast
from counterpoise.session.in_process_play import ENDED_PROCESS
from counterpoise.session.journal.entries import canonical
from counterpoise.session.running_session import Session
from counterpoise.store.shipped_noise import shipped_noise
from counterpoise.theory.check.expected_noise import ExpectedNoise
from counterpoise_clients.roster import SeatLoader


@dataclass(frozen=True, slots=True)
class SidePast:
    """How the games of one side come to the fork: plain data that can cross to another process."""

    fork: str
    """A name for the fork: its journal, changes, seed and bots."""
    side: Side
    script: ForkScript = field(compare=False)
    start: SnapshotPlace | None = field(compare=False)
    """The snapshot of the journal to start from; ``None`` to play from the beginning."""


@dataclass(frozen=True, slots=True)
class Game:
    """One game to play from the fork: plain data that can cross to another process."""

    past: SidePast
    side: Side
    number: int
    session_id: str
    seed: str
    bots: tuple[str, ...]
    until: int
    forked: dict[str, Any]
    folder: Path | None
    load: SeatLoader


@dataclass(frozen=True, slots=True)
class PlayedGame:
    """A game that was played from the fork."""

    side: Side
    number: int
    summary: GameSummary
    check_input: bytes
    """What the checker needs from the game, packed."""
    bot_failures: tuple[str, ...]
    """The last failure of each bot that failed."""


def games_of(
    scripts: Mapping[Side, ForkScript],
    starts: Mapping[Side, SnapshotPlace | None],
    head: Mapping[str, Any],
    header: Mapping[str, Any],
    seed: str,
    seeds: int,
    bots: tuple[str, ...],
    until: int,
    folder: Path | None,
    load: SeatLoader,
) -> Iterator[Game]:
    """Yield every game, both sides of a seed together. Equal arguments give equal journals.

    Args:
        scripts: what is done up to the fork on each side.
        starts: the snapshot that the games of each side start from.
        head: what was forked and what was changed; it names the games.
        header: the same for the headers of the journals, without texts that people typed.
        seed: the seed from which the seeds of the games derive.
        seeds: games on each side.
        bots: the options that choose the bots.
        until: the tick at which the games end.
        folder: where to keep the journals; ``None`` keeps none.
        load: loads the bots, with their limits.
    """
    name = hashlib.sha256(canonical([head, seed, bots])).hexdigest()[:8]
    pasts = {side: SidePast(name, side, script, starts[side]) for side, script in scripts.items()}
    for number in range(1, seeds + 1):
        for side, past in pasts.items():
            own = f"{seed}/{number}"
            forked = {**header, "seed": own, "arm": side}
            if side == "baseline":
                forked |= {"without": [], "with": []}
            yield Game(past, side, number, f"fork-{name}-{side}-{number}", own, bots, until, forked, folder, load)


def play_and_check(
    games: Sequence[Game], jobs: int, original: Session, on: int
) -> tuple[list[PlayedGame], dict[Side, GamesCheck]]:
    """Play the games and check each side. Return the games in the order of their seeds, and the checks.

    Args:
        games: of both sides.
        jobs: how many of them to play at once.
        original: the session of the journal, played up to the end of the comparison.
        on: the tick of the fork.
    """
    with process_pool(jobs) as executor:
        with progress_bar("Playing on", len(games)) as show:
            played: list[PlayedGame] = []
            for game in _as_played(executor, games):
                played.append(game)
                show(len(played))
        for words in sorted({words for game in played for words in game.bot_failures}):
            notes.print(f"a bot failed: {words}", markup=False)
        played.sort(key=lambda game: game.number)
        packed: dict[Side, dict[str, bytes]] = {"original": {original.id: encode_check_input(original, on)}}
        for side in dict.fromkeys(game.side for game in games):
            packed[side] = {game.summary.session: game.check_input for game in played if game.side == side}
        noise, _ = matching_noise({original.id: games[0].past.script.header}, shipped_noise())
        with progress_bar("Checking", len(packed)) as show:
            checks: dict[Side, GamesCheck] = {}
            for side, check in _checked(executor, packed, noise):
                checks[side] = check
                show(len(checks))
    return played, {side: checks[side] for side in packed}


def _as_played(executor: Executor | None, games: Sequence[Game]) -> Iterator[PlayedGame]:
    """Yield the games as they end."""
    if executor is None:
        yield from map(play_game, games)
        return
    try:
        for future in as_completed([executor.submit(play_game, game) for game in games]):
            yield future.result()
    except BrokenExecutor as error:
        raise InputError("--bots", "", "", ENDED_PROCESS) from error


def _checked(
    executor: Executor | None, packed: dict[Side, dict[str, bytes]], noise: ExpectedNoise | None
) -> Iterator[tuple[Side, GamesCheck]]:
    if executor is None:
        yield from ((side, check_games(games, noise)) for side, games in packed.items())
        return
    waiting: dict[Future[GamesCheck], Side] = {
        executor.submit(check_games, games, noise): side for side, games in packed.items()
    }
    for future in as_completed(waiting):
        yield waiting[future], future.result()


def play_game(game: Game) -> PlayedGame:
    """Play one game from the fork, in any process."""
    script = game.past.script
    session = session_at_fork(script, game.session_id, game.seed, game.forked, past=_past(game.past))
    bots = bots_by_seat(session.scenario, game.bots, game.seed, game.load)
    conduct = play_on(session, bots, game.until)
    if game.folder is not None:
        write_journal(game.folder / f"{game.side}-{game.number:04d}.jsonl", session.take_entries())
    on = script.on
    failures = tuple(failures[-1] for failures in conduct.failures.values())
    return PlayedGame(game.side, game.number, summarize_game(session, on), encode_check_input(session, on), failures)


@lru_cache(maxsize=2)
def _past(past: SidePast) -> SharedPast:
    """Play the past of a side up to the fork; each process does it once for all its games of that side."""
    return past_at_fork(past.script, None if past.start is None else past_in(past.start))
