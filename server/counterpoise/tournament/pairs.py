"""Entrants compared in pairs: at the same seat of the same world.

**What a pair is.** A tournament plays every world (a scenario with a seed) once for each entrant, and moves the entrants on by
one seat each time, so that every entrant plays every seat of the world once (``schedule.py``). A pair of two entrants is the
game in which the one held a seat of a world and the game in which the other held the same seat of it. What the seat is worth is
the same in both, and so are the seed and the other entrants of the tournament; the games are not the same game, because who
holds which of the other seats moves on too, and because bots act.

The difference of two entrants in one world is the mean over its seats. Because each game seats all entrants, what is good for
all seats of a game falls out of it where every entrant holds as many seats of the game. The difference of two entrants
is the mean over the worlds, with Student's interval: worlds do not depend on each other. Only whole worlds count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from counterpoise.tournament.result_document import GameResult
from counterpoise.tournament.strength import credited_scores, whole_worlds, world_of


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two entrants over all whole worlds."""

    differences: list[float]
    """For each world, the first's score less the second's, as a mean over its seats."""
    pairs: int
    """How many pairs there are."""
    better: float
    """In how many of them the first scored more; equal scores count half."""


class PairedWorlds:
    """The scores of all entrants at each seat of each whole world.

    Args:
        names: the entrants.
        results: the games, in any order.
    """

    def __init__(self, names: Sequence[str], results: Sequence[GameResult]) -> None:
        cells: dict[tuple[str, str], dict[str, dict[str, list[float]]]] = {}
        for result, credited in zip(results, credited_scores(results), strict=True):
            world = cells.setdefault(world_of(result), {})
            for seat, score in zip(result.seats, credited, strict=True):
                world.setdefault(seat.seat, {}).setdefault(seat.entrant, []).append(score)
        whole = whole_worlds(len(names), results)
        self._worlds = [
            [{name: fsum(scores) / len(scores) for name, scores in held.items()} for held in cells[world].values()]
            for world in sorted(cells)
            if world in whole
        ]
        """For each whole world, and each seat of it, the score of each entrant."""

    def of(self, name: str, other: str) -> Pairs:
        """Return two entrants beside each other."""
        found = [[(held[name], held[other]) for held in world] for world in self._worlds]
        differences = [fsum(one - two for one, two in world) / len(world) for world in found]
        better = [(one > two) + 0.5 * (one == two) for world in found for one, two in world]
        return Pairs(differences, len(better), fsum(better))
