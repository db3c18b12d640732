"""How strong the entrants are: one least-squares fit over all games, the same for any order of the games.

The score of a seat is taken for the sum of four things: what the seat of its scenario is worth, what the game was like for all
of its seats, what its entrant adds, and chance::

    score = seat + game + strength + chance

The term of the game stands for the company: who else played, and how the world went. So an entrant is compared with those it met
in the same game, and a game among weak entrants that makes all scores high raises nobody. A rating that is updated game by game,
such as Elo's or that of Weng and Lin, depends on the order of the games, and the entrants of a tournament learn nothing between
them. A fit of places (Plackett-Luce) would be free of order too, but would throw away by how much a score is better, and needs
many more games where an entrant holds several seats of a game.

Every game of a scenario has all of its seats, so the terms of seats and games fall out by subtracting means. What is left are
small normal equations, whose matrix is a sum over games. Intervals come from drawing the worlds anew with replacement, each with
all of its games, and solving again: seats of one game depend on each other, and so do games of one seed; worlds do not. They are
made wider for few worlds. Only whole worlds are drawn, in which every entrant has held every seat: a part of a world seats the
entrants unevenly, so that a drawing with many such parts says next to nothing of a strength. Without two whole worlds there are
no intervals. The strengths are fitted to all games.

**Failed decisions.** Doing nothing can pay in some worlds, and a bot that always fails does nothing. So the share of decisions in
which a seat failed counts as if the seat had done no better than the worst at that seat that did not fail: with a share ``f``,
``score - f * max(0, score - worst)``. A bot that always fails cannot lead by it, and one that fails once loses next to nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from typing import Any

import numpy as np

from counterpoise.theory.statistics.distributions import student_quantile
from counterpoise.tournament.result_document import Estimate, GameResult

DRAWS = 1000
"""How often the worlds are drawn anew."""
TAIL = 2.5
"""Per cent of the draws outside of each end of an interval."""
DIGITS = 6
_CHUNK = 50


@dataclass(frozen=True, slots=True)
class Strengths:
    """The fit. Arrays have an entry for each entrant, in the order given."""

    names: tuple[str, ...]
    strength: Any
    draws: Any
    """Each row holds the strengths in one drawing of the worlds, spread for their number (``_widening``); none if fewer than
    two can be drawn."""
    results: tuple[dict[str, float], ...]
    """For each game, in the order given, the mean of each entrant's seats, less the terms of the seats and of the game."""

    def estimate(self, values: Any, drawn: Any) -> Estimate:
        """Return a number with the interval of its drawings."""
        if not len(drawn):
            return Estimate(_rounded(values), None, None)
        low, high = np.percentile(drawn, [TAIL, 100 - TAIL])
        return Estimate(_rounded(values), _rounded(low), _rounded(high))

    def of(self, name: str) -> Estimate:
        """Return the strength of an entrant."""
        place = self.names.index(name)
        return self.estimate(self.strength[place], self.draws[:, place])

    def rank(self, name: str) -> int:
        """Return the place of an entrant, 1 for the strongest; equal strengths share the better place."""
        own = round(float(self.strength[self.names.index(name)]), DIGITS)
        return 1 + len([None for value in self.strength if round(float(value), DIGITS) > own])

    def ranks_drawn(self, name: str) -> Any:
        """Return the place of an entrant in each drawing."""
        place = self.names.index(name)
        return 1 + (np.round(self.draws, DIGITS) > np.round(self.draws[:, [place]], DIGITS)).sum(axis=1)


def credited_scores(results: Sequence[GameResult]) -> list[list[float]]:
    """Return the score of each seat of each game, less what its failed decisions cost; see the module."""
    worst: dict[tuple[str, str], float] = {}
    for only_sound in (True, False):
        floors: dict[tuple[str, str], float] = {}
        for result in results:
            for seat in result.seats:
                if not (only_sound and seat.failed):
                    key = (result.scenario, seat.seat)
                    floors[key] = min(floors.get(key, seat.score), seat.score)
        worst = {**floors, **worst}
    return [
        [
            seat.score
            - min(1.0, seat.failed / max(1, seat.asked)) * max(0.0, seat.score - worst[result.scenario, seat.seat])
            for seat in result.seats
        ]
        for result in results
    ]


