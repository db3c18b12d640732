"""When a tournament may stop before its last game: once every strength is known closely enough.

The intervals are looked at after whole rounds, in which every entrant plays every seat of one world of each scenario: first after
five rounds, because an interval from fewer worlds may be narrow by chance, and then each time the rounds have grown by a tenth.
Games are played up to each look and no further, so that the result is the same for any number of jobs.

**Why stopping early is honest.** The width of the intervals decides, and not whether entrants differ. The width tells how
much has been measured; it favours no entrant and no finding. A rule that stopped once two entrants were told apart would stop at
the chance excesses and tell equal entrants apart too often (Armitage, McPherson & Rowe 1969).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterpoise.tournament.plan import Tournament
from counterpoise.tournament.result_document import GameResult
from counterpoise.tournament.strength import fit_strengths, widest

FIRST_ROUNDS = 5
"""Rounds before the first look."""


def looks(tournament: Tournament) -> Iterator[int]:
    """Yield after how many games the tournament may stop; the last is after all of them."""
    rounds = FIRST_ROUNDS
    while tournament.until_width is not None and rounds * tournament.round < tournament.games:
        yield rounds * tournament.round
        rounds = max(rounds + 1, rounds * 11 // 10)
    yield tournament.games


def is_narrow(tournament: Tournament, results: Sequence[GameResult]) -> bool:
    """Tell whether no interval of a strength is wider than the tournament file asks."""
    if tournament.until_width is None:
        return False
    width = widest(fit_strengths([entrant.name for entrant in tournament.entrants], results))
    return width is not None and width <= tournament.until_width
