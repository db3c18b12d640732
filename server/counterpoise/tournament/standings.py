"""The standings of a tournament: ratings, scores with intervals, and shares of wins.

Seats do not start equal: a great power scores what a small state cannot. So a seat's score is also given *adjusted*: less the
mean score of that seat over all games of its scenario. An entrant's place in a game is the place of the mean adjusted score of
its seats; places feed the rating and the share of wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, sqrt
from pathlib import PurePath

from openskill.models import PlackettLuce

from counterpoise.theory.statistics.distributions import student_quantile
from counterpoise.tournament.plan import Tournament
from counterpoise.tournament.result_document import (
    SHOWN_ERRORS,
    EntrantEntry,
    EntrantResult,
    Estimate,
    GameResult,
    Standing,
    TournamentEntry,
    TournamentResult,
)

CONFIDENCE = 0.95


def seat_means(results: Sequence[GameResult]) -> dict[str, dict[str, float]]:
    """Return the mean score of each seat of each scenario over all its games."""
    scores: dict[str, dict[str, list[float]]] = {}
    for result in results:
        for seat in result.seats:
            scores.setdefault(result.scenario, {}).setdefault(seat.seat, []).append(seat.score)
    return {scenario: {seat: _mean(values) for seat, values in seats.items()} for scenario, seats in scores.items()}


def adjusted_scores(result: GameResult, means: dict[str, dict[str, float]]) -> dict[str, float]:
    """Return each entrant's mean adjusted score in a game, in the order in which the result lists the entrants."""
    by_entrant: dict[str, list[float]] = {entrant.entrant: [] for entrant in result.entrants}
    for seat in result.seats:
        by_entrant[seat.entrant].append(seat.score - means[result.scenario][seat.seat])
    return {entrant: _mean(values) for entrant, values in by_entrant.items()}


def ranks(scores: dict[str, float]) -> dict[str, int]:
    """Return the rank of each score, 1 for the highest; equal scores share the better rank."""
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
        ranked = ranks(scores)
        winners = len([rank for rank in ranked.values() if rank == 1])
        for name, score in scores.items():
            adjusted[name].append(score)
            wins[name].append(1 / winners if ranked[name] == 1 else 0.0)
        if len(scores) > 1:
            rated = model.rate([[ratings[name]] for name in scores], ranks=[float(ranked[name]) for name in scores])
            ratings.update({name: team[0] for name, team in zip(scores, rated, strict=True)})
    rows = []
    for entrant in tournament.entrants:
        played = [row for result in results for row in result.entrants if row.entrant == entrant.name]
        rating = ratings[entrant.name]
        rows.append(
            Standing(
                entrant=entrant.name,
                bot=PurePath(entrant.bot).name,
                games=len(played),
                seats=sum(row.seats for row in played),
                mu=round(rating.mu, 6),
                sigma=round(rating.sigma, 6),
                ordinal=round(rating.ordinal(), 6),
                score=mean_with_interval([row.mean_score for row in played]),
                adjusted=mean_with_interval(adjusted[entrant.name]),
                win_share=_mean(wins[entrant.name]),
                classes=_classes(played),
                moves=sum(row.moves for row in played),
                rejected=sum(row.rejected for row in played),
                errors=sum(row.errors for row in played),
                error_samples=tuple(sample for row in played for sample in row.error_samples)[:SHOWN_ERRORS],
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.ordinal, -row.adjusted.mean, row.entrant)))


def _classes(played: Sequence[EntrantResult]) -> dict[str, int]:
    """Return an entrant's decisions under threat by alignment class, over all its games."""
    classes: dict[str, int] = {}
    for row in played:
        for name, count in row.classes.items():
            classes[name] = classes.get(name, 0) + count
    return dict(sorted(classes.items()))


def tournament_result(tournament: Tournament, results: Sequence[GameResult]) -> TournamentResult:
    """Return the whole result; equal games give an equal result in whatever order they were played."""
    results = sorted(results, key=lambda result: result.game)
    return TournamentResult(
        tournament=TournamentEntry(
            name=tournament.name,
            seed=tournament.seed,
            games=tournament.games,
            scenarios=list(tournament.scenarios),
            entrants=[EntrantEntry(entrant.name, PurePath(entrant.bot).name) for entrant in tournament.entrants],
            years=tournament.years,
        ),
        standings=standings(tournament, results),
        seat_means=seat_means(results),
        games=results,
    )


def mean_with_interval(values: Sequence[float]) -> Estimate:
    """Return the mean of values and its 95 % interval."""
    mean = _mean(values)
    n = len(values)
    if n < 2:
        return Estimate(mean, None, None)
    spread = sqrt(fsum((value - mean) ** 2 for value in values) / (n - 1) / n)
    margin = student_quantile(n - 1, (1 + CONFIDENCE) / 2) * spread
    return Estimate(mean, round(mean - margin, 6), round(mean + margin, 6))


def _mean(values: Sequence[float]) -> float:
    return round(fsum(values) / len(values), 6) if values else 0.0
