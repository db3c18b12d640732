"""A game as a PettingZoo environment: all learners act at once, or one after another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, SupportsIndex

import numpy as np
from gymnasium import spaces
from gymnasium.utils import seeding
from pettingzoo import AECEnv, ParallelEnv
from pettingzoo.utils.conversions import parallel_to_aec
from pettingzoo.utils.wrappers import OrderEnforcingWrapper

from counterpoise_clients.env.actions import PASS
from counterpoise_clients.env.episode import MIX, MOVES_MAX, Episode, Rewards

Observation = dict[str, Any]
"""``observation`` and ``action_mask``, as ``observation_space`` describes them."""
SEED_BITS = 63


def observation_space(episode: Episode) -> spaces.Dict:
    """Return the space of an observation: ``observation``, the numbers that ``episode.names`` names, and ``action_mask``."""
    return spaces.Dict(
        {
            "observation": spaces.Box(-10.0, 10.0, (len(episode.names),), np.float32),
            "action_mask": spaces.Box(0, 1, (len(episode.actions),), np.int8),
        }
    )


class AllianceEnv(ParallelEnv[str, Observation, np.int64 | None]):
    """A game that several learners play at once; an agent is a seat.

    In each step every agent gives one action. Action 0 ends the stop of the clock for its agent; an agent that is not asked, or
    has ended its stop, may give nothing else. The clock runs when all agents have ended theirs.

    Args:
        scenario: the name of a bundled scenario, or the path of a scenario file.
        seats: the seats of the agents, by code; empty for all seats.
        bots: who plays the other seats: the name of a bot or ``mix``, for all or by seat.
        moves: how many moves an agent makes at a stop at most, from 1.
        rewards: what is rewarded.

    Raises:
        InputError: there is no such scenario or bot, or it is wrong.
        KeyError: the scenario has no such seat.
        ValueError: ``moves`` is less than 1.
    """

    metadata: dict[str, Any] = {"name": "counterpoise_v0", "render_modes": [], "is_parallelizable": True}  # noqa: RUF012 (PettingZoo declares it so)
    render_mode = None

    def __init__(
        self,
        scenario: str = "checkerboard",
        seats: Iterable[str] = (),
        *,
        bots: str | Mapping[str, str] = MIX,
        moves: int = MOVES_MAX,
        rewards: Rewards | None = None,
    ) -> None:
        self.episode = Episode(scenario, seats, bots=bots, moves=moves, rewards=rewards)
        self.possible_agents = list(self.episode.seats)
        self.agents = []
        self.observation_spaces = {seat: observation_space(self.episode) for seat in self.possible_agents}
        self.action_spaces = {seat: spaces.Discrete(len(self.episode.actions)) for seat in self.possible_agents}
        self._chances, _ = seeding.np_random(None)

    def observation_space(self, agent: str) -> spaces.Space[Observation]:
        """Return the space of an agent's observations."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> spaces.Space[np.int64 | None]:
        """Return the space of an agent's actions; ``episode.actions.actions`` says what each number means."""
        return self.action_spaces[agent]

    def reset(
        self, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, Observation], dict[str, dict[str, Any]]]:
        """Begin a game: of a seed, or of one drawn after the seed that was given last. There are no options."""
        if seed is not None:
            self._chances, _ = seeding.np_random(seed)
        self.episode.begin(str(self._chances.integers(1 << SEED_BITS)))
        self.agents = list(self.possible_agents)
        return self._observations(), {agent: {} for agent in self.agents}

    def step(
        self, actions: Mapping[str, SupportsIndex | None]
    ) -> tuple[dict[str, Observation], dict[str, float], dict[str, bool], dict[str, bool], dict[str, dict[str, Any]]]:
        """Let every agent act; agents that are left out pass.

        Returns:
            Observations, rewards, whether the game is over, whether it was cut off (never), and infos, each by agent. An
            agent's info holds its ``score`` after the clock has run.

        Raises:
            ValueError: an action is none of the space; nobody has acted then. One that a mask excludes is action 0.
        """
        episode, agents = self.episode, self.agents
        given = {agent: actions.get(agent) for agent in agents}
        numbers = {agent: PASS if action is None else episode.number_of(action) for agent, action in given.items()}
        for agent, number in numbers.items():
            episode.act(agent, number)
        infos: dict[str, dict[str, Any]] = {agent: {} for agent in agents}
        rewards = dict.fromkeys(agents, 0.0)
        if episode.move_on():
            rewards, scores = episode.rewards(), episode.scores()
            infos = {agent: {"score": scores[agent]} for agent in agents}
        over, cut = dict.fromkeys(agents, episode.is_over), dict.fromkeys(agents, False)
        observations = self._observations()
        if episode.is_over:
            self.agents = []
        return observations, rewards, over, cut, infos

    def _observations(self) -> dict[str, Observation]:
        return {agent: self.episode.observation(agent) for agent in self.agents}


def turn_by_turn(env: AllianceEnv) -> AECEnv[str, Observation, np.int64 | None]:
    """Return the same game as an environment in which one agent acts after another (``AECEnv``)."""
    return OrderEnforcingWrapper(parallel_to_aec(env))
