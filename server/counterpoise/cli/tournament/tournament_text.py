"""A tournament's result in words."""

from __future__ import annotations

from collections import Counter
from urllib.parse import unquote

from msgspec import UnsetType
from rich.table import Table

from counterpoise.cli.terminal import console, notes
from counterpoise.cli.tournament.behaviour_text import print_behaviour
from counterpoise.tournament.result_document import (
    NOT_VERIFIED,
    VERIFIED,
    Estimate,
    GameResult,
    Standing,
    TournamentResult,
)

REASONS = 5
"""Reasons that are printed for an entrant."""


def print_tournament(result: TournamentResult) -> None:
    """Print the table, and to standard error what went wrong with bots."""
    title = f"{result.tournament.name}: {len(result.games)} games"
    table = Table(title=title, title_justify="left", header_style="bold")
    for heading in (
        "",
        "entrant",
        "strength (95 %)",
        "group",
        "places",
        "games",
        "best",
        "lost",
        "seats",
        "kept apart",
    ):
        table.add_column(heading)
    for row in result.standings:
        table.add_row(
            str(row.rank), row.entrant, interval(row.strength), str(row.group), places(row), str(row.games),
            f"{row.win_share:.0%}", f"{row.lost_share:.0%}", statuses(row), "; ".join(row.isolation),
        )  # fmt: skip
    console.print(table)
    for line in (_verified(result), _stopped(result), _without_intervals(result), _replays(result)):
        if line:
            console.print(line, markup=False, soft_wrap=True)
    console.print(
        "strength: what an entrant adds to a seat's score, beside the mean of all. group: entrants of different groups have "
        "intervals that do not meet. best: games in which its seats did best. lost: decisions without moves that could be read.",
        markup=False,
        soft_wrap=True,
    )
    print_behaviour(result)
    for game in unsound(result):
        notes.print(f"game {game.game} ({game.scenario}, seed {game.seed}): {game.verification}", markup=False)
    for row in result.standings:
        for line in failures(result, row):
            notes.print(line, markup=False)


def failures(result: TournamentResult, row: Standing) -> list[str]:
    """Return a line for each reason why seats of an entrant are not OK: its name, the status, the reason, and how often."""
    seats = [seat for game in result.games for seat in game.seats if seat.entrant == row.entrant and seat.reason]
    often = Counter((seat.status, seat.reason) for seat in seats)
    lines = [
        f"{row.entrant}: {status}: {reason} ({_seats(count)})" for (status, reason), count in often.most_common(REASONS)
    ]
    if len(often) > REASONS:
        left = [count for _, count in often.most_common()[REASONS:]]
        lines.append(f"{row.entrant}: {len(left)} other reasons ({_seats(sum(left))}); --json lists them all")
    return lines or [f"{row.entrant}: {sample}" for sample in row.error_samples]


def _seats(count: int) -> str:
    return "1 seat" if count == 1 else f"{count} seats"


def unsound(result: TournamentResult) -> list[GameResult]:
    """Return the games whose journals do not replay as they were played."""
    return [game for game in result.games if game.verification not in (VERIFIED, NOT_VERIFIED)]


def _verified(result: TournamentResult) -> str:
    sound = len([game for game in result.games if game.verification == VERIFIED])
    failed = len(unsound(result))
    wrong = (
        f"; {failed} FAILED: something other than moves changed these games, and the table does not hold"
        if failed
        else ""
    )
    return f"verified: {sound} of {len(result.games)} games were replayed from their journals with the same outcome{wrong}."


def _stopped(result: TournamentResult) -> str:
    asked, widest = result.tournament.until_width, result.widest
    if asked is None:
        return ""
    if widest is None or widest > asked:
        width = "there are no intervals" if widest is None else f"the widest interval is {widest:.3f} wide"
        return f"stopped after the most games; {width}, and {asked:g} was asked."
    return f"stopped after {len(result.games)} of at most {result.tournament.games} games: no interval is wider than {asked:g}."


def _without_intervals(result: TournamentResult) -> str:
    if result.widest is not None:
        return ""
    return (
        "too few worlds for intervals: who is stronger than whom cannot be said. Two worlds must be whole, and a world is "
        f"whole after {len(result.tournament.entrants)} games, one for each entrant."
    )


def _replays(result: TournamentResult) -> str:
    kept, left = result.replays, result.replays_left_out
    if isinstance(kept, UnsetType):
        return ""
    where = f" in {unquote(kept[0].page.rpartition('/')[0])}" if kept else ""
    more = (
        f"; {left} more are left out: --replay-games raises how many are kept, and games that were played without --replays have "
        "none"
        if left
        else ""
    )
    return f"replays: {len(kept)} games{where}, to which the leaderboard links{more}."


def interval(estimate: Estimate) -> str:
    """Return a number with its interval."""
    if estimate.low is None or estimate.high is None:
        return f"{estimate.mean:.3f}"
    return f"{estimate.mean:.3f} ({estimate.low:.3f} to {estimate.high:.3f})"


def places(row: Standing) -> str:
    """Return the places that an entrant has in 95 % of the tables of worlds drawn anew; a dash for fewer than two worlds."""
    if row.rank_low is None:
        return "-"
    return str(row.rank_low) if row.rank_low == row.rank_high else f"{row.rank_low}-{row.rank_high}"


def statuses(row: Standing) -> str:
    """Return how many seats of an entrant ended with each status."""
    return ", ".join(f"{count} {status}" for status, count in row.statuses.items())
