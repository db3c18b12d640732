"""An OpenEnv environment: a seat in words, with ``reset``, ``step`` and ``state``, in process or over HTTP and websockets.

::

    uvicorn counterpoise_clients.evaluation.openenv_server:app
"""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import uuid4

from fastapi import FastAPI
from openenv.core.env_server.http_server import create_fastapi_app
from openenv.core.env_server.interfaces import Environment
from openenv.core.env_server.types import Action, Observation, State
from pydantic import Field

from counterpoise_clients.evaluation.text_game import TextGame

GAMES_MAX = 16
"""How many games one server plays at a time."""


class SeatAnswer(Action):
    """What the seat answers at a stop of the clock."""

    answer: str = Field(description="JSON with the moves, as `system` of the observation asks for it")


class SeatSeen(Observation):
    """What the seat sees at a stop of the clock. The reward is the change of its score, in points."""

    system: str = Field(description="the rules, the form of an answer, and the role sheet; the same in a whole game")
    prompt: str = Field(description="the situation, and what may be ordered; empty once the game is over")
    problems: list[str] = Field(default_factory=list, description="what was wrong with the last answer")


class SeatState(State):
    """Where the game stands."""

    scenario: str = ""
    seat: str = ""
    seed: str = ""
    date: str = ""
    score: float = Field(default=0.0, description="the seat's score so far, in [0, 100]")


class SeatEnvironment(Environment[SeatAnswer, SeatSeen, SeatState]):
    """One seat of a game against the bots that a server would deal.

    Args:
        scenario: the name of a bundled scenario, or the path of a scenario file.
        seat: the code of the seat.
        years: after how many years a game stops; 0 for its end.
    """

    SUPPORTS_CONCURRENT_SESSIONS = True

    def __init__(self, scenario: str = "checkerboard", seat: str = "COR", years: float = 0.0) -> None:
        super().__init__()
        self._scenario, self._seat, self._years = scenario, seat, years
        self._begin(None, None)

    def reset(self, seed: int | None = None, episode_id: str | None = None, **_: Any) -> SeatSeen:
        """Begin a game, by default that of seed 1, and return what the seat sees."""
        self._begin(seed, episode_id)
        return self._seen(None, [])

    def step(self, action: SeatAnswer, timeout_s: float | None = None, **_: Any) -> SeatSeen:
        """Take an answer, run to the next stop that asks the seat, and return what it sees then; no time limit is kept."""
        before = self._game.score
        problems = [] if self._game.is_over else self._game.answer(action.answer)
        self._steps += 1
        return self._seen(round(self._game.score - before, 6), problems)

    @property
    def state(self) -> SeatState:
        """Where the game stands."""
        game = self._game
        return SeatState(
            episode_id=self._episode, step_count=self._steps, scenario=game.scenario, seat=game.seat, seed=game.seed,
            date=game.date, score=game.score,
        )  # fmt: skip

    def _begin(self, seed: int | None, episode_id: str | None) -> None:
        self._game = TextGame(self._scenario, self._seat, str(1 if seed is None else seed), years=self._years)
        self._episode, self._steps = episode_id or str(uuid4()), 0

    def _seen(self, reward: float | None, problems: list[str]) -> SeatSeen:
        game = self._game
        prompt = "" if game.is_over else game.prompt()
        return SeatSeen(system=game.system, prompt=prompt, problems=problems, done=game.is_over, reward=reward)


def served(scenario: str = "checkerboard", seat: str = "COR", years: float = 0.0) -> FastAPI:
    """Return the environment as a server, with a game of its own for each websocket; the arguments are the environment's."""
    return create_fastapi_app(
        partial(SeatEnvironment, scenario, seat, years), SeatAnswer, SeatSeen, max_concurrent_envs=GAMES_MAX
    )


app: FastAPI = served()
