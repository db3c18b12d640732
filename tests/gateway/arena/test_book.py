"""What an arena keeps stays bounded over 1 000 games: results and journals are dropped, counts of all games stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from counterpoise.errors import StorageError
from counterpoise.gateway.arena.book import ArenaBook, ArenaGameRow
from counterpoise.tournament.arena_rating import ANCHORS, EntrantCounts, rated_entrants
from counterpoise.tournament.result_document import GameResult, SeatResult

SEATS = ("ARD", "BEL", "COR", "DUN")


def game(number: int) -> ArenaGameRow:
    names = ("strong", "weak", ANCHORS[number % 5], ANCHORS[(number + 1) % 5])
    turned = names[number % 4 :] + names[: number % 4]
    return ArenaGameRow(
        number, f"arena-{number}", dict(zip(SEATS, turned, strict=True)), 1.0, None, "running", "", None, True
    )


def result(row: ArenaGameRow) -> GameResult:
    worth = {"strong": 10.0, "weak": -10.0}
    seats = tuple(
        SeatResult(
            entrant=name, seat=seat, score=50.0 + worth.get(name, 0.0) + (row.number * 7 + place * 3) % 11, asked=8,
            failed=1 if name == "weak" else 0,
        )
        for place, (seat, name) in enumerate(row.seats.items())
    )  # fmt: skip
    return GameResult(
        counts={}, digest="0" * 64, entrants=(), game=row.number, key=f"{row.number:032x}", scenario="checkerboard",
        seats=seats, seed=str(row.number), ticks=365,
    )  # fmt: skip


def test_a_thousand_games_leave_the_newest_results_and_the_counts_of_all(tmp_path: Path) -> None:
    book = ArenaBook(tmp_path)
    for name in ("strong", "weak"):
        book.see(name, "hash", 1.0)
    book._connection.execute("PRAGMA synchronous = OFF")  # what is counted here does not depend on the disk
    sizes = []
    for number in range(1, 1001):
        row = game(number)
        book.begin(row)
        assert book.finish(number, result(row), 2.0)
        assert not book.finish(number, result(row), 2.0), "a result counts once"
        for old, _ in book.journals_beyond(20):
            book.journal_dropped(old)
        book.forget_games(100)
        if number in (200, 1000):
            sizes.append(book.path.stat().st_size)
    rows = book.games("rated")
    assert [row.number for row in rows] == list(range(1000, 900, -1))
    assert [row.number for row in rows if row.has_journal] == list(range(1000, 980, -1))
    assert sizes[1] <= sizes[0] * 1.2
    counts = book.counts()
    assert (counts["strong"].games, counts["weak"].missed, book.rated_ever()) == (1000, 1000, 1000)
    assert book.next_number() == 1001
    standings = rated_entrants([row.result for row in rows if row.result is not None], counts, {"weak": "waiting"})
    assert (standings[0].name, standings[-1].name) == ("strong", "weak")
    ratings = {one.name: one.rating.mean for one in standings if one.rating is not None}
    assert ratings["strong"] > 5.0 > 0.0 > -5.0 > ratings["weak"]
    anchors = [value for name, value in ratings.items() if name in ANCHORS]
    assert abs(sum(anchors)) < 1e-3, "the anchors' mean is rating 0"
    shuffled = rated_entrants(
        [row.result for row in reversed(rows) if row.result is not None], counts, {"weak": "waiting"}
    )
    assert shuffled == standings
    book.close()


def test_nobody_is_rated_until_the_games_tell_entrants_apart() -> None:
    first = rated_entrants([result(game(1))], {"stranger": EntrantCounts()}, {"weak": "waiting"})
    assert {(row.rank, row.rating, row.group) for row in first} == {(None, None, None)}
    assert [row.name for row in first] == sorted(["stranger", *game(1).seats.values()])
    later = rated_entrants([result(game(number)) for number in range(1, 9)], {}, {})
    assert (later[0].name, later[0].rank) == ("strong", 1)
    assert all(row.rating is not None for row in later)


def test_what_is_kept_outlasts_the_process_that_kept_it(tmp_path: Path) -> None:
    book = ArenaBook(tmp_path)
    secret = book.fact("secret", "drawn")
    book.begin(game(1))
    book.close()
    again = ArenaBook(tmp_path)
    assert again.fact("secret", "drawn again") == secret == "drawn"
    assert [row.number for row in again.games("running")] == [1]
    assert again.path.stat().st_mode & 0o777 == 0o600
    again.close()


def test_the_name_that_was_away_longest_is_forgotten_for_a_new_one(tmp_path: Path) -> None:
    book = ArenaBook(tmp_path)
    for place in range(10):
        book.see(f"bot-{place}", "hash", float(place))
    book.forget_entrants(8, 0.0, 5.0)
    assert sorted(book.counts()) == [f"bot-{place}" for place in range(2, 10)]
    book.forget_entrants(0, 0.0, 5.0)
    assert sorted(book.counts()) == [f"bot-{place}" for place in range(5, 10)], "those who came lately stay"
    book.see("strong", "hash", 2.0)
    book.begin(game(1))
    book.finish(1, result(game(1)), 3.0)
    book.forget_entrants(0, 1.0, 11.0)
    assert "strong" in book.counts(), "who has played is kept longer"
    assert not [name for name in book.counts() if name.startswith("bot-")]
    book.close()


def test_a_file_of_another_program_is_refused(tmp_path: Path) -> None:
    (tmp_path / "arena.sqlite").write_bytes(
        b"not a database of ours, and longer than a header of one hundred bytes" * 4
    )
    with pytest.raises(StorageError, match="cannot"):
        ArenaBook(tmp_path)
