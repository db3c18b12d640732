"""The games of a fork: played in each arm of the comparison, in this process or in several, and checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from counterpoise.cli.fork.fork_plan import ArmPlan
from counterpoise.cli.fork.past_places import SnapshotPlace, past_in
from counterpoise.cli.journals import write_journal
from counterpoise.cli.options.seats import bots_by_seat, models_beside
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
class ArmPast:
    """How the games of one arm come to the fork: plain data that can cross to another process."""

    fork: str
    """A name for the fork: its journal, changes, seed and bots."""
    arm: str
    script: ForkScript = field(compare=False)
    start: SnapshotPlace | None = field(compare=False)
    """The snapshot of the journal to start from; ``None`` to play from the beginning."""


@dataclass(frozen=True, slots=True)
class Game:
    """One game to play from the fork: plain data that can cross to another process."""

    past: ArmPast
    number: int
    session_id: str
    seed: str
    forked: dict[str, Any]
    terms: GameTerms


@dataclass(frozen=True, slots=True)
class GameTerms:
    """What all games of a fork have in common: plain data that can cross to another process."""

    bots: tuple[str, ...]
    """The options that choose the bots."""
    since: int
    """The tick since which a game is summarised."""
    until: int
    """The tick at which the games end."""
    folder: Path | None
    """Where to keep the journals; ``None`` keeps none."""
    load: SeatLoader
    """Loads the bots, with their limits."""
    is_checked: bool
    """Whether the check reads the games."""


@dataclass(frozen=True, slots=True)
class PlayedGame:
    """A game that was played from the fork."""

    arm: str
    number: int
    summary: GameSummary
    check_input: bytes
    """What the checker needs from the game, packed; empty unless the check reads it."""
    bot_failures: tuple[str, ...]
    """The last failure of each bot that failed."""


def games_of(plans: Mapping[str, ArmPlan], names: Any, seed: str, seeds: int, terms: GameTerms) -> Iterator[Game]:
    """Yield every game, arm by arm: a process plays the past of an arm once. Equal arguments give equal journals.

    Args:
        plans: what is done up to the fork in each arm, by the name of the arm in the names of its games.
        names: what was forked and what was changed, as plain values; it names the games.
        seed: the seed from which the seeds of the games derive.
        seeds: games in each arm.
        terms: what all games have in common.
    """
    name = hashlib.sha256(canonical([names, seed, terms.bots])).hexdigest()[:8]
    for arm, plan in plans.items():
        past = ArmPast(name, arm, plan.script, plan.start)
        for number in range(1, seeds + 1):
            own = f"{seed}/{number}"
            yield Game(
                past, number, f"fork-{name}-{arm}-{number}", own, {**plan.header, "seed": own, "arm": arm}, terms
            )


def play_games(games: Sequence[Game], jobs: int) -> list[PlayedGame]:
    """Play games, so many at once. Return them in their order."""
    with process_pool(jobs) as executor:
        return _played(executor, games)


def play_and_check(
    games: Sequence[Game], jobs: int, original: Session, on: int
) -> tuple[list[PlayedGame], dict[Side, GamesCheck]]:
    """Play the games and check each side. Return the games in their order, and the checks.

    Args:
        games: of both sides.
        jobs: how many of them to play at once.
        original: the session of the journal, played up to the end of the comparison.
        on: the tick of the fork.
    """
    with process_pool(jobs) as executor:
        played = _played(executor, games)
        packed: dict[Side, dict[str, bytes]] = {"original": {original.id: encode_check_input(original, on)}}
        sides: tuple[Side, ...] = ("baseline", "changed")
        for side in sides:
            of_side = {game.summary.session: game.check_input for game in played if game.arm == side}
            if of_side:
                packed[side] = of_side
        noise, _ = matching_noise({original.id: games[0].past.script.header}, shipped_noise())
        with progress_bar("Checking", len(packed)) as show:
            checks: dict[Side, GamesCheck] = {}
            for side, check in _checked(executor, packed, noise):
                checks[side] = check
                show(len(checks))
    return played, {side: checks[side] for side in packed}


def _played(executor: Executor | None, games: Sequence[Game]) -> list[PlayedGame]:
    """Play games and show how far they are; tell the failures of bots."""
    order = {(game.past.arm, game.number): place for place, game in enumerate(games)}
    with progress_bar("Playing on", len(games)) as show:
        played: list[PlayedGame] = []
        for game in _as_played(executor, games):
            played.append(game)
            show(len(played))
    for words in sorted({words for game in played for words in game.bot_failures}):
        notes.print(f"a bot failed: {words}", markup=False)
    return sorted(played, key=lambda game: order[game.arm, game.number])


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
    terms, arm = game.terms, game.past.arm
    session = session_at_fork(game.past.script, game.session_id, game.seed, game.forked, past=_past(game.past))
    journal = None if terms.folder is None else terms.folder / f"{arm}-{game.number:04d}.jsonl"
    load = replace(terms.load, models=models_beside(journal))
    conduct = play_on(session, bots_by_seat(session.scenario, terms.bots, game.seed, load), terms.until)
    if journal is not None:
        write_journal(journal, session.take_entries())
    packed = encode_check_input(session, terms.since) if terms.is_checked else b""
    failures = tuple(failures[-1] for failures in conduct.failures.values())
    return PlayedGame(arm, game.number, summarize_game(session, terms.since), packed, failures)


@lru_cache(maxsize=2)
def _past(past: ArmPast) -> SharedPast:
    """Play the past of an arm up to the fork; each process does it once for all its games of that arm."""
    return past_at_fork(past.script, None if past.start is None else past_in(past.start))
