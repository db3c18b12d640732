"""Strengths from simulated games: who is stronger is found, equals are not told apart, and order plays no part."""

from __future__ import annotations

import random
from dataclasses import dataclass

import msgspec
import pytest

from counterpoise.cli.tournament.tournament_text import places
from counterpoise.tournament.arena_rating import rated_entrants
from counterpoise.tournament.pairs import PairedWorlds
from counterpoise.tournament.plan import Entrant, Tournament
from counterpoise.tournament.result_document import EntrantResult, Estimate, GameResult, SeatResult, TournamentResult
from counterpoise.tournament.schedule import _rotation as rotation
from counterpoise.tournament.standings import mean_with_interval, tournament_result
from counterpoise.tournament.strength import credited_scores, fit_strengths, strength_groups

SEATS = tuple(f"S{number}" for number in range(1, 9))
TRUE = {"strong": 3.0, "middling": 0.0, "weak": -3.0, "twin-a": 0.0, "twin-b": 0.0}


@dataclass(frozen=True)
class Games:
    """Games in which an entrant adds what it is worth to a seat, and all seats of a game have something in common."""

    plan: Tournament
    results: list[GameResult]


def simulated(games: int, noise: float = 4.0, seed: str = "1") -> Games:
    entrants = tuple(Entrant(name, name) for name in TRUE)
    dice, dealt = random.Random(seed), rotation(seed, SEATS, entrants)  # type: ignore[arg-type]
    results = []
    for number in range(games):
        luck = dice.gauss(0, 10)
        seats = [
            SeatResult(
                entrant=who.name, seat=seat, asked=10,
                score=round(10.0 * int(seat[1:]) + luck + TRUE[who.name] + dice.gauss(0, noise), 6),
            )
            for seat, who in next(dealt)
        ]  # fmt: skip
        results.append(result(number, seats, world=number // len(entrants)))
    return Games(Tournament("t", seed, games, ("s",), entrants), results)


def result(number: int, seats: list[SeatResult], world: int | None = None) -> GameResult:
    """Make a game of a world; without one, of a world of its own."""
    names = sorted({seat.entrant for seat in seats})
    return GameResult(
        game=number, key=f"{number:032x}", scenario="s", seed=str(number if world is None else world), ticks=1,
        digest="0" * 64, counts={}, seats=tuple(seats),
        entrants=tuple(
            EntrantResult(classes={}, entrant=name, errors=0, mean_score=0.0, moves=1, rank=1, rejected=0, seats=1)
            for name in names
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def games() -> Games:
    return simulated(100)


@pytest.fixture(scope="module")
def table(games: Games) -> TournamentResult:
    return tournament_result(games.plan, games.results)


def interval(estimate: Estimate) -> tuple[float, float]:
    assert estimate.low is not None
    assert estimate.high is not None
    return estimate.low, estimate.high


def test_policies_of_unequal_strength_are_ranked_with_disjoint_intervals(table: TournamentResult) -> None:
    of = {row.entrant: row for row in table.standings}
    assert table.standings[0].entrant == "strong"
    assert table.standings[-1].entrant == "weak"
    strong, middling, weak = (interval(of[name].strength) for name in ("strong", "middling", "weak"))
    assert strong[0] > middling[1]
    assert middling[0] > weak[1]
    assert of["strong"].group < of["middling"].group < of["weak"].group
    for name, row in of.items():
        low, high = interval(row.strength)
        assert low <= row.strength.mean <= high
        assert row.strength.mean == pytest.approx(TRUE[name], abs=1.2)
    assert of["strong"].rank_share == 1.0
    assert (of["strong"].rank_low, of["strong"].rank_high) == (1, 1)


def test_equal_policies_are_not_told_apart(table: TournamentResult) -> None:
    of = {row.entrant: row for row in table.standings}
    assert of["twin-a"].group == of["twin-b"].group == of["middling"].group
    (pair,) = [pair for pair in table.pairs if (pair.entrant, pair.other) == ("twin-a", "twin-b")]
    low, high = interval(pair.difference)
    assert low < 0 < high
    best, worst = of["twin-a"].rank_low, of["twin-a"].rank_high
    assert best is not None
    assert worst is not None
    assert best < worst


def test_forty_orders_of_the_games_give_one_table(games: Games, table: TournamentResult) -> None:
    document = msgspec.json.encode(msgspec.structs.replace(table, games=[]))
    for number in range(40):
        shuffled = games.results[:]
        random.Random(number).shuffle(shuffled)
        renumbered = [msgspec.structs.replace(one, game=place) for place, one in enumerate(shuffled)]
        found = tournament_result(games.plan, renumbered)
        assert msgspec.json.encode(msgspec.structs.replace(found, games=[])) == document


def test_pairs_mirror_each_other_and_seats_are_worth_what_they_are(table: TournamentResult) -> None:
    pairs = {(pair.entrant, pair.other): pair for pair in table.pairs}
    assert len(pairs) == len(TRUE) * (len(TRUE) - 1)
    for (name, other), pair in pairs.items():
        assert pair.better + pairs[other, name].better == pytest.approx(1.0, abs=1e-5)
        assert pair.difference.mean == pytest.approx(-pairs[other, name].difference.mean, abs=1e-5)
    assert pairs["strong", "weak"].better > 0.6
    assert {(pair.pairs, pair.worlds) for pair in table.pairs} == {(8 * 20, 20)}
    assert pairs["strong", "weak"].difference.mean == pytest.approx(6.0, abs=1.5)
    for place, seat in enumerate(table.seat_effects):
        assert seat.effect.mean == pytest.approx(10.0 * (place - 3.5), abs=2.0)


def test_an_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    covered = 0
    for seed in range(20):
        games = simulated(40, seed=f"coverage {seed}")
        found = mean_with_interval(PairedWorlds(list(TRUE), games.results).of("strong", "weak").differences)
        low, high = interval(found)
        covered += low <= TRUE["strong"] - TRUE["weak"] <= high
    assert covered >= 16


def test_a_game_that_is_good_for_all_raises_nobody() -> None:
    def seats(first: str, second: str, luck: float) -> list[SeatResult]:
        return [
            SeatResult(entrant=first, seat="S1", score=luck + 1.0),
            SeatResult(entrant=second, seat="S2", score=luck),
        ]

    pairs = (("a", "b", 0.0), ("b", "a", 0.0), ("a", "c", 90.0), ("c", "a", 90.0))
    played = [result(number, seats(*pair)) for number, pair in enumerate(pairs)]
    fit = fit_strengths(["a", "b", "c"], played)
    assert fit.strength.tolist() == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)


def test_failing_costs_what_doing_nothing_would_have_gained() -> None:
    def seat(entrant: str, score: float, failed: int) -> SeatResult:
        return SeatResult(entrant=entrant, seat="S1", score=score, asked=4, failed=failed)

    held = (("a", 9.0, 4), ("b", 5.0, 0), ("c", 7.0, 0), ("d", 8.0, 1))
    rows = [result(number, [seat(*one)]) for number, one in enumerate(held)]
    assert credited_scores(rows) == [[5.0], [5.0], [7.0], [7.25]]
    assert credited_scores([result(0, [seat("a", 3.0, 4)])]) == [[3.0]]


def test_a_bot_that_always_fails_does_not_lead_where_passing_pays() -> None:
    names = ("lazy", "busy")
    plan = Tournament("t", "1", 20, ("s",), tuple(Entrant(name, name) for name in names))
    dice = random.Random("lazy")
    results = []
    for number in range(20):
        seats = [
            SeatResult(
                entrant=names[(place + number) % 2], seat=f"S{place + 1}", asked=5,
                failed=5 * (names[(place + number) % 2] == "lazy"),
                score=dice.gauss(10.0, 1.0) + 2.0 * (names[(place + number) % 2] == "lazy"),
            )
            for place in range(4)
        ]  # fmt: skip
        results.append(result(number, seats))
    table = tournament_result(plan, results)
    assert [row.entrant for row in table.standings] == ["busy", "lazy"]
    assert table.standings[1].lost_share == 1.0


def test_groups_end_only_where_all_intervals_before_lie_above_all_after() -> None:
    def estimates(*ends: tuple[float, float]) -> list[Estimate]:
        return [Estimate((low + high) / 2, low, high) for low, high in ends]

    assert strength_groups(estimates((8, 9), (6, 7), (5, 6.5), (1, 2))) == [1, 2, 2, 3]
    assert strength_groups(estimates((3, 9), (6, 7), (1, 4))) == [1, 1, 1]
    assert strength_groups([Estimate(1.0, None, None), Estimate(0.0, None, None)]) == [1, 1]


def test_games_of_one_world_give_no_places_by_drawing_it_again() -> None:
    games = simulated(5)
    table = tournament_result(games.plan, games.results)
    assert len({row.rank for row in table.standings}) > 1
    for row in table.standings:
        assert (row.strength.low, row.rank_low, row.rank_high, row.rank_share) == (None, None, None, None)
        assert places(row) == "-"


def test_a_world_that_is_not_whole_counts_for_strengths_and_not_for_intervals(games: Games) -> None:
    one_more = simulated(6)
    names = [entrant.name for entrant in one_more.plan.entrants]
    fit = fit_strengths(names, one_more.results)
    assert all(fit.of(name).low is None for name in names), "one whole world and a game of another give no interval"
    assert fit.of("strong").mean != fit_strengths(names, one_more.results[:5]).of("strong").mean
    whole = [fit_strengths(names, simulated(25).results).of(name) for name in names]
    parts = [fit_strengths(names, simulated(26).results).of(name) for name in names]
    for one, two in zip(whole, parts, strict=True):
        (low, high), (low_too, high_too) = interval(one), interval(two)
        assert high_too - low_too == pytest.approx(high - low, rel=0.1)
        assert low_too <= two.mean <= high_too


def test_parts_of_worlds_that_tell_entrants_apart_only_together_give_no_interval() -> None:
    names = [f"entrant {number}" for number in range(10)]
    dealt = rotation("1", SEATS, tuple(Entrant(name, name) for name in names))  # type: ignore[arg-type]
    dice = random.Random("1")
    games = [
        result(
            number,
            [SeatResult(entrant=who.name, score=dice.gauss(0, 4), seat=seat) for seat, who in seating],
            world=number // 4,
        )
        for number, seating in zip(range(4), dealt, strict=False)
    ]
    fit = fit_strengths(names, games)
    assert all(fit.of(name).low is None for name in names)


def test_an_arena_with_more_entrants_than_seats_has_intervals_although_it_plays_no_world_twice() -> None:
    names = [f"bot-{number}" for number in range(11)]
    dealt = rotation("1", SEATS, tuple(Entrant(name, name) for name in names))  # type: ignore[arg-type]
    dice = random.Random("1")
    games = [
        result(number, [SeatResult(entrant=who.name, score=dice.gauss(0, 4), seat=seat) for seat, who in seating])
        for number, seating in zip(range(40), dealt, strict=False)
    ]
    rated = rated_entrants(games, {}, {})
    assert all(row.rating is not None and row.rating.low is not None for row in rated)
