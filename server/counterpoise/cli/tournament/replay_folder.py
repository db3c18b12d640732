"""The replays beside a leaderboard: journals of chosen games, and a page of each that opens in a browser without a server."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from urllib.parse import quote

from msgspec import structs

from counterpoise.cli.journals import read_journal, write_journal
from counterpoise.cli.output_files import ensure_folder, replace_text
from counterpoise.cli.replays.replay_page import Watched, replay_page
from counterpoise.cli.terminal import progress_bar
from counterpoise.errors import ConfigurationError, StorageError
from counterpoise.session.journal.entries import Entry
from counterpoise.tournament.plan import Tournament
from counterpoise.tournament.replays import Candidates, chosen
from counterpoise.tournament.result_document import GameResult, KeptReplay, TournamentResult
from counterpoise.tournament.schedule import GameSpec

_NAME = re.compile(r"^game-(\d{5,})-([0-9a-f]{4})[0-9a-f]{4}\.(?:jsonl|html)$")
_HALF_WRITTEN = re.compile(r"^\.[0-9a-f]{12}\.new$")
"""A file that a process was writing when it was killed."""


def replays_beside(page: Path) -> Path:
    """Return the folder of the replays of a leaderboard."""
    return page.with_name(f"{page.stem}-replays")


class ReplayFolder:
    """The folder ``NAME-replays`` beside the leaderboard ``NAME.html``.

    The name of a file has the number of its game, the key of the game and how the game ended. So files of another tournament are
    told apart and left alone, and a journal never stands for a game that was played anew and went differently.

    Args:
        page: the file of the leaderboard.
        tournament: the plan, with what is kept.
        specs: the games, as dealt.

    Raises:
        ConfigurationError: the folder holds something else.
        StorageError: it cannot be made or read.
    """

    def __init__(self, page: Path, tournament: Tournament, specs: Sequence[GameSpec]) -> None:
        self._page, self._tournament = page, tournament
        self._candidates = Candidates(tournament.replays, tournament.replay_games)
        self._names: dict[int, str] = {}
        self._keys = [spec.key[:4] for spec in specs]
        self.folder = ensure_folder(replays_beside(page)).absolute()
        strange = sorted(path.name for path in self._files() if not self._is_ours(path))
        if strange:
            raise ConfigurationError(
                f"--replays: {self.folder} holds {strange[0]}, which is no replay of this tournament. Give --html another name, "
                "or remove that folder."
            )

    @property
    def keep(self) -> Callable[[GameResult, Sequence[Entry]], None]:
        """What writes the journal of a game, in the process that played it."""
        return partial(write_candidate, self.folder)

    def add(self, result: GameResult) -> None:
        """Take a game that has ended, and delete the journals that are of no use now."""
        self._names[result.game] = name_of(result)
        for game in self._candidates.add(result):
            self._delete(self.folder / f"{self._names.pop(game)}.jsonl")

    def finish(self, result: TournamentResult, executor: Executor | None) -> TournamentResult:
        """Write the pages of the chosen games, delete everything else of this tournament, and return the result with the links.

        Args:
            result: the whole result.
            executor: where the pages are made; ``None`` makes them in this process.
        """
        kept = [game for game, name in self._names.items() if (self.folder / f"{name}.jsonl").is_file()]
        plan = self._tournament
        found, left_out = chosen(result.games, kept, plan.replays, plan.replay_games)
        wanted = {f"{self._names[game]}.{form}": True for game in found for form in ("jsonl", "html")}
        for path in self._files():
            if path.name not in wanted and self._is_ours(path):
                self._delete(path)
        write = partial(write_replay, self.folder, plan.name, f"../{quote(self._page.name)}")
        games = [game for game in result.games if game.game in found]
        with progress_bar("Replays", len(games)) as show:
            for count, _ in enumerate(map(write, games) if executor is None else executor.map(write, games), start=1):
                show(count)
        beside = quote(self.folder.name)
        replays = [
            KeptReplay(
                game=game,
                page=f"{beside}/{self._names[game]}.html",
                journal=f"{beside}/{self._names[game]}.jsonl",
                reasons=reasons,
            )
            for game, reasons in found.items()
        ]
        return structs.replace(result, replays=tuple(replays), replays_left_out=left_out)

    def _files(self) -> list[Path]:
        try:
            return sorted(self.folder.iterdir())
        except OSError as error:
            raise StorageError(str(self.folder), f"cannot read this folder ({error.strerror or error})") from error

    def _is_ours(self, path: Path) -> bool:
        found = _NAME.match(path.name)
        if found is None:
            return _HALF_WRITTEN.match(path.name) is not None
        return int(found[1]) < len(self._keys) and self._keys[int(found[1])] == found[2]

    def _delete(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(str(path), f"cannot delete this file ({error.strerror or error})") from error


def name_of(result: GameResult) -> str:
    """Return the name of a game's files, without their endings."""
    return f"game-{result.game:05d}-{result.key[:4]}{result.digest[:4]}"


def write_candidate(folder: Path, result: GameResult, entries: Sequence[Entry]) -> None:
    """Write the journal of a game that may be chosen, in the process that played it."""
    write_journal(folder / f"{name_of(result)}.jsonl", entries)


def write_replay(folder: Path, tournament: str, back: str, result: GameResult) -> None:
    """Write the page of a game beside its journal.

    Args:
        folder: where they stand.
        tournament: the name of the tournament.
        back: the address of the leaderboard, relative to the page.
        result: of the game.
    """
    name = name_of(result)
    journal = folder / f"{name}.jsonl"
    shown = {
        "tournament": tournament,
        "number": result.game,
        "scenario": result.scenario,
        "seats": result.seats,
        "back": back,
    }
    page = replay_page(
        f"{tournament}, game {result.game}",
        [Watched(str(journal), read_journal(journal))],
        place={"date": "", "viewer": ""},
        game=shown,
    )
    replace_text(folder / f"{name}.html", page)