def fit_strengths(names: Sequence[str], results: Sequence[GameResult], *, only_whole: bool = True) -> Strengths:
    """Fit the strengths of entrants.

    Args:
        names: the entrants.
        results: the games, in any order. The fit depends on what they are, not on their numbers or order.
        only_whole: whether parts of worlds are left out of the drawings; false where every game is a world of its own.
    """
    columns = {name: place for place, name in enumerate(names)}
    ordered = sorted(range(len(results)), key=lambda place: (results[place].key, results[place].seed))
    scores = credited_scores(results)
    size = len(names)
    matrices, vectors = np.zeros((len(results), size, size)), np.zeros((len(results), size))
    adjusted: list[dict[str, float]] = [{} for _ in results]
    for scenario in sorted({result.scenario: None for result in results}):
        games = [place for place in ordered if results[place].scenario == scenario]
        held = np.array([[columns[seat.entrant] for seat in results[place].seats] for place in games])
        entered = _doubly_centred(np.eye(size)[held])
        centred = _doubly_centred(np.array([scores[place] for place in games])[:, :, None])[:, :, 0]
        matrices[games] = np.einsum("gsi,gsj->gij", entered, entered)
        vectors[games] = np.einsum("gsi,gs->gi", entered, centred)
        for place, row, values in zip(games, held, centred, strict=True):
            for column in sorted(dict.fromkeys(row.tolist())):
                adjusted[place][names[column]] = round(float(values[row == column].mean()), DIGITS)
    strength = _solved(matrices[ordered].sum(axis=0), vectors[ordered].sum(axis=0)) if results else np.zeros(size)
    draws = np.zeros((0, size))
    in_order = [results[place] for place in ordered]
    worlds = whole_worlds(size, in_order) if only_whole else _numbered(in_order)
    if len(worlds) > 1:
        drawn = [place for place in ordered if world_of(results[place]) in worlds]
        numbers = [worlds[world_of(results[place])] for place in drawn]
        by_world = np.zeros((len(worlds), size, size)), np.zeros((len(worlds), size))
        for sums, terms in zip(by_world, (matrices, vectors), strict=True):
            np.add.at(sums, numbers, terms[drawn])
        seed = hashlib.sha256("".join(results[place].key for place in drawn).encode()).digest()
        stream = np.random.Generator(np.random.PCG64(int.from_bytes(seed[:8], "big")))
        draws = np.concatenate([_drawn(stream, *by_world) for _ in range(DRAWS // _CHUNK)])
        middle = _solved(matrices[drawn].sum(axis=0), vectors[drawn].sum(axis=0))
        draws = strength + _widening(len(worlds)) * (draws - middle)
    return Strengths(tuple(names), strength, draws, tuple(adjusted))


def world_of(result: GameResult) -> tuple[str, str]:
    """Return what tells the world of a game: its scenario and its seed."""
    return result.scenario, result.seed


def whole_worlds(entrants: int, results: Sequence[GameResult]) -> dict[tuple[str, str], int]:
    """Return the worlds in which every entrant has held every seat, numbered from 0 in the order in which they come.

    Args:
        entrants: how many entrants there are.
        results: the games.
    """
    held: dict[tuple[str, str], dict[str, dict[str, None]]] = {}
    for result in results:
        world = held.setdefault(world_of(result), {})
        for seat in result.seats:
            world.setdefault(seat.seat, {})[seat.entrant] = None
    whole = [world for world, seats in held.items() if all(len(who) == entrants for who in seats.values())]
    return {world: number for number, world in enumerate(whole)}


def _numbered(results: Sequence[GameResult]) -> dict[tuple[str, str], int]:
    """Return all worlds, numbered from 0."""
    return {world: number for number, world in enumerate(dict.fromkeys(world_of(result) for result in results))}


def strength_groups(estimates: Sequence[Estimate]) -> list[int]:
    """Return the group of each entrant, from 1, for estimates from the best to the worst.

    A group ends where every interval before lies wholly above every interval after. Without intervals all are one group.
    """
    groups, group = [], 1
    for place in range(len(estimates)):
        before = [estimate.low for estimate in estimates[:place]]
        after = [estimate.high for estimate in estimates[place:]]
        lows, highs = [low for low in before if low is not None], [high for high in after if high is not None]
        if lows and len(lows) == len(before) and len(highs) == len(after) and min(lows) > max(highs):
            group += 1
        groups.append(group)
    return groups


def widest(fit: Strengths) -> float | None:
    """Return the width of the widest interval of a strength; ``None`` without intervals."""
    ends = [fit.of(name) for name in fit.names]
    widths = [one.high - one.low for one in ends if one.low is not None and one.high is not None]
    return round(max(widths), DIGITS) if widths else None


def mean_of(values: Sequence[float]) -> float:
    """Return a rounded mean; 0 for none."""
    return round(fsum(values) / len(values), DIGITS) if values else 0.0


def _rounded(value: Any) -> float:
    return round(float(value), DIGITS) + 0.0  # no -0.0


def _doubly_centred(values: Any) -> Any:
    """Return an array of games, seats and columns less the means of its games and of its seats."""
    return (
        values
        - values.mean(axis=1, keepdims=True)
        - values.mean(axis=0, keepdims=True)
        + values.mean(axis=(0, 1), keepdims=True)
    )


def _solved(matrix: Any, vector: Any) -> Any:
    """Return the solution with mean 0 of normal equations that leave a constant open."""
    found = np.linalg.pinv(matrix, rcond=1e-9, hermitian=True) @ vector[..., None]
    return found[..., 0] - found[..., 0].mean(axis=-1, keepdims=True)


def _widening(worlds: int) -> float:
    """Return by how much drawings of a few worlds are to be spread, above 1.

    Percentiles of drawings are too narrow for few worlds: they stand for normal in place of Student's quantiles, and drawings
    vary as a variance that is divided by n. The expanded interval mends both (Hesterberg 2015, The American Statistician 69,
    371-386).
    """
    normal = student_quantile(1_000_000, 1 - TAIL / 100)
    return student_quantile(worlds - 1, 1 - TAIL / 100) / normal * sqrt(worlds / (worlds - 1))


def _drawn(stream: Any, matrices: Any, vectors: Any) -> Any:
    """Return the strengths in some drawings of the worlds, from the sums of the games of each world."""
    worlds = len(matrices)
    times = stream.multinomial(worlds, np.full(worlds, 1 / worlds), size=_CHUNK).astype(float)
    return _solved(np.einsum("dg,gij->dij", times, matrices, optimize=True), times @ vectors)
