"""A tournament's result as tables, in CSV or Parquet."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

from counterpoise.cli.output_files import filling
from counterpoise.session.csv_cells import csv_cell
from counterpoise.tournament.result_document import Estimate, TournamentResult

Rows = Iterator[Sequence[object]]
TABLES = ("standings", "pairs", "seats", "behaviour", "games")


def table_files(*, parquet: bool) -> list[str]:
    """Return the names of the files that ``write_tables`` writes."""
    return [f"{name}.{form}" for name in TABLES for form in (("csv", "parquet") if parquet else ("csv",))]


def write_tables(folder: Path, result: TournamentResult, *, parquet: bool) -> None:
    """Write the standings, pairs, seats, behaviour and games into a folder that holds no table of these names.

    Args:
        folder: made if it is missing.
        result: the tournament.
        parquet: whether to write Parquet beside CSV. It has texts as they are; CSV marks those that a spreadsheet would run.

    Raises:
        ConfigurationError: one of them is there already.
        StorageError: the disk refuses.
    """
    rows_of = (_standings, _pairs, _seats, _behaviour, _games)
    forms = {"csv": _write_csv, **({"parquet": _write_parquet} if parquet else {})}
    with filling(folder, table_files(parquet=parquet), force=False) as inside:
        for name, rows in zip(TABLES, (make(result) for make in rows_of), strict=True):
            table = list(rows)
            for form, write in forms.items():
                write(inside / f"{name}.{form}", table)


def _write_csv(path: Path, rows: Sequence[Sequence[object]]) -> None:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([csv_cell(value) for value in row] for row in rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def _write_parquet(path: Path, rows: Sequence[Sequence[object]]) -> None:
    # Here, because the package is an extra and takes long to load.
    import pyarrow
    import pyarrow.parquet

    names, *values = rows
    columns = zip(*values, strict=True) if values else ([] for _ in names)
    pyarrow.parquet.write_table(
        pyarrow.table({str(name): list(column) for name, column in zip(names, columns, strict=True)}), path
    )


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


def _behaviour(result: TournamentResult) -> Rows:
    yield "entrant", "measure", "n", "value", "low", "high", "noise", "above", "above_low", "above_high"
    for entrant in result.behaviour:
        for row in entrant.measures:
            above = (None, None, None) if row.above is None else _ends(row.above)
            yield entrant.entrant, row.measure, row.n, *_ends(row.value), row.noise, *above


def _games(result: TournamentResult) -> Rows:
    yield (
        "game", "scenario", "seed", "seat", "entrant", "score", "asked", "failed", "status", "reason", "isolation",
        "verification", "replay",
    )  # fmt: skip
    pages = {replay.game: replay.page for replay in result.replays or ()}
    for game in result.games:
        for seat in game.seats:
            yield (
                game.game, game.scenario, game.seed, seat.seat, seat.entrant, seat.score, seat.asked, seat.failed, seat.status,
                seat.reason, seat.isolation, game.verification, pages.get(game.game, ""),
            )  # fmt: skip
