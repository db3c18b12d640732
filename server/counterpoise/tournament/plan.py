"""The tournament file: what is played, by whom, how often.

::

    name = "Spring"
    seed = "42"
    games = 40
    scenarios = ["checkerboard", "middle-east-1955"]
    entrants = ["balancer", "hedger", { name = "mine", bot = "my_bot.py" }]
    years = 5          # optional: stop each game after so many years; 0, the default, plays to the end
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from counterpoise.complaints import Unconvertible, explain
from counterpoise.errors import TournamentError
from counterpoise.sim.scenario_lines import LineIndex

Name = Annotated[str, Meta(min_length=1, max_length=60)]


@dataclass(frozen=True, slots=True)
class Entrant:
    """One competitor: the name in the table, and the bot that plays for it (a known name or the path of a ``.py`` file)."""

    name: str
    bot: str


@dataclass(frozen=True, slots=True)
class Tournament:
    """A tournament as its file gives it; ``years`` 0 plays every game to its scenario's end."""

    name: str
    seed: str
    games: int
    scenarios: tuple[str, ...]
    entrants: tuple[Entrant, ...]
    years: int = 0
    source: str = "tournament"


class _EntrantTable(Struct, forbid_unknown_fields=True):
    name: Name
    bot: Annotated[str, Meta(min_length=1)]


class _File(Struct, forbid_unknown_fields=True):
    name: Name
    seed: str | int
    games: Annotated[int, Meta(ge=1, le=1_000_000)]
    scenarios: Annotated[list[Name], Meta(min_length=1)]
    entrants: Annotated[list[Annotated[str, Meta(min_length=1)] | _EntrantTable], Meta(min_length=2)]
    years: Annotated[int, Meta(ge=0, le=500)] = 0


def parse(text: str, source: str) -> Tournament:
    """Read a tournament file.

    Args:
        text: the file's contents.
        source: its name; a bot given as a relative ``.py`` path is looked for beside it.

    Raises:
        TournamentError: naming the TOML path and the line.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem, _, place = str(error).partition(" (at ")
        raise TournamentError(source, place.rstrip(")") or "end of file", "TOML", problem) from None
    lines = LineIndex(text)
    try:
        file = msgspec.convert(raw, _File)
    except Unconvertible as error:
        path, expected, got = explain(error, raw, _File)
        raise TournamentError(source, _with_line(lines, path), expected, got) from None
    entrants = tuple(_entrant(item, source) for item in file.entrants)
    _refuse_repeats(lines, source, "scenarios", list(file.scenarios))
    _refuse_repeats(lines, source, "entrants", [entrant.name for entrant in entrants])
    return Tournament(file.name, str(file.seed), file.games, tuple(file.scenarios), entrants, file.years, source)


def _entrant(item: str | _EntrantTable, source: str) -> Entrant:
    name, bot = (
        (PurePath(item).stem if item.endswith(".py") else item, item)
        if isinstance(item, str)
        else (item.name, item.bot)
    )
    if bot.endswith(".py"):
        bot = str(PurePath(source).parent / bot)
    return Entrant(name, bot)


def _refuse_repeats(lines: LineIndex, source: str, key: str, names: list[str]) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            path = f"$.{key}[{index}]"
            raise TournamentError(source, _with_line(lines, path), "each name once", repr(name))


def _with_line(lines: LineIndex, path: str) -> str:
    """Return the path with the line its value stands on; of what is not there, the line of what should hold it."""
    line = lines.line_of(path.removeprefix("$.")) or lines.line_of(path.removeprefix("$.").rpartition(".")[0])
    return f"{path} (line {line})" if line else path
