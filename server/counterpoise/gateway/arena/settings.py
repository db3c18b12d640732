"""The settings of an arena."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from counterpoise.sim.bot import Bot

MakeBot = Callable[[str, str], Bot]
"""Makes a bundled bot from its name and its seed."""


@dataclass(frozen=True, slots=True)
class ArenaSettings:
    """Settings of one arena. Times in seconds.

    Args:
        scenario_text: text of the scenario that is played.
        source: name of its file, for errors.
        make_bot: makes the bots that fill empty seats.
        games_at_once: how many games run at a time.
        window_seconds: how long a window stays open for a bot that does not say that it is ready.
        join_seconds: how long a game waits for the bots that have a seat in it.
        gather_seconds: how long the first bot that waits gives others time to come.
        journals_kept: journals of so many of the newest games stay.
        games_rated: ratings are fitted to so many of the newest games; at least ``journals_kept``.
        entrants_max: so many names are known; the name that was away longest is forgotten for a new one, after ``away_days``.
        away_days: a name that came within so many days is never forgotten.
    """

    scenario_text: str
    source: str
    make_bot: MakeBot
    games_at_once: int = 2
    window_seconds: float = 10.0
    join_seconds: float = 10.0
    gather_seconds: float = 3.0
    journals_kept: int = 100
    games_rated: int = 1000
    entrants_max: int = 500
    away_days: float = 90.0
