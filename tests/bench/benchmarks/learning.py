"""Speed of the environments for learners, forecasts off, beside a PettingZoo environment in which nothing happens.

The learners draw legal actions at random, so they act more than players do. Only steps of seats that are asked count. Times are
processor times of one core, with the learners' draws. A further game against bots, not counted in the rates, is timed from
inside and tells where the time goes.
"""

from __future__ import annotations

import warnings
from functools import partial
from typing import Any

import numpy as np
from measurement import Figure, Report, Stopwatch, cpu_seconds, figure, ratio

from counterpoise.session.running_session import Session
from counterpoise.sim.bot import Bot

try:
    from pettingzoo import ParallelEnv

    from counterpoise_clients.env import episode as episodes
    from counterpoise_clients.env.episode import MIX
    from counterpoise_clients.env.parallel import AllianceEnv
except ImportError:
    HAS_ENVIRONMENTS = False
else:
    HAS_ENVIRONMENTS = True

TITLE = "Environments for learners, on checkerboard"
LEARNER, SEATS = "COR", 8


def measure(*, tiny: bool) -> Report:
    """Play games of eight learners, of one against balancers and one against a mix, and step the empty environment in turns."""
    if not HAS_ENVIRONMENTS:
        return Report(TITLE, (), ("needs the extra rl: pip install 'counterpoise[rl]'",))
    warnings.filterwarnings("ignore", module="gymnasium|pettingzoo")
    repetitions, games, empty_steps = (1, 1, 50) if tiny else (5, 4, 2_000)
    together, single = AllianceEnv(), (LEARNER,)
    against_balancers, against_mix = AllianceEnv(seats=single, bots="balancer"), AllianceEnv(seats=single, bots=MIX)
    cases = {"eight learners": together, "one, seven balancers": against_balancers, "one, mixed bots": against_mix}
    rates: dict[str, list[float]] = {name: [] for name in cases}
    empty_rates: list[float] = []
    for repetition in range(repetitions):
        empty = _empty(together, empty_steps)
        seconds, steps = cpu_seconds(partial(_play, empty, seed=repetition))
        empty_rates.append(steps / seconds)
        for name, env in cases.items():
            seconds, steps = cpu_seconds(lambda env=env, repetition=repetition: _games(env, repetition, games))  # type: ignore[misc]
            rates[name].append(steps / seconds)
    return Report(
        TITLE,
        (
            *(ratio(f"a step of {name}, costs as much as", empty_rates, rates[name], "x") for name in cases),
            *_split(games),
            *(figure(f"steps of {name}", "per CPU second", *rates[name]) for name in cases),
            figure("reference: steps of eight agents, nothing happens", "per CPU second", *empty_rates),
        ),
        (f"{games} games in each repetition; a step is one action of one seat that is asked.",),
    )


def _empty(like: Any, steps: int) -> Any:
    """Return a PettingZoo environment with the same agents and spaces in which nothing happens, for this many steps."""

    class Empty(ParallelEnv[str, dict[str, Any], Any]):
        metadata: dict[str, Any] = {"name": "empty_v0"}  # noqa: RUF012 (PettingZoo declares it so)

        def __init__(self) -> None:
            self.possible_agents = list(like.possible_agents)
            self.agents: list[str] = []
            self.observation_spaces, self.action_spaces = like.observation_spaces, like.action_spaces
            space = like.observation_space(LEARNER)
            space.seed(1)
            self.seen: dict[str, Any] = space.sample()

        def observations(self) -> dict[str, dict[str, Any]]:
            return {agent: {name: seen.copy() for name, seen in self.seen.items()} for agent in self.possible_agents}

        def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Any, Any]:
            self.agents, self.left = list(self.possible_agents), steps
            return self.observations(), {agent: {} for agent in self.agents}

        def step(self, actions: dict[str, Any]) -> tuple[Any, Any, Any, Any, Any]:
            agents = self.agents
            self.left -= 1
            self.agents = agents if self.left else []
            nothing, no = dict.fromkeys(agents, 0.0), dict.fromkeys(agents, False)
            return self.observations(), nothing, no, no, {agent: {} for agent in agents}

    return Empty()


def _games(env: Any, repetition: int, games: int) -> int:
    """Play games of other seeds in each repetition; return the steps."""
    return sum(_play(env, seed=repetition * games + game) for game in range(games))


def _play(env: Any, seed: int) -> int:
    """Play a game with random legal actions; return the steps of the seats that were asked."""
    chances = np.random.default_rng(seed)
    observations, _ = env.reset(seed=seed)
    taken = 0
    while env.agents:
        actions = {}
        for agent in env.agents:
            legal = np.flatnonzero(observations[agent]["action_mask"])
            if len(legal) > 1:
                actions[agent] = legal[chances.integers(len(legal))]
                taken += 1
        observations, *_ = env.step(actions)
    return taken


def _split(games: int) -> list[Figure]:
    """Return the share of each part of games against balancers, in per cent of their processor time."""
    stopwatch, env = Stopwatch(), AllianceEnv(seats=(LEARNER,), bots="balancer")
    episode = env.episode
    make_bot = episode.bot

    def timed_bot(seat: str, seed: str) -> Bot | None:
        bot = make_bot(seat, seed)
        if bot is not None:
            bot.decide = stopwatch.wrap("the built-in bots", bot.decide)  # type: ignore[method-assign]
        return bot

    parts: list[tuple[str, object, str]] = [
        ("the simulation", Session, "advance"),
        ("checking orders", Session, "submit"),
        ("views", Session, "view"),
        ("observations", episodes, "observed"),
        ("masks", episode.actions, "legal_at"),
    ]
    originals = [(owner, name, getattr(owner, name)) for _, owner, name in parts]
    episode.bot = timed_bot  # type: ignore[method-assign]
    for (part, owner, name), (_, _, original) in zip(parts, originals, strict=True):
        setattr(owner, name, stopwatch.wrap(part, original))
    try:
        whole, _ = cpu_seconds(partial(_games, env, 0, games))
    finally:
        for owner, name, original in originals:
            setattr(owner, name, original)
    shares = sorted(stopwatch.spent.items(), key=lambda item: -item[1])
    rest = whole - sum(stopwatch.spent.values())
    return [
        figure(f"of a game against balancers in {part}", "%", 100 * spent / whole)
        for part, spent in [*shares, ("everything else", rest)]
    ]
