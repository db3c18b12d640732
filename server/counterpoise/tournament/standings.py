"""What the games of a tournament say of its entrants: ratings, scores with intervals, shares of wins.

A seat is not a fair start: a great power scores what a small state cannot. So a seat's score is also given *adjusted*: less
the mean score of that seat over all games of its scenario. An entrant's place in a game is that of the mean adjusted score
of its seats; places feed the rating and the share of wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import fsum, sqrt
from pathlib import PurePath
from typing import Any

import msgspec
from openskill.models import PlackettLuce

from counterpoise.tournament.plan import Tournament
from counterpoise.tournament.results import SHOWN_ERRORS, GameResult

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over games and its 95 % interval (Student's t); the bounds are ``None`` for fewer than two games."""

    mean: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One row of the table.

    ``mu`` and ``sigma`` are those of a Plackett-Luce rating (Weng & Lin 2011), ``ordinal`` is mu - 3 sigma; the games are
    rated in the order they were dealt. ``win_share`` divides a shared first place.
    """

    entrant: str
    bot: str
    games: int
    seats: int
    mu: float
    sigma: float
    ordinal: float
    score: Estimate
    adjusted: Estimate
    win_share: float
    classes: dict[str, int]
    moves: int
    rejected: int
    errors: int
    error_samples: tuple[str, ...]


def seat_means(results: Sequence[GameResult]) -> dict[str, dict[str, float]]:
    """Return the mean score of each seat of each scenario over all its games."""
    scores: dict[str, dict[str, list[float]]] = {}
    for result in results:
        for seat in result.seats:
            scores.setdefault(result.scenario, {}).setdefault(seat.seat, []).append(seat.score)
    return {scenario: {seat: _mean(values) for seat, values in seats.items()} for scenario, seats in scores.items()}


def adjusted_scores(result: GameResult, means: dict[str, dict[str, float]]) -> dict[str, float]:
    """Return each entrant's mean adjusted score in a game, in the order the result lists them."""
    by_entrant: dict[str, list[float]] = {entrant.entrant: [] for entrant in result.entrants}
    for seat in result.seats:
        by_entrant[seat.entrant].append(seat.score - means[result.scenario][seat.seat])
    return {entrant: _mean(values) for entrant, values in by_entrant.items()}


def places(scores: dict[str, float]) -> dict[str, int]:
    """Return the place of each, 1 for the highest; equals share the better place."""
    return {name: 1 + len([other for other in scores.values() if other > score]) for name, score in scores.items()}


def standings(tournament: Tournament, results: Sequence[GameResult]) -> tuple[Standing, ...]:
    """Rate the entrants; the best rating comes first.

    Args:
        tournament: the plan, for the entrants and their order.
        results: in any order; a tournament half played gives the standings so far.
    """
    results = sorted(results, key=lambda result: result.game)
    means = seat_means(results)
    model = PlackettLuce()
    ratings = {entrant.name: model.rating() for entrant in tournament.entrants}
    adjusted: dict[str, list[float]] = {entrant.name: [] for entrant in tournament.entrants}
    wins: dict[str, list[float]] = {entrant.name: [] for entrant in tournament.entrants}
    for result in results:
        scores = adjusted_scores(result, means)
        taken = places(scores)
        winners = len([place for place in taken.values() if place == 1])
        for name, score in scores.items():
            adjusted[name].append(score)
            wins[name].append(1 / winners if taken[name] == 1 else 0.0)
        if len(scores) > 1:
            rated = model.rate([[ratings[name]] for name in scores], ranks=[float(taken[name]) for name in scores])
            ratings.update({name: team[0] for name, team in zip(scores, rated, strict=True)})
    rows = []
    for entrant in tournament.entrants:
        played = [row for result in results for row in result.entrants if row.entrant == entrant.name]
        rating = ratings[entrant.name]
        classes: dict[str, int] = {}
        for row in played:
            for name, count in row.classes.items():
                classes[name] = classes.get(name, 0) + count
        rows.append(
            Standing(
                entrant=entrant.name,
                bot=PurePath(entrant.bot).name,
                games=len(played),
                seats=sum(row.seats for row in played),
                mu=round(rating.mu, 6),
                sigma=round(rating.sigma, 6),
                ordinal=round(rating.ordinal(), 6),
                score=estimate([row.mean_score for row in played]),
                adjusted=estimate(adjusted[entrant.name]),
                win_share=_mean(wins[entrant.name]),
                classes=dict(sorted(classes.items())),
                moves=sum(row.moves for row in played),
                rejected=sum(row.rejected for row in played),
                errors=sum(row.errors for row in played),
                error_samples=tuple(sample for row in played for sample in row.error_samples)[:SHOWN_ERRORS],
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.ordinal, -row.adjusted.mean, row.entrant)))


def document(tournament: Tournament, results: Sequence[GameResult]) -> dict[str, Any]:
    """Return the whole outcome as plain values, the same for the same games however they were played."""
    results = sorted(results, key=lambda result: result.game)
    return {
        "tournament": {
            "name": tournament.name,
            "seed": tournament.seed,
            "games": tournament.games,
            "scenarios": list(tournament.scenarios),
            "entrants": [{"name": entrant.name, "bot": PurePath(entrant.bot).name} for entrant in tournament.entrants],
            "years": tournament.years,
        },
        "standings": [asdict(row) for row in standings(tournament, results)],
        "seat_means": seat_means(results),
        "games": msgspec.to_builtins(results, order="sorted"),  # as it comes back from a stored line
    }


def estimate(values: Sequence[float]) -> Estimate:
    """Return the mean of values and the interval it lies in with 95 % confidence."""
    mean = _mean(values)
    n = len(values)
    if n < 2:
        return Estimate(mean, None, None)
    from scipy.special import stdtrit  # costs a tenth of a second, and a tournament's workers do not need it

    spread = sqrt(fsum((value - mean) ** 2 for value in values) / (n - 1) / n)
    margin = float(stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * spread
    return Estimate(mean, round(mean - margin, 6), round(mean + margin, 6))


def _mean(values: Sequence[float]) -> float:
    return round(fsum(values) / len(values), 6) if values else 0.0
