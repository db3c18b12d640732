"""What an arena tells everyone: its table, the games that run and those that are over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from counterpoise.document_schema import Count, json_schema
from counterpoise.gateway.arena.book import ArenaGameRow
from counterpoise.gateway.arena.settings import ArenaSettings
from counterpoise.tournament.arena_rating import ANCHORS, RatedEntrant

RECENT = 20
"""Games that are over and shown."""


class ShownSeat(Struct, frozen=True):
    """One seat of a game."""

    seat: str
    """The code of the state."""
    entrant: str
    """Who plays it."""
    is_anchor: bool
    """Whether that is a bundled bot."""
    score: float | None
    """Its score at the end; null before."""
    status: str
    """OK, or FORFEIT for an entrant that was away in most windows; empty before the end."""
    reason: str
    """Why the status is not OK."""


class ShownGame(Struct, frozen=True):
    """One game."""

    game: Count
    """Its number, from 1."""
    session: str
    """The name of its session."""
    state: str
    """``running``, ``rated``, or ``void`` for a game without a result."""
    began: float
    """In seconds since 1970."""
    ended: float | None
    """In seconds since 1970; null before the end."""
    watch: str
    """Where everyone can watch it or its replay; empty if its journal is deleted."""
    seats: list[ShownSeat]
    """In the scenario's order."""


class ArenaDocument(Struct, frozen=True, kw_only=True):
    """The document at ``/arena.json``."""

    arena: int = 1
    """The version of this document."""
    scenario: str
    """The scenario that is played."""
    games_played: Count
    """How many games have been rated, ever."""
    games_rated: Count
    """To how many of them the ratings are fitted."""
    games_rated_max: Count
    """To how many of the newest games they are fitted at most. The counts are of all games ever."""
    journals_kept: Count
    """The journals of so many of the newest games are kept."""
    standings: list[RatedEntrant]
    """Those with a rating by rank, then the others by name."""
    running: list[ShownGame]
    """Games that are played now."""
    recent: list[ShownGame]
    """The newest games that are over."""


def arena_schema() -> dict[str, Any]:
    """Return the JSON Schema of the document."""
    return json_schema("counterpoise arena", ArenaDocument)


def arena_document(
    standings: Sequence[RatedEntrant],
    running: Sequence[ArenaGameRow],
    over: Sequence[ArenaGameRow],
    rated: int,
    played: int,
    settings: ArenaSettings,
    scenario: str,
    link: Callable[[str, str], str],
) -> ArenaDocument:
    """Return the document.

    Args:
        standings: the table.
        running: the games that run.
        over: the newest games that are over.
        rated: to how many games the ratings are fitted.
        played: how many games have been rated, ever.
        settings: of the arena.
        scenario: the id of the scenario.
        link: returns the link for a session and a token.
    """
    return ArenaDocument(
        scenario=scenario,
        games_played=played,
        games_rated=rated,
        games_rated_max=settings.games_rated,
        journals_kept=settings.journals_kept,
        standings=list(standings),
        running=[_shown(game, link) for game in running],
        recent=[_shown(game, link) for game in over],
    )


def _shown(game: ArenaGameRow, link: Callable[[str, str], str]) -> ShownGame:
    results = {} if game.result is None else {seat.seat: seat for seat in game.result.seats}
    seats = []
    for seat, entrant in game.seats.items():
        found = results.get(seat)
        is_anchor = entrant in ANCHORS
        if found is None:
            seats.append(ShownSeat(seat, entrant, is_anchor, None, "", ""))
        else:
            seats.append(ShownSeat(seat, entrant, is_anchor, found.score, found.status, found.reason))
    watch = link(game.session, game.watch) if game.watch and game.has_journal else ""
    return ShownGame(game.number, game.session, game.state, game.began, game.ended, watch, seats)
