"""A game as a Gymnasium environment: one learner against bots."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, SupportsIndex

import gymnasium
import numpy as np
from gymnasium import spaces
from gymnasium.vector import AsyncVectorEnv

from counterpoise_clients.env.episode import MIX, MOVES_MAX, Episode, Rewards
from counterpoise_clients.env.parallel import SEED_BITS, Observation, observation_space


class SeatEnv(gymnasium.Env[Observation, np.int64]):
    """A game in which one learner plays a seat, and bots play the others.

    A step is one action. Action 0 ends the stop of the clock; then the game runs to the next stop at which the seat is asked.

    Args:
        seat: the learner's seat, by code.
        scenario: the name of a bundled scenario, or the path of a scenario file.
        bots: who plays the other seats: the name of a bot or ``mix``, for all or by seat.
        moves: how many moves the seat makes at a stop at most, from 1.
        rewards: what is rewarded.

    Raises:
        InputError: there is no such scenario or bot, or it is wrong.
        KeyError: the scenario has no such seat.
        ValueError: ``moves`` is less than 1.
    """

    metadata: dict[str, Any] = {"render_modes": []}  # noqa: RUF012 (Gymnasium declares it so)

    def __init__(
        self,
        seat: str,
        scenario: str = "checkerboard",
        *,
        bots: str | Mapping[str, str] = MIX,
        moves: int = MOVES_MAX,
        rewards: Rewards | None = None,
    ) -> None:
        self.seat = seat
        self.episode = Episode(scenario, (seat,), bots=bots, moves=moves, rewards=rewards)
        self.observation_space = observation_space(self.episode)
        self.action_space = spaces.Discrete(len(self.episode.actions))

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observation, dict[str, Any]]:
        """Begin a game: of a seed, or of one drawn after the seed that was given last. There are no options."""
        super().reset(seed=seed)
        self.episode.begin(str(self.np_random.integers(1 << SEED_BITS)))
        return self.episode.observation(self.seat), {}

    def step(self, action: SupportsIndex) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Take an action.

        Returns:
            The observation, the reward, whether the game is over, whether it was cut off (never), and an info that holds the
            ``score`` after the clock has run.

        Raises:
            ValueError: the action is none of the space. One that the mask excludes is action 0.
        """
        episode = self.episode
        episode.act(self.seat, action)
        if not episode.move_on():
            return episode.observation(self.seat), 0.0, False, False, {}
        reward, info = episode.rewards()[self.seat], {"score": episode.scores()[self.seat]}
        return episode.observation(self.seat), reward, episode.is_over, False, info


def workers(count: int, seat: str, scenario: str = "checkerboard", **settings: Any) -> AsyncVectorEnv:
    """Return environments in processes of their own that a learner steps together.

    Args:
        count: how many processes.
        seat: the learner's seat in each.
        scenario: as for ``SeatEnv``.
        settings: the other arguments of ``SeatEnv``.
    """
    return AsyncVectorEnv([partial(SeatEnv, seat, scenario, **settings)] * count)
