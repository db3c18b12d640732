"""The tournament file: which scenarios are played, by which bots, and how often.

::

    name = "Spring"
    seed = "42"
    games = 40
    scenarios = ["checkerboard", "middle-east-1955"]
    entrants = ["balancer", "hedger", { name = "mine", bot = "my_bot.py" }]
    years = 5            # optional: stop each game after so many years; 0 (the default) plays to the end
    until_width = 4.0    # optional: stop before ``games`` are played once no interval of a strength is wider
    verify = "sample"    # optional: replay and compare every tenth game in place of all
    replays = "chosen"   # optional: which games leave a replay beside the leaderboard; "none" is the default, "all" all
    replay_games = 100   # optional: how many games leave one at most
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Annotated, Literal
from unicodedata import category

from msgspec import Meta

from counterpoise.errors import TournamentError
from counterpoise.sim.reading.scenario_conversion import convert_file
from counterpoise.sim.reading.scenario_schema import FileTable
from counterpoise.sim.reading.toml_text import errors_with_lines, read_toml
from counterpoise.validation_errors import TOML, Problem

Name = Annotated[str, Meta(min_length=1, max_length=60)]
Verify = Literal["all", "sample", "none"]
"""Which games are replayed from their journals and compared: all, every tenth, or none."""
Replays = Literal["none", "chosen", "all"]
"""Which games leave a replay: none; the best, worst and a middling one of each entrant, and those in which a bot failed; all."""
_CONTROLLING = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""The Unicode categories of characters that control a terminal, the direction of text or the end of a line."""
REPLAY_GAMES = 100
"""How many games leave a replay unless the file says otherwise."""


@dataclass(frozen=True, slots=True)
class Entrant:
    """One competitor: its name in the table, and its bot (a known name or the path of a ``.py`` file)."""

    name: str
    bot: str


@dataclass(frozen=True, slots=True)
class Tournament:
    """A tournament as its file gives it.

    ``games`` is how many are played; with ``until_width`` it is the most that are. With ``years`` 0 every game is played to the
    end of its scenario.
    """

    name: str
    seed: str
    games: int
    scenarios: tuple[str, ...]
    entrants: tuple[Entrant, ...]
    years: int = 0
    source: str = "tournament"
    until_width: float | None = None
    verify: Verify = "all"
    replays: Replays = "none"
    replay_games: int = REPLAY_GAMES

    @property
    def round(self) -> int:
        """How many games give every entrant every seat of one world of each scenario."""
        return len(self.entrants) * len(self.scenarios)


class _EntrantTable(FileTable, frozen=True, kw_only=True):
    name: Name
    bot: Annotated[str, Meta(min_length=1)]


class _File(FileTable, frozen=True, kw_only=True):
    name: Name
    seed: str | int
    games: Annotated[int, Meta(ge=1, le=1_000_000)]
    scenarios: Annotated[list[Name], Meta(min_length=1)]
    entrants: Annotated[list[Annotated[str, Meta(min_length=1)] | _EntrantTable], Meta(min_length=2)]
    years: Annotated[int, Meta(ge=0, le=500)] = 0
    until_width: Annotated[float, Meta(gt=0.0)] | None = None
    verify: Verify = "all"
    replays: Replays = "none"
    replay_games: Annotated[int, Meta(ge=1, le=100_000)] = REPLAY_GAMES


def parse(text: str, source: str) -> Tournament:
    """Read a tournament file.

    Args:
        text: the file's contents.
        source: the name of the file; a relative ``.py`` path of a bot starts from its folder.

    Raises:
        TournamentError: the file has a mistake; the error names the first one with its TOML path and line.
    """
    file, errors = _read(text, source)
    if errors or file is None:
        raise errors[0]
    entrants = tuple(_entrant(item, source) for item in file.entrants)
    return Tournament(
        file.name, str(file.seed), file.games, tuple(file.scenarios), entrants, file.years, source,
        file.until_width, file.verify, file.replays, file.replay_games,
    )  # fmt: skip


def check(text: str, source: str) -> list[TournamentError]:
    """Return every mistake of a tournament file."""
    return _read(text, source)[1]


def _read(text: str, source: str) -> tuple[_File | None, list[TournamentError]]:
    raw = read_toml(text)
    if isinstance(raw, Problem):
        return None, [TournamentError(source, *raw)]
    file = convert_file(raw, _File)
    if isinstance(file, list):
        return None, errors_with_lines(file, text, TournamentError, source)
    names = [_entrant(item, source).name for item in file.entrants]
    problems = [
        *_repeats("scenarios", file.scenarios),
        *_repeats("entrants", names),
        *_unprintable(file),
    ]
    return file, errors_with_lines(problems, text, TournamentError, source)


def _unprintable(file: _File) -> Iterator[Problem]:
    """Yield the names that would control a terminal or break a line where they are printed."""
    named = [("name", file.name)]
    for index, item in enumerate(file.entrants):
        named.append((f"entrants[{index}]", item) if isinstance(item, str) else (f"entrants[{index}].name", item.name))
    for path, name in named:
        if any(category(sign) in _CONTROLLING for sign in name):
            yield Problem(path, "a name without control characters", TOML.shown(name))


def _entrant(item: str | _EntrantTable, source: str) -> Entrant:
    name, bot = (
        (PurePath(item).stem if item.endswith(".py") else item, item)
        if isinstance(item, str)
        else (item.name, item.bot)
    )
    if bot.endswith(".py"):
        bot = str(PurePath(source).parent / bot)
    return Entrant(name, bot)


def _repeats(key: str, names: list[str]) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Problem(f"{key}[{index}]", "each name once", TOML.shown(name))
