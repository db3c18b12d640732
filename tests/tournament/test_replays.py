"""Which games leave a replay does not depend on which of them ended first, and their number is bounded."""

from __future__ import annotations

from random import Random

import pytest

from counterpoise.tournament.plan import Replays
from counterpoise.tournament.replays import SAMPLE, Candidates, chosen
from counterpoise.tournament.result_document import EntrantResult, GameResult, ReplayReason, SeatResult

ENTRANTS = ("first", "second")
MOST = 30


def games(count: int, *, failed: int = 0) -> list[GameResult]:
    """Games with scores drawn by lot; in so many of them the bot of ``second`` has failed."""
    lot = Random(5)
    broken = lot.sample(range(count), failed)
    made = []
    for number in range(count):
        scores = {name: round(lot.uniform(20, 90), 1) for name in ENTRANTS}
        seats = tuple(
            SeatResult(
                entrant=name,
                seat=seat,
                score=scores[name],
                status="ERROR" if name == "second" and number in broken else "OK",
            )
            for seat, name in zip(("ARD", "BEL"), ENTRANTS, strict=True)
        )
        entrants = tuple(
            EntrantResult(
                entrant=name, classes={}, errors=0, mean_score=scores[name], moves=0, rank=1, rejected=0, seats=1
            )
            for name in ENTRANTS
        )
        made.append(
            GameResult(
                counts={},
                digest=f"{lot.getrandbits(256):064x}",
                entrants=entrants,
                game=number,
                key=f"{lot.getrandbits(128):032x}",
                scenario="checkerboard",
                seats=seats,
                seed="1",
                ticks=365,
            )
        )
    return made


def kept_of(played: list[GameResult], which: Replays = "chosen", most: int = MOST) -> tuple[list[int], int]:
    """Return the games whose journals are kept at the end, and the most that were at any time."""
    candidates, largest = Candidates(which, most), 0
    there: dict[int, bool] = {}
    for result in played:
        there[result.game] = True
        for game in candidates.add(result):
            del there[game]
        largest = max(largest, len(there))
        assert sorted(there) == candidates.games
    return sorted(there), largest


@pytest.mark.parametrize("which", ["chosen", "all"])
def test_what_is_kept_depends_on_the_games_and_not_on_their_order(which: Replays) -> None:
    played = games(400, failed=60)
    wanted, _ = kept_of(played, which)
    for seed in range(5):
        shuffled = list(played)
        Random(seed).shuffle(shuffled)
        assert kept_of(shuffled, which)[0] == wanted


@pytest.mark.parametrize("which", ["chosen", "all"])
def test_however_many_games_are_played_a_bounded_number_of_journals_is_kept(which: Replays) -> None:
    bound = len(ENTRANTS) * (2 + SAMPLE) + 2 * MOST + 1
    assert kept_of(games(2000, failed=1500), which)[1] <= bound


def test_the_best_the_worst_and_one_near_the_median_of_each_entrant_are_chosen() -> None:
    played = games(300)
    found, left = chosen(played, kept_of(played)[0], "chosen", MOST)
    assert left == 0
    for name, place in zip(ENTRANTS, (0, 1), strict=True):
        by_kind = {why.kind: game for game, reasons in found.items() for why in reasons if why.entrant == name}
        scores = [game.entrants[place].mean_score for game in played]
        assert scores[by_kind["best"]] == max(scores)
        assert scores[by_kind["worst"]] == min(scores)
        rank = sorted(scores).index(scores[by_kind["middle"]])
        assert 110 < rank < 190, "within the middle quarter of three hundred"


def test_each_game_in_which_a_bot_failed_is_chosen_as_far_as_there_is_room() -> None:
    played = games(200, failed=20)
    failed = [game.game for game in played if any(seat.status == "ERROR" for seat in game.seats)]
    found, left = chosen(played, kept_of(played)[0], "chosen", MOST)
    assert left == 0
    assert [game for game, why in found.items() if ReplayReason("failed", "second", "ERROR") in why] == failed
    few, left = chosen(played, kept_of(played, most=8)[0], "chosen", 8)
    assert len(few) == 8
    assert left == len(found) - 8
    kinds = [why.kind for reasons in few.values() for why in reasons]
    assert kinds.count("best") == kinds.count("worst") == kinds.count("middle") == 2
    assert min(failed) in few, "the first failure comes before worst and middling games"


def test_all_games_are_chosen_up_to_the_most_that_are_kept() -> None:
    played = games(12)
    found, left = chosen(played, kept_of(played, "all")[0], "all", MOST)
    assert (list(found), left) == (list(range(12)), 0)
    some, left = chosen(played, kept_of(played, "all", 5)[0], "all", 5)
    assert (len(some), left) == (5, 7)


def test_a_game_without_a_journal_is_counted_as_left_out() -> None:
    played = games(3)
    found, left = chosen(played, [], "chosen", MOST)
    assert (found, left) == ({}, len(kept_of(played)[0]))
