"""The result of a tournament: the entrants by strength, the pairs, and what the seats are worth.

``strength.py`` says how strength is estimated, and why so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from pathlib import PurePath

import numpy as np

from counterpoise.theory.evidence.behaviour import Measures
from counterpoise.theory.statistics.distributions import student_quantile
from counterpoise.tournament.behaviours import behaviours
from counterpoise.tournament.pairs import PairedWorlds
from counterpoise.tournament.plan import Entrant, Tournament
from counterpoise.tournament.result_document import (
    SHOWN_ERRORS,
    EntrantEntry,
    EntrantResult,
    Estimate,
    GameResult,
    Pairing,
    SeatEffect,
    SeatResult,
    Standing,
    TournamentEntry,
    TournamentResult,
)
from counterpoise.tournament.strength import (
    DIGITS,
    TAIL,
    Strengths,
    fit_strengths,
    mean_of,
    strength_groups,
    widest,
)

CONFIDENCE = 0.95


def standings(tournament: Tournament, results: Sequence[GameResult]) -> tuple[Standing, ...]:
    """Return the entrants, the strongest first.

    Args:
        tournament: the plan, for the entrants.
        results: in any order; a tournament half played gives the standings so far.
    """
    results = _ordered(results)
    return _standings(tournament, results, fit_strengths([entrant.name for entrant in tournament.entrants], results))


def tournament_result(
    tournament: Tournament, results: Sequence[GameResult], noise: Mapping[str, Measures] | None = None
) -> TournamentResult:
    """Return the whole result; equal games give an equal result in whatever order they were played.

    Args:
        tournament: the plan.
        results: the games, in any order.
        noise: by scenario, what random players do beside winning; those that are absent have no benchmark.
    """
    results = _ordered(results)
    names = [entrant.name for entrant in tournament.entrants]
    fit, paired = fit_strengths(names, results), PairedWorlds(names, results)
    return TournamentResult(
        tournament=TournamentEntry(
            name=tournament.name,
            seed=tournament.seed,
            games=tournament.games,
            scenarios=list(tournament.scenarios),
            entrants=[EntrantEntry(entrant.name, PurePath(entrant.bot).name) for entrant in tournament.entrants],
            years=tournament.years,
            until_width=tournament.until_width,
            verify=tournament.verify,
        ),
        standings=_standings(tournament, results, fit),
        pairs=tuple(_pairing(paired, name, other) for name in names for other in names if name != other),
        seat_effects=_seat_effects(fit, results),
        behaviour=behaviours(names, results, noise or {}),
        widest=widest(fit),
        games=sorted(results, key=lambda result: result.game),
    )


def ranks(scores: dict[str, float]) -> dict[str, int]:
    """Return the rank of each score, 1 for the highest; equal scores share the better rank."""
    return {name: 1 + len([other for other in scores.values() if other > score]) for name, score in scores.items()}


def mean_with_interval(values: Sequence[float]) -> Estimate:
    """Return the mean of values and Student's 95 % interval."""
    mean, n = mean_of(values), len(values)
    if n < 2:
        return Estimate(mean, None, None)
    spread = sqrt(fsum((value - mean) ** 2 for value in values) / (n - 1) / n)
    margin = student_quantile(n - 1, (1 + CONFIDENCE) / 2) * spread
    return Estimate(mean, round(mean - margin, DIGITS), round(mean + margin, DIGITS))


@dataclass(frozen=True, slots=True)
class _Played:
    """What one entrant did, over all games."""

    rows: list[EntrantResult]
    seats: list[SeatResult]
    wins: list[float]


def _ordered(results: Sequence[GameResult]) -> list[GameResult]:
    """Return the games in an order that does not depend on their numbers."""
    return sorted(results, key=lambda result: (result.key, result.seed))


