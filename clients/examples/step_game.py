"""Play one state of a game step by step, as a learner does; bots play the other states.

``python clients/examples/step_game.py`` plays games with random moves and prints the score of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from counterpoise.game import Game
from counterpoise.sim.bot import Bot
from counterpoise.sim.move import Move
from counterpoise_clients.roster import load_bot

SEAT = "COR"


def opponent(seat: str, seed: str) -> Bot | None:
    """Return the bot of a seat; ``None`` leaves the seat to this program."""
    return None if seat == SEAT else load_bot("balancer")(f"{seed}/{seat}")


def random_move(game: Game, chances: Random) -> Move:
    """Return a legal move: first a kind is drawn, then a move of that kind."""
    return chances.choice(list(game.legal(SEAT, chances.choice(game.kinds(SEAT)))))


def play_games(count: int) -> Iterator[str]:
    """Play games with the seeds from 1; yield a line about each."""
    game, chances = Game("checkerboard", bots=opponent), Random("example")
    for seed in range(1, count + 1):
        game.reset(str(seed))
        steps = 0
        while not game.is_over:
            game.step({SEAT: [random_move(game, chances)]})
            steps += 1
        yield f"game {seed}: {steps} steps to {game.date}, score {game.scores()[SEAT]:.1f}"


if __name__ == "__main__":
    for line in play_games(5):
        print(line)
