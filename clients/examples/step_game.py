"""Play one state of a game step by step, as a learner does; bots play the other states.

``python clients/examples/step_game.py`` plays games with random moves and prints the score of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from counterpoise.game import Game
from counterpoise.sim.bot import Bot
from counterpoise_clients.roster import load_bot

SEAT = "COR"


def opponent(seat: str, seed: str) -> Bot | None:
    """Return the bot of a seat; ``None`` leaves the seat to this program."""
    return None if seat == SEAT else load_bot("balancer")(f"{seed}/{seat}")


def play_games(count: int) -> Iterator[str]:
    """Play games with the seeds from 1; yield a line about each."""
    game, chances = Game("checkerboard", bots=opponent), Random("example")
    for seed in range(1, count + 1):
        game.reset(str(seed))
        steps = 0
        while not game.is_over:
            move = game.sample(SEAT, chances)
            game.step({SEAT: [move]} if move is not None else {})
            steps += 1
        yield f"game {seed}: {steps} steps to {game.date}, score {game.scores()[SEAT]:.1f}"


if __name__ == "__main__":
    for line in play_games(5):
        print(line)
