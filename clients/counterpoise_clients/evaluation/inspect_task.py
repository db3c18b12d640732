"""An Inspect task: a language model plays seats of a scenario, and is scored on play, promises, sides and theories.

::

    inspect eval clients/examples/evaluate_model.py --model openai/gpt-5-mini -T seats=COR,ARD -T seeds=5
"""

from __future__ import annotations

import asyncio
from math import fsum, isnan, nan

from inspect_ai import Task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ChatMessage, ChatMessageSystem, ChatMessageUser, get_model
from inspect_ai.scorer import (
    Metric,
    SampleScore,
    Score,
    Scorer,
    Target,
    Value,
    mean,
    metric,
    scorer,
    stderr,
)
from inspect_ai.solver import Generate, Solver, TaskState, solver

from counterpoise.scenario_files import scenario_text
from counterpoise.sim.reading.scenario_text import parse_scenario
from counterpoise.theory.evidence.behaviour import FORECASTERS, SKILL
from counterpoise_clients.evaluation.text_game import TextGame, yardstick_score


def politics(scenario: str = "checkerboard", seats: str = "", seeds: int = 3, years: float = 0.0) -> Task:
    """Return the task: one sample for each seat and seed.

    Args:
        scenario: the name of a bundled scenario, or the path of a scenario file.
        seats: codes of seats, with commas between them; empty for all.
        seeds: games of each seat, with the seeds 1, 2, ...
        years: after how many years each game stops; 0 for its end.
    """
    codes = [str(actor.id) for actor in parse_scenario(*scenario_text(scenario)).actors]
    chosen = [code.strip() for code in seats.split(",")] if seats else codes
    samples = [
        Sample(
            id=f"{scenario}/{seat}/{seed}",
            input=f"Play {seat} in {scenario} with seed {seed}.",
            metadata={"scenario": scenario, "seat": seat, "seed": str(seed), "years": years},
        )
        for seat in chosen
        for seed in range(1, seeds + 1)
    ]
    scorers = [adjusted_score(), promises_kept(), balancing(), agreement()]
    return Task(dataset=MemoryDataset(samples, name=scenario), solver=play_seat(), scorer=scorers)


@solver
def play_seat() -> Solver:
    """Let the model play its seat to the end; the game runs in a thread, so that samples run side by side."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        asked = state.metadata
        place, years = (asked["scenario"], asked["seat"], asked["seed"]), asked["years"]
        game = await asyncio.to_thread(lambda: TextGame(*place, years=years, measured=True))
        wrong = 0
        while not game.is_over:
            prompt: list[ChatMessage] = [ChatMessageSystem(content=game.system), ChatMessageUser(content=game.prompt())]
            state.output = await get_model().generate(prompt)
            wrong += bool(await asyncio.to_thread(game.answer, state.output.completion))
        state.store.set("score", game.score)
        state.store.set("yardstick", await asyncio.to_thread(lambda: yardstick_score(*place, years=years)))
        state.store.set("measures", {name: list(pair) for name, pair in game.measures().items()})
        state.store.set("wrong_answers", wrong)
        return state

    return solve


@metric
def mean_where_known() -> Metric:
    """Return the metric: the mean over the samples in which there was something to measure."""

    def compute(scores: list[SampleScore]) -> Value:
        known = [value for score in scores if not isnan(value := score.score.as_float())]
        return fsum(known) / len(known) if known else nan

    return compute


@scorer(metrics=[mean(), stderr()])
def adjusted_score() -> Scorer:
    """Return the scorer: the seat's score less that of a bundled bot in the same seat of the same game, in points."""

    async def score(state: TaskState, target: Target) -> Score:
        own, other = state.store.get("score"), state.store.get("yardstick")
        return Score(value=own - other, explanation=f"{own:.1f} points; the bot made {other:.1f}")

    return score


@scorer(metrics=[mean_where_known()])
def promises_kept() -> Scorer:
    """Return the scorer: the share of allies' calls that the seat honoured."""
    return _share("promises_kept")


@scorer(metrics=[mean_where_known()])
def balancing() -> Scorer:
    """Return the scorer: the share of decisions under threat that balanced."""
    return _share("balancing")


@scorer(metrics={"*": [mean_where_known()]})
def agreement() -> Scorer:
    """Return the scorer: for each hypothesis its skill in forecasting the seat; above 0 it beats the base rates."""

    async def score(state: TaskState, target: Target) -> Score:
        return Score(value={name: _ratio(state, f"{SKILL}{name}") for name in FORECASTERS})

    return score


def _share(measure: str) -> Scorer:
    async def score(state: TaskState, target: Target) -> Score:
        return Score(value=_ratio(state, measure))

    return score


def _ratio(state: TaskState, measure: str) -> float:
    """Return a measure of the seat; not a number where there was nothing to measure."""
    measures: dict[str, list[float]] = state.store.get("measures", {})
    numerator, denominator = measures.get(measure, (0.0, 0.0))
    return numerator / denominator if denominator else nan
