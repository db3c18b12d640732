"""Compare games of the default bots with published figures of disputes, wars and alliances.

Every number is counted in the games as in its source, with an interval from resampling whole games.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from math import isnan
from multiprocessing import get_context

from game_statistics import SCENARIO, Game, recorded_game
from intervals import clustered
from measurement import REASONED, UNREASONED, Comparison, Report, figure, tracked
from other_scenarios import MIDDLE_EAST, OTHER_SCENARIOS, OtherScenario
from published_figures import ROWS, Row

GAMES, YEARS = 200, 25.0
"""The number of games and the length of each: the whole scenario."""
GAMES_ELSEWHERE = 20
"""Games of each other historical scenario."""


def measure(*, tiny: bool) -> Report:
    """Play the games, one process for each processor, and compare each row with its published figure."""
    count, years = (2, 2.0) if tiny else (GAMES, YEARS)
    seeds = [str(number) for number in range(count)]
    with ProcessPoolExecutor(min(count, os.cpu_count() or 1), mp_context=get_context("forkserver")) as pool:

        def play(name: str, games: list[str], length: float) -> list[Game]:
            played = pool.map(partial(recorded_game, years=length, name=name), games)
            return list(tracked(played, f"games of {name}", len(games)))

        games = play(SCENARIO, seeds, years)
        few = seeds[:GAMES_ELSEWHERE]
        others = [
            (place, play(place.scenario, few, min(years, place.over) if tiny else place.over))
            for place in OTHER_SCENARIOS
        ]
    return compared(games, others)


def compared(games: Sequence[Game], others: Iterable[tuple[OtherScenario, Sequence[Game]]] = ()) -> Report:
    """Return the table of some games and of games of other scenarios; rows without data are named in a note."""
    found = [(row, comparison(row, games)) for row in (*ROWS, *MIDDLE_EAST.rows())]
    found += [(row, comparison(row, played)) for place, played in others for row in place.rows()]
    told = [told for _, told in found if told is not None]
    silent = [row.name for row, told in found if told is None]
    marks = [row.mark for row in told]
    inside = marks.count("inside")
    return Report(
        "Simulated against published figures",
        (
            figure("rows inside the published interval", "%", 100.0 * inside / len(told)),
            figure("rows inside the published interval", "rows", inside),
            figure(f"rows {REASONED}: a deviation all the same", "rows", marks.count(REASONED)),
            figure(f"rows {UNREASONED}", "rows", marks.count(UNREASONED)),
            figure("disputes", "in all games", sum(len(game.disputes) for game in games)),
        ),
        (
            f"{len(games)} games of {SCENARIO}, {games[0].years:g} years each, default bots in every seat.",
            f"At most {GAMES_ELSEWHERE} games of each other scenario, as long as the years its figures are of.",
            f"Without data in these games: {', '.join(silent) or 'nothing'}.",
        ),
        tuple(told),
    )


def comparison(row: Row, games: Sequence[Game]) -> Comparison | None:
    """Return a row of the table, or ``None`` without data in the games."""
    value, least, most = clustered([row.sample(game) for game in games], row.reduce)
    if isnan(value):
        return None
    reason = row.reason if row.least <= value <= row.most else ""
    return Comparison(row.name, value, least, most, *row.published, row.unit, row.source, reason)