def _standings(tournament: Tournament, results: Sequence[GameResult], fit: Strengths) -> tuple[Standing, ...]:
    wins: dict[str, list[float]] = {entrant.name: [] for entrant in tournament.entrants}
    for scores in fit.results:
        ranked = ranks(scores)
        winners = len([rank for rank in ranked.values() if rank == 1])
        for name, rank in ranked.items():
            wins[name].append(1 / winners if rank == 1 else 0.0)
    order = sorted(tournament.entrants, key=lambda entrant: (fit.rank(entrant.name), entrant.name))
    groups = strength_groups([fit.of(entrant.name) for entrant in order])
    rows = []
    for entrant, group in zip(order, groups, strict=True):
        played = _Played(
            [row for result in results for row in result.entrants if row.entrant == entrant.name],
            [seat for result in results for seat in result.seats if seat.entrant == entrant.name],
            wins[entrant.name],
        )
        rows.append(_standing(entrant, group, played, fit))
    return tuple(rows)


def _standing(entrant: Entrant, group: int, played: _Played, fit: Strengths) -> Standing:
    drawn, rank = fit.ranks_drawn(entrant.name), fit.rank(entrant.name)
    low, high = np.percentile(drawn, [TAIL, 100 - TAIL], method="nearest") if len(drawn) else (None, None)
    failed = [min(seat.failed, seat.asked) for seat in played.seats]
    return Standing(
        entrant=entrant.name,
        bot=PurePath(entrant.bot).name,
        rank=rank,
        rank_low=None if low is None else int(low),
        rank_high=None if high is None else int(high),
        rank_share=round(float((drawn == rank).mean()), DIGITS) if len(drawn) else None,
        group=group,
        strength=fit.of(entrant.name),
        games=len(played.rows),
        seats=len(played.seats),
        score=mean_with_interval([row.mean_score for row in played.rows]),
        win_share=mean_of(played.wins),
        lost_share=round(fsum(failed) / max(1.0, fsum(seat.asked for seat in played.seats)), DIGITS),
        statuses=_counts([seat.status for seat in played.seats]),
        reasons=tuple(dict.fromkeys(f"{seat.status}: {seat.reason}" for seat in played.seats if seat.reason))[:SHOWN_ERRORS],
        isolation=tuple(sorted(dict.fromkeys(seat.isolation for seat in played.seats))),
        classes=_counts([name for row in played.rows for name, count in row.classes.items() for _ in range(count)]),
        moves=_total([row.moves for row in played.rows]),
        rejected=_total([row.rejected for row in played.rows]),
        errors=_total([row.errors for row in played.rows]),
        error_samples=tuple(sample for row in played.rows for sample in row.error_samples)[:SHOWN_ERRORS],
    )  # fmt: skip


def _pairing(paired: PairedWorlds, name: str, other: str) -> Pairing:
    found = paired.of(name, other)
    return Pairing(
        entrant=name,
        other=other,
        pairs=found.pairs,
        worlds=len(found.differences),
        better=round(found.better / max(1, found.pairs), DIGITS),
        difference=mean_with_interval(found.differences),
    )


def _seat_effects(fit: Strengths, results: Sequence[GameResult]) -> tuple[SeatEffect, ...]:
    found = []
    strength = {name: float(value) for name, value in zip(fit.names, fit.strength, strict=True)}
    for scenario in sorted({result.scenario: None for result in results}):
        games = [result for result in results if result.scenario == scenario]
        for place, seat in enumerate(games[0].seats):
            effects = []
            for game in games:
                left = [one.score - strength[one.entrant] for one in game.seats]
                effects.append(left[place] - fsum(left) / len(left))
            found.append(
                SeatEffect(
                    scenario=scenario,
                    seat=seat.seat,
                    games=len(games),
                    score=mean_of([game.seats[place].score for game in games]),
                    effect=mean_with_interval(effects),
                )
            )
    return tuple(found)


def _counts(names: Sequence[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items()))


def _total(counts: Sequence[int]) -> int:
    total = 0
    for count in counts:
        total += count
    return total
