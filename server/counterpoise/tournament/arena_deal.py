"""Who plays which seat in the next game of a standing arena."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from counterpoise.tournament.arena_rating import ANCHORS


def game_seed(secret: str, number: int) -> str:
    """Return the dealt seed of a game. Nobody can know it before; who has the secret can show that it was dealt."""
    return f"{Random(f'{secret}/arena/{number}').getrandbits(64):016x}"


def dealt_seats(waiting: Sequence[str], seats: Sequence[str], secret: str, number: int) -> dict[str, str]:
    """Return who plays each seat of a game, by the seat.

    Those who have waited longest come first, one seat each; the anchors fill the rest in turn. Seats are drawn.

    Args:
        waiting: the entrants that wait, the longest first.
        seats: the seats of the scenario.
        secret: of the arena.
        number: of the game, from 1.
    """
    players = list(waiting[: len(seats)])
    free = len(seats) - len(players)
    players += [ANCHORS[(number + place) % len(ANCHORS)] for place in range(free)]
    drawn = list(seats)
    Random(f"{secret}/seats/{number}").shuffle(drawn)
    dealt = dict(zip(drawn, players, strict=True))
    return {seat: dealt[seat] for seat in seats}
