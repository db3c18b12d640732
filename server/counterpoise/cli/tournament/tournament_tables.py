"""A tournament's result as tables in CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

from counterpoise.cli.output_files import filling
from counterpoise.session.csv_cells import csv_cell
from counterpoise.tournament.result_document import Estimate, TournamentResult

Rows = Iterator[Sequence[object]]


def write_tables(folder: Path, result: TournamentResult) -> None:
    """Write ``standings.csv``, ``pairs.csv``, ``seats.csv`` and ``games.csv`` into a folder that holds none of them.

    Raises:
        ConfigurationError: one of them is there already.
        StorageError: the disk refuses.
    """
    tables = {
        "standings": _standings(result),
        "pairs": _pairs(result),
        "seats": _seats(result),
        "games": _games(result),
    }
    with filling(folder, [f"{name}.csv" for name in tables], force=False) as inside:
        for name, rows in tables.items():
            text = StringIO()
            csv.writer(text, lineterminator="\n").writerows([csv_cell(value) for value in row] for row in rows)
            (inside / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8")


def _ends(estimate: Estimate) -> tuple[object, object, object]:
    return estimate.mean, estimate.low, estimate.high


def _standings(result: TournamentResult) -> Rows:
    yield (
        "rank", "entrant", "bot", "group", "strength", "strength_low", "strength_high", "rank_low", "rank_high", "rank_share",
        "games", "seats", "score", "score_low", "score_high", "win_share", "lost_share", "moves", "rejected", "errors",
        "statuses", "isolation",
    )  # fmt: skip
    for row in result.standings:
        yield (
            row.rank, row.entrant, row.bot, row.group, *_ends(row.strength), row.rank_low, row.rank_high, row.rank_share,
            row.games, row.seats, *_ends(row.score), row.win_share, row.lost_share, row.moves, row.rejected, row.errors,
            " ".join(f"{status}:{count}" for status, count in row.statuses.items()), "; ".join(row.isolation),
        )  # fmt: skip


def _pairs(result: TournamentResult) -> Rows:
    yield "entrant", "other", "pairs", "worlds", "better", "difference", "difference_low", "difference_high"
    for pair in result.pairs:
        yield pair.entrant, pair.other, pair.pairs, pair.worlds, pair.better, *_ends(pair.difference)


def _seats(result: TournamentResult) -> Rows:
    yield "scenario", "seat", "games", "score", "effect", "effect_low", "effect_high"
    for seat in result.seat_effects:
        yield seat.scenario, seat.seat, seat.games, seat.score, *_ends(seat.effect)


def _games(result: TournamentResult) -> Rows:
    yield (
        "game", "scenario", "seed", "seat", "entrant", "score", "asked", "failed", "status", "reason", "isolation",
        "verification",
    )  # fmt: skip
    for game in result.games:
        for seat in game.seats:
            yield (
                game.game, game.scenario, game.seed, seat.seat, seat.entrant, seat.score, seat.asked, seat.failed, seat.status,
                seat.reason, seat.isolation, game.verification,
            )  # fmt: skip
