"""Games that differ in one seat only: policies play it in turn, with the same seed and company."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from math import inf, sqrt
from multiprocessing import get_context
from statistics import fmean, stdev

from bot_games import new_game, play_years
from measurement import scenario
from scipy.stats import t as student

from counterpoise.sim.types import ActorId
from counterpoise_clients import roster

YARDSTICK = "balancer"
YEARS_MAX = 8.0
"""Long scenarios are cut to this many years."""
BATCH = 16
HALF_WIDTH = 1.5
"""Games are added until the 95 % interval of the difference is this wide to each side."""


@dataclass(frozen=True, slots=True)
class Task:
    """Games that differ in one seat: which policies, in which scenario, and the number that makes the seed and picks the seat."""

    policies: tuple[str, ...]
    scenario: str
    number: int
    years: float = YEARS_MAX


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with Student's 95 % interval."""

    mean: float
    half_width: float
    games: int

    @property
    def low(self) -> float:
        """The lower bound."""
        return self.mean - self.half_width

    @property
    def high(self) -> float:
        """The upper bound."""
        return self.mean + self.half_width


def estimate(values: Sequence[float]) -> Estimate:
    """Return the mean of independent values; the interval is infinite for fewer than two."""
    if len(values) < 2:
        return Estimate(fmean(values) if values else 0.0, inf, len(values))
    half = float(student.ppf(0.975, len(values) - 1)) * stdev(values) / sqrt(len(values))
    return Estimate(fmean(values), half, len(values))


def scores_of(task: Task) -> tuple[float, ...]:
    """Return the score of each policy in the task's seat; all else is the same."""
    return tuple(_score(task, policy) for policy in task.policies)


def _score(task: Task, policy: str) -> float:
    session, bots = new_game(scenario(task.scenario), f"paired {task.number}")
    world = session.simulation.world
    seats = [actor.id for actor in world.active()]
    seat: ActorId = seats[task.number % len(seats)]
    bots[seat] = roster.load_bot(policy)(f"paired {task.number}/bot/{seat}")
    play_years(session, bots, task.years)
    return session.simulation.world.scores[seat]


def processes(count: int) -> ProcessPoolExecutor:
    """Return a pool of at most ``count`` processes."""
    return ProcessPoolExecutor(min(count, os.cpu_count() or 1), mp_context=get_context("forkserver"))


def differences(
    pool: ProcessPoolExecutor, policies: Sequence[str], name: str, *, games_max: int, half_width: float = HALF_WIDTH
) -> dict[str, Estimate]:
    """Return each policy's score minus the balancer's, from as many pairs as the widest interval needs."""
    found: dict[str, list[float]] = {policy: [] for policy in policies}
    for numbers in _batches(games_max):
        open_policies = [policy for policy in policies if estimate(found[policy]).half_width > half_width]
        if not open_policies:
            break
        tasks = [Task((YARDSTICK, *open_policies), name, number) for number in numbers]
        for yardstick, *scores in pool.map(scores_of, tasks):
            for policy, score in zip(open_policies, scores, strict=True):
                found[policy].append(score - yardstick)
    return {policy: estimate(values) for policy, values in found.items()}


def blocked_scores(
    pool: ProcessPoolExecutor, quick: Sequence[str], slow: Sequence[str], name: str, *, blocks: int, slow_blocks: int,
    each: Callable[[], None],
) -> tuple[float, dict[str, Estimate]]:  # fmt: skip
    """Let policies play the same games, and return the mean score of a block and what each policy makes above or below it.

    A block is one seed, one seat and one company; each policy takes the seat in turn. How good the seat is, and what the seed
    and the company bring, is in every score of a block, so a policy's score less the mean of the quick ones in its block is
    free of it (Loftus & Masson 1994, pp. 476-490, on intervals within subjects).

    Args:
        pool: the processes.
        quick: the policies that play in every block; at least one.
        slow: the policies that play only in the first blocks.
        name: the scenario.
        blocks: how many blocks there are.
        slow_blocks: in how many of them the slow policies play too.
        each: called after each block.
    """
    everyone = (*quick, *slow)
    tasks = [Task(everyone if number < slow_blocks else tuple(quick), name, number) for number in range(blocks)]
    found: dict[str, list[float]] = {policy: [] for policy in everyone}
    means = []
    for scores in pool.map(scores_of, tasks):
        each()
        means.append(fmean(scores[: len(quick)]))
        for policy, score in zip(everyone, scores, strict=False):  # beyond its blocks a slow policy has no score
            found[policy].append(score - means[-1])
    return fmean(means), {policy: estimate(values) for policy, values in found.items()}


def groups(estimates: Mapping[str, Estimate]) -> list[list[str]]:
    """Return the names in groups, the best first: no interval of a group overlaps one of another, and no group can be split."""
    ranked = sorted(estimates, key=lambda name: -estimates[name].high)
    found: list[list[str]] = []
    floor = inf
    for name in ranked:
        if not found or estimates[name].high < floor:
            found.append([])
        found[-1].append(name)
        floor = min(floor, estimates[name].low)
    return found


def _batches(games_max: int) -> Iterator[range]:
    for begin in range(0, games_max, BATCH):
        yield range(begin, min(begin + BATCH, games_max))
