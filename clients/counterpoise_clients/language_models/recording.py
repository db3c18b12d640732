"""Every call of a model, kept in a file beside the journal; a game can be played again from it without a call."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from counterpoise.errors import InputError, StorageError
from counterpoise_clients.language_models.endpoint import Reply, Said
from counterpoise_clients.language_models.settings import Budget

RECORDED = "recorded:"
"""What the name of a recorded model begins with: ``recorded:g.db.models``."""
SUFFIX = ".models"
"""What the file has after the name of the journal."""
MODELS = "games.models"
"""The file of all games in a folder of journals."""


class ModelGame(Struct, frozen=True, tag_field="t", tag="game"):
    """The first line about a seat of a game. A second one says that the game was begun again, and what came before is void."""

    seed: str
    """The seed of the bot, which tells seats and games apart; in a tournament with the number of the game after it."""
    model: str
    budget: Budget
    system: str
    """The message with which each prompt begins."""


class ModelCall(Struct, frozen=True, tag_field="t", tag="call"):
    """A line about a call."""

    seed: str
    date: str
    """The day of the game."""
    prompt: list[Said]
    """What follows the system's message."""
    reply: Reply


Line = ModelGame | ModelCall


def seed_in_game(seed: str, game: int) -> str:
    """Return the seed of a seat with the number of its game, because a tournament plays one world in several games."""
    return f"{seed}/game-{game}"


class Recording:
    """The lines about one seat of one game in a file that others may write too."""

    def __init__(self, path: str, seed: str) -> None:
        self._path, self.seed = path, seed

    def append(self, line: Line) -> None:
        """Write a line at once, so that it is there whatever happens to this process.

        Raises:
            StorageError: the disk refuses.
        """
        try:
            file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.write(file, msgspec.json.encode(line) + b"\n")  # in one piece: other processes append too
            finally:
                os.close(file)
        except OSError as error:
            raise StorageError(self._path, error.strerror or str(error)) from error

    def lines(self) -> tuple[ModelGame | None, list[ModelCall]]:
        """Return what the file has about this seat of this game; nothing if there is no file.

        Raises:
            InputError: the file holds something else.
            StorageError: the file cannot be read.
        """
        game: ModelGame | None = None
        calls: list[ModelCall] = []
        for line in _lines(self._path):
            if line.seed == self.seed:
                if isinstance(line, ModelCall):
                    calls.append(line)
                else:
                    game, calls = line, []
        return game, calls


def seeds_in(path: str) -> list[str]:
    """Return the seeds of a file, which tell games and seats apart; raise as ``Recording.lines``."""
    return list(dict.fromkeys(line.seed for line in _lines(path)))


def _lines(path: str) -> Iterator[Line]:
    """Yield the lines of a file. A last line that a crash has cut off is dropped."""
    try:
        raw = Path(path).read_bytes().split(b"\n")
    except FileNotFoundError:
        return
    except OSError as error:
        raise StorageError(path, error.strerror or str(error)) from error
    for number, text in enumerate(raw, start=1):
        if text:
            try:
                yield _decoder.decode(text)
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                if number < len(raw):
                    raise InputError(path, f"line {number}", "a call of a model", str(error)) from error


_decoder = msgspec.json.Decoder(Line)


class RecordedEndpoint:
    """Answers as a model did, call for call, and calls nobody."""

    def __init__(self, game: ModelGame, calls: Sequence[ModelCall]) -> None:
        self._game, self._calls, self._next = game, calls, 0

    def ask(self, prompt: Sequence[Said], seconds: float) -> Reply:
        """Return what came of the same prompt then."""
        if self._next >= len(self._calls):
            return Reply("ERROR", problem="the recording ends here")
        call = self._calls[self._next]
        if [Said("system", self._game.system), *call.prompt] != list(prompt):
            return Reply("ERROR", problem=f"the game is another one than the recorded from {call.date} on")
        self._next += 1
        return call.reply

    def pause(self, seconds: float) -> None:
        """Wait for nothing."""
