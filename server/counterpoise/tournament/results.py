"""What one game leaves behind: compact, plain, one JSON line."""

from __future__ import annotations

import msgspec
from msgspec import Struct

SHOWN_ERRORS = 3
"""How many errors of an entrant are kept in words; all are counted."""


class SeatResult(Struct, frozen=True):
    """One seat at the end of a game."""

    seat: str
    entrant: str
    score: float


class EntrantResult(Struct, frozen=True):
    """One entrant in one game: the mean over its seats, and what its seats did.

    ``rank`` is by raw mean score, 1 the best, ties share the better rank. ``classes`` counts its threatened decisions by
    alignment class; ``errors`` its crashes, ``rejected`` its illegal moves.
    """

    entrant: str
    seats: int
    mean_score: float
    rank: int
    classes: dict[str, int]
    moves: int
    rejected: int
    errors: int
    error_samples: tuple[str, ...] = ()


class GameResult(Struct, frozen=True):
    """One game. ``digest`` is of the final world; ``counts`` of what happened in it."""

    game: int
    key: str
    scenario: str
    seed: str
    ticks: int
    digest: str
    counts: dict[str, int]
    seats: tuple[SeatResult, ...]
    entrants: tuple[EntrantResult, ...]


def encode(result: GameResult) -> bytes:
    """Return the result as one line of JSON, without the line's end."""
    return msgspec.json.encode(result, order="sorted")


def decode(line: bytes) -> GameResult:
    """Read a line that ``encode`` wrote; ``msgspec.DecodeError`` if it is torn or something else."""
    return msgspec.json.decode(line, type=GameResult)
