"""Try some legal moves on copies of a game, and make the move with the best score half a year later.

``python clients/examples/look_ahead.py`` prints the moves it makes and the score at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from counterpoise.game import Game
from counterpoise.sim.bot import Bot
from counterpoise.sim.move import Move
from counterpoise_clients.roster import load_bot

SEAT = "COR"
MOVES, FUTURES, DAYS = 4, 2, 182


def opponent(seat: str, seed: str) -> Bot | None:
    """Return the bot of a seat; ``None`` leaves the seat to this program."""
    return None if seat == SEAT else load_bot("balancer")(f"{seed}/{seat}")


def mean_score(game: Game, moves: list[Move]) -> float:
    """Return the mean score half a year after the moves, over copies of the game with chances of their own."""
    total, until = 0.0, game.tick + DAYS
    for future in range(FUTURES):
        copy = game.clone(seed=f"future {future}")
        copy.step({SEAT: moves})
        while not copy.is_over and copy.tick < until:
            copy.step()
        total += copy.scores()[SEAT]
    return total / FUTURES


def play(seed: str) -> Iterator[str]:
    """Play one game; yield a line for each move and the score at the end."""
    game, chances = Game("checkerboard", seed, bots=opponent), Random(seed)
    while not game.is_over:
        legal = list(game.legal(SEAT))
        options: list[list[Move]] = [[], *([move] for move in chances.sample(legal, min(MOVES, len(legal))))]
        best = max(options, key=lambda moves: mean_score(game, moves))
        yield f"{game.date} {best[0] if best else 'no move'}"
        game.step({SEAT: best})
    yield f"score {game.scores()[SEAT]:.1f}"


if __name__ == "__main__":
    for line in play("7"):
        print(line)
