"""Evaluate a language model with Inspect; ``pip install 'counterpoise[inspect]'``.

``inspect eval clients/examples/evaluate_model.py --model openai/gpt-5-mini -T seats=COR``, or without a model and without cost
``python clients/examples/evaluate_model.py``, which lets a mock model pass for a year and prints its scores.
"""

from __future__ import annotations

import tempfile
from typing import Any

from inspect_ai import Task, eval, task  # noqa: A004 (Inspect calls it so)
from inspect_ai.model import ModelOutput, ModelUsage, get_model

from counterpoise_clients.evaluation.inspect_task import politics


@task
def alliance_politics(scenario: str = "checkerboard", seats: str = "", seeds: int = 3, years: float = 0.0) -> Task:
    """One sample for each seat and seed."""
    return politics(scenario, seats, seeds, years)


def passing(*_: Any) -> ModelOutput:
    """Answer as a model that always passes. Without its usage Inspect would load a tokenizer from the network."""
    output = ModelOutput.from_content("mockllm/model", '{"moves": [], "notes": "wait and see"}')
    output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
    return output


if __name__ == "__main__":
    model = get_model("mockllm/model", custom_outputs=passing)
    with tempfile.TemporaryDirectory() as folder:
        played = alliance_politics(seats="COR,ARD", seeds=1, years=1.0)
        (log,) = eval(played, model=model, log_dir=folder, display="none")
    print(log.error.message if log.error else log.status)
    for score in log.results.scores if log.results else []:
        for name, metric in score.metrics.items():
            print(f"{score.name} {name} {metric.value:.3f}")
