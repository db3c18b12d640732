"""Which games of a tournament leave a replay, so that a bounded number is kept and the choice does not depend on their order.

A journal that was dropped does not come back, and which game is an entrant's median is known only at the end. So ``Candidates``
says, after each game, which journals cannot be chosen any more: those of the best and the worst game of each entrant in each
scenario are kept, those of games in which a bot failed, and a sample drawn by lot, in which a game near the median is found.
What is kept depends on which games were played, and not on which of them ended first.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from counterpoise.tournament.plan import Replays
from counterpoise.tournament.result_document import EntrantResult, GameResult, ReplayReason

SAMPLE = 25
"""Games of each entrant in each scenario that are drawn by lot. The one nearest to the median is chosen among them."""
_BEST, _FIRST_FAILURE, _WORST, _MIDDLE, _FAILURE, _REST = range(6)


class Candidates:
    """The games whose journals are kept while a tournament is played.

    Args:
        which: ``chosen`` or ``all``.
        most: how many games leave a replay at most.
    """

    def __init__(self, which: Replays, most: int) -> None:
        self._which, self._most = which, most
        self._places: dict[tuple[str, ...], list[tuple[Any, int]]] = {}
        """The games that hold each kind of place, with what they are ordered by; the first is the last to lose it."""
        self._held: dict[int, int] = {}
        """How many places each game holds."""

    @property
    def games(self) -> list[int]:
        """The numbers of the games whose journals are kept now, in order."""
        return sorted(self._held)

    def add(self, result: GameResult) -> list[int]:
        """Take a game that has ended, and return the numbers of those whose journals are of no use now, perhaps its own."""
        dropped = [result.game]
        self._held[result.game] = 0
        for kind, at_most, order in self._asked(result):
            place = self._places.setdefault(kind, [])
            insort(place, (order, result.game))
            self._held[result.game] += 1
            if len(place) > at_most:
                _, lost = place.pop()
                self._held[lost] -= 1
                dropped.append(lost)
        dropped = sorted({game: True for game in dropped if self._held[game] == 0})
        for game in dropped:
            del self._held[game]
        return dropped

    def _asked(self, result: GameResult) -> Iterator[tuple[tuple[str, ...], int, Any]]:
        """Yield the places that a game asks for: of which kind, how many there are, and what they are ordered by."""
        for entrant in result.entrants:
            whose = (result.scenario, entrant.entrant)
            yield ("best", *whose), 1, -entrant.mean_score
            yield ("worst", *whose), 1, entrant.mean_score
            yield ("sample", *whose), SAMPLE, result.key
        for failure in _failures(result):
            yield ("failure", *failure), 1, 0
        if any(seat.status != "OK" for seat in result.seats):
            yield ("failures",), self._most, 0
        if self._which == "all":
            yield ("all",), self._most, 0


def chosen(
    results: Sequence[GameResult], kept: Collection[int], which: Replays, most: int
) -> tuple[dict[int, tuple[ReplayReason, ...]], int]:
    """Choose the games that leave a replay.

    Args:
        results: all games of the tournament.
        kept: the numbers of those whose journals are kept.
        which: ``chosen`` or ``all``.
        most: how many may be chosen. The best of each entrant come first, then the first in which it failed in each way, the
            worst, the middling ones, the other failures, and the rest; of the same rank the earlier ones.

    Returns:
        By the number of the game, in order, why it is chosen; and how many more would have been with their journals and room.
    """
    reasons: dict[int, list[ReplayReason]] = {}
    ranks: dict[int, int] = {}

    def choose(game: int, rank: int, *why: ReplayReason) -> None:
        reasons.setdefault(game, []).extend(why)
        ranks[game] = min(rank, ranks.get(game, rank))

    for (_, entrant), played in _by_entrant(results).items():
        ordered = sorted(played, key=lambda one: (-one[1].mean_score, one[0].game))
        choose(ordered[0][0].game, _BEST, ReplayReason("best", entrant))
        if len(ordered) > 1:
            worst = min(played, key=lambda one: (one[1].mean_score, one[0].game))
            choose(worst[0].game, _WORST, ReplayReason("worst", entrant))
        if len(ordered) > 2:
            median = ordered[(len(ordered) - 1) // 2][1].mean_score
            held = [one for one in ordered if one[0].game in kept]
            if held:
                near = min(held, key=lambda one: (abs(one[1].mean_score - median), one[0].game))
                choose(near[0].game, _MIDDLE, ReplayReason("middle", entrant))
    seen: dict[tuple[str, str, str], bool] = {}
    for result in sorted(results, key=lambda one: one.game):
        for failure in _failures(result):
            rank = _FAILURE if failure in seen else _FIRST_FAILURE
            seen[failure] = True
            choose(result.game, rank, ReplayReason("failed", failure[1], failure[2]))
        if which == "all":
            choose(result.game, _REST)
    there = [game for game in ranks if game in kept]
    taken = sorted(sorted(there, key=lambda game: (ranks[game], game))[:most])
    return {game: tuple(reasons[game]) for game in taken}, len(ranks) - len(taken)


def _failures(result: GameResult) -> list[tuple[str, str, str]]:
    """Return who failed in a game and how: scenario, entrant and status, each once."""
    found = {(result.scenario, seat.entrant, str(seat.status)): True for seat in result.seats if seat.status != "OK"}
    return list(found)


def _by_entrant(results: Sequence[GameResult]) -> dict[tuple[str, str], list[tuple[GameResult, EntrantResult]]]:
    """Return the games of each entrant in each scenario."""
    found: dict[tuple[str, str], list[tuple[GameResult, EntrantResult]]] = {}
    for result in results:
        for entrant in result.entrants:
            found.setdefault((result.scenario, entrant.entrant), []).append((result, entrant))
    return found
