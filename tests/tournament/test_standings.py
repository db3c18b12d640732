"""Ratings and standings, from results made by hand."""

from __future__ import annotations

import pytest

from counterpoise.tournament.plan import Entrant, Tournament
from counterpoise.tournament.result_document import EntrantResult, GameResult, SeatResult, decode_result, encode_result
from counterpoise.tournament.standings import (
    mean_with_interval,
    ranks,
    standings,
    tournament_result,
)

PLAN = Tournament("t", "1", 8, ("s",), (Entrant("good", "a"), Entrant("fair", "b"), Entrant("poor", "c")))


def game(number: int, scores: dict[str, tuple[str, float]]) -> GameResult:
    """Make a result from ``{seat: (entrant, score)}``."""
    names = [name for name, _ in scores.values()]
    return GameResult(
        game=number,
        key="0" * 32,
        scenario="s",
        seed=str(number // len(scores)),
        ticks=1,
        digest="0" * 64,
        counts={},
        seats=tuple(SeatResult(entrant=name, score=score, seat=seat) for seat, (name, score) in scores.items()),
        entrants=tuple(
            EntrantResult(
                classes={"BAL": 1},
                entrant=name,
                errors=0,
                mean_score=next(score for other, score in scores.values() if other == name),
                moves=2,
                rank=1,
                rejected=0,
                seats=1,
            )
            for name in sorted(names)
        ),
    )


def rotated(bonus: dict[str, float], games: int = 9) -> list[GameResult]:
    """Make games in which seat AA is worth 10, BB 5 and CC nothing, plus what the entrant brings."""
    names = list(bonus)
    worth = {"AA": 10.0, "BB": 5.0, "CC": 0.0}
    return [
        game(k, {seat: (names[(i + k) % 3], worth[seat] + bonus[names[(i + k) % 3]]) for i, seat in enumerate(worth)})
        for k in range(games)
    ]


def test_a_good_seat_does_not_improve_the_strength() -> None:
    rows = standings(PLAN, rotated({"good": 2.0, "fair": 1.0, "poor": 0.0}))
    assert [row.entrant for row in rows] == ["good", "fair", "poor"]
    assert [row.rank for row in rows] == [row.group for row in rows] == [1, 2, 3]
    assert rows[0].strength.mean == pytest.approx(1.0, abs=1e-5)
    assert rows[0].win_share == 1.0


def test_equal_entrants_have_equal_strengths_and_share_the_wins() -> None:
    rows = standings(PLAN, rotated({"good": 0.0, "fair": 0.0, "poor": 0.0}))
    assert [row.win_share for row in rows] == pytest.approx([1 / 3] * 3, abs=1e-5)
    assert {(row.rank, row.strength.mean) for row in rows} == {(1, 0.0)}


def test_the_order_of_the_results_does_not_matter() -> None:
    results = rotated({"good": 2.0, "fair": 1.0, "poor": 0.0})
    assert tournament_result(PLAN, results) == tournament_result(PLAN, results[::-1])


def test_a_tournament_without_games_has_standings() -> None:
    rows = standings(PLAN, [])
    assert {(row.games, row.strength.mean, row.rank) for row in rows} == {(0, 0.0, 1)}
    assert rows[0].score.low is None


def test_equal_scores_share_the_better_rank() -> None:
    assert ranks({"a": 1.0, "b": 3.0, "c": 3.0, "d": 0.0}) == {"a": 3, "b": 1, "c": 1, "d": 4}


def test_the_interval_is_students() -> None:
    found = mean_with_interval([1.0, 2.0, 3.0, 4.0, 5.0])
    assert found.mean == 3.0
    assert found.high == pytest.approx(3.0 + 2.776445 * (2.5**0.5) / 5**0.5, abs=1e-4)
    assert mean_with_interval([1.0]).low is None


def test_a_result_survives_encoding_and_decoding() -> None:
    result = game(3, {"AA": ("good", 4.0), "BB": ("fair", 2.0)})
    assert decode_result(encode_result(result)) == result
    assert b"\n" not in encode_result(result)
