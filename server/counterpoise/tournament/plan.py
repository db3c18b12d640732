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

import re
import tomllib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from counterpoise.errors import TournamentError

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
    try:
        file = msgspec.convert(raw, _File)
    except msgspec.ValidationError as error:
        raise _located(text, source, raw, str(error)) from None
    entrants = tuple(_entrant(item, source) for item in file.entrants)
    _refuse_repeats(text, source, "scenarios", list(file.scenarios))
    _refuse_repeats(text, source, "entrants", [entrant.name for entrant in entrants])
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


def _refuse_repeats(text: str, source: str, key: str, names: list[str]) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            path = f"$.{key}[{index}]"
            raise TournamentError(source, _with_line(text, path, name), "each name once", repr(name))


_EXPECTED = re.compile(r"^Expected (?P<expected>.+?)(?:, got (?P<got>.+?))?(?: - at `(?P<path>.+)`)?$")
_UNKNOWN = re.compile(r"^Object contains unknown field `(?P<field>.+?)`(?: - at `(?P<path>.+)`)?$")
_MISSING = re.compile(r"^Object missing required field `(?P<field>.+?)`(?: - at `(?P<path>.+)`)?$")


def _located(text: str, source: str, raw: dict[str, Any], message: str) -> TournamentError:
    """Turn a validation message into our own error, with the line that holds the value."""
    if match := _UNKNOWN.match(message):
        path = f"{match['path'] or '$'}.{match['field']}"
        known = "name, bot" if match["path"] else ", ".join(_File.__struct_fields__)
        return TournamentError(source, _with_line(text, path, match["field"]), f"one of {known}", repr(match["field"]))
    if match := _MISSING.match(message):
        path = match["path"] or "$"
        return TournamentError(source, _with_line(text, path, ""), f"a key {match['field']!r}", "none")
    if match := _EXPECTED.match(message):
        path = match["path"] or "$"
        value = _value_at(raw, path)
        expected = match["expected"].replace("`", "")
        return TournamentError(source, _with_line(text, path, value), expected, repr(value)[:80])
    return TournamentError(source, "$", "a tournament", message)


def _value_at(raw: Any, path: str) -> Any:
    for key, index in re.findall(r"\.(\w+)|\[(\d+)\]", path):
        raw = raw[key] if key else raw[int(index)]
    return raw


def _with_line(text: str, path: str, value: Any) -> str:
    """Return the path with the line its value stands on, as well as text can tell: the first mention after its key."""
    key = re.match(r"\$\.(\w+)", path)
    if key is None:
        return path
    lines = text.splitlines()
    start = next((n for n, line in enumerate(lines) if re.match(rf"\s*(\[+\s*)?[\"']?{key[1]}\b", line)), None)
    if start is None:
        return path
    repeats = int(index[1]) if (index := re.search(r"\[(\d+)\]", path)) else 0
    needle = value if isinstance(value, str) and value else None
    hits = [n for n in range(start, len(lines)) if needle is not None and needle in lines[n]]
    line = (hits[-1] if repeats and hits else hits[0]) if hits else start
    return f"{path} (line {line + 1})"
